// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/linelayout.h"
#include "ui/editor/rowindex.h"
#include "ui/editor/textedit.h"

#include <QPointF>
#include <QRectF>
#include <QSize>

#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>

namespace ui {

class Highlighter;
class TextBuffer;

//! Where everything is: the geometry between a TextBuffer and a viewport, and the layouts of the lines in sight.
//!
//! Points are viewport pixels. A line takes the rows that RowIndex says: one, several when it is wrapped, none while it is
//! hidden. Rows of wrapped lines are exact once a line was laid out and estimated from its length before; what is in sight
//! is always exact (settle()).
class TextView
{
public:
    TextView(const TextBuffer &buffer, Highlighter &highlighter);
    ~TextView();

    void setFont(const QFont &font);
    void setTabColumns(int columns);
    //! Breaks lines at the viewport's edge.
    void setWraps(bool wraps);
    bool wraps() const { return m_wraps; }
    void setFormats(const QTextCharFormat &mark, const QTextCharFormat &preedit);
    void setViewport(QSize size);
    void setScroll(qint64 x, qint64 y);

    const QFont &font() const { return m_style.font; }
    QSize viewport() const { return m_viewport; }
    qint64 scrollX() const { return m_scrollX; }
    qint64 scrollY() const { return m_scrollY; }
    int lineHeight() const { return m_lineHeight; }
    qreal cellWidth() const { return m_style.cellWidth; }
    //! From a line's top to its baseline.
    int baseline() const { return m_baseline; }
    int gutterWidth() const;
    //! Where line numbers end; between them and the text stand the fold marks.
    int numbersRight() const;
    //! Where column 0 stands when not scrolled.
    int textLeft() const { return gutterWidth(); }
    qint64 contentHeight() const;
    //! The widest line in sight and the room its caret needs.
    qint64 contentWidth() const;

    //! A row of a line, both counted from 0.
    struct Row
    {
        qsizetype line = 0;
        int row = 0;
        friend bool operator==(const Row &, const Row &) = default;
    };

    //! What stands at the upper edge: it stays there while what is above grows and shrinks.
    struct Anchor
    {
        qsizetype index = 0;
        qint64 offset = 0;   //!< pixels that its row is scrolled out
    };

    qsizetype firstVisibleLine() const;
    qsizetype lastVisibleLine() const;
    //! The line shown below \a line; one behind the last when there is none.
    qsizetype lineBelow(qsizetype line) const;
    //! The line of \a index, or the one it is hidden behind.
    qsizetype lineShowing(qsizetype index) const;
    //! The line stands for hidden ones below it.
    bool isFolded(qsizetype line) const;
    //! What stands for the hidden lines, behind the text of a folded line.
    QRectF foldChip(qsizetype line) const;
    //! Where in the gutter the mark of a region that begins in \a line stands.
    QRectF foldMark(qsizetype line) const;
    bool isHidden(qsizetype line) const { return m_rows.rowsOf(line) == 0; }
    //! Rows that are wholly in sight.
    qsizetype rowsPerPage() const;
    qsizetype rowCount() const { return m_rows.rows(); }
    //! The rows above the line of \a index; nothing is laid out for it.
    qsizetype rowsAbove(qsizetype index) const;
    int lineTop(qsizetype line) const;
    //! All rows of \a line; empty when it is hidden.
    QRect lineRect(qsizetype line) const;
    //! Clipped to the lines there are.
    qsizetype lineAt(qreal y) const;
    Row rowAt(qreal y) const;
    //! The row of the gap before \a index; for one that is hidden, the row it is hidden behind.
    Row rowOf(qsizetype index) const;
    //! \a rows further down, or up when negative; nothing beyond the first and the last.
    std::optional<Row> rowFrom(Row row, qsizetype rows) const;
    //! Document pixels from the top.
    qint64 topOf(qsizetype index) const;
    Anchor anchor() const;
    //! The vertical scroll that puts \a anchor back in its place.
    qint64 scrollFor(const Anchor &anchor) const;
    qsizetype indexAt(const QPointF &point) const;
    //! The index in \a row nearest to \a x, as caretX() gives it.
    qsizetype indexAtX(Row row, qreal x) const;
    qsizetype rowStart(Row row) const;
    //! The last index that stands in \a row.
    qsizetype rowEnd(Row row) const;
    //! Pixels from the line's left edge.
    qreal caretX(qsizetype index) const;
    //! A rectangle of no width at \a index, or behind the line that it is hidden behind.
    QRectF caretRect(qsizetype index) const;
    //! In the preedit's line, as caretX().
    qreal preeditX() const { return layout(m_preeditLine).preeditCursor().x; }
    QRectF preeditCursorRect() const;
    //! The rectangles behind [from, to), one or more per visible line; a selected line feed is half a cell wide.
    QList<QRectF> rangeRects(qsizetype from, qsizetype to) const;

    const LineLayout &layout(qsizetype line) const;
    //! The part of \a line that is in sight.
    LineLayout::Window windowOf(qsizetype line) const;
    //! Another text: all lines are shown, nothing is known about them.
    void reset();
    //! Line \a line changed, \a removed lines behind it went, \a added came. With \a keepsLayouts false nothing is moved
    //! and everything has to be forgotten afterwards.
    void edited(qsizetype line, qsizetype removed, qsizetype added, bool keepsLayouts = true);
    void hide(qsizetype firstLine, qsizetype lastLine);
    void show(qsizetype firstLine, qsizetype lastLine);
    //! Lays out what is in sight, so that no estimate is left in it.
    void settle() const;
    //! Estimates the rows of lines nobody has looked at until \a deadline. \returns false when all are done
    bool estimate(std::chrono::steady_clock::time_point deadline);
    bool hasEstimatesDue() const;
    //! The part of \a line that can be seen, as indexes.
    Caret visibleRange(qsizetype line) const;
    void forget(qsizetype firstLine, qsizetype lastLine);
    void forgetAll();
    //! Keeps the layouts in sight only.
    void trim();

    //! \a index is where the composition stands.
    void setPreedit(qsizetype index, Preedit preedit);
    void clearPreedit();
    bool hasPreedit() const { return m_preedit.has_value(); }

private:
    using Layouts = std::unordered_map<qsizetype, std::unique_ptr<LineLayout>>;

    void measure();
    void refreshStyle();
    qint32 estimatedRows(qsizetype units) const;
    //! The line that stands for \a line while that is hidden.
    qsizetype shownLine(qsizetype line) const;
    void learnRows(qsizetype line, const LineLayout &lineLayout) const;
    LineLayout::Place placeOf(qsizetype line, qsizetype index) const;
    QRectF caretRectAt(qsizetype line, const LineLayout::Place &place) const;
    qint64 documentTop(qsizetype line, int row) const;

    const TextBuffer &m_buffer;
    Highlighter &m_highlighter;
    LayoutStyle m_style;
    int m_tabColumns = 4;
    int m_lineHeight = 16;
    int m_baseline = 12;
    QSize m_viewport;
    qint64 m_scrollX = 0;
    qint64 m_scrollY = 0;
    std::optional<Preedit> m_preedit;
    qsizetype m_preeditLine = -1;
    bool m_wraps = false;
    qsizetype m_estimated = 0;   // lines in front of it have an estimate for the width there is
    // Laying out does not change what the view says, it makes it exact.
    mutable RowIndex m_rows;
    mutable Layouts m_layouts;
    mutable Layouts m_outdated;   // of cut lines that were edited: most of what is shaped in them can be taken over
};

} // namespace ui
