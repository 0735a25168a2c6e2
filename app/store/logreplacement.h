// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/files/filehandle.h"

#include <QByteArray>
#include <QList>

#include <memory>

namespace store {

//! A new file that is to take a log's place, written beside it while the log goes on. It is deleted unless it did.
//!
//! Blocking; one thread at a time. Replacements of one log have one name, so that a crash leaves at most one of them:
//! the thread that creates them also ends those that are not used.
class LogReplacement
{
public:
    //! \a name: of the new file in \a folder. \a firstSequence: above all that the old file has. Touches no file yet.
    LogReplacement(std::shared_ptr<const files::FileHandle> folder, QByteArray name, QByteArray epoch, quint64 firstSequence,
                   files::FileOps &ops);
    ~LogReplacement();
    LogReplacement(const LogReplacement &) = delete;
    LogReplacement &operator=(const LogReplacement &) = delete;

    //! Makes the file with \a payloads in it and syncs it. Errors: TooLarge (a payload above kMaxRecordBytes), DiskFull,
    //! PermissionDenied, InputOutput.
    base::Result<void> create(const QList<QByteArray> &payloads);
    //! Adds \a payloads and syncs them; nothing to do if there are none.
    base::Result<void> append(const QList<QByteArray> &payloads);
    //! Deletes the file, if it is still the one of that name.
    void discard();

    const QByteArray &name() const { return m_name; }
    const QByteArray &epoch() const { return m_epoch; }
    const QByteArray &salt() const { return m_salt; }
    quint64 nextSequence() const { return m_nextSequence; }
    qint64 bytes() const { return m_bytes; }
    //! The file has been renamed: it is a log now.
    files::FileHandle release();

private:
    base::Result<void> write(const QByteArray &bytes);

    files::FileOps &m_ops;
    std::shared_ptr<const files::FileHandle> m_folder;
    QByteArray m_name;
    QByteArray m_epoch;
    QByteArray m_salt;
    quint64 m_nextSequence;
    qint64 m_bytes = 0;
    files::FileHandle m_file;
};

} // namespace store
