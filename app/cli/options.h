// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/sharemessages.h"

#include <QString>
#include <QStringList>

namespace cli {

enum class Verb { None, Share, Join, Ls, Cat };

//! The command line, understood.
struct Options
{
    Verb verb = Verb::None;      //!< None: print \a message and end with \a exitCode
    int exitCode = 2;
    QString message;

    QString path;                //!< share: the folder; ls: folder in the workspace; cat: file in it
    QString link;                //!< "-": the first line of standard input
    QString name;
    protocol::Access access = protocol::Access::Edit;
    bool isAsking = true;
    bool isJson = false;
    QStringList addresses;       //!< empty: this computer only
    quint16 port = 0;
};

//! \a arguments with the program's name in front. \a isInteractive: a person can be asked on the terminal.
Options parseOptions(const QStringList &arguments, bool isInteractive);

} // namespace cli
