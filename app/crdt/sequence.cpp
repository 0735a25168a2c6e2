// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/sequence.h"

#include "app/crdt/growth.h"

#include <algorithm>
#include <utility>

namespace crdt {

// Callers know that the value is there. Stepping through is faster than comparing several at once.
std::uint32_t Sequences::slotOf(const std::array<std::uint32_t, kFanout> &values, std::uint32_t value)
{
    std::uint32_t slot = 0;
    while (values[slot] != value)
        ++slot;
    return slot;
}

SequenceRef Sequences::create(std::uint32_t owner)
{
    SequenceRef sequence = SequenceRef(m_lists.size());
    if (m_freeLists.empty()) {
        m_lists.emplace_back();
    } else {
        sequence = m_freeLists.back();
        m_freeLists.pop_back();
    }
    m_lists[sequence].owner = owner;
    return sequence;
}

SequenceRef Sequences::create(std::uint32_t owner, std::string key)
{
    const SequenceRef sequence = create(owner);
    m_lists[sequence].keyed = true;
    m_keyBytes += key.size();
    m_lists[sequence].key = std::move(key);
    return sequence;
}

void Sequences::destroy(SequenceRef sequence)
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> nodes;   // number, levels above the leaves
    if (m_lists[sequence].root != kNoRef && m_lists[sequence].depth > 0)
        nodes.emplace_back(m_lists[sequence].root, m_lists[sequence].depth);
    while (!nodes.empty()) {
        const auto [number, depth] = nodes.back();
        nodes.pop_back();
        for (std::uint32_t slot = 0; depth > 1 && slot < m_nodes[number].count; ++slot)
            nodes.emplace_back(m_nodes[number].children[slot], depth - 1);
        m_freeNodes.push_back(number);
    }
    for (std::uint32_t leaf = m_lists[sequence].firstLeaf; leaf != kNoRef; leaf = m_leaves[leaf].next)
        m_freeLeaves.push_back(leaf);
    m_keyBytes -= m_lists[sequence].key.size();
    m_lists[sequence] = List{};
    m_freeLists.push_back(sequence);
}

ItemRef Sequences::first(SequenceRef sequence) const
{
    const std::uint32_t leaf = m_lists[sequence].firstLeaf;
    return leaf == kNoRef ? kNoRef : m_leaves[leaf].items[0];
}

ItemRef Sequences::last(SequenceRef sequence) const
{
    const std::uint32_t leaf = m_lists[sequence].lastLeaf;
    return leaf == kNoRef ? kNoRef : m_leaves[leaf].items[m_leaves[leaf].count - 1];
}

ItemRef Sequences::next(ItemRef ref) const
{
    const Leaf &leaf = m_leaves[item(ref).leaf];
    const std::uint32_t slot = slotOf(leaf.items, ref) + 1;
    if (slot < leaf.count)
        return leaf.items[slot];
    return leaf.next == kNoRef ? kNoRef : m_leaves[leaf.next].items[0];
}

ItemRef Sequences::previous(ItemRef ref) const
{
    const Leaf &leaf = m_leaves[item(ref).leaf];
    const std::uint32_t slot = slotOf(leaf.items, ref);
    if (slot > 0)
        return leaf.items[slot - 1];
    return leaf.previous == kNoRef ? kNoRef : m_leaves[leaf.previous].items[m_leaves[leaf.previous].count - 1];
}

Sequences::Walker Sequences::walkAfter(SequenceRef sequence, ItemRef left) const
{
    Walker walker;
    walker.m_sequences = this;
    const std::uint32_t leaf = left == kNoRef ? m_lists[sequence].firstLeaf : item(left).leaf;
    if (leaf == kNoRef)
        return walker;
    walker.m_leaf = &m_leaves[leaf];
    if (left != kNoRef) {
        walker.m_slot = slotOf(m_leaves[leaf].items, left);
        walker.advance();
    }
    return walker;
}

