// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/backoff.h"

#include "app/transport/limits.h"

#include <algorithm>

namespace transport {

std::chrono::milliseconds Backoff::delay(base::RandomSource &random, int attempt)
{
    // Beyond six doublings the cap is reached; the bound keeps the shift defined after days without a network.
    const std::chrono::milliseconds range = std::min<std::chrono::milliseconds>(kMaxBackoff, kMinBackoff * (2 << std::clamp(attempt, 0, 6)));
    const auto half = range.count() / 2;
    return std::chrono::milliseconds(half + std::int64_t(random.next64() % std::uint64_t(range.count() - half + 1)));
}

} // namespace transport
