// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorpainter.h"

#include "ui/editor/displaytext.h"
#include "ui/editor/foldregions.h"
#include "ui/editor/remotecarets.h"
#include "ui/editor/searchresults.h"
#include "ui/editor/textbuffer.h"
#include "ui/editor/textview.h"
#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QSet>

#include <algorithm>

namespace ui {

namespace {

constexpr qreal kFlagRadius = 3;
constexpr qreal kFlagPadding = 5;
constexpr qreal kDotSize = 5;
constexpr double kIdleOpacity = 0.55;
constexpr qreal kFoldMarkReach = 3.5;   // half the longer side

constexpr qsizetype kMaxTrailing = 1024;   // of a line that ends in a megabyte of blanks, the last

bool isBlank(QChar unit)
{
    return unit == u' ' || unit == u'\t';
}

bool isInSight(const TextView &view, const QRectF &caret)
{
    return caret.bottom() > 0 && caret.top() < view.viewport().height() && caret.left() >= view.gutterWidth() - 1
        && caret.left() <= view.viewport().width();
}

bool isOnVisibleLine(const EditorScene &scene, qsizetype index)
{
    const qsizetype line = scene.view.lineShowing(index);
    return line >= scene.view.firstVisibleLine() && line <= scene.view.lastVisibleLine();
}

} // namespace

EditorPainter::EditorPainter(QPainter &painter, const EditorScene &scene) : m_painter(painter), m_scene(scene) {}

void EditorPainter::paint(const QRect &dirty)
{
    m_painter.fillRect(dirty, m_scene.colors.background);
    paintCurrentLines();
    paintBrackets();
    paintMatches();
    paintSelections();
    paintText(dirty);
    m_painter.setRenderHint(QPainter::Antialiasing);
    paintPeople();
    paintGutter(dirty);
    paintFlags();
    paintOwnCarets();
}

void EditorPainter::paintRange(qsizetype from, qsizetype to, const QColor &color)
{
    const QList<QRectF> rects = m_scene.view.rangeRects(from, to);
    for (const QRectF &rect : rects)
        m_painter.fillRect(rect, color);
    if (from < to)
        m_painted.push_back({from, to, color});
}

Backdrops EditorPainter::backdropsOf(qsizetype line) const
{
    const qsizetype start = m_scene.buffer.lineStart(line);
    const qsizetype end = m_scene.buffer.lineEnd(line);
    Backdrops backdrops(m_scene.colors.background);
    for (const Painted &one : m_painted)
        backdrops.lay(std::max(one.from, start) - start, std::min(one.to, end) - start, one.color);
    return backdrops;
}

std::span<const Caret> EditorPainter::caretsInSight() const
{
    return m_scene.carets.touching(m_scene.buffer.lineStart(m_scene.view.firstVisibleLine()),
                                   m_scene.buffer.lineEnd(m_scene.view.lastVisibleLine()));
}

void EditorPainter::paintCurrentLines()
{
    if (m_scene.carets.hasSelection())
        return;
    for (const Caret &caret : caretsInSight())
        m_painter.fillRect(m_scene.view.lineRect(m_scene.buffer.lineOf(caret.head)), m_scene.colors.currentLine);
}

void EditorPainter::paintBrackets()
{
    if (!m_scene.brackets)
        return;
    paintRange(m_scene.brackets->open, m_scene.brackets->open + 1, m_scene.colors.bracket);
    paintRange(m_scene.brackets->close, m_scene.brackets->close + 1, m_scene.colors.bracket);
}

void EditorPainter::paintMatches()
{
    if (!m_scene.results)
        return;
    const TextView &view = m_scene.view;
    const qsizetype last = view.lastVisibleLine();
    for (qsizetype line = view.firstVisibleLine(); line <= last; line = view.lineBelow(line)) {
        // Of a line of a megabyte only what can be seen is asked for.
        const Caret visible = view.visibleRange(line);
        const QList<Match> matches = m_scene.results->matchesIn(visible.begin(), visible.end());
        for (const Match &match : matches) {
            const auto touching = m_scene.carets.touching(match.index, match.index + match.length);
            const bool current = std::ranges::any_of(touching, [&match](const Caret &caret) {
                return match.index == caret.begin() && match.index + match.length == caret.end();
            });
            paintRange(match.index, match.index + match.length, current ? m_scene.colors.currentMatch : m_scene.colors.match);
        }
    }
}

void EditorPainter::paintSelections()
{
    for (qsizetype i = 0; i < m_scene.people.count(); ++i) {
        const RemoteCaret &person = m_scene.people.at(i);
        QColor tint = person.color;
        tint.setAlphaF(static_cast<float>(m_scene.colors.personSelection * (person.active ? 1 : kIdleOpacity)));
        paintRange(person.caret().begin(), person.caret().end(), tint);
    }
    for (const Caret &caret : caretsInSight()) {
        const bool isMatch = m_scene.results && m_scene.results->isMatch(caret.begin(), caret.end());
        if (!isMatch)
            paintRange(caret.begin(), caret.end(), m_scene.hasFocus ? m_scene.colors.selection : m_scene.colors.inactiveSelection);
    }
}

void EditorPainter::paintText(const QRect &dirty)
{
    const TextView &view = m_scene.view;
    const qsizetype first = view.lineAt(dirty.top());
    const qsizetype last = view.lineAt(dirty.bottom());
    const qreal x = view.textLeft() - static_cast<qreal>(view.scrollX());
    m_painter.setPen(m_scene.colors.text);
    for (qsizetype line = first; line <= last; line = view.lineBelow(line)) {
        const QPointF origin(x, view.lineTop(line) + view.baseline());
        view.layout(line).draw(m_painter, origin, view.windowOf(line), backdropsOf(line));
        if (m_scene.whitespace != Whitespace::Hidden)
            paintWhitespace(line);
        if (view.isFolded(line))
            paintFoldChip(line);
    }
}

void EditorPainter::paintWhitespace(qsizetype line)
{
    const TextView &view = m_scene.view;
    const qsizetype start = m_scene.buffer.lineStart(line);
    const qsizetype end = m_scene.buffer.lineEnd(line);
    const Caret visible = view.visibleRange(line);
    const qsizetype from = std::max(start, visible.begin());
    const QString text = m_scene.buffer.text(from, std::min(end, visible.end()) - from);
    // Blanks just typed are no mistake yet.
    qsizetype trailing = end;
    const auto atEnd = m_scene.carets.touching(end, end);
    if (std::ranges::none_of(atEnd, [end](const Caret &caret) { return caret.head == end; })) {
        while (trailing > from && trailing > end - kMaxTrailing && isBlank(m_scene.buffer.at(trailing - 1)))
            --trailing;
    }
    const LineLayout &layout = view.layout(line);
    const qreal left = view.textLeft() - static_cast<qreal>(view.scrollX());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype index = from + i;
        if (!isBlank(text[i]))
            continue;
        const auto touching = m_scene.carets.touching(index, index + 1);
        const bool selected = std::ranges::any_of(touching, [index](const Caret &caret) {
            return index >= caret.begin() && index < caret.end();
        });
        if (m_scene.whitespace != Whitespace::All && !selected && index < trailing)
            continue;
        const LineLayout::Place place = layout.placeOf(index - start);
        const LineLayout::Place next = layout.placeOf(index - start + 1);
        const bool isTab = text[i] == u'\t';
        const qreal width = isTab && next.row == place.row ? next.x - place.x : view.cellWidth();
        const QRectF cell(left + place.x, view.lineTop(line) + place.row * view.lineHeight(), width, view.lineHeight());
        paintBlank(cell, isTab, index >= trailing ? m_scene.colors.trailingBlank : m_scene.colors.blank);
    }
}

