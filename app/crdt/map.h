// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/crdt/any.h"
#include "app/crdt/sharedvalue.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crdt {

class Engine;
enum class TypeIndex : std::uint32_t;

//! A shared map from names to values. Concurrent sets of one name: the highest client id wins. Also the attributes of an
//! XML element. A handle, valid as long as its Document.
class Map
{
public:
    Map(Engine &engine, TypeIndex type) : m_engine(&engine), m_type(type) {}

    //! Names with a value, sorted.
    std::vector<std::string> keys() const;
    std::optional<SharedValue> get(std::string_view key) const;
    //! Errors: NotFound if the map was deleted from its parent; TooLarge.
    base::Result<void> set(std::string_view key, const Any &value);
    //! Puts a new, empty shared type under \a key.
    base::Result<TypeIndex> setType(std::string_view key, TypeKind kind);
    base::Result<void> remove(std::string_view key);

    TypeIndex type() const { return m_type; }
    Engine &engine() const { return *m_engine; }

private:
    Engine *m_engine;
    TypeIndex m_type;
};

} // namespace crdt
