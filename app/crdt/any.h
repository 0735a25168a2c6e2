// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/base/varint.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crdt {

//! A value as maps, arrays, formats and embedded objects hold it: what JavaScript can put into a Yjs document.
class Any
{
public:
    struct Undefined { friend bool operator==(Undefined, Undefined) = default; };
    struct Null { friend bool operator==(Null, Null) = default; };
    struct BigInt { std::int64_t value = 0; friend bool operator==(BigInt, BigInt) = default; };
    using Array = std::vector<Any>;
    using Member = std::pair<std::string, Any>;
    using Object = std::vector<Member>; //!< keeps the order of its members
    using Value = std::variant<Null, Undefined, bool, double, BigInt, std::string, base::Bytes, Array, Object>;

    //! How deep values may nest; deeper ones are refused everywhere.
    static constexpr int kMaxDepth = 64;

    Any() = default;
    Any(Undefined value) : m_value(value) {}
    Any(Null value) : m_value(value) {}
    Any(bool value) : m_value(value) {}
    Any(int value) : m_value(double(value)) {}
    Any(double value) : m_value(value) {}
    Any(BigInt value) : m_value(value) {}
    Any(std::string utf8) : m_value(std::move(utf8)) {}
    Any(const char *utf8) : m_value(std::string(utf8)) {}
    Any(base::Bytes bytes) : m_value(std::move(bytes)) {}
    Any(Array array) : m_value(std::move(array)) {}
    Any(Object object) : m_value(std::move(object)) {}

    const Value &value() const { return m_value; }
    bool isNull() const { return std::holds_alternative<Null>(m_value); }
    template <typename T> const T *get() const { return std::get_if<T>(&m_value); }

    void write(base::VarWriter &out) const;
    base::Bytes encode() const;
    //! Reads one value; fails the reader on anything malformed or nested deeper than kMaxDepth.
    static Any read(base::VarReader &in);
    static base::Result<Any> decode(base::ByteView bytes);

    //! The text JSON.stringify prints. Undefined members are left out; BigInt and bytes become null.
    std::string toJson() const;
    static base::Result<Any> fromJson(std::string_view json);

    //! Objects are equal whatever the order of their members.
    friend bool operator==(const Any &a, const Any &b);

private:
    Value m_value;
};

//! Moves \a in past one encoded value without building it. False (and the reader failed) if malformed or too deep.
bool skipAny(base::VarReader &in);

//! Whether \a json is one complete JSON text within the nesting limit, as JSON.parse would accept.
bool isJson(std::string_view json);

} // namespace crdt
