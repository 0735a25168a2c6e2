// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/linelayout.h"

#include "ui/editor/backdrops.h"
#include "ui/editor/editorcolors.h"

#include <QPainter>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ui {

namespace {

constexpr qsizetype kMaxRecoloured = 64;   // stretches of a segment at once; each takes Qt another look at the row
constexpr qreal kUnbounded = 1 << 23;   // pixels; Qt's fixed-point numbers end a little further

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

//! How many units are equal from the start, at most \a most. In steps of a stretch, since comparing memory is quick.
qsizetype equalFront(const QString &a, const QString &b, qsizetype most)
{
    constexpr qsizetype kStretch = 4096;
    qsizetype at = 0;
    while (most - at >= kStretch && std::memcmp(a.data() + at, b.data() + at, kStretch * sizeof(QChar)) == 0)
        at += kStretch;
    while (at < most && a[at] == b[at])
        ++at;
    return at;
}

//! The same from the end.
qsizetype equalBack(const QString &a, const QString &b, qsizetype most)
{
    constexpr qsizetype kStretch = 4096;
    qsizetype at = 0;
    const auto endsAlike = [&] {
        const qsizetype back = at + kStretch;
        return std::memcmp(a.data() + a.size() - back, b.data() + b.size() - back, kStretch * sizeof(QChar)) == 0;
    };
    while (most - at >= kStretch && endsAlike())
        at += kStretch;
    while (at < most && a[a.size() - at - 1] == b[b.size() - at - 1])
        ++at;
    return at;
}

} // namespace

LineLayout::LineLayout(const QString &text, const LayoutStyle &style, QList<QTextLayout::FormatRange> formats,
                       const Preedit *preedit, LineLayout *before)
    : m_text(text), m_style(style), m_formats(std::move(formats)), m_preedit(preedit ? *preedit : Preedit())
{
    m_indent = wraps() ? indentWidth() : 0;
    cut(before);
}

qreal LineLayout::indentWidth() const
{
    const qreal most = m_style.wrapWidth / 2;
    qreal width = 0;
    for (const QChar unit : m_text) {
        if (unit == u'\t')
            width = (std::floor(width / m_style.tabWidth + 0.01) + 1) * m_style.tabWidth;
        else if (unit == u' ')
            width += m_style.cellWidth;
        else
            break;
        if (width >= most)
            return most;
    }
    return width;
}

int LineLayout::cellsPerRow(bool first) const
{
    // The little more is for rounding: a row that just fits must count as one that fits.
    const qreal width = m_style.wrapWidth - (first ? 0 : m_indent);
    return std::max(1, static_cast<int>(std::floor(width / m_style.cellWidth + 0.01)));
}

qsizetype LineLayout::cutBehind(qsizetype from) const
{
    if (!wraps())
        return cutBefore(m_text, from, from + kSegment);
    // A row ends at every cut: behind a word that looks like any other row, and without words full rows are best.
    constexpr qsizetype kLook = 256;
    for (qsizetype at = from + kSegment; at > from + kSegment - kLook; --at) {
        if (m_text[at - 1] == u' ')
            return at;
    }
    const qsizetype first = cellsPerRow(from == 0);
    const qsizetype others = cellsPerRow(false);
    return cutBefore(m_text, from, from + std::max(first, first + (kSegment - first) / others * others));
}

int LineLayout::estimatedRows(const Segment &segment) const
{
    if (!wraps())
        return 1;
    const auto cells = static_cast<qsizetype>(std::ceil(segment.width / m_style.cellWidth - 0.01));
    const qsizetype rest = cells - cellsPerRow(segment.from == 0);
    const qsizetype others = cellsPerRow(false);
    return 1 + static_cast<int>(std::max<qsizetype>(0, (rest + others - 1) / others));
}

void LineLayout::addSegment(qsizetype from, qsizetype to)
{
    Segment segment;
    segment.from = from;
    segment.count = to - from;
    segment.width = estimatedWidth(QStringView(m_text).mid(from, to - from));
    segment.rows = estimatedRows(segment);
    m_segments.push_back(std::move(segment));
}

