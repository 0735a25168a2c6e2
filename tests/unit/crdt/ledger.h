// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/document.h"

#include <QString>

#include <string_view>
#include <unordered_map>
#include <vector>

namespace crdttest {

//! Keeps account of a text by the names of its characters, apart from the engine: what has been typed and what has been removed,
//! whoever did it and whoever has heard of it. When all have heard all, what was typed and not removed is what stands there.
class Ledger
{
public:
    //! After typing \a units at \a index.
    void typed(const crdt::Text &text, std::size_t index, std::u16string_view units);
    //! Before removing \a length units from \a index on.
    void removed(const crdt::Text &text, std::size_t index, std::size_t length);
    //! After undo() or redo() in \a document has made \a update.
    void tookBack(crdt::Document &document, crdt::Text text, base::ByteView update);

    //! What is missing in \a text, there twice, another character, or not known at all; empty if all is there.
    QString complaint(const crdt::Text &text) const;

private:
    struct Unit
    {
        char16_t unit = 0;
        bool isTyped = false;
        bool isRemoved = false;
    };

    Unit &unit(crdt::ItemId name);

    std::unordered_map<crdt::ClientId, std::vector<Unit>> m_units;    // by clock
};

} // namespace crdttest
