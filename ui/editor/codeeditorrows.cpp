// SPDX-License-Identifier: GPL-3.0-or-later
// CodeEditor: which rows are in sight, and what keeps them there.
#include "ui/editor/codeeditor.h"

#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace ui {

using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds kEstimateSlice{2};   // a key may wait for one, for a slice of colouring and for the picture

} // namespace

// ---- scrolling ---------------------------------------------------------------------------------------------------

void CodeEditor::refreshScrollBars()
{
    const QSize size = viewport()->size();
    m_view.setViewport(size);
    m_view.settle();
    const qint64 range = std::clamp<qint64>(m_view.contentHeight() - size.height(), 0, std::numeric_limits<int>::max());
    verticalScrollBar()->setRange(0, static_cast<int>(range));
    verticalScrollBar()->setPageStep(size.height());
    verticalScrollBar()->setSingleStep(m_view.lineHeight());
    // The bar keeps the room it is using: narrower lines in sight must not pull the text sideways.
    const qint64 wide = std::clamp<qint64>(m_view.contentWidth() - size.width(), 0, std::numeric_limits<int>::max());
    const int kept = m_view.wraps() ? 0 : horizontalScrollBar()->value();
    horizontalScrollBar()->setRange(0, std::max(static_cast<int>(wide), kept));
    horizontalScrollBar()->setPageStep(size.width());
    horizontalScrollBar()->setSingleStep(static_cast<int>(4 * m_view.cellWidth()));
    if (m_view.hasEstimatesDue() && !m_estimates.isActive())
        m_estimates.start(0, this);
}

void CodeEditor::scrollToLine(qint64 y)
{
    verticalScrollBar()->setValue(static_cast<int>(std::clamp<qint64>(y, 0, verticalScrollBar()->maximum())));
}

void CodeEditor::scrollContentsBy(int, int)
{
    m_view.setScroll(horizontalScrollBar()->value(), verticalScrollBar()->value());
    m_view.settle();
    viewport()->update();
}

TextView::Anchor CodeEditor::anchor() const
{
    // While nobody scrolls or types, a window pulled narrow and wide again must not creep from row to row.
    return m_kept && m_keptScroll == m_view.scrollY() ? *m_kept : m_view.anchor();
}

void CodeEditor::putBack(const TextView::Anchor &anchor)
{
    // What comes into sight is laid out only then and may move the rest once more.
    for (int attempt = 0; attempt < 3; ++attempt) {
        const qint64 wanted = std::clamp<qint64>(m_view.scrollFor(anchor), 0, verticalScrollBar()->maximum());
        if (attempt > 0 && wanted == m_view.scrollY())
            break;
        scrollToLine(wanted);
        m_view.settle();
    }
    m_kept = anchor;
    m_keptScroll = m_view.scrollY();
}

void CodeEditor::reveal(qsizetype index)
{
    const int height = viewport()->height();
    for (int attempt = 0; attempt < 3; ++attempt) {
        const qint64 top = m_view.topOf(index);
        const qint64 above = m_view.scrollY() - top;
        const qint64 below = top + m_view.lineHeight() - m_view.scrollY() - height;
        if (above <= 0 && below <= 0)
            break;
        refreshScrollBars();
        if (std::max(above, below) > height / 2)
            scrollToLine(top - (height - m_view.lineHeight()) / 2);
        else
            scrollToLine(above > 0 ? top : m_view.scrollY() + below);
    }
    if (!m_view.wraps())
        revealColumn(index);
}

void CodeEditor::revealColumn(qsizetype index)
{
    const qreal x = m_view.hasPreedit() ? m_view.preeditX() : m_view.caretX(index);
    const qreal room = 2 * m_view.cellWidth();
    const qreal width = viewport()->width() - m_view.textLeft();
    const auto scrolled = static_cast<qreal>(m_view.scrollX());
    qreal wanted = scrolled;
    if (x < scrolled + room)
        wanted = x - 4 * room;
    else if (x > scrolled + width - room)
        wanted = x - width + 4 * room;
    if (wanted == scrolled)
        return;
    // The range covers the lines in sight as they were; the line just revealed may be wider.
    const int value = std::max(0, static_cast<int>(wanted));
    horizontalScrollBar()->setMaximum(std::max(horizontalScrollBar()->maximum(), value));
    horizontalScrollBar()->setValue(value);
}

void CodeEditor::updateLines(qsizetype first, qsizetype last)
{
    first = std::max(first, m_view.firstVisibleLine());
    last = std::min(last, m_view.lastVisibleLine());
    if (first <= last)
        viewport()->update(m_view.lineRect(first).united(m_view.lineRect(last)).adjusted(0, -2, 0, 2));
}

void CodeEditor::resizeEvent(QResizeEvent *)
{
    const TextView::Anchor place = anchor();
    refreshScrollBars();
    estimateRows();
    m_view.setScroll(horizontalScrollBar()->value(), verticalScrollBar()->value());
    putBack(place);
}

// ---- wrapping ----------------------------------------------------------------------------------------------------

void CodeEditor::setWraps(bool wraps)
{
    if (wraps == m_view.wraps())
        return;
    const TextView::Anchor place = anchor();
    const bool seesCaret = viewport()->rect().intersects(caretRectangle());
    m_view.setWraps(wraps);
    refreshScrollBars();
    horizontalScrollBar()->setValue(0);
    estimateRows();
    putBack(place);
    // A long line has its end elsewhere now.
    if (seesCaret)
        reveal(caret().head);
    m_wantedX.clear();
    refreshTicksSoon();
    viewport()->update();
}

void CodeEditor::estimateRows()
{
    if (!m_view.hasEstimatesDue())
        return;
    const TextView::Anchor place = anchor();
    const bool goesOn = m_view.estimate(steady_clock::now() + kEstimateSlice);
    if (!goesOn)
        m_estimates.stop();
    refreshScrollBars();
    putBack(place);
    refreshTicksSoon();
}

} // namespace ui
