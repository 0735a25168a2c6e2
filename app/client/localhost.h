// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QObject>

#include <memory>

namespace client {

//! A host for folders of this computer, run as a child process that ends with this one, however this one ends.
class LocalHost : public QObject
{
    Q_OBJECT

public:
    //! \a hostProgram: path of alongside-host. \a stateDirectory: where the host keeps its state; empty: its default.
    LocalHost(const QString &hostProgram, const QString &stateDirectory, QObject *parent = nullptr);
    ~LocalHost() override;

    //! Starts the host for one folder. ready() or failed() follows.
    void start(const QString &folder);
    //! Ends it in order (SIGTERM, then after 3 s SIGKILL); stopped() follows.
    void stop();
    QString socketPath() const;
    //! The alongside-host beside this program's own file, else the one on PATH.
    static QString findProgram();

Q_SIGNALS:
    void ready(const QString &socketPath);
    //! The host could not start, or died (Unavailable; the detail holds its last words).
    void failed(const base::Error &error);
    void stopped();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace client
