// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"

#include "app/crdt/utf.h"

#include <algorithm>

// What observers are told.
namespace crdt {

namespace {

// A run of units that appeared or vanished, and where.
struct TouchedRun
{
    std::uint64_t order = 0;       // of its item in the list
    std::uint32_t offset = 0;      // inside the item
    std::uint32_t length = 0;
    std::uint32_t index = 0;       // visible units before it, after the transaction
    ItemRef item = kNoRef;
    bool inserted = false;
};

class DeltaBuilder
{
public:
    void retainTo(std::size_t index)
    {
        if (index > m_at)
            m_deltas.push_back({TextDelta::Kind::Retain, index - m_at, {}});
        m_at = index;
    }
    void remove(std::size_t length)
    {
        if (m_deltas.empty() || m_deltas.back().kind != TextDelta::Kind::Delete)
            m_deltas.push_back({TextDelta::Kind::Delete, 0, {}});
        m_deltas.back().length += length;
    }
    std::u16string &insert(std::size_t length)
    {
        if (m_deltas.empty() || m_deltas.back().kind != TextDelta::Kind::Insert)
            m_deltas.push_back({TextDelta::Kind::Insert, 0, {}});
        m_deltas.back().length += length;
        m_at += length;
        return m_deltas.back().text;
    }
    std::vector<TextDelta> take() { return std::move(m_deltas); }

private:
    std::vector<TextDelta> m_deltas;
    std::size_t m_at = 0;
};

} // namespace

std::vector<TextDelta> Engine::textDelta(const Transaction &transaction, std::uint32_t type) const
{
    const SequenceRef list = types[type]->list;
    std::vector<TouchedRun> runs;
    const auto add = [&](ItemRef ref, std::uint32_t from, std::uint32_t to, bool inserted) {
        const Item &item = items[ref];
        if (item.isGc() || !item.isCountable() || bool(item.deleted) == inserted || sequences.of(item) != list)
            return;
        const std::uint32_t begin = std::max(from, item.clock) - item.clock;
        const std::uint32_t end = std::min(to, item.end()) - item.clock;
        const std::uint32_t index = sequences.rank(ref) + (inserted ? begin : 0);
        runs.push_back({sequences.order(ref), begin, end - begin, index, ref, inserted});
    };
    for (const Transaction::Advance &made : transaction.advances) {
        const std::uint32_t state = clients[made.client].state;
        forItems(made.client, made.before, state, [&](ItemRef ref) { add(ref, made.before, state, true); });
    }
    for (const UnitRange &range : transaction.deleted) {
        // What appeared and vanished in one transaction was never seen.
        const std::uint32_t end = std::min(range.end(), transaction.before(range.client, range.end()));
        forItems(range.client, range.clock, end, [&](ItemRef ref) { add(ref, range.clock, end, false); });
    }
    std::ranges::sort(runs, [](const TouchedRun &a, const TouchedRun &b) {
        return a.order != b.order ? a.order < b.order : a.offset < b.offset;
    });

    DeltaBuilder builder;
    for (const TouchedRun &run : runs) {
        builder.retainTo(run.index);
        if (!run.inserted) {
            builder.remove(run.length);
            continue;
        }
        const Item &item = items[run.item];
        std::u16string &text = builder.insert(run.length);
        if (item.kind() == ContentKind::String)
            clients[item.client].text.copyTo(text, item.content + run.offset, run.length);
        else
            text.append(run.length, kObjectMark);
    }
    return builder.take();
}

void Engine::notifyTexts(const Transaction &transaction)
{
    for (const std::uint32_t number : transaction.changedTypes) {
        if (types[number]->observers.empty() || isTypeDeleted(*types[number]))
            continue;
        const std::vector<TextDelta> delta = textDelta(transaction, number);
        const auto observers = types[number]->observers;   // an observer may remove itself
        for (const auto &entry : observers)
            entry.second(delta, transaction.origin, transaction.local);
    }
}

void Engine::notifyUpdate(const Transaction &transaction)
{
    if (m_updateObservers.empty() || (transaction.advances.empty() && transaction.deleted.empty()))
        return;
    base::VarWriter out;
    std::swap(out, m_scratch);
    out.clear();
    writeTransaction(out, transaction);
    const Document::UpdateEvent event{out.copy(), transaction.origin, transaction.local};
    std::swap(out, m_scratch);
    if (m_updateObservers.size() == 1) {
        const auto observer = m_updateObservers.front().second;
        observer(event);
        return;
    }
    const auto observers = m_updateObservers;
    for (const auto &entry : observers)
        entry.second(event);
}

} // namespace crdt
