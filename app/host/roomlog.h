// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/crdt/document.h"
#include "app/files/relativepath.h"
#include "app/store/logwriter.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace host {

//! What a document's log says after a restart.
struct LogReplay
{
    QByteArray epoch;
    bool isFresh = true;         //!< nothing was in it
    bool isDamaged = false;      //!< records in the middle could not be read; acknowledged edits may be missing
    QString savedText;           //!< the text that was last known to be in the file
    QByteArray savedHash;        //!< of the file's bytes then; empty: unknown
    quint32 lastSave = 0;
};

//! The records a room writes into its log, and how they are read again.
//!
//! Besides updates the log tells which text is in the file, because after a crash that decides whether a difference is
//! an unsaved edit or another program's change. A save is three records: *begin* at the moment the text is taken,
//! *intent* with the hash of the bytes before the file is touched, *done* after. A file whose hash an intent names holds
//! the text at its begin, whether or not done was written: without the intent, a crash between rename and done would
//! make our own save look like somebody else's change and merge it a second time.
class RoomLog
{
public:
    using Done = std::function<void(const base::Result<void> &)>;

    explicit RoomLog(store::LogWriter &writer) : m_writer(writer) {}

    //! Opens or makes the log and plays it into \a document, which must be empty. \a fileHash: of the file as it is now.
    void open(const QByteArray &folder, const QByteArray &name, const QByteArray &epochIfNew, const QByteArray &fileHash,
              crdt::Document &document, QObject *receiver, std::function<void(base::Result<LogReplay>)> handler);
    //! Moves everything into the log \a name; the old one is deleted. \a makeSnapshot is asked when the new log takes over.
    void moveTo(const QByteArray &folder, const QByteArray &name, std::function<QByteArray()> makeSnapshot, QObject *receiver,
                Done done);
    void close();
    //! Closes and deletes a log that turned out to be of no use.
    void discard(QObject *receiver);

    //! \a done follows when it is on disk.
    void appendUpdate(const QByteArray &update, QObject *receiver, Done done);
    void appendBegin(quint32 number, QObject *receiver);
    void appendIntent(quint32 number, const QByteArray &hash, QObject *receiver, Done done);
    void appendDone(quint32 number, QObject *receiver);
    //! \a snapshot says what the log says already, only shorter.
    void compact(const QByteArray &snapshot, QObject *receiver, Done done);
    //! \a snapshot has what the log lacks: it comes before everything appended from now on.
    void restart(const QByteArray &snapshot, const QByteArray &epoch, QObject *receiver, Done done);
    //! So many bytes, and \a atLeast, were appended since the last snapshot that a new one costs less than they did.
    bool isLong(qint64 atLeast) const;
    const QByteArray &epoch() const { return m_epoch; }

    //! A whole document and what is in its file, as one record.
    //! \a savedText: what is in the file; nullopt when that is the document's text.
    static QByteArray makeSnapshot(const base::Bytes &state, const std::optional<QString> &savedText, const QByteArray &savedHash);

private:
    store::LogWriter &m_writer;
    QByteArray m_folder;
    QByteArray m_name;
    QByteArray m_epoch;
    store::LogId m_log = 0;
    qint64 m_snapshotBytes = 0;     // of the last one
};

//! Applies \a records to \a document and finds which text is in the file with \a fileHash. Pure but for the document.
LogReplay replayRecords(const QList<QByteArray> &records, const QByteArray &fileHash, crdt::Document &document);

} // namespace host
