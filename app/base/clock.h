// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace base {

using Instant = std::chrono::steady_clock::time_point;
//! Wall-clock time with the precision that is stored and sent.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

//! Where time comes from. Injected, so that tests can move it; never read a clock any other way.
class Clock
{
public:
    virtual ~Clock() = default;
    //! Monotonic; for intervals, time-outs and back-off.
    virtual Instant now() const = 0;
    //! May jump; only for what people and files see.
    virtual WallTime wallTime() const = 0;
};

class SystemClock final : public Clock
{
public:
    Instant now() const override { return std::chrono::steady_clock::now(); }
    WallTime wallTime() const override
    {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

} // namespace base
