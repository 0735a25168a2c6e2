// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>

namespace crdt {

//! One writing session of one participant. Below 2^53; never reused for a second live document.
using ClientId = std::uint64_t;
//! Counts the units (UTF-16 code units, list elements, format marks) a client has ever made, starting at 0.
using ClockValue = std::uint64_t;

//! Largest client id and largest end of a clock range on the wire.
inline constexpr std::uint64_t kMaxId = (std::uint64_t{1} << 53) - 1;

//! The name of one unit, for ever.
struct ItemId
{
    ClientId client = 0;
    ClockValue clock = 0;

    friend auto operator<=>(const ItemId &, const ItemId &) = default;
};

//! Who caused a change: any value the application chooses, 0 for nobody. Handed back with every event, so that a binding
//! can tell its own changes from others' without flags.
struct Origin
{
    std::uint64_t value = 0;

    friend bool operator==(const Origin &, const Origin &) = default;
};

} // namespace crdt