std::uint32_t Sequences::newLeaf(SequenceRef sequence)
{
    std::uint32_t leaf = std::uint32_t(m_leaves.size());
    if (m_freeLeaves.empty()) {
        makeRoom(m_leaves, 1);
        m_leaves.emplace_back();
    } else {
        leaf = m_freeLeaves.back();
        m_freeLeaves.pop_back();
        m_leaves[leaf] = Leaf{};
    }
    m_leaves[leaf].sequence = sequence;
    return leaf;
}

std::uint32_t Sequences::newNode()
{
    if (m_freeNodes.empty()) {
        makeRoom(m_nodes, 1);
        m_nodes.emplace_back();
        return std::uint32_t(m_nodes.size() - 1);
    }
    const std::uint32_t node = m_freeNodes.back();
    m_freeNodes.pop_back();
    m_nodes[node] = Node{};
    return node;
}

void Sequences::insertAfter(SequenceRef sequence, ItemRef left, ItemRef ref)
{
    List &list = m_lists[sequence];
    if (list.root == kNoRef)
        list.root = list.firstLeaf = list.lastLeaf = newLeaf(sequence);
    const std::uint32_t leaf = left == kNoRef ? list.firstLeaf : item(left).leaf;
    insertInto(leaf, left == kNoRef ? 0 : slotOf(m_leaves[leaf].items, left) + 1, ref);
    addVisible(ref, item(ref).visible());
}

void Sequences::insertSplit(ItemRef left, ItemRef right)
{
    const std::uint32_t leaf = item(left).leaf;
    insertInto(leaf, slotOf(m_leaves[leaf].items, left) + 1, right);
    // The sums have these units already, at the leaf where they were.
    if (const std::uint32_t visible = item(right).leaf == leaf ? 0 : item(right).visible()) {
        addVisibleAbove(leaf, 0 - visible);
        addVisibleAbove(item(right).leaf, visible);
    }
}

// Leaves the sums alone.
void Sequences::insertInto(std::uint32_t leafNumber, std::uint32_t slot, ItemRef ref)
{
    if (m_leaves[leafNumber].count == kFanout) {
        const bool appending = slot == kFanout && m_leaves[leafNumber].next == kNoRef;
        const std::uint32_t right = splitLeaf(leafNumber, appending);
        const std::uint32_t kept = m_leaves[leafNumber].count;
        if (slot > kept || (appending && slot == kept)) {
            slot -= kept;
            leafNumber = right;
        }
    }
    Leaf &leaf = m_leaves[leafNumber];
    std::copy_backward(leaf.items.begin() + slot, leaf.items.begin() + leaf.count, leaf.items.begin() + leaf.count + 1);
    leaf.items[slot] = ref;
    ++leaf.count;
    item(ref).leaf = leafNumber;
}

// Appending leaves the old leaf full: text that only grows at its end makes full leaves.
std::uint32_t Sequences::splitLeaf(std::uint32_t leafNumber, bool appending)
{
    const SequenceRef sequence = m_leaves[leafNumber].sequence;
    const std::uint32_t rightNumber = newLeaf(sequence);
    Leaf &leaf = m_leaves[leafNumber];
    Leaf &right = m_leaves[rightNumber];
    const std::uint32_t kept = appending ? kFanout : kFanout / 2;
    for (std::uint32_t slot = kept; slot < leaf.count; ++slot) {
        const ItemRef moved = leaf.items[slot];
        right.items[right.count++] = moved;
        item(moved).leaf = rightNumber;
        right.visible += item(moved).visible();
    }
    leaf.count = kept;
    leaf.visible -= right.visible;
    right.next = leaf.next;
    right.previous = leafNumber;
    leaf.next = rightNumber;
    if (right.next == kNoRef)
        m_lists[sequence].lastLeaf = rightNumber;
    else
        m_leaves[right.next].previous = rightNumber;
    addChild(sequence, leafNumber, rightNumber, true);
    return rightNumber;
}

