// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace ui {

//! One value per line, in blocks, so that a new line in a million moves a thousand entries and not all, and lines nobody
//! has worked on yet cost nothing.
template <typename Value>
class LineValues
{
public:
    void reset(qsizetype lines);
    void insert(qsizetype line, qsizetype count);
    void remove(qsizetype line, qsizetype count);

    //! The default value for a line never set.
    Value at(qsizetype line) const;
    void set(qsizetype line, const Value &value);
    qsizetype count() const { return m_count; }
    //! Calls \a visit with the lines from \a line on and their values, until it returns false; blocks never set are passed
    //! over.
    template <typename Visit>
    void visitFrom(qsizetype line, Visit visit) const;
    //! The same upwards from \a line.
    template <typename Visit>
    void visitUpFrom(qsizetype line, Visit visit) const;

private:
    static constexpr qsizetype kBlockLines = 1024;

    struct Block
    {
        qsizetype lines = 0;
        std::vector<Value> values;   // empty, or one for each line
    };

    //! The block that holds \a line, which becomes relative to it.
    std::size_t locate(qsizetype &line) const;
    void split(std::size_t block);

    std::vector<Block> m_blocks;
    qsizetype m_count = 0;
};

template <typename Value>
void LineValues<Value>::reset(qsizetype lines)
{
    m_blocks.clear();
    m_count = lines;
    for (; lines > 0; lines -= kBlockLines)
        m_blocks.push_back({std::min(lines, kBlockLines), {}});
}

template <typename Value>
std::size_t LineValues<Value>::locate(qsizetype &line) const
{
    std::size_t block = 0;
    while (block + 1 < m_blocks.size() && line >= m_blocks[block].lines)
        line -= m_blocks[block++].lines;
    return block;
}

template <typename Value>
void LineValues<Value>::insert(qsizetype line, qsizetype count)
{
    if (count <= 0)
        return;
    m_count += count;
    if (m_blocks.empty())
        m_blocks.emplace_back();
    const std::size_t at = locate(line);
    Block &block = m_blocks[at];
    if (!block.values.empty())
        block.values.insert(block.values.begin() + line, static_cast<std::size_t>(count), Value());
    block.lines += count;
    if (block.lines > 2 * kBlockLines)
        split(at);
}

template <typename Value>
void LineValues<Value>::split(std::size_t at)
{
    const Block whole = std::move(m_blocks[at]);
    std::vector<Block> parts;
    for (qsizetype from = 0; from < whole.lines; from += kBlockLines) {
        Block part{std::min(kBlockLines, whole.lines - from), {}};
        if (!whole.values.empty())
            part.values.assign(whole.values.begin() + from, whole.values.begin() + from + part.lines);
        parts.push_back(std::move(part));
    }
    const auto place = m_blocks.erase(m_blocks.begin() + static_cast<std::ptrdiff_t>(at));
    m_blocks.insert(place, std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
}

template <typename Value>
void LineValues<Value>::remove(qsizetype line, qsizetype count)
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
        if (!block.values.empty())
            block.values.erase(block.values.begin() + line, block.values.begin() + line + here);
        block.lines -= here;
        count -= here;
        line = 0;
    }
    const auto begin = m_blocks.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = m_blocks.begin() + static_cast<std::ptrdiff_t>(at);
    m_blocks.erase(std::remove_if(begin, end, [](const Block &block) { return block.lines == 0; }), end);
}

template <typename Value>
Value LineValues<Value>::at(qsizetype line) const
{
    if (line < 0 || line >= m_count)
        return {};
    const Block &block = m_blocks[locate(line)];
    return block.values.empty() ? Value() : block.values[static_cast<std::size_t>(line)];
}

template <typename Value>
void LineValues<Value>::set(qsizetype line, const Value &value)
{
    if (line < 0 || line >= m_count)
        return;
    Block &block = m_blocks[locate(line)];
    if (block.values.empty())
        block.values.resize(static_cast<std::size_t>(block.lines));
    block.values[static_cast<std::size_t>(line)] = value;
}

template <typename Value>
template <typename Visit>
void LineValues<Value>::visitFrom(qsizetype line, Visit visit) const
{
    if (line >= m_count)
        return;
    qsizetype at = line;
    qsizetype inBlock = line;
    for (std::size_t block = locate(inBlock); block < m_blocks.size(); ++block, inBlock = 0) {
        const Block &here = m_blocks[block];
        const qsizetype end = at + here.lines - inBlock;
        for (std::size_t i = static_cast<std::size_t>(inBlock); i < here.values.size(); ++i) {
            if (!visit(at++, here.values[i]))
                return;
        }
        at = end;
    }
}

template <typename Value>
template <typename Visit>
void LineValues<Value>::visitUpFrom(qsizetype line, Visit visit) const
{
    if (line < 0 || m_count == 0)
        return;
    qsizetype inBlock = std::min(line, m_count - 1);
    qsizetype at = inBlock;
    for (std::size_t block = locate(inBlock) + 1; block-- > 0;) {
        const Block &here = m_blocks[block];
        const qsizetype before = at - inBlock - 1;
        for (qsizetype i = inBlock; i >= 0 && !here.values.empty(); --i) {
            if (!visit(at--, here.values[static_cast<std::size_t>(i)]))
                return;
        }
        at = before;
        inBlock = block > 0 ? m_blocks[block - 1].lines - 1 : 0;
    }
}

} // namespace ui