void LineLayout::cut(LineLayout *before)
{
    qsizetype from = 0;
    qsizetype to = m_text.size();
    std::vector<Segment> behind;
    if (before)
        adopt(*before, from, to, behind);
    while (to - from > kMaxSegment) {
        const qsizetype end = cutBehind(from);
        addSegment(from, end);
        from = end;
    }
    if (from < to || (m_segments.empty() && behind.empty()))
        addSegment(from, to);
    std::ranges::move(behind, std::back_inserter(m_segments));
}

void LineLayout::adopt(LineLayout &before, qsizetype &from, qsizetype &to, std::vector<Segment> &behind)
{
    const bool isPlain = m_formats.isEmpty() && before.m_formats.isEmpty() && m_preedit.isEmpty() && before.m_preedit.isEmpty();
    if (!isPlain || m_indent != before.m_indent || !before.isCut())
        return;
    const qsizetype same = std::min(m_text.size(), before.m_text.size());
    const qsizetype front = equalFront(m_text, before.m_text, same);
    const qsizetype back = equalBack(m_text, before.m_text, same - front);
    std::vector<Segment> &old = before.m_segments;
    std::size_t first = 0;
    // A cut stays where the characters at both its sides are the same, so that no grapheme comes to lie across it.
    for (; first + 1 < old.size() && old[first].from + old[first].count < front; ++first)
        m_segments.push_back(std::move(old[first]));
    from = m_segments.empty() ? 0 : m_segments.back().from + m_segments.back().count;
    const qsizetype shift = m_text.size() - before.m_text.size();
    std::size_t last = old.size();
    const auto isBehind = [&](const Segment &segment) {
        // Wrapped text without blanks is cut where a row is full, which is elsewhere now.
        const bool isFirmCut = !wraps() || before.m_text[segment.from - 1] == u' ';
        return segment.from > before.m_text.size() - back && segment.from + shift >= from && isFirmCut;
    };
    while (last > first + 1 && isBehind(old[last - 1]))
        --last;
    // What is left of a segment may be too little for one.
    if (last < old.size() && old[last].from + shift - from < kSegment / 4)
        ++last;
    for (std::size_t index = last; index < old.size(); ++index) {
        old[index].from += shift;
        behind.push_back(std::move(old[index]));
    }
    to = behind.empty() ? m_text.size() : behind.front().from;
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
    ++m_shapings;
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
    option.setWrapMode(wraps() ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setTabStopDistance(m_style.tabWidth);
    // Otherwise Qt finds no place between the blanks at a row's end.
    option.setFlags(QTextOption::IncludeTrailingSpaces);
    segment.layout->setTextOption(option);
    segment.layout->setCacheEnabled(true);
    segment.layout->setFormats(formats);
    if (breakRows(segment, index == 0)) {
        // Qt lets all blanks behind a row's last word hang over the edge, where no caret can be seen. It breaks a row of
        // no-break spaces like any long word; the last blank of several stays one between words.
        segment.layout->setText(withFirmBlanks(segment.display.text()));
        breakRows(segment, index == 0);
    }
    segment.leftToRight = std::none_of(m_text.begin() + segment.from, m_text.begin() + segment.from + segment.count,
                                       [](QChar unit) { return unit.unicode() >= 0x0590; })
        && !composing;
    return segment;
}

bool LineLayout::hangsOver(const QString &text, const QTextLine &line, qreal room) const
{
    const QChar last = line.textLength() > 0 ? text[line.textStart() + line.textLength() - 1] : QChar();
    const qreal width = last == u'\t' ? m_style.tabWidth : last == u' ' ? m_style.cellWidth : 0;
    return width > 0 && line.naturalTextWidth() - width > room;
}

QString LineLayout::withFirmBlanks(QString text)
{
    for (qsizetype at = 0; at + 1 < text.size(); ++at) {
        if (text[at] == u' ' && text[at + 1] == u' ')
            text[at] = QChar::Nbsp;
    }
    return text;
}

bool LineLayout::breakRows(Segment &segment, bool isFirst) const
{
    bool hangs = false;
    segment.layout->beginLayout();
    segment.rows = 0;
    segment.width = 0;
    for (QTextLine line = segment.layout->createLine(); line.isValid(); line = segment.layout->createLine()) {
        line.setLeadingIncluded(false);
        qreal left = 0;
        if (!wraps()) {
            // Measured at once: a line without a width is laid out by the next createLine() only.
            line.setLineWidth(kUnbounded);
        } else {
            left = isFirst && segment.rows == 0 ? 0 : m_indent;
            const qreal room = std::max(m_style.cellWidth, m_style.wrapWidth - left);
            line.setLineWidth(room);
            hangs = hangs || hangsOver(segment.display.text(), line, room);
        }
        line.setPosition({left, static_cast<qreal>(segment.rows) * m_style.rowHeight - line.ascent()});
        segment.width = std::max(segment.width, left + line.naturalTextWidth());
        ++segment.rows;
    }
    segment.layout->endLayout();
    segment.rows = std::max(segment.rows, 1);
    return hangs;
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

int LineLayout::firstRowOf(std::size_t segment) const
{
    int row = 0;
    for (std::size_t i = 0; wraps() && i < segment; ++i)
        row += m_segments[i].rows;
    return row;
}

LineLayout::SegmentRow LineLayout::atRow(int row) const
{
    SegmentRow at;
    while (at.segment + 1 < m_segments.size() && row >= at.firstRow + m_segments[at.segment].rows)
        at.firstRow += m_segments[at.segment++].rows;
    at.row = std::clamp(row - at.firstRow, 0, shaped(at.segment).rows - 1);
    return at;
}

qreal LineLayout::width() const
{
    // The usual line is one segment, and then its width is exact.
    if (m_segments.size() == 1)
        return shaped(0).width;
    return wraps() ? m_style.wrapWidth : leftOf(m_segments.size());
}

int LineLayout::rows() const
{
    if (!wraps())
        return 1;
    if (m_segments.size() == 1)
        return shaped(0).rows;
    return firstRowOf(m_segments.size());
}

void LineLayout::shapeRows(int first, int last) const
{
    int row = 0;
    for (std::size_t index = 0; wraps() && index < m_segments.size() && row <= last; ++index) {
        if (row + m_segments[index].rows > first)
            shaped(index);
        row += m_segments[index].rows;
    }
}

LineLayout::Place LineLayout::placeAt(std::size_t index, qsizetype display) const
{
    const Segment &segment = shaped(index);
    const QTextLine line = segment.layout->lineForTextPosition(static_cast<int>(display));
    const qreal x = line.cursorToX(static_cast<int>(display));
    if (!wraps())
        return {0, leftOf(index) + x};
    return {firstRowOf(index) + line.lineNumber(), std::min(x, m_style.wrapWidth)};
}

LineLayout::Place LineLayout::placeOf(qsizetype column) const
{
    column = std::clamp<qsizetype>(column, 0, m_text.size());
    const std::size_t index = segmentOf(column);
    return placeAt(index, shaped(index).display.toDisplay(column - m_segments[index].from));
}

LineLayout::Place LineLayout::preeditCursor() const
{
    const std::size_t index = segmentOf(m_preedit.column);
    return placeAt(index, shaped(index).display.toDisplay(m_preedit.column - m_segments[index].from) + m_preedit.cursor);
}

qsizetype LineLayout::columnAt(qreal x, int row) const
{
    SegmentRow at = wraps() ? atRow(row) : SegmentRow();
    if (!wraps()) {
        while (at.segment + 1 < m_segments.size() && x >= m_segments[at.segment].width)
            x -= m_segments[at.segment++].width;
    }
    const Segment &segment = shaped(at.segment);
    const QTextLine line = segment.layout->lineAt(at.row);
    int display = line.xToCursor(x, QTextLine::CursorBetweenCharacters);
    const qsizetype column = segment.from + segment.display.toSource(display);
    return wraps() ? std::clamp(column, rowStart(row), rowEnd(row)) : std::clamp<qsizetype>(column, 0, m_text.size());
}

qsizetype LineLayout::rowStart(int row) const
{
    if (!wraps())
        return 0;
    const SegmentRow at = atRow(row);
    const Segment &segment = shaped(at.segment);
    return segment.from + segment.display.toSource(segment.layout->lineAt(at.row).textStart());
}

qsizetype LineLayout::rowEnd(int row) const
{
    if (!wraps())
        return m_text.size();
    const SegmentRow at = atRow(row);
    const Segment &segment = shaped(at.segment);
    const bool lastRow = at.row + 1 == segment.rows;
    if (lastRow && at.segment + 1 == m_segments.size())
        return m_text.size();
    const QTextLine line = segment.layout->lineAt(at.row);
    const int before = segment.layout->previousCursorPosition(line.textStart() + line.textLength());
    return segment.from + segment.display.toSource(std::max(before, line.textStart()));
}

std::vector<LineLayout::Span> LineLayout::spans(qsizetype from, qsizetype to, const Window &window) const
{
    std::vector<Span> result;
    from = std::clamp<qsizetype>(from, 0, m_text.size());
    to = std::clamp<qsizetype>(to, from, m_text.size());
    qreal x = 0;
    int row = 0;
    for (std::size_t index = 0; index < m_segments.size() && x < window.right && row <= window.lastRow; ++index) {
        const qsizetype start = m_segments[index].from;
        const qsizetype begin = std::max(from, start) - start;
        const qsizetype end = std::min(to, start + m_segments[index].count) - start;
        const bool visible = wraps() ? row + m_segments[index].rows > window.firstRow : x + m_segments[index].width >= window.left;
        if (begin < end && visible) {
            const Segment &segment = shaped(index);
            for (int i = std::max(0, window.firstRow - row); i < segment.rows && row + i <= window.lastRow; ++i)
                addSpans(segment, segment.layout->lineAt(i), {x, x, row + i}, begin, end, result);
        }
        if (wraps())
            row += m_segments[index].rows;
        else
            x += m_segments[index].width;
    }
    return result;
}

void LineLayout::addSpans(const Segment &segment, const QTextLine &line, Span place, qsizetype from, qsizetype to,
                          std::vector<Span> &spans) const
{
    const int begin = std::max(static_cast<int>(segment.display.toDisplay(from)), line.textStart());
    const int end = std::min(static_cast<int>(segment.display.toDisplay(to)), line.textStart() + line.textLength());
    if (begin >= end)
        return;
    const qreal left = place.left;
    if (segment.leftToRight) {
        const qreal right = line.cursorToX(end);
        spans.push_back({left + line.cursorToX(begin), left + (wraps() ? std::min(right, m_style.wrapWidth) : right), place.row});
        return;
    }
    // Logically neighbouring characters may stand apart: collect each one's place and join those that touch.
    std::vector<Span> places;
    for (int at = begin; at < end; ++at) {
        const qreal a = line.cursorToX(at, QTextLine::Leading);
        const qreal b = line.cursorToX(at, QTextLine::Trailing);
        if (!qFuzzyCompare(1 + a, 1 + b))
            places.push_back({left + std::min(a, b), left + std::max(a, b), place.row});
    }
    std::sort(places.begin(), places.end(), [](const Span &a, const Span &b) { return a.left < b.left; });
    const std::size_t before = spans.size();
    for (const Span &one : places) {
        if (spans.size() > before && one.left <= spans.back().right + 0.5)
            spans.back().right = std::max(spans.back().right, one.right);
        else
            spans.push_back(one);
    }
}

QList<QTextLayout::FormatRange> LineLayout::recoloured(const Segment &segment, int firstRow, int lastRow,
                                                       const Backdrops &backdrops, const QColor &plain) const
{
    QList<QTextLayout::FormatRange> result;
    if (backdrops.stretches().empty())
        return result;
    const QTextLine last = segment.layout->lineAt(std::min(lastRow, segment.rows - 1));
    const int firstInSight = segment.layout->lineAt(std::max(firstRow, 0)).textStart();
    const int endOfSight = last.textStart() + last.textLength();
    const QList<QTextLayout::FormatRange> formats = segment.layout->formats();
    for (const Backdrops::Stretch &stretch : backdrops.stretches()) {
        const auto column = [&](qsizetype at) { return std::clamp<qsizetype>(at - segment.from, 0, segment.count); };
        const int from = std::max(firstInSight, static_cast<int>(segment.display.toDisplay(column(stretch.from))));
        const int to = std::min(endOfSight, static_cast<int>(segment.display.toDisplay(column(stretch.to))));
        if (from >= to)
            continue;
        // Which format is in force: where two overlap, Qt takes the later one.
        std::vector<qsizetype> formatAt(static_cast<std::size_t>(to - from), -1);
        for (qsizetype i = 0; i < formats.size(); ++i) {
            const int begin = std::max(formats[i].start, from);
            const int end = std::min(formats[i].start + formats[i].length, to);
            if (begin < end)
                std::fill(formatAt.begin() + (begin - from), formatAt.begin() + (end - from), i);
        }
        for (int at = from; at < to && result.size() < kMaxRecoloured;) {
            const qsizetype which = formatAt[static_cast<std::size_t>(at - from)];
            const int begin = at;
            while (at < to && formatAt[static_cast<std::size_t>(at - from)] == which)
                ++at;
            const QTextCharFormat format = which < 0 ? QTextCharFormat() : formats[which].format;
            if (format.hasProperty(QTextFormat::BackgroundBrush))
                continue;   // stands on that
            const QColor given = format.hasProperty(QTextFormat::ForegroundBrush) ? format.foreground().color() : plain;
            const QColor color = readable(given, stretch.color);
            if (color == given)
                continue;
            QTextCharFormat changed;
            changed.setForeground(color);
            // Qt leaves out a stretch without a background when it touches another one.
            changed.setBackground(stretch.color);
            result.append({begin, at - begin, changed});
        }
    }
    return result;
}

void LineLayout::draw(QPainter &painter, QPointF origin, const Window &window, const Backdrops &backdrops) const
{
    const QColor plain = painter.pen().color();
    if (wraps()) {
        const int rowHeight = m_style.rowHeight;
        // The last baselines are in sight when the row above them is: descenders and tall letters of fallback fonts.
        const QRectF clip(origin.x() + window.left, origin.y() + (window.firstRow - 1.0) * rowHeight, window.right - window.left,
                          (window.lastRow - window.firstRow + 2.0) * rowHeight);
        int row = 0;
        for (std::size_t index = 0; index < m_segments.size() && row <= window.lastRow; ++index) {
            if (row + m_segments[index].rows > window.firstRow) {
                const Segment &segment = shaped(index);
                segment.layout->draw(&painter, QPointF(origin.x(), origin.y() + static_cast<qreal>(row) * rowHeight),
                                     recoloured(segment, window.firstRow - row, window.lastRow - row, backdrops, plain), clip);
            }
            row += m_segments[index].rows;
        }
        return;
    }
    qreal x = 0;
    for (std::size_t index = 0; index < m_segments.size() && x < window.right; ++index) {
        if (x + m_segments[index].width >= window.left || m_segments.size() == 1) {
            const Segment &segment = shaped(index);
            segment.layout->draw(&painter, QPointF(origin.x() + x, origin.y()), recoloured(segment, 0, 0, backdrops, plain));
        }
        x += m_segments[index].width;
    }
}

QString LineLayout::displayed() const
{
    return shaped(0).display.text();
}

} // namespace ui
