// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdio>
#include <random>

namespace support {

//! The seed of a random test: SEED from the environment, else a fresh one. Printed, so that a failure can be replayed.
inline quint64 seed()
{
    bool given = false;
    quint64 value = qEnvironmentVariable("SEED").toULongLong(&given);
    if (!given)
        value = std::random_device{}();
    std::printf("SEED=%llu\n", static_cast<unsigned long long>(value));
    return value;
}

} // namespace support
