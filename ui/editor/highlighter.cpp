// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/highlighter.h"

#include "ui/editor/editorcolors.h"
#include "ui/editor/textbuffer.h"

#include <KSyntaxHighlighting/FoldingRegion>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Theme>

#include <algorithm>
#include <limits>

namespace ui {

using std::chrono::steady_clock;

namespace {

constexpr int kProse = QTextFormat::UserProperty + 1;

bool isProse(KSyntaxHighlighting::Theme::TextStyle style)
{
    using Style = KSyntaxHighlighting::Theme::TextStyle;
    switch (style) {
    case Style::Char:
    case Style::SpecialChar:
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString:
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation:
    case Style::CommentVar:
        return true;
    default:
        return false;
    }
}

} // namespace

Highlighter::Highlighter(const TextBuffer &buffer, QObject *parent) : QObject(parent), m_buffer(buffer)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        work(steady_clock::now() + kSlice, std::numeric_limits<qsizetype>::max());
        flushRecoloured();
        m_hasAdvanced = false;
        schedule();
        Q_EMIT advanced();
    });
    reset();
}

void Highlighter::setDefinition(const KSyntaxHighlighting::Definition &definition)
{
    AbstractHighlighter::setDefinition(definition);
    m_colouring = definition.isValid() && definition.name() != QLatin1String("None");
    m_foldsByIndentation = definition.indentationBasedFoldingEnabled();
    m_charFormats.clear();
    reset();
}

void Highlighter::setTheme(const KSyntaxHighlighting::Theme &theme)
{
    AbstractHighlighter::setTheme(theme);
    // Nearer to the text than the plain background: what can be read there can be read on every line.
    m_surface = editorColors(theme).currentLine;
    m_charFormats.clear();
    Q_EMIT linesRecoloured(0, m_buffer.lineCount() - 1);
}

void Highlighter::reset()
{
    m_states.reset(m_buffer.lineCount());
    m_foldMarks.reset(m_buffer.lineCount());
    m_frontier = 0;
    m_stale.clear();
    m_guessedFirst = m_guessedLast = m_guessLine = -1;
    m_recolouredFirst = m_recolouredLast = -1;
    Q_EMIT linesRecoloured(0, m_buffer.lineCount() - 1);
    schedule();
}

void Highlighter::edited(qsizetype line, qsizetype removed, qsizetype added)
{
    m_states.remove(line + 1, removed);
    m_states.insert(line + 1, added);
    m_foldMarks.remove(line + 1, removed);
    m_foldMarks.insert(line + 1, added);
    m_guessLine = -1;
    const auto shifted = [=](qsizetype at) { return at <= line ? at : std::max(line, at - removed) + added; };
    if (m_guessedFirst >= 0) {
        m_guessedFirst = std::min(m_guessedFirst, shifted(m_guessedFirst));
        m_guessedLast = shifted(m_guessedLast);
    }
    if (line >= m_frontier)
        return;
    if (line + removed >= m_frontier) {
        m_frontier = line;
        std::erase_if(m_stale, [line](const Stale &stale) { return stale.first >= line; });
        for (Stale &stale : m_stale)
            stale.last = std::min(stale.last, line - 1);
        schedule();
        return;
    }
    m_frontier += added - removed;
    for (Stale &stale : m_stale)
        stale = {shifted(stale.first), shifted(stale.last)};
    addStale({line, line + added});
    schedule();
}

void Highlighter::setActive(bool active)
{
    m_active = active;
    schedule();
}

void Highlighter::addStale(Stale stale)
{
    auto at = std::lower_bound(m_stale.begin(), m_stale.end(), stale,
                               [](const Stale &a, const Stale &b) { return a.first < b.first; });
    at = m_stale.insert(at, stale);
    if (at != m_stale.begin() && std::prev(at)->last + 1 >= at->first)
        --at;
    while (std::next(at) != m_stale.end() && at->last + 1 >= std::next(at)->first) {
        at->last = std::max(at->last, std::next(at)->last);
        m_stale.erase(std::next(at));
    }
}

bool Highlighter::isSettled() const
{
    return !m_colouring || (m_stale.empty() && m_frontier >= m_buffer.lineCount());
}

void Highlighter::schedule()
{
    // Whoever paints may have done the last piece, in the middle of a picture: that is told from the event loop.
    if (m_active && (!isSettled() || m_hasAdvanced))
        m_timer.start();
    else
        m_timer.stop();
}

void Highlighter::prepare(qsizetype lastLine)
{
    if (m_colouring)
        work(steady_clock::now() + kSlice, lastLine);
    flushRecoloured();
    schedule();
}

void Highlighter::work(steady_clock::time_point deadline, qsizetype lastLine)
{
    while (!isSettled()) {
        const qsizetype next = m_stale.empty() ? m_frontier : m_stale.front().first;
        if (next > lastLine)
            return;
        m_hasAdvanced = true;
        if (m_stale.empty())
            stepFrontier();
        else
            stepStale();
        if (steady_clock::now() >= deadline)
            return;
    }
}

