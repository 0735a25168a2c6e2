// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"

#include <QString>
#include <QtGlobal>

#include <chrono>

namespace transporttest {

//! Stands still until told.
class HandClock final : public base::Clock
{
public:
    base::Instant now() const override { return m_now; }
    base::WallTime wallTime() const override { return m_wall; }
    void advance(std::chrono::milliseconds time)
    {
        m_now += time;
        m_wall += time;
    }

private:
    base::Instant m_now{std::chrono::hours(1)};
    base::WallTime m_wall{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};
};

//! The same bytes for the same seed (SplitMix64).
class SeededRandom final : public base::RandomSource
{
public:
    explicit SeededRandom(quint64 seed) : m_state(seed) {}
    void fill(std::span<std::uint8_t> out) override
    {
        for (std::uint8_t &byte : out)
            byte = std::uint8_t(step() >> 32);
    }
    quint64 below(quint64 limit) { return step() % limit; }

private:
    quint64 step()
    {
        quint64 z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    quint64 m_state;
};

} // namespace transporttest
