// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/textdiff.h"

#include <QString>

#include <vector>

namespace client {

//! What of a text is our own work since a moment, while others change it as well: so that it can be done again to another
//! text when the host has lost the history that both were written in. Pure.
class OwnChanges
{
public:
    //! We replaced \a removed at \a index by \a insertedLength units. UTF-16 units of the text before the edit.
    void ownEdit(qsizetype index, QStringView removed, qsizetype insertedLength);
    //! Somebody else did.
    void othersEdit(qsizetype index, qsizetype removed, qsizetype inserted);
    void clear() { m_changes.clear(); }
    bool isEmpty() const { return m_changes.empty(); }
    qsizetype count() const { return qsizetype(m_changes.size()); }
    //! One change from the first to the last one: coarser, but bounded. \a text is the text as it is now.
    void coarsen(const QString &text);

    //! \a text, as it is now, without our changes.
    QString withoutOwn(const QString &text) const;
    //! Our changes as hunks of withoutOwn(\a text).
    base::TextHunks hunks(const QString &text) const;

private:
    struct Change
    {
        qsizetype index = 0;     //!< in the text as it is now
        qsizetype length = 0;
        QString replaced;        //!< what would stand here without us

        qsizetype end() const { return index + length; }
    };

    std::vector<Change> m_changes;   //!< ascending, not overlapping
};

} // namespace client
