// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEditor: what keys, commands and input methods do.
#include "ui/editor/codeeditor.h"

#include "ui/editor/textboundaries.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QScrollBar>

namespace ui {

using commands::Direction;

namespace {

// Input methods want context, not a file: this much around the caret.
constexpr qsizetype kSurroundingUnits = 1024;
constexpr int kZoomStep = 10;

bool isTyped(const QKeyEvent &event)
{
    const QString text = event.text();
    if (text.isEmpty())
        return false;
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    // AltGr arrives as Ctrl+Alt on some platforms, so only a lone Ctrl or Alt makes a command.
    if (modifiers == Qt::ControlModifier || modifiers == Qt::AltModifier || modifiers.testFlag(Qt::MetaModifier))
        return false;
    const QChar first = text.front();
    return first.isPrint() || first.isSurrogate() || first.category() == QChar::Other_Format
        || first.category() == QChar::Other_PrivateUse;
}

} // namespace

bool CodeEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // The editor's own keys must reach it even where a menu lists the same ones.
        auto *const key = static_cast<QKeyEvent *>(event);
        if (keyAction(*key) || isTyped(*key)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool CodeEditor::focusNextPrevChild(bool next)
{
    if (!m_tabMovesFocus && !m_readOnly)
        return false;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    if (const auto action = keyAction(*event)) {
        run(action->command, action->selects);
        event->accept();
    } else if (isTyped(*event)) {
        insertTyped(event->text());
        event->accept();
    } else {
        // The pane's keys (find, go to line) and the window's are not ours.
        event->ignore();
    }
}

void CodeEditor::insertTyped(const QString &text)
{
    if (!refuse())
        perform(commands::insertText(m_caret, cleanedInput(text)));
}

void CodeEditor::run(EditorCommand command, bool selects)
{
    switch (command) {
    case EditorCommand::Cut:
    case EditorCommand::Copy:
    case EditorCommand::Paste:
        runClipboard(command);
        return;
    case EditorCommand::SelectAll:
        m_wantedX.reset();
        m_caret = {0, m_buffer.length()};
        // Not placeCaret(): selecting everything must not scroll to the end.
        viewport()->update();
        publishPrimarySelection();
        announceCaret();
        Q_EMIT caretMovedByHand();
        return;
    case EditorCommand::Undo:
        if (!refuse())
            Q_EMIT undoRequested();
        return;
    case EditorCommand::Redo:
        if (!refuse())
            Q_EMIT redoRequested();
        return;
    case EditorCommand::ZoomIn:
        setZoomPercent(m_zoom + kZoomStep);
        return;
    case EditorCommand::ZoomOut:
        setZoomPercent(m_zoom - kZoomStep);
        return;
    case EditorCommand::ZoomReset:
        setZoomPercent(100);
        return;
    case EditorCommand::ScrollUp:
    case EditorCommand::ScrollDown:
        verticalScrollBar()->setValue(verticalScrollBar()->value()
                                      + (command == EditorCommand::ScrollUp ? -1 : 1) * m_view.lineHeight());
        return;
    default:
        if (!runMove(command, selects))
            runEdit(command);
    }
}

bool CodeEditor::runMove(EditorCommand command, bool selects)
{
    const qsizetype head = m_caret.head;
    const bool collapses = m_caret.hasSelection() && !selects;
    const qsizetype line = m_buffer.lineOf(head);
    switch (command) {
    case EditorCommand::MoveLeft:
        moveTo(collapses ? m_caret.begin() : boundaries::previousGrapheme(m_buffer, head), selects);
        return true;
    case EditorCommand::MoveRight:
        moveTo(collapses ? m_caret.end() : boundaries::nextGrapheme(m_buffer, head), selects);
        return true;
    case EditorCommand::MoveWordLeft:
        moveTo(boundaries::previousWordStart(m_buffer, head), selects);
        return true;
    case EditorCommand::MoveWordRight:
        moveTo(boundaries::nextWordEnd(m_buffer, head), selects);
        return true;
    case EditorCommand::MoveLineStart: {
        const qsizetype nonBlank = boundaries::firstNonBlank(m_buffer, line);
        moveTo(head == nonBlank ? m_buffer.lineStart(line) : nonBlank, selects);
        return true;
    }
    case EditorCommand::MoveLineEnd:
        moveTo(m_buffer.lineEnd(line), selects);
        return true;
    case EditorCommand::MoveTextStart:
        moveTo(0, selects);
        return true;
    case EditorCommand::MoveTextEnd:
        moveTo(m_buffer.length(), selects);
        return true;
    case EditorCommand::MoveUp:
        moveVertically(-1, selects);
        return true;
    case EditorCommand::MoveDown:
        moveVertically(1, selects);
        return true;
    case EditorCommand::MovePageUp:
    case EditorCommand::MovePageDown: {
        // The page scrolls with the caret, so that it stays where the eye is.
        const qsizetype page = std::max<qsizetype>(1, m_view.linesPerPage() - 1);
        const qsizetype lines = command == EditorCommand::MovePageUp ? -page : page;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(lines) * m_view.lineHeight());
        moveVertically(lines, selects);
        return true;
    }
    default:
        return false;
    }
}

void CodeEditor::moveTo(qsizetype index, bool selects)
{
    clearPreedit();
    m_wantedX.reset();
    placeCaret({selects ? m_caret.anchor : index, index});
    publishPrimarySelection();
    Q_EMIT caretMovedByHand();
}

void CodeEditor::moveVertically(qsizetype lines, bool selects)
{
    const qsizetype from = m_buffer.lineOf(m_caret.head);
    const qsizetype to = from + lines;
    const qreal x = m_wantedX.value_or(m_view.caretX(m_caret.head));
    qsizetype index = 0;
    if (to >= m_buffer.lineCount())
        index = m_buffer.length();
    else if (to >= 0)
        index = m_view.indexAtX(to, x);
    moveTo(index, selects);
    m_wantedX = x;
}

bool CodeEditor::runEdit(EditorCommand command)
{
    if (refuse())
        return true;
    switch (command) {
    case EditorCommand::RemoveLeft:
        perform(commands::removeGrapheme(m_buffer, m_caret, Direction::Backward, m_indent));
        return true;
    case EditorCommand::RemoveRight:
        perform(commands::removeGrapheme(m_buffer, m_caret, Direction::Forward, m_indent));
        return true;
    case EditorCommand::RemoveWordLeft:
        perform(commands::removeWord(m_buffer, m_caret, Direction::Backward));
        return true;
    case EditorCommand::RemoveWordRight:
        perform(commands::removeWord(m_buffer, m_caret, Direction::Forward));
        return true;
    case EditorCommand::RemoveLines:
        perform(commands::removeLines(m_buffer, m_caret));
        return true;
    case EditorCommand::BreakLine:
        perform(commands::breakLine(m_buffer, m_caret, m_indent));
        return true;
    case EditorCommand::Indent:
        perform(commands::indent(m_buffer, m_caret, m_indent));
        return true;
    case EditorCommand::Unindent:
        perform(commands::unindent(m_buffer, m_caret, m_indent));
        return true;
    case EditorCommand::MoveLinesUp:
        perform(commands::moveLines(m_buffer, m_caret, Direction::Backward));
        return true;
    case EditorCommand::MoveLinesDown:
        perform(commands::moveLines(m_buffer, m_caret, Direction::Forward));
        return true;
    default:
        return false;
    }
}

// ---- clipboard ---------------------------------------------------------------------------------------------------

void CodeEditor::runClipboard(EditorCommand command)
{
    if (command == EditorCommand::Copy) {
        copySelection();
        return;
    }
    if (refuse())
        return;
    if (command == EditorCommand::Paste) {
        pasteText(QGuiApplication::clipboard()->text());
        return;
    }
    copySelection();
    perform(m_caret.hasSelection() ? commands::insertText(m_caret, {}) : commands::removeLines(m_buffer, m_caret));
}

void CodeEditor::copySelection()
{
    QGuiApplication::clipboard()->setText(commands::clipboardText(m_buffer, m_caret));
}

void CodeEditor::pasteText(const QString &text)
{
    if (!text.isEmpty())
        perform(commands::insertText(m_caret, cleanedInput(text)));
}

void CodeEditor::publishPrimarySelection()
{
    QClipboard *const clipboard = QGuiApplication::clipboard();
    if (m_caret.hasSelection() && clipboard->supportsSelection())
        clipboard->setText(commands::clipboardText(m_buffer, m_caret), QClipboard::Selection);
}

// ---- input methods -----------------------------------------------------------------------------------------------

void CodeEditor::inputMethodEvent(QInputMethodEvent *event)
{
    if (m_readOnly) {
        if (!event->commitString().isEmpty())
            refuse();
        event->ignore();
        return;
    }
    clearPreedit();
    if (!event->commitString().isEmpty() || event->replacementLength() > 0) {
        Caret target = m_caret;
        if (event->replacementLength() > 0) {
            const qsizetype from = m_caret.head + event->replacementStart();
            target = {boundaries::atGrapheme(m_buffer, from),
                      boundaries::atGrapheme(m_buffer, std::max<qsizetype>(from, 0) + event->replacementLength())};
        }
        perform(commands::insertText(target, cleanedInput(event->commitString())));
    }
    Preedit preedit;
    preedit.text = event->preeditString();
    preedit.cursor = preedit.text.size();
    for (const QInputMethodEvent::Attribute &attribute : event->attributes()) {
        if (attribute.type == QInputMethodEvent::Cursor)
            preedit.cursor = std::clamp<qsizetype>(attribute.start, 0, preedit.text.size());
        else if (attribute.type == QInputMethodEvent::TextFormat)
            preedit.formats.append({attribute.start, attribute.length,
                                    qvariant_cast<QTextFormat>(attribute.value).toCharFormat()});
    }
    if (!preedit.isEmpty()) {
        m_preedit = preedit;
        m_view.setPreedit(m_caret.head, preedit);
        reveal(m_caret.head);
        restartBlink();
    }
    updateLines(m_buffer.lineOf(m_caret.head), m_buffer.lineOf(m_caret.head));
    updateMicroFocus();
    event->accept();
}

void CodeEditor::clearPreedit()
{
    if (!m_preedit)
        return;
    m_preedit.reset();
    m_view.clearPreedit();
    updateLines(m_buffer.lineOf(m_caret.head), m_buffer.lineOf(m_caret.head));
}

QVariant CodeEditor::inputMethodQuery(Qt::InputMethodQuery query) const
{
    const qsizetype line = m_buffer.lineOf(m_caret.head);
    const qsizetype from = std::max(m_buffer.lineStart(line), m_caret.head - kSurroundingUnits);
    const qsizetype to = std::min(m_buffer.lineEnd(line), m_caret.head + kSurroundingUnits);
    switch (query) {
    case Qt::ImEnabled:
        return !m_readOnly;
    case Qt::ImCursorRectangle:
    case Qt::ImAnchorRectangle:
        return caretRectangle().translated(viewport()->pos());
    case Qt::ImFont:
        return m_view.font();
    case Qt::ImHints:
        return static_cast<int>(Qt::ImhMultiLine | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    case Qt::ImSurroundingText:
        return m_buffer.text(from, to - from);
    case Qt::ImCursorPosition:
        return static_cast<int>(m_caret.head - from);
    case Qt::ImAnchorPosition:
        return static_cast<int>(std::clamp(m_caret.anchor, from, to) - from);
    case Qt::ImAbsolutePosition:
        return static_cast<int>(m_caret.head);
    case Qt::ImCurrentSelection:
        return m_buffer.text(m_caret.begin(), std::min(m_caret.end() - m_caret.begin(), kSurroundingUnits));
    case Qt::ImTextBeforeCursor:
        return m_buffer.text(from, m_caret.head - from);
    case Qt::ImTextAfterCursor:
        return m_buffer.text(m_caret.head, to - m_caret.head);
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

} // namespace ui
