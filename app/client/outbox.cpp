// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/outbox.h"

#include "app/crdt/update.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace client {

void Outbox::add(const QByteArray &update, quint64 edit)
{
    m_entries.push_back({.number = ++m_lastNumber, .firstEdit = edit, .update = update});
    m_lastEdit = edit;
}

std::optional<Outbox::Parcel> Outbox::next()
{
    if (m_inFlight >= kMaxInFlight || m_bytesInFlight >= kMaxBytesInFlight)
        return std::nullopt;
    const auto found = std::ranges::find(m_entries, false, &Entry::isInFlight);
    if (found == m_entries.end())
        return std::nullopt;
    const auto first = std::size_t(found - m_entries.begin());
    mergeWaiting(first);
    Entry &entry = m_entries[first];
    entry.isInFlight = true;
    ++m_inFlight;
    m_bytesInFlight += entry.update.size();
    return Parcel{entry.number, entry.update};
}

void Outbox::mergeWaiting(std::size_t first)
{
    std::vector<base::Bytes> updates;
    qsizetype bytes = 0;
    for (std::size_t i = first; i < m_entries.size() && updates.size() < kMergedUpdates; ++i) {
        const Entry &entry = m_entries[i];
        bytes += entry.update.size();
        if (entry.isInFlight || bytes > kMergedBytes)
            break;
        updates.emplace_back(entry.update.begin(), entry.update.end());
    }
    if (updates.size() < 2)
        return;
    const auto merged = crdt::mergeUpdates(updates);
    if (!merged)
        return;
    const auto begin = m_entries.begin() + std::ptrdiff_t(first);
    begin->update = QByteArray(reinterpret_cast<const char *>(merged->data()), qsizetype(merged->size()));
    m_entries.erase(begin + 1, begin + std::ptrdiff_t(updates.size()));
}

std::deque<Outbox::Entry>::iterator Outbox::find(quint64 number)
{
    const auto found = std::ranges::lower_bound(m_entries, number, {}, &Entry::number);
    return found != m_entries.end() && found->number == number ? found : m_entries.end();
}

void Outbox::done(quint64 number)
{
    returned(number);
    const auto entry = find(number);
    if (entry != m_entries.end())
        m_entries.erase(entry);
}

void Outbox::returned(quint64 number)
{
    const auto entry = find(number);
    if (entry == m_entries.end() || !std::exchange(entry->isInFlight, false))
        return;
    --m_inFlight;
    m_bytesInFlight -= entry->update.size();
}

void Outbox::allReturned()
{
    for (Entry &entry : m_entries)
        entry.isInFlight = false;
    m_inFlight = 0;
    m_bytesInFlight = 0;
}

void Outbox::clear()
{
    m_entries.clear();
    m_inFlight = 0;
    m_bytesInFlight = 0;
}

quint64 Outbox::doneUpTo() const
{
    return m_entries.empty() ? m_lastEdit : m_entries.front().firstEdit - 1;
}

} // namespace client
