// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class QAccessibleEvent;
class QString;

namespace ui {

class CodeEditor;
struct TextEdit;

//! Tells Qt how to describe a CodeEditor to screen readers: an editable text with caret, selection, character places.
//! Idempotent.
void installEditorAccessibility();

//! True while some assistive program listens; the announcements below do nothing otherwise.
bool accessibilityIsActive();
//! The event that tells of \a edit, which took \a removed out; none when it changed nothing.
std::unique_ptr<QAccessibleEvent> accessibleEdit(CodeEditor &editor, const TextEdit &edit, const QString &removed);
//! The event that tells where caret and selection are now.
std::unique_ptr<QAccessibleEvent> accessibleCaret(CodeEditor &editor);
void announceAccessibleEdit(CodeEditor &editor, const TextEdit &edit, const QString &removed);
void announceAccessibleCaret(CodeEditor &editor);
void announceAccessibleState(CodeEditor &editor);

} // namespace ui
