// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/languages.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/settings.h"

#include <QApplication>
#include <QTemporaryDir>

//! What windows of one program share, in a folder that goes with it.
struct WindowEnvironment
{
    QTemporaryDir folder;
    // As in the program: a connection that says good-bye outlives its window by some turns of the event loop.
    static inline base::SystemClock clock;
    static inline base::SystemRandom random;
    ui::Settings settings{folder.filePath(QStringLiteral("config"))};
    ui::Languages languages;
    ui::ThemeController theme{*qApp};
    ui::Environment shared{.clock = clock, .random = random, .settings = settings, .theme = theme, .languages = languages,
                           .hostProgram = QStringLiteral(ALONGSIDE_BIN_DIR "/alongside-host"),
                           .stateFolder = folder.filePath(QStringLiteral("state"))};
};

//! The part named \a name, which must be there.
template <typename T>
T *part(const QWidget &window, const QString &name)
{
    T *found = window.findChild<T *>(name);
    if (found == nullptr)
        qWarning("no part is called %s", qPrintable(name));
    return found;
}
