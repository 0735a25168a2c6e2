// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"

#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

namespace base {

//! Largest number the encoding may carry: the other side keeps numbers as doubles.
inline constexpr std::uint64_t kMaxVarUint = (std::uint64_t{1} << 53) - 1;

//! A signed number as lib0 writes it. Sign and magnitude are separate because negative zero exists and has a meaning.
struct VarInt
{
    bool negative = false;
    std::uint64_t magnitude = 0;

    friend bool operator==(const VarInt &, const VarInt &) = default;
};

//! Reads lib0 primitives. The first bad byte makes the reader fail for good: every later read returns zero or nothing,
//! so a decoder may read a whole record and check failed() once. Never reads outside the view, never allocates.
class VarReader
{
public:
    VarReader() = default;
    explicit VarReader(ByteView bytes) : m_begin(bytes.data()), m_at(bytes.data()), m_end(bytes.data() + bytes.size()) {}

    bool failed() const { return m_failed; }
    void fail()
    {
        m_failed = true;
        m_at = m_end;
    }
    std::size_t remaining() const { return static_cast<std::size_t>(m_end - m_at); }
    std::size_t position() const { return static_cast<std::size_t>(m_at - m_begin); }
    //! What was read since \a from, a former position().
    ByteView since(std::size_t from) const { return {m_begin + from, m_at}; }

    std::uint8_t byte()
    {
        if (m_at == m_end) {
            fail();
            return 0;
        }
        return *m_at++;
    }

    //! Little-endian base 128, at most kMaxVarUint.
    std::uint64_t varUint()
    {
        if (m_at != m_end && *m_at < 0x80)
            return *m_at++;
        return longVarUint();
    }

    //! A number of things that follow, each taking at least \a leastSize bytes: a larger claim is a lie and fails.
    std::size_t count(std::size_t leastSize = 1)
    {
        const std::uint64_t claimed = varUint();
        if (claimed > remaining() / leastSize) {
            fail();
            return 0;
        }
        return static_cast<std::size_t>(claimed);
    }

    VarInt varInt()
    {
        const std::uint8_t first = byte();
        VarInt result{(first & 0x40) != 0, std::uint64_t(first & 0x3f)};
        unsigned shift = 6;
        for (std::uint8_t next = first; next & 0x80 && !m_failed; shift += 7) {
            next = byte();
            const std::uint64_t bits = next & 0x7f;
            if (shift > 52 ? bits != 0 : (bits << shift) > kMaxVarUint)
                fail();
            else if (shift <= 52)
                result.magnitude |= bits << shift;
        }
        if (m_failed || result.magnitude > kMaxVarUint) {
            fail();
            return {};
        }
        return result;
    }

    ByteView bytes(std::size_t size)
    {
        if (size > remaining()) {
            fail();
            return {};
        }
        const ByteView view(m_at, size);
        m_at += size;
        return view;
    }

    ByteView varBytes() { return bytes(count()); }

private:
    std::uint64_t longVarUint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 7) {
            const std::uint8_t next = byte();
            const std::uint64_t bits = next & 0x7f;
            if (m_failed || (shift > 52 ? bits != 0 : (bits << shift) > kMaxVarUint)) {
                fail();
                return 0;
            }
            if (shift <= 52)
                value |= bits << shift;
            if (!(next & 0x80))
                return value;
        }
    }

    const std::uint8_t *m_begin = nullptr;
    const std::uint8_t *m_at = nullptr;
    const std::uint8_t *m_end = nullptr;
    bool m_failed = false;
};

//! Writes lib0 primitives into a buffer it owns; clear() keeps the memory for the next message.
class VarWriter
{
public:
    void byte(std::uint8_t value)
    {
        room(1);
        m_buffer[m_size++] = value;
    }

    void varUint(std::uint64_t value)
    {
        room(10);
        while (value > 0x7f) {
            m_buffer[m_size++] = std::uint8_t(0x80 | (value & 0x7f));
            value >>= 7;
        }
        m_buffer[m_size++] = std::uint8_t(value);
    }

    void varInt(VarInt value)
    {
        room(10);
        std::uint64_t rest = value.magnitude >> 6;
        m_buffer[m_size++] =
            std::uint8_t((rest ? 0x80 : 0) | (value.negative ? 0x40 : 0) | (value.magnitude & 0x3f));
        while (rest) {
            m_buffer[m_size++] = std::uint8_t((rest > 0x7f ? 0x80 : 0) | (rest & 0x7f));
            rest >>= 7;
        }
    }

    void varInt(std::int64_t value)
    {
        varInt(VarInt{value < 0, value < 0 ? 0 - std::uint64_t(value) : std::uint64_t(value)});
    }

    void bytes(ByteView view)
    {
        if (view.empty())
            return;
        room(view.size());
        std::memcpy(m_buffer.data() + m_size, view.data(), view.size());
        m_size += view.size();
    }

    void varBytes(ByteView view)
    {
        varUint(view.size());
        bytes(view);
    }

    void varString(std::string_view utf8)
    {
        varBytes({reinterpret_cast<const std::uint8_t *>(utf8.data()), utf8.size()});
    }

    //! \a size bytes to be filled by the caller before the next call.
    std::uint8_t *extend(std::size_t size)
    {
        room(size);
        m_size += size;
        return m_buffer.data() + m_size - size;
    }

    std::size_t size() const { return m_size; }
    ByteView view() const { return {m_buffer.data(), m_size}; }
    void clear() { m_size = 0; }
    //! Takes back everything written after the first \a size bytes.
    void truncate(std::size_t size) { m_size = size; }
    //! A copy of exactly the written size.
    Bytes copy() const { return Bytes(m_buffer.data(), m_buffer.data() + m_size); }
    Bytes take()
    {
        m_buffer.resize(m_size);
        m_size = 0;
        return std::exchange(m_buffer, {});
    }

private:
    void room(std::size_t more)
    {
        if (m_buffer.size() - m_size < more)
            m_buffer.resize(m_buffer.size() + m_buffer.size() / 2 + more + 32);
    }

    Bytes m_buffer;
    std::size_t m_size = 0;
};

} // namespace base
