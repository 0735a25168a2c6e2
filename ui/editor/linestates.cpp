// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/linestates.h"

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype kBlockLines = 1024;

} // namespace

void LineStates::reset(qsizetype lines)
{
    m_blocks.clear();
    m_count = lines;
    for (; lines > 0; lines -= kBlockLines)
        m_blocks.push_back({std::min(lines, kBlockLines), {}});
}

std::size_t LineStates::locate(qsizetype &line) const
{
    std::size_t block = 0;
    while (block + 1 < m_blocks.size() && line >= m_blocks[block].lines)
        line -= m_blocks[block++].lines;
    return block;
}

void LineStates::insert(qsizetype line, qsizetype count)
{
    if (count <= 0)
        return;
    m_count += count;
    if (m_blocks.empty())
        m_blocks.emplace_back();
    const std::size_t at = locate(line);
    Block &block = m_blocks[at];
    if (!block.states.empty())
        block.states.insert(block.states.begin() + line, static_cast<std::size_t>(count), State());
    block.lines += count;
    if (block.lines > 2 * kBlockLines)
        split(at);
}

void LineStates::split(std::size_t at)
{
    const Block whole = std::move(m_blocks[at]);
    std::vector<Block> parts;
    for (qsizetype from = 0; from < whole.lines; from += kBlockLines) {
        Block part{std::min(kBlockLines, whole.lines - from), {}};
        if (!whole.states.empty())
            part.states.assign(whole.states.begin() + from, whole.states.begin() + from + part.lines);
        parts.push_back(std::move(part));
    }
    const auto place = m_blocks.erase(m_blocks.begin() + static_cast<std::ptrdiff_t>(at));
    m_blocks.insert(place, std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
}

void LineStates::remove(qsizetype line, qsizetype count)
{
    count = std::min(count, m_count - line);
    if (count <= 0)
        return;
    m_count -= count;
    std::size_t at = locate(line);
    const std::size_t first = at;
    while (count > 0) {
        Block &block = m_blocks[at++];
        const qsizetype here = std::min(count, block.lines - line);
        if (!block.states.empty())
            block.states.erase(block.states.begin() + line, block.states.begin() + line + here);
        block.lines -= here;
        count -= here;
        line = 0;
    }
    const auto begin = m_blocks.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = m_blocks.begin() + static_cast<std::ptrdiff_t>(at);
    m_blocks.erase(std::remove_if(begin, end, [](const Block &block) { return block.lines == 0; }), end);
}

LineStates::State LineStates::at(qsizetype line) const
{
    if (line < 0 || line >= m_count)
        return {};
    const Block &block = m_blocks[locate(line)];
    return block.states.empty() ? State() : block.states[static_cast<std::size_t>(line)];
}

void LineStates::set(qsizetype line, const State &state)
{
    if (line < 0 || line >= m_count)
        return;
    Block &block = m_blocks[locate(line)];
    if (block.states.empty())
        block.states.resize(static_cast<std::size_t>(block.lines));
    block.states[static_cast<std::size_t>(line)] = state;
}

} // namespace ui
