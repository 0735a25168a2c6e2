// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QIcon>
#include <QPixmap>

namespace ui {

inline constexpr int kIconInLists = 16;
inline constexpr int kIconInBars = 20;
inline constexpr int kIconInEmptyStates = 48;

//! The program's own drawings, painted in a palette role. Unknown names paint nothing and warn once in the log.
class Icons
{
public:
    //! An icon that follows the theme: its colour is looked up each time it is painted; disabled in DisabledText.
    static QIcon icon(const QString &name, Role role = Role::Text);
    //! One size in one colour; cached per name, size, device pixel ratio and colour.
    static QPixmap pixmap(const QString &name, int size, const QColor &color, double devicePixelRatio);
    //! Paints \a name into \a rect of \a painter's device.
    static void paint(QPainter &painter, const QRect &rect, const QString &name, const QColor &color);
    //! The program's icon in its own colours.
    static QIcon program();
};

} // namespace ui
