// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace hostd {

//! The command line of alongside-host.
struct Options
{
    bool run = false;            //!< false: print \a message and end with \a exitCode
    int exitCode = 2;
    QString message;

    QStringList roots;           //!< absolute
    QString stateDirectory;      //!< absolute
    QString runtimeDirectory;    //!< where the owner's socket goes; absolute
    bool isChild = false;        //!< ends with standard input; no TCP port until something is shared
    bool mayListen = true;
    QString listenAddress;       //!< IP literal; empty: loopback
    quint16 listenPort = 0;
};

Options parseOptions(const QStringList &arguments);

} // namespace hostd
