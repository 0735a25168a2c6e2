// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"

#include "app/crdt/growth.h"
#include "app/crdt/planted.h"
#include "app/crdt/update.h"
#include "app/crdt/updateplan.h"
#include "app/crdt/wirestruct.h"

#include <algorithm>
#include <tuple>

namespace crdt {

namespace {

// Integrating one struct passes few others. The honest worst case is two people who each inserted thousands of times at one
// place while apart: 5,000 against 5,000 are 25 million steps. An update made so that each struct passes all before it
// could stop the host for minutes; this ends it after some tenths of a second.
constexpr std::size_t kScanBudget = std::size_t{32} << 20;
// What a waiting delete range is taken to need when it counts against the limit for pending data.
constexpr std::size_t kPendingRangeBytes = 16;

} // namespace

//! One call of applyUpdate(): decide everything that can fail, then change the document. Internal.
class UpdateApplier
{
public:
    UpdateApplier(Engine &engine, const WireUpdate &update) : m_engine(engine), m_update(update) {}

    //! Nothing has been touched if this fails.
    base::Result<void> prepare();
    //! The structs, then the deletes, then whatever was waiting for what came. Inside a transaction, which must be
    //! rolled back if this fails: the work exceeds the budget.
    bool run();

private:
    ClockValue stateAfter(ClientId client) const
    {
        if (m_plan)
            return m_plan->stateAfter(client);
        const ClockValue state = m_engine.state(client);
        const bool isNew = !m_update.structs.empty() && m_update.structs[0].client == client;
        return isNew ? std::max(state, m_update.structs.back().end()) : state;
    }
    base::Result<void> checkLimits();
    base::Result<void> preparePending();
    void applyDelete(ClientId client, ClockValue from, ClockValue to, DeleteSet &unknown);
    void applyDeletes();
    bool integrate();
    bool retryPending();