std::uint32_t Sequences::sumOf(std::uint32_t child, bool leaf) const
{
    if (leaf)
        return m_leaves[child].visible;
    const Node &node = m_nodes[child];
    std::uint32_t sum = 0;
    for (std::uint32_t slot = 0; slot < node.count; ++slot)
        sum += node.visible[slot];
    return sum;
}

void Sequences::setParent(const Node &node, std::uint32_t child, std::uint32_t parent)
{
    (node.aboveLeaves ? m_leaves[child].parent : m_nodes[child].parent) = parent;
}

// Puts newChild behind child, both of one level; the sum of child has already shrunk by that of newChild.
void Sequences::addChild(SequenceRef sequence, std::uint32_t child, std::uint32_t newChild, bool leaves)
{
    std::uint32_t parent = leaves ? m_leaves[child].parent : m_nodes[child].parent;
    if (parent == kNoRef) {
        parent = newNode();
        Node &root = m_nodes[parent];
        root.aboveLeaves = leaves;
        root.children[0] = child;
        root.count = 1;
        setParent(root, child, parent);
        m_lists[sequence].root = parent;
        ++m_lists[sequence].depth;
    }
    std::uint32_t slot = slotOf(m_nodes[parent].children, child) + 1;
    if (m_nodes[parent].count == kFanout) {
        const std::uint32_t right = splitNode(sequence, parent, slot == kFanout);
        const std::uint32_t kept = m_nodes[parent].count;
        if (slot > kept || (slot == kept && slot == kFanout)) {
            // The sum of child is corrected below, in the half that child is in.
            if (slot > kept) {
                slot -= kept;
                parent = right;
            } else {
                m_nodes[parent].visible[kept - 1] = sumOf(child, leaves);
                Node &node = m_nodes[right];
                node.children[0] = newChild;
                node.visible[0] = sumOf(newChild, leaves);
                node.count = 1;
                setParent(node, newChild, right);
                addChild(sequence, parent, right, false);
                return;
            }
        }
    }
    Node &node = m_nodes[parent];
    std::copy_backward(node.children.begin() + slot, node.children.begin() + node.count,
                       node.children.begin() + node.count + 1);
    std::copy_backward(node.visible.begin() + slot, node.visible.begin() + node.count,
                       node.visible.begin() + node.count + 1);
    ++node.count;
    node.children[slot] = newChild;
    node.visible[slot] = sumOf(newChild, leaves);
    node.visible[slot - 1] = sumOf(child, leaves);
    setParent(node, newChild, parent);
}

// Not yet known to the parent when appending: the new node is empty until addChild() has filled it.
std::uint32_t Sequences::splitNode(SequenceRef sequence, std::uint32_t nodeNumber, bool appending)
{
    const std::uint32_t rightNumber = newNode();
    Node &node = m_nodes[nodeNumber];
    Node &right = m_nodes[rightNumber];
    right.aboveLeaves = node.aboveLeaves;
    if (appending)
        return rightNumber;
    const std::uint32_t kept = kFanout / 2;
    for (std::uint32_t slot = kept; slot < node.count; ++slot) {
        right.children[right.count] = node.children[slot];
        right.visible[right.count++] = node.visible[slot];
        setParent(node, node.children[slot], rightNumber);
    }
    node.count = kept;
    addChild(sequence, nodeNumber, rightNumber, false);
    return rightNumber;
}

void Sequences::addVisibleAbove(std::uint32_t leafNumber, std::uint32_t delta)
{
    Leaf &leaf = m_leaves[leafNumber];
    leaf.visible += delta;
    m_lists[leaf.sequence].visible += delta;
    std::uint32_t child = leafNumber;
    for (std::uint32_t parent = leaf.parent; parent != kNoRef; parent = m_nodes[parent].parent) {
        Node &node = m_nodes[parent];
        node.visible[slotOf(node.children, child)] += delta;
        child = parent;
    }
}

void Sequences::addVisible(ItemRef ref, std::uint32_t delta)
{
    if (delta != 0)
        addVisibleAbove(item(ref).leaf, delta);
}

