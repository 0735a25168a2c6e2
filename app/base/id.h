// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/random.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace base {

//! 128 random bits that name one thing of one kind. The tag keeps a document's id from being passed as a share's.
template <typename Tag>
class Id
{
public:
    static constexpr std::size_t kSize = 16;

    Id() = default;

    static Id random(RandomSource &source)
    {
        Id id;
        source.fill(id.m_bytes);
        return id;
    }

    static std::optional<Id> fromBytes(std::span<const std::uint8_t> bytes)
    {
        if (bytes.size() != kSize)
            return std::nullopt;
        Id id;
        std::copy(bytes.begin(), bytes.end(), id.m_bytes.begin());
        return id;
    }

    //! \a text as made by toString(): 32 lower-case hexadecimal digits and nothing else.
    static std::optional<Id> fromString(std::string_view text)
    {
        if (text.size() != 2 * kSize)
            return std::nullopt;
        Id id;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            std::uint8_t digit = 0;
            if (c >= '0' && c <= '9')
                digit = static_cast<std::uint8_t>(c - '0');
            else if (c >= 'a' && c <= 'f')
                digit = static_cast<std::uint8_t>(c - 'a' + 10);
            else
                return std::nullopt;
            id.m_bytes[i / 2] = static_cast<std::uint8_t>(id.m_bytes[i / 2] << 4 | digit);
        }
        return id;
    }

    std::span<const std::uint8_t, kSize> bytes() const { return m_bytes; }
    bool isNull() const { return m_bytes == std::array<std::uint8_t, kSize>{}; }

    std::string toString() const
    {
        static constexpr char digits[] = "0123456789abcdef";
        std::string text;
        text.reserve(2 * kSize);
        for (const std::uint8_t byte : m_bytes) {
            text += digits[byte >> 4];
            text += digits[byte & 15];
        }
        return text;
    }

    friend auto operator<=>(const Id &, const Id &) = default;

private:
    std::array<std::uint8_t, kSize> m_bytes{};
};

using WorkspaceId = Id<struct WorkspaceTag>;
using DocumentId = Id<struct DocumentTag>;
using ParticipantId = Id<struct ParticipantTag>;
using ShareId = Id<struct ShareTag>;
using JoinRequestId = Id<struct JoinRequestTag>;
using BinEntryId = Id<struct BinEntryTag>;

} // namespace base

template <typename Tag>
struct std::hash<base::Id<Tag>>
{
    std::size_t operator()(const base::Id<Tag> &id) const noexcept
    {
        std::size_t value = 0;
        const auto bytes = id.bytes();
        std::copy_n(bytes.begin(), sizeof value, reinterpret_cast<std::uint8_t *>(&value));
        return value;
    }
};
