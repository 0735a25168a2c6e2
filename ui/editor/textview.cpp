// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textview.h"

#include "ui/editor/highlighter.h"
#include "ui/editor/textbuffer.h"

#include <QFontInfo>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int kGutterLeft = 12;
constexpr int kGutterRight = 22;   // room for a fold mark apart from both number and text
constexpr qreal kCaretReach = 4;   // so near to the text a click means the caret
constexpr int kMinDigits = 3;
constexpr qreal kMinWrapCells = 8;
constexpr qsizetype kShownAtOnce = 1000;
constexpr std::size_t kKeptLayouts = 400;
constexpr qsizetype kEstimatedUnits = 1 << 15;   // between two looks at the clock

} // namespace

TextView::TextView(const TextBuffer &buffer, Highlighter &highlighter) : m_buffer(buffer), m_highlighter(highlighter)
{
    measure();
    reset();
}

TextView::~TextView() = default;

void TextView::setFont(const QFont &font)
{
    m_style.font = font;
    // Columns of code stand under each other only when every letter keeps its own width.
    m_style.font.setKerning(false);
    measure();
    forgetAll();
    m_estimated = 0;
}

void TextView::setTabColumns(int columns)
{
    m_tabColumns = columns;
    measure();
    forgetAll();
}

void TextView::setWraps(bool wraps)
{
    if (wraps == m_wraps)
        return;
    m_wraps = wraps;
    refreshStyle();
    if (wraps)
        return;
    // Nothing is estimated without wrapping: a line is one row or hidden, from one end of the text to the other.
    for (qsizetype line = 0; line < m_rows.lines();) {
        const qsizetype from = line;
        while (line < m_rows.lines() && m_rows.rowsOf(line) > 0)
            ++line;
        m_rows.setRange(from, line - from, 1);
        while (line < m_rows.lines() && m_rows.rowsOf(line) == 0)
            ++line;
    }
}

void TextView::refreshStyle()
{
    const qreal room = m_viewport.width() - gutterWidth() - m_style.cellWidth;
    const qreal width = m_wraps ? std::max(room, kMinWrapCells * m_style.cellWidth) : 0;
    if (width == m_style.wrapWidth)
        return;
    m_style.wrapWidth = width;
    m_estimated = 0;
    forgetAll();
}

void TextView::setFormats(const QTextCharFormat &mark, const QTextCharFormat &preedit)
{
    m_style.mark = mark;
    m_style.preedit = preedit;
    forgetAll();
}

void TextView::measure()
{
    const QFontMetricsF metrics(m_style.font);
    QTextLayout sample(QString(100, u'x'), m_style.font);
    sample.beginLayout();
    QTextLine line = sample.createLine();
    sample.endLayout();
    m_style.cellWidth = line.naturalTextWidth() / 100;
    m_style.isFixedPitch = QFontInfo(m_style.font).fixedPitch();
    m_style.tabWidth = m_style.cellWidth * m_tabColumns;
    // A little air between lines: carets and flags of other people stand there.
    const qreal height = metrics.ascent() + metrics.descent();
    m_lineHeight = std::max(1, static_cast<int>(std::ceil(height * 1.2)));
    m_baseline = static_cast<int>(std::round((m_lineHeight - height) / 2 + metrics.ascent()));
    m_style.rowHeight = m_lineHeight;
    refreshStyle();
}

void TextView::setViewport(QSize size)
{
    m_viewport = size;
    refreshStyle();
}

void TextView::setScroll(qint64 x, qint64 y)
{
    m_scrollX = x;
    m_scrollY = y;
}

int TextView::gutterWidth() const
{
    int digits = 1;
    for (qsizetype lines = m_buffer.lineCount(); lines >= 10; lines /= 10)
        ++digits;
    return kGutterLeft + kGutterRight + static_cast<int>(std::ceil(m_style.cellWidth * std::max(digits, kMinDigits)));
}

int TextView::numbersRight() const
{
    return gutterWidth() - kGutterRight;
}

qint64 TextView::contentHeight() const
{
    return static_cast<qint64>(m_rows.rows()) * m_lineHeight;
}

