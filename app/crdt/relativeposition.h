// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/crdt/ids.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crdt {

class Array;
class Document;
class Text;

//! A place in a text that stays with its neighbours while others edit: the way to send and keep carets.
class RelativePosition
{
public:
    //! The place before the unit at \a index (\a assoc >= 0) or after the one before it (\a assoc < 0). Indexes beyond the
    //! end mean the end. UTF-16 code units. Cost: O(log n).
    static RelativePosition at(const Text &text, std::size_t index, int assoc = 0);
    static RelativePosition at(const Array &array, std::size_t index, int assoc = 0);

    //! The index now; nothing if the document does not have what the position names (yet, or any more).
    std::optional<std::size_t> resolve(const Document &document) const;

    base::Bytes encode() const;
    //! Errors: Malformed.
    static base::Result<RelativePosition> decode(base::ByteView bytes);
    //! The form editors put into awareness states.
    std::string toJson() const;
    //! Errors: Malformed. Absent members read as null or 0.
    static base::Result<RelativePosition> fromJson(std::string_view json);

    std::optional<ItemId> item;         //!< the unit it sticks to
    std::optional<ItemId> type;         //!< the item holding the list, for lists that are not roots
    std::optional<std::string> root;    //!< the name of the list, for roots
    int assoc = 0;

    friend bool operator==(const RelativePosition &, const RelativePosition &) = default;
};

} // namespace crdt
