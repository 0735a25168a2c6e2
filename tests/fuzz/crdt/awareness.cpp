// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/awareness.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto entries = crdt::decodeAwareness({data, size});
    if (entries && crdt::decodeAwareness(crdt::encodeAwareness(*entries)).value() != *entries)
        std::abort();
    crdt::Awareness awareness(1, {});
    const bool applied = awareness.apply({data, size}, {}).has_value();
    if (applied && !entries)
        std::abort();
    awareness.removeStale(base::Instant{} + std::chrono::hours(1));
    return awareness.localState() ? 0 : (std::abort(), 1);
}
