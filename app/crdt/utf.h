// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crdt {

constexpr bool isHighSurrogate(char16_t unit) { return (unit & 0xfc00) == 0xd800; }
constexpr bool isLowSurrogate(char16_t unit) { return (unit & 0xfc00) == 0xdc00; }
inline constexpr char16_t kReplacement = 0xfffd;
//! Stands for an embedded object in deltas and slices.
inline constexpr char16_t kObjectMark = 0xfffc;

//! The number of UTF-16 units of \a utf8, or nothing if it is not strictly valid UTF-8 (overlong forms and encoded
//! surrogates are not).
std::optional<std::size_t> utf16Length(base::ByteView utf8);

//! Appends valid UTF-8 as UTF-16. \a utf8 must have passed utf16Length().
void appendUtf16(std::u16string &out, base::ByteView utf8);
std::u16string toUtf16(std::string_view utf8);

//! Unpaired surrogates become U+FFFD, as everywhere in Yjs.
std::string toUtf8(std::u16string_view utf16);
void appendUtf8(std::string &out, std::u16string_view utf16);

//! Bytes toUtf8() would give.
std::size_t utf8Length(std::u16string_view utf16);
//! Writes toUtf8() to \a out, which has room for utf8Length() bytes; returns the end.
std::uint8_t *writeUtf8(std::uint8_t *out, std::u16string_view utf16);

//! Whether every surrogate has its other half.
bool isWellFormed(std::u16string_view utf16);

} // namespace crdt
