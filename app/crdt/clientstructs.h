// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/item.h"
#include "app/crdt/textstore.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace crdt {

//! The items of one client by clock: a list of chunks, so that a split in the middle moves a chunk and not everything.
//! Internal to this folder.
class ClockIndex
{
public:
    //! A position in the index; invalid after changes.
    struct Cursor
    {
        std::uint32_t chunk = 0;
        std::uint32_t slot = 0;
    };

    bool isEmpty() const { return m_chunks.empty(); }
    ItemRef last() const { return m_chunks.back().items.back(); }
    ItemRef at(Cursor cursor) const { return m_chunks[cursor.chunk].items[cursor.slot]; }
    bool isEnd(Cursor cursor) const { return cursor.chunk >= m_chunks.size(); }
    void advance(Cursor &cursor) const
    {
        if (++cursor.slot == m_chunks[cursor.chunk].items.size())
            cursor = {cursor.chunk + 1, 0};
    }
    //! The item before; false at the first.
    bool retreat(Cursor &cursor) const
    {
        if (cursor.slot > 0) {
            --cursor.slot;
            return true;
        }
        if (cursor.chunk == 0)
            return false;
        --cursor.chunk;
        cursor.slot = std::uint32_t(m_chunks[cursor.chunk].items.size() - 1);
        return true;
    }

    //! The item that contains \a clock, which must be below the client's state.
    Cursor find(const std::vector<Item> &items, std::uint32_t clock) const;
    ItemRef itemAt(const std::vector<Item> &items, std::uint32_t clock) const { return at(find(items, clock)); }
    void append(ItemRef item, std::uint32_t clock);
    //! Puts the right half of a split behind \a left.
    void insertAfter(Cursor left, ItemRef item, const std::vector<Item> &items);
    void remove(Cursor cursor, const std::vector<Item> &items);
    //! Items from \a cursor to the end.
    std::size_t countFrom(Cursor cursor) const;
    //! The clock of the item at \a cursor has changed.
    void clockChanged(Cursor cursor, std::uint32_t clock)
    {
        if (cursor.slot == 0)
            m_chunks[cursor.chunk].firstClock = clock;
    }

    std::size_t memory() const;

private:
    static constexpr std::size_t kChunk = 128;

    struct Chunk
    {
        std::uint32_t firstClock = 0;
        std::vector<ItemRef> items;
    };

    std::vector<Chunk> m_chunks;
};

inline ClockIndex::Cursor ClockIndex::find(const std::vector<Item> &items, std::uint32_t clock) const
{
    // Mostly the newest item is asked for.
    if (clock >= items[last()].clock)
        return {std::uint32_t(m_chunks.size() - 1), std::uint32_t(m_chunks.back().items.size() - 1)};
    std::size_t low = 0;
    for (std::size_t high = m_chunks.size(); high - low > 1;) {
        const std::size_t middle = (low + high) / 2;
        (m_chunks[middle].firstClock <= clock ? low : high) = middle;
    }
    const std::vector<ItemRef> &chunk = m_chunks[low].items;
    std::size_t slot = 0;
    for (std::size_t high = chunk.size(); high - slot > 1;) {
        const std::size_t middle = (slot + high) / 2;
        (items[chunk[middle]].clock <= clock ? slot : high) = middle;
    }
    return {std::uint32_t(low), std::uint32_t(slot)};
}

inline void ClockIndex::append(ItemRef item, std::uint32_t clock)
{
    if (m_chunks.empty() || m_chunks.back().items.size() >= kChunk)
        m_chunks.push_back({clock, {}});
    m_chunks.back().items.push_back(item);
}

inline void ClockIndex::insertAfter(Cursor left, ItemRef item, const std::vector<Item> &items)
{
    Chunk &chunk = m_chunks[left.chunk];
    chunk.items.insert(chunk.items.begin() + left.slot + 1, item);
    if (chunk.items.size() <= 2 * kChunk)
        return;
    Chunk right;
    right.items.assign(chunk.items.begin() + kChunk, chunk.items.end());
    right.firstClock = items[right.items.front()].clock;
    chunk.items.resize(kChunk);
    m_chunks.insert(m_chunks.begin() + left.chunk + 1, std::move(right));
}

inline void ClockIndex::remove(Cursor cursor, const std::vector<Item> &items)
{
    Chunk &chunk = m_chunks[cursor.chunk];
    chunk.items.erase(chunk.items.begin() + cursor.slot);
    if (chunk.items.empty())
        m_chunks.erase(m_chunks.begin() + cursor.chunk);
    else if (cursor.slot == 0)
        chunk.firstClock = items[chunk.items.front()].clock;
}

inline std::size_t ClockIndex::countFrom(Cursor cursor) const
{
    if (isEnd(cursor))
        return 0;
    std::size_t count = m_chunks[cursor.chunk].items.size() - cursor.slot;
    for (std::size_t chunk = cursor.chunk + 1; chunk < m_chunks.size(); ++chunk)
        count += m_chunks[chunk].items.size();
    return count;
}

inline std::size_t ClockIndex::memory() const
{
    std::size_t bytes = m_chunks.capacity() * sizeof(Chunk);
    for (const Chunk &chunk : m_chunks)
        bytes += chunk.items.capacity() * sizeof(ItemRef);
    return bytes;
}

//! The content of one unit that is not text.
struct StoredValue
{
    base::Bytes bytes;                     //!< Any: encoded; JSON: its text; other kinds: the whole payload of format v1
    std::uint32_t type = kNoRef;           //!< of a Type: its number in Engine::types
};

//! Everything one client has made. Contents lie in clock order, so neighbours that merge are contiguous already and
//! splitting moves nothing.
struct ClientStructs
{
    ClientId id = 0;
    std::uint32_t state = 0;               //!< first clock not held
    ClockIndex index;
    TextStore text;
    std::vector<StoredValue> values;
    std::size_t textGarbage = 0;           //!< units of text nothing refers to any more
    std::size_t valueGarbage = 0;
    std::size_t valueBytes = 0;            //!< heap memory of values' bytes
    std::uint32_t storedText = 0;          //!< sizes of text and values when state was reached
    std::uint32_t storedValues = 0;
    std::uint64_t advancedIn = 0;          //!< number of the last transaction that added to it, and its place there
    std::uint32_t advanceSlot = 0;
};

} // namespace crdt