qint64 TextView::contentWidth() const
{
    if (m_wraps)
        return 0;
    qreal width = 0;
    const qsizetype last = lastVisibleLine();
    for (qsizetype line = firstVisibleLine(); line <= last; line = lineBelow(line))
        width = std::max(width, layout(line).width());
    return static_cast<qint64>(std::ceil(width + 4 * m_style.cellWidth)) + gutterWidth();
}

qsizetype TextView::firstVisibleLine() const
{
    return m_rows.lineAtRow(m_scrollY / m_lineHeight);
}

qsizetype TextView::lastVisibleLine() const
{
    return m_rows.lineAtRow((m_scrollY + std::max(m_viewport.height() - 1, 0)) / m_lineHeight);
}

qsizetype TextView::lineBelow(qsizetype line) const
{
    const qsizetype next = m_rows.rowsBefore(line + 1);
    return next >= m_rows.rows() ? m_buffer.lineCount() : m_rows.lineAtRow(next);
}

qsizetype TextView::shownLine(qsizetype line) const
{
    return isHidden(line) ? m_rows.lineAtRow(m_rows.rowsBefore(line) - 1) : line;
}

qsizetype TextView::lineShowing(qsizetype index) const
{
    return shownLine(m_buffer.lineOf(index));
}

qsizetype TextView::rowsPerPage() const
{
    return std::max(1, m_viewport.height() / m_lineHeight);
}

qint64 TextView::documentTop(qsizetype line, int row) const
{
    return static_cast<qint64>(m_rows.rowsBefore(line) + row) * m_lineHeight;
}

qsizetype TextView::rowsAbove(qsizetype index) const
{
    return m_rows.rowsBefore(m_buffer.lineOf(index));
}

int TextView::lineTop(qsizetype line) const
{
    constexpr qint64 kFar = 1 << 24;
    return static_cast<int>(std::clamp<qint64>(documentTop(line, 0) - m_scrollY, -kFar, kFar));
}

QRect TextView::lineRect(qsizetype line) const
{
    return {0, lineTop(line), m_viewport.width(), m_rows.rowsOf(line) * m_lineHeight};
}

qsizetype TextView::lineAt(qreal y) const
{
    return rowAt(y).line;
}

TextView::Row TextView::rowAt(qreal y) const
{
    const auto row = static_cast<qsizetype>(std::floor((y + static_cast<qreal>(m_scrollY)) / m_lineHeight));
    const qsizetype inside = std::clamp<qsizetype>(row, 0, std::max<qsizetype>(0, m_rows.rows() - 1));
    const qsizetype line = m_rows.lineAtRow(inside);
    return {line, static_cast<int>(inside - m_rows.rowsBefore(line))};
}

LineLayout::Place TextView::placeOf(qsizetype line, qsizetype index) const
{
    const LineLayout &lineLayout = layout(line);
    const LineLayout::Place place = lineLayout.placeOf(index - m_buffer.lineStart(line));
    learnRows(line, lineLayout);
    return place;
}

TextView::Row TextView::rowOf(qsizetype index) const
{
    const qsizetype line = m_buffer.lineOf(index);
    const qsizetype shown = shownLine(line);
    return {shown, placeOf(shown, shown == line ? index : m_buffer.lineEnd(shown)).row};
}

std::optional<TextView::Row> TextView::rowFrom(Row row, qsizetype rows) const
{
    // From line to line, each laid out: an estimate on the way would make the caret land a row too far.
    qsizetype at = row.row + rows;
    while (at < 0) {
        const qsizetype above = m_rows.rowsBefore(row.line) - 1;
        if (above < 0)
            return std::nullopt;
        row.line = m_rows.lineAtRow(above);
        at += layout(row.line).rows();
    }
    while (at >= layout(row.line).rows()) {
        at -= layout(row.line).rows();
        row.line = lineBelow(row.line);
        if (row.line >= m_buffer.lineCount())
            return std::nullopt;
    }
    return Row{row.line, static_cast<int>(at)};
}

qint64 TextView::topOf(qsizetype index) const
{
    const Row row = rowOf(index);
    return documentTop(row.line, row.row);
}

