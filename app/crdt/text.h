// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/crdt/any.h"
#include "app/crdt/ids.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crdt {

class Engine;
enum class TypeIndex : std::uint32_t;

//! One step of a change to a text, in ascending order: skip, put in, or take out. Lengths are UTF-16 code units.
struct TextDelta
{
    enum class Kind { Retain, Insert, Delete };

    Kind kind = Kind::Retain;
    std::size_t length = 0;
    std::u16string text; //!< Insert only; an embedded object appears as U+FFFC and counts 1

    friend bool operator==(const TextDelta &, const TextDelta &) = default;
};

//! Formats by name, in the order they are to be written. A null value ends a format.
using TextAttributes = std::vector<std::pair<std::string, Any>>;

//! A stretch of text, or one embedded object, with equal formats.
struct FormattedRun
{
    std::u16string text;
    std::optional<Any> embed; //!< set: this run is one embedded object and text is empty
    TextAttributes attributes;
};

using TextObserver = std::function<void(std::span<const TextDelta>, Origin origin, bool local)>;

//! A shared text: a handle that may be copied freely and is valid as long as its Document.
//!
//! Indexes and lengths are UTF-16 code units of the visible text, as in QString and in Yjs. Editing outside
//! Document::transact() is a transaction of its own. Same thread as the Document.
class Text
{
public:
    Text(Engine &engine, TypeIndex type) : m_engine(&engine), m_type(type) {}

    std::size_t length() const;
    //! The visible text; embedded objects are left out, so it can be shorter than length().
    std::u16string toString() const;
    //! \a length units from \a index, clipped to the end; embedded objects appear as U+FFFC.
    std::u16string slice(std::size_t index, std::size_t length) const;
    std::vector<FormattedRun> runs() const;

    //! Errors: OutOfRange beyond the end; InvalidArgument if \a index is inside a surrogate pair or \a inserted has an
    //! unpaired surrogate; NotFound if the text was deleted from its parent; TooLarge when clocks are used up. On
    //! error nothing has changed. Cost: O(log n).
    base::Result<void> insert(std::size_t index, std::u16string_view inserted);
    base::Result<void> remove(std::size_t index, std::size_t length);
    //! Inserts, then removes what stood there, in one transaction: what others type behind the old words stays behind the new.
    base::Result<void> replace(std::size_t index, std::size_t removed, std::u16string_view inserted);

    //! As insert(), with exactly these formats in effect. Cost of all three: O(n), formats are looked up from the start.
    base::Result<void> insertFormatted(std::size_t index, std::u16string_view inserted, const TextAttributes &attributes);
    base::Result<void> insertEmbed(std::size_t index, const Any &embed, const TextAttributes &attributes = {});
    //! Sets formats over a range. Errors as remove().
    base::Result<void> format(std::size_t index, std::size_t length, const TextAttributes &attributes);

    //! Called after each transaction that changed the text, in the order of the transactions; the delta is empty if the
    //! change is invisible. The observer may edit: that is a new transaction, delivered after this one. Returns a number
    //! for Document::removeObserver().
    int observe(TextObserver observer);

    TypeIndex type() const { return m_type; }
    Engine &engine() const { return *m_engine; }

private:
    Engine *m_engine;
    TypeIndex m_type;
};

} // namespace crdt
