// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEditor: what the mouse, dragging and time do.
#include "ui/editor/codeeditor.h"

#include "ui/editor/editorpainter.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDrag>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QStyleHints>
#include <QTimerEvent>
#include <QWheelEvent>

#include <cmath>

namespace ui {

namespace {

constexpr int kAutoScrollInterval = 30;
constexpr qreal kHoverReach = 5;

//! How far to scroll per tick when the pointer is \a beyond pixels outside: the further, the faster.
int autoScrollStep(qreal beyond)
{
    return static_cast<int>(std::copysign(std::min(4 + std::abs(beyond), 200.0), beyond));
}

} // namespace

// ---- pressing and dragging ---------------------------------------------------------------------------------------

bool CodeEditor::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hoverAt({-1000, -1000});
    return QAbstractScrollArea::viewportEvent(event);
}

void CodeEditor::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        const bool near = (event->position() - m_pressPoint).manhattanLength() < QApplication::startDragDistance();
        const bool triple = m_tripleClick.isActive() && near;
        m_tripleClick.stop();
        pressLeft(event, triple ? MouseSelection::Unit::Line : MouseSelection::Unit::Grapheme);
    } else if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
        // The primary selection may be our own selected text: read it before the caret moves.
        const QString text = QGuiApplication::clipboard()->text(QClipboard::Selection);
        moveTo(m_view.indexAt(event->position()), false);
        if (!refuse())
            pasteText(text);
    } else {
        event->ignore();
    }
}

void CodeEditor::pressLeft(QMouseEvent *event, MouseSelection::Unit unit)
{
    clearPreedit();
    m_pressPoint = event->position();
    if (const auto line = foldMarkAt(event->position())) {
        toggleFold(*line);
        return;
    }
    const bool inGutter = event->position().x() < m_view.gutterWidth() - 8;
    if (inGutter)
        unit = MouseSelection::Unit::Line;
    const bool adds = event->modifiers().testFlag(Qt::AltModifier);
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    // Where several stretches would land if dropped is anybody's guess.
    m_mayDrag = !adds && m_carets.isSingle() && unit == MouseSelection::Unit::Grapheme && isOverSelection(event->position());
    if (m_mayDrag)
        return;
    m_wantedX.clear();
    const qsizetype index = m_view.indexAt(event->position());
    if (adds && extends) {
        m_mouse.press(m_buffer, index, MouseSelection::Unit::Grapheme, false, caret());
        m_dragsBox = true;
        m_box = BoxSelection::at(boxText(), event->position());
        placeBox();
    } else if (adds) {
        pressAdding(index, unit);
    } else {
        placeCarets(m_mouse.press(m_buffer, index, unit, extends, caret()));
        Q_EMIT caretMovedByHand();
    }
}

void CodeEditor::pressAdding(qsizetype index, MouseSelection::Unit unit)
{
    const qsizetype there = m_carets.indexAt(index);
    if (there >= 0 && !m_carets.isSingle() && unit == MouseSelection::Unit::Grapheme) {
        moveByHand(m_carets.without(there), index);
        return;
    }
    m_keptCarets = m_carets;
    const Caret added = m_mouse.press(m_buffer, index, unit, false, caret());
    moveByHand(m_carets.with(added, false), added.head);
}

bool CodeEditor::isOverSelection(const QPointF &point) const
{
    const qsizetype index = m_view.indexAt(point);
    for (const Caret &caret : m_carets.touching(index, index)) {
        const QList<QRectF> rects = m_view.rangeRects(caret.begin(), caret.end());
        if (std::any_of(rects.cbegin(), rects.cend(), [&point](const QRectF &rect) { return rect.contains(point); }))
            return true;
    }
    return false;
}

void CodeEditor::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (foldMarkAt(event->position())) {
        pressLeft(event, MouseSelection::Unit::Grapheme);
        return;
    }
    pressLeft(event, MouseSelection::Unit::Word);
    if (m_mayDrag) {
        m_mayDrag = false;
        placeCarets(m_mouse.press(m_buffer, m_view.indexAt(event->position()), MouseSelection::Unit::Word, false, caret()));
    }
    m_tripleClick.start(QGuiApplication::styleHints()->mouseDoubleClickInterval(), this);
}

