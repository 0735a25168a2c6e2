// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/post.h"
#include "app/base/result.h"
#include "app/store/updatelog.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace store {

//! Names an open log of one LogWriter. Never reused while the writer lives.
using LogId = quint64;

struct OpenedLog
{
    LogId id = 0;
    LogContent content;
};

//! Owns the thread on which update logs are written, and says when an update is on disk.
//!
//! Group commit: while one sync runs, everything that comes in meanwhile, of whatever log, waits for the next one. An
//! append thus waits for at most two syncs (those of several logs run at once) and never for a timer. New files for old logs are written on a second
//! thread, so that an append never waits for a snapshot of another log.
//!
//! All functions on the thread this lives on; handlers are called there, in the order of the calls but for those of
//! compact() and restart(), and not at all if their receiver is gone by then. The destructor writes what was queued.
class LogWriter final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 kMaxQueuedBytes = 2 * qint64(kMaxRecordBytes);

    using OpenHandler = std::function<void(base::Result<OpenedLog>)>;
    using Handler = std::function<void(const base::Result<void> &)>;

    //! \a ops must outlive the writer.
    explicit LogWriter(files::FileOps &ops, QObject *parent = nullptr, qint64 maxQueuedBytes = kMaxQueuedBytes);
    ~LogWriter() override;

    //! Opens or makes a log; as UpdateLog::open().
    void open(const QByteArray &folder, const QByteArray &name, const QByteArray &epochIfNew, QObject *receiver,
              OpenHandler handler);
    //! Success means: on disk, whatever happens now. Errors: as UpdateLog::append(); NotFound (closed); TooMany
    //! (the queue is full: the disk does not keep up; the log itself has not failed).
    void append(LogId log, const QByteArray &update, QObject *receiver, Handler handler);
    //! Puts \a snapshot in the place of what the log has, which must say the same already: appends go on meanwhile and
    //! are acknowledged as ever. Success without a change if a compaction is running. Errors: as LogReplacement;
    //! NotFound; what the log has failed with; Conflict (overtaken by restart()).
    void compact(LogId log, const QByteArray &snapshot, QObject *receiver, Handler handler);
    //! Begins the log anew with \a snapshot, which has more than the log or another \a epoch (empty: the same). Appends
    //! after this call are acknowledged after it. Makes a failed log usable again; if it fails itself, so has the log.
    void restart(LogId log, const QByteArray &snapshot, const QByteArray &epoch, QObject *receiver, Handler handler);
    void close(LogId log);
    //! Deletes a log that is not open.
    void remove(const QByteArray &folder, const QByteArray &name, QObject *receiver, Handler handler);

    //! Bytes of the log, what is queued included: the measure for when to compact. 0 for an unknown log.
    qint64 bytes(LogId log) const { return m_sizes.value(log); }
    //! Since the start; for measurements.
    quint64 commitCount() const { return m_commits; }

private:
    struct Job;
    struct Batch;
    struct Worker;      // used by the other thread while a batch runs there

    void enqueue(std::unique_ptr<Job> job);
    void startBatch();
    void finished(std::vector<std::unique_ptr<Job>> done);
    void writeReplacement(std::unique_ptr<Job> job);

    std::shared_ptr<Worker> m_worker;
    std::shared_ptr<Batch> m_running;
    std::vector<std::unique_ptr<Job>> m_queue;
    QHash<LogId, qint64> m_sizes;
    qint64 m_maxQueuedBytes;
    qint64 m_queuedBytes = 0;
    LogId m_lastLog = 0;
    quint64 m_commits = 0;
    std::unique_ptr<base::BackgroundQueue> m_thread;
    std::unique_ptr<base::BackgroundQueue> m_replacementThread;
};

} // namespace store
