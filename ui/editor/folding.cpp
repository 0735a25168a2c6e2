// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/folding.h"

#include <algorithm>

namespace ui {

namespace {

//! The fold's place after the edit. \returns false when it must open
bool move(Fold &fold, const Folding::LineEdit &edit)
{
    const qsizetype end = edit.line + edit.removed;
    const qsizetype shift = edit.added - edit.removed;
    if (edit.line > fold.last)
        return true;
    if (end < fold.first) {
        fold.first += shift;
        fold.last += shift;
        return true;
    }
    if (edit.line < fold.first) {
        // What is left of the first line now ends the edit's last line.
        const bool keepsFirst = end == fold.first;
        fold = {edit.line + edit.added, std::max(edit.line + edit.added, fold.last + shift)};
        return keepsFirst;
    }
    const bool crosses = end > fold.last;
    if (edit.line == fold.first && edit.removed == 0 && !edit.atLineEnd)
        fold.first += edit.added;   // the region begins behind the new line feed
    fold.last = crosses ? edit.line + edit.added : fold.last + shift;
    return !crosses && fold.last > fold.first;
}

} // namespace

bool Folding::isFolded(qsizetype firstLine) const
{
    const auto at = std::lower_bound(m_folds.begin(), m_folds.end(), firstLine,
                                     [](const Fold &fold, qsizetype line) { return fold.first < line; });
    return at != m_folds.end() && at->first == firstLine;
}

void Folding::add(const Fold &fold)
{
    const auto at = std::lower_bound(m_folds.begin(), m_folds.end(), fold.first,
                                     [](const Fold &other, qsizetype line) { return other.first < line; });
    if (at == m_folds.end() || at->first != fold.first)
        m_folds.insert(at, fold);
}

std::optional<Fold> Folding::open(qsizetype firstLine)
{
    const auto at = std::find_if(m_folds.begin(), m_folds.end(), [=](const Fold &fold) { return fold.first == firstLine; });
    if (at == m_folds.end())
        return std::nullopt;
    const Fold fold = *at;
    m_folds.erase(at);
    return fold;
}

std::optional<Fold> Folding::openAround(qsizetype line)
{
    std::optional<Fold> opened;
    std::erase_if(m_folds, [&](const Fold &fold) {
        const bool hides = fold.first < line && line <= fold.last;
        if (hides)
            opened = opened ? Fold{std::min(opened->first, fold.first), std::max(opened->last, fold.last)} : fold;
        return hides;
    });
    return opened;
}

std::vector<Fold> Folding::edited(const LineEdit &edit)
{
    std::vector<Fold> opened;
    std::erase_if(m_folds, [&](Fold &fold) {
        const bool stays = move(fold, edit);
        if (!stays)
            opened.push_back(fold);
        return !stays;
    });
    return opened;
}

} // namespace ui