void CodeEditor::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        hoverAt(event->position());
        return;
    }
    if (m_mayDrag) {
        if ((event->position() - m_pressPoint).manhattanLength() >= QApplication::startDragDistance())
            startDrag();
        return;
    }
    if (!m_mouse.isActive())
        return;
    dragTo(event->position());
    const bool outside = !viewport()->rect().contains(event->position().toPoint());
    if (outside && !m_autoScroll.isActive())
        m_autoScroll.start(kAutoScrollInterval, this);
    else if (!outside)
        m_autoScroll.stop();
}

void CodeEditor::dragTo(const QPointF &point)
{
    // The caret stays inside the viewport: scrolling is the timer's work, at its own speed.
    const QRectF inside = QRectF(viewport()->rect()).adjusted(m_view.textLeft(), 0, -1, -1);
    const QPointF clipped(std::clamp(point.x(), inside.left(), std::max(inside.left(), inside.right())),
                          std::clamp(point.y(), inside.top(), std::max(inside.top(), inside.bottom())));
    updateCarets(m_carets);
    if (m_dragsBox) {
        m_box->dragTo(boxText(), clipped);
        m_carets = m_boxCarets = m_box->carets(boxText());
    } else {
        const Caret dragged = m_mouse.drag(m_buffer, m_view.indexAt(clipped));
        m_carets = m_keptCarets ? m_keptCarets->with(dragged, false) : CaretSet(dragged);
    }
    updateCarets(m_carets);
    restartBlink();
    announceCarets();
}

void CodeEditor::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_autoScroll.stop();
    if (m_mayDrag) {
        // A click into the selection that became no drag puts the caret there.
        m_mayDrag = false;
        moveTo(m_view.indexAt(event->position()), false);
    }
    m_mouse.release();
    m_dragsBox = false;
    m_keptCarets.reset();
    publishPrimarySelection();
}

void CodeEditor::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        if (event->angleDelta().y() != 0)
            run(event->angleDelta().y() > 0 ? EditorCommand::ZoomIn : EditorCommand::ZoomOut);
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void CodeEditor::hoverAt(const QPointF &point)
{
    qsizetype found = -1;
    for (qsizetype i = 0; i < m_people.count() && found < 0; ++i) {
        const qsizetype line = m_view.lineShowing(m_people.at(i).head);
        if (line < m_view.firstVisibleLine() || line > m_view.lastVisibleLine())
            continue;
        if (m_view.caretRect(m_people.at(i).head).adjusted(-kHoverReach, 0, kHoverReach, 0).contains(point))
            found = i;
    }
    const bool inGutter = point.x() >= 0 && point.x() < m_view.gutterWidth();
    if (std::exchange(m_showsFoldMarks, inGutter) != inGutter)
        viewport()->update(0, 0, m_view.gutterWidth(), viewport()->height());
    viewport()->setCursor(point.x() < m_view.gutterWidth() - 8 ? Qt::ArrowCursor
                          : foldMarkAt(point)                  ? Qt::PointingHandCursor
                          : isOverSelection(point)             ? Qt::ArrowCursor
                                                               : Qt::IBeamCursor);
    if (found == m_people.hovered())
        return;
    m_people.setHovered(found);
    viewport()->update();
}

// ---- drag and drop -----------------------------------------------------------------------------------------------

void CodeEditor::startDrag()
{
    m_mayDrag = false;
    auto *const data = new QMimeData;
    data->setText(commands::clipboardText(m_buffer, m_carets));
    auto *const drag = new QDrag(viewport());
    drag->setMimeData(data);
    m_dragsOwnText = true;
    // Qt offers no drag without a loop of its own, and anything may happen in it: the tab may be closed.
    const QPointer<CodeEditor> guard(this);
    const Qt::DropAction done = drag->exec(m_readOnly ? Qt::CopyAction : Qt::CopyAction | Qt::MoveAction,
                                           m_readOnly ? Qt::CopyAction : Qt::MoveAction);
    // A move inside this editor was made by dropEvent() as one step; a move to elsewhere leaves the removal to us.
    if (!guard)
        return;
    if (std::exchange(m_dragsOwnText, false) && done == Qt::MoveAction && !m_readOnly)
        perform(commands::insertText(m_carets, {}));
}

void CodeEditor::dragEnterEvent(QDragEnterEvent *event)
{
    // Files are the window's business.
    if (event->mimeData()->hasText() && !event->mimeData()->hasUrls() && !m_readOnly)
        event->acceptProposedAction();
    else
        event->ignore();
}

