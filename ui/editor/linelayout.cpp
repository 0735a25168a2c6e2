// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/linelayout.h"

#include <QPainter>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace ui {

namespace {

//! The last place at or before \a at where a grapheme ends.
qsizetype cutBefore(const QString &text, qsizetype from, qsizetype at)
{
    constexpr qsizetype kLook = 64;
    const qsizetype start = std::max(from + 1, at - kLook);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, QStringView(text).mid(start, 2 * kLook));
    finder.setPosition(at - start);
    if (finder.isAtBoundary())
        return at;
    const qsizetype before = finder.toPreviousBoundary();
    return before > 0 ? start + before : at;
}

} // namespace

LineLayout::LineLayout(const QString &text, const LayoutStyle &style, QList<QTextLayout::FormatRange> formats,
                       const Preedit *preedit)
    : m_text(text), m_style(style), m_formats(std::move(formats)), m_preedit(preedit ? *preedit : Preedit())
{
    cut();
}

void LineLayout::cut()
{
    const auto add = [this](qsizetype from, qsizetype count) {
        Segment segment;
        segment.from = from;
        segment.count = count;
        segment.width = estimatedWidth(QStringView(m_text).mid(from, count));
        m_segments.push_back(std::move(segment));
    };
    qsizetype from = 0;
    while (m_text.size() - from > kMaxSegment) {
        const qsizetype to = cutBefore(m_text, from, from + kSegment);
        add(from, to - from);
        from = to;
    }
    add(from, m_text.size() - from);
}

qreal LineLayout::estimatedWidth(QStringView text) const
{
    qsizetype cells = 0;
    for (const QChar unit : text)
        cells += unit.unicode() >= 0x1100 && !unit.isSurrogate() ? 2 : 1;
    return static_cast<qreal>(cells) * m_style.cellWidth;
}

const LineLayout::Segment &LineLayout::shaped(std::size_t index) const
{
    Segment &segment = m_segments[index];
    if (segment.layout)
        return segment;
    const QChar before = segment.from > 0 ? m_text[segment.from - 1] : QChar();
    segment.display = DisplayText(QStringView(m_text).mid(segment.from, segment.count), before);
    QList<QTextLayout::FormatRange> formats = formatsOf(segment);
    const bool composing = !m_preedit.isEmpty() && segmentOf(m_preedit.column) == index;
    if (composing) {
        const qsizetype column = m_preedit.column - segment.from;
        const auto start = static_cast<int>(segment.display.toDisplay(column));
        const auto length = static_cast<int>(m_preedit.text.size());
        segment.display.insertPreedit(column, m_preedit.text);
        for (QTextLayout::FormatRange &range : formats) {
            if (range.start >= start)
                range.start += length;
        }
        formats.append({start, length, m_style.preedit});
        for (QTextLayout::FormatRange range : m_preedit.formats) {
            range.start += start;
            formats.append(range);
        }
    }
    segment.layout = std::make_unique<QTextLayout>(segment.display.text(), m_style.font);
    // Code reads from left to right whatever its comments say; a line must not change sides by its first letter.
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::NoWrap);
    option.setTabStopDistance(m_style.tabWidth);
    segment.layout->setTextOption(option);
    segment.layout->setCacheEnabled(true);
    segment.layout->setFormats(formats);
    segment.layout->beginLayout();
    QTextLine line = segment.layout->createLine();
    line.setLeadingIncluded(false);
    segment.layout->endLayout();
    segment.width = line.naturalTextWidth();
    segment.leftToRight = std::none_of(m_text.begin() + segment.from, m_text.begin() + segment.from + segment.count,
                                       [](QChar unit) { return unit.unicode() >= 0x0590; })
        && !composing;
    return segment;
}

QList<QTextLayout::FormatRange> LineLayout::formatsOf(const Segment &segment) const
{
    QList<QTextLayout::FormatRange> formats;
    for (const QTextLayout::FormatRange &range : m_formats) {
        const qsizetype from = std::max<qsizetype>(range.start, segment.from) - segment.from;
        const qsizetype to = std::min<qsizetype>(range.start + range.length, segment.from + segment.count) - segment.from;
        if (from >= to)
            continue;
        const qsizetype start = segment.display.toDisplay(from);
        formats.append({static_cast<int>(start), static_cast<int>(segment.display.toDisplay(to) - start), range.format});
    }
    for (const DisplayText::Mark &mark : segment.display.marks())
        formats.append({static_cast<int>(mark.display), static_cast<int>(mark.displayLength), m_style.mark});
    return formats;
}

