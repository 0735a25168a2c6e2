// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/caretset.h"

#include <vector>

namespace ui {

//! Several replacements in one text, all given in the positions that the text has before any of them: how a command says
//! what it does at many places. Pure values; indexes are UTF-16 units.
class Replacements
{
public:
    //! \a from must not be in front of the end of the replacement added before. One that changes nothing is ignored.
    void add(qsizetype from, qsizetype removed, const QString &inserted);

    //! The same as edits to be applied one after the other.
    QList<TextEdit> edits() const;
    //! Where \a position stands afterwards, by the rules of movedBy() for a single edit. O(log n).
    qsizetype moved(qsizetype position, Stick stick) const;
    //! A bare caret goes behind what is inserted at it, a selection takes in what is inserted at its ends.
    CaretSet moved(const CaretSet &carets) const;
    //! How much longer the text has become so far.
    qsizetype growth() const { return m_growth; }

private:
    struct Entry
    {
        qsizetype from = 0;
        qsizetype removed = 0;
        qsizetype shift = 0;   // what the entries in front of this one add to the text's length
        QString inserted;
    };

    std::vector<Entry> m_entries;
    qsizetype m_growth = 0;
};

} // namespace ui
