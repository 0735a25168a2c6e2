// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/searchresults.h"

#include "ui/editor/textbuffer.h"

#include <algorithm>
#include <limits>

namespace ui {

using std::chrono::steady_clock;

namespace {

constexpr qsizetype kBlockUnits = 32 * 1024;

bool startsBefore(const Match &match, qsizetype index)
{
    return match.index < index;
}

} // namespace

SearchResults::SearchResults(const TextBuffer &buffer, QObject *parent) : QObject(parent), m_buffer(buffer)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        scan(steady_clock::now() + kSlice, std::numeric_limits<qsizetype>::max());
        Q_EMIT changed();
    });
}

void SearchResults::setQuery(const SearchQuery &query)
{
    if (query == m_search.query())
        return;
    m_search = TextSearch(query);
    restart();
}

void SearchResults::restart()
{
    m_matches.clear();
    m_scanned = 0;
    m_limited = false;
    m_complete = !m_search.isValid();
    scan(steady_clock::now() + kSlice, std::numeric_limits<qsizetype>::max());
    Q_EMIT changed();
}

void SearchResults::schedule()
{
    if (m_complete)
        m_timer.stop();
    else
        m_timer.start();
}

void SearchResults::scan(steady_clock::time_point deadline, qsizetype untilIndex)
{
    while (!m_complete && m_scanned <= untilIndex) {
        scanBlock();
        if (steady_clock::now() >= deadline)
            break;
    }
    schedule();
}

void SearchResults::scanBlock()
{
    const qsizetype lastLine = m_buffer.lineOf(m_scanned + kBlockUnits);
    const qsizetype firstLine = m_buffer.lineOf(m_scanned);
    // Whole lines only: the line that the block ends in waits for the next block unless it is all there is.
    const qsizetype last = lastLine > firstLine && m_scanned + kBlockUnits < m_buffer.length() ? lastLine - 1 : lastLine;
    const qsizetype end = m_buffer.lineEnd(last);
    const QString text = m_buffer.text(m_scanned, end - m_scanned);
    if (!m_search.find(text, m_scanned, kMaxMatches, m_matches))
        m_limited = true;
    m_scanned = end + 1;
    if (m_matches.size() >= kMaxMatches)
        m_limited = true;
    m_complete = end >= m_buffer.length() || m_matches.size() >= kMaxMatches;
}

void SearchResults::edited(const QList<TextEdit> &edits)
{
    if (!m_search.isValid() || edits.isEmpty())
        return;
    if (edits.size() == 1) {
        editedOnce(edits.first());
    } else {
        qsizetype first = std::numeric_limits<qsizetype>::max();
        for (const TextEdit &edit : edits)
            first = std::min(first, edit.index);
        const qsizetype start = m_buffer.lineStart(m_buffer.lineOf(first));
        if (start < m_scanned) {
            m_matches.erase(std::lower_bound(m_matches.begin(), m_matches.end(), start, startsBefore), m_matches.end());
            m_scanned = start;
            m_complete = false;
        }
        scan(steady_clock::now() + kSlice, std::numeric_limits<qsizetype>::max());
    }
    Q_EMIT changed();
}

void SearchResults::editedOnce(const TextEdit &edit)
{
    const qsizetype start = m_buffer.lineStart(m_buffer.lineOf(edit.index));
    if (start >= m_scanned)
        return;
    const qsizetype delta = edit.inserted.size() - edit.removed;
    const qsizetype end = m_buffer.lineEnd(m_buffer.lineOf(edit.index + edit.inserted.size()));
    const auto first = std::lower_bound(m_matches.begin(), m_matches.end(), start, startsBefore);
    const auto behind = std::lower_bound(first, m_matches.end(), end - delta + 1, startsBefore);
    const bool reachesUnscanned = end - delta + 1 > m_scanned || end - start > kBlockUnits;
    if (reachesUnscanned) {
        m_matches.erase(first, m_matches.end());
        m_scanned = start;
        m_complete = false;
        scan(steady_clock::now() + kSlice, std::numeric_limits<qsizetype>::max());
        return;
    }
    for (auto match = behind; match != m_matches.end(); ++match)
        match->index += delta;
    m_scanned += delta;
    QList<Match> found;
    if (!m_search.find(m_buffer.text(start, end - start), start, kMaxMatches, found))
        m_limited = true;
    const qsizetype at = first - m_matches.begin();
    m_matches.erase(first, behind);
    for (qsizetype i = 0; i < found.size(); ++i)
        m_matches.insert(at + i, found[i]);
}

QList<Match> SearchResults::matchesIn(qsizetype from, qsizetype to) const
{
    auto first = std::lower_bound(m_matches.begin(), m_matches.end(), from, startsBefore);
    if (first != m_matches.begin() && std::prev(first)->index + std::prev(first)->length > from)
        --first;
    const auto behind = std::lower_bound(first, m_matches.end(), to, startsBefore);
    return {first, behind};
}

qsizetype SearchResults::ordinal(qsizetype begin, qsizetype end) const
{
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), begin, startsBefore);
    if (at == m_matches.end() || at->index != begin || at->index + at->length != end)
        return 0;
    return at - m_matches.begin() + 1;
}

std::optional<Match> SearchResults::next(qsizetype from)
{
    const auto deadline = steady_clock::now() + kPatience;
    const auto firstFrom = [this, from] { return std::lower_bound(m_matches.begin(), m_matches.end(), from, startsBefore); };
    while (!m_complete && firstFrom() == m_matches.end() && steady_clock::now() < deadline)
        scan(std::min(deadline, steady_clock::now() + kSlice), std::numeric_limits<qsizetype>::max());
    const auto at = firstFrom();
    if (at != m_matches.end())
        return *at;
    if (!m_complete || m_matches.isEmpty())
        return std::nullopt;
    return m_matches.first();
}

std::optional<Match> SearchResults::previous(qsizetype from)
{
    const auto deadline = steady_clock::now() + kPatience;
    scan(deadline, from);
    const auto behind = std::lower_bound(m_matches.begin(), m_matches.end(), from, [](const Match &match, qsizetype index) {
        return match.index + match.length <= index;
    });
    if (behind != m_matches.begin())
        return *std::prev(behind);
    if (!m_complete)
        scan(deadline, std::numeric_limits<qsizetype>::max());
    if (!m_complete || m_matches.isEmpty())
        return std::nullopt;
    return m_matches.last();
}

bool SearchResults::finish()
{
    scan(steady_clock::now() + 10 * kPatience, std::numeric_limits<qsizetype>::max());
    return m_complete;
}

} // namespace ui
