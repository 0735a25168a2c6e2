// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/crdt/ids.h"

#include <functional>
#include <map>

namespace crdt {

//! What a replica has: per client the first clock it does not have. Clients it has nothing of are absent.
class StateVector
{
public:
    //! Descending, because that is the order on the wire.
    using Clocks = std::map<ClientId, ClockValue, std::greater<>>;

    //! The first missing clock of \a client; 0 for an unknown one.
    ClockValue of(ClientId client) const;
    void set(ClientId client, ClockValue clock);
    //! Whether everything \a other has is here as well.
    bool covers(const StateVector &other) const;
    const Clocks &clocks() const { return m_clocks; }
    bool isEmpty() const { return m_clocks.empty(); }

    base::Bytes encode() const;
    //! Errors: Malformed. Memory is bounded by the number of bytes given; trailing bytes are ignored as in Yjs.
    static base::Result<StateVector> decode(base::ByteView bytes);

    friend bool operator==(const StateVector &, const StateVector &) = default;

private:
    Clocks m_clocks;
};

} // namespace crdt
