// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/random.h"

#include <chrono>

namespace transport {

//! How long to wait before the next attempt to connect. Pure.
class Backoff
{
public:
    //! The wait before the next attempt; each call doubles the range, up to kMaxBackoff.
    std::chrono::milliseconds next(base::RandomSource &random) { return delay(random, m_attempt++); }
    //! A connection has worked.
    void reset() { m_attempt = 0; }
    int attempt() const { return m_attempt; }

    //! The wait after \a attempt (0, 1, …) failures: random in the upper half of the range, so that the guests of a host
    //! that restarts do not come back in one wave. kMinBackoff … kMaxBackoff.
    static std::chrono::milliseconds delay(base::RandomSource &random, int attempt);

private:
    int m_attempt = 0;
};

} // namespace transport
