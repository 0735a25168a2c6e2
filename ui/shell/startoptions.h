// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

namespace ui {

//! What the program was started with.
struct StartOptions
{
    //! What to open: a folder's absolute path, or the text of a link; empty: the start page.
    QString target;
    bool targetIsLink = false;
    QString userDataDir;        //!< empty: the desktop's folders
    int demoPeople = 0;         //!< 0: no demonstration; else 2 to 6 windows
    bool isNewInstance = false; //!< do not hand over to a running one
    bool wantsHelp = false;
    bool wantsVersion = false;
    friend bool operator==(const StartOptions &, const StartOptions &) = default;

    //! \a arguments without the program's name; paths are taken relative to \a workingFolder. Errors: InvalidArgument.
    static base::Result<StartOptions> parse(const QStringList &arguments, const QString &workingFolder);
    static QString helpText();
};

} // namespace ui
