// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/varint.h"

#include <cstdint>
#include <string>
#include <string_view>

// The run-length codecs of lib0 that update format v2 puts its columns into. Internal to this folder. Readers never
// allocate for runs, and fail like base::VarReader.
namespace crdt {

class RleWriter
{
public:
    void write(std::uint8_t value);
    base::Bytes take() { return m_out.take(); }

private:
    base::VarWriter m_out;
    std::uint8_t m_value = 0;
    std::uint64_t m_count = 0;
};

class RleReader
{
public:
    explicit RleReader(base::ByteView bytes) : m_in(bytes) {}
    std::uint8_t read();
    bool failed() const { return m_in.failed(); }

private:
    base::VarReader m_in;
    std::uint8_t m_value = 0;
    std::uint64_t m_left = 0;
    bool m_isLast = false;       // the last run has no length: it never ends
};

class UintOptRleWriter
{
public:
    void write(std::uint64_t value);
    base::Bytes take();

private:
    void flush();

    base::VarWriter m_out;
    std::uint64_t m_value = 0;
    std::uint64_t m_count = 0;
};

class UintOptRleReader
{
public:
    explicit UintOptRleReader(base::VarReader in) : m_in(in) {}
    explicit UintOptRleReader(base::ByteView bytes) : m_in(bytes) {}
    std::uint64_t read();
    bool failed() const { return m_in.failed(); }

private:
    base::VarReader m_in;
    std::uint64_t m_value = 0;
    std::uint64_t m_left = 0;
};

class IntDiffOptRleWriter
{
public:
    void write(std::uint64_t value);
    base::Bytes take();

private:
    void flush();

    base::VarWriter m_out;
    std::int64_t m_value = 0;
    std::int64_t m_difference = 0;
    std::uint64_t m_count = 0;
};

class IntDiffOptRleReader
{
public:
    explicit IntDiffOptRleReader(base::ByteView bytes) : m_in(bytes) {}
    //! Fails below 0 and above 2^53.
    std::uint64_t read();
    bool failed() const { return m_in.failed(); }

private:
    base::VarReader m_in;
    std::int64_t m_value = 0;
    std::int64_t m_difference = 0;
    std::uint64_t m_left = 0;
};

class StringColumnWriter
{
public:
    void write(std::string_view utf8);
    base::Bytes take();

private:
    std::string m_all;
    UintOptRleWriter m_lengths;
};

class StringColumnReader
{
public:
    explicit StringColumnReader(base::ByteView bytes);
    //! A copy, because a boundary inside a surrogate pair gives halves that are not in the column.
    std::string read();
    bool failed() const { return m_failed || m_lengths.failed(); }

private:
    base::ByteView m_all;
    std::size_t m_at = 0;
    bool m_isInsidePair = false;
    bool m_failed = false;
    UintOptRleReader m_lengths;
};

} // namespace crdt
