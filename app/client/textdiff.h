// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/textedit.h"

#include <QStringView>

#include <vector>

namespace client {

//! Replaces \a removed units at \a index of the old text, whatever stands around it, by \a inserted.
struct TextHunk
{
    qsizetype index = 0;
    qsizetype removed = 0;
    QString inserted;
    friend bool operator==(const TextHunk &, const TextHunk &) = default;
};

using TextHunks = std::vector<TextHunk>;

//! What makes \a after from \a before, ascending, not touching each other, no surrogate pair split. Minimal for texts that
//! differ little; where they differ in more than a few hundred characters, one hunk from the first to the last of them.
//! Cost: O(n) plus a bounded amount.
TextHunks diffText(QStringView before, QStringView after);

//! Both sides began with the same text: \a theirs made the text that stands now, \a ours is to be done to it as well.
//! Nothing that we typed is lost; what both typed at the same place is taken once. Edits are in the order in which to
//! apply them, the last place first.
TextEdits rebased(const TextHunks &ours, const TextHunks &theirs);

} // namespace client
