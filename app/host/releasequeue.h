// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <deque>
#include <functional>

namespace host {

//! What people are about to be told of one document, in order, each part held until what it tells of is on disk.
//!
//! A host that was killed knows only what is in its log. Had somebody seen more, and the one who typed it did not come
//! back, the two would differ for ever: so nobody sees what could still be lost. Not thread-safe.
class ReleaseQueue
{
public:
    using Action = std::function<void()>;
    using Ticket = quint64;

    //! \a action runs once release() was called and everything added before has run.
    Ticket hold(Action action);
    //! Once for each hold(), in any order.
    void release(Ticket ticket);
    //! \a action runs once everything held before has run: now, if nothing is.
    void after(Action action);
    bool isEmpty() const { return m_entries.empty(); }

private:
    struct Entry
    {
        Ticket ticket = 0;
        bool isReleased = false;
        Action action;
    };

    void run();

    std::deque<Entry> m_entries;
    Ticket m_lastTicket = 0;
    bool m_isRunning = false;
};

} // namespace host