void EditorPainter::paintBlank(const QRectF &cell, bool isTab, const QColor &color)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    if (isTab) {
        const qreal head = std::min(cell.height() / 6, cell.width() / 3);
        const QPointF tip(cell.right() - 2, cell.center().y());
        m_painter.setPen(QPen(color, 1));
        m_painter.drawLine(QPointF(cell.left() + 2, tip.y()), tip);
        m_painter.drawPolyline(QPolygonF({tip + QPointF(-head, -head), tip, tip + QPointF(-head, head)}));
    } else {
        const qreal radius = std::max(0.9, m_scene.view.cellWidth() / 8);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(color);
        m_painter.drawEllipse(cell.center(), radius, radius);
    }
    m_painter.restore();
}

void EditorPainter::paintFoldChip(qsizetype line)
{
    // Whoever selects what is hidden, oneself first of all, sees it here.
    const qsizetype hiddenFrom = m_scene.buffer.lineEnd(line) + 1;
    const qsizetype hiddenTo = m_scene.buffer.lineEnd(m_scene.view.lineBelow(line) - 1) + 1;
    QColor color = m_scene.colors.foldChip;
    for (const Painted &one : m_painted) {
        if (one.from < hiddenTo && one.to > hiddenFrom)
            color = Theme::over(one.color, one.color.alphaF(), color);
    }
    const QRectF chip = m_scene.view.foldChip(line);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(color);
    m_painter.drawRoundedRect(chip, kFlagRadius, kFlagRadius);
    m_painter.setBrush(readable(m_scene.colors.lineNumber, color));
    const qreal dot = std::max(2.0, chip.height() / 5);
    for (const int step : {-1, 0, 1})
        m_painter.drawEllipse(chip.center() + QPointF(step * chip.width() / 4, 0), dot / 2, dot / 2);
    m_painter.restore();
}

