// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/paint.h"

#include <QEvent>
#include <QLayout>
#include <QPainter>
#include <QTimerEvent>

namespace ui {

QPushButton *makeTextButton(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setFlat(true);
    button->setAutoDefault(false);
    button->setFont(Theme::font(TextSize::Normal, true));
    button->setCursor(Qt::ArrowCursor);
    return button;
}

QToolButton *makeIconButton(const QString &icon, const QString &name, QWidget *parent, int iconSize)
{
    auto *button = new QToolButton(parent);
    button->setIcon(Icons::icon(icon, Role::SecondaryText));
    button->setIconSize({iconSize, iconSize});
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

int fittedHeight(const QWidget &widget, int width)
{
    QLayout *layout = widget.layout();
    layout->activate();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
}

TextLabel::TextLabel(const QString &text, QWidget *parent, Role role, TextSize size, bool bold)
    : QLabel(text, parent), m_role(role)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setFont(Theme::font(size, bold));
    applyRole();
}

void TextLabel::setRole(Role role)
{
    m_role = role;
    applyRole();
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyRole();
}

void TextLabel::applyRole()
{
    const QColor color = Theme::color(m_role);
    // Setting an equal palette again would send PaletteChange for ever.
    if (palette().color(QPalette::WindowText) == color)
        return;
    QPalette own = palette();
    own.setColor(QPalette::Active, QPalette::WindowText, color);
    own.setColor(QPalette::Inactive, QPalette::WindowText, color);
    setPalette(own);
}

IconView::IconView(const QString &icon, int size, Role role, QWidget *parent) : QWidget(parent), m_icon(icon), m_role(role)
{
    setFixedSize(size, size);
}

void IconView::setIcon(const QString &icon, Role role)
{
    m_icon = icon;
    m_role = role;
    update();
}

void IconView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    Icons::paint(painter, rect(), m_icon, Theme::color(m_role));
}

ProgressLine::ProgressLine(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(3);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawPanel(painter, rect(), 1.5, Theme::color(Role::Hairline), {});
    const double length = width() * 0.3;
    double start = (width() - length) / 2;
    if (!Theme::reducesMotion())
        start = (m_step % 100) / 100.0 * (width() + length) - length;
    painter.setClipRect(rect());
    drawPanel(painter, QRectF(start, 0, length, height()), 1.5, Theme::color(Role::Accent), {});
}

void ProgressLine::showEvent(QShowEvent *)
{
    if (m_timer == 0 && !Theme::reducesMotion())
        m_timer = startTimer(33);
}

void ProgressLine::hideEvent(QHideEvent *)
{
    if (m_timer != 0)
        killTimer(m_timer);
    m_timer = 0;
}

void ProgressLine::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer)
        return;
    m_step += 2;
    update();
}

} // namespace ui
