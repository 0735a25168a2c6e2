// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/displaytext.h"

#include <QFont>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace ui {

//! How lines are laid out; the same for all lines of a view.
struct LayoutStyle
{
    QFont font;
    qreal cellWidth = 8;        //!< of one letter in a fixed-pitch font, pixels
    bool isFixedPitch = true;
    qreal tabWidth = 32;        //!< pixels
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

//! One line made ready for painting. Columns are UTF-16 units of the line's text, x is in pixels from its left edge.
//!
//! A line longer than kMaxSegment is cut into segments that are shaped only when they are looked at, so that a line of
//! a megabyte costs a screenful. The price: text is not reordered and not joined across a cut, tabs stop from the cut, and
//! the widths of segments nobody has looked at are estimates unless they are plain ASCII.
class LineLayout
{
public:
    static constexpr qsizetype kSegment = 2048;
    static constexpr qsizetype kMaxSegment = 2 * kSegment;

    struct Span
    {
        qreal left = 0;
        qreal right = 0;
    };

    LineLayout(const QString &text, const LayoutStyle &style, QList<QTextLayout::FormatRange> formats, const Preedit *preedit);

    qsizetype length() const { return m_text.size(); }
    qreal width() const;
    qreal xOf(qsizetype column) const;
    //! Where the cursor of the composition stands.
    qreal preeditCursorX() const;
    //! The column whose gap is nearest to \a x.
    qsizetype columnAt(qreal x) const;
    //! What is painted between \a left and \a right of the columns [from, to): several spans where directions mix.
    std::vector<Span> spans(qsizetype from, qsizetype to, qreal left, qreal right) const;
    //! Paints the part between \a left and \a right, the line's left edge and baseline at \a origin.
    void draw(QPainter &painter, QPointF origin, qreal left, qreal right) const;
    //! The painted text of the first segment, for tests and for measuring.
    QString displayed() const;

private:
    struct Segment
    {
        qsizetype from = 0;
        qsizetype count = 0;
        qreal width = 0;
        DisplayText display;
        std::unique_ptr<QTextLayout> layout;
        bool leftToRight = true;
    };

    void cut();
    qreal estimatedWidth(QStringView text) const;
    const Segment &shaped(std::size_t segment) const;
    QList<QTextLayout::FormatRange> formatsOf(const Segment &segment) const;
    std::size_t segmentOf(qsizetype column) const;
    qreal leftOf(std::size_t segment) const;
    void addSpans(const Segment &segment, qreal left, qsizetype from, qsizetype to, std::vector<Span> &spans) const;

    QString m_text;
    LayoutStyle m_style;
    QList<QTextLayout::FormatRange> m_formats;
    Preedit m_preedit;
    // Shaping on demand does not change what the layout says, only when the work is done.
    mutable std::vector<Segment> m_segments;
};

} // namespace ui
