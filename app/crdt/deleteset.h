// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/base/varint.h"
#include "app/crdt/ids.h"

#include <functional>
#include <map>
#include <vector>

namespace crdt {

//! Clock ranges per client: what was deleted, or any other set of units.
class DeleteSet
{
public:
    struct Range
    {
        ClockValue clock = 0;
        ClockValue length = 0;

        ClockValue end() const { return clock + length; }
        friend bool operator==(const Range &, const Range &) = default;
    };
    //! Descending clients, the order on the wire.
    using Clients = std::map<ClientId, std::vector<Range>, std::greater<>>;

    void add(ClientId client, ClockValue clock, ClockValue length);
    void add(const DeleteSet &other);
    //! Sorts each client's ranges and joins those that touch or overlap.
    void normalise();
    //! Only after normalise().
    bool contains(ItemId id) const;
    bool isEmpty() const { return m_clients.empty(); }
    std::size_t rangeCount() const;
    const Clients &clients() const { return m_clients; }
    void clear() { m_clients.clear(); }

    void write(base::VarWriter &out) const;
    //! Fails the reader on counts that cannot be, ranges of length zero being skipped. Memory bounded by the input.
    static DeleteSet read(base::VarReader &in);

    friend bool operator==(const DeleteSet &, const DeleteSet &) = default;

private:
    Clients m_clients;
};

} // namespace crdt
