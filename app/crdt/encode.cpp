// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"

#include "app/crdt/planted.h"
#include "app/crdt/update.h"

#include <algorithm>

// Writing documents and transactions in update format v1.
namespace crdt {

namespace {

constexpr std::uint8_t kItemOrigin = 0x80;
constexpr std::uint8_t kItemRightOrigin = 0x40;
constexpr std::uint8_t kItemParentSub = 0x20;

} // namespace

void Engine::writeItem(base::VarWriter &out, const Item &item, std::uint32_t offset) const
{
    if (item.isGc()) {
        out.byte(0);
        out.varUint(item.length - offset);
        return;
    }
    const SequenceRef list = sequences.of(item);
    const bool keyed = sequences.isKeyed(list);
    const bool hasOrigin = offset > 0 || item.hasOrigin();
    out.byte(std::uint8_t(item.kindBits | (hasOrigin ? kItemOrigin : 0) | (item.hasRightOrigin() ? kItemRightOrigin : 0)
                          | (keyed ? kItemParentSub : 0)));
    if (hasOrigin) {
        out.varUint(clients[offset > 0 ? item.client : item.originClient].id);
        out.varUint(offset > 0 ? item.clock + offset - 1 : item.originClock);
    }
    if (item.hasRightOrigin()) {
        out.varUint(clients[item.rightClient].id);
        out.varUint(item.rightClock);
    }
    if (!hasOrigin && !item.hasRightOrigin()) {
        const TypeNode &type = typeOf(list);
        if (type.item == kNoRef) {
            out.varUint(1);
            out.varString(type.name);
        } else {
            out.varUint(0);
            out.varUint(clients[items[type.item].client].id);
            out.varUint(items[type.item].clock);
        }
        if (keyed)
            out.varString(sequences.key(list));
    }
    writeContentOf(out, item, offset);
}

void Engine::writeContentOf(base::VarWriter &out, const Item &item, std::uint32_t offset) const
{
    switch (item.kind()) {
    case ContentKind::Deleted: out.varUint(item.length - offset); break;
    case ContentKind::String:
        clients[item.client].text.write(out, item.content + offset, item.length - offset);
        break;
    case ContentKind::Json:
    case ContentKind::Any:
        out.varUint(item.length - offset);
        for (std::uint32_t unit = offset; unit < item.length; ++unit) {
            if (item.kind() == ContentKind::Any)
                out.bytes(value(item, unit).bytes);
            else
                out.varBytes(value(item, unit).bytes);
        }
        break;
    default: out.bytes(value(item).bytes);
    }
}

void Engine::writeSection(base::VarWriter &out, ClientRef client, std::uint32_t from) const
{
    const ClientStructs &structs = clients[client];
    auto cursor = structs.index.find(items, from);
    out.varUint(structs.index.countFrom(cursor));
    out.varUint(structs.id);
    out.varUint(from);
    for (std::uint32_t clock = from; !structs.index.isEnd(cursor); structs.index.advance(cursor)) {
        const Item &item = items[structs.index.at(cursor)];
        writeItem(out, item, clock - item.clock);
        clock = item.end();
    }
}

void Engine::writeAllDeletes(base::VarWriter &out) const
{
    std::vector<UnitRange> runs;
    std::size_t clientCount = 0;
    for (const auto &[id, client] : clientRefs) {
        const ClockIndex &index = clients[client].index;
        const std::size_t before = runs.size();
        for (ClockIndex::Cursor cursor; !index.isEnd(cursor); index.advance(cursor)) {
            const Item &item = items[index.at(cursor)];
            if (!item.deleted)
                continue;
            if (runs.size() > before && runs.back().end() == item.clock)
                runs.back().length += item.length;
            else
                runs.push_back({client, item.clock, item.length});
        }
        clientCount += runs.size() > before;
    }
    out.varUint(clientCount);
    writeRuns(out, runs);
}

// Ranges grouped by client, in the order given.
void Engine::writeRuns(base::VarWriter &out, const std::vector<UnitRange> &runs) const
{
    for (std::size_t first = 0; first < runs.size();) {
        std::size_t end = first;
        while (end < runs.size() && runs[end].client == runs[first].client)
            ++end;
        out.varUint(clients[runs[first].client].id);
        out.varUint(end - first);
        for (; first < end; ++first) {
            out.varUint(runs[first].clock);
            out.varUint(runs[first].length);
        }
    }
}

void Engine::writeTransaction(base::VarWriter &out, const Transaction &transaction) const
{
    const auto descending = [this](const auto &a, const auto &b) { return clients[a.client].id > clients[b.client].id; };
    out.varUint(transaction.advances.size());
    if (transaction.advances.size() < 2) {
        for (const Transaction::Advance &made : transaction.advances)
            writeSection(out, made.client, made.before);
    } else {
        auto sorted = transaction.advances;
        std::ranges::sort(sorted, descending);
        for (const Transaction::Advance &made : sorted)
            writeSection(out, made.client, made.before);
    }
    if (transaction.deleted.size() < 2) {
        out.varUint(transaction.deleted.size());
        writeRuns(out, transaction.deleted);
        return;
    }
    auto runs = transaction.deleted;
    std::ranges::stable_sort(runs, descending);
    std::size_t count = 1;
    for (std::size_t index = 1; index < runs.size(); ++index)
        count += runs[index].client != runs[index - 1].client;
    out.varUint(count);
    writeRuns(out, runs);
}

base::Bytes Engine::encodeState(const StateVector &known) const
{
    base::VarWriter out;
    std::vector<std::pair<ClientRef, std::uint32_t>> wanted;
    for (const auto &[id, client] : clientRefs) {
        const ClockValue from = known.of(id);
        if (from < clients[client].state)
            wanted.emplace_back(client, std::uint32_t(from));
    }
    out.varUint(wanted.size());
    for (const auto &[client, from] : wanted)
        writeSection(out, client, from);
    if (isPlanted(Defect::DiffForgetsDeletes) && !known.isEmpty())
        out.varUint(0);
    else
        writeAllDeletes(out);

    if (!pendingStructs && pendingDeletes.isEmpty())
        return out.take();
    std::vector<base::Bytes> parts;
    parts.push_back(out.take());
    if (!pendingDeletes.isEmpty()) {
        out.varUint(0);
        pendingDeletes.write(out);
        parts.push_back(out.take());
    }
    if (pendingStructs) {
        if (auto rest = diffUpdate(pendingStructs->update, known.encode()))
            parts.push_back(std::move(*rest));
    }
    auto merged = mergeUpdates(parts);
    return merged ? std::move(*merged) : parts.front();
}

StateVector Engine::stateVector() const
{
    StateVector result;
    for (const ClientStructs &client : clients)
        result.set(client.id, client.state);
    return result;
}

base::Bytes Engine::encodeStateVector() const { return stateVector().encode(); }

} // namespace crdt
