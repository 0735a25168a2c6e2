// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/any.h"

#include <cstdint>
#include <string>
#include <variant>

namespace crdt {

//! The kinds of shared types, with the numbers of the wire.
enum class TypeKind : std::uint8_t {
    Array = 0,
    Map = 1,
    Text = 2,
    XmlElement = 3,
    XmlFragment = 4,
    XmlHook = 5,
    XmlText = 6,
    Untyped = 15, //!< a root nobody has opened yet; never on the wire
};

enum class TypeIndex : std::uint32_t;

//! A document inside a document: carried, not opened.
struct SubDocument
{
    std::string guid;
    Any options;

    friend bool operator==(const SubDocument &, const SubDocument &) = default;
};

//! A shared type as a value. The handle is made from the index: Text(engine, index).
struct SharedType
{
    TypeKind kind = TypeKind::Untyped;
    TypeIndex index{};
    std::string name; //!< of XmlElement and XmlHook

    friend bool operator==(const SharedType &, const SharedType &) = default;
};

//! What a list element or a map value can be.
using SharedValue = std::variant<Any, SharedType, SubDocument>;

} // namespace crdt
