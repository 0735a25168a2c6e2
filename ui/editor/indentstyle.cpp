// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/indentstyle.h"

#include "ui/editor/textbuffer.h"

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr qsizetype kSampledLines = 1000;
constexpr qsizetype kSampledUnits = 400;

} // namespace

IndentStyle detectedIndent(const TextBuffer &buffer, const IndentStyle &fallback)
{
    // Steps between neighbouring lines tell the width; the depth itself does not (8 may be two levels or four).
    std::array<int, 9> steps{};
    int tabLines = 0;
    int spaceLines = 0;
    int previous = 0;
    const qsizetype lines = std::min(buffer.lineCount(), kSampledLines);
    for (qsizetype line = 0; line < lines; ++line) {
        const QString text = buffer.text(buffer.lineStart(line), std::min(buffer.lineLength(line), kSampledUnits));
        int spaces = 0;
        while (spaces < text.size() && text[spaces] == u' ')
            ++spaces;
        if (spaces == text.size())
            continue;
        if (text[spaces] == u'\t') {
            ++tabLines;
            continue;
        }
        if (spaces > 1)
            ++spaceLines;
        const int step = std::abs(spaces - previous);
        // Other steps are continuations of comments and aligned arguments, not levels.
        if (step == 2 || step == 3 || step == 4 || step == 8)
            ++steps[static_cast<std::size_t>(step)];
        previous = spaces;
    }
    if (tabLines > spaceLines)
        return {true, fallback.width};
    const auto most = std::max_element(steps.begin(), steps.end());
    if (*most == 0)
        return fallback;
    return {false, static_cast<int>(most - steps.begin())};
}

int columnsOf(QStringView blanks, int tabWidth)
{
    int columns = 0;
    for (const QChar unit : blanks)
        columns += unit == u'\t' ? tabWidth - columns % tabWidth : 1;
    return columns;
}

} // namespace ui
