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
        if (ownAction(*key) || isTyped(*key)) {
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

std::optional<KeyAction> CodeEditor::ownAction(const QKeyEvent &event) const
{
    const auto action = keyAction(event);
    // With one caret Escape has other meanings: it closes bars and ends following.
    return action && action->command == EditorCommand::OneCaret && m_carets.isSingle() ? std::nullopt : action;
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    if (const auto action = ownAction(*event)) {
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
        perform(commands::insertText(m_carets, cleanedInput(text)));
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
        m_wantedX.clear();
        m_carets = Caret{0, m_buffer.length()};
        // Not placeCarets(): selecting everything must not scroll to the end.
        viewport()->update();
        publishPrimarySelection();
        announceCarets();
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
    case EditorCommand::Fold:
    case EditorCommand::Unfold:
    case EditorCommand::FoldAll:
    case EditorCommand::UnfoldAll:
        runFold(command);
        return;
    case EditorCommand::ScrollUp:
    case EditorCommand::ScrollDown:
        verticalScrollBar()->setValue(verticalScrollBar()->value()
                                      + (command == EditorCommand::ScrollUp ? -1 : 1) * m_view.lineHeight());
        return;
    default:
        if (!runMove(command, selects) && !runCarets(command))
            runEdit(command);
    }
}

bool CodeEditor::runEdit(EditorCommand command)
{
    if (refuse())
        return true;
    switch (command) {
    case EditorCommand::RemoveLeft:
        perform(commands::removeGrapheme(m_buffer, m_carets, Direction::Backward, m_indent));
        return true;
    case EditorCommand::RemoveRight:
        perform(commands::removeGrapheme(m_buffer, m_carets, Direction::Forward, m_indent));
        return true;
    case EditorCommand::RemoveWordLeft:
        perform(commands::removeWord(m_buffer, m_carets, Direction::Backward));
        return true;
    case EditorCommand::RemoveWordRight:
        perform(commands::removeWord(m_buffer, m_carets, Direction::Forward));
        return true;
    case EditorCommand::RemoveLines:
        perform(commands::removeLines(m_buffer, m_carets));
        return true;
    case EditorCommand::BreakLine:
        perform(commands::breakLine(m_buffer, m_carets, m_indent));
        return true;
    case EditorCommand::Indent:
        perform(commands::indent(m_buffer, m_carets, m_indent));
        return true;
    case EditorCommand::IndentLines:
        perform(commands::indentLines(m_buffer, m_carets, m_indent));
        return true;
    case EditorCommand::Unindent:
        perform(commands::unindentLines(m_buffer, m_carets, m_indent));
        return true;
    case EditorCommand::MoveLinesUp:
        perform(commands::moveLines(m_buffer, m_carets, Direction::Backward));
        return true;
    case EditorCommand::MoveLinesDown:
        perform(commands::moveLines(m_buffer, m_carets, Direction::Forward));
        return true;
    case EditorCommand::DuplicateLines:
        perform(commands::duplicateLines(m_buffer, m_carets, Direction::Forward));
        return true;
    case EditorCommand::ToggleComment:
        perform(commands::toggleComment(m_buffer, m_carets, commentMarks(), m_indent));
        return true;
    default:
        return false;
    }
}

CommentMarks CodeEditor::commentMarks() const
{
    const KSyntaxHighlighting::Definition language = m_highlighter.definition();
    const QPair<QString, QString> block = language.multiLineCommentMarker();
    return {.line = language.singleLineCommentMarker(),
            .atLineStart = language.singleLineCommentPosition() == KSyntaxHighlighting::CommentPosition::StartOfLine,
            .open = block.first, .close = block.second};
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
    perform(m_carets.hasSelection() ? commands::insertText(m_carets, {}) : commands::removeLines(m_buffer, m_carets));
}

void CodeEditor::copySelection()
{
    QGuiApplication::clipboard()->setText(commands::clipboardText(m_buffer, m_carets));
}

void CodeEditor::pasteText(const QString &text)
{
    if (!text.isEmpty())
        perform(commands::insertTexts(m_carets, commands::pastedTexts(cleanedInput(text), m_carets.count())));
}

void CodeEditor::publishPrimarySelection()
{
    QClipboard *const clipboard = QGuiApplication::clipboard();
    if (m_carets.hasSelection() && clipboard->supportsSelection())
        clipboard->setText(commands::clipboardText(m_buffer, m_carets), QClipboard::Selection);
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
        CaretSet targets = m_carets;
        if (event->replacementLength() > 0) {
            targets = m_carets.mapped([&](const Caret &caret) {
                const qsizetype from = caret.head + event->replacementStart();
                return Caret{boundaries::atGrapheme(m_buffer, from),
                             boundaries::atGrapheme(m_buffer, std::max<qsizetype>(from, 0) + event->replacementLength())};
            });
        }
        perform(commands::insertText(targets, cleanedInput(event->commitString())));
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
        m_view.setPreedit(caret().head, preedit);
        reveal(caret().head);
        restartBlink();
    }
    updateLines(m_buffer.lineOf(caret().head), m_buffer.lineOf(caret().head));
    updateMicroFocus();
    event->accept();
}

void CodeEditor::clearPreedit()
{
    if (!m_preedit)
        return;
    m_preedit.reset();
    m_view.clearPreedit();
    updateLines(m_buffer.lineOf(caret().head), m_buffer.lineOf(caret().head));
}

QVariant CodeEditor::inputMethodQuery(Qt::InputMethodQuery query) const
{
    const qsizetype line = m_buffer.lineOf(caret().head);
    const qsizetype from = std::max(m_buffer.lineStart(line), caret().head - kSurroundingUnits);
    const qsizetype to = std::min(m_buffer.lineEnd(line), caret().head + kSurroundingUnits);
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
        return static_cast<int>(caret().head - from);
    case Qt::ImAnchorPosition:
        return static_cast<int>(std::clamp(caret().anchor, from, to) - from);
    case Qt::ImAbsolutePosition:
        return static_cast<int>(caret().head);
    case Qt::ImCurrentSelection:
        return m_buffer.text(caret().begin(), std::min(caret().end() - caret().begin(), kSurroundingUnits));
    case Qt::ImTextBeforeCursor:
        return m_buffer.text(from, caret().head - from);
    case Qt::ImTextAfterCursor:
        return m_buffer.text(caret().head, to - caret().head);
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

} // namespace ui
