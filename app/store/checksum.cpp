// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/checksum.h"

#include <QtEndian>

#include <array>
#include <cstring>

namespace store {

namespace {

using ChecksumTables = std::array<std::array<std::uint32_t, 256>, 8>;

// Table k gives the effect of a byte that is followed by k more bytes: eight bytes per step.
constexpr ChecksumTables makeTables()
{
    constexpr std::uint32_t kReversedPolynomial = 0x82f63b78;
    ChecksumTables tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = value >> 1 ^ ((value & 1) != 0 ? kReversedPolynomial : 0);
        tables[0][i] = value;
    }
    for (std::uint32_t i = 0; i < 256; ++i) {
        for (std::size_t k = 1; k < 8; ++k)
            tables[k][i] = tables[k - 1][i] >> 8 ^ tables[0][tables[k - 1][i] & 0xff];
    }
    return tables;
}

constexpr ChecksumTables kTables = makeTables();

} // namespace

std::uint32_t crc32c(QByteArrayView data, std::uint32_t previous)
{
    std::uint32_t value = ~previous;
    const auto *at = reinterpret_cast<const unsigned char *>(data.data());
    qsizetype left = data.size();
    for (; left >= 8; left -= 8, at += 8) {
        const std::uint32_t low = qFromLittleEndian<std::uint32_t>(at) ^ value;
        const std::uint32_t high = qFromLittleEndian<std::uint32_t>(at + 4);
        value = kTables[7][low & 0xff] ^ kTables[6][low >> 8 & 0xff] ^ kTables[5][low >> 16 & 0xff] ^ kTables[4][low >> 24]
                ^ kTables[3][high & 0xff] ^ kTables[2][high >> 8 & 0xff] ^ kTables[1][high >> 16 & 0xff] ^ kTables[0][high >> 24];
    }
    for (; left > 0; --left, ++at)
        value = value >> 8 ^ kTables[0][(value ^ *at) & 0xff];
    return ~value;
}

} // namespace store
