// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/update.h"

#include "app/crdt/statevector.h"
#include "app/crdt/wirestruct.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

namespace crdt {

namespace {

// Walks the structs of one update for mergeUpdates(), leaving out gaps.
class MergeSource
{
public:
    explicit MergeSource(const WireUpdate &update) : m_update(&update) { skipGaps(); }

    const WireUpdate &update() const { return *m_update; }
    bool atEnd() const { return m_index == m_update->structs.size(); }
    const WireStruct &current() const { return m_update->structs[m_index]; }
    void advance()
    {
        ++m_index;
        skipGaps();
    }

private:
    void skipGaps()
    {
        while (!atEnd() && current().kind == ContentKind::Skip)
            ++m_index;
    }

    const WireUpdate *m_update;
    std::size_t m_index = 0;
};

// A struct that will be written unless something extends it; its first `offset` units were already covered.
struct InHand
{
    const WireUpdate *update = nullptr;
    WireStruct one;             // clock and length as in the source
    ClockValue offset = 0;

    ClockValue clock() const { return one.clock + offset; }
    ClockValue end() const { return one.end(); }
};

class UpdateMerger
{
public:
    explicit UpdateMerger(const std::vector<WireUpdate> &updates)
    {
        for (const WireUpdate &update : updates) {
            m_deletes.add(update.deleteSet());
            m_sources.emplace_back(update);
            if (!m_sources.back().atEnd())
                enqueue(m_sources.size() - 1, std::int64_t(m_sources.size()));
        }
    }

    base::Bytes merge()
    {
        while (!m_queue.empty()) {
            const std::size_t index = std::get<3>(*m_queue.begin());
            m_queue.erase(m_queue.begin());
            step(m_sources[index]);
            // Yjs sorts stably, so a source that moved goes before those it is now equal to.
            if (!m_sources[index].atEnd())
                enqueue(index, -++m_moves);
        }
        flush();
        m_deletes.normalise();
        return m_out.finish(m_deletes);
    }

private:
    // Highest client first, then lowest clock, then Yjs' order among equals.
    using Key = std::tuple<ClientId, ClockValue, std::int64_t, std::size_t>;

    void enqueue(std::size_t index, std::int64_t rank)
    {
        const WireStruct &one = m_sources[index].current();
        m_queue.emplace(~one.client, one.clock, rank, index);
    }

    void step(MergeSource &source)
    {
        const ClientId client = source.current().client;
        if (!m_hand) {
            take(source, 0);
        } else if (!dropCovered(source) || !combine(source)) {
            return;
        }
        while (!source.atEnd() && source.current().client == client && source.current().clock == m_hand->end()) {
            flush();
            take(source, 0);
        }
    }

    // False if another source has to be looked at first.
    bool dropCovered(MergeSource &source)
    {
        const ClientId client = source.current().client;
        bool dropped = false;
        while (!source.atEnd() && source.current().end() <= m_hand->end() && source.current().client >= m_hand->one.client) {
            source.advance();
            dropped = true;
        }
        return !source.atEnd() && source.current().client == client
            && !(dropped && source.current().clock > m_hand->end());
    }

    // False if only the gap before the source's struct was put in hand.
    bool combine(MergeSource &source)
    {
        const WireStruct &next = source.current();
        if (next.client != m_hand->one.client) {
            flush();
            take(source, 0);
            return true;
        }
        if (m_hand->end() < next.clock) {
            const ClockValue from = m_hand->end();
            flush();
            m_hand = InHand{};
            m_hand->one.client = next.client;
            m_hand->one.clock = from;
            m_hand->one.length = next.clock - from;
            m_hand->one.kind = ContentKind::Skip;
            return false;
        }
        ClockValue known = m_hand->end() - next.clock;
        if (known > 0 && m_hand->one.kind == ContentKind::Skip) {
            m_hand->one.length -= known;   // the struct says more than the gap
            known = 0;
        }
        if (next.kind == ContentKind::Gc && m_hand->one.kind == ContentKind::Gc) {
            m_hand->one.length += next.length - known;
            source.advance();
            return true;
        }
        flush();
        take(source, known);
        return true;
    }

    void take(MergeSource &source, ClockValue offset)
    {
        m_hand = InHand{&source.update(), source.current(), offset};
        source.advance();
    }

