// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/transport/channel.h"

#include <QLocalServer>
#include <QString>

#include <sys/types.h>
#include <unistd.h>

namespace transport {

//! Accepts connections of this user's own processes over a Unix socket in a folder that only this user can enter.
class LocalListener final : public QObject
{
    Q_OBJECT

public:
    //! \a allowedUid: the only user whose connections are accepted, whatever the file modes say.
    explicit LocalListener(QObject *parent = nullptr, uid_t allowedUid = ::geteuid());
    ~LocalListener() override;

    //! Listens on \a name in \a directory, which is made with mode 0700 if missing. A stale socket is replaced.
    //!
    //! Where directory/name would be longer than the kernel's 107 bytes, a short private folder in the user's run-time
    //! folder takes its place; path() tells which.
    //! Errors: PermissionDenied (the folder is not ours or open to others), AlreadyExists (a live host listens there),
    //! TooLarge (no short enough place found), InputOutput.
    base::Result<void> listen(const QString &directory, const QString &name);
    void close();
    bool isListening() const { return m_server.isListening(); }
    //! The socket's path, for connectToLocal(). Empty unless listening.
    QString path() const { return m_path; }

Q_SIGNALS:
    //! The channel belongs to the listener until the receiver sets another parent.
    void accepted(transport::Channel *channel);

private:
    void takeConnections();

    QLocalServer m_server;
    QString m_path;
    uid_t m_allowedUid;
    int m_connections = 0;
};

} // namespace transport
