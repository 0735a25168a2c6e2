// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QDateTime>
#include <QString>

namespace ui {

//! Hours and minutes as the user's locale writes them; seconds are noise that changes.
QString timeOfDay(const QTime &time);
QString timeOfDay(base::WallTime time);

} // namespace ui
