// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/tickscrollbar.h"

#include <QPainter>
#include <QStyleOptionSlider>

#include <algorithm>

namespace ui {

TickScrollBar::TickScrollBar(QWidget *parent) : QScrollBar(Qt::Vertical, parent) {}

void TickScrollBar::setTicks(const QList<Tick> &ticks)
{
    if (ticks == m_ticks)
        return;
    m_ticks = ticks;
    update();
}

void TickScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    if (m_ticks.isEmpty())
        return;
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove = style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    QPainter painter(this);
    for (const Tick &tick : std::as_const(m_ticks)) {
        const double place = std::clamp(tick.position, 0.0, 1.0) * (groove.height() - kTickHeight);
        const int width = tick.wide ? groove.width() - 4 : groove.width() / 2 - 2;
        painter.fillRect(QRect(groove.right() - 1 - width, groove.top() + qRound(place), width, kTickHeight), tick.color);
    }
}

} // namespace ui
