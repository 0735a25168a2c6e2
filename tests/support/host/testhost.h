// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace support {

//! The real alongside-host as a process, with a workspace and a state directory of its own in a temporary folder.
class TestHost
{
public:
    //! \a rootPath: a folder that exists; empty: an empty one of its own.
    explicit TestHost(const QString &rootPath = {});
    ~TestHost();

    //! From the next start() on, what the host writes to disk safely waits while \a isStalled.
    void setDiskStalled(bool isStalled);
    //! Starts (again) and waits until it is ready. False when it said no; output() tells.
    bool start();
    //! SIGKILL, and waits until it is gone.
    void kill();
    //! SIGTERM, and waits. Returns the exit code, -1 when it had to be killed.
    int terminate();
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    qint64 processId() const { return m_process.processId(); }

    const QString &rootPath() const { return m_rootPath; }
    QString stateDirectory() const { return m_folder.filePath(QStringLiteral("state")); }
    const QString &socketPath() const { return m_socketPath; }
    QByteArray output() const { return m_output; }

    //! A file of the workspace as it is on disk; null if it cannot be read.
    QByteArray file(const QString &path) const;
    void writeFile(const QString &path, const QByteArray &content) const;
    //! Resident memory of the process in bytes.
    qint64 residentBytes() const;
    //! The most it has been since its start.
    qint64 peakResidentBytes() const;

private:
    QTemporaryDir m_folder;
    QString m_rootPath;
    QString m_socketPath;
    QByteArray m_output;
    QFile m_diskLock;
    QProcess m_process;
};

} // namespace support
