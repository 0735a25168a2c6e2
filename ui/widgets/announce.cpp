// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/announce.h"

#include <QAccessible>
#include <QLabel>

namespace ui {

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)

void announce(QWidget *widget, const QString &text)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(widget, text);
    QAccessible::updateAccessibility(&event);
}

#else

// Before 6.8 Qt has no announcements; readers speak the name of an object that raises an alert. A label of its own
// outside the visible part of the window does that, so that no real control loses its name.
void announce(QWidget *widget, const QString &text)
{
    if (!QAccessible::isActive())
        return;
    QWidget *window = widget->window();
    auto *label = window->findChild<QLabel *>(QStringLiteral("qt_announcements"), Qt::FindDirectChildrenOnly);
    if (label == nullptr) {
        label = new QLabel(window);
        label->setObjectName(QStringLiteral("qt_announcements"));
        label->setGeometry(-10, -10, 1, 1);
        label->show();
    }
    label->setAccessibleName(text);
    QAccessibleEvent event(label, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

#endif

} // namespace ui
