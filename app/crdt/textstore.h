// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/varint.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crdt {

//! An append-only run of UTF-16 units, one byte per unit as long as all are Latin-1. Internal to this folder.
class TextStore
{
public:
    std::uint32_t size() const { return std::uint32_t(m_isWide ? m_wide.size() : m_narrow.size()); }
    char16_t at(std::uint32_t offset) const { return m_isWide ? m_wide[offset] : char16_t(m_narrow[offset]); }
    void set(std::uint32_t offset, char16_t unit);

    void append(std::u16string_view units);
    //! Valid UTF-8 of \a units units, leaving out the first \a skipped.
    void appendUtf8(base::ByteView utf8, std::size_t units, std::size_t skipped);
    void appendFrom(const TextStore &other, std::uint32_t offset, std::uint32_t length);

    void copyTo(std::u16string &out, std::uint32_t offset, std::uint32_t length) const;
    //! As varstring; unpaired surrogates become U+FFFD.
    void write(base::VarWriter &out, std::uint32_t offset, std::uint32_t length) const;

    void truncate(std::uint32_t size) { m_isWide ? m_wide.resize(size) : m_narrow.resize(size); }
    void shrink();
    std::size_t memory() const { return m_narrow.capacity() + m_wide.capacity() * sizeof(char16_t); }

private:
    void widen();

    std::vector<std::uint8_t> m_narrow;
    std::u16string m_wide;
    bool m_isWide = false;
};

} // namespace crdt
