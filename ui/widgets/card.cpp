// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace ui {

Card::Card(Kind kind, QWidget *parent) : QWidget(parent), m_kind(kind)
{
    setInnerMargins(20, 20, 20, 20);
}

void Card::setInnerMargins(int left, int top, int right, int bottom)
{
    const int shadow = m_kind == Kind::Floating ? kShadow : 0;
    setContentsMargins(left + shadow, top + shadow, right + shadow, bottom + shadow);
}

QRect Card::visibleRect() const
{
    const int shadow = m_kind == Kind::Floating ? kShadow : 0;
    return rect().adjusted(shadow, shadow, -shadow, -shadow);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_kind == Kind::Floating)
        drawShadow(painter, visibleRect(), kCardRadius, kShadow - 2);
    drawPanel(painter, visibleRect(), kCardRadius, Theme::color(Role::Raised), Theme::color(Role::Hairline));
}

} // namespace ui
