// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/linelayout.h"
#include "ui/editor/textedit.h"

#include <QPointF>
#include <QRectF>
#include <QSize>

#include <memory>
#include <optional>
#include <unordered_map>

namespace ui {

class Highlighter;
class TextBuffer;

//! Where everything is: the geometry between a TextBuffer and a viewport, and the layouts of the lines in sight.
//!
//! Points are viewport pixels. The document's pixel height is lines times one height, so that a line's place is found
//! without looking at any other line.
class TextView
{
public:
    TextView(const TextBuffer &buffer, Highlighter &highlighter);
    ~TextView();

    void setFont(const QFont &font);
    void setTabColumns(int columns);
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
    //! Where column 0 stands when not scrolled.
    int textLeft() const { return gutterWidth(); }
    qint64 contentHeight() const;
    //! The widest line in sight and the room its caret needs.
    qint64 contentWidth() const;

    qsizetype firstVisibleLine() const;
    qsizetype lastVisibleLine() const;
    //! Lines that are wholly in sight.
    qsizetype linesPerPage() const;
    int lineTop(qsizetype line) const;
    QRect lineRect(qsizetype line) const;
    //! Clipped to the lines there are.
    qsizetype lineAt(qreal y) const;
    qsizetype indexAt(const QPointF &point) const;
    //! The index in \a line nearest to the document x \a x, as caretX() gives it.
    qsizetype indexAtX(qsizetype line, qreal x) const;
    //! Pixels from the line's left edge.
    qreal caretX(qsizetype index) const;
    //! A rectangle of no width at \a index.
    QRectF caretRect(qsizetype index) const;
    QRectF preeditCursorRect() const;
    //! The rectangles behind [from, to), one or more per visible line; a selected line feed is half a cell wide.
    QList<QRectF> rangeRects(qsizetype from, qsizetype to) const;

    const LineLayout &layout(qsizetype line) const;
    //! Line \a line changed, \a removed lines behind it went, \a added came.
    void edited(qsizetype line, qsizetype removed, qsizetype added);
    void forget(qsizetype firstLine, qsizetype lastLine);
    void forgetAll();
    //! Keeps the layouts in sight only.
    void trim();

    //! \a index is where the composition stands.
    void setPreedit(qsizetype index, Preedit preedit);
    void clearPreedit();
    bool hasPreedit() const { return m_preedit.has_value(); }

private:
    void measure();

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
    mutable std::unordered_map<qsizetype, std::unique_ptr<LineLayout>> m_layouts;
};

} // namespace ui
