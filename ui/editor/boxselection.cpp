// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/boxselection.h"

#include "ui/editor/indentstyle.h"
#include "ui/editor/textbuffer.h"
#include "ui/editor/textview.h"

#include <algorithm>

namespace ui {

namespace {

ColumnBox columnBoxAt(const BoxSelection::Text &text, const QPointF &point)
{
    // Behind the end of a line the cells go on.
    const qsizetype index = text.view.indexAt(point);
    const qsizetype beside = qRound64((point.x() - text.view.caretRect(index).left()) / text.view.cellWidth());
    const qsizetype column = std::max<qsizetype>(0, columnAt(text.buffer, index, text.tabColumns) + beside);
    const qsizetype line = text.buffer.lineOf(index);
    return {line, column, line, column};
}

} // namespace

BoxSelection BoxSelection::at(const Text &text, const QPointF &point)
{
    if (!text.view.wraps())
        return BoxSelection(columnBoxAt(text, point));
    const RowBox::Corner corner = RowBox::cornerAt(text.view, point);
    return BoxSelection(RowBox{corner, corner});
}

BoxSelection BoxSelection::around(const Text &text, const CaretSet &carets)
{
    if (text.view.wraps())
        return BoxSelection(RowBox::around(text.view, carets));
    return BoxSelection(ColumnBox::around(text.buffer, carets, text.tabColumns));
}

CaretSet BoxSelection::carets(const Text &text) const
{
    if (const auto *rows = std::get_if<RowBox>(&m_box))
        return rows->carets(text.view);
    return std::get<ColumnBox>(m_box).carets(text.buffer, text.tabColumns);
}

qsizetype BoxSelection::headIndex(const Text &text) const
{
    if (const auto *rows = std::get_if<RowBox>(&m_box))
        return rows->headIndex(text.view);
    const auto &box = std::get<ColumnBox>(m_box);
    const qsizetype line = std::clamp<qsizetype>(box.headLine, 0, text.buffer.lineCount() - 1);
    return indexAtColumn(text.buffer, line, box.headColumn, text.tabColumns);
}

void BoxSelection::dragTo(const Text &text, const QPointF &point)
{
    if (auto *rows = std::get_if<RowBox>(&m_box)) {
        rows->head = RowBox::cornerAt(text.view, point);
        return;
    }
    auto &box = std::get<ColumnBox>(m_box);
    const ColumnBox here = columnBoxAt(text, point);
    box.headLine = here.headLine;
    box.headColumn = here.headColumn;
}

void BoxSelection::extend(const Text &text, qsizetype rows, qsizetype columns, const CaretSet &now)
{
    if (auto *box = std::get_if<RowBox>(&m_box)) {
        if (rows != 0)
            box->moveHead(text.view, rows);
    } else {
        auto &lines = std::get<ColumnBox>(m_box);
        lines.headLine = std::clamp<qsizetype>(lines.headLine + rows, 0, text.buffer.lineCount() - 1);
    }
    const Box before = m_box;
    for (int step = 1; columns != 0 && step <= IndentStyle::kMaxWidth; ++step) {
        // A step inside a tab or a wide character shows nothing; the next one does.
        if (auto *box = std::get_if<RowBox>(&m_box))
            box->head.x = std::max(0.0, std::get<RowBox>(before).head.x + static_cast<qreal>(step * columns) * text.view.cellWidth());
        else
            std::get<ColumnBox>(m_box).headColumn = std::max<qsizetype>(0, std::get<ColumnBox>(before).headColumn + step * columns);
        if (carets(text) != now)
            break;
        // Right of all rows there is nothing more to select.
        if (step == IndentStyle::kMaxWidth)
            m_box = before;
    }
}

void BoxSelection::edited(const TextEdit &edit, qsizetype line, qsizetype removed, qsizetype added)
{
    if (auto *rows = std::get_if<RowBox>(&m_box))
        rows->edited(edit);
    else
        std::get<ColumnBox>(m_box).edited(line, removed, added);
}

} // namespace ui
