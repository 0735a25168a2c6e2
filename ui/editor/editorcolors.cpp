// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorcolors.h"

#include "ui/widgets/theme.h"

#include <KSyntaxHighlighting/Theme>

#include <algorithm>

namespace ui {

namespace {

constexpr double kReadable = 4.5;

} // namespace

EditorColors editorColors(const KSyntaxHighlighting::Theme &theme)
{
    using Part = KSyntaxHighlighting::Theme;
    const bool dark = Theme::isDark();
    const bool own = Theme::isHighContrast();
    EditorColors colors;
    colors.background = own ? Theme::color(Role::Editor) : QColor(theme.editorColor(Part::BackgroundColor));
    colors.text = own ? Theme::color(Role::Text) : QColor(theme.textColor(Part::Normal));
    colors.lineNumber = readable(QColor(theme.editorColor(Part::LineNumbers)), colors.background);
    colors.currentLineNumber = colors.text;
    colors.currentLine = Theme::over(colors.text, dark ? 0.06 : 0.035, colors.background);
    // Stronger than anybody else's selection: the difference must show even when a person has the accent's hue.
    colors.selection = Theme::over(Theme::color(Role::Accent), dark ? 0.34 : 0.3, colors.background);
    colors.inactiveSelection = Theme::over(Theme::color(Role::SecondaryText), 0.28, colors.background);
    colors.caret = colors.text;
    colors.bracket = Theme::over(colors.text, dark ? 0.26 : 0.18, colors.background);
    colors.match = Theme::over(Theme::color(Role::Warning), dark ? 0.28 : 0.26, colors.background);
    colors.currentMatch = Theme::over(Theme::color(Role::Warning), dark ? 0.62 : 0.6, colors.background);
    colors.mark = readable(Theme::color(Role::Warning), Theme::over(Theme::color(Role::Warning), 0.14, colors.background));
    colors.markBackground = Theme::over(Theme::color(Role::Warning), 0.14, colors.background);
    // Transparent: it is seen on the background and on every selection.
    colors.blank = colors.text;
    colors.blank.setAlphaF(dark ? 0.4F : 0.36F);
    colors.trailingBlank = Theme::over(Theme::color(Role::Warning), 0.85, colors.background);
    colors.foldChip = Theme::over(colors.text, dark ? 0.18 : 0.12, colors.background);
    colors.personText = Theme::personText();
    colors.personSelection = dark ? 0.28 : 0.22;
    return colors;
}

QColor readable(const QColor &color, const QColor &background)
{
    QColor result = color;
    const bool darken = background.lightnessF() > 0.5F;
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    color.getHslF(&hue, &saturation, &lightness);
    while (Theme::contrast(result, background) < kReadable && lightness > 0 && lightness < 1) {
        lightness = std::clamp(lightness + (darken ? -0.02F : 0.02F), 0.0F, 1.0F);
        result.setHslF(hue, saturation, lightness, color.alphaF());
    }
    return result;
}

} // namespace ui
