// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/utf.h"

#include <cstring>

namespace crdt {

namespace {

// Length in bytes of a valid sequence at `at`, 0 if there is none.
std::size_t validSequence(const std::uint8_t *at, const std::uint8_t *end)
{
    const auto follows = [&](int index, unsigned low = 0x80, unsigned high = 0xbf) {
        return end - at > index && at[index] >= low && at[index] <= high;
    };
    const unsigned lead = *at;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return follows(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef)
        return follows(1, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf) && follows(2) ? 3 : 0;
    if (lead >= 0xf0 && lead <= 0xf4)
        return follows(1, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

// The code point at `index`, unpaired surrogates replaced; moves `index` past it.
char32_t nextCodePoint(std::u16string_view text, std::size_t &index)
{
    const char16_t unit = text[index++];
    if (isHighSurrogate(unit) && index < text.size() && isLowSurrogate(text[index]))
        return 0x10000 + ((char32_t(unit) - 0xd800) << 10) + (char32_t(text[index++]) - 0xdc00);
    return isHighSurrogate(unit) || isLowSurrogate(unit) ? char32_t(kReplacement) : char32_t(unit);
}

std::size_t encodedSize(char32_t point) { return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4; }

} // namespace

std::optional<std::size_t> utf16Length(base::ByteView utf8)
{
    const std::uint8_t *at = utf8.data();
    const std::uint8_t *const end = at + utf8.size();
    std::size_t units = 0;
    while (at != end) {
        // Code is nearly all ASCII: eight bytes at a time.
        for (std::uint64_t eight; end - at >= std::ptrdiff_t(sizeof eight); at += sizeof eight, units += sizeof eight) {
            std::memcpy(&eight, at, sizeof eight);
            if (eight & 0x8080808080808080)
                break;
        }
        if (at == end)
            break;
        if (*at < 0x80) {
            ++at;
            ++units;
            continue;
        }
        const std::size_t size = validSequence(at, end);
        if (size == 0)
            return std::nullopt;
        at += size;
        units += size == 4 ? 2 : 1;
    }
    return units;
}

void appendUtf16(std::u16string &out, base::ByteView utf8)
{
    const std::uint8_t *at = utf8.data();
    const std::uint8_t *const end = at + utf8.size();
    while (at != end) {
        const char32_t lead = *at++;
        if (lead < 0x80) {
            out.push_back(char16_t(lead));
        } else if (lead < 0xe0) {
            out.push_back(char16_t((lead & 0x1f) << 6 | (at[0] & 0x3f)));
            at += 1;
        } else if (lead < 0xf0) {
            out.push_back(char16_t((lead & 0x0f) << 12 | (at[0] & 0x3f) << 6 | (at[1] & 0x3f)));
            at += 2;
        } else {
            const char32_t point =
                ((lead & 0x07) << 18 | (at[0] & 0x3f) << 12 | (at[1] & 0x3f) << 6 | (at[2] & 0x3f)) - 0x10000;
            out.push_back(char16_t(0xd800 + (point >> 10)));
            out.push_back(char16_t(0xdc00 + (point & 0x3ff)));
            at += 3;
        }
    }
}

std::u16string toUtf16(std::string_view utf8)
{
    std::u16string result;
    appendUtf16(result, {reinterpret_cast<const std::uint8_t *>(utf8.data()), utf8.size()});
    return result;
}

std::size_t utf8Length(std::u16string_view utf16)
{
    std::size_t size = 0;
    for (std::size_t index = 0; index < utf16.size();)
        size += encodedSize(nextCodePoint(utf16, index));
    return size;
}

std::uint8_t *writeUtf8(std::uint8_t *out, std::u16string_view utf16)
{
    for (std::size_t index = 0; index < utf16.size();) {
        const char32_t point = nextCodePoint(utf16, index);
        if (point < 0x80) {
            *out++ = std::uint8_t(point);
        } else if (point < 0x800) {
            *out++ = std::uint8_t(0xc0 | point >> 6);
            *out++ = std::uint8_t(0x80 | (point & 0x3f));
        } else if (point < 0x10000) {
            *out++ = std::uint8_t(0xe0 | point >> 12);
            *out++ = std::uint8_t(0x80 | (point >> 6 & 0x3f));
            *out++ = std::uint8_t(0x80 | (point & 0x3f));
        } else {
            *out++ = std::uint8_t(0xf0 | point >> 18);
            *out++ = std::uint8_t(0x80 | (point >> 12 & 0x3f));
            *out++ = std::uint8_t(0x80 | (point >> 6 & 0x3f));
            *out++ = std::uint8_t(0x80 | (point & 0x3f));
        }
    }
    return out;
}

void appendUtf8(std::string &out, std::u16string_view utf16)
{
    const std::size_t before = out.size();
    out.resize(before + utf8Length(utf16));
    writeUtf8(reinterpret_cast<std::uint8_t *>(out.data()) + before, utf16);
}

std::string toUtf8(std::u16string_view utf16)
{
    std::string result;
    appendUtf8(result, utf16);
    return result;
}

bool isWellFormed(std::u16string_view utf16)
{
    for (std::size_t index = 0; index < utf16.size(); ++index) {
        if (isLowSurrogate(utf16[index]))
            return false;
        if (isHighSurrogate(utf16[index]) && (++index == utf16.size() || !isLowSurrogate(utf16[index])))
            return false;
    }
    return true;
}

} // namespace crdt
