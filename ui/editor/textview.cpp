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
constexpr int kGutterRight = 16;
constexpr int kMinDigits = 3;
constexpr std::size_t kKeptLayouts = 400;

} // namespace

TextView::TextView(const TextBuffer &buffer, Highlighter &highlighter) : m_buffer(buffer), m_highlighter(highlighter)
{
    measure();
}

TextView::~TextView() = default;

void TextView::setFont(const QFont &font)
{
    m_style.font = font;
    // Columns of code stand under each other only when every letter keeps its own width.
    m_style.font.setKerning(false);
    measure();
    forgetAll();
}

void TextView::setTabColumns(int columns)
{
    m_tabColumns = columns;
    measure();
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
}

void TextView::setViewport(QSize size)
{
    m_viewport = size;
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

qint64 TextView::contentHeight() const
{
    return static_cast<qint64>(m_buffer.lineCount()) * m_lineHeight;
}

qint64 TextView::contentWidth() const
{
    qreal width = 0;
    const qsizetype last = lastVisibleLine();
    for (qsizetype line = firstVisibleLine(); line <= last; ++line)
        width = std::max(width, layout(line).width());
    return static_cast<qint64>(std::ceil(width + 4 * m_style.cellWidth)) + gutterWidth();
}

qsizetype TextView::firstVisibleLine() const
{
    return std::clamp<qsizetype>(m_scrollY / m_lineHeight, 0, m_buffer.lineCount() - 1);
}

qsizetype TextView::lastVisibleLine() const
{
    const qint64 bottom = m_scrollY + std::max(m_viewport.height() - 1, 0);
    return std::clamp<qsizetype>(bottom / m_lineHeight, 0, m_buffer.lineCount() - 1);
}

qsizetype TextView::linesPerPage() const
{
    return std::max(1, m_viewport.height() / m_lineHeight);
}

int TextView::lineTop(qsizetype line) const
{
    constexpr qint64 kFar = 1 << 24;
    return static_cast<int>(std::clamp<qint64>(static_cast<qint64>(line) * m_lineHeight - m_scrollY, -kFar, kFar));
}

QRect TextView::lineRect(qsizetype line) const
{
    return {0, lineTop(line), m_viewport.width(), m_lineHeight};
}

qsizetype TextView::lineAt(qreal y) const
{
    const auto line = static_cast<qsizetype>(std::floor((y + static_cast<qreal>(m_scrollY)) / m_lineHeight));
    return std::clamp<qsizetype>(line, 0, m_buffer.lineCount() - 1);
}

qsizetype TextView::indexAt(const QPointF &point) const
{
    if (point.y() + static_cast<qreal>(m_scrollY) < 0)
        return 0;
    return indexAtX(lineAt(point.y()), point.x() - textLeft() + static_cast<qreal>(m_scrollX));
}

qsizetype TextView::indexAtX(qsizetype line, qreal x) const
{
    return m_buffer.lineStart(line) + layout(line).columnAt(x);
}

qreal TextView::caretX(qsizetype index) const
{
    const qsizetype line = m_buffer.lineOf(index);
    return layout(line).xOf(index - m_buffer.lineStart(line));
}

QRectF TextView::caretRect(qsizetype index) const
{
    const qsizetype line = m_buffer.lineOf(index);
    const qreal x = layout(line).xOf(index - m_buffer.lineStart(line));
    return {textLeft() + x - static_cast<qreal>(m_scrollX), static_cast<qreal>(lineTop(line)), 0,
            static_cast<qreal>(m_lineHeight)};
}

QRectF TextView::preeditCursorRect() const
{
    const qreal x = layout(m_preeditLine).preeditCursorX();
    return {textLeft() + x - static_cast<qreal>(m_scrollX), static_cast<qreal>(lineTop(m_preeditLine)), 0,
            static_cast<qreal>(m_lineHeight)};
}

QList<QRectF> TextView::rangeRects(qsizetype from, qsizetype to) const
{
    QList<QRectF> rects;
    if (from >= to)
        return rects;
    const qsizetype firstLine = std::max(firstVisibleLine(), m_buffer.lineOf(from));
    const qsizetype lastLine = std::min(lastVisibleLine(), m_buffer.lineOf(to));
    const auto left = static_cast<qreal>(m_scrollX);
    const qreal right = left + m_viewport.width();
    const qreal shift = textLeft() - left;
    for (qsizetype line = firstLine; line <= lastLine; ++line) {
        const qsizetype start = m_buffer.lineStart(line);
        const qsizetype end = m_buffer.lineEnd(line);
        const int top = lineTop(line);
        const LineLayout &lineLayout = layout(line);
        for (const LineLayout::Span &span : lineLayout.spans(from - start, std::min(to, end) - start, left, right))
            rects.append({shift + span.left, static_cast<qreal>(top), span.right - span.left, static_cast<qreal>(m_lineHeight)});
        if (to > end && from <= end) {
            const qreal x = lineLayout.width();
            const qreal half = m_style.cellWidth / 2;
            // The half cell of the line feed continues the last span, so that no seam shows between them.
            if (!rects.isEmpty() && qAbs(rects.last().right() - shift - x) < 0.5 && rects.last().top() == top)
                rects.last().setRight(shift + x + half);
            else
                rects.append({shift + x, static_cast<qreal>(top), half, static_cast<qreal>(m_lineHeight)});
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
        entry = std::make_unique<LineLayout>(text, m_style, m_highlighter.formats(line, text), preedit);
    }
    return *entry;
}

void TextView::edited(qsizetype line, qsizetype removed, qsizetype added)
{
    std::unordered_map<qsizetype, std::unique_ptr<LineLayout>> kept;
    for (auto &[at, lineLayout] : m_layouts) {
        if (at < line)
            kept.emplace(at, std::move(lineLayout));
        else if (at > line + removed)
            kept.emplace(at - removed + added, std::move(lineLayout));
    }
    m_layouts = std::move(kept);
}

void TextView::forget(qsizetype firstLine, qsizetype lastLine)
{
    std::erase_if(m_layouts, [=](const auto &entry) { return entry.first >= firstLine && entry.first <= lastLine; });
}

void TextView::forgetAll()
{
    m_layouts.clear();
}

void TextView::trim()
{
    if (m_layouts.size() <= kKeptLayouts)
        return;
    const qsizetype first = firstVisibleLine();
    const qsizetype last = lastVisibleLine();
    std::erase_if(m_layouts, [=](const auto &entry) { return entry.first < first || entry.first > last; });
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
