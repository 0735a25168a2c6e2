// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/rowindex.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ui {

//! A treap: in order of lines from left to right, in order of a random priority from top to bottom, which keeps it flat.
struct RowIndex::Node
{
    NodePtr left;
    NodePtr right;
    quint32 priority = 0;
    qint32 rowsEach = 1;         // when each is empty
    qsizetype lines = 0;         // of this stretch
    std::vector<qint32> each;    // empty, or one for each line
    qsizetype ownRows = 0;
    qsizetype allLines = 0;      // with the subtrees
    qsizetype allRows = 0;

    static qsizetype linesOf(const NodePtr &node) { return node ? node->allLines : 0; }
    static qsizetype rowsOf(const NodePtr &node) { return node ? node->allRows : 0; }
    qsizetype rowsBefore(qsizetype line) const
    {
        if (each.empty())
            return line * rowsEach;
        return std::accumulate(each.begin(), each.begin() + line, qsizetype(0));
    }
};

RowIndex::RowIndex() = default;
RowIndex::~RowIndex() = default;

void RowIndex::recount(Node &node)
{
    node.ownRows = node.rowsBefore(node.lines);
    sum(node);
}

//! Its own rows are right: on the way up from a change in another node that is so, and counting them would cost a stretch.
void RowIndex::sum(Node &node)
{
    node.allLines = Node::linesOf(node.left) + node.lines + Node::linesOf(node.right);
    node.allRows = Node::rowsOf(node.left) + node.ownRows + Node::rowsOf(node.right);
}

RowIndex::NodePtr RowIndex::stretch(qsizetype lines, qint32 rowsEach)
{
    // Xorshift: the shape of the tree needs no better chance, and a fixed start makes it the same in every run.
    m_random ^= m_random << 13;
    m_random ^= m_random >> 17;
    m_random ^= m_random << 5;
    if (lines <= 0)
        return {};
    auto node = std::make_unique<Node>();
    node->priority = m_random;
    node->rowsEach = rowsEach;
    node->lines = lines;
    recount(*node);
    return node;
}

RowIndex::NodePtr RowIndex::merge(NodePtr left, NodePtr right)
{
    if (!left)
        return right;
    if (!right)
        return left;
    if (left->priority >= right->priority) {
        left->right = merge(std::move(left->right), std::move(right));
        sum(*left);
        return left;
    }
    right->left = merge(std::move(left), std::move(right->left));
    sum(*right);
    return right;
}

std::pair<RowIndex::NodePtr, RowIndex::NodePtr> RowIndex::split(NodePtr node, qsizetype lines)
{
    if (!node)
        return {};
    const qsizetype before = Node::linesOf(node->left);
    if (lines <= before) {
        auto [first, second] = split(std::move(node->left), lines);
        node->left = std::move(second);
        sum(*node);
        return {std::move(first), std::move(node)};
    }
    if (lines >= before + node->lines) {
        auto [first, second] = split(std::move(node->right), lines - before - node->lines);
        node->right = std::move(first);
        sum(*node);
        return {std::move(node), std::move(second)};
    }
    const qsizetype kept = lines - before;
    NodePtr tail = stretch(node->lines - kept, node->rowsEach);
    if (!node->each.empty()) {
        tail->each.assign(node->each.begin() + kept, node->each.end());
        recount(*tail);
        node->each.resize(static_cast<std::size_t>(kept));
    }
    node->lines = kept;
    NodePtr behind = std::exchange(node->right, {});
    recount(*node);
    return {std::move(node), merge(std::move(tail), std::move(behind))};
}

void RowIndex::reset(qsizetype lines, qint32 rowsEach)
{
    m_root = stretch(lines, rowsEach);
}

void RowIndex::insert(qsizetype line, qsizetype count, qint32 rowsEach)
{
    line = std::clamp<qsizetype>(line, 0, lines());
    if (count <= 0 || (m_root && insertInPlace(*m_root, line, count, rowsEach)))
        return;
    auto [before, behind] = split(std::move(m_root), line);
    m_root = merge(merge(std::move(before), stretch(count, rowsEach)), std::move(behind));
}

void RowIndex::remove(qsizetype line, qsizetype count)
{
    if (count <= 0 || (m_root && removeInPlace(*m_root, line, count)))
        return;
    auto [before, rest] = split(std::move(m_root), line);
    m_root = merge(std::move(before), split(std::move(rest), count).second);
}

void RowIndex::setRange(qsizetype line, qsizetype count, qint32 rowsEach)
{
    count = std::min(count, lines() - line);
    remove(line, count);
    insert(line, count, rowsEach);
}

void RowIndex::set(qsizetype line, qint32 rows)
{
    if (line < 0 || line >= lines() || rowsOf(line) == rows || setInPlace(*m_root, line, rows))
        return;
    // The line lies in a stretch of equal ones: cut out some around it and give each its own number.
    qsizetype first = 0;
    qsizetype count = 0;
    qsizetype at = line;
    for (const Node *node = m_root.get();;) {
        const qsizetype before = Node::linesOf(node->left);
        if (at < before) {
            node = node->left.get();
        } else if (at < before + node->lines) {
            at -= before;
            const qsizetype from = std::max<qsizetype>(0, std::min(at - kStretch / 4, node->lines - kStretch));
            count = std::min(kStretch, node->lines - from);
            first = line - at + from;
            break;
        } else {
            at -= before + node->lines;
            node = node->right.get();
        }
    }
    auto [front, rest] = split(std::move(m_root), first);
    auto [middle, behind] = split(std::move(rest), count);
    middle->each.assign(static_cast<std::size_t>(count), middle->rowsEach);
    middle->each[static_cast<std::size_t>(line - first)] = rows;
    recount(*middle);
    m_root = merge(merge(std::move(front), std::move(middle)), std::move(behind));
}

