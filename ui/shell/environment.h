// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"

#include <QString>

namespace ui {

class Languages;
class Settings;
class ThemeController;

//! What every window of one program shares. Made by main(), outlives them.
struct Environment
{
    const base::Clock &clock;
    base::RandomSource &random;
    Settings &settings;
    ThemeController &theme;
    const Languages &languages;
    QString hostProgram;        //!< alongside-host; empty if it was not found
    QString stateFolder;        //!< below it each folder's host keeps its state
};

} // namespace ui
