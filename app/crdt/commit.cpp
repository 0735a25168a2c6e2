// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace crdt {

std::uint32_t Transaction::before(ClientRef client, std::uint32_t now) const
{
    const auto found = std::ranges::lower_bound(advances, client, {}, &Advance::client);
    return found != advances.end() && found->client == client ? found->before : now;
}

bool Transaction::isDeletedHere(ClientRef client, std::uint32_t clock) const
{
    const auto after = std::ranges::upper_bound(deleted, std::pair(client, clock), {}, [](const UnitRange &range) {
        return std::pair(ClientRef(range.client), range.clock);
    });
    return after != deleted.begin() && std::prev(after)->client == client && clock < std::prev(after)->end();
}

// Few clients are looked for one by one; somebody may send the deletions of a hundred thousand.
bool Transaction::isNewInOrder(ClientRef client, std::unordered_set<ClientRef> &seen) const
{
    constexpr std::size_t kFew = 16;
    if (deletedOrder.size() < kFew)
        return std::ranges::find(deletedOrder, client) == deletedOrder.end();
    if (seen.empty())
        seen.insert(deletedOrder.begin(), deletedOrder.end());
    return seen.insert(client).second;
}

void Transaction::finish()
{
    if (advances.size() > 1)
        std::ranges::sort(advances, {}, &Advance::client);
    std::unordered_set<ClientRef> seen;
    for (const UnitRange &range : deleted) {
        if (deletedOrder.empty() || (deletedOrder.back() != range.client && isNewInOrder(range.client, seen)))
            deletedOrder.push_back(range.client);
    }
    if (deleted.size() < 2)
        return;
    std::ranges::sort(deleted, [](const UnitRange &a, const UnitRange &b) {
        return a.client != b.client ? a.client < b.client : a.clock < b.clock;
    });
    std::size_t kept = 0;
    for (std::size_t index = 1; index < deleted.size(); ++index) {
        const UnitRange range = deleted[index];
        if (range.client == deleted[kept].client && range.clock <= deleted[kept].end())
            deleted[kept].length = std::max(deleted[kept].end(), range.end()) - deleted[kept].clock;
        else
            deleted[++kept] = range;
    }
    deleted.resize(kept + 1);
}

void Engine::beginTransaction(Origin origin)
{
    if (m_depth++ > 0)
        return;
    m_active = m_spare ? std::move(m_spare) : std::make_unique<Transaction>();
    m_active->clear();
    m_active->origin = origin;
    m_active->local = true;
    m_active->loaded = false;
    m_active->number = ++m_transactions;
    m_active->typeCount = types.size();
    m_active->clientCount = clients.size();
}

void Engine::endTransaction()
{
    if (--m_depth > 0)
        return;
    if (m_committing) {
        m_queue.push_back(std::move(m_active));
        return;
    }
    m_committing = true;
    std::unique_ptr<Transaction> transaction = std::move(m_active);
    for (;;) {
        commit(*transaction);
        if (!m_spare && transaction->isSmall())
            m_spare = std::move(transaction);
        if (m_queue.empty())
            break;
        transaction = std::move(m_queue.front());
        m_queue.pop_front();
    }
    m_committing = false;
}

// The order is that of Yjs: observers and undo see contents that garbage collection then discards.
void Engine::commit(Transaction &transaction)
{
    transaction.finish();
    notifyTexts(transaction);
    for (std::size_t index = 0; index < m_hooks.size(); ++index)
        m_hooks[index].second(transaction);
    cleanFormats(transaction);
    if (options.gc) {
        // No other transaction may be waiting that has still to tell what it deleted.
        if (!m_released.empty() && m_queue.empty()) {
            const std::vector<UnitRange> released = std::exchange(m_released, {});
            collectGarbage(released);
            for (const UnitRange &range : released)
                mergeBoundaries(range.client, range.clock, range.end());
        }
        if (!transaction.deleted.empty())
            collectGarbage(transaction.deleted);
    }
    mergeItems(transaction);
    if (transaction.loaded)
        pack();
    leaveTakenClientId(transaction);
    notifyUpdate(transaction);
}

void Engine::collectGarbage(const std::vector<UnitRange> &ranges)
{
    std::vector<ItemRef> found = std::exchange(m_scratchItems, {});
    for (const UnitRange &range : ranges) {
        found.clear();
        forItems(range.client, range.clock, range.end(), [&](ItemRef ref) {
            const Item &item = items[ref];
            if (item.deleted && !item.keep && !item.isGc() && item.kind() != ContentKind::Deleted)
                found.push_back(ref);
        });
        for (const ItemRef ref : found) {
            if (items[ref].isGc())   // a child of a type collected just now
                continue;
            if (const std::uint32_t type = typeIn(items[ref]); type != kNoRef)
                collectChildren(type);
            discardContent(items[ref]);
            items[ref].setKind(ContentKind::Deleted);
        }
        compact(clients[range.client]);
    }
    constexpr std::size_t kKept = 256;
    if (found.capacity() <= kKept)
        m_scratchItems = std::move(found);
}

