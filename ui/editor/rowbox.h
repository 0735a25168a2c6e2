// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/caretset.h"
#include "ui/editor/textedit.h"

#include <QPointF>

namespace ui {

class TextView;

//! A rectangle on the screen while lines are wrapped: what ColumnBox is to lines, for rows. Its corners hang on the text of
//! their rows, because the rows above may turn out to be more or fewer.
struct RowBox
{
    struct Corner
    {
        qsizetype index = 0;   //!< where its row begins
        qreal x = 0;           //!< pixels from the text's left edge; may lie behind the row's end
    };

    Corner anchor;
    Corner head;

    //! \a point in viewport pixels.
    static Corner cornerAt(const TextView &view, const QPointF &point);
    //! From the primary caret to the caret farthest from it.
    static RowBox around(const TextView &view, const CaretSet &carets);

    //! A caret for each row that reaches into the box, the one in the row of the anchor being the primary; when none does, a
    //! caret at each row's end. At most CaretSet::kMaxCarets.
    CaretSet carets(const TextView &view) const;
    //! The place in the text nearest to the head.
    qsizetype headIndex(const TextView &view) const;
    //! At the first and the last row it stays.
    void moveHead(const TextView &view, qsizetype rows);
    void edited(const TextEdit &edit);
};

} // namespace ui