std::size_t LineLayout::segmentOf(qsizetype column) const
{
    const auto behind = std::upper_bound(m_segments.begin(), m_segments.end(), column,
                                         [](qsizetype at, const Segment &segment) { return at < segment.from; });
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, behind - m_segments.begin() - 1));
}

qreal LineLayout::leftOf(std::size_t segment) const
{
    qreal left = 0;
    for (std::size_t i = 0; i < segment; ++i)
        left += m_segments[i].width;
    return left;
}

qreal LineLayout::width() const
{
    // The usual line is one segment, and then its width is exact.
    if (m_segments.size() == 1)
        return shaped(0).width;
    return leftOf(m_segments.size());
}

qreal LineLayout::xOf(qsizetype column) const
{
    column = std::clamp<qsizetype>(column, 0, m_text.size());
    const std::size_t index = segmentOf(column);
    const Segment &segment = shaped(index);
    const auto display = static_cast<int>(segment.display.toDisplay(column - segment.from));
    return leftOf(index) + segment.layout->lineAt(0).cursorToX(display);
}

qreal LineLayout::preeditCursorX() const
{
    const std::size_t index = segmentOf(m_preedit.column);
    const Segment &segment = shaped(index);
    const qsizetype display = segment.display.toDisplay(m_preedit.column - segment.from) + m_preedit.cursor;
    return leftOf(index) + segment.layout->lineAt(0).cursorToX(static_cast<int>(display));
}

qsizetype LineLayout::columnAt(qreal x) const
{
    qreal left = 0;
    std::size_t index = 0;
    while (index + 1 < m_segments.size() && x >= left + m_segments[index].width)
        left += m_segments[index++].width;
    const Segment &segment = shaped(index);
    const int display = segment.layout->lineAt(0).xToCursor(x - left, QTextLine::CursorBetweenCharacters);
    return std::clamp<qsizetype>(segment.from + segment.display.toSource(display), 0, m_text.size());
}

std::vector<LineLayout::Span> LineLayout::spans(qsizetype from, qsizetype to, qreal left, qreal right) const
{
    std::vector<Span> result;
    from = std::clamp<qsizetype>(from, 0, m_text.size());
    to = std::clamp<qsizetype>(to, from, m_text.size());
    qreal x = 0;
    for (std::size_t index = 0; index < m_segments.size() && x < right; ++index) {
        const qsizetype start = m_segments[index].from;
        const qsizetype begin = std::max(from, start);
        const qsizetype end = std::min(to, start + m_segments[index].count);
        const bool visible = x + m_segments[index].width >= left;
        if (begin < end && visible)
            addSpans(shaped(index), x, begin - start, end - start, result);
        x += m_segments[index].width;
    }
    return result;
}

void LineLayout::addSpans(const Segment &segment, qreal left, qsizetype from, qsizetype to, std::vector<Span> &spans) const
{
    const QTextLine line = segment.layout->lineAt(0);
    const auto begin = static_cast<int>(segment.display.toDisplay(from));
    const auto end = static_cast<int>(segment.display.toDisplay(to));
    if (segment.leftToRight) {
        spans.push_back({left + line.cursorToX(begin), left + line.cursorToX(end)});
        return;
    }
    // Logically neighbouring characters may stand apart: collect each one's place and join those that touch.
    std::vector<Span> places;
    for (int at = begin; at < end; ++at) {
        const qreal a = line.cursorToX(at, QTextLine::Leading);
        const qreal b = line.cursorToX(at, QTextLine::Trailing);
        if (!qFuzzyCompare(1 + a, 1 + b))
            places.push_back({left + std::min(a, b), left + std::max(a, b)});
    }
    std::sort(places.begin(), places.end(), [](const Span &a, const Span &b) { return a.left < b.left; });
    const std::size_t before = spans.size();
    for (const Span &place : places) {
        if (spans.size() > before && place.left <= spans.back().right + 0.5)
            spans.back().right = std::max(spans.back().right, place.right);
        else
            spans.push_back(place);
    }
}

void LineLayout::draw(QPainter &painter, QPointF origin, qreal left, qreal right) const
{
    qreal x = 0;
    for (std::size_t index = 0; index < m_segments.size() && x < right; ++index) {
        if (x + m_segments[index].width >= left || m_segments.size() == 1) {
            const Segment &segment = shaped(index);
            const QTextLine line = segment.layout->lineAt(0);
            segment.layout->draw(&painter, QPointF(origin.x() + x, origin.y() - line.ascent()));
        }
        x += m_segments[index].width;
    }
}

QString LineLayout::displayed() const
{
    return shaped(0).display.text();
}

} // namespace ui
