// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/gallery/checks.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QWidget>

namespace {

QString whereIs(const QWidget &widget)
{
    QString path = QString::fromLatin1(widget.metaObject()->className()) + u'#' + widget.objectName();
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        path += QStringLiteral(" \"%1\"").arg(button->text());
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        path += QStringLiteral(" \"%1\"").arg(label->text().left(40));
    return path;
}

bool isClipped(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (label->wordWrap())
            return label->heightForWidth(label->width()) > label->height() + 1;
        return label->sizeHint().width() > label->width() + 1;
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget); button != nullptr && !button->text().isEmpty())
        return button->sizeHint().width() > button->width() + 1 || button->sizeHint().height() > button->height() + 1;
    return false;
}

bool isControl(const QWidget &widget)
{
    return qobject_cast<const QAbstractButton *>(&widget) != nullptr || qobject_cast<const QLineEdit *>(&widget) != nullptr
        || qobject_cast<const QComboBox *>(&widget) != nullptr;
}

bool isNamed(const QWidget &widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&widget));
    return interface != nullptr && !interface->text(QAccessible::Name).isEmpty();
}

} // namespace

QStringList flaws(const QWidget &screen)
{
    QStringList found;
    const auto widgets = screen.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || widget->objectName().startsWith(QStringLiteral("qt_")))
            continue;
        if (isClipped(*widget))
            found += QStringLiteral("clipped: ") + whereIs(*widget);
        if (!isControl(*widget))
            continue;
        // Inner buttons of Qt's own line edits and spin boxes are not ours to size.
        if (qobject_cast<const QLineEdit *>(widget->parent()) != nullptr || qobject_cast<const QComboBox *>(widget->parent()) != nullptr)
            continue;
        if (widget->width() < 24 || widget->height() < 24)
            found += QStringLiteral("target %1x%2: ").arg(widget->width()).arg(widget->height()) + whereIs(*widget);
        if (!isNamed(*widget))
            found += QStringLiteral("no accessible name: ") + whereIs(*widget);
        if (widget->objectName().isEmpty())
            found += QStringLiteral("no object name: ") + whereIs(*widget);
    }
    return found;
}
