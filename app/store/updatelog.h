// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/files/filehandle.h"
#include "app/store/logreplacement.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <utility>

namespace store {

inline constexpr qsizetype kEpochBytes = 16;
inline constexpr qsizetype kMaxRecordBytes = 256 * 1024 * 1024;   //!< a document, and the text of its file as UTF-16
inline constexpr qint64 kMaxLogBytes = qint64(1024) * 1024 * 1024;

//! What a log file says.
struct LogContent
{
    QByteArray epoch;             //!< kEpochBytes; names this life of the document
    QByteArray salt;              //!< see logformat.h
    QList<QByteArray> records;    //!< every record that is whole, in order
    qint64 bytes = 0;             //!< length up to the end of the last whole record
    qint64 tornBytes = 0;         //!< an unfinished append after that: nobody was told that it is on disk
    qint64 damagedBytes = 0;      //!< damage before whole records: acknowledged updates may be missing
    quint64 nextSequence = 0;
};

//! Reads a log file's bytes. Pure: this is the decoder that distrusts the disk. Errors: Malformed (no header that we
//! wrote), VersionMismatch (written by a newer program).
base::Result<LogContent> parseLog(const QByteArray &bytes);

//! An append-only file of a document's updates. Format in README.md. Blocking; one thread at a time.
//!
//! A failed write or sync makes the log fail for good: what the system then has in its cache says nothing about the
//! disk. Only a new file with everything in it makes it usable again.
class UpdateLog
{
public:
    //! Opens \a name in \a folder (absolute path), or makes it with \a epochIfNew. A torn end is cut off; a damaged log
    //! is first set aside as NAME.damaged and written anew from its whole records. \a ops must outlive the log.
    //! Errors: as parseLog(); TooLarge (kMaxLogBytes), DiskFull, PermissionDenied, InputOutput.
    static base::Result<std::unique_ptr<UpdateLog>> open(const QByteArray &folder, const QByteArray &name,
                                                         const QByteArray &epochIfNew, files::FileOps &ops);
    //! Reads without changing anything. Errors: as open(); NotFound.
    static base::Result<LogContent> read(const QByteArray &folder, const QByteArray &name, files::FileOps &ops);
    //! Renames a log that open() calls Malformed to NAME.damaged, so that a new one can be made.
    static base::Result<void> setAside(const QByteArray &folder, const QByteArray &name, files::FileOps &ops);
    //! Deletes the log, its temporary file and damaged copies of it. No error if there is none.
    static base::Result<void> remove(const QByteArray &folder, const QByteArray &name, files::FileOps &ops);

    //! What open() found; the caller may take it away to save memory.
    const LogContent &recovered() const { return m_recovered; }
    LogContent takeRecovered() { return std::exchange(m_recovered, {}); }
    const QByteArray &epoch() const { return m_epoch; }
    //! Length of the file as far as this object wrote or read it.
    qint64 bytes() const { return m_bytes; }
    bool hasFailed() const { return m_failed; }

    //! Writes records in one go. They are on disk only after sync(). Errors: TooLarge (a record above kMaxRecordBytes,
    //! nothing written), else what failed; from then on always the same error.
    base::Result<void> append(const QList<QByteArray> &payloads);
    base::Result<void> sync();
    //! What replace() takes: a file that may be written on another thread while this log goes on. \a epoch: empty for
    //! the one the log has.
    std::unique_ptr<LogReplacement> makeReplacement(const QByteArray &epoch = {}) const;
    //! Adds \a rest to \a replacement and puts it in the place of this log's file. After a crash at any moment there is
    //! either the old or the new log. On an error the old one stays as it was; if only the last sync of the folder
    //! failed, the log has failed.
    base::Result<void> replace(std::unique_ptr<LogReplacement> replacement, const QList<QByteArray> &rest);
    //! From now on append() and sync() answer \a error: the file lacks what they would build on.
    void setFailed(const base::Error &error) { (void)fail(error); }
    const base::Error &error() const { return m_error; }

private:
    UpdateLog(std::shared_ptr<const files::FileHandle> folder, QByteArray name, files::FileOps &ops);

    base::Result<void> load(const QByteArray &epochIfNew);
    base::Result<void> cutTornEnd(qint64 bytes);
    enum class OldFile { Drop, SetAside };
    base::Result<void> rewrite(const QList<QByteArray> &payloads, const QByteArray &epoch, OldFile oldFile);
    base::Result<void> install(LogReplacement &replacement, OldFile oldFile);
    base::Result<void> fail(const base::Error &error);

    files::FileOps &m_ops;
    std::shared_ptr<const files::FileHandle> m_folder;
    QByteArray m_name;
    files::FileHandle m_file;
    QByteArray m_epoch;
    QByteArray m_salt;
    quint64 m_nextSequence = 0;
    qint64 m_bytes = 0;
    bool m_failed = false;
    base::Error m_error;
    LogContent m_recovered;
};

} // namespace store
