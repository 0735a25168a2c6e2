// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/releasequeue.h"

#include <algorithm>
#include <utility>

namespace host {

ReleaseQueue::Ticket ReleaseQueue::hold(Action action)
{
    m_entries.push_back({++m_lastTicket, false, std::move(action)});
    return m_lastTicket;
}

void ReleaseQueue::release(Ticket ticket)
{
    const auto entry = std::ranges::lower_bound(m_entries, ticket, {}, &Entry::ticket);
    Q_ASSERT(entry != m_entries.end() && entry->ticket == ticket);
    entry->isReleased = true;
    run();
}

void ReleaseQueue::after(Action action)
{
    m_entries.push_back({++m_lastTicket, true, std::move(action)});
    run();
}

void ReleaseQueue::run()
{
    // An action that adds another has its own turn to finish first.
    if (std::exchange(m_isRunning, true))
        return;
    while (!m_entries.empty() && m_entries.front().isReleased) {
        const Action action = std::move(m_entries.front().action);
        m_entries.pop_front();
        action();
    }
    m_isRunning = false;
}

} // namespace host
