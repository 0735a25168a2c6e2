// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace base {

struct TextHunk
{
    qsizetype index = 0;      //!< UTF-16 code units in the old text
    qsizetype removed = 0;    //!< UTF-16 code units
    QString inserted;

    friend bool operator==(const TextHunk &, const TextHunk &) = default;
};

using TextHunks = std::vector<TextHunk>;

//! Few and small edits that make \a after from \a before, ascending and not touching each other. All indexes count in
//! the old text, so apply them from the last to the first. No edit splits a surrogate pair of either text.
//!
//! Whole lines first, then words and characters inside changed lines. The cost is bounded: where the texts differ too
//! much, edits get coarser, never wrong. Pure; any thread.
TextHunks diffText(QStringView before, QStringView after);

//! \a before with \a edits applied.
QString applyHunks(QStringView before, const TextHunks &edits);

} // namespace base
