// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/foldmarks.h"

namespace ui {

//! The regions that are folded now, and what becomes of them when the text changes. They may lie in each other.
class Folding
{
public:
    //! An edit as folds see it.
    struct LineEdit
    {
        qsizetype line = 0;       //!< where it begins
        qsizetype removed = 0;    //!< line feeds
        qsizetype added = 0;
        bool atLineEnd = false;   //!< it only adds, behind the line's last character
    };

    bool isEmpty() const { return m_folds.empty(); }
    //! By their first lines.
    const std::vector<Fold> &folds() const { return m_folds; }
    bool isFolded(qsizetype firstLine) const;

    void clear() { m_folds.clear(); }
    void set(std::vector<Fold> folds) { m_folds = std::move(folds); }
    //! Nothing happens when \a fold.first is folded already.
    void add(const Fold &fold);
    //! \returns the fold that began in \a firstLine
    std::optional<Fold> open(qsizetype firstLine);
    //! Opens everything that hides \a line. \returns from the outermost first line to the last one hidden
    std::optional<Fold> openAround(qsizetype line);
    //! Moves the folds. Those whose first line or end was deleted open, and come back with their new places.
    std::vector<Fold> edited(const LineEdit &edit);

private:
    std::vector<Fold> m_folds;
};

} // namespace ui
