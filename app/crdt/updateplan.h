// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/ids.h"
#include "app/crdt/wirestruct.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <vector>

namespace crdt {

//! Decides in which order the structs of an update can be integrated and which have to wait, without touching the
//! document. Internal to this folder.
//!
//! It is the procedure of Yjs with its habit of retrying late (only the last obstacle is noted), so that both show the
//! same intermediate states.
class UpdatePlan
{
public:
    using StateOf = std::function<ClockValue(ClientId)>;

    UpdatePlan(const WireUpdate &update, StateOf stateOf);

    //! Indexes into the update's structs.
    const std::vector<std::uint32_t> &order() const { return m_order; }
    //! Structs that wait, by client (descending) and clock.
    const std::vector<std::uint32_t> &rest() const { return m_rest; }
    //! What they wait for.
    const std::map<ClientId, ClockValue> &missing() const { return m_missing; }
    //! The state of a client once order() has been integrated.
    ClockValue stateAfter(ClientId client) const;

private:
    struct Queue
    {
        ClientId client = 0;
        std::vector<std::uint32_t> structs;
        std::size_t next = 0;
        ClockValue state = 0;
    };

    enum class Verdict { Integrate, Known, Wait };

    void makeQueues();
    void run();
    Verdict judge(const WireStruct &one, Queue *&wanted);
    bool isMissing(ItemId id, ClientId of, Queue *&wanted, ClockValue &state);
    void giveUp();
    void noteMissing(ClientId client, ClockValue clock);
    Queue *queueOf(ClientId client);

    const WireUpdate &m_update;
    StateOf m_stateOf;
    std::vector<Queue> m_queues;                            // descending by client
    std::unordered_map<ClientId, std::size_t> m_queueIndex;
    std::vector<std::uint32_t> m_stack;
    std::vector<std::uint32_t> m_order;
    std::vector<std::uint32_t> m_rest;
    std::map<ClientId, ClockValue> m_missing;
    std::pair<ClientId, ClockValue> m_obstacle;
};

//! Whether every struct of \a update can be integrated in the order given: the usual case, decided without allocating.
//! \a stateOf: the state of a client in the document.
template <typename StateOf>
bool isPlainlyApplicable(const WireUpdate &update, StateOf &&stateOf)
{
    if (update.sections.size() != 1 || update.structs.empty())
        return update.structs.empty();
    const ClientId client = update.sections[0].client;
    const ClockValue before = stateOf(client);
    if (before < update.structs.front().clock)
        return false;
    ItemId checked{client, 0};   // mostly the same neighbour again
    for (const WireStruct &one : update.structs) {
        if (one.kind == ContentKind::Skip)
            return false;
        const auto isThere = [&](ItemId id) {
            if (id.client == client)
                return id.clock < std::max(before, one.clock);
            if (checked.client != id.client)
                checked = {id.client, stateOf(id.client)};
            return id.clock < checked.clock;
        };
        if ((one.hasOrigin && !isThere(one.origin)) || (one.hasRightOrigin && !isThere(one.rightOrigin))
            || (one.parent == WireStruct::Parent::Item && !isThere(one.parentItem())))
            return false;
    }
    return true;
}

} // namespace crdt
