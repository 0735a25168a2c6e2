// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/deleteset.h"

#include <algorithm>

namespace crdt {

void DeleteSet::add(ClientId client, ClockValue clock, ClockValue length)
{
    if (length > 0)
        m_clients[client].push_back({clock, length});
}

void DeleteSet::add(const DeleteSet &other)
{
    for (const auto &[client, ranges] : other.m_clients) {
        auto &mine = m_clients[client];
        mine.insert(mine.end(), ranges.begin(), ranges.end());
    }
}

void DeleteSet::normalise()
{
    for (auto &[client, ranges] : m_clients) {
        std::ranges::sort(ranges, {}, &Range::clock);
        std::size_t kept = 0;
        for (std::size_t index = 1; index < ranges.size(); ++index) {
            if (ranges[index].clock <= ranges[kept].end())
                ranges[kept].length = std::max(ranges[kept].end(), ranges[index].end()) - ranges[kept].clock;
            else
                ranges[++kept] = ranges[index];
        }
        ranges.resize(std::min(ranges.size(), kept + 1));
    }
}

bool DeleteSet::contains(ItemId id) const
{
    const auto found = m_clients.find(id.client);
    if (found == m_clients.end())
        return false;
    const auto &ranges = found->second;
    const auto after = std::ranges::upper_bound(ranges, id.clock, {}, &Range::clock);
    return after != ranges.begin() && id.clock < std::prev(after)->end();
}

std::size_t DeleteSet::rangeCount() const
{
    std::size_t count = 0;
    for (const auto &entry : m_clients)
        count += entry.second.size();
    return count;
}

void DeleteSet::write(base::VarWriter &out) const
{
    out.varUint(m_clients.size());
    for (const auto &[client, ranges] : m_clients) {
        out.varUint(client);
        out.varUint(ranges.size());
        for (const Range &range : ranges) {
            out.varUint(range.clock);
            out.varUint(range.length);
        }
    }
}

DeleteSet DeleteSet::read(base::VarReader &in)
{
    DeleteSet result;
    for (std::size_t clients = in.count(2); clients > 0 && !in.failed(); --clients) {
        const ClientId client = in.varUint();
        std::size_t ranges = in.count(2);
        if (ranges == 0)
            continue;
        auto &list = result.m_clients[client];
        list.reserve(list.size() + ranges);
        for (; ranges > 0 && !in.failed(); --ranges) {
            const ClockValue clock = in.varUint();
            const ClockValue length = in.varUint();
            if (length > kMaxId - clock)
                in.fail();
            else if (length > 0)
                list.push_back({clock, length});
        }
        if (list.empty())
            result.m_clients.erase(client);
    }
    return result;
}

} // namespace crdt
