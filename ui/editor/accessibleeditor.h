// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QString;

namespace ui {

class CodeEditor;
struct TextEdit;

//! Tells Qt how to describe a CodeEditor to screen readers: an editable text with caret, selection, character places.
//! Idempotent.
void installEditorAccessibility();

//! True while some assistive program listens; the announcements below do nothing otherwise.
bool accessibilityIsActive();
void announceAccessibleEdit(CodeEditor &editor, const TextEdit &edit, const QString &removed);
void announceAccessibleCaret(CodeEditor &editor);
void announceAccessibleState(CodeEditor &editor);

} // namespace ui
