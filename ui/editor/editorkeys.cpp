// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorkeys.h"

#include <QKeyEvent>

#include <array>

namespace ui {

namespace {

using C = EditorCommand;

struct Binding
{
    int key;
    Qt::KeyboardModifiers modifiers;
    C command;
};

//! Moves: Shift in addition selects.
constexpr std::array kMoves = {
    Binding{Qt::Key_Left, Qt::NoModifier, C::MoveLeft},
    Binding{Qt::Key_Right, Qt::NoModifier, C::MoveRight},
    Binding{Qt::Key_Left, Qt::ControlModifier, C::MoveWordLeft},
    Binding{Qt::Key_Right, Qt::ControlModifier, C::MoveWordRight},
    Binding{Qt::Key_Up, Qt::NoModifier, C::MoveUp},
    Binding{Qt::Key_Down, Qt::NoModifier, C::MoveDown},
    Binding{Qt::Key_PageUp, Qt::NoModifier, C::MovePageUp},
    Binding{Qt::Key_PageDown, Qt::NoModifier, C::MovePageDown},
    Binding{Qt::Key_Home, Qt::NoModifier, C::MoveLineStart},
    Binding{Qt::Key_End, Qt::NoModifier, C::MoveLineEnd},
    Binding{Qt::Key_Home, Qt::ControlModifier, C::MoveTextStart},
    Binding{Qt::Key_End, Qt::ControlModifier, C::MoveTextEnd},
};

constexpr std::array kKeys = {
    Binding{Qt::Key_Up, Qt::ControlModifier, C::ScrollUp},
    Binding{Qt::Key_Down, Qt::ControlModifier, C::ScrollDown},
    Binding{Qt::Key_Backspace, Qt::NoModifier, C::RemoveLeft},
    Binding{Qt::Key_Backspace, Qt::ShiftModifier, C::RemoveLeft},
    Binding{Qt::Key_Delete, Qt::NoModifier, C::RemoveRight},
    Binding{Qt::Key_Backspace, Qt::ControlModifier, C::RemoveWordLeft},
    Binding{Qt::Key_Delete, Qt::ControlModifier, C::RemoveWordRight},
    Binding{Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier, C::RemoveLines},
    Binding{Qt::Key_Return, Qt::NoModifier, C::BreakLine},
    Binding{Qt::Key_Enter, Qt::NoModifier, C::BreakLine},
    Binding{Qt::Key_Return, Qt::ShiftModifier, C::BreakLine},
    Binding{Qt::Key_Enter, Qt::ShiftModifier, C::BreakLine},
    Binding{Qt::Key_Tab, Qt::NoModifier, C::Indent},
    Binding{Qt::Key_Backtab, Qt::ShiftModifier, C::Unindent},
    Binding{Qt::Key_Backtab, Qt::NoModifier, C::Unindent},
    Binding{Qt::Key_Tab, Qt::ShiftModifier, C::Unindent},
    Binding{Qt::Key_Up, Qt::AltModifier, C::MoveLinesUp},
    Binding{Qt::Key_Down, Qt::AltModifier, C::MoveLinesDown},
    Binding{Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier, C::DuplicateLines},
    Binding{Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier, C::DuplicateLines},
    Binding{Qt::Key_BracketRight, Qt::ControlModifier, C::IndentLines},
    Binding{Qt::Key_BracketLeft, Qt::ControlModifier, C::Unindent},
    Binding{Qt::Key_Slash, Qt::ControlModifier, C::ToggleComment},
    // Where the slash needs Shift, as on German keyboards.
    Binding{Qt::Key_Slash, Qt::ControlModifier | Qt::ShiftModifier, C::ToggleComment},
    // GNOME keeps Ctrl+Alt with the arrows for itself, hence two keys for each.
    Binding{Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier, C::AddCaretAbove},
    Binding{Qt::Key_Up, Qt::ControlModifier | Qt::AltModifier, C::AddCaretAbove},
    Binding{Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier, C::AddCaretBelow},
    Binding{Qt::Key_Down, Qt::ControlModifier | Qt::AltModifier, C::AddCaretBelow},
    Binding{Qt::Key_D, Qt::ControlModifier, C::SelectNextOccurrence},
    Binding{Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier, C::SelectAllOccurrences},
    Binding{Qt::Key_Escape, Qt::NoModifier, C::OneCaret},
    Binding{Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier, C::BoxUp},
    Binding{Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier, C::BoxDown},
    Binding{Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier, C::BoxLeft},
    Binding{Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier, C::BoxRight},
    Binding{Qt::Key_Backslash, Qt::ControlModifier | Qt::ShiftModifier, C::GoToBracket},
    Binding{Qt::Key_Bar, Qt::ControlModifier | Qt::ShiftModifier, C::GoToBracket},
    Binding{Qt::Key_Equal, Qt::ControlModifier, C::ZoomIn},
    Binding{Qt::Key_Plus, Qt::ControlModifier, C::ZoomIn},
    Binding{Qt::Key_Plus, Qt::ControlModifier | Qt::ShiftModifier, C::ZoomIn},
    Binding{Qt::Key_Minus, Qt::ControlModifier, C::ZoomOut},
    Binding{Qt::Key_0, Qt::ControlModifier, C::ZoomReset},
    // With Shift some layouts send the brace that stands on the same key.
    Binding{Qt::Key_BracketLeft, Qt::ControlModifier | Qt::ShiftModifier, C::Fold},
    Binding{Qt::Key_BraceLeft, Qt::ControlModifier | Qt::ShiftModifier, C::Fold},
    Binding{Qt::Key_BracketRight, Qt::ControlModifier | Qt::ShiftModifier, C::Unfold},
    Binding{Qt::Key_BraceRight, Qt::ControlModifier | Qt::ShiftModifier, C::Unfold},
};

struct Standard
{
    QKeySequence::StandardKey key;
    C command;
};

constexpr std::array kStandard = {
    Standard{QKeySequence::Cut, C::Cut},   Standard{QKeySequence::Copy, C::Copy},
    Standard{QKeySequence::Paste, C::Paste}, Standard{QKeySequence::SelectAll, C::SelectAll},
    Standard{QKeySequence::Undo, C::Undo}, Standard{QKeySequence::Redo, C::Redo},
};

} // namespace

std::optional<KeyAction> keyAction(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    for (const Binding &move : kMoves) {
        if (event.key() == move.key && (modifiers & ~Qt::ShiftModifier) == move.modifiers)
            return KeyAction{move.command, modifiers.testFlag(Qt::ShiftModifier)};
    }
    for (const Binding &binding : kKeys) {
        if (event.key() == binding.key && modifiers == binding.modifiers)
            return KeyAction{binding.command, false};
    }
    for (const Standard &standard : kStandard) {
        if (event.matches(standard.key))
            return KeyAction{standard.command, false};
    }
    // Ctrl+Y is what Windows hands use for redo; Qt lists it there only.
    if (event.key() == Qt::Key_Y && modifiers == Qt::ControlModifier)
        return KeyAction{C::Redo, false};
    return std::nullopt;
}

} // namespace ui
