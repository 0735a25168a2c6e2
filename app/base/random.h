// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace base {

//! Where unpredictable bytes come from. Injected, so that a test can replay a run.
class RandomSource
{
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    std::uint32_t next32();
    std::uint64_t next64();
};

//! The operating system's generator (getrandom). Aborts when the system has none: no secret is made from anything else.
class SystemRandom final : public RandomSource
{
public:
    void fill(std::span<std::uint8_t> out) override;
};

} // namespace base
