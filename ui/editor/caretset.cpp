// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/caretset.h"

#include <algorithm>

namespace ui {

namespace {

//! \a second starts where \a first does or behind it.
bool overlap(const Caret &first, const Caret &second)
{
    if (second.begin() < first.end())
        return true;
    // Two selections may touch; a bare caret at the edge of a selection is the same place twice.
    return second.begin() == first.end() && !(first.hasSelection() && second.hasSelection());
}

Caret merged(const Caret &first, const Caret &second, const Caret &direction)
{
    const qsizetype begin = std::min(first.begin(), second.begin());
    const qsizetype end = std::max(first.end(), second.end());
    return direction.head < direction.anchor ? Caret{end, begin} : Caret{begin, end};
}

} // namespace

CaretSet::CaretSet(QList<Caret> carets, qsizetype primary)
{
    if (carets.isEmpty())
        carets.append(Caret{});
    const Caret chosen = carets[std::clamp<qsizetype>(primary, 0, carets.size() - 1)];
    std::ranges::stable_sort(carets, [](const Caret &a, const Caret &b) {
        return a.begin() != b.begin() ? a.begin() < b.begin() : a.end() < b.end();
    });
    m_carets.reserve(carets.size());
    for (const Caret &caret : std::as_const(carets)) {
        if (m_carets.isEmpty() || !overlap(m_carets.constLast(), caret)) {
            m_carets.append(caret);
            continue;
        }
        Caret &last = m_carets.last();
        const bool decides = caret.hasSelection() && (caret == chosen || !last.hasSelection());
        last = merged(last, caret, decides ? caret : last);
    }
    const auto found = std::ranges::find_if(std::as_const(m_carets), [&chosen](const Caret &caret) {
        return caret.begin() <= chosen.begin() && chosen.end() <= caret.end();
    });
    m_primary = found - m_carets.cbegin();
    if (m_carets.size() > kMaxCarets) {
        const Caret kept = primary >= 0 ? m_carets[m_primary] : m_carets.first();
        m_carets.resize(kMaxCarets);
        if (m_primary >= kMaxCarets) {
            m_primary = kMaxCarets - 1;
            m_carets[m_primary] = kept;
        }
    }
}

bool CaretSet::hasSelection() const
{
    return std::ranges::any_of(m_carets, &Caret::hasSelection);
}

std::span<const Caret> CaretSet::touching(qsizetype from, qsizetype to) const
{
    const auto first = std::ranges::lower_bound(m_carets, from, {}, &Caret::end);
    const auto last = std::ranges::upper_bound(first, m_carets.cend(), to, {}, &Caret::begin);
    return {first, last};
}

qsizetype CaretSet::indexAt(qsizetype index) const
{
    const auto found = std::ranges::lower_bound(m_carets, index, {}, &Caret::end);
    return found != m_carets.cend() && found->begin() <= index ? found - m_carets.cbegin() : -1;
}

CaretSet CaretSet::with(const Caret &caret, bool isPrimary) const
{
    if (m_carets.size() >= kMaxCarets)
        return *this;
    QList<Caret> carets = m_carets;
    carets.append(caret);
    return CaretSet(std::move(carets), isPrimary ? m_carets.size() : m_primary);
}

CaretSet CaretSet::without(qsizetype i) const
{
    if (isSingle() || i < 0 || i >= m_carets.size())
        return *this;
    CaretSet result = *this;
    result.m_carets.remove(i);
    if (i == m_primary)
        result.m_primary = 0;
    else if (i < m_primary)
        --result.m_primary;
    return result;
}

CaretSet CaretSet::clipped(qsizetype length) const
{
    return mapped([length](const Caret &caret) {
        return Caret{std::clamp<qsizetype>(caret.anchor, 0, length), std::clamp<qsizetype>(caret.head, 0, length)};
    });
}

CaretSet CaretSet::movedBy(std::span<const TextEdit> edits) const
{
    return mapped([edits](Caret caret) {
        for (const TextEdit &edit : edits)
            caret = ui::movedBy(edit, caret);
        return caret;
    });
}

} // namespace ui
