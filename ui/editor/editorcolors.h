// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace KSyntaxHighlighting {
class Theme;
}

namespace ui {

//! The colours an editor is painted with. Text and surface come from the syntax theme, everything else from the program's
//! palette table; no colour stands in the editor's code.
struct EditorColors
{
    QColor background;
    QColor text;
    QColor lineNumber;
    QColor currentLineNumber;
    QColor currentLine;
    QColor selection;
    QColor inactiveSelection;   //!< while the keyboard is elsewhere
    QColor caret;
    QColor bracket;             //!< behind the brackets at the caret; grey, because colour belongs to people
    QColor match;               //!< behind what a search has found
    QColor currentMatch;
    QColor mark;                //!< made-visible characters
    QColor markBackground;
    QColor blank;               //!< dots and arrows for spaces and tabs
    QColor trailingBlank;       //!< the same at a line's end
    QColor foldChip;            //!< behind the dots that stand for folded lines
    QColor personText;          //!< a name on a participant's colour
    double personSelection = 0; //!< opacity of a participant's colour behind what they selected
};

//! The colours for the scheme in use; \a theme is the syntax theme for that scheme.
EditorColors editorColors(const KSyntaxHighlighting::Theme &theme);

//! \a color made as much darker or lighter as it takes to be read on \a background (WCAG contrast of at least 4.5).
QColor readable(const QColor &color, const QColor &background);

} // namespace ui