void EditorPainter::paintFoldMark(qsizetype line)
{
    const TextView &view = m_scene.view;
    const bool folded = view.isFolded(line);
    if (!folded && !(m_scene.regions && m_scene.regions->beginsAt(line)))
        return;
    // Down while the region is open, to the right while it is folded.
    const QRectF place = view.foldMark(line);
    const qreal reach = kFoldMarkReach;
    const QPointF middle = place.center();
    QPolygonF chevron({{-reach, -reach / 2}, {0, reach / 2}, {reach, -reach / 2}});
    if (folded)
        chevron = QPolygonF({{-reach / 2, -reach}, {reach / 2, 0}, {-reach / 2, reach}});
    m_painter.save();
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_scene.colors.lineNumber, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter.drawPolyline(chevron.translated(middle));
    m_painter.restore();
}

void EditorPainter::paintPeople()
{
    const TextView &view = m_scene.view;
    for (qsizetype i = 0; i < m_scene.people.count(); ++i) {
        const RemoteCaret &person = m_scene.people.at(i);
        if (!isOnVisibleLine(m_scene, person.head))
            continue;
        const QRectF caret = view.caretRect(person.head);
        if (!isInSight(view, caret))
            continue;
        m_painter.setOpacity(person.active ? 1 : kIdleOpacity);
        m_painter.fillRect(QRectF(qRound(caret.left()) - 1, caret.top(), EditorPainter::kCaretWidth, caret.height()), person.color);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(person.color);
        m_painter.drawEllipse(QRectF(qRound(caret.left()) - kDotSize / 2, caret.top() - 1, kDotSize, kDotSize));
    }
    m_painter.setOpacity(1);
}

