// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/presence/avatarbutton.h"

#include "ui/widgets/theme.h"

#include <QPainter>

namespace ui {

AvatarButton::AvatarButton(QWidget *parent) : QAbstractButton(parent)
{
    setFixedSize(32, 32);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
}

void AvatarButton::setAvatar(const Avatar &avatar)
{
    m_avatar = avatar;
    m_more = 0;
    update();
}

void AvatarButton::setMore(int count)
{
    m_more = count;
    update();
}

QSize AvatarButton::sizeHint() const
{
    return {32, 32};
}

bool AvatarButton::hitButton(const QPoint &position) const
{
    return rect().contains(position);
}

void AvatarButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor surface = Theme::color(Role::Window);
    const QRectF circle = QRectF(rect()).adjusted(2, 2, -2, -2);
    // The gap ring keeps overlapping people apart whatever their colours.
    painter.setPen(Qt::NoPen);
    painter.setBrush(surface);
    painter.drawEllipse(rect());
    if (m_more > 0)
        AvatarPainter::paintMore(painter, circle, m_more, surface, underMouse());
    else
        AvatarPainter::paint(painter, circle, m_avatar, surface);
    if (hasFocus() || (underMouse() && m_more == 0)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Theme::color(hasFocus() ? Role::Accent : Role::Outline), hasFocus() ? 2 : 1));
        painter.drawEllipse(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

} // namespace ui
