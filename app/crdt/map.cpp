// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/map.h"

#include "app/crdt/engine.h"

namespace crdt {

namespace {

base::Result<void> checkMapEdit(const Map &map)
{
    const Engine &engine = map.engine();
    if (engine.isTypeDeleted(*engine.types[std::uint32_t(map.type())]))
        return base::Unexpected(base::ErrorCode::NotFound, "the map was deleted");
    if (!engine.hasRoomFor(1))
        return base::Unexpected(base::ErrorCode::TooLarge, "client id has used up its clocks");
    return {};
}

void setMapValue(const Map &map, std::string_view key, ContentKind kind, base::ByteView payload)
{
    Engine &engine = map.engine();
    engine.beginTransaction({});
    const SequenceRef values = engine.keyedList(std::uint32_t(map.type()), key);
    engine.insertContent({values, engine.sequences.last(values), kNoRef}, kind, payload, 1);
    engine.endTransaction();
}

// The living value of a key.
ItemRef currentItem(const Map &map, std::string_view key)
{
    const Engine &engine = map.engine();
    const auto &keys = engine.types[std::uint32_t(map.type())]->keys;
    const auto found = keys.find(key);
    if (found == keys.end())
        return kNoRef;
    const ItemRef last = engine.sequences.last(found->second);
    return last == kNoRef || engine.items[last].deleted ? kNoRef : last;
}

} // namespace

std::vector<std::string> Map::keys() const
{
    std::vector<std::string> result;
    for (const auto &entry : m_engine->types[std::uint32_t(m_type)]->keys) {
        if (currentItem(*this, entry.first) != kNoRef)
            result.push_back(entry.first);
    }
    return result;
}

std::optional<SharedValue> Map::get(std::string_view key) const
{
    const ItemRef ref = currentItem(*this, key);
    if (ref == kNoRef)
        return std::nullopt;
    const Item &item = m_engine->items[ref];
    return m_engine->sharedValue(item, item.length - 1);
}

base::Result<void> Map::set(std::string_view key, const Any &value)
{
    if (const auto checked = checkMapEdit(*this); !checked)
        return checked;
    base::VarWriter payload;
    const ContentKind kind = Engine::encodeValue(value, payload);
    setMapValue(*this, key, kind, payload.view());
    return {};
}

base::Result<TypeIndex> Map::setType(std::string_view key, TypeKind kind)
{
    if (const auto checked = checkMapEdit(*this); !checked)
        return checked.unexpected();
    base::VarWriter payload;
    payload.varUint(std::uint64_t(kind));
    if (kind == TypeKind::XmlElement || kind == TypeKind::XmlHook)
        payload.varString("div");
    setMapValue(*this, key, ContentKind::Type, payload.view());
    return TypeIndex{std::uint32_t(m_engine->types.size() - 1)};
}

base::Result<void> Map::remove(std::string_view key)
{
    if (const auto checked = checkMapEdit(*this); !checked)
        return checked;
    if (const ItemRef ref = currentItem(*this, key); ref != kNoRef) {
        m_engine->beginTransaction({});
        m_engine->deleteItem(ref);
        m_engine->endTransaction();
    }
    return {};
}

} // namespace crdt
