// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/foldregions.h"

#include "ui/editor/highlighter.h"
#include "ui/editor/textbuffer.h"

namespace ui {

namespace {

constexpr qsizetype kLookBelow = 100;      // blank lines between a header and what belongs to it
constexpr qsizetype kLookAbove = 20'000;

} // namespace

int FoldRegions::indentOf(qsizetype line) const
{
    int columns = 0;
    bool isBlank = true;
    const qsizetype start = m_buffer.lineStart(line);
    m_buffer.forEachPiece(start, m_buffer.lineEnd(line) - start, [&](QStringView piece) {
        for (const QChar unit : piece) {
            if (unit == u'\t')
                columns = (columns / 8 + 1) * 8;
            else if (unit == u' ')
                ++columns;
            else if (unit != u'\r')
                isBlank = false;
            if (!isBlank)
                return false;
        }
        return true;
    });
    return isBlank ? -1 : columns;
}

bool FoldRegions::beginsAt(qsizetype line) const
{
    if (!m_highlighter.foldsByIndentation())
        return m_highlighter.foldMarks().beginsAt(line);
    const int indent = indentOf(line);
    const qsizetype end = std::min(m_buffer.lineCount(), line + kLookBelow);
    for (qsizetype below = line + 1; indent >= 0 && below < end; ++below) {
        if (const int inside = indentOf(below); inside >= 0)
            return inside > indent;
    }
    return false;
}

std::optional<Fold> FoldRegions::foldAt(qsizetype line) const
{
    if (!m_highlighter.foldsByIndentation())
        return m_highlighter.foldMarks().foldAt(line);
    const std::vector<Fold> folds = indented(line, true);
    return !folds.empty() && folds.front().first == line ? std::optional(folds.front()) : std::nullopt;
}

std::optional<Fold> FoldRegions::foldAround(qsizetype line) const
{
    if (const auto own = foldAt(line))
        return own;
    if (!m_highlighter.foldsByIndentation()) {
        const auto begin = m_highlighter.foldMarks().beginAround(line);
        return begin ? foldAt(*begin) : std::nullopt;
    }
    int indent = indentOf(line);
    for (qsizetype above = line - 1; above >= std::max<qsizetype>(0, line - kLookAbove); --above) {
        const int outer = indentOf(above);
        // A blank line belongs to what is above it.
        if (indent < 0 && outer >= 0)
            indent = outer + 1;
        if (outer < 0 || outer >= indent)
            continue;
        const auto fold = foldAt(above);
        return fold && fold->last >= line ? fold : std::nullopt;
    }
    return std::nullopt;
}

std::vector<Fold> FoldRegions::all() const
{
    return m_highlighter.foldsByIndentation() ? indented(0, false) : m_highlighter.foldMarks().all();
}

std::vector<Fold> FoldRegions::indented(qsizetype from, bool onlyFirst) const
{
    struct Open
    {
        qsizetype line;
        int indent;
    };
    std::vector<Open> open;
    std::vector<Fold> folds;
    qsizetype line = from;
    qsizetype lastText = from;
    int columns = 0;
    bool isBlank = true;
    const auto close = [&](int indent) {
        while (!open.empty() && open.back().indent >= indent) {
            if (lastText > open.back().line)
                folds.push_back({open.back().line, lastText});
            open.pop_back();
        }
        return onlyFirst && open.empty();
    };
    // In one pass over the pieces: line by line a million lines would be a million descents into the buffer.
    bool done = false;
    const qsizetype start = m_buffer.lineStart(from);
    m_buffer.forEachPiece(start, m_buffer.length() - start, [&](QStringView piece) {
        for (const QChar unit : piece) {
            if (unit == u'\n') {
                ++line;
                columns = 0;
                isBlank = true;
            } else if (!isBlank || unit == u'\r') {
                continue;
            } else if (unit == u'\t') {
                columns = (columns / 8 + 1) * 8;
            } else if (unit == u' ') {
                ++columns;
            } else {
                isBlank = false;
                done = close(columns) && line > from;
                if (done)
                    return false;
                open.push_back({line, columns});
                lastText = line;
            }
        }
        return true;
    });
    if (!done)
        close(-1);
    std::sort(folds.begin(), folds.end(), [](const Fold &a, const Fold &b) { return a.first < b.first; });
    return folds;
}

} // namespace ui
