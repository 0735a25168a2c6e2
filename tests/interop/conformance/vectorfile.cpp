// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/conformance/vectorfile.h"

#include "app/crdt/utf.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace conformance {

void Check::fail(std::string text) { m_failures.push_back(m_context + std::move(text)); }

void Check::equal(std::string_view what, base::ByteView actual, base::ByteView expected)
{
    if (!std::ranges::equal(actual, expected))
        fail(std::string(what) + "\n    is     " + toBase64(actual) + "\n    should " + toBase64(expected));
}

void Check::equal(std::string_view what, const Any &actual, const Any &expected)
{
    if (!(actual == expected))
        fail(std::string(what) + "\n    is     " + actual.toJson() + "\n    should " + expected.toJson());
}

void Check::equal(std::string_view what, const std::u16string &actual, const std::u16string &expected)
{
    equal(what, Any(crdt::toUtf8(actual)), Any(crdt::toUtf8(expected)));
}

void Check::isTrue(std::string_view what, bool condition)
{
    if (!condition)
        fail(std::string(what));
}

const Any &member(const Any &value, std::string_view key)
{
    static const Any kNone;
    const auto *members = value.get<Any::Object>();
    if (!members)
        return kNone;
    const auto found = std::ranges::find(*members, key, &Any::Member::first);
    return found == members->end() ? kNone : found->second;
}

bool has(const Any &value, std::string_view key)
{
    const auto *members = value.get<Any::Object>();
    return members && std::ranges::find(*members, key, &Any::Member::first) != members->end();
}

const Any::Array &list(const Any &value)
{
    static const Any::Array kEmpty;
    const auto *array = value.get<Any::Array>();
    return array ? *array : kEmpty;
}

const Any::Object &object(const Any &value)
{
    static const Any::Object kEmpty;
    const auto *members = value.get<Any::Object>();
    return members ? *members : kEmpty;
}

const std::string &text(const Any &value)
{
    static const std::string kEmpty;
    const auto *string = value.get<std::string>();
    return string ? *string : kEmpty;
}

double number(const Any &value)
{
    const auto *found = value.get<double>();
    return found ? *found : 0;
}

std::uint64_t unsignedNumber(const Any &value) { return std::uint64_t(number(value)); }

namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

base::Bytes fromBase64(std::string_view encoded)
{
    base::Bytes result;
    std::uint32_t collected = 0;
    int bits = 0;
    for (const char c : encoded) {
        const std::size_t value = kBase64.find(c);
        if (value == std::string_view::npos)
            break;
        collected = collected << 6 | std::uint32_t(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            result.push_back(std::uint8_t(collected >> bits));
        }
    }
    return result;
}

std::string toBase64(base::ByteView bytes)
{
    std::string result;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 | (at + i < bytes.size() ? bytes[at + i] : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            result.push_back(at + i > bytes.size() ? '=' : kBase64[group >> (18 - 6 * i) & 63]);
    }
    return result;
}

base::Bytes bytes(const Any &base64) { return fromBase64(text(base64)); }

std::u16string utf16(const Any &value) { return crdt::toUtf16(text(value)); }

Any plainValue(const Any &written)
{
    if (const auto *array = written.get<Any::Array>()) {
        Any::Array result;
        for (const Any &element : *array)
            result.push_back(plainValue(element));
        return Any(std::move(result));
    }
    if (!written.get<Any::Object>())
        return written;
    if (has(written, "$")) {
        const std::string &kind = text(member(written, "$"));
        const std::string &value = text(member(written, "v"));
        if (kind == "undefined")
            return Any(Any::Undefined{});
        if (kind == "bigint")
            return Any(Any::BigInt{std::stoll(value)});
        if (kind == "bytes")
            return Any(fromBase64(value));
        if (kind == "number")
            return Any(value == "-0"          ? -0.0
                       : value == "NaN"       ? std::numeric_limits<double>::quiet_NaN()
                       : value == "-Infinity" ? -std::numeric_limits<double>::infinity()
                                              : std::numeric_limits<double>::infinity());
    }
    Any::Object result;
    for (const auto &[key, value] : object(written))
        result.emplace_back(key, plainValue(value));
    return Any(std::move(result));
}

void applyAll(Check &check, crdt::Document &document, const Any::Array &updates, std::size_t from, std::size_t to)
{
    for (std::size_t index = from; index < to; ++index)
        check.succeeded("apply update " + std::to_string(index), document.applyUpdate(bytes(updates[index])));
}

} // namespace conformance