bool RowIndex::setInPlace(Node &node, qsizetype line, qint32 rows)
{
    const qsizetype before = Node::linesOf(node.left);
    bool done = false;
    if (line < before) {
        done = setInPlace(*node.left, line, rows);
    } else if (line >= before + node.lines) {
        done = setInPlace(*node.right, line - before - node.lines, rows);
    } else if (node.lines == 1) {
        node.each.clear();
        node.rowsEach = rows;
        node.ownRows = rows;
        done = true;
    } else if (!node.each.empty()) {
        qint32 &old = node.each[static_cast<std::size_t>(line - before)];
        node.ownRows += rows - std::exchange(old, rows);
        done = true;
    }
    if (done)
        sum(node);
    return done;
}

bool RowIndex::insertInPlace(Node &node, qsizetype line, qsizetype count, qint32 rowsEach)
{
    const qsizetype before = Node::linesOf(node.left);
    const qsizetype at = line - before;
    bool done = false;
    if (at < 0) {
        done = insertInPlace(*node.left, line, count, rowsEach);
    } else if (at <= node.lines && (!node.each.empty() || node.rowsEach == rowsEach)) {
        const auto size = static_cast<qsizetype>(node.each.size());
        done = node.each.empty() || size + count <= 2 * kStretch;
        if (done && !node.each.empty())
            node.each.insert(node.each.begin() + at, static_cast<std::size_t>(count), rowsEach);
        if (done) {
            node.lines += count;
            node.ownRows += count * rowsEach;
        }
    } else if (at == 0 && node.left) {
        done = insertInPlace(*node.left, line, count, rowsEach);
    }
    if (!done && at >= node.lines && node.right)
        done = insertInPlace(*node.right, at - node.lines, count, rowsEach);
    if (done)
        sum(node);
    return done;
}

bool RowIndex::removeInPlace(Node &node, qsizetype line, qsizetype count)
{
    const qsizetype before = Node::linesOf(node.left);
    const qsizetype at = line - before;
    bool done = false;
    if (at < 0) {
        done = node.left && removeInPlace(*node.left, line, count);
    } else if (at >= node.lines) {
        done = node.right && removeInPlace(*node.right, at - node.lines, count);
    } else if (at + count <= node.lines && count < node.lines) {
        // A whole stretch is taken out by split() and merge(), so that none is ever empty.
        node.ownRows -= node.rowsBefore(at + count) - node.rowsBefore(at);
        if (!node.each.empty())
            node.each.erase(node.each.begin() + at, node.each.begin() + at + count);
        node.lines -= count;
        done = true;
    }
    if (done)
        sum(node);
    return done;
}

qsizetype RowIndex::lines() const
{
    return Node::linesOf(m_root);
}

qsizetype RowIndex::rows() const
{
    return Node::rowsOf(m_root);
}

qint32 RowIndex::rowsOf(qsizetype line) const
{
    if (line < 0 || line >= lines())
        return 0;
    for (const Node *node = m_root.get();;) {
        const qsizetype before = Node::linesOf(node->left);
        if (line < before) {
            node = node->left.get();
        } else if (line < before + node->lines) {
            return node->each.empty() ? node->rowsEach : node->each[static_cast<std::size_t>(line - before)];
        } else {
            line -= before + node->lines;
            node = node->right.get();
        }
    }
}

qsizetype RowIndex::rowsBefore(qsizetype line) const
{
    line = std::clamp<qsizetype>(line, 0, lines());
    qsizetype rows = 0;
    for (const Node *node = m_root.get(); node;) {
        const qsizetype before = Node::linesOf(node->left);
        if (line < before) {
            node = node->left.get();
            continue;
        }
        rows += Node::rowsOf(node->left);
        if (line < before + node->lines)
            return rows + node->rowsBefore(line - before);
        rows += node->ownRows;
        line -= before + node->lines;
        node = node->right.get();
    }
    return rows;
}

qsizetype RowIndex::lineAtRow(qsizetype row) const
{
    if (rows() <= 0)
        return 0;
    row = std::clamp<qsizetype>(row, 0, rows() - 1);
    qsizetype line = 0;
    for (const Node *node = m_root.get();;) {
        const qsizetype before = Node::rowsOf(node->left);
        if (row < before) {
            node = node->left.get();
            continue;
        }
        line += Node::linesOf(node->left);
        row -= before;
        if (row < node->ownRows) {
            if (node->each.empty())
                return line + row / node->rowsEach;
            qsizetype at = 0;
            while (row >= node->each[static_cast<std::size_t>(at)])
                row -= node->each[static_cast<std::size_t>(at++)];
            return line + at;
        }
        row -= node->ownRows;
        line += node->lines;
        node = node->right.get();
    }
}

qsizetype RowIndex::stretches() const
{
    const auto count = [](const auto &self, const Node *node) -> qsizetype {
        return node ? 1 + self(self, node->left.get()) + self(self, node->right.get()) : 0;
    };
    return count(count, m_root.get());
}

} // namespace ui
