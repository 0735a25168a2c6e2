// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/caretset.h"

namespace ui {

class TextBuffer;

//! How many cells stand in front of \a index in its line: a tab reaches to the next stop, wide characters take two cells,
//! marks none, and what is painted as a sign of its own (see DisplayText) as many as that has. Cost: O(column).
qsizetype columnAt(const TextBuffer &buffer, qsizetype index, int tabColumns);
//! The place in \a line nearest to \a column, at most the line's end.
qsizetype indexAtColumn(const TextBuffer &buffer, qsizetype line, qsizetype column, int tabColumns);

//! A rectangle of cells that is selected line by line. It has a column of its own: lines that are too short do not make
//! it narrower.
struct ColumnBox
{
    qsizetype anchorLine = 0;
    qsizetype anchorColumn = 0;
    qsizetype headLine = 0;
    qsizetype headColumn = 0;

    //! From the primary caret to the caret farthest from it.
    static ColumnBox around(const TextBuffer &buffer, const CaretSet &carets, int tabColumns);

    //! A caret for each line that reaches into the box, the one in the line of the anchor being the primary; when none
    //! does, a caret at each line's end. At most CaretSet::kMaxCarets.
    CaretSet carets(const TextBuffer &buffer, int tabColumns) const;
    //! Somebody changed \a line: \a removed lines behind it went, \a added came.
    void edited(qsizetype line, qsizetype removed, qsizetype added);
};

} // namespace ui