void Highlighter::stepStale()
{
    Stale &stale = m_stale.front();
    const qsizetype line = stale.first;
    const State after = runLine(line, m_buffer.line(line), nullptr);
    const bool agrees = after == m_states.at(line);
    if (!agrees) {
        m_states.set(line, after);
        noteRecoloured(line + 1);
    }
    if ((agrees && line >= stale.last) || line + 1 >= m_frontier) {
        m_stale.erase(m_stale.begin());
        return;
    }
    stale.first = line + 1;
    stale.last = std::max(stale.last, stale.first);
    if (m_stale.size() > 1 && m_stale[1].first <= stale.first) {
        stale.last = std::max(stale.last, m_stale[1].last);
        m_stale.erase(m_stale.begin() + 1);
    }
}

void Highlighter::stepFrontier()
{
    const qsizetype line = m_frontier;
    m_states.set(line, runLine(line, m_buffer.line(line), nullptr));
    ++m_frontier;
    if (line >= m_guessedFirst && line <= m_guessedLast)
        noteRecoloured(line);
}

QList<QTextLayout::FormatRange> Highlighter::formats(qsizetype line, const QString &text)
{
    QList<QTextLayout::FormatRange> result;
    if (!m_colouring)
        return result;
    if (line < m_frontier || (line == m_frontier && m_stale.empty())) {
        // A stale state is the best guess there is: most edits change nothing further down.
        const State after = runLine(line, text, &result);
        if (line == m_frontier) {
            m_states.set(line, after);
            ++m_frontier;
        }
        return result;
    }
    m_guessState = run(text, m_guessLine == line - 1 ? m_guessState : State(), &result);
    m_guessLine = line;
    m_guessedFirst = m_guessedFirst < 0 ? line : std::min(m_guessedFirst, line);
    m_guessedLast = std::max(m_guessedLast, line);
    return result;
}

QList<Highlighter::Stretch> Highlighter::proseIn(qsizetype line)
{
    QList<Stretch> result;
    if (!m_colouring || line >= m_frontier)
        return result;
    QList<QTextLayout::FormatRange> ranges;
    run(m_buffer.line(line), m_states.at(line - 1), &ranges);
    for (const QTextLayout::FormatRange &range : std::as_const(ranges)) {
        if (range.format.boolProperty(kProse))
            result.append({range.start, range.length});
    }
    return result;
}

Highlighter::State Highlighter::run(const QString &text, const State &before, QList<QTextLayout::FormatRange> *formats)
{
    if (text.size() > kMaxUnits)
        return before;
    m_collecting = formats;
    const State after = highlightLine(QStringView(text), before);
    m_collecting = nullptr;
    return after;
}

Highlighter::State Highlighter::runLine(qsizetype line, const QString &text, QList<QTextLayout::FormatRange> *formats)
{
    FoldMarks::Marks marks;
    m_marks = &marks;
    const State after = run(text, m_states.at(line - 1), formats);
    m_marks = nullptr;
    m_foldMarks.set(line, marks);
    return after;
}

void Highlighter::applyFolding(int, int, KSyntaxHighlighting::FoldingRegion region)
{
    if (m_marks)
        m_marks->push_back({quint16(region.id()), region.type() == KSyntaxHighlighting::FoldingRegion::Begin});
}

void Highlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format)
{
    if (!m_collecting || length <= 0 || format.isDefaultTextStyle(theme()))
        return;
    m_collecting->append({offset, length, charFormat(format)});
}

QTextCharFormat Highlighter::charFormat(const KSyntaxHighlighting::Format &format)
{
    const auto known = m_charFormats.constFind(format.id());
    if (known != m_charFormats.constEnd())
        return *known;
    QTextCharFormat result;
    if (isProse(format.textStyle()))
        result.setProperty(kProse, true);
    const auto colours = theme();
    if (format.hasTextColor(colours))
        result.setForeground(readable(format.textColor(colours),
                                      format.hasBackgroundColor(colours) ? format.backgroundColor(colours) : m_surface));
    if (format.hasBackgroundColor(colours))
        result.setBackground(format.backgroundColor(colours));
    if (format.isBold(colours))
        result.setFontWeight(QFont::Bold);
    if (format.isItalic(colours))
        result.setFontItalic(true);
    if (format.isUnderline(colours))
        result.setFontUnderline(true);
    if (format.isStrikeThrough(colours))
        result.setFontStrikeOut(true);
    m_charFormats.insert(format.id(), result);
    return result;
}

void Highlighter::noteRecoloured(qsizetype line)
{
    if (m_recolouredFirst < 0) {
        m_recolouredFirst = m_recolouredLast = line;
        return;
    }
    m_recolouredFirst = std::min(m_recolouredFirst, line);
    m_recolouredLast = std::max(m_recolouredLast, line);
}

void Highlighter::flushRecoloured()
{
    if (m_recolouredFirst < 0)
        return;
    const qsizetype first = std::exchange(m_recolouredFirst, -1);
    const qsizetype last = std::exchange(m_recolouredLast, -1);
    Q_EMIT linesRecoloured(first, last);
}

} // namespace ui
