// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstddef>
#include <deque>
#include <optional>

namespace client {

//! A document's own updates that the host has not acknowledged, in order. Pure: decides what to send next, sends nothing.
class Outbox
{
public:
    //! How much may be on its way unanswered; the rest waits here and is merged.
    static constexpr int kMaxInFlight = 32;
    static constexpr qsizetype kMaxBytesInFlight = 2 * 1024 * 1024;
    static constexpr qsizetype kMergedBytes = 256 * 1024;
    static constexpr std::size_t kMergedUpdates = 1024;

    struct Parcel
    {
        quint64 number = 0;
        QByteArray update;
    };

    //! \a edit: the number of the edit it comes from, counting up.
    void add(const QByteArray &update, quint64 edit);
    //! The next thing to send, now in flight; nullopt when nothing waits or enough is in flight. What waits together is
    //! merged into one update.
    std::optional<Parcel> next();
    //! On the host's disk, or given up.
    void done(quint64 number);
    //! Not taken: waits again, at its old place.
    void returned(quint64 number);
    //! The connection is gone: everything waits again.
    void allReturned();
    void clear();

    bool isEmpty() const { return m_entries.empty(); }
    bool hasWaiting() const { return m_inFlight < m_entries.size(); }
    //! Edits up to this number are done completely.
    quint64 doneUpTo() const;

private:
    struct Entry
    {
        quint64 number = 0;
        quint64 firstEdit = 0;
        bool isInFlight = false;
        QByteArray update;
    };

    std::deque<Entry>::iterator find(quint64 number);
    void mergeWaiting(std::size_t first);

    std::deque<Entry> m_entries;
    std::size_t m_inFlight = 0;
    qsizetype m_bytesInFlight = 0;
    quint64 m_lastNumber = 0;
    quint64 m_lastEdit = 0;
};

} // namespace client
