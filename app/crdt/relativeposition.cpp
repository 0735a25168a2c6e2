// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/relativeposition.h"

#include "app/crdt/array.h"
#include "app/crdt/engine.h"
#include "app/crdt/text.h"
#include "app/crdt/utf.h"

#include <algorithm>
#include <limits>

namespace crdt {

namespace {

RelativePosition positionIn(const Engine &engine, std::uint32_t typeNumber, std::size_t index, int assoc)
{
    RelativePosition position;
    position.assoc = assoc;
    const TypeNode &type = *engine.types[typeNumber];
    if (type.item == kNoRef)
        position.root = type.name;
    else
        position.type = engine.idOf(engine.items[type.item]);
    if (type.isDead || (assoc < 0 && index == 0))
        return position;
    if (assoc < 0)
        --index;
    if (index < engine.sequences.visible(type.list)) {
        const Sequences::Place place = engine.sequences.find(type.list, std::uint32_t(index));
        const Item &item = engine.items[place.item];
        position.item = ItemId{engine.clients[item.client].id, item.clock + place.offset};
    } else if (assoc < 0) {
        if (const ItemRef last = engine.sequences.last(type.list); last != kNoRef)
            position.item = engine.lastIdOf(engine.items[last]);
    }
    return position;
}

ItemRef findUnit(const Engine &engine, ItemId id)
{
    const auto client = engine.findClient(id.client);
    if (!client || id.clock >= engine.clients[*client].state)
        return kNoRef;
    return engine.itemAt(*client, std::uint32_t(id.clock));
}

struct UnitPlace
{
    ItemRef item = kNoRef;
    std::uint64_t offset = 0;
};

//! Where a unit is now: undo brings back a copy, and a position means that one, as in Yjs. kNoRef when it is gone for good.
UnitPlace newestUnit(const Engine &engine, ItemId id)
{
    for (;;) {
        const ItemRef ref = findUnit(engine, id);
        if (ref == kNoRef || engine.items[ref].isGc())
            return {};
        const Item &found = engine.items[ref];
        const std::uint64_t offset = id.clock - found.clock;
        const auto copy = found.redone ? engine.redone.find(Engine::redoneKey(found.client, found.clock)) : engine.redone.end();
        if (copy == engine.redone.end())
            return {ref, offset};
        id = {copy->second.client, copy->second.clock + offset};
    }
}

std::optional<ItemId> idFromJson(const Any &json)
{
    const auto *object = json.get<Any::Object>();
    if (!object)
        return std::nullopt;
    ItemId id;
    for (const auto &[key, value] : *object) {
        const auto *number = value.get<double>();
        if (!number || !(*number >= 0) || *number > double(kMaxId))
            continue;
        if (key == "client")
            id.client = std::uint64_t(*number);
        else if (key == "clock")
            id.clock = std::uint64_t(*number);
    }
    return id;
}

Any idToJson(const std::optional<ItemId> &id)
{
    if (!id)
        return Any();
    return Any(Any::Object{{"client", Any(double(id->client))}, {"clock", Any(double(id->clock))}});
}

} // namespace

RelativePosition RelativePosition::at(const Text &text, std::size_t index, int assoc)
{
    return positionIn(text.engine(), std::uint32_t(text.type()), index, assoc);
}

RelativePosition RelativePosition::at(const Array &array, std::size_t index, int assoc)
{
    return positionIn(array.engine(), std::uint32_t(array.type()), index, assoc);
}

std::optional<std::size_t> RelativePosition::resolve(const Document &document) const
{
    Engine &engine = document.engine();
    if (item) {
        const UnitPlace place = newestUnit(engine, *item);
        if (place.item == kNoRef)
            return std::nullopt;
        const ItemRef ref = place.item;
        const Item &found = engine.items[ref];
        if (engine.isTypeDeleted(engine.typeOf(engine.sequences.of(found))))
            return 0;
        const std::size_t inside = found.visible() > 0 ? place.offset + (assoc < 0 ? 1 : 0) : 0;
        return engine.sequences.rank(ref) + inside;
    }
    std::uint32_t number = kNoRef;
    if (root) {
        number = engine.findRoot(*root);
        if (number == kNoRef)
            return 0;
    } else if (type) {
        const ItemRef ref = findUnit(engine, *type);
        number = ref == kNoRef ? kNoRef : engine.typeIn(engine.items[ref]);
    }
    if (number == kNoRef)
        return std::nullopt;
    return assoc >= 0 ? engine.sequences.visible(engine.types[number]->list) : 0;
}

base::Bytes RelativePosition::encode() const
{
    base::VarWriter out;
    if (item) {
        out.byte(0);
        out.varUint(item->client);
        out.varUint(item->clock);
    } else if (root) {
        out.byte(1);
        out.varString(*root);
    } else {
        out.byte(2);
        out.varUint(type ? type->client : 0);
        out.varUint(type ? type->clock : 0);
    }
    out.varInt(assoc);
    return out.take();
}

base::Result<RelativePosition> RelativePosition::decode(base::ByteView bytes)
{
    base::VarReader in(bytes);
    RelativePosition position;
    const auto readId = [&in] {
        const ClientId client = in.varUint();
        return ItemId{client, in.varUint()};
    };
    switch (in.varUint()) {
    case 0: position.item = readId(); break;
    case 1: {
        const base::ByteView name = in.varBytes();
        if (!utf16Length(name))
            in.fail();
        position.root = std::string(reinterpret_cast<const char *>(name.data()), name.size());
        break;
    }
    case 2: position.type = readId(); break;
    default: in.fail();
    }
    if (in.remaining() > 0) {
        const base::VarInt assoc = in.varInt();
        const auto magnitude = int(std::min<std::uint64_t>(assoc.magnitude, std::numeric_limits<int>::max()));
        position.assoc = assoc.negative ? -magnitude : magnitude;
    }
    if (in.failed())
        return base::Unexpected(base::ErrorCode::Malformed, "relative position");
    return position;
}

std::string RelativePosition::toJson() const
{
    return Any(Any::Object{{"type", idToJson(type)},
                           {"tname", root ? Any(*root) : Any()},
                           {"item", idToJson(item)},
                           {"assoc", Any(assoc)}})
        .toJson();
}

base::Result<RelativePosition> RelativePosition::fromJson(std::string_view json)
{
    const auto value = Any::fromJson(json);
    if (!value || !value->get<Any::Object>())
        return base::Unexpected(base::ErrorCode::Malformed, "relative position");
    RelativePosition position;
    for (const auto &[key, member] : *value->get<Any::Object>()) {
        if (key == "type")
            position.type = idFromJson(member);
        else if (key == "item")
            position.item = idFromJson(member);
        else if (const auto *name = member.get<std::string>(); name && key == "tname")
            position.root = *name;
        else if (const auto *assoc = member.get<double>(); assoc && key == "assoc")
            position.assoc = *assoc < 0 ? -1 : 0;
    }
    return position;
}

} // namespace crdt
