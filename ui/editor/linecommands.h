// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/editcommands.h"

namespace ui {

//! How a language marks a comment. Both empty: it has none.
struct CommentMarks
{
    QString line;                  //!< up to the line's end, e.g. "//"
    bool atLineStart = false;      //!< counts in column 1 only, as in old Fortran
    QString open;                  //!< around a stretch, used where there is no mark for a line
    QString close;
};

//! The commands for whole lines: what the carets touch is worked on once, however many stand in it. A selection that ends
//! at the start of a line does not touch that line. Pure functions as in editcommands.h.
namespace commands {

//! The blanks at the start of \a line, not beyond the index \a upTo.
QString leadingBlanks(const TextBuffer &buffer, qsizetype line, qsizetype upTo);
//! True for a selection that Tab indents instead of replacing it: several lines, or all of one.
bool selectsLines(const TextBuffer &buffer, const Caret &caret);

//! One level more for every line that is not empty.
EditPlan indentLines(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style);
//! Takes one level from every line.
EditPlan unindentLines(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style);
EditPlan removeLines(const TextBuffer &buffer, const CaretSet &carets);
//! Swaps the lines with the line above or below; the carets go along.
EditPlan moveLines(const TextBuffer &buffer, const CaretSet &carets, Direction direction);
//! A copy of the lines below them (Forward: the carets go into the copy) or, with the carets in the original, above.
EditPlan duplicateLines(const TextBuffer &buffer, const CaretSet &carets, Direction direction);
//! Makes the lines comments, or takes the marks away when all of them are comments. Lines of blanks are left alone, unless
//! there are no others. Where a language has block comments only, what is in such a comment already is left as it is, since
//! they do not nest. No marks, no edits.
EditPlan toggleComment(const TextBuffer &buffer, const CaretSet &carets, const CommentMarks &marks, const IndentStyle &style);

} // namespace commands
} // namespace ui
