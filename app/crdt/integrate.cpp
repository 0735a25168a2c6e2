// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"

#include "app/crdt/any.h"
#include "app/crdt/planted.h"
#include "app/crdt/utf.h"

#include <algorithm>

namespace crdt {

void Engine::integrate(const WireUpdate &update, const WireStruct &one)
{
    const ClientRef client = clientRef(one.client);
    const std::uint32_t offset = isPlanted(Defect::DoubledOverlap) ? 0 : clients[client].state - std::uint32_t(one.clock);
    const std::uint32_t length = std::uint32_t(one.length) - offset;
    if (one.kind == ContentKind::Gc) {
        appendGc(client, length);
        return;
    }
    if (offset == 0 && one.kind == ContentKind::String && tryExtend(update, one, client))
        return;

    Gap gap;
    Item made;
    made.client = client;
    made.clock = clients[client].state;
    made.length = length;
    made.setKind(one.kind);
    if (one.hasOrigin) {
        made.originClient = *findClient(one.origin.client);
        made.originClock = std::uint32_t(one.origin.clock);
        gap.left = itemEndingAt(made.originClient, made.originClock);
    }
    if (one.hasRightOrigin) {
        made.rightClient = *findClient(one.rightOrigin.client);
        made.rightClock = std::uint32_t(one.rightOrigin.clock);
        gap.right = rightOf(gap.left, made);
        // The left part may just have been cut again.
        if (one.hasOrigin && items[gap.left].lastClock() != made.originClock)
            gap.left = itemEndingAt(made.originClient, made.originClock);
    }
    auto sequence = parentOf(update, one, gap.left, gap.right);
    if (sequence && offset > 0) {
        made.originClient = client;
        made.originClock = made.clock - 1;
        gap.left = itemEndingAt(client, made.originClock);
        if (items[gap.left].isGc())
            sequence.reset();
        else
            sequence = sequences.of(items[gap.left]);
    }
    if (!sequence) {
        appendGc(client, length);
        return;
    }
    gap.sequence = *sequence;
    integrateAt(update, one, offset, made, gap);
}

// The right origin of `made`. Nearly always nobody else has typed there, and it is the neighbour of the left one.
ItemRef Engine::rightOf(ItemRef left, const Item &made)
{
    if (left != kNoRef && !items[left].isGc()) {
        const ItemRef next = sequences.next(left);
        if (next != kNoRef && items[next].client == made.rightClient && items[next].clock == made.rightClock)
            return next;
    }
    return itemStartingAt(made.rightClient, made.rightClock);
}

// The list the item goes to, or nothing if that is gone: then it is stored as GC.
std::optional<SequenceRef> Engine::parentOf(const WireUpdate &update, const WireStruct &one, ItemRef left, ItemRef right)
{
    if ((left != kNoRef && items[left].isGc()) || (right != kNoRef && items[right].isGc()))
        return std::nullopt;
    if (one.parent == WireStruct::Parent::FromNeighbour) {
        const SequenceRef list = sequences.of(items[left != kNoRef ? left : right]);
        // Neighbours in different lists, which nobody's edit has: one may be gone before the other, and then what became of
        // the item would depend on when it came.
        return right == kNoRef || sequences.of(items[right]) == list ? std::optional(list) : std::nullopt;
    }
    std::uint32_t type = kNoRef;
    if (one.parent == WireStruct::Parent::Root)
        type = rootType(update.text(one.parentRoot()));
    else
        type = typeIn(items[itemAt(*findClient(one.parentItem().client), std::uint32_t(one.parentItem().clock))]);
    if (type == kNoRef || types[type]->isDead)
        return std::nullopt;
    return one.hasParentSub ? keyedList(type, update.text(one.parentSub())) : types[type]->list;
}

// Typing goes on where it left off: the newest item of the client grows. Everything integration and merging would do
// comes to this, as the conditions are those of merging.
bool Engine::tryExtend(const WireUpdate &update, const WireStruct &one, ClientRef client)
{
    if (!one.hasOrigin || one.origin.client != one.client || one.origin.clock + 1 != one.clock)
        return false;
    const ItemRef ref = clients[client].index.last();
    Item &last = items[ref];
    if (last.kind() != ContentKind::String || last.deleted || last.redone || last.hasRightOrigin() != one.hasRightOrigin)
        return false;
    const ItemRef next = sequences.next(ref);
    if (one.hasRightOrigin) {
        if (last.rightClock != one.rightOrigin.clock || clients[last.rightClient].id != one.rightOrigin.client
            || next == kNoRef || items[next].client != last.rightClient || items[next].clock != last.rightClock)
            return false;
    } else if (next != kNoRef) {
        return false;
    }
    const SequenceRef sequence = sequences.of(last);
    if (sequences.isKeyed(sequence))
        return false;
    const std::uint32_t length = std::uint32_t(one.length);
    base::VarReader in(update.view(one.content));
    clients[client].text.appendUtf8(in.varBytes(), length, 0);
    last.length += length;
    sequences.addVisible(ref, length);
    advance(client, length, false);
    touch(sequences.owner(sequence));
    return true;
}

void Engine::integrateAt(const WireUpdate &update, const WireStruct &one, std::uint32_t offset, Item made, const Gap &gap)
{
    const bool isFree = gap.left != kNoRef ? sequences.next(gap.left) == gap.right
                                           : gap.right != kNoRef && sequences.previous(gap.right) == kNoRef;
    const ItemRef position = isFree ? gap.left : findPosition(gap, made);
    made.content = storeContent(clients[made.client], one.kind, update.view(one.content), made.length, offset);
    place(gap.sequence, position, made);
}

bool Engine::comesBefore(const Item &other, const Item &made) const
{
    if (isPlanted(Defect::TieByArrival))
        return other.client < made.client;
    if (isPlanted(Defect::TieDescending))
        return clients[other.client].id > clients[made.client].id;
    return clients[other.client].id < clients[made.client].id;
}

// Yjs' rule (a variant of YATA) for concurrent insertions at one place. Items between left and right compete; those
// with the same origin go by ascending client id, and what stands behind a competitor because of it goes with it.
//
// An item always stands right of its origin, so "was passed" and "competes for the place behind position" are questions
// about order in the list; no sets are needed.
ItemRef Engine::findPosition(const Gap &gap, const Item &made)
{
    const std::uint64_t passedFrom = gap.left == kNoRef ? 0 : sequences.order(gap.left) + 1;
    ItemRef position = gap.left;
    for (auto walker = sequences.walkAfter(gap.sequence, gap.left); walker.item() != kNoRef && walker.item() != gap.right;
         walker.advance()) {
        ++m_scanSteps;
        const Item &other = items[walker.item()];
        if (other.hasSameOrigin(made)) {
            if (comesBefore(other, made))
                position = walker.item();
            else if (other.hasSameRightOrigin(made))
                break;
            continue;
        }
        if (!other.hasOrigin())
            break;
        const Item &origin = items[itemAt(other.originClient, other.originClock)];
        if (origin.isGc() || sequences.of(origin) != gap.sequence)
            break;
        const std::uint64_t order = sequences.order(ItemRef(&origin - items.data()));
        if (order < passedFrom)
            break;
        if (position != kNoRef && order <= sequences.order(position))
            position = walker.item();
    }
    return position;
}

void Engine::place(SequenceRef sequence, ItemRef left, Item made)
{
    const ItemRef ref = allocate();
    made.leaf = kNoRef;
    made.deleted = made.kind() == ContentKind::Deleted;
    items[ref] = made;
    sequences.insertAfter(sequence, left, ref);
    clients[made.client].index.append(ref, made.clock);
    advance(made.client, made.length, true);
    if (made.deleted)
        m_active->deleted.push_back({ClientRef(made.client), made.clock, made.length});

    const std::uint32_t owner = sequences.owner(sequence);
    if (made.kind() == ContentKind::Format)
        types[owner]->hasFormatting = true;
    else if (made.kind() == ContentKind::Type)
        makeType(ref);
    touch(owner);

    bool superseded = false;
    if (sequences.isKeyed(sequence)) {
        superseded = sequences.next(ref) != kNoRef;
        if (const ItemRef older = sequences.previous(ref); !superseded && older != kNoRef)
            deleteItem(older);
    }
    if (superseded || isTypeDeleted(*types[owner]))
        deleteItem(ref);
}

void Engine::appendGc(ClientRef client, std::uint32_t length)
{
    const ItemRef ref = allocate();
    Item &made = items[ref];
    made.client = client;
    made.clock = clients[client].state;
    made.length = length;
    made.setKind(ContentKind::Gc);
    made.deleted = 1;
    clients[client].index.append(ref, made.clock);
    advance(client, length, true);
}

std::uint32_t Engine::storeContent(ClientStructs &client, ContentKind kind, base::ByteView payload, std::uint32_t length,
                                   std::uint32_t offset)
{
    if (kind == ContentKind::Deleted)
        return 0;
    base::VarReader in(payload);
    if (kind == ContentKind::String) {
        const std::uint32_t at = client.text.size();
        client.text.appendUtf8(in.varBytes(), length + offset, offset);
        if (isLowSurrogate(client.text.at(at)))
            client.text.set(at, kReplacement);   // cut from its other half, see damageSurrogates()
        return at;
    }
    const std::uint32_t at = std::uint32_t(client.values.size());
    const auto store = [&client](base::ByteView bytes) {
        StoredValue &stored = client.values.emplace_back();
        stored.bytes.assign(bytes.begin(), bytes.end());
        client.valueBytes += stored.heapBytes();
    };
    if (kind != ContentKind::Any && kind != ContentKind::Json) {
        store(payload);
        return at;
    }
    in.varUint();
    for (std::uint32_t unit = 0; unit < length + offset; ++unit) {
        const std::size_t begin = in.position();
        base::ByteView bytes;
        if (kind == ContentKind::Json) {
            bytes = in.varBytes();
        } else {
            skipAny(in);
            bytes = in.since(begin);
        }
        if (unit >= offset)
            store(bytes);
    }
    return at;
}

void Engine::makeType(ItemRef ref)
{
    StoredValue &stored = value(items[ref]);
    base::VarReader in(stored.bytes);
    auto type = std::make_unique<TypeNode>();
    type->kind = TypeKind(in.varUint());
    type->item = ref;
    if (in.remaining() > 0) {
        const base::ByteView name = in.varBytes();
        type->name.assign(reinterpret_cast<const char *>(name.data()), name.size());
    }
    stored.type = std::uint32_t(types.size());
    type->list = sequences.create(stored.type);
    types.push_back(std::move(type));
}

bool Engine::hasRoomFor(std::size_t units) const
{
    return units <= kMaxDocumentClock && state(localClient) <= kMaxDocumentClock - units;
}

ItemRef Engine::insertText(const Gap &gap, std::u16string_view units)
{
    const ClientRef client = clientRef(localClient);
    const std::uint32_t length = std::uint32_t(units.size());
    if (gap.left != kNoRef) {
        Item &left = items[gap.left];
        const bool sameRight = gap.right == kNoRef
            ? !left.hasRightOrigin()
            : left.rightClient == items[gap.right].client && left.rightClock == items[gap.right].clock;
        if (left.client == client && left.end() == clients[client].state && left.kind() == ContentKind::String
            && !left.deleted && !left.redone && sameRight) {
            clients[client].text.append(units);
            left.length += length;
            sequences.addVisible(gap.left, length);
            advance(client, length, false);
            touch(sequences.owner(gap.sequence));
            return gap.left;
        }
    }
    Item made;
    made.client = client;
    made.content = clients[client].text.size();
    made.length = length;
    made.setKind(ContentKind::String);
    clients[client].text.append(units);
    return placeLocal(gap, made);
}

ItemRef Engine::insertContent(const Gap &gap, ContentKind kind, base::ByteView payload, std::uint32_t length)
{
    Item made;
    made.client = clientRef(localClient);
    made.length = length;
    made.setKind(kind);
    made.content = storeContent(clients[made.client], kind, payload, length, 0);
    return placeLocal(gap, made);
}

ItemRef Engine::insertCopy(const Gap &gap, ItemRef source)
{
    const Item from = items[source];
    if (from.isGc() || from.kind() == ContentKind::Deleted || !hasRoomFor(from.length))
        return kNoRef;
    Item made;
    made.client = clientRef(localClient);
    made.length = from.length;
    made.setKind(from.kind());
    ClientStructs &to = clients[made.client];
    if (from.kind() == ContentKind::String) {
        std::u16string text;
        clients[from.client].text.copyTo(text, from.content, from.length);
        made.content = to.text.size();
        to.text.append(text);
    } else {
        made.content = std::uint32_t(to.values.size());
        for (std::uint32_t unit = 0; unit < from.length; ++unit) {
            base::Bytes bytes = value(from, unit).bytes;
            to.values.push_back({std::move(bytes), kNoRef});
            to.valueBytes += to.values.back().heapBytes();
        }
    }
    return placeLocal(gap, made);
}

ItemRef Engine::placeLocal(const Gap &gap, Item made)
{
    made.clock = clients[made.client].state;
    if (gap.left != kNoRef) {
        made.originClient = items[gap.left].client;
        made.originClock = items[gap.left].lastClock();
    }
    if (gap.right != kNoRef) {
        made.rightClient = items[gap.right].client;
        made.rightClock = items[gap.right].clock;
    }
    const bool isFree = gap.left != kNoRef ? sequences.next(gap.left) == gap.right
                                           : gap.right == sequences.first(gap.sequence);
    place(gap.sequence, isFree ? gap.left : findPosition(gap, made), made);
    return clients[made.client].index.last();
}

} // namespace crdt
