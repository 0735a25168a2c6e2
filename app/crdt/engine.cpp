// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"

#include "app/crdt/growth.h"
#include "app/crdt/utf.h"

#include <algorithm>
#include <utility>

namespace crdt {

Engine::Engine(DocumentOptions given) : options(given), localClient(given.client)
{
    if (!options.random)
        options.random = &m_systemRandom;
    while (localClient == 0)
        localClient = options.random->next32();
}

std::optional<ClientRef> Engine::searchClient(ClientId client) const
{
    const auto found = clientRefs.find(client);
    if (found == clientRefs.end())
        return std::nullopt;
    m_lastClient = *found;
    return found->second;
}

ClientRef Engine::clientRef(ClientId client)
{
    if (const auto known = findClient(client))
        return *known;
    const ClientRef ref = ClientRef(clients.size());
    clients.emplace_back().id = client;
    clientRefs.emplace(client, ref);
    m_lastClient = {client, ref};
    return ref;
}

std::uint32_t Engine::rootType(std::string_view name, TypeKind kind)
{
    auto found = m_roots.find(name);
    if (found == m_roots.end()) {
        found = m_roots.emplace(std::string(name), std::uint32_t(types.size())).first;
        types.push_back(std::make_unique<TypeNode>());
        types.back()->name = name;
        types.back()->list = sequences.create(found->second);
    }
    TypeNode &type = *types[found->second];
    if (type.kind == TypeKind::Untyped)
        type.kind = kind;
    return found->second;
}

SequenceRef Engine::keyedList(std::uint32_t type, std::string_view key)
{
    auto &keys = types[type]->keys;
    const auto found = keys.find(key);
    if (found != keys.end())
        return found->second;
    return keys.emplace(std::string(key), sequences.create(type, std::string(key))).first->second;
}

std::uint32_t Engine::typeIn(const Item &item) const
{
    return item.kind() == ContentKind::Type ? value(item).type : kNoRef;
}

ItemRef Engine::allocate()
{
    if (m_freeItems.empty()) {
        makeRoom(items, 1);
        items.emplace_back();
        return ItemRef(items.size() - 1);
    }
    const ItemRef ref = m_freeItems.back();
    m_freeItems.pop_back();
    items[ref] = Item{};
    return ref;
}

void Engine::discard(ItemRef ref) { m_freeItems.push_back(ref); }

ItemRef Engine::itemEndingAt(ClientRef client, std::uint32_t clock)
{
    const ItemRef ref = itemAt(client, clock);
    if (items[ref].lastClock() != clock && !items[ref].isGc())
        split(ref, clock - items[ref].clock + 1);
    return ref;
}

ItemRef Engine::itemStartingAt(ClientRef client, std::uint32_t clock)
{
    const ItemRef ref = itemAt(client, clock);
    if (items[ref].clock != clock && !items[ref].isGc())
        return split(ref, clock - items[ref].clock);
    return ref;
}

ItemRef Engine::split(ItemRef ref, std::uint32_t offset)
{
    const ItemRef rightRef = allocate();
    Item &left = items[ref];
    Item &right = items[rightRef];
    right = left;
    right.clock += offset;
    right.length -= offset;
    right.originClient = left.client;
    right.originClock = right.clock - 1;
    right.leaf = kNoRef;
    right.content += left.kind() == ContentKind::Deleted ? 0 : offset;
    left.length = offset;
    sequences.insertSplit(ref, rightRef);
    ClockIndex &index = clients[left.client].index;
    index.insertAfter(index.find(items, left.clock), rightRef, items);
    if (left.kind() == ContentKind::String)
        damageSurrogates(left, right);
    if (left.redone) {
        const auto copy = redone.find(redoneKey(left.client, left.clock));
        if (copy != redone.end())
            redone[redoneKey(right.client, right.clock)] = {copy->second.client, copy->second.clock + offset};
    }
    if (m_active)
        m_active->mergeSpots.push_back({ClientRef(right.client), right.clock, 0});
    return rightRef;
}

// Yjs replaces both halves of a character that is cut, for good; every replica cuts at the same place.
void Engine::damageSurrogates(const Item &left, const Item &right)
{
    TextStore &text = clients[left.client].text;
    if (isHighSurrogate(text.at(right.content - 1))) {
        if (m_active)
            m_active->damages.push_back({ClientRef(left.client), right.content - 1, text.at(right.content - 1),
                                         text.at(right.content)});
        text.set(right.content - 1, kReplacement);
        text.set(right.content, kReplacement);
    }
}

void Engine::discardContent(Item &item)
{
    ClientStructs &client = clients[item.client];
    if (item.kind() == ContentKind::String) {
        client.textGarbage += item.length;
    } else if (item.kind() != ContentKind::Deleted && item.kind() != ContentKind::Gc) {
        for (std::uint32_t offset = 0; offset < item.length; ++offset) {
            StoredValue &old = client.values[item.content + offset];
            client.valueBytes -= old.heapBytes();
            old = {};
        }
        client.valueGarbage += item.length;
    }
    item.content = 0;
}

// Contents lie in clock order, so one pass over the client's items finds everything still in use.
void Engine::compact(ClientStructs &client)
{
    constexpr std::size_t kWorthIt = 4096;
    const bool text = client.textGarbage > kWorthIt && client.textGarbage > client.text.size() / 2;
    const bool values = client.valueGarbage > kWorthIt && client.valueGarbage > client.values.size() / 2;
    if (!text && !values)
        return;
    TextStore newText;
    std::vector<StoredValue> newValues;
    for (ClockIndex::Cursor cursor; !client.index.isEnd(cursor); client.index.advance(cursor)) {
        Item &item = items[client.index.at(cursor)];
        if (item.kind() == ContentKind::String) {
            if (text) {
                const std::uint32_t offset = newText.size();
                newText.appendFrom(client.text, item.content, item.length);
                item.content = offset;
            }
        } else if (values && item.kind() != ContentKind::Deleted && !item.isGc()) {
            const std::uint32_t offset = std::uint32_t(newValues.size());
            for (std::uint32_t unit = 0; unit < item.length; ++unit)
                newValues.push_back(std::move(client.values[item.content + unit]));
            item.content = offset;
        }
    }
    if (text) {
        newText.shrink();
        client.text = std::move(newText);
        client.textGarbage = 0;
        client.storedText = client.text.size();
    }
    if (values) {
        client.values = std::move(newValues);
        client.valueGarbage = 0;
        client.storedValues = std::uint32_t(client.values.size());
    }
}

void Engine::deleteItem(ItemRef ref)
{
    std::vector<ItemRef> waiting;   // children of deleted types; a stack, because types nest as deep as a peer likes
    const auto remove = [&](ItemRef one) {
        Item &item = items[one];
        sequences.addVisible(one, 0 - item.visible());
        item.deleted = 1;
        auto &deleted = m_active->deleted;
        if (!deleted.empty() && deleted.back().client == item.client && deleted.back().end() == item.clock)
            deleted.back().length += item.length;
        else
            deleted.push_back({ClientRef(item.client), item.clock, item.length});
        touch(sequences.owner(sequences.of(item)));
        if (item.kind() == ContentKind::Type)
            waiting.push_back(one);
    };
    // Already deleted children will turn into GC structs and may then merge, although this transaction did not delete them.
    const auto removeChild = [&](ItemRef child) {
        if (!items[child].deleted)
            remove(child);
        else if (items[child].clock < stateBefore(items[child].client))
            m_active->mergeSpots.push_back({ClientRef(items[child].client), items[child].clock, 0});
    };
    if (items[ref].deleted)
        return;
    remove(ref);
    while (!waiting.empty()) {
        const TypeNode &type = *types[value(items[waiting.back()]).type];
        waiting.pop_back();
        for (ItemRef child = sequences.first(type.list); child != kNoRef; child = sequences.next(child))
            removeChild(child);
        for (const auto &entry : type.keys) {
            if (const ItemRef last = sequences.last(entry.second); last != kNoRef)
                removeChild(last);
        }
    }
}

void Engine::keep(ItemRef ref)
{
    while (ref != kNoRef && !items[ref].keep && !items[ref].isGc()) {
        items[ref].keep = 1;
        ref = types[sequences.owner(sequences.of(items[ref]))]->item;
    }
}

// The contents go with the next transaction that deletes something here, or when the document is loaded again: merging
// and discarding in the middle of somebody else's transaction would change what they see.
void Engine::release(const UnitRange &range)
{
    std::vector<ItemRef> kept;
    forItems(range.client, range.clock, range.end(), [&](ItemRef ref) { kept.push_back(ref); });
    for (ItemRef ref : kept) {
        while (ref != kNoRef && items[ref].keep && !items[ref].isGc()) {
            items[ref].keep = 0;
            ref = types[sequences.owner(sequences.of(items[ref]))]->item;
        }
    }
    if (!kept.empty())
        m_released.push_back(range);
}

std::uint32_t Engine::stateBefore(ClientRef client) const
{
    const ClientStructs &structs = clients[client];
    return structs.advancedIn == m_active->number ? m_active->advances[structs.advanceSlot].before : structs.state;
}

void Engine::advance(ClientRef client, std::uint32_t length, bool madeItem)
{
    ClientStructs &structs = clients[client];
    if (structs.advancedIn != m_active->number) {
        structs.advancedIn = m_active->number;
        structs.advanceSlot = std::uint32_t(m_active->advances.size());
        m_active->advances.push_back({client, structs.state, false, structs.storedText, structs.storedValues});
    }
    if (madeItem)
        m_active->advances[structs.advanceSlot].madeItems = true;
    structs.state += length;
    structs.storedText = structs.text.size();
    structs.storedValues = std::uint32_t(structs.values.size());
}

int Engine::observeUpdates(Document::UpdateObserver observer)
{
    m_updateObservers.emplace_back(m_nextObserver, std::move(observer));
    return m_nextObserver++;
}

int Engine::observeText(std::uint32_t type, TextObserver observer)
{
    types[type]->observers.emplace_back(m_nextObserver, std::move(observer));
    return m_nextObserver++;
}

int Engine::addTransactionHook(std::function<void(Transaction &)> hook)
{
    m_hooks.emplace_back(m_nextObserver, std::move(hook));
    return m_nextObserver++;
}

void Engine::removeObserver(int number)
{
    const auto isIt = [number](const auto &entry) { return entry.first == number; };
    std::erase_if(m_updateObservers, isIt);
    std::erase_if(m_hooks, isIt);
    for (const auto &type : types)
        std::erase_if(type->observers, isIt);
}

// For a document that has just been loaded: items in the order of their clocks, no gaps between them and no spare memory.
// Every item gets a new number, so nobody may remember one.
void Engine::pack()
{
    std::vector<ItemRef> moved(items.size(), kNoRef);
    ItemRef count = 0;
    bool inOrder = true;
    for (ClientStructs &client : clients) {
        for (ClockIndex::Cursor cursor; !client.index.isEnd(cursor); client.index.advance(cursor)) {
            const ItemRef ref = client.index.at(cursor);
            inOrder = inOrder && ref == count;
            moved[ref] = count++;
        }
        client.text.shrink();
        client.values.shrink_to_fit();
    }
    if (!inOrder) {
        std::vector<Item> packed(count);
        for (ItemRef ref = 0; ref < moved.size(); ++ref) {
            if (moved[ref] != kNoRef)
                packed[moved[ref]] = items[ref];
        }
        items = std::move(packed);
        for (const auto &type : types) {
            if (type->item != kNoRef)
                type->item = moved[type->item];
        }
    }
    items.resize(count);
    items.shrink_to_fit();
    ItemRef first = 0;
    for (ClientStructs &client : clients) {
        const std::uint32_t held = std::uint32_t(client.index.countFrom({}));
        client.index.assign(first, held, items);
        first += held;
    }
    m_freeItems = {};
    sequences.pack(moved);
}

std::size_t Engine::memoryUsage() const
{
    std::size_t bytes = sizeof(Engine) + items.capacity() * sizeof(Item) + sequences.memory()
        + clients.capacity() * sizeof(ClientStructs) + m_freeItems.capacity() * sizeof(ItemRef)
        + (pendingStructs ? pendingStructs->update.capacity() : 0) + pendingDeletes.rangeCount() * sizeof(DeleteSet::Range);
    for (const ClientStructs &client : clients)
        bytes += client.index.memory() + client.text.memory() + client.valueBytes
            + client.values.capacity() * sizeof(StoredValue);
    constexpr std::size_t kMapNode = 48;
    for (const auto &type : types)
        bytes += sizeof(TypeNode) + type->name.capacity() + type->keys.size() * (kMapNode + sizeof(std::string));
    if (m_wire)
        bytes += m_wire->structs.capacity() * sizeof(WireStruct);
    return bytes + clients.size() * kMapNode + m_scratch.view().size();
}

} // namespace crdt
