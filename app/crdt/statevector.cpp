// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/statevector.h"

#include "app/base/varint.h"

#include <algorithm>

namespace crdt {

ClockValue StateVector::of(ClientId client) const
{
    const auto found = m_clocks.find(client);
    return found == m_clocks.end() ? 0 : found->second;
}

void StateVector::set(ClientId client, ClockValue clock)
{
    if (clock == 0)
        m_clocks.erase(client);
    else
        m_clocks[client] = clock;
}

bool StateVector::covers(const StateVector &other) const
{
    return std::ranges::all_of(other.m_clocks, [this](const auto &entry) { return of(entry.first) >= entry.second; });
}

base::Bytes StateVector::encode() const
{
    base::VarWriter out;
    out.varUint(m_clocks.size());
    for (const auto &[client, clock] : m_clocks) {
        out.varUint(client);
        out.varUint(clock);
    }
    return out.take();
}

base::Result<StateVector> StateVector::decode(base::ByteView bytes)
{
    base::VarReader in(bytes);
    StateVector result;
    for (std::size_t left = in.count(2); left > 0; --left) {
        const ClientId client = in.varUint();
        result.set(client, in.varUint());
    }
    if (in.failed())
        return base::Unexpected(base::ErrorCode::Malformed, "state vector");
    return result;
}

} // namespace crdt