void Sequences::remove(ItemRef ref)
{
    const std::uint32_t leafNumber = item(ref).leaf;
    if (const std::uint32_t visible = item(ref).visible())
        addVisibleAbove(leafNumber, 0 - visible);
    Leaf &leaf = m_leaves[leafNumber];
    const std::uint32_t slot = slotOf(leaf.items, ref);
    std::copy(leaf.items.begin() + slot + 1, leaf.items.begin() + leaf.count, leaf.items.begin() + slot);
    --leaf.count;
    item(ref).leaf = kNoRef;
    if (leaf.count == 0)
        dropLeaf(leafNumber);
    else if (leaf.count < kFanout / 4)
        tryJoin(leafNumber);
}

// Moves a sparse leaf's items into its left neighbour where they fit easily.
void Sequences::tryJoin(std::uint32_t leafNumber)
{
    Leaf &leaf = m_leaves[leafNumber];
    if (leaf.previous == kNoRef || m_leaves[leaf.previous].count + leaf.count > kFanout * 3 / 4)
        return;
    const std::uint32_t target = leaf.previous;
    const std::uint32_t visible = leaf.visible;
    for (std::uint32_t slot = 0; slot < leaf.count; ++slot) {
        m_leaves[target].items[m_leaves[target].count++] = leaf.items[slot];
        item(leaf.items[slot]).leaf = target;
    }
    leaf.count = 0;
    addVisibleAbove(leafNumber, 0 - visible);
    addVisibleAbove(target, visible);
    dropLeaf(leafNumber);
}

void Sequences::dropLeaf(std::uint32_t leafNumber)
{
    const Leaf &leaf = m_leaves[leafNumber];
    List &list = m_lists[leaf.sequence];
    (leaf.previous == kNoRef ? list.firstLeaf : m_leaves[leaf.previous].next) = leaf.next;
    (leaf.next == kNoRef ? list.lastLeaf : m_leaves[leaf.next].previous) = leaf.previous;
    if (leaf.parent == kNoRef)
        list.root = kNoRef;
    else
        removeChild(leaf.sequence, leaf.parent, leafNumber);
    m_freeLeaves.push_back(leafNumber);
}

void Sequences::removeChild(SequenceRef sequence, std::uint32_t nodeNumber, std::uint32_t child)
{
    Node &node = m_nodes[nodeNumber];
    const std::uint32_t slot = slotOf(node.children, child);
    std::copy(node.children.begin() + slot + 1, node.children.begin() + node.count, node.children.begin() + slot);
    std::copy(node.visible.begin() + slot + 1, node.visible.begin() + node.count, node.visible.begin() + slot);
    --node.count;
    List &list = m_lists[sequence];
    if (node.count == 0) {
        if (node.parent == kNoRef) {
            list.root = kNoRef;
            list.depth = 0;
        } else {
            removeChild(sequence, node.parent, nodeNumber);
        }
        m_freeNodes.push_back(nodeNumber);
    } else if (node.count == 1 && node.parent == kNoRef) {
        list.root = node.children[0];
        --list.depth;
        setParent(node, node.children[0], kNoRef);
        m_freeNodes.push_back(nodeNumber);
    }
}

Sequences::Place Sequences::find(SequenceRef sequence, std::uint32_t index) const
{
    const List &list = m_lists[sequence];
    if (index >= list.visible)
        return {};
    std::uint32_t at = list.root;
    for (std::uint32_t depth = list.depth; depth > 0; --depth) {
        const Node &node = m_nodes[at];
        std::uint32_t slot = 0;
        while (index >= node.visible[slot])
            index -= node.visible[slot++];
        at = node.children[slot];
    }
    const Leaf &leaf = m_leaves[at];
    for (std::uint32_t slot = 0;; ++slot) {
        const std::uint32_t visible = item(leaf.items[slot]).visible();
        if (index < visible)
            return {leaf.items[slot], index};
        index -= visible;
    }
}

