// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/roomlog.h"

#include "app/protocol/documentmessages.h"

#include <QDataStream>
#include <QIODevice>
#include <QLoggingCategory>

#include <algorithm>
#include <map>

namespace host {

namespace {

Q_LOGGING_CATEGORY(roomLogLog, "app.host.roomlog", QtInfoMsg)

// The first byte of a record. Written to disk: append-only.
enum class RecordType : quint8 { Update = 0, SaveBegin = 1, SaveIntent = 2, SaveDone = 3, Snapshot = 4 };

constexpr auto kStreamVersion = QDataStream::Qt_6_4;

QByteArray recordHead(RecordType type)
{
    return QByteArray(1, char(type));
}

template <typename... Values>
QByteArray makeRecord(RecordType type, const Values &...values)
{
    QByteArray record = recordHead(type);
    QDataStream stream(&record, QIODevice::Append);
    stream.setVersion(kStreamVersion);
    (stream << ... << values);
    return record;
}

template <typename... Values>
bool readRecord(const QByteArray &record, Values &...values)
{
    QDataStream stream(record);
    stream.setVersion(kStreamVersion);
    stream.skipRawData(1);
    (stream >> ... >> values);
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

base::ByteView updateOf(const QByteArray &record)
{
    return {reinterpret_cast<const std::uint8_t *>(record.constData()) + 1, std::size_t(record.size() - 1)};
}

QString textOf(crdt::Document &document)
{
    return QString::fromStdU16String(document.text(protocol::kTextRoot).toString());
}

struct Snapshot
{
    QByteArray state;
    QByteArray hash;
    bool hasSavedText = false;
    QString savedText;
};

bool readSnapshot(const QByteArray &record, Snapshot &snapshot)
{
    return readRecord(record, snapshot.hash, snapshot.hasSavedText, snapshot.savedText, snapshot.state);
}

// Where in the log the text stood that is in the file: the newest save whose bytes the file has now, else the newest
// that was finished.
struct Baseline
{
    qsizetype record = -1;
    QByteArray hash;
};

class BaselineFinder
{
public:
    explicit BaselineFinder(const QByteArray &fileHash) : m_fileHash(fileHash) {}

    void look(qsizetype index, const QByteArray &record)
    {
        quint32 number = 0;
        QByteArray hash;
        Snapshot snapshot;
        switch (RecordType(record.front())) {
        case RecordType::SaveBegin:
            if (readRecord(record, number))
                m_saves[number].record = index;
            break;
        case RecordType::SaveIntent:
            if (readRecord(record, number, hash) && m_saves.contains(number)) {
                m_saves[number].hash = hash;
                m_lastSave = number;
                if (hash == m_fileHash)
                    m_match = m_saves[number];
            }
            break;
        case RecordType::SaveDone:
            if (readRecord(record, number) && m_saves.contains(number))
                m_finished = m_saves[number];
            break;
        case RecordType::Snapshot:
            if (readSnapshot(record, snapshot)) {
                m_finished = {index, snapshot.hash};
                if (snapshot.hash == m_fileHash)
                    m_match = m_finished;
            }
            break;
        case RecordType::Update: break;
        }
    }

    Baseline baseline() const { return m_match.record >= 0 ? m_match : m_finished; }
    quint32 lastSave() const { return m_lastSave; }

private:
    QByteArray m_fileHash;
    std::map<quint32, Baseline> m_saves;
    Baseline m_match;
    Baseline m_finished;
    quint32 m_lastSave = 0;
};

bool playRecord(const QByteArray &record, crdt::Document &document)
{
    if (RecordType(record.front()) == RecordType::Update)
        return bool(document.applyUpdate(updateOf(record)));
    Snapshot snapshot;
    if (RecordType(record.front()) != RecordType::Snapshot)
        return true;
    return readSnapshot(record, snapshot)
        && document.applyUpdate({reinterpret_cast<const std::uint8_t *>(snapshot.state.constData()),
                                 std::size_t(snapshot.state.size())});
}

} // namespace

LogReplay replayRecords(const QList<QByteArray> &records, const QByteArray &fileHash, crdt::Document &document)
{
    LogReplay replay;
    replay.isFresh = records.isEmpty();
    BaselineFinder finder(fileHash);
    for (qsizetype i = 0; i < records.size(); ++i) {
        if (!records[i].isEmpty())
            finder.look(i, records[i]);
    }
    const Baseline baseline = finder.baseline();
    replay.lastSave = finder.lastSave();
    replay.savedHash = baseline.hash;
    for (qsizetype i = 0; i < records.size(); ++i) {
        if (records[i].isEmpty() || !playRecord(records[i], document))
            replay.isDamaged = true;
        if (i != baseline.record)
            continue;
        Snapshot snapshot;
        if (RecordType(records[i].front()) == RecordType::Snapshot && readSnapshot(records[i], snapshot) && snapshot.hasSavedText)
            replay.savedText = snapshot.savedText;
        else
            replay.savedText = textOf(document);
    }
    return replay;
}

void RoomLog::open(const QByteArray &folder, const QByteArray &name, const QByteArray &epochIfNew, const QByteArray &fileHash,
                   crdt::Document &document, QObject *receiver, std::function<void(base::Result<LogReplay>)> handler)
{
    m_folder = folder;
    m_name = name;
    m_writer.open(folder, name, epochIfNew, receiver,
                  [this, fileHash, &document, handler = std::move(handler)](base::Result<store::OpenedLog> opened) {
                      if (!opened) {
                          handler(opened.unexpected());
                          return;
                      }
                      m_log = opened->id;
                      m_epoch = opened->content.epoch;
                      const QList<QByteArray> &records = opened->content.records;
                      m_snapshotBytes = records.isEmpty() ? 0 : records.first().size();
                      LogReplay replay = replayRecords(records, fileHash, document);
                      replay.epoch = m_epoch;
                      replay.isDamaged = replay.isDamaged || opened->content.damagedBytes > 0;
                      handler(std::move(replay));
                  });
}

void RoomLog::moveTo(const QByteArray &folder, const QByteArray &name, std::function<QByteArray()> makeSnapshot,
                     QObject *receiver, Done done)
{
    // The new log gets everything before the old one goes, so that a crash in between leaves one that is whole.
    const store::LogId old = m_log;
    const QByteArray oldFolder = std::exchange(m_folder, folder);
    const QByteArray oldName = std::exchange(m_name, name);
    m_writer.open(folder, name, m_epoch, receiver,
                  [this, old, oldFolder, oldName, makeSnapshot = std::move(makeSnapshot), receiver,
                   done = std::move(done)](base::Result<store::OpenedLog> opened) {
                      if (!opened) {
                          done(opened.unexpected());
                          return;
                      }
                      m_log = opened->id;
                      m_writer.restart(m_log, makeSnapshot(), m_epoch, receiver,
                                       [this, old, oldFolder, oldName, receiver, done](const base::Result<void> &moved) {
                                           m_writer.close(old);
                                           if (moved)
                                               m_writer.remove(oldFolder, oldName, receiver, [](const base::Result<void> &) {});
                                           done(moved);
                                       });
                  });
}

void RoomLog::close()
{
    if (m_log != 0)
        m_writer.close(std::exchange(m_log, 0));
}

void RoomLog::discard(QObject *receiver)
{
    close();
    m_writer.remove(m_folder, m_name, receiver, [](const base::Result<void> &) {});
}

void RoomLog::appendUpdate(const QByteArray &update, QObject *receiver, Done done)
{
    m_writer.append(m_log, recordHead(RecordType::Update) + update, receiver, std::move(done));
}

void RoomLog::appendBegin(quint32 number, QObject *receiver)
{
    m_writer.append(m_log, makeRecord(RecordType::SaveBegin, number), receiver, [](const base::Result<void> &) {});
}

void RoomLog::appendIntent(quint32 number, const QByteArray &hash, QObject *receiver, Done done)
{
    m_writer.append(m_log, makeRecord(RecordType::SaveIntent, number, hash), receiver, std::move(done));
}

void RoomLog::appendDone(quint32 number, QObject *receiver)
{
    // Nobody waits for it: without it the next start finds the same by the intent's hash.
    m_writer.append(m_log, makeRecord(RecordType::SaveDone, number), receiver, [](const base::Result<void> &written) {
        if (!written)
            qCWarning(roomLogLog) << "end of a save not recorded:" << written.error().detail.c_str();
    });
}

void RoomLog::compact(const QByteArray &snapshot, QObject *receiver, Done done)
{
    m_snapshotBytes = snapshot.size();
    m_writer.compact(m_log, snapshot, receiver, std::move(done));
}

void RoomLog::restart(const QByteArray &snapshot, const QByteArray &epoch, QObject *receiver, Done done)
{
    m_snapshotBytes = snapshot.size();
    m_epoch = epoch;
    m_writer.restart(m_log, snapshot, epoch, receiver, std::move(done));
}

bool RoomLog::isLong(qint64 atLeast) const
{
    // Twice the snapshot: then all compactions together write no more than people did, however much history it holds.
    return m_writer.bytes(m_log) >= std::max(atLeast, 2 * m_snapshotBytes);
}

QByteArray RoomLog::makeSnapshot(const base::Bytes &state, const std::optional<QString> &savedText, const QByteArray &savedHash)
{
    return makeRecord(RecordType::Snapshot, savedHash, savedText.has_value(), savedText.value_or(QString()),
                      QByteArray(reinterpret_cast<const char *>(state.data()), qsizetype(state.size())));
}

} // namespace host
