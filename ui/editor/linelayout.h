// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/displaytext.h"

#include <QFont>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace ui {

class Backdrops;

//! How lines are laid out; the same for all lines of a view.
struct LayoutStyle
{
    QFont font;
    qreal cellWidth = 8;        //!< of one letter in a fixed-pitch font, pixels
    bool isFixedPitch = true;
    qreal tabWidth = 32;        //!< pixels
    qreal wrapWidth = 0;        //!< pixels; 0: a line is one row, however wide
    int rowHeight = 16;         //!< pixels
    QTextCharFormat mark;       //!< for what DisplayText made visible
    QTextCharFormat preedit;
};

//! Text that an input method is composing, shown in a line but not part of it.
struct Preedit
{
    qsizetype column = 0;       //!< in the line's text
    QString text;
    qsizetype cursor = 0;       //!< in \a text
    QList<QTextLayout::FormatRange> formats;   //!< in \a text

    bool isEmpty() const { return text.isEmpty(); }
};

//! One line made ready for painting. Columns are UTF-16 units of the line's text, x is in pixels from its left edge, rows
//! count from 0. Wrapped, it breaks between words, or anywhere in a word wider than a row; rows after the first stand
//! under the line's first letter, but no further in than half the width.
//!
//! A line longer than kMaxSegment is cut into segments that are shaped only when they are looked at, so that a line of
//! a megabyte costs a screenful. The price: text is not reordered and not joined across a cut, tabs stop from the cut, and
//! the widths and rows of segments nobody has looked at are estimates unless they are plain ASCII. Wrapped, a segment
//! begins a row, so the one before a cut may be short.
class LineLayout
{
public:
    static constexpr qsizetype kSegment = 2048;
    static constexpr qsizetype kMaxSegment = 2 * kSegment;

    struct Span
    {
        qreal left = 0;
        qreal right = 0;
        int row = 0;
    };

    struct Place
    {
        int row = 0;
        qreal x = 0;
    };

    //! The rows and the pixels of them to be painted; both ends belong to it.
    struct Window
    {
        int firstRow = 0;
        int lastRow = 0;
        qreal left = 0;
        qreal right = 0;
    };

    //! \a before is a layout of the line as it was, in the same style: of a line that is cut the segments around the changes
    //! are shaped anew and the others taken out of it.
    LineLayout(const QString &text, const LayoutStyle &style, QList<QTextLayout::FormatRange> formats, const Preedit *preedit,
               LineLayout *before = nullptr);

    qsizetype length() const { return m_text.size(); }
    qreal width() const;
    //! At least one. Makes sure of a line that is not cut; of others see shapeRows().
    int rows() const;
    //! Makes sure that the rows in [first, last], and their number, are no estimate.
    void shapeRows(int first, int last) const;
    //! A column at which a row ends and the next begins stands in the next.
    Place placeOf(qsizetype column) const;
    //! Where the cursor of the composition stands.
    Place preeditCursor() const;
    //! The column in \a row whose gap is nearest to \a x.
    qsizetype columnAt(qreal x, int row = 0) const;
    qsizetype rowStart(int row) const;
    //! The last column that stands in \a row: in front of its last character, or the end of the line.
    qsizetype rowEnd(int row) const;
    //! What is painted in \a window of the columns [from, to): several spans where directions mix.
    std::vector<Span> spans(qsizetype from, qsizetype to, const Window &window) const;
    //! Paints what is in \a window, the line's left edge and first baseline at \a origin, in colours that can be read on
    //! \a backdrops. Text without a format has the painter's pen.
    void draw(QPainter &painter, QPointF origin, const Window &window, const Backdrops &backdrops) const;
    //! The painted text of the first segment, for tests and for measuring.
    QString displayed() const;
    //! How many segments this layout has shaped itself, for the same.
    int shapings() const { return m_shapings; }
    bool isCut() const { return m_segments.size() > 1; }

private:
    struct Segment
    {
        qsizetype from = 0;
        qsizetype count = 0;
        qreal width = 0;
        int rows = 1;
        DisplayText display;
        std::unique_ptr<QTextLayout> layout;
        bool leftToRight = true;
    };

    //! A segment, the first row it takes, and one of its rows counted from there.
    struct SegmentRow
    {
        std::size_t segment = 0;
        int firstRow = 0;
        int row = 0;
    };

    bool wraps() const { return m_style.wrapWidth > 0; }
    void cut(LineLayout *before);
    //! Moves segments of \a before that are in front of and behind what differs; \a from and \a to become what is between.
    void adopt(LineLayout &before, qsizetype &from, qsizetype &to, std::vector<Segment> &behind);
    void addSegment(qsizetype from, qsizetype to);
    qsizetype cutBehind(qsizetype from) const;
    int cellsPerRow(bool first) const;
    qreal indentWidth() const;
    qreal estimatedWidth(QStringView text) const;
    int estimatedRows(const Segment &segment) const;
    const Segment &shaped(std::size_t segment) const;
    //! \returns whether blanks hang over the edge, out of reach
    bool breakRows(Segment &segment, bool isFirst) const;
    bool hangsOver(const QString &text, const QTextLine &line, qreal room) const;
    static QString withFirmBlanks(QString text);
    SegmentRow atRow(int row) const;
    int firstRowOf(std::size_t segment) const;
    Place placeAt(std::size_t segment, qsizetype display) const;
    QList<QTextLayout::FormatRange> formatsOf(const Segment &segment) const;
    //! What \a backdrops make of the colours in the rows [firstRow, lastRow] of \a segment, whose plain text is \a plain.
    QList<QTextLayout::FormatRange> recoloured(const Segment &segment, int firstRow, int lastRow, const Backdrops &backdrops,
                                               const QColor &plain) const;
    std::size_t segmentOf(qsizetype column) const;
    qreal leftOf(std::size_t segment) const;
    void addSpans(const Segment &segment, const QTextLine &line, Span place, qsizetype from, qsizetype to,
                  std::vector<Span> &spans) const;

    QString m_text;
    LayoutStyle m_style;
    QList<QTextLayout::FormatRange> m_formats;
    Preedit m_preedit;
    qreal m_indent = 0;
    // Shaping on demand does not change what the layout says, only when the work is done.
    mutable std::vector<Segment> m_segments;
    mutable int m_shapings = 0;
};

} // namespace ui
