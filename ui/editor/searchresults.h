// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/textedit.h"
#include "ui/editor/textsearch.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace ui {

class TextBuffer;

//! All matches of a query in a text, found from the top in slices from the event loop and kept right through edits.
class SearchResults final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMaxMatches = 1'000'000;
    static constexpr std::chrono::milliseconds kSlice{4};
    //! What next(), previous() and finish() may take at once.
    static constexpr std::chrono::milliseconds kPatience{500};

    explicit SearchResults(const TextBuffer &buffer, QObject *parent = nullptr);

    void setQuery(const SearchQuery &query);
    const TextSearch &search() const { return m_search; }

    //! The text changed; \a edits in the order they were made.
    void edited(const QList<TextEdit> &edits);
    //! The text is another one.
    void restart();

    qsizetype count() const { return m_matches.size(); }
    bool isComplete() const { return m_complete; }
    //! True when matches may be missing: too many of them, or lines on which an expression gave up.
    bool isLimited() const { return m_limited; }
    const QList<Match> &matches() const { return m_matches; }
    QList<Match> matchesIn(qsizetype from, qsizetype to) const;
    //! From 1; 0 when [begin, end) is no match.
    qsizetype ordinal(qsizetype begin, qsizetype end) const;
    bool isMatch(qsizetype begin, qsizetype end) const { return ordinal(begin, end) > 0; }

    //! The first match that starts at or behind \a from, going on at the top; nothing when there is none, or when finding
    //! it takes more than kPatience (then changed() tells about progress).
    std::optional<Match> next(qsizetype from);
    //! The last match that ends at or before \a from, going on at the bottom.
    std::optional<Match> previous(qsizetype from);
    //! Searches the rest of the text at once. \returns false when that takes too long
    bool finish();

Q_SIGNALS:
    void changed();

private:
    void scan(std::chrono::steady_clock::time_point deadline, qsizetype untilIndex);
    void scanBlock();
    void editedOnce(const TextEdit &edit);
    void schedule();

    const TextBuffer &m_buffer;
    TextSearch m_search;
    QList<Match> m_matches;     // ascending, disjoint
    qsizetype m_scanned = 0;    // start of the first line not searched yet
    bool m_complete = true;
    bool m_limited = false;
    QTimer m_timer;
};

} // namespace ui