TextView::Anchor TextView::anchor() const
{
    const Row row = rowAt(0);
    return {rowStart(row), m_scrollY - documentTop(row.line, row.row)};
}

qint64 TextView::scrollFor(const Anchor &anchor) const
{
    return topOf(anchor.index) + anchor.offset;
}

qsizetype TextView::indexAt(const QPointF &point) const
{
    if (point.y() + static_cast<qreal>(m_scrollY) < 0)
        return 0;
    return indexAtX(rowAt(point.y()), point.x() - textLeft() + static_cast<qreal>(m_scrollX));
}

qsizetype TextView::indexAtX(Row row, qreal x) const
{
    return m_buffer.lineStart(row.line) + layout(row.line).columnAt(x, row.row);
}

qsizetype TextView::rowStart(Row row) const
{
    return m_buffer.lineStart(row.line) + (m_wraps ? layout(row.line).rowStart(row.row) : 0);
}

qsizetype TextView::rowEnd(Row row) const
{
    return m_wraps ? m_buffer.lineStart(row.line) + layout(row.line).rowEnd(row.row) : m_buffer.lineEnd(row.line);
}

qreal TextView::caretX(qsizetype index) const
{
    return placeOf(m_buffer.lineOf(index), index).x;
}

QRectF TextView::caretRectAt(qsizetype line, const LineLayout::Place &place) const
{
    return {textLeft() + place.x - static_cast<qreal>(m_scrollX),
            static_cast<qreal>(lineTop(line) + place.row * m_lineHeight), 0, static_cast<qreal>(m_lineHeight)};
}

QRectF TextView::caretRect(qsizetype index) const
{
    const qsizetype line = m_buffer.lineOf(index);
    const qsizetype shown = shownLine(line);
    if (shown == line)
        return caretRectAt(line, placeOf(line, index));
    // Whoever is in a fold stands behind what stands for it.
    const QRectF chip = foldChip(shown);
    return {chip.right() + 2, static_cast<qreal>(chip.center().y() - m_lineHeight / 2.0), 0, static_cast<qreal>(m_lineHeight)};
}

QRectF TextView::preeditCursorRect() const
{
    return caretRectAt(m_preeditLine, layout(m_preeditLine).preeditCursor());
}

LineLayout::Window TextView::windowOf(qsizetype line) const
{
    const int top = lineTop(line);
    const auto left = static_cast<qreal>(m_scrollX);
    return {std::max(0, -top / m_lineHeight), (std::max(m_viewport.height(), 1) - 1 - top) / m_lineHeight, left,
            left + m_viewport.width()};
}

QList<QRectF> TextView::rangeRects(qsizetype from, qsizetype to) const
{
    QList<QRectF> rects;
    if (from >= to)
        return rects;
    const qsizetype firstLine = std::max(firstVisibleLine(), m_buffer.lineOf(from));
    const qsizetype lastLine = std::min(lastVisibleLine(), m_buffer.lineOf(to));
    const qreal shift = textLeft() - static_cast<qreal>(m_scrollX);
    for (qsizetype line = isHidden(firstLine) ? lineBelow(firstLine) : firstLine; line <= lastLine; line = lineBelow(line)) {
        const qsizetype start = m_buffer.lineStart(line);
        const qsizetype end = m_buffer.lineEnd(line);
        const int top = lineTop(line);
        const LineLayout &lineLayout = layout(line);
        for (const LineLayout::Span &span : lineLayout.spans(from - start, std::min(to, end) - start, windowOf(line))) {
            rects.append({shift + span.left, static_cast<qreal>(top + span.row * m_lineHeight), span.right - span.left,
                          static_cast<qreal>(m_lineHeight)});
        }
        if (to > end && from <= end) {
            const LineLayout::Place place = lineLayout.placeOf(end - start);
            const qreal y = top + place.row * m_lineHeight;
            const qreal half = m_style.cellWidth / 2;
            // The half cell of the line feed continues the last span, so that no seam shows between them.
            if (!rects.isEmpty() && qAbs(rects.last().right() - shift - place.x) < 0.5 && rects.last().top() == y)
                rects.last().setRight(shift + place.x + half);
            else
                rects.append({shift + place.x, y, half, static_cast<qreal>(m_lineHeight)});
        }
    }
    return rects;
}

