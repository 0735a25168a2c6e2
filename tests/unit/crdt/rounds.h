// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#include <cstdint>
#include <cstdio>

namespace crdttest {

//! Performs \a rounds plans, each of a seed of its own from \a seed on, until one fails the current test: its seed is printed.
template <typename Plan, typename Kind>
void performRounds(std::uint64_t seed, int rounds, const Kind &kind)
{
    for (int round = 0; round < rounds; ++round) {
        Plan plan(seed + std::uint64_t(round), kind);
        plan.run();
        if (!QTest::currentTestFailed())
            plan.settle();
        if (!QTest::currentTestFailed())
            plan.compare();
        if (QTest::currentTestFailed()) {
            std::printf("FAILED WITH SEED=%llu ROUNDS=1\n", static_cast<unsigned long long>(seed + std::uint64_t(round)));
            return;
        }
    }
}

} // namespace crdttest
