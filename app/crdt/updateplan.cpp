// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/updateplan.h"

#include <algorithm>
#include <numeric>

namespace crdt {

UpdatePlan::UpdatePlan(const WireUpdate &update, StateOf stateOf) : m_update(update), m_stateOf(std::move(stateOf))
{
    makeQueues();
    run();
    std::ranges::stable_sort(m_rest, [&](std::uint32_t a, std::uint32_t b) {
        const WireStruct &left = m_update.structs[a];
        const WireStruct &right = m_update.structs[b];
        return left.client != right.client ? left.client > right.client : left.clock < right.clock;
    });
}

void UpdatePlan::makeQueues()
{
    for (const WireUpdate::Section &section : m_update.sections) {
        const auto [found, isNew] = m_queueIndex.emplace(section.client, m_queues.size());
        if (isNew)
            m_queues.push_back({section.client, {}, 0, m_stateOf(section.client)});
        auto &structs = m_queues[found->second].structs;
        const std::size_t before = structs.size();
        structs.resize(before + section.count);
        std::iota(structs.begin() + std::ptrdiff_t(before), structs.end(), section.first);
    }
    std::ranges::sort(m_queues, std::greater{}, &Queue::client);
    for (std::size_t index = 0; index < m_queues.size(); ++index)
        m_queueIndex[m_queues[index].client] = index;
}

UpdatePlan::Queue *UpdatePlan::queueOf(ClientId client)
{
    const auto found = m_queueIndex.find(client);
    return found == m_queueIndex.end() ? nullptr : &m_queues[found->second];
}

ClockValue UpdatePlan::stateAfter(ClientId client) const
{
    const auto found = m_queueIndex.find(client);
    return found == m_queueIndex.end() ? m_stateOf(client) : m_queues[found->second].state;
}

void UpdatePlan::run()
{
    std::size_t current = 0;
    for (;;) {
        std::uint32_t index;
        if (!m_stack.empty()) {
            index = m_stack.back();
            m_stack.pop_back();
        } else {
            while (current < m_queues.size() && m_queues[current].next == m_queues[current].structs.size())
                ++current;
            if (current == m_queues.size())
                return;
            index = m_queues[current].structs[m_queues[current].next++];
        }
        // Follow what is missing into the other queues until something can be decided.
        for (;;) {
            const WireStruct &one = m_update.structs[index];
            Queue *wanted = nullptr;
            const Verdict verdict = judge(one, wanted);
            if (verdict == Verdict::Integrate) {
                m_order.push_back(index);
                queueOf(one.client)->state = one.end();
            } else if (verdict == Verdict::Wait) {
                m_stack.push_back(index);
                if (wanted) {
                    index = wanted->structs[wanted->next++];
                    continue;
                }
                noteMissing(m_obstacle.first, m_obstacle.second);
                giveUp();
            }
            break;
        }
    }
}

UpdatePlan::Verdict UpdatePlan::judge(const WireStruct &one, Queue *&wanted)
{
    if (one.kind == ContentKind::Skip)
        return Verdict::Known;
    const ClockValue state = queueOf(one.client)->state;
    if (state < one.clock) {
        m_obstacle = {one.client, one.clock - 1};
        return Verdict::Wait;
    }
    if (one.kind != ContentKind::Gc) {
        ClockValue known = 0;
        const auto waitsFor = [&](ItemId id) {
            if (!isMissing(id, one.client, wanted, known))
                return false;
            m_obstacle = {id.client, known};
            return true;
        };
        if ((one.hasOrigin && waitsFor(one.origin)) || (one.hasRightOrigin && waitsFor(one.rightOrigin))
            || (one.parent == WireStruct::Parent::Item && waitsFor(one.parentItem())))
            return Verdict::Wait;
    }
    return state < one.end() ? Verdict::Integrate : Verdict::Known;
}

// Own units are covered by the rule that a client's structs have no gaps, except for references to the future, which
// only a broken peer makes: they can never be satisfied.
bool UpdatePlan::isMissing(ItemId id, ClientId of, Queue *&wanted, ClockValue &state)
{
    Queue *const queue = queueOf(id.client);
    state = queue ? queue->state : m_stateOf(id.client);
    if (id.clock < state)
        return false;
    wanted = id.client != of && queue && queue->next < queue->structs.size() ? queue : nullptr;
    return true;
}

void UpdatePlan::giveUp()
{
    for (const std::uint32_t index : m_stack) {
        m_rest.push_back(index);
        Queue &queue = *queueOf(m_update.structs[index].client);
        m_rest.insert(m_rest.end(), queue.structs.begin() + std::ptrdiff_t(queue.next), queue.structs.end());
        queue.next = queue.structs.size();
    }
    m_stack.clear();
}

void UpdatePlan::noteMissing(ClientId client, ClockValue clock)
{
    const auto [found, isNew] = m_missing.emplace(client, clock);
    if (!isNew)
        found->second = std::min(found->second, clock);
}

} // namespace crdt
