// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/crdt/ids.h"

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

// Functions on encoded updates (format v1 unless named V2) that need no document. Pure: any thread, bounded memory (a
// small multiple of the input), Malformed or TooLarge for input no correct peer sends.
namespace crdt {

//! Most bytes any of these functions and Document::applyUpdate() look at.
inline constexpr std::size_t kMaxUpdateBytes = std::size_t{256} << 20;

//! A run of new structs of one client: clocks [from, to).
struct ClockRange
{
    ClientId client = 0;
    ClockValue from = 0;
    ClockValue to = 0;

    friend bool operator==(const ClockRange &, const ClockRange &) = default;
};

struct UpdateSummary
{
    std::vector<ClockRange> structs;     //!< as sent; gaps (Skip structs) split a client's range
    std::size_t structCount = 0;
    std::size_t deleteRangeCount = 0;
    std::vector<ClockRange> deletes;     //!< as sent
    std::size_t bytes = 0;
    std::size_t otherThanText = 0;       //!< structs with formats, values or types, and all that is not directly in a root
    std::set<std::string> roots;         //!< names of the root types that structs say they are in
};

//! Validates \a update completely and says what is in it, so that a host can allow new structs only under the client ids
//! it has assigned, and nothing but text.
base::Result<UpdateSummary> inspectUpdate(base::ByteView update);

//! One update with the effect of all. Keeps gaps; byte for byte what Yjs makes of the same list.
base::Result<base::Bytes> mergeUpdates(std::span<const base::Bytes> updates);
//! \a update without the structs that the encoded \a stateVector covers; deletes are all kept.
base::Result<base::Bytes> diffUpdate(base::ByteView update, base::ByteView stateVector);
//! The encoded state vector of a document that received only \a update.
base::Result<base::Bytes> stateVectorFromUpdate(base::ByteView update);

base::Result<base::Bytes> convertUpdateV1ToV2(base::ByteView update);
base::Result<base::Bytes> convertUpdateV2ToV1(base::ByteView update);

} // namespace crdt
