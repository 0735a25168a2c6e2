// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/formattedtext.h"

#include <algorithm>

namespace crdt {

namespace {

std::string_view viewOf(base::ByteView bytes) { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }

const Any &attributeOf(const TextAttributes &attributes, const std::string &key)
{
    static const Any kNone;
    const auto found = std::ranges::find(attributes, key, &std::pair<std::string, Any>::first);
    return found == attributes.end() ? kNone : found->second;
}

bool hasAttribute(const TextAttributes &attributes, const std::string &key)
{
    return std::ranges::find(attributes, key, &std::pair<std::string, Any>::first) != attributes.end();
}

void eraseAttribute(TextAttributes &attributes, const std::string &key)
{
    std::erase_if(attributes, [&](const auto &entry) { return entry.first == key; });
}

// Like a JavaScript Map: a known key keeps its place.
void setAttribute(TextAttributes &attributes, const std::string &key, const Any &value)
{
    const auto found = std::ranges::find(attributes, key, &std::pair<std::string, Any>::first);
    if (found == attributes.end())
        attributes.emplace_back(key, value);
    else
        found->second = value;
}

void applyMark(TextAttributes &attributes, const std::string &key, const Any &value)
{
    if (value.isNull())
        eraseAttribute(attributes, key);
    else
        setAttribute(attributes, key, value);
}

} // namespace

bool FormattedText::isMark(ItemRef item) const
{
    return !m_engine.items[item].deleted && m_engine.items[item].kind() == ContentKind::Format;
}

std::pair<std::string, Any> FormattedText::markOf(ItemRef item) const
{
    base::VarReader in(m_engine.value(m_engine.items[item]).bytes);
    std::string key(viewOf(in.varBytes()));
    auto value = Any::fromJson(viewOf(in.varBytes()));
    return {std::move(key), value ? std::move(*value) : Any()};
}

void FormattedText::stepRight(Position &position) const
{
    if (isMark(position.right)) {
        const auto [key, value] = markOf(position.right);
        applyMark(position.attributes, key, value);
    }
    position.left = position.right;
    position.right = m_engine.sequences.next(position.right);
}

FormattedText::Position FormattedText::positionAt(std::size_t index)
{
    Position position{kNoRef, m_engine.sequences.first(m_list), {}};
    while (position.right != kNoRef && index > 0) {
        if (m_engine.items[position.right].visible() > index)
            m_engine.split(position.right, std::uint32_t(index));
        index -= m_engine.items[position.right].visible();
        stepRight(position);
    }
    return position;
}

void FormattedText::skipEqualMarks(Position &position, const TextAttributes &attributes) const
{
    while (position.right != kNoRef) {
        if (!m_engine.items[position.right].deleted) {
            if (!isMark(position.right))
                return;
            const auto [key, value] = markOf(position.right);
            if (attributeOf(attributes, key) != value)
                return;
        }
        stepRight(position);
    }
}

void FormattedText::insertMark(Position &position, const std::string &key, const Any &value)
{
    base::VarWriter payload;
    payload.varString(key);
    payload.varString(value.toJson());
    position.right = m_engine.insertContent({m_list, position.left, position.right}, ContentKind::Format,
                                            payload.view(), 1);
    stepRight(position);
}

// Returns what the attributes were that it switched.
TextAttributes FormattedText::insertMarks(Position &position, const TextAttributes &attributes)
{
    TextAttributes before;
    for (const auto &[key, value] : attributes) {
        const Any current = attributeOf(position.attributes, key);
        if (current == value)
            continue;
        setAttribute(before, key, current);
        insertMark(position, key, value);
    }
    return before;
}

void FormattedText::insertRestoringMarks(Position &position, TextAttributes restored)
{
    while (position.right != kNoRef) {
        if (!m_engine.items[position.right].deleted) {
            if (!isMark(position.right))
                break;
            const auto [key, value] = markOf(position.right);
            if (!hasAttribute(restored, key) || attributeOf(restored, key) != value)
                break;
            eraseAttribute(restored, key);
        }
        stepRight(position);
    }
    for (const auto &[key, value] : restored)
        insertMark(position, key, value);
}

template <typename Content>
void FormattedText::insertWith(std::size_t index, const TextAttributes *given, Content &&content)
{
    Position position = positionAt(index);
    TextAttributes attributes = given ? *given : position.attributes;
    for (const auto &[key, value] : position.attributes) {
        if (!hasAttribute(attributes, key))
            attributes.emplace_back(key, Any());
    }
    skipEqualMarks(position, attributes);
    TextAttributes restored = insertMarks(position, attributes);
    content(position);
    insertRestoringMarks(position, std::move(restored));
}

void FormattedText::insert(std::size_t index, std::u16string_view text, const TextAttributes *attributes)
{
    insertWith(index, attributes, [&](Position &position) {
        position.left = m_engine.insertText({m_list, position.left, position.right}, text);
    });
}

void FormattedText::insertEmbed(std::size_t index, const Any &embed, const TextAttributes &attributes)
{
    insertWith(index, &attributes, [&](Position &position) {
        base::VarWriter payload;
        payload.varString(embed.toJson());
        position.left = m_engine.insertContent({m_list, position.left, position.right}, ContentKind::Embed,
                                               payload.view(), 1);
    });
}

void FormattedText::format(std::size_t index, std::size_t length, const TextAttributes &attributes)
{
    Position position = positionAt(index);
    skipEqualMarks(position, attributes);
    TextAttributes restored = insertMarks(position, attributes);
    while (position.right != kNoRef) {
        const Item &item = m_engine.items[position.right];
        const bool isInvisible = item.deleted || item.kind() == ContentKind::Format;
        if (length == 0 && (restored.empty() || !isInvisible))
            break;
        if (isMark(position.right)) {
            const auto [key, value] = markOf(position.right);
            if (hasAttribute(attributes, key)) {
                if (attributeOf(attributes, key) == value)
                    eraseAttribute(restored, key);
                else if (length == 0)
                    break;
                else
                    setAttribute(restored, key, value);
                m_engine.deleteItem(position.right);
            }
        } else if (!item.deleted) {
            if (item.length > length)
                m_engine.split(position.right, std::uint32_t(length));
            length -= m_engine.items[position.right].length;
        }
        stepRight(position);
    }
    insertRestoringMarks(position, std::move(restored));
}

void FormattedText::remove(std::size_t index, std::size_t length)
{
    Position position = positionAt(index);
    const TextAttributes before = position.attributes;
    const ItemRef start = position.right;
    while (length > 0 && position.right != kNoRef) {
        if (m_engine.items[position.right].visible() > length)
            m_engine.split(position.right, std::uint32_t(length));
        if (const std::uint32_t visible = m_engine.items[position.right].visible()) {
            length -= visible;
            m_engine.deleteItem(position.right);
        }
        stepRight(position);
    }
    if (start != kNoRef)
        cleanGap(start, position.right, before, position.attributes);
}

// `current` are the attributes at `reached`; marks deleted before it no longer contribute to them.
void FormattedText::cleanGap(ItemRef start, ItemRef reached, const TextAttributes &before, TextAttributes &current)
{
    ItemRef end = start;
    std::vector<std::pair<std::string, ItemRef>> last;   // per attribute, the last mark of the gap
    while (end != kNoRef && (m_engine.items[end].deleted || !m_engine.items[end].isCountable())) {
        if (isMark(end)) {
            const std::string key = markOf(end).first;
            std::erase_if(last, [&](const auto &entry) { return entry.first == key; });
            last.emplace_back(key, end);
        }
        end = m_engine.sequences.next(end);
    }
    bool isBehind = false;
    for (ItemRef at = start; at != end; at = m_engine.sequences.next(at)) {
        isBehind = isBehind || at == reached;
        if (!isMark(at))
            continue;
        const auto [key, value] = markOf(at);
        const Any old = attributeOf(before, key);
        const auto found = std::ranges::find(last, key, &std::pair<std::string, ItemRef>::first);
        if (found->second != at || old == value) {
            m_engine.deleteItem(at);
            if (!isBehind && attributeOf(current, key) == value && old != value)
                applyMark(current, key, old);
        } else if (!isBehind) {
            applyMark(current, key, value);
        }
    }
}

void FormattedText::clean()
{
    ItemRef gap = m_engine.sequences.first(m_list);
    TextAttributes before;
    TextAttributes current;
    for (ItemRef at = gap; at != kNoRef; at = m_engine.sequences.next(at)) {
        if (isMark(at)) {
            const auto [key, value] = markOf(at);
            applyMark(current, key, value);
        } else if (!m_engine.items[at].deleted && m_engine.items[at].isCountable()) {
            cleanGap(gap, at, before, current);
            before = current;
            return;
        }
    }
}

void FormattedText::cleanGapAround(ItemRef item)
{
    const auto isHidden = [this](ItemRef ref) {
        return ref != kNoRef && (m_engine.items[ref].deleted || !m_engine.items[ref].isCountable());
    };
    for (ItemRef next = m_engine.sequences.next(item); isHidden(next); next = m_engine.sequences.next(item))
        item = next;
    std::set<std::string> seen;
    for (ItemRef at = item; isHidden(at); at = m_engine.sequences.previous(at)) {
        if (isMark(at) && !seen.insert(markOf(at).first).second)
            m_engine.deleteItem(at);
    }
}

std::vector<FormattedRun> FormattedText::runs() const
{
    std::vector<FormattedRun> result;
    TextAttributes attributes;
    const auto sorted = [&] {
        TextAttributes copy = attributes;
        std::ranges::sort(copy, {}, &std::pair<std::string, Any>::first);
        return copy;
    };
    for (ItemRef at = m_engine.sequences.first(m_list); at != kNoRef; at = m_engine.sequences.next(at)) {
        const Item &item = m_engine.items[at];
        if (item.deleted)
            continue;
        if (item.kind() == ContentKind::Format) {
            const auto [key, value] = markOf(at);
            applyMark(attributes, key, value);
        } else if (item.kind() == ContentKind::String) {
            TextAttributes here = sorted();
            if (result.empty() || result.back().embed || result.back().attributes != here)
                result.push_back({{}, std::nullopt, std::move(here)});
            m_engine.clients[item.client].text.copyTo(result.back().text, item.content, item.length);
        } else if (item.kind() == ContentKind::Embed) {
            base::VarReader in(m_engine.value(item).bytes);
            auto embed = Any::fromJson(viewOf(in.varBytes()));
            result.push_back({{}, embed ? std::move(*embed) : Any(), sorted()});
        }
    }
    return result;
}

// After a remote change, superfluous marks are deleted by a transaction of our own, as Yjs does. The marks deleted here
// depend on the order of arrival; that is so in Yjs as well.
void Engine::cleanFormats(const Transaction &transaction)
{
    const auto isFormattedText = [this](std::uint32_t number) {
        const TypeNode &type = *types[number];
        return type.hasFormatting && (type.kind == TypeKind::Text || type.kind == TypeKind::XmlText);
    };
    if (transaction.local || std::ranges::none_of(transaction.changedTypes, isFormattedText))
        return;
    std::vector<std::uint32_t> whole;   // few: texts with new or deleted marks
    const auto addWhole = [&whole](std::uint32_t type) {
        if (std::ranges::find(whole, type) == whole.end())
            whole.push_back(type);
    };
    const auto ownerOf = [this](ItemRef ref) { return sequences.owner(sequences.of(items[ref])); };
    for (const Transaction::Advance &made : transaction.advances) {
        forItems(made.client, made.before, clients[made.client].state, [&](ItemRef ref) {
            if (items[ref].kind() == ContentKind::Format && !items[ref].deleted)
                addWhole(ownerOf(ref));
        });
    }
    // Client by client as they came up: a deleted mark decides for what comes after it.
    std::vector<ItemRef> deleted;
    for (const ClientRef client : transaction.deletedOrder) {
        for (const UnitRange &range : std::ranges::equal_range(transaction.deleted, client, {}, &UnitRange::client)) {
            forItems(range.client, range.clock, range.end(), [&](ItemRef ref) {
                if (!items[ref].isGc())
                    deleted.push_back(ref);
            });
        }
    }
    beginTransaction({});
    for (const ItemRef ref : deleted) {
        const std::uint32_t owner = ownerOf(ref);
        if (!types[owner]->hasFormatting || std::ranges::find(whole, owner) != whole.end())
            continue;
        if (items[ref].kind() == ContentKind::Format)
            addWhole(owner);
        else
            FormattedText(*this, owner).cleanGapAround(ref);
    }
    for (const std::uint32_t type : whole)
        FormattedText(*this, type).clean();
    endTransaction();
}

} // namespace crdt
