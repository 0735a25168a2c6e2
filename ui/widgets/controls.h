// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace ui {

//! A button that is only text until the pointer is over it; for toasts, banners and cards.
QPushButton *makeTextButton(const QString &text, QWidget *parent);
//! A square button with one icon. \a name is tooltip and accessible name.
QToolButton *makeIconButton(const QString &icon, const QString &name, QWidget *parent, int iconSize = 16);
//! The height that \a widget's layout needs at \a width, whether or not something in it wraps.
int fittedHeight(const QWidget &widget, int width);

//! A label that wraps and follows the theme. Text is always plain: it may come from other people.
class TextLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString &text, QWidget *parent = nullptr, Role role = Role::Text,
                       TextSize size = TextSize::Normal, bool bold = false);
    void setRole(Role role);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyRole();

    Role m_role;
};

//! An icon as a widget that follows the theme.
class IconView final : public QWidget
{
    Q_OBJECT

public:
    IconView(const QString &icon, int size, Role role, QWidget *parent = nullptr);
    void setIcon(const QString &icon, Role role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    Role m_role;
};

//! A calm line that says "something is under way, for an unknown time". Stands still with reduced motion.
class ProgressLine final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    int m_timer = 0;
    int m_step = 0;
};

} // namespace ui
