// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/clockindex.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace crdt {

void ClockIndex::Chunk::list()
{
    if (!isRun())
        return;
    items.resize(count);
    std::iota(items.begin(), items.end(), first);
}

ClockIndex::Cursor ClockIndex::search(const std::vector<Item> &items, std::uint32_t clock) const
{
    std::size_t low = 0;
    for (std::size_t high = m_chunks.size(); high - low > 1;) {
        const std::size_t middle = (low + high) / 2;
        (m_chunks[middle].firstClock <= clock ? low : high) = middle;
    }
    const Chunk &chunk = m_chunks[low];
    std::uint32_t slot = 0;
    // Which half it is nobody can predict, so this must not become a jump.
    const auto halve = [&](const auto &refAt) {
        for (std::uint32_t left = chunk.count; left > 1;) {
            const std::uint32_t half = left / 2;
            slot += items[refAt(slot + half)].clock <= clock ? half : 0;
            left -= half;
        }
    };
    if (chunk.isRun())
        halve([first = chunk.first](std::uint32_t at) { return first + at; });
    else
        halve([refs = chunk.items.data()](std::uint32_t at) { return refs[at]; });
    return {std::uint32_t(low), slot};
}

void ClockIndex::insertAfter(Cursor left, ItemRef item, const std::vector<Item> &items)
{
    Chunk &chunk = m_chunks[left.chunk];
    chunk.list();
    chunk.items.insert(chunk.items.begin() + left.slot + 1, item);
    if (++chunk.count <= 2 * kChunk)
        return;
    Chunk right;
    right.items.assign(chunk.items.begin() + kChunk, chunk.items.end());
    right.count = std::uint32_t(right.items.size());
    right.firstClock = items[right.items.front()].clock;
    chunk.items.resize(kChunk);
    chunk.count = kChunk;
    m_chunks.insert(m_chunks.begin() + left.chunk + 1, std::move(right));
}

ClockIndex::Cursor ClockIndex::remove(Cursor cursor, const std::vector<Item> &items)
{
    Chunk &chunk = m_chunks[cursor.chunk];
    if (chunk.isRun() && cursor.slot == 0)
        ++chunk.first;
    else if (cursor.slot + 1 < chunk.count)
        chunk.list();
    --chunk.count;
    if (!chunk.isRun())
        chunk.items.erase(chunk.items.begin() + cursor.slot);
    if (chunk.count == 0)
        m_chunks.erase(m_chunks.begin() + cursor.chunk);
    else if (cursor.slot == 0)
        chunk.firstClock = items[chunk.at(0)].clock;
    retreat(cursor);
    return cursor;
}

void ClockIndex::assign(ItemRef first, std::uint32_t count, const std::vector<Item> &items)
{
    m_chunks.clear();
    m_chunks.shrink_to_fit();
    m_chunks.reserve((count + kChunk - 1) / kChunk);
    for (std::uint32_t from = 0; from < count; from += kChunk)
        m_chunks.push_back({items[first + from].clock, first + from, std::min(kChunk, count - from), {}});
}

std::size_t ClockIndex::countFrom(Cursor cursor) const
{
    if (isEnd(cursor))
        return 0;
    return std::accumulate(m_chunks.begin() + cursor.chunk, m_chunks.end(), std::size_t{0},
                           [](std::size_t sum, const Chunk &chunk) { return sum + chunk.count; }) - cursor.slot;
}

std::size_t ClockIndex::memory() const
{
    std::size_t bytes = m_chunks.capacity() * sizeof(Chunk);
    for (const Chunk &chunk : m_chunks)
        bytes += chunk.items.capacity() * sizeof(ItemRef);
    return bytes;
}

} // namespace crdt
