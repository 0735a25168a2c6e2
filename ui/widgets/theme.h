// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;

namespace ui {

//! What a colour is for. The table behind it is the only place in the program that contains colours.
enum class Role {
    Window,         //!< chrome: menu line, status bar, dialogs
    Panel,          //!< tree, lists
    Editor,         //!< where code stands when no syntax theme says otherwise; also text fields
    Raised,         //!< menus, cards, toasts
    Hairline,
    Outline,        //!< the edge of a control; visible enough to carry meaning
    Hover,          //!< row or button under the pointer
    Selected,       //!< current row of a list; neutral, because colour belongs to people
    Text,
    SecondaryText,
    DisabledText,
    Accent,         //!< one thing per view: default button, current tab, focus
    AccentText,     //!< text on Accent
    Good,
    Warning,
    Danger,
    WarningTint,    //!< background of a warning block
    DangerTint,
    Shadow,
};
inline constexpr int kRoleCount = static_cast<int>(Role::Shadow) + 1;

//! Text sizes relative to the desktop's font: 0.85, 1.0, 1.2 and 1.5 of it.
enum class TextSize { Small, Normal, Large, Title };

//! The colours and fonts in use. Read anywhere on the GUI thread, changed by ThemeController alone.
class Theme
{
public:
    static QColor color(Role role);
    //! The table's entry for one of the two schemes, whatever is in use.
    static QColor color(Role role, bool dark);

    static constexpr quint32 kPersonColors = 8;
    //! A participant's colour; \a index from 8 on wraps, AvatarPainter then draws a second ring.
    static QColor personColor(quint32 index);
    static QColor personColor(quint32 index, bool dark);
    //! Initials and names on personColor().
    static QColor personText();
    static QColor personText(bool dark);
    //! The colour behind a participant's selection: 22 % (light) or 28 % (dark) opaque.
    static QColor personSelection(quint32 index);

    static bool isDark();
    //! True when the desktop asks for high contrast: roles then come from its own palette.
    static bool isHighContrast();
    //! True when the desktop or the user wants no motion: changes are instant then.
    static bool reducesMotion();
    //! Duration for an animation that would take \a milliseconds; 0 with reduced motion.
    static int duration(int milliseconds);

    static QFont font(TextSize size, bool bold = false);

    //! WCAG 2 contrast ratio, 1 to 21. Both colours are taken as opaque.
    static double contrast(const QColor &a, const QColor &b);
    //! \a color laid over \a background with \a opacity from 0 to 1, as an opaque colour.
    static QColor over(const QColor &color, double opacity, const QColor &background);

private:
    friend class ThemeController;
    static QPalette palette(bool dark);
};

} // namespace ui