void EditorPainter::paintGutter(const QRect &dirty)
{
    const TextView &view = m_scene.view;
    const QRect gutter = QRect(0, 0, view.gutterWidth() - 4, view.viewport().height()).intersected(dirty);
    if (gutter.isEmpty())
        return;
    QSet<qsizetype> current;
    for (const Caret &caret : caretsInSight())
        current.insert(m_scene.buffer.lineOf(caret.head));
    if (view.scrollX() > 0) {
        m_painter.fillRect(gutter, m_scene.colors.background);
        for (const qsizetype line : std::as_const(current)) {
            if (!m_scene.carets.hasSelection())
                m_painter.fillRect(view.lineRect(line).intersected(gutter), m_scene.colors.currentLine);
        }
    }
    m_painter.setFont(view.font());
    const qsizetype last = view.lineAt(dirty.bottom());
    for (qsizetype line = view.lineAt(dirty.top()); line <= last; line = view.lineBelow(line)) {
        m_painter.setPen(current.contains(line) ? m_scene.colors.currentLineNumber : m_scene.colors.lineNumber);
        const QString number = QString::number(line + 1);
        const qreal x = view.numbersRight() - QFontMetricsF(view.font()).horizontalAdvance(number);
        m_painter.drawText(QPointF(x, view.lineTop(line) + view.baseline()), number);
        paintFoldMark(line);
    }
}

QRectF EditorPainter::flagRect(const EditorScene &scene, qsizetype i)
{
    const RemoteCaret &person = scene.people.at(i);
    if (!isOnVisibleLine(scene, person.head))
        return {};
    const QRectF caret = scene.view.caretRect(person.head);
    if (!isInSight(scene.view, caret))
        return {};
    const QFontMetricsF metrics(scene.flagFont);
    const QString name = visibleText(person.name, kMaxFlagGraphemes);
    const QSizeF size(std::ceil(metrics.horizontalAdvance(name)) + 2 * kFlagPadding, std::ceil(metrics.height()) + 2);
    QRectF flag(QPointF(qRound(caret.left()) - 1, caret.top() - size.height()), size);
    if (flag.top() < 0)
        flag.moveTop(caret.bottom());
    if (flag.right() > scene.view.viewport().width())
        flag.moveRight(scene.view.viewport().width());
    return flag;
}

void EditorPainter::paintFlags()
{
    QList<QRectF> placed;
    m_painter.setFont(m_scene.flagFont);
    for (qsizetype i = 0; i < m_scene.people.count(); ++i) {
        const double opacity = m_scene.people.flagOpacity(i, m_scene.now);
        if (opacity <= 0)
            continue;
        QRectF flag = flagRect(m_scene, i);
        if (flag.isEmpty())
            continue;
        // People at the same place stand side by side.
        for (const QRectF &other : std::as_const(placed)) {
            if (flag.intersects(other))
                flag.moveLeft(other.right() + 2);
        }
        placed.append(flag);
        const RemoteCaret &person = m_scene.people.at(i);
        m_painter.setOpacity(opacity);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(person.color);
        m_painter.drawRoundedRect(flag, kFlagRadius, kFlagRadius);
        m_painter.setPen(m_scene.colors.personText);
        m_painter.drawText(flag, Qt::AlignCenter | Qt::TextSingleLine, visibleText(person.name, kMaxFlagGraphemes));
    }
    m_painter.setOpacity(1);
}

void EditorPainter::paintOwnCarets()
{
    const TextView &view = m_scene.view;
    const auto paintAt = [&](const QRectF &place, const QColor &color) {
        if (isInSight(view, place))
            m_painter.fillRect(QRectF(qRound(place.left()) - 1, place.top(), kCaretWidth, place.height()), color);
    };
    if (m_scene.showsCaret) {
        for (const Caret &caret : caretsInSight()) {
            const bool composes = view.hasPreedit() && caret == m_scene.carets.primary();
            if (composes)
                paintAt(view.preeditCursorRect(), m_scene.colors.caret);
            else if (isOnVisibleLine(m_scene, caret.head))
                paintAt(view.caretRect(caret.head), m_scene.colors.caret);
        }
    }
    if (m_scene.dropIndex >= 0 && isOnVisibleLine(m_scene, m_scene.dropIndex))
        paintAt(view.caretRect(m_scene.dropIndex), m_scene.colors.lineNumber);
}

} // namespace ui
