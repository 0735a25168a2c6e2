// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/any.h"

#include "app/crdt/utf.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace crdt {

namespace {

// Type bytes of lib0's "any" encoding.
enum AnyTag : std::uint8_t {
    BytesTag = 116, ArrayTag = 117, ObjectTag = 118, StringTag = 119, TrueTag = 120, FalseTag = 121, BigIntTag = 122,
    Float64Tag = 123, Float32Tag = 124, IntegerTag = 125, NullTag = 126, UndefinedTag = 127,
};

void writeBigEndian(base::VarWriter &out, std::uint64_t value, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        out.byte(std::uint8_t(value >> shift));
}

std::uint64_t readBigEndian(base::VarReader &in, int size)
{
    std::uint64_t value = 0;
    for (int i = 0; i < size; ++i)
        value = value << 8 | in.byte();
    return value;
}

void writeNumber(base::VarWriter &out, double value)
{
    constexpr double kMaxInteger = 2147483647;
    if (std::trunc(value) == value && std::abs(value) <= kMaxInteger) {
        out.byte(IntegerTag);
        out.varInt(base::VarInt{std::signbit(value), std::uint64_t(std::abs(value))});
    } else if (std::isinf(value)
               || (std::abs(value) <= double(std::numeric_limits<float>::max()) && double(float(value)) == value)) {
        out.byte(Float32Tag);
        writeBigEndian(out, std::bit_cast<std::uint32_t>(float(value)), 4);
    } else {
        out.byte(Float64Tag);
        writeBigEndian(out, std::bit_cast<std::uint64_t>(value), 8);
    }
}

std::string readString(base::VarReader &in)
{
    const base::ByteView bytes = in.varBytes();
    if (!utf16Length(bytes)) {
        in.fail();
        return {};
    }
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Any readAny(base::VarReader &in, int depth)
{
    if (depth > Any::kMaxDepth) {
        in.fail();
        return {};
    }
    switch (in.byte()) {
    case UndefinedTag: return Any(Any::Undefined{});
    case NullTag: return {};
    case TrueTag: return Any(true);
    case FalseTag: return Any(false);
    case IntegerTag: {
        const base::VarInt number = in.varInt();
        return Any(number.negative ? -double(number.magnitude) : double(number.magnitude));
    }
    case Float32Tag: return Any(double(std::bit_cast<float>(std::uint32_t(readBigEndian(in, 4)))));
    case Float64Tag: return Any(std::bit_cast<double>(readBigEndian(in, 8)));
    case BigIntTag: return Any(Any::BigInt{std::int64_t(readBigEndian(in, 8))});
    case StringTag: return Any(readString(in));
    case BytesTag: {
        const base::ByteView bytes = in.varBytes();
        return Any(base::Bytes(bytes.begin(), bytes.end()));
    }
    case ArrayTag: {
        Any::Array array;
        for (std::size_t left = in.count(); left > 0 && !in.failed(); --left)
            array.push_back(readAny(in, depth + 1));
        return Any(std::move(array));
    }
    case ObjectTag: {
        Any::Object object;
        for (std::size_t left = in.count(2); left > 0 && !in.failed(); --left) {
            std::string key = readString(in);
            object.emplace_back(std::move(key), readAny(in, depth + 1));
        }
        return Any(std::move(object));
    }
    default: in.fail(); return {};
    }
}

bool skipString(base::VarReader &in)
{
    if (!utf16Length(in.varBytes()))
        in.fail();
    return !in.failed();
}

bool skipAnyAt(base::VarReader &in, int depth)
{
    if (depth > Any::kMaxDepth) {
        in.fail();
        return false;
    }
    switch (in.byte()) {
    case UndefinedTag: case NullTag: case TrueTag: case FalseTag: break;
    case IntegerTag: in.varInt(); break;
    case Float32Tag: in.bytes(4); break;
    case Float64Tag: case BigIntTag: in.bytes(8); break;
    case StringTag: return skipString(in);
    case BytesTag: in.varBytes(); break;
    case ArrayTag:
        for (std::size_t left = in.count(); left > 0 && !in.failed(); --left)
            skipAnyAt(in, depth + 1);
        break;
    case ObjectTag:
        for (std::size_t left = in.count(2); left > 0 && !in.failed(); --left) {
            skipString(in);
            skipAnyAt(in, depth + 1);
        }
        break;
    default: in.fail();
    }
    return !in.failed();
}

struct AnyWriter
{
    base::VarWriter &out;

    void operator()(Any::Null) const { out.byte(NullTag); }
    void operator()(Any::Undefined) const { out.byte(UndefinedTag); }
    void operator()(bool value) const { out.byte(value ? TrueTag : FalseTag); }
    void operator()(double value) const { writeNumber(out, value); }
    void operator()(Any::BigInt value) const
    {
        out.byte(BigIntTag);
        writeBigEndian(out, std::uint64_t(value.value), 8);
    }
    void operator()(const std::string &value) const
    {
        out.byte(StringTag);
        out.varString(value);
    }
    void operator()(const base::Bytes &value) const
    {
        out.byte(BytesTag);
        out.varBytes(value);
    }
    void operator()(const Any::Array &array) const
    {
        out.byte(ArrayTag);
        out.varUint(array.size());
        for (const Any &element : array)
            element.write(out);
    }
    void operator()(const Any::Object &object) const
    {
        out.byte(ObjectTag);
        out.varUint(object.size());
        for (const auto &[key, value] : object) {
            out.varString(key);
            value.write(out);
        }
    }
};

} // namespace

void Any::write(base::VarWriter &out) const { std::visit(AnyWriter{out}, m_value); }

base::Bytes Any::encode() const
{
    base::VarWriter out;
    write(out);
    return out.take();
}

Any Any::read(base::VarReader &in) { return readAny(in, 0); }

base::Result<Any> Any::decode(base::ByteView bytes)
{
    base::VarReader in(bytes);
    Any value = read(in);
    if (in.failed() || in.remaining() != 0)
        return base::Unexpected(base::ErrorCode::Malformed, "value");
    return value;
}

bool operator==(const Any &a, const Any &b)
{
    const auto *left = a.get<Any::Object>();
    const auto *right = b.get<Any::Object>();
    if (!left || !right)
        return a.m_value == b.m_value;
    if (left->size() != right->size())
        return false;
    // Members in another order are searched for; huge objects in another order count as different, as the search would
    // take a time a peer could choose.
    constexpr std::size_t kSearched = 256;
    for (std::size_t index = 0; index < left->size(); ++index) {
        const Any::Member &member = (*left)[index];
        auto other = right->begin() + std::ptrdiff_t(index);
        if (other->first != member.first && right->size() <= kSearched)
            other = std::ranges::find(*right, member.first, &Any::Member::first);
        if (other == right->end() || other->first != member.first || !(other->second == member.second))
            return false;
    }
    return true;
}

bool skipAny(base::VarReader &in) { return skipAnyAt(in, 0); }

} // namespace crdt