const LineLayout &TextView::layout(qsizetype line) const
{
    std::unique_ptr<LineLayout> &entry = m_layouts[line];
    if (!entry) {
        const QString text = m_buffer.line(line);
        const Preedit *const preedit = m_preedit && line == m_preeditLine ? &*m_preedit : nullptr;
        const auto before = m_outdated.extract(line);
        entry = std::make_unique<LineLayout>(text, m_style, m_highlighter.formats(line, text), preedit,
                                             before ? before.mapped().get() : nullptr);
        learnRows(line, *entry);
    }
    return *entry;
}

void TextView::learnRows(qsizetype line, const LineLayout &lineLayout) const
{
    // Whoever asks about a line above the viewport must not move what is in it: that line keeps its estimate until then.
    if (m_wraps && !isHidden(line) && line >= firstVisibleLine())
        m_rows.set(line, lineLayout.rows());
}

void TextView::reset()
{
    forgetAll();
    m_rows.reset(m_buffer.lineCount());
    m_estimated = 0;
    refreshStyle();
}

qint32 TextView::estimatedRows(qsizetype units) const
{
    if (!m_wraps)
        return 1;
    const auto cells = std::max<qsizetype>(1, static_cast<qsizetype>(m_style.wrapWidth / m_style.cellWidth));
    return static_cast<qint32>(std::max<qsizetype>(1, (units + cells - 1) / cells));
}

void TextView::settle() const
{
    if (!m_wraps)
        return;
    // A line that turns out longer or shorter moves only what is below it, so once from the top is enough.
    for (qsizetype line = firstVisibleLine(); line <= lastVisibleLine(); line = lineBelow(line)) {
        const LineLayout::Window window = windowOf(line);
        const LineLayout &lineLayout = layout(line);
        lineLayout.shapeRows(window.firstRow, window.lastRow);
        m_rows.set(line, lineLayout.rows());
    }
}

bool TextView::hasEstimatesDue() const
{
    return m_wraps && m_estimated < m_buffer.lineCount();
}

Caret TextView::visibleRange(qsizetype line) const
{
    const LineLayout::Window window = windowOf(line);
    const qsizetype start = m_buffer.lineStart(line);
    const LineLayout &lineLayout = layout(line);
    if (m_wraps)
        return {start + lineLayout.rowStart(window.firstRow), start + lineLayout.rowEnd(window.lastRow) + 1};
    return {start + lineLayout.columnAt(window.left - textLeft()), start + lineLayout.columnAt(window.right)};
}

bool TextView::estimate(std::chrono::steady_clock::time_point deadline)
{
    if (!m_wraps)
        return false;
    while (m_estimated < m_buffer.lineCount()) {
        qsizetype line = m_estimated;
        qsizetype units = 0;
        const auto endLine = [&] {
            if (!m_layouts.contains(line) && !isHidden(line))
                m_rows.set(line, estimatedRows(units));
            ++line;
            units = 0;
        };
        const qsizetype start = m_buffer.lineStart(line);
        // Whole lines only, and always at least one.
        const qsizetype untilLine = m_buffer.lineOf(start + kEstimatedUnits);
        const bool isRest = start + kEstimatedUnits >= m_buffer.length();
        const qsizetype end = isRest ? m_buffer.length() : m_buffer.lineStart(std::max(untilLine, line + 1));
        m_buffer.forEachPiece(start, end - start, [&](QStringView piece) {
            for (const QChar unit : piece) {
                if (unit == u'\n')
                    endLine();
                else
                    ++units;
            }
            return true;
        });
        if (end == m_buffer.length() && line < m_buffer.lineCount())
            endLine();
        m_estimated = line;
        if (std::chrono::steady_clock::now() >= deadline)
            break;
    }
    return m_estimated < m_buffer.lineCount();
}

void TextView::hide(qsizetype firstLine, qsizetype lastLine)
{
    m_rows.setRange(firstLine, lastLine - firstLine + 1, 0);
}

