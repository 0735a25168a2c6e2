// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/textstore.h"

#include "app/crdt/growth.h"
#include "app/crdt/utf.h"

#include <algorithm>

namespace crdt {

namespace {

constexpr char16_t kLastNarrow = 0xff;

bool isAscii(const std::uint8_t *bytes, std::size_t size)
{
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes + at, 8);
        if (word & 0x8080808080808080u)
            return false;
    }
    for (; at < size; ++at) {
        if (bytes[at] & 0x80)
            return false;
    }
    return true;
}

} // namespace

void TextStore::widen()
{
    m_wide.assign(m_narrow.begin(), m_narrow.end());
    m_narrow = {};
    m_isWide = true;
}

void TextStore::set(std::uint32_t offset, char16_t unit)
{
    if (!m_isWide && unit > kLastNarrow)
        widen();
    if (m_isWide)
        m_wide[offset] = unit;
    else
        m_narrow[offset] = std::uint8_t(unit);
}

void TextStore::append(std::u16string_view units)
{
    if (!m_isWide && std::ranges::any_of(units, [](char16_t unit) { return unit > kLastNarrow; }))
        widen();
    if (m_isWide) {
        makeRoom(m_wide, units.size());
        m_wide.append(units);
    } else if (units.size() == 1) {
        makeRoom(m_narrow, 1);
        m_narrow.push_back(std::uint8_t(units[0]));
    } else {
        const std::size_t before = m_narrow.size();
        makeRoom(m_narrow, units.size());
        m_narrow.resize(before + units.size());
        std::ranges::transform(units, m_narrow.begin() + std::ptrdiff_t(before),
                               [](char16_t unit) { return std::uint8_t(unit); });
    }
}

void TextStore::appendUtf8(base::ByteView utf8, std::size_t units, std::size_t skipped)
{
    if (utf8.size() == units && !m_isWide) {   // ASCII
        makeRoom(m_narrow, units - skipped);
        m_narrow.insert(m_narrow.end(), utf8.begin() + std::ptrdiff_t(skipped), utf8.end());
        return;
    }
    std::u16string decoded;
    decoded.reserve(units);
    appendUtf16(decoded, utf8);
    append(std::u16string_view(decoded).substr(skipped));
}

void TextStore::appendFrom(const TextStore &other, std::uint32_t offset, std::uint32_t length)
{
    if (!m_isWide && !other.m_isWide) {
        makeRoom(m_narrow, length);
        m_narrow.insert(m_narrow.end(), other.m_narrow.begin() + offset, other.m_narrow.begin() + offset + length);
        return;
    }
    std::u16string part;
    other.copyTo(part, offset, length);
    append(part);
}

void TextStore::copyTo(std::u16string &out, std::uint32_t offset, std::uint32_t length) const
{
    if (m_isWide)
        out.append(m_wide, offset, length);
    else
        out.append(m_narrow.begin() + offset, m_narrow.begin() + offset + length);
}

void TextStore::write(base::VarWriter &out, std::uint32_t offset, std::uint32_t length) const
{
    if (m_isWide) {
        const std::u16string_view units = std::u16string_view(m_wide).substr(offset, length);
        const std::size_t size = utf8Length(units);
        out.varUint(size);
        writeUtf8(out.extend(size), units);
        return;
    }
    const std::uint8_t *const units = m_narrow.data() + offset;
    if (isAscii(units, length)) {
        out.varBytes({units, length});
        return;
    }
    const std::size_t size = length + std::size_t(std::count_if(units, units + length, [](auto unit) { return unit > 0x7f; }));
    out.varUint(size);
    std::uint8_t *to = out.extend(size);
    for (const std::uint8_t *unit = units; unit != units + length; ++unit) {
        if (*unit > 0x7f) {
            *to++ = std::uint8_t(0xc0 | *unit >> 6);
            *to++ = std::uint8_t(0x80 | (*unit & 0x3f));
        } else {
            *to++ = *unit;
        }
    }
}

void TextStore::shrink()
{
    m_narrow.shrink_to_fit();
    m_wide.shrink_to_fit();
}

} // namespace crdt
