// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/result.h"
#include "app/files/filehandle.h"
#include "app/files/relativepath.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace store {

using HostId = base::Id<struct HostTag>;

//! The folder in which a host keeps everything, private to its user whatever the umask says (0700 and 0600), and used by
//! one process at a time.
class StateDirectory
{
public:
    static constexpr qint64 kMaxPrivateFileBytes = 1024 * 1024;

    //! Makes \a absolutePath and its missing parents. \a ops must outlive the directory.
    //! Errors: Conflict (another process uses it), PermissionDenied (belongs to somebody else), ReadOnly, DiskFull,
    //! InvalidArgument (not absolute), Malformed (host id), InputOutput.
    static base::Result<std::unique_ptr<StateDirectory>> open(const QByteArray &absolutePath, files::FileOps &ops,
                                                              base::RandomSource &random);

    const QByteArray &path() const { return m_path; }
    //! Made at the first start and kept.
    const HostId &hostId() const { return m_hostId; }
    //! The SQLite file; exists, so that SQLite gives its companions the same private mode.
    QString databasePath() const;
    //! The folder of a workspace's update logs; made if missing.
    base::Result<QByteArray> logFolder(const base::WorkspaceId &workspace) const;
    //! The folder of a workspace's bin; made if missing.
    base::Result<QByteArray> binFolder(const base::WorkspaceId &workspace) const;

    //! Reads or atomically writes a small file such as a key. \a name is one component. Errors also: NotFound, TooLarge.
    base::Result<QByteArray> readPrivateFile(const QByteArray &name) const;
    base::Result<void> writePrivateFile(const QByteArray &name, const QByteArray &content) const;

private:
    StateDirectory(QByteArray path, files::FileHandle folder, files::FileOps &ops);

    base::Result<void> takeLock();
    base::Result<void> loadHostId(base::RandomSource &random);
    base::Result<QByteArray> workspaceFolder(const QByteArray &kind, const base::WorkspaceId &workspace) const;

    QByteArray m_path;
    files::FileOps &m_ops;
    files::FileHandle m_folder;
    files::FileHandle m_lock;
    HostId m_hostId;
};

//! The log file's name of a document: the SHA-256 of its path in hexadecimal digits, and ".log".
QByteArray logName(const files::RelativePath &document);

} // namespace store
