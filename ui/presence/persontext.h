// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/people.h"
#include "ui/widgets/avatarpainter.h"

namespace ui {

//! How a participant is drawn.
Avatar avatarOf(const client::Person &person);
//! "owner", "editor", "viewer".
QString roleOf(const client::Person &person);
//! "Ana, editor, in main.cpp, idle 3 minutes": tooltip and accessible name.
QString sentenceOf(const client::Person &person, base::WallTime now);
//! "in src/main.cpp:42", "looking around", "not connected".
QString placeOf(const client::Person &person);
//! "since 14:05" in the user's locale.
QString sinceOf(const client::Person &person);

} // namespace ui