    void flush()
    {
        if (!m_hand)
            return;
        if (m_hand->one.length > m_hand->offset) {
            static const WireUpdate kNowhere;
            m_out.begin(m_hand->one.client, m_hand->clock());
            writeStruct(m_out.body(), m_hand->update ? *m_hand->update : kNowhere, m_hand->one, m_hand->offset);
        }
        m_hand.reset();
    }

    std::vector<MergeSource> m_sources;
    std::set<Key> m_queue;
    std::int64_t m_moves = 0;
    std::optional<InHand> m_hand;
    SectionWriter m_out;
    DeleteSet m_deletes;
};

} // namespace

base::Result<UpdateSummary> inspectUpdate(base::ByteView update)
{
    WireUpdate decoded;
    if (const auto read = decodeUpdate(update, decoded); !read)
        return read.unexpected();
    UpdateSummary summary;
    summary.bytes = update.size();
    summary.deleteRangeCount = decoded.deletes.size();
    for (const WireStruct &one : decoded.structs) {
        if (one.kind == ContentKind::Skip)
            continue;
        ++summary.structCount;
        const bool isText = one.kind == ContentKind::String || one.kind == ContentKind::Deleted || one.kind == ContentKind::Gc;
        summary.otherThanText += !isText || one.hasParentSub || one.parent == WireStruct::Parent::Item;
        if (one.parent == WireStruct::Parent::Root)
            summary.roots.emplace(decoded.text(one.parentRoot()));
        auto &runs = summary.structs;
        if (!runs.empty() && runs.back().client == one.client && runs.back().to == one.clock)
            runs.back().to = one.end();
        else
            runs.push_back({one.client, one.clock, one.end()});
    }
    for (const WireDelete &range : decoded.deletes)
        summary.deletes.push_back({range.client, range.clock, range.clock + range.length});
    return summary;
}

base::Result<base::Bytes> mergeUpdates(std::span<const base::Bytes> updates)
{
    std::vector<WireUpdate> decoded(updates.size());
    std::size_t total = 0;
    for (std::size_t index = 0; index < updates.size(); ++index) {
        total += updates[index].size();
        if (total > kMaxUpdateBytes)
            return base::Unexpected(base::ErrorCode::TooLarge, "updates to merge");
        if (const auto read = decodeUpdate(updates[index], decoded[index]); !read)
            return read.unexpected();
    }
    if (updates.size() == 1)
        return updates[0];
    return UpdateMerger(decoded).merge();
}

base::Result<base::Bytes> diffUpdate(base::ByteView update, base::ByteView stateVector)
{
    WireUpdate decoded;
    if (const auto read = decodeUpdate(update, decoded); !read)
        return read.unexpected();
    const auto known = StateVector::decode(stateVector);
    if (!known)
        return known.unexpected();

    SectionWriter out;
    std::optional<ClientId> started;   // from its first new struct on, everything of a client is copied
    for (const WireStruct &one : decoded.structs) {
        const ClockValue from = known->of(one.client);
        if (started != one.client && (one.kind == ContentKind::Skip || one.end() <= from))
            continue;
        const ClockValue offset = started != one.client && from > one.clock ? from - one.clock : 0;
        started = one.client;
        out.begin(one.client, one.clock + offset);
        writeStruct(out.body(), decoded, one, offset);
    }
    return out.finish(decoded.deleteSet());
}

base::Result<base::Bytes> stateVectorFromUpdate(base::ByteView update)
{
    WireUpdate decoded;
    if (const auto read = decodeUpdate(update, decoded); !read)
        return read.unexpected();
    base::VarWriter entries;
    std::size_t count = 0;
    // Order as in the update, unlike a document's state vector.
    for (auto one = decoded.structs.begin(); one != decoded.structs.end();) {
        const ClientId client = one->client;
        ClockValue end = 0;
        bool gap = one->clock != 0;
        for (; one != decoded.structs.end() && one->client == client; ++one) {
            gap = gap || one->kind == ContentKind::Skip;
            if (!gap)
                end = one->end();
        }
        if (end > 0) {
            ++count;
            entries.varUint(client);
            entries.varUint(end);
        }
    }
    base::VarWriter out;
    out.varUint(count);
    out.bytes(entries.view());
    return out.take();
}

} // namespace crdt
