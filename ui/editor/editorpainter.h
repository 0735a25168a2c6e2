// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "ui/editor/backdrops.h"
#include "ui/editor/brackets.h"
#include "ui/editor/caretset.h"
#include "ui/editor/editorcolors.h"

#include <QFont>
#include <QList>
#include <QRectF>

class QPainter;

namespace ui {

class FoldRegions;
class RemoteCarets;
class SearchResults;
class TextBuffer;
class TextView;

//! Which blanks are shown as dots and arrows. Shown or not, those at a line's end stand out unless all are hidden.
enum class Whitespace { Hidden, Selected, All };

//! Everything a picture of the editor depends on.
struct EditorScene
{
    const TextBuffer &buffer;
    const TextView &view;
    const EditorColors &colors;
    const RemoteCarets &people;
    const SearchResults *results = nullptr;
    CaretSet carets;
    std::optional<BracketPair> brackets;
    Whitespace whitespace = Whitespace::Hidden;
    const FoldRegions *regions = nullptr;   //!< when what can be folded is to be shown
    bool showsCaret = false;      //!< this half of the blink, with focus
    bool hasFocus = false;
    qsizetype dropIndex = -1;     //!< where dragged text would land
    QFont flagFont;
    base::Instant now;
};

//! Paints one picture. From back to front: current lines, brackets, matches, other people's selections, own selection, text
//! with blanks and fold marks, other people's carets, line numbers, flags, own carets.
class EditorPainter
{
public:
    static constexpr int kCaretWidth = 2;
    static constexpr qsizetype kMaxFlagGraphemes = 24;

    EditorPainter(QPainter &painter, const EditorScene &scene);

    void paint(const QRect &dirty);

    //! Where the flag of person \a i stands, whether shown or not; empty when their caret is out of sight.
    static QRectF flagRect(const EditorScene &scene, qsizetype i);

private:
    //! One's own carets that reach into the lines in sight.
    std::span<const Caret> caretsInSight() const;
    //! Paints \a color behind the text, which is written to be read on it.
    void paintRange(qsizetype from, qsizetype to, const QColor &color);
    //! What was painted behind the text of \a line.
    Backdrops backdropsOf(qsizetype line) const;
    void paintCurrentLines();
    void paintBrackets();
    void paintMatches();
    void paintSelections();
    void paintText(const QRect &dirty);
    void paintWhitespace(qsizetype line);
    void paintBlank(const QRectF &cell, bool isTab, const QColor &color);
    void paintFoldChip(qsizetype line);
    void paintFoldMark(qsizetype line);
    void paintPeople();
    void paintGutter(const QRect &dirty);
    void paintFlags();
    void paintOwnCarets();

    struct Painted
    {
        qsizetype from;
        qsizetype to;
        QColor color;
    };

    QPainter &m_painter;
    const EditorScene &m_scene;
    std::vector<Painted> m_painted;   // by paintRange(), from back to front
};

} // namespace ui
