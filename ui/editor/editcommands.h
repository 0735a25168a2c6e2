// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/caretset.h"
#include "ui/editor/indentstyle.h"

#include <QStringList>

namespace ui {

class TextBuffer;

//! What one user action does to the text, and where the carets stand afterwards. No edits: the text stays as it is.
struct EditPlan
{
    QList<TextEdit> edits;
    CaretSet carets;
};

//! The editing commands as pure functions: text and carets in, plan out. Nothing here changes anything. These work at
//! every caret by itself; commands for whole lines are in linecommands.h.
namespace commands {

enum class Direction { Backward, Forward };

//! Replaces every selection by \a text.
EditPlan insertText(const CaretSet &carets, const QString &text);
//! Replaces each selection by the text of the same number; there must be as many.
EditPlan insertTexts(const CaretSet &carets, const QStringList &texts);
//! A line feed and the indentation of the line above, one level deeper behind an opening bracket.
EditPlan breakLine(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style);
//! Tab: blanks up to the next stop, or, when whole lines are selected somewhere, one more level for the lines of all.
EditPlan indent(const TextBuffer &buffer, const CaretSet &carets, const IndentStyle &style);
//! Backspace and Delete. Backspace in the indentation takes a whole level of spaces.
EditPlan removeGrapheme(const TextBuffer &buffer, const CaretSet &carets, Direction direction, const IndentStyle &style);
EditPlan removeWord(const TextBuffer &buffer, const CaretSet &carets, Direction direction);
//! Moves the text in \a source to \a target, as one step; a copy leaves the source alone.
EditPlan dropText(const Caret &source, qsizetype target, const QString &text, bool move);

//! The text that Cut and Copy take: the selections joined with line feeds, or, when nothing is selected, the lines of the
//! carets with a line feed behind each.
QString clipboardText(const TextBuffer &buffer, const CaretSet &carets);
//! What each of \a count carets gets of a pasted \a text: a line of it when there are as many lines, else all of it. A
//! line feed at the end, as whole lines have it, makes no line of its own.
QStringList pastedTexts(const QString &text, qsizetype count);

} // namespace commands
} // namespace ui
