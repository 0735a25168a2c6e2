// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/textedit.h"

#include <span>

namespace ui {

//! One's own carets and selections in a text: at least one, in ascending order, none overlapping another. One of them is
//! the primary: the one that the others see, that the view follows and that stays when the rest goes. Pure values;
//! indexes are UTF-16 units.
class CaretSet
{
public:
    //! More than this many are refused: nobody oversees them, and each costs something with every key.
    static constexpr qsizetype kMaxCarets = 10'000;

    CaretSet() : CaretSet(Caret{}) {}
    //! Implicit, because one caret is what most commands deal with.
    CaretSet(const Caret &caret) : m_carets{caret} {}
    //! Sorts and merges; the merged caret grows in the direction of the primary one, if that is among them. \a primary is
    //! an index into \a carets as given. Above kMaxCarets the last ones are left out, never the primary.
    explicit CaretSet(QList<Caret> carets, qsizetype primary = 0);

    const Caret &primary() const { return m_carets[m_primary]; }
    qsizetype primaryIndex() const { return m_primary; }
    const QList<Caret> &all() const { return m_carets; }
    qsizetype count() const { return m_carets.size(); }
    bool isSingle() const { return m_carets.size() == 1; }
    //! True if any of them selects something.
    bool hasSelection() const;
    //! Those that touch [from, to].
    std::span<const Caret> touching(qsizetype from, qsizetype to) const;
    //! The one with an end at \a index or \a index inside its selection; -1 when there is none.
    qsizetype indexAt(qsizetype index) const;

    //! This set and \a caret, which becomes the primary one if \a isPrimary.
    CaretSet with(const Caret &caret, bool isPrimary) const;
    //! Without the one at \a i; the last one cannot be taken out. The primary's place goes to the first if it was that one.
    CaretSet without(qsizetype i) const;
    //! Each one passed through \a change, then sorted and merged anew.
    template <typename Change>
    CaretSet mapped(Change change) const
    {
        QList<Caret> carets;
        carets.reserve(m_carets.size());
        for (const Caret &caret : m_carets)
            carets.append(change(caret));
        return CaretSet(std::move(carets), m_primary);
    }
    CaretSet clipped(qsizetype length) const;
    //! Where they stand after somebody else's \a edits.
    CaretSet movedBy(std::span<const TextEdit> edits) const;

    friend bool operator==(const CaretSet &, const CaretSet &) = default;

private:
    QList<Caret> m_carets;
    qsizetype m_primary = 0;
};

} // namespace ui
