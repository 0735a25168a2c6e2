// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/engine.h"
#include "app/crdt/text.h"

#include <set>

namespace crdt {

//! Edits of a text that has format marks, after the rules of Yjs. Internal to this folder; inside a transaction.
//!
//! A format mark switches one attribute for everything to its right. Attributes at a place are only known by walking
//! from the start, so everything here takes O(n).
class FormattedText
{
public:
    FormattedText(Engine &engine, std::uint32_t type) : m_engine(engine), m_list(engine.types[type]->list) {}

    //! \a attributes null: those in effect at \a index.
    void insert(std::size_t index, std::u16string_view text, const TextAttributes *attributes);
    void insertEmbed(std::size_t index, const Any &embed, const TextAttributes &attributes);
    void format(std::size_t index, std::size_t length, const TextAttributes &attributes);
    void remove(std::size_t index, std::size_t length);
    std::vector<FormattedRun> runs() const;

    //! Deletes the marks without effect in the whole text.
    void clean();
    //! Deletes all but the last mark of each attribute in the gap around \a item, which is not visible.
    void cleanGapAround(ItemRef item);

private:
    // Between two items, with the attributes in effect there.
    struct Position
    {
        ItemRef left = kNoRef;
        ItemRef right = kNoRef;
        TextAttributes attributes;
    };

    Position positionAt(std::size_t index);
    void stepRight(Position &position) const;
    void skipEqualMarks(Position &position, const TextAttributes &attributes) const;
    TextAttributes insertMarks(Position &position, const TextAttributes &attributes);
    void insertRestoringMarks(Position &position, TextAttributes restored);
    void insertMark(Position &position, const std::string &key, const Any &value);
    template <typename Content> void insertWith(std::size_t index, const TextAttributes *attributes, Content &&content);
    void cleanGap(ItemRef start, ItemRef reached, const TextAttributes &before, TextAttributes &current);
    bool isMark(ItemRef item) const;
    std::pair<std::string, Any> markOf(ItemRef item) const;

    Engine &m_engine;
    SequenceRef m_list;
};

} // namespace crdt
