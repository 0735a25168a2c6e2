// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/remotecarets.h"

#include <algorithm>

namespace ui {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kFrame{16};

} // namespace

void RemoteCarets::set(const QList<RemoteCaret> &carets, qsizetype length, base::Instant now)
{
    const QString hoveredId = m_hovered >= 0 && m_hovered < count() ? at(m_hovered).id : QString();
    m_hovered = -1;
    QList<Entry> entries;
    for (const RemoteCaret &given : carets.first(std::min(carets.size(), kMaxCarets))) {
        Entry entry{given, now};
        entry.caret.anchor = std::clamp<qsizetype>(given.anchor, 0, length);
        entry.caret.head = std::clamp<qsizetype>(given.head, 0, length);
        const auto known = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                        [&given](const Entry &old) { return old.caret.id == given.id; });
        if (known != m_entries.cend() && known->caret.head == entry.caret.head)
            entry.moved = known->moved;
        if (!hoveredId.isEmpty() && given.id == hoveredId)
            m_hovered = entries.size();
        entries.append(entry);
    }
    m_entries = entries;
}

void RemoteCarets::edited(const TextEdit &edit, bool remote, base::Instant now)
{
    for (Entry &entry : m_entries) {
        const qsizetype head = entry.caret.head;
        const bool theirs = remote && head >= edit.index && head <= edit.index + edit.removed;
        // Carets of others hang on the character to their right, as relative positions do.
        entry.caret.anchor = movedBy(edit, entry.caret.anchor, Stick::After);
        entry.caret.head = movedBy(edit, head, Stick::After);
        if (theirs)
            entry.moved = now;
    }
}

milliseconds RemoteCarets::fade() const
{
    return m_reducedMotion ? milliseconds(0) : kFlagFade;
}

double RemoteCarets::flagOpacity(qsizetype i, base::Instant now) const
{
    if (i == m_hovered)
        return 1;
    const Entry &entry = m_entries[i];
    if (!entry.caret.active)
        return 0;
    const auto since = now - entry.moved;
    if (since < kFlagShown)
        return 1;
    if (since >= kFlagShown + fade())
        return 0;
    return 1 - std::chrono::duration<double>(since - kFlagShown) / std::chrono::duration<double>(fade());
}

std::optional<milliseconds> RemoteCarets::untilChange(base::Instant now) const
{
    std::optional<milliseconds> soonest;
    for (const Entry &entry : m_entries) {
        const auto since = std::chrono::ceil<milliseconds>(now - entry.moved);
        if (!entry.caret.active || since >= kFlagShown + fade() + kFrame)
            continue;
        const milliseconds left = since < kFlagShown ? kFlagShown - since : kFrame;
        soonest = soonest ? std::min(*soonest, left) : left;
    }
    return soonest;
}

} // namespace ui