void TextView::show(qsizetype firstLine, qsizetype lastLine)
{
    m_rows.setRange(firstLine, lastLine - firstLine + 1, 1);
    if (!m_wraps)
        return;
    if (lastLine - firstLine > kShownAtOnce)
        m_estimated = std::min(m_estimated, firstLine);
    else
        for (qsizetype line = firstLine; line <= lastLine; ++line)
            m_rows.set(line, estimatedRows(m_buffer.lineLength(line)));
}

bool TextView::isFolded(qsizetype line) const
{
    return line + 1 < m_rows.lines() && !isHidden(line) && isHidden(line + 1);
}

QRectF TextView::foldMark(qsizetype line) const
{
    return {static_cast<qreal>(numbersRight()), static_cast<qreal>(lineTop(line)), kGutterRight - kCaretReach,
            static_cast<qreal>(m_lineHeight)};
}

QRectF TextView::foldChip(qsizetype line) const
{
    const LineLayout::Place end = placeOf(line, m_buffer.lineEnd(line));
    const qreal height = std::round(m_lineHeight * 0.6);
    QRectF chip = caretRectAt(line, end);
    chip = QRectF(chip.left() + m_style.cellWidth, chip.top() + (m_lineHeight - height) / 2, 2.5 * m_style.cellWidth, height);
    // A wrapped row may end at the edge; the chip then covers its last letters rather than being out of sight.
    if (m_wraps && chip.right() > m_viewport.width())
        chip.moveRight(m_viewport.width() - 1);
    return chip;
}

void TextView::edited(qsizetype line, qsizetype removed, qsizetype added, bool keepsLayouts)
{
    // New lines behind a hidden one are hidden as well, others are not.
    const bool hidden = isHidden(line);
    m_rows.remove(line + 1, removed);
    m_rows.insert(line + 1, added, hidden ? 0 : 1);
    if (m_wraps && !hidden) {
        for (qsizetype at = line; at <= line + added; ++at)
            m_rows.set(at, estimatedRows(m_buffer.lineLength(at)));
    }
    if (m_estimated > line)
        m_estimated = std::max(line, m_estimated - removed) + added;
    refreshStyle();
    if (!keepsLayouts)
        return;
    if (const auto edited = m_layouts.find(line); edited != m_layouts.end() && edited->second->isCut())
        m_outdated[line] = std::move(edited->second);
    m_layouts.erase(line);
    const auto renumber = [=](Layouts &layouts) {
        Layouts kept;
        for (auto &[at, lineLayout] : layouts) {
            if (at <= line)
                kept.emplace(at, std::move(lineLayout));
            else if (at > line + removed)
                kept.emplace(at - removed + added, std::move(lineLayout));
        }
        layouts = std::move(kept);
    };
    renumber(m_layouts);
    if (!m_outdated.empty())
        renumber(m_outdated);
}

void TextView::forget(qsizetype firstLine, qsizetype lastLine)
{
    for (Layouts *const layouts : {&m_layouts, &m_outdated})
        std::erase_if(*layouts, [=](const auto &entry) { return entry.first >= firstLine && entry.first <= lastLine; });
}

void TextView::forgetAll()
{
    m_layouts.clear();
    m_outdated.clear();
}

void TextView::trim()
{
    if (m_layouts.size() <= kKeptLayouts)
        return;
    const qsizetype first = firstVisibleLine();
    const qsizetype last = lastVisibleLine();
    for (Layouts *const layouts : {&m_layouts, &m_outdated})
        std::erase_if(*layouts, [=](const auto &entry) { return entry.first < first || entry.first > last; });
}

void TextView::setPreedit(qsizetype index, Preedit preedit)
{
    clearPreedit();
    m_preeditLine = m_buffer.lineOf(index);
    preedit.column = index - m_buffer.lineStart(m_preeditLine);
    m_preedit = std::move(preedit);
    m_layouts.erase(m_preeditLine);
}

void TextView::clearPreedit()
{
    if (m_preedit)
        m_layouts.erase(m_preeditLine);
    m_preedit.reset();
}

} // namespace ui