    Engine &m_engine;
    const WireUpdate &m_update;
    std::optional<UpdatePlan> m_plan;        // none: integrate all structs in the order given
    std::optional<Engine::Pending> m_newPending;
};

base::Result<void> UpdateApplier::prepare()
{
    const auto stateOf = [this](ClientId client) { return ClockValue(m_engine.state(client)); };
    if (!isPlainlyApplicable(m_update, stateOf))
        m_plan.emplace(m_update, stateOf);
    if (const auto checked = checkLimits(); !checked)
        return checked;
    return preparePending();
}

base::Result<void> UpdateApplier::checkLimits()
{
    const auto fits = [](const WireStruct &one) { return one.end() <= kMaxDocumentClock; };
    const bool allFit = m_plan
        ? std::ranges::all_of(m_plan->order(), [&](std::uint32_t index) { return fits(m_update.structs[index]); })
        : std::ranges::all_of(m_update.structs, fits);
    if (!allFit)
        return base::Unexpected(base::ErrorCode::TooLarge, "clock above 2^32");
    if (m_engine.clients.size() + m_update.sections.size() > kMaxClients)
        return base::Unexpected(base::ErrorCode::TooMany, "clients in a document");
    return {};
}

base::Result<void> UpdateApplier::preparePending()
{
    std::size_t waiting = 0;
    for (const WireDelete &range : m_update.deletes)
        waiting += range.clock + range.length > stateAfter(range.client) ? kPendingRangeBytes : 0;
    if (waiting > 0)
        waiting += m_engine.pendingDeletes.rangeCount() * kPendingRangeBytes;
    std::size_t structs = 0;
    if (m_plan && !m_plan->rest().empty()) {
        SectionWriter writer;
        for (const std::uint32_t index : m_plan->rest()) {
            const WireStruct &one = m_update.structs[index];
            writer.begin(one.client, one.clock);
            writeStruct(writer.body(), m_update, one, 0);
        }
        m_newPending = Engine::Pending{writer.finish({}), m_plan->missing()};
        if (const auto &old = m_engine.pendingStructs) {
            const base::Bytes both[] = {old->update, m_newPending->update};
            auto merged = mergeUpdates(both);
            if (!merged)
                return merged.unexpected();
            m_newPending->update = std::move(*merged);
            for (const auto &[client, clock] : old->missing) {
                const auto [found, isNew] = m_newPending->missing.emplace(client, clock);
                if (!isNew)
                    found->second = std::min(found->second, clock);
            }
        }
        structs = m_newPending->update.size();
    }
    if (waiting + structs > m_engine.options.maxPendingBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "too much waits for missing updates");
    return {};
}

bool UpdateApplier::integrate()
{
    const std::size_t count = m_plan ? m_plan->order().size() : m_update.structs.size();
    if (count > 64)
        makeRoom(m_engine.items, count);
    const std::size_t limit = m_engine.m_scanSteps + kScanBudget;
    if (m_plan) {
        for (const std::uint32_t index : m_plan->order()) {
            m_engine.integrate(m_update, m_update.structs[index]);
            if (m_engine.m_scanSteps > limit)
                return false;
        }
        return true;
    }
    const ClockValue known = m_update.structs.empty() ? 0 : m_engine.state(m_update.structs[0].client);
    for (const WireStruct &one : m_update.structs) {
        if (one.end() > known)
            m_engine.integrate(m_update, one);
        if (m_engine.m_scanSteps > limit)
            return false;
    }
    return true;
}

bool UpdateApplier::run()
{
    if (!integrate())
        return false;
    auto &pending = m_engine.pendingStructs;
    const bool retry = pending && std::ranges::any_of(pending->missing, [this](const auto &entry) {
        return entry.second < m_engine.state(entry.first);
    });
    if (m_newPending)
        pending = std::move(m_newPending);
    applyDeletes();
    // Packing takes time in proportion to the document, so most of it must be new.
    constexpr std::size_t kWorthPacking = 256;
    const std::size_t made = m_update.structs.size();
    if (made >= kWorthPacking && made >= m_engine.items.size() / 2)
        m_engine.active().loaded = true;
    if (retry && isPlanted(Defect::LostWaiting))
        pending.reset();
    return !retry || !pending || retryPending();
}

void UpdateApplier::applyDeletes()
{
    if (m_update.deletes.empty() && m_engine.pendingDeletes.isEmpty())
        return;
    DeleteSet unknown;
    for (const WireDelete &range : m_update.deletes)
        applyDelete(range.client, range.clock, range.clock + range.length + isPlanted(Defect::DeletesOneMore), unknown);
    const DeleteSet waited = std::exchange(m_engine.pendingDeletes, {});
    for (const auto &[client, ranges] : waited.clients()) {
        for (const DeleteSet::Range &range : ranges)
            applyDelete(client, range.clock, range.end(), unknown);
    }
    unknown.normalise();
    m_engine.pendingDeletes = std::move(unknown);
}

void UpdateApplier::applyDelete(ClientId client, ClockValue from, ClockValue to, DeleteSet &unknown)
{
    const ClockValue state = m_engine.state(client);
    if (to > state)
        unknown.add(client, std::max(from, state), to - std::max(from, state));
    if (from >= state)
        return;
    const ClientRef ref = *m_engine.findClient(client);
    const std::uint32_t end = std::uint32_t(std::min<ClockValue>(to, state));
    ItemRef item = m_engine.itemAt(ref, std::uint32_t(from));
    if (!m_engine.items[item].deleted)
        item = m_engine.itemStartingAt(ref, std::uint32_t(from));
    for (;;) {
        const std::uint32_t itemEnd = m_engine.items[item].end();
        if (!m_engine.items[item].deleted) {
            if (itemEnd > end)
                m_engine.split(item, end - m_engine.items[item].clock);
            m_engine.deleteItem(item);
        }
        if (itemEnd >= end)
            return;
        item = m_engine.itemAt(ref, itemEnd);
    }
}

// The structs were checked when they first came; only their order is decided again.
bool UpdateApplier::retryPending()
{
    const base::Bytes update = std::move(m_engine.pendingStructs->update);
    m_engine.pendingStructs.reset();
    WireUpdate decoded;
    if (!decodeUpdate(update, decoded, true))
        return false;
    UpdateApplier again(m_engine, decoded);
    return again.prepare() && again.run();
}

base::Result<void> Engine::applyUpdate(base::ByteView update, Origin origin)
{
    // An observer may apply another update while this one is in use.
    std::unique_ptr<WireUpdate> wire = m_wire ? std::move(m_wire) : std::make_unique<WireUpdate>();
    if (const auto read = decodeUpdate(update, *wire, true); !read)
        return read;
    UpdateApplier applier(*this, *wire);
    if (const auto ready = applier.prepare(); !ready)
        return ready;
    std::optional<std::pair<std::optional<Pending>, DeleteSet>> pendingBefore;
    if (pendingStructs || !pendingDeletes.isEmpty())
        pendingBefore.emplace(pendingStructs, pendingDeletes);
    // Inside somebody's own transaction it gets one for itself, or rolling back would take back their edits as well.
    std::unique_ptr<Transaction> outer = std::move(m_active);
    const int depth = std::exchange(m_depth, 0);
    beginTransaction(origin);
    m_active->local = false;
    const bool done = applier.run();
    std::vector<Transaction::Advance> advances;   // as they are before a roll-back; only an outer transaction asks
    if (outer)
        advances = m_active->advances;
    if (!done) {
        rollBack();
        std::tie(pendingStructs, pendingDeletes) = std::move(pendingBefore).value_or(std::pair<std::optional<Pending>, DeleteSet>());
    }
    if (outer)
        joinOuter(std::move(outer), advances);
    m_depth += depth;
    constexpr std::size_t kKeptStructs = 256;
    if (wire->structs.capacity() + wire->sections.capacity() + wire->deletes.capacity() <= kKeptStructs)
        m_wire = std::move(wire);
    endTransaction();
    if (!done)
        return base::Unexpected(base::ErrorCode::TooLarge, "update needs too much work");
    return {};
}

// Makes the active transaction a part of the one around it. `advances`: of the former, before a roll-back.
void Engine::joinOuter(std::unique_ptr<Transaction> outer, const std::vector<Transaction::Advance> &advances)
{
    const std::unique_ptr<Transaction> inner = std::exchange(m_active, std::move(outer));
    const bool isEmpty = inner->advances.empty();
    for (const Transaction::Advance &made : advances) {
        auto known = std::ranges::find(m_active->advances, made.client, &Transaction::Advance::client);
        if (known == m_active->advances.end()) {
            if (isEmpty)
                continue;
            known = m_active->advances.insert(known, made);
        }
        known->madeItems = known->madeItems || made.madeItems;
        clients[made.client].advancedIn = m_active->number;
        clients[made.client].advanceSlot = std::uint32_t(known - m_active->advances.begin());
    }
    for (const std::uint32_t type : inner->changedTypes) {
        types[type]->changedIn = 0;
        if (std::ranges::find(m_active->changedTypes, type) == m_active->changedTypes.end())
            touch(type);
        else
            types[type]->changedIn = m_active->number;
    }
    const auto append = [](auto &to, const auto &from) { to.insert(to.end(), from.begin(), from.end()); };
    append(m_active->deleted, inner->deleted);
    append(m_active->mergeSpots, inner->mergeSpots);
    append(m_active->damages, inner->damages);
    m_active->loaded = m_active->loaded || inner->loaded;
    m_active->local = m_active->local && isEmpty && inner->deleted.empty();
}

// Only what applying structs and deletes can have done; splits are left for merging to undo.
void Engine::rollBack()
{
    for (const UnitRange &range : m_active->deleted) {
        forItems(range.client, range.clock, range.end(), [this](ItemRef ref) {
            Item &item = items[ref];
            if (item.isGc() || !item.deleted)
                return;
            item.deleted = 0;
            sequences.addVisible(ref, item.visible());
        });
    }
    for (const Transaction::Advance &made : m_active->advances) {
        ClientStructs &client = clients[made.client];
        while (!client.index.isEmpty() && items[client.index.last()].end() > made.before) {
            const ItemRef ref = client.index.last();
            Item &item = items[ref];
            if (item.clock < made.before) {
                const std::uint32_t visible = item.visible();
                item.length = made.before - item.clock;
                sequences.addVisible(ref, item.visible() - visible);
                break;
            }
            if (!item.isGc()) {
                const SequenceRef list = sequences.of(item);
                sequences.remove(ref);
                if (sequences.isKeyed(list) && sequences.first(list) == kNoRef) {
                    types[sequences.owner(list)]->keys.erase(sequences.key(list));
                    sequences.destroy(list);
                }
            }
            client.index.remove(client.index.find(items, item.clock), items);
            discard(ref);
        }
        client.state = made.before;
        client.text.truncate(made.textSize);
        while (client.values.size() > made.valueCount) {
            client.valueBytes -= client.values.back().heapBytes();
            client.values.pop_back();
        }
        client.storedText = made.textSize;
        client.storedValues = made.valueCount;
    }
    for (const Transaction::Damage &damage : m_active->damages) {
        TextStore &text = clients[damage.client].text;
        if (damage.offset + 2 <= text.size()) {
            text.set(damage.offset, damage.high);
            text.set(damage.offset + 1, damage.low);
        }
    }
    // Or refused updates could fill the memory one after the other.
    for (; types.size() > m_active->typeCount; types.pop_back()) {
        const TypeNode &type = *types.back();
        sequences.destroy(type.list);
        if (type.item == kNoRef)
            m_roots.erase(type.name);
    }
    for (; clients.size() > m_active->clientCount; clients.pop_back())
        clientRefs.erase(clients.back().id);
    m_lastClient = {0, kNoClient};
    std::erase_if(m_active->changedTypes, [this](std::uint32_t type) { return type >= types.size(); });
    m_active->deleted.clear();
    m_active->advances.clear();
    m_active->damages.clear();
    std::erase_if(m_active->mergeSpots, [this](const UnitRange &spot) { return spot.client >= clients.size(); });
}

} // namespace crdt
