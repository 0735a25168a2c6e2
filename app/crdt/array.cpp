// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/array.h"

#include "app/crdt/engine.h"

namespace crdt {

namespace {

base::Result<void> checkArrayEdit(const Array &array, std::size_t index, std::size_t removed, std::size_t inserted)
{
    const Engine &engine = array.engine();
    const TypeNode &node = *engine.types[std::uint32_t(array.type())];
    if (engine.isTypeDeleted(node))
        return base::Unexpected(base::ErrorCode::NotFound, "the array was deleted");
    const std::size_t length = engine.sequences.visible(node.list);
    if (index > length || removed > length - index)
        return base::Unexpected(base::ErrorCode::OutOfRange, "position beyond the end of the array");
    if (!engine.hasRoomFor(inserted))
        return base::Unexpected(base::ErrorCode::TooLarge, "client id has used up its clocks");
    return {};
}

// Unlike texts, arrays insert before the tombstones that follow the element on the left.
Gap arrayGap(Engine &engine, SequenceRef list, std::size_t index)
{
    if (index == 0)
        return {list, kNoRef, engine.sequences.first(list)};
    const Sequences::Place place = engine.sequences.find(list, std::uint32_t(index - 1));
    if (place.offset + 1 < engine.items[place.item].length)
        engine.split(place.item, place.offset + 1);
    return {list, place.item, engine.sequences.next(place.item)};
}

// Values that are stored alike share one item.
void insertValues(Engine &engine, Gap gap, std::span<const Any> values)
{
    for (std::size_t at = 0; at < values.size();) {
        base::VarWriter payload;
        if (const auto *bytes = values[at].get<base::Bytes>()) {
            payload.varBytes(*bytes);
            gap.left = engine.insertContent(gap, ContentKind::Binary, payload.view(), 1);
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < values.size() && !values[end].get<base::Bytes>())
            ++end;
        payload.varUint(end - at);
        const auto count = std::uint32_t(end - at);
        for (; at < end; ++at)
            values[at].write(payload);
        gap.left = engine.insertContent(gap, ContentKind::Any, payload.view(), count);
    }
}

} // namespace

std::size_t Array::length() const
{
    const TypeNode &node = *m_engine->types[std::uint32_t(m_type)];
    return node.isDead ? 0 : m_engine->sequences.visible(node.list);
}

std::vector<SharedValue> Array::values() const
{
    std::vector<SharedValue> result;
    const TypeNode &node = *m_engine->types[std::uint32_t(m_type)];
    if (m_engine->isTypeDeleted(node))
        return result;
    m_engine->sequences.forEach(node.list, [&](ItemRef ref) {
        const Item &item = m_engine->items[ref];
        for (std::uint32_t unit = 0; unit < item.visible(); ++unit)
            result.push_back(m_engine->sharedValue(item, unit));
    });
    return result;
}

base::Result<void> Array::insert(std::size_t index, std::span<const Any> values)
{
    if (const auto checked = checkArrayEdit(*this, index, 0, values.size()); !checked)
        return checked;
    if (values.empty())
        return {};
    m_engine->beginTransaction({});
    insertValues(*m_engine, arrayGap(*m_engine, m_engine->types[std::uint32_t(m_type)]->list, index), values);
    m_engine->endTransaction();
    return {};
}

base::Result<void> Array::push(std::span<const Any> values)
{
    if (const auto checked = checkArrayEdit(*this, 0, 0, values.size()); !checked)
        return checked;
    if (values.empty())
        return {};
    m_engine->beginTransaction({});
    const SequenceRef list = m_engine->types[std::uint32_t(m_type)]->list;
    insertValues(*m_engine, {list, m_engine->sequences.last(list), kNoRef}, values);
    m_engine->endTransaction();
    return {};
}

base::Result<TypeIndex> Array::insertType(std::size_t index, TypeKind kind)
{
    if (const auto checked = checkArrayEdit(*this, index, 0, 1); !checked)
        return checked.unexpected();
    base::VarWriter payload;
    payload.varUint(std::uint64_t(kind));
    if (kind == TypeKind::XmlElement || kind == TypeKind::XmlHook)
        payload.varString("div");
    m_engine->beginTransaction({});
    const Gap gap = arrayGap(*m_engine, m_engine->types[std::uint32_t(m_type)]->list, index);
    const ItemRef made = m_engine->insertContent(gap, ContentKind::Type, payload.view(), 1);
    const TypeIndex type{m_engine->typeIn(m_engine->items[made])};
    m_engine->endTransaction();
    return type;
}

base::Result<void> Array::remove(std::size_t index, std::size_t length)
{
    if (const auto checked = checkArrayEdit(*this, index, length, 0); !checked)
        return checked;
    if (length == 0)
        return {};
    m_engine->beginTransaction({});
    m_engine->deleteRange(m_engine->types[std::uint32_t(m_type)]->list, index, length);
    m_engine->endTransaction();
    return {};
}

} // namespace crdt
