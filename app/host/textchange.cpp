// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/textchange.h"

#include "app/base/textdiff.h"

#include <algorithm>
#include <limits>

namespace host {

namespace {

using Kind = crdt::TextDelta::Kind;

constexpr std::size_t kRest = std::numeric_limits<std::size_t>::max();

void append(TextChange &change, Kind kind, std::size_t length, std::u16string_view text = {})
{
    if (length == 0)
        return;
    if (!change.empty() && change.back().kind == kind) {
        change.back().length += length;
        change.back().text += text;
    } else {
        change.push_back({kind, length, std::u16string(text)});
    }
}

void dropTrailingRetain(TextChange &change)
{
    if (!change.empty() && change.back().kind == Kind::Retain)
        change.pop_back();
}

// Hands out a change piece by piece; behind its end everything is retained.
class Pieces
{
public:
    explicit Pieces(std::span<const crdt::TextDelta> change) : m_change(change) {}

    bool isAtEnd() const { return m_index == m_change.size(); }
    Kind kind() const { return isAtEnd() ? Kind::Retain : m_change[m_index].kind; }
    std::size_t left() const { return isAtEnd() ? kRest : m_change[m_index].length - m_offset; }

    //! What is left of an insertion.
    std::u16string_view text() const { return std::u16string_view(m_change[m_index].text).substr(m_offset); }

    std::u16string_view take(std::size_t length)
    {
        if (isAtEnd())
            return {};
        const crdt::TextDelta &piece = m_change[m_index];
        std::u16string_view text;
        if (piece.kind == Kind::Insert)
            text = std::u16string_view(piece.text).substr(m_offset, length);
        m_offset += length;
        if (m_offset == piece.length) {
            ++m_index;
            m_offset = 0;
        }
        return text;
    }

private:
    std::span<const crdt::TextDelta> m_change;
    std::size_t m_index = 0;
    std::size_t m_offset = 0;
};

} // namespace

TextChange changeBetween(QStringView before, QStringView after)
{
    TextChange change;
    qsizetype done = 0;
    for (const base::TextHunk &edit : base::diffText(before, after)) {
        append(change, Kind::Retain, std::size_t(edit.index - done));
        append(change, Kind::Insert, std::size_t(edit.inserted.size()),
               {reinterpret_cast<const char16_t *>(edit.inserted.utf16()), std::size_t(edit.inserted.size())});
        append(change, Kind::Delete, std::size_t(edit.removed));
        done = edit.index + edit.removed;
    }
    return change;
}

TextChange rebase(std::span<const crdt::TextDelta> change, std::span<const crdt::TextDelta> other)
{
    TextChange result;
    Pieces ours(change);
    Pieces theirs(other);
    while (!ours.isAtEnd()) {
        if (theirs.kind() == Kind::Insert) {
            const std::size_t length = theirs.left();
            if (ours.kind() == Kind::Insert && ours.text() == theirs.text())
                ours.take(length);
            theirs.take(length);
            append(result, Kind::Retain, length);
            continue;
        }
        if (ours.kind() == Kind::Insert) {
            const std::size_t length = ours.left();
            append(result, Kind::Insert, length, ours.take(length));
            continue;
        }
        const std::size_t length = std::min(ours.left(), theirs.left());
        const Kind kind = ours.kind();
        ours.take(length);
        const bool isGone = theirs.kind() == Kind::Delete;
        theirs.take(length);
        if (!isGone)
            append(result, kind, length);
    }
    dropTrailingRetain(result);
    return result;
}

} // namespace host
