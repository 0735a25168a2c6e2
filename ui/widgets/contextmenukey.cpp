// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/contextmenukey.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QWidget>

namespace ui {

ContextMenuKey::ContextMenuKey(QApplication &application)
{
    application.installEventFilter(this);
}

bool ContextMenuKey::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType())
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() != Qt::Key_F10 || key->modifiers() != Qt::ShiftModifier)
        return false;
    if (QApplication::activePopupWidget() != nullptr)
        return true;
    // The same place as Qt gives for the Menu key: the text caret, or the current row of a list.
    auto *widget = static_cast<QWidget *>(watched);
    const QPoint place = widget->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, place, widget->mapToGlobal(place), Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &asked);
    return true;
}

} // namespace ui
