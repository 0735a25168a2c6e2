// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/text.h"

#include <QStringView>

#include <span>
#include <vector>

// Two changes of one text, made apart: what people typed since the file was last read or written, and what another
// program wrote into the file. Pure functions.
namespace host {

//! A change of a text as retained, inserted and deleted stretches, ascending; what follows the last one is retained.
using TextChange = std::vector<crdt::TextDelta>;

//! The change that turns \a before into \a after, as small as base::diffText() finds it.
TextChange changeBetween(QStringView before, QStringView after);

//! \a change, which was made to the same text as \a other, as it must be applied after \a other. Text that \a other
//! inserted survives, also inside what \a change deletes; at the same place \a other's text comes first, and what both
//! inserted there is the same insertion: a host that was killed finds its own merge in the document and in the file.
TextChange rebase(std::span<const crdt::TextDelta> change, std::span<const crdt::TextDelta> other);

} // namespace host