void CodeEditor::dragMoveEvent(QDragMoveEvent *event)
{
    m_dropIndex = m_view.indexAt(event->position());
    viewport()->update();
    event->acceptProposedAction();
}

void CodeEditor::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropIndex = -1;
    viewport()->update();
}

void CodeEditor::dropEvent(QDropEvent *event)
{
    m_dropIndex = -1;
    viewport()->update();
    if (refuse())
        return;
    const bool own = std::exchange(m_dragsOwnText, false);
    const bool move = own && event->dropAction() == Qt::MoveAction;
    const qsizetype target = m_view.indexAt(event->position());
    perform(commands::dropText(caret(), target, cleanedInput(event->mimeData()->text()), move));
    event->acceptProposedAction();
    setFocus(Qt::MouseFocusReason);
}

// ---- menu, focus, time -------------------------------------------------------------------------------------------

void CodeEditor::contextMenuEvent(QContextMenuEvent *event)
{
    struct Entry
    {
        QString text;
        QKeySequence::StandardKey key;
        EditorCommand command;
        bool enabled;
        bool separated;
        QString name = {};
    };
    const bool writable = !m_readOnly;
    const bool selected = m_carets.hasSelection();
    const Entry entries[] = {
        {tr("Undo"), QKeySequence::Undo, EditorCommand::Undo, writable, false, QStringLiteral("undo")},
        {tr("Redo"), QKeySequence::Redo, EditorCommand::Redo, writable, false, QStringLiteral("redo")},
        {tr("Cut"), QKeySequence::Cut, EditorCommand::Cut, writable, true},
        {tr("Copy"), QKeySequence::Copy, EditorCommand::Copy, true, false},
        {tr("Paste"), QKeySequence::Paste, EditorCommand::Paste, writable, false},
        {tr("Delete"), QKeySequence::Delete, EditorCommand::RemoveRight, writable && selected, false},
        {tr("Select All"), QKeySequence::SelectAll, EditorCommand::SelectAll, m_buffer.length() > 0, true},
    };
    auto *const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("editorMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Entry &entry : entries) {
        if (entry.separated)
            menu->addSeparator();
        // The key is text only: a real shortcut here would compete with the window's menu.
        const QString key = QKeySequence(entry.key).toString(QKeySequence::NativeText);
        QAction *const action = menu->addAction(entry.text + u'\t' + key);
        action->setObjectName(entry.name);
        action->setEnabled(entry.enabled);
        connect(action, &QAction::triggered, this, [this, command = entry.command] { run(command); });
    }
    Q_EMIT contextMenuRequested(menu);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(byKey ? viewport()->mapToGlobal(caretRectangle().bottomLeft()) : event->globalPos());
}

void CodeEditor::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    restartBlink();
    viewport()->update();
}

void CodeEditor::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_blink.stop();
    m_caretShown = true;
    viewport()->update();
    Q_EMIT caretMovedByHand();
}

void CodeEditor::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_blink.timerId()) {
        m_caretShown = !m_caretShown;
        updateCarets(m_carets);
    } else if (event->timerId() == m_flags.timerId()) {
        updateFlags();
        refreshFlags();
    } else if (event->timerId() == m_ticksDue.timerId()) {
        m_ticksDue.stop();
        refreshTicks();
    } else if (event->timerId() == m_bracketsDue.timerId()) {
        m_bracketsDue.stop();
        refreshBrackets();
    } else if (event->timerId() == m_estimates.timerId()) {
        estimateRows();
    } else if (event->timerId() == m_tripleClick.timerId()) {
        m_tripleClick.stop();
    } else if (event->timerId() == m_autoScroll.timerId()) {
        const QPointF point = viewport()->mapFromGlobal(QCursor::pos());
        const QRect inside = viewport()->rect();
        const qreal down = point.y() < 0 ? point.y() : std::max(0.0, point.y() - inside.height());
        const qreal right = point.x() < m_view.textLeft() ? point.x() - m_view.textLeft()
                                                          : std::max(0.0, point.x() - inside.width());
        if (down != 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() + autoScrollStep(down));
        if (right != 0)
            horizontalScrollBar()->setValue(horizontalScrollBar()->value() + autoScrollStep(right));
        dragTo(point);
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

} // namespace ui
