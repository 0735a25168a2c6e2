// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/item.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crdt {

//! The items of one client by clock: a list of chunks, so that a split in the middle moves a chunk and not everything, and
//! a search touches few items. A chunk whose items have consecutive numbers is just its first number and a count; in a
//! document that was loaded or typed in one go, that is nearly all of them. Internal to this folder.
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
    ItemRef last() const { return m_chunks.back().at(m_chunks.back().count - 1); }
    ItemRef at(Cursor cursor) const { return m_chunks[cursor.chunk].at(cursor.slot); }
    bool isEnd(Cursor cursor) const { return cursor.chunk >= m_chunks.size(); }
    void advance(Cursor &cursor) const
    {
        if (++cursor.slot == m_chunks[cursor.chunk].count)
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
        cursor.slot = m_chunks[cursor.chunk].count - 1;
        return true;
    }

    //! The item that contains \a clock, which must be below the client's state.
    Cursor find(const std::vector<Item> &items, std::uint32_t clock) const;
    ItemRef itemAt(const std::vector<Item> &items, std::uint32_t clock) const { return at(find(items, clock)); }
    void append(ItemRef item, std::uint32_t clock);
    //! Puts the right half of a split behind \a left.
    void insertAfter(Cursor left, ItemRef item, const std::vector<Item> &items);
    //! Returns where the item before is now, if there is one.
    Cursor remove(Cursor cursor, const std::vector<Item> &items);
    //! Forgets all and holds \a count items from \a first on.
    void assign(ItemRef first, std::uint32_t count, const std::vector<Item> &items);
    //! Items from \a cursor to the end.
    std::size_t countFrom(Cursor cursor) const;

    std::size_t memory() const;

private:
    static constexpr std::uint32_t kChunk = 128;

    struct Chunk
    {
        std::uint32_t firstClock = 0;
        ItemRef first = 0;               // of consecutive numbers
        std::uint32_t count = 0;
        std::vector<ItemRef> items;      // empty while the numbers are consecutive

        bool isRun() const { return items.empty(); }
        ItemRef at(std::uint32_t slot) const { return items.empty() ? first + slot : items[slot]; }
        void list();
    };

    Cursor search(const std::vector<Item> &items, std::uint32_t clock) const;

    std::vector<Chunk> m_chunks;
    mutable Cursor m_found;   // the last answer; may be out of date, so it is checked before use
};

inline ClockIndex::Cursor ClockIndex::find(const std::vector<Item> &items, std::uint32_t clock) const
{
    // Mostly the newest item is asked for, or the one of the last question or a neighbour of it.
    if (clock >= items[last()].clock)
        return {std::uint32_t(m_chunks.size() - 1), m_chunks.back().count - 1};
    if (m_found.chunk < m_chunks.size() && m_found.slot < m_chunks[m_found.chunk].count) {
        const Item &before = items[at(m_found)];
        if (clock - before.clock < before.length)
            return m_found;
        Cursor beside = m_found;
        if (clock < before.clock)
            retreat(beside);
        else
            advance(beside);
        const Item &item = items[at(beside)];
        if (clock - item.clock < item.length)
            return m_found = beside;
    }
    return m_found = search(items, clock);
}

inline void ClockIndex::append(ItemRef item, std::uint32_t clock)
{
    if (!m_chunks.empty()) {
        Chunk &chunk = m_chunks.back();
        if (chunk.count < kChunk) {
            if (!chunk.isRun() || item != chunk.first + chunk.count) {
                chunk.list();
                chunk.items.push_back(item);
            }
            ++chunk.count;
            return;
        }
    }
    m_chunks.push_back({clock, item, 1, {}});
}

} // namespace crdt
