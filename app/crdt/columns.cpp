// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/columns.h"

#include "app/crdt/ids.h"
#include "app/crdt/utf.h"
#include "app/crdt/wirestruct.h"

#include <cstdlib>

namespace crdt {

void RleWriter::write(std::uint8_t value)
{
    if (m_count > 0 && value == m_value) {
        ++m_count;
        return;
    }
    if (m_count > 0)
        m_out.varUint(m_count - 1);
    m_out.byte(value);
    m_value = value;
    m_count = 1;
}

std::uint8_t RleReader::read()
{
    if (m_left == 0 && !m_isLast) {
        m_value = m_in.byte();
        m_isLast = m_in.remaining() == 0;
        m_left = m_isLast ? 0 : m_in.varUint() + 1;
    }
    if (!m_isLast)
        --m_left;
    return m_value;
}

void UintOptRleWriter::write(std::uint64_t value)
{
    if (m_count > 0 && value == m_value) {
        ++m_count;
        return;
    }
    flush();
    m_value = value;
    m_count = 1;
}

void UintOptRleWriter::flush()
{
    if (m_count == 0)
        return;
    m_out.varInt(base::VarInt{m_count > 1, m_value});
    if (m_count > 1)
        m_out.varUint(m_count - 2);
}

base::Bytes UintOptRleWriter::take()
{
    flush();
    m_count = 0;
    return m_out.take();
}

std::uint64_t UintOptRleReader::read()
{
    if (m_left == 0) {
        const base::VarInt head = m_in.varInt();
        m_value = head.magnitude;
        m_left = head.negative ? m_in.varUint() + 2 : 1;
    }
    --m_left;
    return m_value;
}

void IntDiffOptRleWriter::write(std::uint64_t value)
{
    const std::int64_t difference = std::int64_t(value) - m_value;
    m_value = std::int64_t(value);
    if (m_count > 0 && difference == m_difference) {
        ++m_count;
        return;
    }
    flush();
    m_difference = difference;
    m_count = 1;
}

void IntDiffOptRleWriter::flush()
{
    if (m_count == 0)
        return;
    m_out.varInt(m_difference * 2 + (m_count > 1 ? 1 : 0));
    if (m_count > 1)
        m_out.varUint(m_count - 2);
}

base::Bytes IntDiffOptRleWriter::take()
{
    flush();
    m_count = 0;
    return m_out.take();
}

std::uint64_t IntDiffOptRleReader::read()
{
    if (m_left == 0) {
        const base::VarInt head = m_in.varInt();
        const std::int64_t number = head.negative ? -std::int64_t(head.magnitude) : std::int64_t(head.magnitude);
        m_difference = number >> 1;   // rounds down, also below zero
        m_left = number & 1 ? m_in.varUint() + 2 : 1;
    }
    --m_left;
    m_value += m_difference;
    if (m_value < 0 || m_value > std::int64_t(kMaxId)) {
        m_in.fail();
        m_value = 0;
    }
    return std::uint64_t(m_value);
}

void StringColumnWriter::write(std::string_view utf8)
{
    m_all += utf8;
    m_lengths.write(utf16Length({reinterpret_cast<const std::uint8_t *>(utf8.data()), utf8.size()}).value_or(0));
}

base::Bytes StringColumnWriter::take()
{
    base::VarWriter out;
    out.varString(m_all);
    out.bytes(m_lengths.take());
    return out.take();
}

namespace {

base::VarReader behindString(base::ByteView bytes)
{
    base::VarReader in(bytes);
    in.varBytes();
    return in;
}

} // namespace

StringColumnReader::StringColumnReader(base::ByteView bytes) : m_lengths(behindString(bytes))
{
    base::VarReader in(bytes);
    m_all = in.varBytes();
    m_failed = in.failed() || !utf16Length(m_all);
}

std::string StringColumnReader::read()
{
    std::uint64_t units = m_lengths.read();
    std::string result;
    if (failed() || units > m_all.size()) {
        m_failed = true;
        return result;
    }
    const std::string half = toUtf8(std::u16string_view(&kReplacement, 1));
    if (m_isInsidePair && units > 0) {
        result = half;
        --units;
        m_isInsidePair = false;
    }
    if (units == 0)
        return result;
    const base::ByteView rest = m_all.subspan(m_at);
    bool cutsPair = false;
    const std::size_t end = utf8Offset(rest, std::size_t(units), cutsPair);
    const std::size_t whole = cutsPair ? end - 4 : end;
    result.append(reinterpret_cast<const char *>(rest.data()), whole);
    if (cutsPair)
        result += half;
    m_isInsidePair = cutsPair;
    m_at += end;
    const base::ByteView taken = rest.subspan(0, end);
    if (utf16Length(taken).value_or(0) < units)
        m_failed = true;
    return result;
}

} // namespace crdt
