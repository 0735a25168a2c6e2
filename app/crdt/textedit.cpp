// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"
#include "app/crdt/formattedtext.h"
#include "app/crdt/text.h"
#include "app/crdt/utf.h"

#include <algorithm>

// Reading and editing texts; everything about formats is in formattedtext.cpp.
namespace crdt {

Gap Engine::gapBefore(SequenceRef list, std::size_t index)
{
    const Sequences::Place place = sequences.find(list, std::uint32_t(index));
    if (place.item == kNoRef)
        return {list, sequences.last(list), kNoRef};
    if (place.offset > 0) {
        const ItemRef right = split(place.item, place.offset);
        return {list, place.item, right};
    }
    return {list, sequences.previous(place.item), place.item};
}

void Engine::deleteRange(SequenceRef list, std::size_t index, std::size_t length)
{
    if (length == 0)
        return;
    const Sequences::Place place = sequences.find(list, std::uint32_t(index));
    ItemRef at = place.offset > 0 ? split(place.item, place.offset) : place.item;
    while (length > 0) {
        if (items[at].visible() > length)
            split(at, std::uint32_t(length));
        const std::uint32_t visible = items[at].visible();
        length -= visible;
        if (visible > 0)
            deleteItem(at);
        if (length > 0)
            at = sequences.next(at);
    }
}

bool Engine::isInsidePair(SequenceRef list, std::size_t index) const
{
    const Sequences::Place place = sequences.find(list, std::uint32_t(index));
    if (place.item == kNoRef || place.offset == 0 || items[place.item].kind() != ContentKind::String)
        return false;
    const Item &item = items[place.item];
    const TextStore &text = clients[item.client].text;
    return isLowSurrogate(text.at(item.content + place.offset))
        && isHighSurrogate(text.at(item.content + place.offset - 1));
}

namespace {

const TypeNode &textNode(const Text &text) { return *text.engine().types[std::uint32_t(text.type())]; }

// Everything that can refuse an edit of [index, index + removed) and an insertion of `inserted`.
base::Result<void> checkTextEdit(const Text &text, std::size_t index, std::size_t removed, std::u16string_view inserted)
{
    const Engine &engine = text.engine();
    const TypeNode &node = textNode(text);
    if (engine.isTypeDeleted(node))
        return base::Unexpected(base::ErrorCode::NotFound, "the text was deleted");
    const std::size_t length = engine.sequences.visible(node.list);
    if (index > length || removed > length - index)
        return base::Unexpected(base::ErrorCode::OutOfRange, "position beyond the end of the text");
    if (engine.isInsidePair(node.list, index) || (removed > 0 && engine.isInsidePair(node.list, index + removed)))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "position inside a surrogate pair");
    if (!isWellFormed(inserted))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "unpaired surrogate");
    // Formats around the text take clocks as well, far fewer than this.
    constexpr std::size_t kReserve = 4096;
    if (!engine.hasRoomFor(inserted.size() + kReserve))
        return base::Unexpected(base::ErrorCode::TooLarge, "client id has used up its clocks");
    return {};
}

} // namespace

std::size_t Text::length() const
{
    const TypeNode &node = textNode(*this);
    return node.isDead ? 0 : m_engine->sequences.visible(node.list);
}

std::u16string Text::toString() const
{
    std::u16string result;
    if (m_engine->isTypeDeleted(textNode(*this)))
        return result;
    const SequenceRef list = textNode(*this).list;
    result.reserve(m_engine->sequences.visible(list));
    m_engine->sequences.forEach(list, [&](ItemRef ref) {
        const Item &item = m_engine->items[ref];
        if (item.kind() == ContentKind::String && !item.deleted)
            m_engine->clients[item.client].text.copyTo(result, item.content, item.length);
    });
    return result;
}

std::u16string Text::slice(std::size_t index, std::size_t length) const
{
    std::u16string result;
    const Engine &engine = *m_engine;
    if (index >= this->length())
        return result;
    length = std::min(length, this->length() - index);
    Sequences::Place place = engine.sequences.find(textNode(*this).list, std::uint32_t(index));
    while (result.size() < length) {
        const Item &item = engine.items[place.item];
        if (const std::uint32_t visible = item.visible()) {
            const auto taken = std::uint32_t(std::min<std::size_t>(length - result.size(), visible - place.offset));
            if (item.kind() == ContentKind::String)
                engine.clients[item.client].text.copyTo(result, item.content + place.offset, taken);
            else
                result.append(taken, kObjectMark);
        }
        place = {engine.sequences.next(place.item), 0};
    }
    return result;
}

base::Result<void> Text::insert(std::size_t index, std::u16string_view inserted) { return replace(index, 0, inserted); }

base::Result<void> Text::remove(std::size_t index, std::size_t length) { return replace(index, length, {}); }

base::Result<void> Text::replace(std::size_t index, std::size_t removed, std::u16string_view inserted)
{
    if (const auto checked = checkTextEdit(*this, index, removed, inserted); !checked)
        return checked;
    if (removed == 0 && inserted.empty())
        return {};
    m_engine->beginTransaction({});
    const SequenceRef list = textNode(*this).list;
    if (textNode(*this).hasFormatting) {
        FormattedText formatted(*m_engine, std::uint32_t(m_type));
        if (!inserted.empty())
            formatted.insert(index, inserted, nullptr);
        if (removed > 0)
            formatted.remove(index + inserted.size(), removed);
    } else {
        // Inserted before anything is removed, the new words keep the place of the old ones: inserted after them, behind
        // the tombstones, they would compete with what somebody else types behind the old words at the same time.
        if (!inserted.empty())
            m_engine->insertText(m_engine->gapBefore(list, index), inserted);
        if (removed > 0)
            m_engine->deleteRange(list, index + inserted.size(), removed);
    }
    m_engine->endTransaction();
    return {};
}

base::Result<void> Text::insertFormatted(std::size_t index, std::u16string_view inserted,
                                         const TextAttributes &attributes)
{
    if (const auto checked = checkTextEdit(*this, index, 0, inserted); !checked)
        return checked;
    if (inserted.empty())
        return {};
    m_engine->beginTransaction({});
    FormattedText(*m_engine, std::uint32_t(m_type)).insert(index, inserted, &attributes);
    m_engine->endTransaction();
    return {};
}

base::Result<void> Text::insertEmbed(std::size_t index, const Any &embed, const TextAttributes &attributes)
{
    if (const auto checked = checkTextEdit(*this, index, 0, {}); !checked)
        return checked;
    m_engine->beginTransaction({});
    FormattedText(*m_engine, std::uint32_t(m_type)).insertEmbed(index, embed, attributes);
    m_engine->endTransaction();
    return {};
}

base::Result<void> Text::format(std::size_t index, std::size_t length, const TextAttributes &attributes)
{
    if (const auto checked = checkTextEdit(*this, index, length, {}); !checked)
        return checked;
    if (length == 0)
        return {};
    m_engine->beginTransaction({});
    FormattedText(*m_engine, std::uint32_t(m_type)).format(index, length, attributes);
    m_engine->endTransaction();
    return {};
}

std::vector<FormattedRun> Text::runs() const
{
    if (m_engine->isTypeDeleted(textNode(*this)))
        return {};
    return FormattedText(*m_engine, std::uint32_t(m_type)).runs();
}

int Text::observe(TextObserver observer) { return m_engine->observeText(std::uint32_t(m_type), std::move(observer)); }

} // namespace crdt
