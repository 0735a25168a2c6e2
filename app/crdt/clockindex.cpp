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

// Makes the place at cursor changeable: a run is cut so that only the numbers around are written out.
ClockIndex::Cursor ClockIndex::listAround(Cursor cursor, const std::vector<Item> &items)
{
    const Chunk run = m_chunks[cursor.chunk];
    if (!run.isRun())
        return cursor;
    const std::uint32_t begin = cursor.slot < kChunk ? 0 : cursor.slot - kChunk / 2;
    const std::uint32_t end = run.count - begin < 2 * kChunk ? run.count : begin + kChunk;
    const auto part = [&](std::uint32_t from, std::uint32_t to) {
        return Chunk{items[run.first + from].clock, run.first + from, to - from, {}};
    };
    const bool hasRest = end < run.count;
    Chunk middle = part(begin, end);
    middle.list();
    m_chunks[cursor.chunk] = std::move(middle);
    if (hasRest)
        m_chunks.insert(m_chunks.begin() + cursor.chunk + 1, part(end, run.count));
    if (begin > 0)
        m_chunks.insert(m_chunks.begin() + cursor.chunk++, part(0, begin));
    return {cursor.chunk, cursor.slot - begin};
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
    left = listAround(left, items);
    Chunk &chunk = m_chunks[left.chunk];
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
    const Chunk &found = m_chunks[cursor.chunk];
    if (found.isRun() && cursor.slot == 0)
        ++m_chunks[cursor.chunk].first;
    else if (!found.isRun() || cursor.slot + 1 < found.count)
        cursor = listAround(cursor, items);
    Chunk &chunk = m_chunks[cursor.chunk];
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

void ClockIndex::assign(ItemRef first, std::uint32_t count)
{
    m_chunks.clear();
    if (count > 0)
        m_chunks.push_back({0, first, count, {}});
    m_chunks.shrink_to_fit();
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
