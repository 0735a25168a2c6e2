// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/item.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace crdt {

//! All lists of a document: the children of each type in order, and per map key the chain of its values. Each list is a
//! B+tree of item numbers with sums of visible units, so that index to item and item to index both take O(log n).
//!
//! Tombstones stay in their list. Internal to this folder.
class Sequences
{
    struct Leaf;

public:
    struct Place
    {
        ItemRef item = kNoRef;        //!< kNoRef: behind the last visible unit
        std::uint32_t offset = 0;     //!< inside item
    };

    explicit Sequences(std::vector<Item> &items) : m_items(&items) {}

    //! A new, empty list of \a owner: its children, or the values of \a key.
    SequenceRef create(std::uint32_t owner);
    SequenceRef create(std::uint32_t owner, std::string key);
    //! Forgets a list; its items' leaf fields are left alone.
    void destroy(SequenceRef sequence);

    std::uint32_t owner(SequenceRef sequence) const { return m_lists[sequence].owner; }
    bool isKeyed(SequenceRef sequence) const { return m_lists[sequence].keyed; }
    const std::string &key(SequenceRef sequence) const { return m_lists[sequence].key; }
    std::uint32_t visible(SequenceRef sequence) const { return m_lists[sequence].visible; }
    SequenceRef of(const Item &item) const { return m_leaves[item.leaf].sequence; }

    ItemRef first(SequenceRef sequence) const;
    ItemRef last(SequenceRef sequence) const;
    ItemRef next(ItemRef item) const;
    ItemRef previous(ItemRef item) const;

    //! Puts \a item behind \a left, or first if that is kNoRef.
    void insertAfter(SequenceRef sequence, ItemRef left, ItemRef item);
    //! Puts \a right behind \a left, whose visible units it has just taken over in part.
    void insertSplit(ItemRef left, ItemRef right);
    void remove(ItemRef item);
    //! Tells the sums that visible() of \a item has grown by \a delta (modulo 2^32: negative numbers work).
    void addVisible(ItemRef item, std::uint32_t delta);

    //! The visible unit with number \a index.
    Place find(SequenceRef sequence, std::uint32_t index) const;
    //! The number of visible units before \a item.
    std::uint32_t rank(ItemRef item) const;
    //! A number that orders items of one list as they stand; valid until the next insertion or removal.
    std::uint64_t order(ItemRef item) const;

    //! Goes along a list in O(1) per step. No changes meanwhile.
    class Walker
    {
    public:
        ItemRef item() const;
        void advance();

    private:
        friend class Sequences;

        const Sequences *m_sequences = nullptr;
        const Leaf *m_leaf = nullptr;
        std::uint32_t m_slot = 0;
    };
    //! Starts at the item behind \a left, or at the first if that is kNoRef.
    Walker walkAfter(SequenceRef sequence, ItemRef left) const;

    //! Calls \a visit for every item in order. No changes meanwhile.
    template <typename Visit>
    void forEach(SequenceRef sequence, Visit &&visit) const
    {
        for (std::uint32_t leaf = m_lists[sequence].firstLeaf; leaf != kNoRef; leaf = m_leaves[leaf].next) {
            for (std::uint32_t slot = 0; slot < m_leaves[leaf].count; ++slot)
                visit(m_leaves[leaf].items[slot]);
        }
    }

    std::size_t memory() const;
    //! Builds all trees anew with every node full. Items have got new numbers: \a moved has the new one of each.
    void pack(const std::vector<ItemRef> &moved);

private:
    static constexpr std::uint32_t kFanout = 32;
    static constexpr unsigned kOrderBits = 5;

    struct Leaf
    {
        std::array<std::uint32_t, kFanout> items;
        std::uint32_t visible = 0;
        std::uint32_t parent = kNoRef;
        std::uint32_t previous = kNoRef;
        std::uint32_t next = kNoRef;
        SequenceRef sequence = kNoRef;
        std::uint32_t count = 0;
    };
    struct Node
    {
        std::array<std::uint32_t, kFanout> children;
        std::array<std::uint32_t, kFanout> visible;
        std::uint32_t parent = kNoRef;
        std::uint32_t count = 0;
        bool aboveLeaves = true;
    };
    struct List
    {
        std::uint32_t root = kNoRef;     // a leaf if depth is 0
        std::uint32_t depth = 0;
        std::uint32_t firstLeaf = kNoRef;
        std::uint32_t lastLeaf = kNoRef;
        std::uint32_t visible = 0;
        std::uint32_t owner = kNoRef;
        bool keyed = false;
        std::string key;
    };

    Item &item(ItemRef ref) const { return (*m_items)[ref]; }
    static std::uint32_t slotOf(const std::array<std::uint32_t, kFanout> &values, std::uint32_t value);
    std::uint32_t newLeaf(SequenceRef sequence);
    std::uint32_t newNode();
    void insertInto(std::uint32_t leaf, std::uint32_t slot, ItemRef item);
    std::uint32_t splitLeaf(std::uint32_t leaf, bool appending);
    void addChild(SequenceRef sequence, std::uint32_t child, std::uint32_t newChild, bool leaves);
    std::uint32_t splitNode(SequenceRef sequence, std::uint32_t node, bool appending);
    void setParent(const Node &node, std::uint32_t child, std::uint32_t parent);
    std::uint32_t sumOf(std::uint32_t child, bool leaf) const;
    void removeChild(SequenceRef sequence, std::uint32_t node, std::uint32_t child);
    void dropLeaf(std::uint32_t leaf);
    void tryJoin(std::uint32_t leaf);
    void addVisibleAbove(std::uint32_t leaf, std::uint32_t delta);
    void packList(SequenceRef sequence, const std::vector<Leaf> &old, const std::vector<ItemRef> &moved);
    void stackNodes(SequenceRef sequence, std::vector<std::uint32_t> level);

    std::vector<Item> *m_items;
    std::vector<Leaf> m_leaves;
    std::vector<Node> m_nodes;
    std::vector<List> m_lists;
    std::vector<std::uint32_t> m_freeLeaves;
    std::vector<std::uint32_t> m_freeNodes;
    std::vector<SequenceRef> m_freeLists;
    std::size_t m_keyBytes = 0;
};

inline ItemRef Sequences::Walker::item() const { return m_leaf ? m_leaf->items[m_slot] : kNoRef; }

inline void Sequences::Walker::advance()
{
    if (++m_slot < m_leaf->count)
        return;
    m_leaf = m_leaf->next == kNoRef ? nullptr : &m_sequences->m_leaves[m_leaf->next];
    m_slot = 0;
}

} // namespace crdt
