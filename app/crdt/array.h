// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/crdt/any.h"
#include "app/crdt/sharedvalue.h"

#include <cstddef>
#include <span>
#include <vector>

namespace crdt {

class Engine;
enum class TypeIndex : std::uint32_t;

//! A shared list of values, or the children of an XML fragment. A handle, valid as long as its Document.
class Array
{
public:
    Array(Engine &engine, TypeIndex type) : m_engine(&engine), m_type(type) {}

    std::size_t length() const;
    std::vector<SharedValue> values() const;
    //! Errors: OutOfRange; NotFound if the array was deleted from its parent; TooLarge.
    base::Result<void> insert(std::size_t index, std::span<const Any> values);
    base::Result<void> push(std::span<const Any> values);
    base::Result<TypeIndex> insertType(std::size_t index, TypeKind kind);
    base::Result<void> remove(std::size_t index, std::size_t length);

    TypeIndex type() const { return m_type; }
    Engine &engine() const { return *m_engine; }

private:
    Engine *m_engine;
    TypeIndex m_type;
};

} // namespace crdt
