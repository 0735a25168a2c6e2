// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/columnbox.h"

#include "ui/editor/displaytext.h"
#include "ui/editor/textboundaries.h"
#include "ui/editor/textbuffer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ui {

namespace {

//! Unicode's East Asian Width, Wide and Fullwidth, in rough blocks: a column off in a rare script is no harm.
bool isWide(char32_t unit)
{
    constexpr std::array<std::pair<char32_t, char32_t>, 12> kWide = {{
        {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
    }};
    return std::ranges::any_of(kWide, [unit](const auto &range) { return unit >= range.first && unit <= range.second; });
}

qsizetype cellsOf(char32_t unit, qsizetype column, int tabColumns)
{
    if (unit == U'\t')
        return tabColumns - column % tabColumns;
    const QChar::Category category = QChar::category(unit);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format)
        return 0;
    return isWide(unit) ? 2 : 1;
}

//! Calls \a visit with each place behind a character, and the columns in front of and behind that character, until it
//! returns false. Places are units of \a text.
template <typename Visit>
void forEachColumn(const QString &text, int tabColumns, Visit visit)
{
    const DisplayText display(text);
    const QString &shown = display.text();
    qsizetype column = 0;
    qsizetype from = 0;
    for (qsizetype at = 0; at < shown.size();) {
        const bool isPair = shown.at(at).isHighSurrogate() && at + 1 < shown.size() && shown.at(at + 1).isLowSurrogate();
        const char32_t unit = isPair ? QChar::surrogateToUcs4(shown.at(at), shown.at(at + 1)) : shown.at(at).unicode();
        const qsizetype before = column;
        at += isPair ? 2 : 1;
        column += cellsOf(unit, column, tabColumns);
        const qsizetype source = display.toSource(at);
        if (source <= from)
            continue;
        if (!visit(source, before, column))
            return;
        from = source;
    }
}

} // namespace

qsizetype columnAt(const TextBuffer &buffer, qsizetype index, int tabColumns)
{
    const qsizetype start = buffer.lineStart(buffer.lineOf(index));
    qsizetype column = 0;
    forEachColumn(buffer.text(start, index - start), tabColumns, [&column](qsizetype, qsizetype, qsizetype behind) {
        column = behind;
        return true;
    });
    return column;
}

qsizetype indexAtColumn(const TextBuffer &buffer, qsizetype line, qsizetype column, int tabColumns)
{
    const qsizetype start = buffer.lineStart(line);
    qsizetype index = start;
    // What is seen in a column is a unit or more of the text, but a mark or half a pair may follow: hence twice and some.
    const QString text = buffer.text(start, std::min(buffer.lineLength(line), 4 * column + 16));
    forEachColumn(text, tabColumns, [&](qsizetype place, qsizetype before, qsizetype behind) {
        if (behind > column && column - before < behind - column)
            return false;
        index = start + place;
        return behind <= column;
    });
    return boundaries::atGrapheme(buffer, index);
}

ColumnBox ColumnBox::around(const TextBuffer &buffer, const CaretSet &carets, int tabColumns)
{
    const Caret &near = carets.primary();
    const Caret &far = carets.primaryIndex() == 0 ? carets.all().constLast() : carets.all().constFirst();
    return {buffer.lineOf(near.anchor), columnAt(buffer, near.anchor, tabColumns), buffer.lineOf(far.head),
            columnAt(buffer, far.head, tabColumns)};
}

CaretSet ColumnBox::carets(const TextBuffer &buffer, int tabColumns) const
{
    const qsizetype lastLine = buffer.lineCount() - 1;
    const qsizetype from = std::clamp<qsizetype>(anchorLine, 0, lastLine);
    const qsizetype step = headLine < anchorLine ? -1 : 1;
    const qsizetype to = std::clamp<qsizetype>(headLine, std::max<qsizetype>(0, from - CaretSet::kMaxCarets + 1),
                                               std::min(lastLine, from + CaretSet::kMaxCarets - 1));
    const qsizetype left = std::min(anchorColumn, headColumn);
    QList<Caret> reaching;
    QList<Caret> ends;
    for (qsizetype line = from; line != to + step; line += step) {
        const Caret caret{indexAtColumn(buffer, line, anchorColumn, tabColumns), indexAtColumn(buffer, line, headColumn, tabColumns)};
        const qsizetype end = buffer.lineEnd(line);
        ends.append({end, end});
        if (caret.begin() < end || columnAt(buffer, end, tabColumns) >= left)
            reaching.append(caret);
    }
    return CaretSet(reaching.isEmpty() ? ends : reaching, 0);
}

void ColumnBox::edited(qsizetype line, qsizetype removed, qsizetype added)
{
    const auto move = [=](qsizetype &at) {
        if (at > line)
            at = std::max(line, at - removed) + added;
    };
    move(anchorLine);
    move(headLine);
}

} // namespace ui
