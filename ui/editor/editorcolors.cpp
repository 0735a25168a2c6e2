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
    colors.currentLine = Theme::over(colors.text, dark ? 0.06 : 0.035, colors.background);
    colors.lineNumber = readable(QColor(theme.editorColor(Part::LineNumbers)), colors.currentLine);
    colors.currentLineNumber = colors.text;
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

QColor readable(const QColor &given, const QColor &givenBackground)
{
    // As they are painted: eight bits each.
    const auto painted = [](const QColor &color) { return QColor::fromRgba(color.rgba()); };
    const QColor background = painted(givenBackground);
    if (Theme::contrast(painted(given), background) >= kReadable)
        return given;
    // On any background either black or white is readable; from there back to the colour as far as it stays so.
    const bool darken = Theme::contrast(Qt::black, background) > Theme::contrast(Qt::white, background);
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    given.getHslF(&hue, &saturation, &lightness);
    const auto at = [&](float part) {
        const float changed = std::clamp(lightness + part * ((darken ? 0.0F : 1.0F) - lightness), 0.0F, 1.0F);
        return painted(QColor::fromHslF(hue, saturation, changed, given.alphaF()));
    };
    float unreadable = 0;
    float enough = 1;
    for (int step = 0; step < 8; ++step) {
        const float middle = (unreadable + enough) / 2;
        (Theme::contrast(at(middle), background) >= kReadable ? enough : unreadable) = middle;
    }
    return at(enough);
}

} // namespace ui
