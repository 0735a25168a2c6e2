// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

//! One or two letters for an avatar: the first grapheme of the first and of the last word, in upper case where the
//! script has one. "?" when nothing of the name can be seen.
QString initials(const QString &name);

//! A name that somebody else chose, fit for one line of ours: controls, bidi marks and invisible characters are dropped,
//! white space becomes single blanks, and more than \a maxGraphemes end in an ellipsis. Never empty: "?" instead.
QString visibleName(const QString &name, int maxGraphemes = 40);

} // namespace ui
