// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/sharedvalue.h"
#include "app/crdt/wirestruct.h"

#include <cstddef>
#include <cstdint>

// The records of a document in memory. Internal to this folder. References between records are numbers, because the
// records live in vectors: never keep an Item & across anything that may create an item.
namespace crdt {

//! Number of an Item in Engine::items.
using ItemRef = std::uint32_t;
//! Number of a client in Engine::clients; 19 bits, so that an item stays small.
using ClientRef = std::uint32_t;
using SequenceRef = std::uint32_t;

inline constexpr std::uint32_t kNoRef = 0xffffffff;
inline constexpr ClientRef kNoClient = 0x7ffff;
//! Client ids a document may hold: below kNoClient, so that a session can still get a few of its own.
inline constexpr std::size_t kMaxClients = 500'000;
//! Clocks inside a document have 32 bits: four billion edits by one session. Larger ones are refused as TooLarge.
inline constexpr ClockValue kMaxDocumentClock = 0xfffffffe;

//! A run of units with consecutive clocks that stand next to each other: Yjs' Item, or its GC struct (kind Gc).
struct Item
{
    std::uint32_t clock = 0;
    std::uint32_t length = 0;
    std::uint32_t originClock = 0;
    std::uint32_t rightClock = 0;
    std::uint32_t leaf = kNoRef;     // where it stands in its list; none for Gc
    std::uint32_t content = 0;       // offset into the client's text (String) or values (all others with content)
    std::uint64_t client : 19 = kNoClient;
    std::uint64_t originClient : 19 = kNoClient;
    std::uint64_t rightClient : 19 = kNoClient;
    std::uint64_t kindBits : 4 = 0;
    std::uint64_t deleted : 1 = 0;
    std::uint64_t keep : 1 = 0;      // an undo manager needs the content
    std::uint64_t redone : 1 = 0;    // undo made a copy, see Engine::redone

    ContentKind kind() const { return ContentKind(kindBits); }
    void setKind(ContentKind kind) { kindBits = std::uint64_t(kind) & 15; }
    std::uint32_t end() const { return clock + length; }
    std::uint32_t lastClock() const { return clock + length - 1; }
    bool isGc() const { return kind() == ContentKind::Gc; }
    bool hasOrigin() const { return originClient != kNoClient; }
    bool hasRightOrigin() const { return rightClient != kNoClient; }
    bool isCountable() const { return kind() != ContentKind::Deleted && kind() != ContentKind::Format; }
    //! Units that count in the indexes of its list.
    std::uint32_t visible() const { return deleted || !isCountable() ? 0 : length; }
    bool hasSameRightOrigin(const Item &other) const
    {
        return rightClient == other.rightClient && (rightClient == kNoClient || rightClock == other.rightClock);
    }
    bool hasSameOrigin(const Item &other) const
    {
        return originClient == other.originClient && (originClient == kNoClient || originClock == other.originClock);
    }
};
static_assert(sizeof(Item) == 32);

//! A run of one client's units.
struct UnitRange
{
    ClientRef client = kNoClient;
    std::uint32_t clock = 0;
    std::uint32_t length = 0;

    std::uint32_t end() const { return clock + length; }
};

} // namespace crdt
