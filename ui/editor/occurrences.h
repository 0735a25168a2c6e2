// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/caretset.h"

#include <optional>

namespace ui {

class TextBuffer;

//! The same text elsewhere: what "select the next occurrence" looks for. Exactly the same units; line feeds may be among
//! them. Costs a pass over the text, some 100 MB a second.
struct Occurrence
{
    static constexpr qsizetype kMaxUnits = 4096;

    QString text;              //!< nothing is found for an empty one, or one above kMaxUnits
    bool isWholeWord = false;  //!< no letter in front or behind

    //! The first one at or behind \a from that overlaps none of \a known, going on at the top until \a from.
    std::optional<Caret> next(const TextBuffer &buffer, qsizetype from, const CaretSet &known) const;
    //! From the top, none overlapping another, at most \a limit.
    QList<Caret> all(const TextBuffer &buffer, qsizetype limit) const;
};

} // namespace ui
