// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include "ui/widgets/themestate.h"

#include <QApplication>

#include <array>
#include <cmath>

namespace ui {

namespace {

struct TwoTones
{
    QRgb light;
    QRgb dark;
};

// clang-format off
constexpr std::array<TwoTones, kRoleCount> kRoles = {{
    {0xfff4f4f6, 0xff26272b},  // Window
    {0xfffafafb, 0xff222327},  // Panel
    {0xffffffff, 0xff1e1f23},  // Editor
    {0xffffffff, 0xff2e2f34},  // Raised
    {0xffdcdce1, 0xff3a3b41},  // Hairline
    {0xff8b8d96, 0xff7c7e88},  // Outline
    {0xffe9e9ed, 0xff33343a},  // Hover
    {0xffdfe0e6, 0xff3b3c44},  // Selected
    {0xff1b1c1f, 0xffe8e8ea},  // Text
    {0xff5c5e66, 0xffa6a8b0},  // SecondaryText
    {0xff9a9ca4, 0xff6d6f77},  // DisabledText
    {0xff196dd0, 0xff6fb1ff},  // Accent
    {0xffffffff, 0xff10151c},  // AccentText
    {0xff1a7f4b, 0xff5fd096},  // Good
    {0xff8f6000, 0xffe3b341},  // Warning
    {0xffc4302b, 0xffff8f88},  // Danger
    {0xfffbf3df, 0xff38321f},  // WarningTint
    {0xfffbeaea, 0xff3d2a2b},  // DangerTint
    {0x2e000000, 0x73000000},  // Shadow
}};

// As far apart as eight colours can be, also for three kinds of colour blindness, each readable on the editor.
constexpr std::array<TwoTones, Theme::kPersonColors> kPeople = {{
    {0xff8a0314, 0xfffd968f},  // red
    {0xff854f06, 0xfffdd6b1},  // amber
    {0xff7f770d, 0xffb9af1e},  // olive
    {0xff044b11, 0xff409d48},  // green
    {0xff0c6c68, 0xff2bfdf4},  // teal
    {0xff0a72da, 0xff59a0f9},  // blue
    {0xff642da4, 0xffceb5fe},  // violet
    {0xff6e034f, 0xffd168a7},  // pink
}};
// clang-format on

constexpr TwoTones kPersonText = {0xffffffff, 0xff16181d};

QColor pick(const TwoTones &tones, bool dark)
{
    return QColor::fromRgba(dark ? tones.dark : tones.light);
}

// High contrast means that the user has chosen these colours; greys of ours between them would defeat the choice.
QColor fromDesktop(Role role, const QPalette &palette)
{
    switch (role) {
    case Role::Window:
        return palette.color(QPalette::Window);
    case Role::Panel:
    case Role::Editor:
    case Role::Raised:
        return palette.color(QPalette::Base);
    case Role::Hover:
    case Role::Selected:
    case Role::WarningTint:
    case Role::DangerTint:
        return palette.color(QPalette::Button);
    case Role::DisabledText:
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    case Role::Accent:
        return palette.color(QPalette::Highlight);
    case Role::AccentText:
        return palette.color(QPalette::HighlightedText);
    case Role::Shadow:
        return Qt::transparent;
    case Role::Hairline:
    case Role::Outline:
    case Role::Text:
    case Role::SecondaryText:
    case Role::Good:
    case Role::Warning:
    case Role::Danger:
        break;
    }
    return palette.color(QPalette::WindowText);
}

double luminance(const QColor &color)
{
    const auto linear = [](double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

ThemeState &themeState()
{
    static ThemeState state;
    return state;
}

QColor Theme::color(Role role)
{
    const ThemeState &state = themeState();
    if (state.isHighContrast)
        return fromDesktop(role, state.desktop);
    if (role == Role::Accent && state.accent.isValid())
        return state.accent;
    return color(role, state.isDark);
}

QColor Theme::color(Role role, bool dark)
{
    return pick(kRoles[static_cast<std::size_t>(role)], dark);
}

QColor Theme::personColor(quint32 index)
{
    return personColor(index, isDark());
}

QColor Theme::personColor(quint32 index, bool dark)
{
    return pick(kPeople[index % kPersonColors], dark);
}

QColor Theme::personText()
{
    return personText(isDark());
}

QColor Theme::personText(bool dark)
{
    return pick(kPersonText, dark);
}

QColor Theme::personSelection(quint32 index)
{
    QColor color = personColor(index);
    color.setAlphaF(isDark() ? 0.28F : 0.22F);
    return color;
}

bool Theme::isDark()
{
    return themeState().isDark;
}

bool Theme::isHighContrast()
{
    return themeState().isHighContrast;
}

bool Theme::reducesMotion()
{
    return themeState().reducesMotion;
}

int Theme::duration(int milliseconds)
{
    return reducesMotion() ? 0 : milliseconds;
}

QFont Theme::font(TextSize size, bool bold)
{
    static constexpr std::array<double, 4> kScale = {0.85, 1.0, 1.2, 1.5};
    QFont font = QApplication::font();
    const double scale = kScale[static_cast<std::size_t>(size)];
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scale);
    else
        font.setPixelSize(qRound(font.pixelSize() * scale));
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
}

double Theme::contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (qMax(first, second) + 0.05) / (qMin(first, second) + 0.05);
}

QColor Theme::over(const QColor &color, double opacity, const QColor &background)
{
    const auto mix = [opacity](double top, double bottom) { return static_cast<float>(top * opacity + bottom * (1 - opacity)); };
    return QColor::fromRgbF(mix(color.redF(), background.redF()), mix(color.greenF(), background.greenF()),
                            mix(color.blueF(), background.blueF()));
}

QPalette Theme::palette(bool dark)
{
    const auto role = [dark](Role name) { return Theme::color(name, dark); };
    QPalette palette(role(Role::Text), role(Role::Window), role(Role::Raised), role(Role::Hairline), role(Role::Outline),
                     role(Role::Text), role(Role::AccentText), role(Role::Editor), role(Role::Window));
    const QColor accent = themeState().accent.isValid() ? themeState().accent : role(Role::Accent);
    palette.setColor(QPalette::AlternateBase, role(Role::Panel));
    palette.setColor(QPalette::ToolTipBase, role(Role::Raised));
    palette.setColor(QPalette::ToolTipText, role(Role::Text));
    palette.setColor(QPalette::PlaceholderText, role(Role::SecondaryText));
    palette.setColor(QPalette::Button, role(Role::Raised));
    palette.setColor(QPalette::Midlight, role(Role::Hover));
    palette.setColor(QPalette::Shadow, role(Role::Outline));
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, role(Role::AccentText));
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::BrightText, role(Role::Danger));
    for (const auto part : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
                            QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, part, role(Role::DisabledText));
    palette.setColor(QPalette::Disabled, QPalette::Base, role(Role::Window));
    palette.setColor(QPalette::Disabled, QPalette::Button, role(Role::Window));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, role(Role::Selected));
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    palette.setColor(QPalette::Accent, accent);
#endif
    return palette;
}

} // namespace ui
