// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/replacements.h"

#include <algorithm>

namespace ui {

void Replacements::add(qsizetype from, qsizetype removed, const QString &inserted)
{
    Q_ASSERT(m_entries.empty() || from >= m_entries.back().from + m_entries.back().removed);
    if (removed == 0 && inserted.isEmpty())
        return;
    m_entries.push_back({from, removed, m_growth, inserted});
    m_growth += inserted.size() - removed;
}

QList<TextEdit> Replacements::edits() const
{
    QList<TextEdit> result;
    result.reserve(static_cast<qsizetype>(m_entries.size()));
    for (const Entry &entry : m_entries)
        result.append({entry.from + entry.shift, entry.removed, entry.inserted});
    return result;
}

qsizetype Replacements::moved(qsizetype position, Stick stick) const
{
    const auto behind = std::ranges::upper_bound(m_entries, position, {}, &Entry::from);
    if (behind == m_entries.begin())
        return position;
    const Entry &entry = *std::prev(behind);
    return movedBy({entry.from, entry.removed, entry.inserted}, position, stick) + entry.shift;
}

CaretSet Replacements::moved(const CaretSet &carets) const
{
    return carets.mapped([this](const Caret &caret) {
        const qsizetype end = moved(caret.end(), Stick::After);
        const qsizetype begin = caret.hasSelection() ? moved(caret.begin(), Stick::Before) : end;
        return caret.anchor < caret.head ? Caret{begin, end} : Caret{end, begin};
    });
}

} // namespace ui
