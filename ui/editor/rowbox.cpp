// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/rowbox.h"

#include "ui/editor/textview.h"

#include <algorithm>

namespace ui {

RowBox::Corner RowBox::cornerAt(const TextView &view, const QPointF &point)
{
    return {view.rowStart(view.rowAt(point.y())), std::max(0.0, point.x() - view.textLeft() + static_cast<qreal>(view.scrollX()))};
}

RowBox RowBox::around(const TextView &view, const CaretSet &carets)
{
    const Caret &near = carets.primary();
    const Caret &far = carets.primaryIndex() == 0 ? carets.all().constLast() : carets.all().constFirst();
    const auto corner = [&view](qsizetype index) { return Corner{view.rowStart(view.rowOf(index)), view.caretX(index)}; };
    return {corner(near.anchor), corner(far.head)};
}

CaretSet RowBox::carets(const TextView &view) const
{
    const qreal left = std::min(anchor.x, head.x);
    const TextView::Row to = view.rowOf(head.index);
    const qsizetype step = head.index < anchor.index ? -1 : 1;
    QList<Caret> reaching;
    QList<Caret> ends;
    std::optional<TextView::Row> row = view.rowOf(anchor.index);
    while (row && ends.size() < CaretSet::kMaxCarets) {
        const Caret caret{view.indexAtX(*row, anchor.x), view.indexAtX(*row, head.x)};
        const qsizetype end = view.rowEnd(*row);
        ends.append({end, end});
        if (caret.begin() < end || view.caretX(end) >= left)
            reaching.append(caret);
        if (*row == to)
            break;
        row = view.rowFrom(*row, step);
    }
    return CaretSet(reaching.isEmpty() ? ends : reaching, 0);
}

qsizetype RowBox::headIndex(const TextView &view) const
{
    return view.indexAtX(view.rowOf(head.index), head.x);
}

void RowBox::moveHead(const TextView &view, qsizetype rows)
{
    if (const auto row = view.rowFrom(view.rowOf(head.index), rows))
        head.index = view.rowStart(*row);
}

void RowBox::edited(const TextEdit &edit)
{
    anchor.index = movedBy(edit, anchor.index, Stick::After);
    head.index = movedBy(edit, head.index, Stick::After);
}

} // namespace ui