std::uint32_t Sequences::rank(ItemRef ref) const
{
    const Leaf &leaf = m_leaves[item(ref).leaf];
    std::uint32_t before = 0;
    for (std::uint32_t slot = 0; leaf.items[slot] != ref; ++slot)
        before += item(leaf.items[slot]).visible();
    std::uint32_t child = item(ref).leaf;
    for (std::uint32_t parent = leaf.parent; parent != kNoRef; parent = m_nodes[parent].parent) {
        const Node &node = m_nodes[parent];
        for (std::uint32_t slot = 0; node.children[slot] != child; ++slot)
            before += node.visible[slot];
        child = parent;
    }
    return before;
}

std::uint64_t Sequences::order(ItemRef ref) const
{
    const Leaf &leaf = m_leaves[item(ref).leaf];
    std::uint64_t key = slotOf(leaf.items, ref);
    unsigned shift = kOrderBits;
    std::uint32_t child = item(ref).leaf;
    for (std::uint32_t parent = leaf.parent; parent != kNoRef; parent = m_nodes[parent].parent) {
        key |= std::uint64_t(slotOf(m_nodes[parent].children, child)) << shift;
        shift += kOrderBits;
        child = parent;
    }
    return key;
}

void Sequences::pack(const std::vector<ItemRef> &moved)
{
    const std::vector<Leaf> old = std::exchange(m_leaves, {});
    m_nodes.clear();
    m_freeLeaves = {};
    m_freeNodes = {};
    m_leaves.reserve(old.size());
    for (SequenceRef sequence = 0; sequence < m_lists.size(); ++sequence)
        packList(sequence, old, moved);
    m_leaves.shrink_to_fit();
    m_nodes.shrink_to_fit();
    m_lists.shrink_to_fit();
}

void Sequences::packList(SequenceRef sequence, const std::vector<Leaf> &old, const std::vector<ItemRef> &moved)
{
    List &list = m_lists[sequence];
    std::uint32_t from = std::exchange(list.firstLeaf, kNoRef);
    list.lastLeaf = list.root = kNoRef;
    list.depth = 0;
    std::vector<std::uint32_t> level;
    for (; from != kNoRef; from = old[from].next) {
        for (std::uint32_t slot = 0; slot < old[from].count; ++slot) {
            if (level.empty() || m_leaves.back().count == kFanout) {
                const std::uint32_t made = newLeaf(sequence);
                if (!level.empty()) {
                    m_leaves[made].previous = level.back();
                    m_leaves[level.back()].next = made;
                }
                level.push_back(made);
            }
            Leaf &leaf = m_leaves.back();
            const ItemRef ref = moved[old[from].items[slot]];
            leaf.items[leaf.count++] = ref;
            leaf.visible += item(ref).visible();
            item(ref).leaf = level.back();
        }
    }
    if (level.empty())
        return;
    list.firstLeaf = level.front();
    list.lastLeaf = level.back();
    stackNodes(sequence, std::move(level));
}

// Puts full nodes above the leaves until one is left.
void Sequences::stackNodes(SequenceRef sequence, std::vector<std::uint32_t> level)
{
    bool aboveLeaves = true;
    while (level.size() > 1) {
        std::vector<std::uint32_t> above;
        for (std::size_t child = 0; child < level.size(); ++child) {
            if (child % kFanout == 0) {
                above.push_back(newNode());
                m_nodes.back().aboveLeaves = aboveLeaves;
            }
            Node &node = m_nodes.back();
            node.children[node.count] = level[child];
            node.visible[node.count++] = sumOf(level[child], aboveLeaves);
            setParent(node, level[child], above.back());
        }
        level = std::move(above);
        aboveLeaves = false;
        ++m_lists[sequence].depth;
    }
    m_lists[sequence].root = level.front();
}

std::size_t Sequences::memory() const
{
    return m_leaves.capacity() * sizeof(Leaf) + m_nodes.capacity() * sizeof(Node) + m_lists.capacity() * sizeof(List)
        + m_keyBytes + (m_freeLeaves.capacity() + m_freeNodes.capacity() + m_freeLists.capacity()) * sizeof(std::uint32_t);
}

} // namespace crdt
