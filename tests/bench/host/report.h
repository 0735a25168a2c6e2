// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace bench {

inline double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

inline double percentile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

inline void printPercentiles(const char *what, const std::vector<double> &values)
{
    std::printf("%-52s p50 %8.2f ms   p99 %8.2f ms   (%zu)\n", what, percentile(values, 0.5), percentile(values, 0.99), values.size());
    std::fflush(stdout);
}

inline void print(const char *what, double value, const char *unit)
{
    std::printf("%-52s %12.2f %s\n", what, value, unit);
    std::fflush(stdout);
}

} // namespace bench
