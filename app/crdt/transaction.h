// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/ids.h"
#include "app/crdt/item.h"

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

namespace crdt {

//! What changed between beginTransaction() and the last endTransaction(). Internal to this folder.
struct Transaction
{
    //! A client that got new structs.
    struct Advance
    {
        ClientRef client = kNoClient;
        std::uint32_t before = 0;        //!< its state when the transaction began
        bool madeItems = false;          //!< false: its newest item only grew, so nothing can merge
        std::uint32_t textSize = 0;      //!< of its stores before
        std::uint32_t valueCount = 0;
    };
    //! A character that was cut by a split.
    struct Damage
    {
        ClientRef client = kNoClient;
        std::uint32_t offset = 0;        //!< in the client's text
        char16_t high = 0;
        char16_t low = 0;
    };

    Origin origin;
    bool local = true;
    bool loaded = false;                 //!< most of the document came in this transaction
    std::uint64_t number = 0;
    std::size_t typeCount = 0;           //!< of the document before
    std::size_t clientCount = 0;
    std::vector<Advance> advances;
    std::vector<UnitRange> deleted;      //!< sorted and joined once the transaction is over
    std::vector<ClientRef> deletedOrder; //!< clients of deleted, in the order they came up; set by finish()
    std::vector<UnitRange> mergeSpots;   //!< boundaries made by splits: they may have become superfluous
    std::vector<std::uint32_t> changedTypes;
    std::vector<Damage> damages;

    void clear()
    {
        advances.clear();
        deleted.clear();
        deletedOrder.clear();
        mergeSpots.clear();
        changedTypes.clear();
        damages.clear();
    }
    //! Worth keeping for the next transaction.
    bool isSmall() const
    {
        constexpr std::size_t kMost = 256;
        return advances.capacity() + deleted.capacity() + mergeSpots.capacity() + changedTypes.capacity()
            + damages.capacity() <= kMost;
    }
    //! The state of a client before; \a now for one that did not advance. Only once the transaction is over.
    std::uint32_t before(ClientRef client, std::uint32_t now) const;
    //! Whether the unit was deleted here. Only once the transaction is over.
    bool isDeletedHere(ClientRef client, std::uint32_t clock) const;
    //! Sorts advances and deleted for the two functions above.
    void finish();

private:
    bool isNewInOrder(ClientRef client, std::unordered_set<ClientRef> &seen) const;
};

} // namespace crdt
