// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/paint.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace ui {

void drawPanel(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &edge)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
    // A line of one pixel is crisp only when it runs through pixel centres.
    const double inset = edge.isValid() ? 0.5 : 0;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

void drawFocusRing(QPainter &painter, const QRectF &rect, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::color(Role::Accent), 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

void drawShadow(QPainter &painter, const QRectF &rect, double radius, int spread)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    // Layers of the same faint colour add up towards the edge, which looks like a blur and costs a few fills.
    QColor layer = Theme::color(Role::Shadow);
    layer.setAlphaF(layer.alphaF() / static_cast<float>(spread) * 0.7F);
    painter.setBrush(layer);
    QPainterPath hole;
    hole.addRoundedRect(rect, radius, radius);
    for (int distance = spread; distance > 0; --distance) {
        QPainterPath ring;
        ring.addRoundedRect(rect.adjusted(-distance, -distance * 0.6, distance, distance * 1.2), radius + distance, radius + distance);
        painter.drawPath(ring.subtracted(hole));
    }
    painter.restore();
}

} // namespace ui
