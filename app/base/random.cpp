// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace base {

namespace {

template <typename T>
T nextOf(RandomSource &source)
{
    std::uint8_t raw[sizeof(T)];
    source.fill(raw);
    T value;
    std::memcpy(&value, raw, sizeof value);
    return value;
}

} // namespace

std::uint32_t RandomSource::next32()
{
    return nextOf<std::uint32_t>(*this);
}

std::uint64_t RandomSource::next64()
{
    return nextOf<std::uint64_t>(*this);
}

void SystemRandom::fill(std::span<std::uint8_t> out)
{
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = getrandom(out.data() + done, out.size() - done, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            std::abort();
        done += static_cast<std::size_t>(got);
    }
}

} // namespace base