// Children of a type that is gone can never be seen again: only their clocks remain.
void Engine::collectChildren(std::uint32_t root)
{
    std::vector<std::uint32_t> waiting{root};
    std::vector<ItemRef> children;
    while (!waiting.empty()) {
        TypeNode &type = *types[waiting.back()];
        waiting.pop_back();
        children.clear();
        for (ItemRef child = sequences.first(type.list); child != kNoRef; child = sequences.next(child))
            children.push_back(child);
        for (const auto &entry : type.keys) {
            for (ItemRef child = sequences.first(entry.second); child != kNoRef; child = sequences.next(child))
                children.push_back(child);
        }
        for (const ItemRef child : children) {
            if (const std::uint32_t nested = typeIn(items[child]); nested != kNoRef)
                waiting.push_back(nested);
            replaceByGc(child);
        }
        sequences.destroy(type.list);
        for (const auto &entry : type.keys)
            sequences.destroy(entry.second);
        type.keys.clear();
        type.list = kNoRef;
        type.item = kNoRef;
        type.isDead = true;
    }
}

void Engine::replaceByGc(ItemRef ref)
{
    Item &item = items[ref];
    discardContent(item);
    item.setKind(ContentKind::Gc);
    item.deleted = 1;
    item.keep = 0;
    item.redone = 0;
    item.leaf = kNoRef;
    item.originClient = kNoClient;
    item.rightClient = kNoClient;
}

void Engine::mergeItems(const Transaction &transaction)
{
    for (const UnitRange &range : transaction.deleted)
        mergeBoundaries(range.client, range.clock, range.end());
    for (const Transaction::Advance &made : transaction.advances) {
        if (made.madeItems)
            mergeFrom(made.client, clients[made.client].index.find(items, made.before), clients[made.client].state);
    }
    for (const UnitRange &spot : transaction.mergeSpots) {
        ClientStructs &client = clients[spot.client];
        if (spot.clock >= client.state)
            continue;
        const ClockIndex::Cursor item = client.index.find(items, spot.clock);
        mergeFrom(spot.client, item, items[client.index.at(item)].end());
    }
}

// Merges across every boundary at a clock from `from` to `to`, both included.
void Engine::mergeBoundaries(ClientRef client, std::uint32_t from, std::uint32_t to)
{
    ClockIndex &index = clients[client].index;
    ClockIndex::Cursor first = index.find(items, from);
    if (items[index.at(first)].clock < from)
        index.advance(first);
    if (!index.isEnd(first))
        mergeFrom(client, first, to);
}

// Merges across the boundary before `right`, and the following ones at clocks up to `to`. Where the first can be merged, those
// before it are tried as well until one cannot: Yjs 13.6 does, and finds children of deleted types there that nobody named.
void Engine::mergeFrom(ClientRef client, ClockIndex::Cursor right, std::uint32_t to)
{
    ClockIndex &index = clients[client].index;
    auto left = right;
    if (!index.retreat(left))
        index.advance(right);
    for (bool isFirst = true; !index.isEnd(right) && items[index.at(right)].clock <= to; isFirst = false) {
        if (tryMerge(client, left, right)) {
            for (auto before = left; isFirst && index.retreat(before) && tryMerge(client, before, left); before = left)
                left = before;
            right = left;
        } else {
            left = right;
        }
        index.advance(right);
    }
}

bool Engine::tryMerge(ClientRef client, ClockIndex::Cursor &leftAt, ClockIndex::Cursor rightAt)
{
    ClockIndex &index = clients[client].index;
    const ItemRef leftRef = index.at(leftAt);
    const ItemRef rightRef = index.at(rightAt);
    Item &left = items[leftRef];
    Item &right = items[rightRef];
    if (left.kind() != right.kind())
        return false;
    if (!left.isGc()) {
        const ContentKind kind = left.kind();
        const bool canMerge = kind == ContentKind::String || kind == ContentKind::Any || kind == ContentKind::Json
            || kind == ContentKind::Deleted;
        if (!canMerge || left.deleted != right.deleted || left.redone || right.redone || right.originClient != client
            || right.originClock != left.lastClock() || !left.hasSameRightOrigin(right)
            || sequences.next(leftRef) != rightRef)
            return false;
        const std::uint32_t visible = right.visible();
        sequences.remove(rightRef);
        left.length += right.length;
        sequences.addVisible(leftRef, visible);
        left.keep |= right.keep;
    } else {
        left.length += right.length;
    }
    leftAt = index.remove(rightAt, items);
    discard(rightRef);
    return true;
}

void Engine::leaveTakenClientId(const Transaction &transaction)
{
    if (transaction.local)
        return;
    const auto isTaken = [this](const Transaction::Advance &made) { return clients[made.client].id == localClient; };
    if (std::ranges::none_of(transaction.advances, isTaken))
        return;
    do
        localClient = options.random->next32();
    while (localClient == 0 || findClient(localClient));
}

} // namespace crdt
