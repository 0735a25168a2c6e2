// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/clockindex.h"
#include "app/crdt/item.h"
#include "app/crdt/textstore.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace crdt {

//! The content of one unit that is not text.
struct StoredValue
{
    base::Bytes bytes;                     //!< Any: encoded; JSON: its text; other kinds: the whole payload of format v1
    std::uint32_t type = kNoRef;           //!< of a Type: its number in Engine::types

    //! Heap memory besides this record: blocks are at least 24 bytes and grow by 16.
    std::size_t heapBytes() const
    {
        constexpr std::size_t kHeader = 8;
        constexpr std::size_t kStep = 16;
        constexpr std::size_t kLeast = 24;
        const std::size_t block = (bytes.capacity() + kHeader + kStep - 1) / kStep * kStep - kHeader;
        return bytes.capacity() == 0 ? 0 : std::max(kLeast, block);
    }
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
    std::size_t valueBytes = 0;            //!< heap memory of values
    std::uint32_t storedText = 0;          //!< sizes of text and values when state was reached
    std::uint32_t storedValues = 0;
    std::uint64_t advancedIn = 0;          //!< number of the last transaction that added to it, and its place there
    std::uint32_t advanceSlot = 0;
};

} // namespace crdt
