// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/ownchanges.h"

#include <algorithm>

namespace client {

void OwnChanges::ownEdit(qsizetype index, QStringView removed, qsizetype insertedLength)
{
    const qsizetype end = index + removed.size();
    const auto first = std::ranges::lower_bound(m_changes, index, {}, &Change::end);
    auto last = first;
    Change merged{.index = index};
    qsizetype at = index;
    qsizetype mergedEnd = end;
    // Everything that the edit touches becomes one change, so that a typed word is one and not five.
    for (; last != m_changes.end() && last->index <= end; ++last) {
        if (last->index > at)
            merged.replaced += removed.sliced(at - index, last->index - at);
        merged.replaced += last->replaced;
        merged.index = std::min(merged.index, last->index);
        at = std::max(at, last->end());
        mergedEnd = std::max(mergedEnd, last->end());
    }
    if (at < end)
        merged.replaced += removed.sliced(at - index);
    const qsizetype shift = insertedLength - removed.size();
    merged.length = mergedEnd - merged.index + shift;
    for (auto later = last; later != m_changes.end(); ++later)
        later->index += shift;
    const auto gap = m_changes.erase(first, last);
    if (merged.length > 0 || !merged.replaced.isEmpty())
        m_changes.insert(gap, std::move(merged));
}

void OwnChanges::othersEdit(qsizetype index, qsizetype removed, qsizetype inserted)
{
    const qsizetype end = index + removed;
    std::vector<Change> changed;
    changed.reserve(m_changes.size() + 1);
    for (Change &change : m_changes) {
        const qsizetype overlap = std::min(change.end(), end) - std::max(change.index, index);
        change.length -= std::max<qsizetype>(overlap, 0);
        if (change.index >= end)
            change.index -= removed;
        else
            change.index = std::min(change.index, index);
        if (index <= change.index) {
            change.index += inserted;
        } else if (index < change.end() && inserted > 0) {
            const qsizetype behind = change.end() - index;
            change.length -= behind;
            changed.push_back(std::move(change));
            changed.push_back({index + inserted, behind, {}});
            continue;
        }
        if (change.length > 0 || !change.replaced.isEmpty())
            changed.push_back(std::move(change));
    }
    m_changes = std::move(changed);
}

void OwnChanges::coarsen(const QString &text)
{
    if (m_changes.size() < 2)
        return;
    Change all{.index = m_changes.front().index};
    qsizetype at = all.index;
    for (const Change &change : m_changes) {
        all.replaced += QStringView(text).sliced(at, change.index - at);
        all.replaced += change.replaced;
        at = change.end();
    }
    all.length = at - all.index;
    m_changes.assign(1, std::move(all));
}

QString OwnChanges::withoutOwn(const QString &text) const
{
    QString base;
    qsizetype at = 0;
    for (const Change &change : m_changes) {
        base += QStringView(text).sliced(at, change.index - at);
        base += change.replaced;
        at = change.end();
    }
    return base + QStringView(text).sliced(at);
}

base::TextHunks OwnChanges::hunks(const QString &text) const
{
    base::TextHunks hunks;
    qsizetype shift = 0;
    for (const Change &change : m_changes) {
        const QStringView typed = QStringView(text).sliced(change.index, change.length);
        // What was put back as it had been is no change.
        for (base::TextHunk &hunk : base::diffText(change.replaced, typed)) {
            hunk.index += change.index + shift;
            hunks.push_back(std::move(hunk));
        }
        shift += change.replaced.size() - change.length;
    }
    return hunks;
}

} // namespace client
