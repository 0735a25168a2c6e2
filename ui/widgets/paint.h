// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

// Shapes that several widgets draw the same way.
namespace ui {

inline constexpr int kControlRadius = 4;
inline constexpr int kCardRadius = 6;

//! A filled rounded rectangle with a 1 px edge; either colour may be invalid.
void drawPanel(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &edge);
//! The 2 px ring that shows where the keyboard is, just inside \a rect.
void drawFocusRing(QPainter &painter, const QRectF &rect, double radius);
//! A soft shadow of \a spread pixels around \a rect, for floating things only.
void drawShadow(QPainter &painter, const QRectF &rect, double radius, int spread);

} // namespace ui
