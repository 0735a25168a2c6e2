// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/textdiff.h"
#include "app/client/textedit.h"

namespace client {

//! Both sides began with the same text: \a theirs made the text that stands now, \a ours is to be done to it as well.
//! Nothing that we typed is lost; what both typed at the same place is taken once. Edits are in the order in which to
//! apply them, the last place first.
TextEdits rebased(const base::TextHunks &ours, const base::TextHunks &theirs);

} // namespace client
