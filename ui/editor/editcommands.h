// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/indentstyle.h"
#include "ui/editor/textedit.h"

namespace ui {

class TextBuffer;

//! What one user action does to the text, and where the caret stands afterwards. No edits: the text stays as it is.
struct EditPlan
{
    QList<TextEdit> edits;
    Caret caret;
};

//! The editing commands as pure functions: text and caret in, plan out. Nothing here changes anything.
namespace commands {

enum class Direction { Backward, Forward };

//! Replaces the selection by \a text.
EditPlan insertText(const Caret &caret, const QString &text);
//! A line feed and the indentation of the line above, one level deeper behind an opening bracket.
EditPlan breakLine(const TextBuffer &buffer, const Caret &caret, const IndentStyle &style);
//! Tab: indents every selected line, or inserts blanks up to the next stop.
EditPlan indent(const TextBuffer &buffer, const Caret &caret, const IndentStyle &style);
//! Shift+Tab: takes one level from every line of the selection.
EditPlan unindent(const TextBuffer &buffer, const Caret &caret, const IndentStyle &style);
//! Backspace and Delete. Backspace in the indentation takes a whole level of spaces.
EditPlan removeGrapheme(const TextBuffer &buffer, const Caret &caret, Direction direction, const IndentStyle &style);
EditPlan removeWord(const TextBuffer &buffer, const Caret &caret, Direction direction);
//! Removes the lines that the caret touches.
EditPlan removeLines(const TextBuffer &buffer, const Caret &caret);
//! Swaps the touched lines with the line above or below; the caret goes along.
EditPlan moveLines(const TextBuffer &buffer, const Caret &caret, Direction direction);
//! Moves the text in \a source to \a target, as one step; a copy leaves the source alone.
EditPlan dropText(const Caret &source, qsizetype target, const QString &text, bool move);

//! The text that Cut and Copy take: the selection, or the whole line with its line feed.
QString clipboardText(const TextBuffer &buffer, const Caret &caret);

} // namespace commands
} // namespace ui
