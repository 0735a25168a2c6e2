// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace ui {

//! What ThemeController has decided and Theme answers from. Nobody else includes this.
struct ThemeState
{
    bool isDark = false;
    bool isHighContrast = false;
    bool reducesMotion = false;
    QColor accent;       //!< the desktop's, when it has a readable one
    QPalette desktop;    //!< for high contrast
};

ThemeState &themeState();

} // namespace ui
