// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstdint>

namespace store {

//! CRC-32C (Castagnoli) of \a data, continued from \a previous. Source: RFC 3720, appendix B.4.
std::uint32_t crc32c(QByteArrayView data, std::uint32_t previous = 0);

} // namespace store
