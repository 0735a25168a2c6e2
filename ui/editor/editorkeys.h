// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

class QKeyEvent;

namespace ui {

enum class EditorCommand {
    MoveLeft, MoveRight, MoveWordLeft, MoveWordRight, MoveUp, MoveDown, MovePageUp, MovePageDown,
    MoveLineStart, MoveLineEnd, MoveTextStart, MoveTextEnd,
    ScrollUp, ScrollDown,
    RemoveLeft, RemoveRight, RemoveWordLeft, RemoveWordRight, RemoveLines,
    BreakLine, Indent, IndentLines, Unindent, MoveLinesUp, MoveLinesDown, DuplicateLines, ToggleComment,
    AddCaretAbove, AddCaretBelow, SelectNextOccurrence, SelectAllOccurrences, OneCaret,
    BoxUp, BoxDown, BoxLeft, BoxRight, GoToBracket,
    Cut, Copy, Paste, SelectAll, Undo, Redo,
    ZoomIn, ZoomOut, ZoomReset,
    Fold, Unfold, FoldAll, UnfoldAll,
};

struct KeyAction
{
    EditorCommand command = EditorCommand::MoveLeft;
    bool selects = false;   //!< a move that extends the selection
};

//! What a key means to the editor; nothing for text and for keys that belong to the window.
std::optional<KeyAction> keyAction(const QKeyEvent &event);

} // namespace ui
