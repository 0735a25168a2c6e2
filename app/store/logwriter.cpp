// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/logwriter.h"

#include "app/store/logformat.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <thread>
#include <utility>

namespace store {

struct LogWriter::Job
{
    // Compact and Restart come back as Replace when the new file has been written.
    enum class Kind { Open, Append, Compact, Restart, Replace, Close, Remove, Refused };

    Kind kind = Kind::Append;
    LogId log = 0;
    QByteArray folder;      // Open, Remove
    QByteArray name;
    QByteArray epoch;       // Open, Restart
    QByteArray bytes;       // Append, Compact, Restart
    std::unique_ptr<LogReplacement> replacement;
    std::vector<std::unique_ptr<Job>> held; // Replace: appends that had to wait for it
    QPointer<QObject> receiver;
    OpenHandler openHandler;
    Handler handler;
    base::Result<void> result;
    LogContent content;
    qint64 logBytes = 0;    // after the batch

    void answer()
    {
        for (const std::unique_ptr<Job> &append : held)
            append->answer();
        if (!receiver)
            return;
        if (openHandler)
            openHandler(result ? base::Result<OpenedLog>(OpenedLog{log, std::move(content)}) : result.unexpected());
        else if (handler)
            handler(result);
    }
};

struct LogWriter::Batch
{
    std::vector<std::unique_ptr<Job>> jobs;
    bool hasRun = false;
};

// A new file for a log is being written on the other thread.
struct Replacing
{
    const LogReplacement *replacement = nullptr;
    bool holdsAppends = false;       // restart(): they build on what is not in the log yet
    QList<QByteArray> rest;          // what was appended to the old file meanwhile
};

struct LogWriter::Worker
{
    explicit Worker(files::FileOps &ops) : ops(ops) {}

    files::FileOps &ops;
    std::map<LogId, std::unique_ptr<UpdateLog>> logs;
    std::map<LogId, Replacing> replacing;
    std::map<LogId, std::vector<std::unique_ptr<Job>>> held;
    std::map<LogId, std::vector<Job *>> waiting;     // appends of this batch that are not written yet

    void run(Batch &batch)
    {
        batch.hasRun = true;
        for (std::unique_ptr<Job> &job : batch.jobs) {
            if (job->kind != Job::Kind::Append)
                runOne(*job);
            else if (const auto found = replacing.find(job->log); found != replacing.end() && found->second.holdsAppends)
                held[job->log].push_back(std::move(job));
            else
                waiting[job->log].push_back(job.get());
        }
        commit();
        std::erase(batch.jobs, nullptr);
        for (const std::unique_ptr<Job> &job : batch.jobs) {
            const auto log = logs.find(job->log);
            job->logBytes = log == logs.end() ? 0 : log->second->bytes();
        }
    }

    void runOne(Job &job)
    {
        switch (job.kind) {
        case Job::Kind::Open:
            return open(job);
        case Job::Kind::Compact:
        case Job::Kind::Restart:
            return startReplacing(job);
        case Job::Kind::Replace:
            return replace(job);
        case Job::Kind::Close:
            commit();
            stopReplacing(job, notOpen());
            logs.erase(job.log);
            return;
        case Job::Kind::Remove:
            commit();
            job.result = UpdateLog::remove(job.folder, job.name, ops);
            return;
        case Job::Kind::Append:
        case Job::Kind::Refused:
            return;
        }
    }

    void open(Job &job)
    {
        // Two objects of one file in a row must not overlap: the earlier one's appends go first.
        commit();
        auto log = UpdateLog::open(job.folder, job.name, job.epoch, ops);
        if (!log) {
            job.result = log.unexpected();
            return;
        }
        job.content = (*log)->takeRecovered();
        logs.insert_or_assign(job.log, std::move(*log));
    }

    void startReplacing(Job &job)
    {
        commit();
        const auto log = logs.find(job.log);
        if (log == logs.end()) {
            job.result = notOpen();
            return;
        }
        const bool isRestart = job.kind == Job::Kind::Restart;
        if (!isRestart && (log->second->hasFailed() || replacing.contains(job.log))) {
            if (log->second->hasFailed())
                job.result = base::Unexpected(log->second->error());
            return;
        }
        job.replacement = log->second->makeReplacement(job.epoch);
        // A restart overtakes a compaction and an earlier restart, whose appends it has.
        replacing[job.log] = {job.replacement.get(), isRestart, {}};
    }

    // The new file stands, or could not be written.
    void replace(Job &job)
    {
        commit();
        const auto log = logs.find(job.log);
        const auto found = replacing.find(job.log);
        if (log == logs.end() || found == replacing.end() || found->second.replacement != job.replacement.get()) {
            job.result = base::Unexpected(base::ErrorCode::Conflict, "the log was closed or begun anew meanwhile");
            return;
        }
        const Replacing state = std::move(found->second);
        replacing.erase(found);
        job.held = std::move(held[job.log]);
        held.erase(job.log);
        UpdateLog &file = *log->second;
        if (job.result && !state.holdsAppends && file.hasFailed())
            job.result = base::Unexpected(file.error()); // what failed to be appended is not in the new file for sure
        if (job.result) {
            QList<QByteArray> rest = state.rest;
            for (const std::unique_ptr<Job> &append : job.held)
                rest.append(append->bytes);
            job.result = file.replace(std::move(job.replacement), rest);
        }
        if (!job.result && state.holdsAppends && !file.hasFailed())
            file.setFailed(job.result.error());
        for (const std::unique_ptr<Job> &append : job.held)
            append->result = job.result;
    }

    void stopReplacing(Job &job, const base::Result<void> &result)
    {
        replacing.erase(job.log);
        job.held = std::move(held[job.log]);
        held.erase(job.log);
        for (const std::unique_ptr<Job> &append : job.held)
            append->result = result;
    }

    static base::Result<void> notOpen()
    {
        return base::Unexpected(base::ErrorCode::NotFound, "the log is not open");
    }

    // All writes first and then all syncs.
    void commit()
    {
        std::vector<Sync> syncs;
        for (auto &[id, jobs] : waiting) {
            write(id, jobs);
            if (const auto log = logs.find(id); log != logs.end())
                syncs.push_back({log->second.get(), &jobs, {}});
        }
        syncAll(syncs);
        for (const Sync &sync : syncs) {
            for (Job *job : *sync.jobs) {
                if (job->result && !sync.result)
                    job->result = sync.result;
            }
        }
        waiting.clear();
    }

    struct Sync
    {
        UpdateLog *log;
        const std::vector<Job *> *jobs;
        base::Result<void> result;
    };

    // At the same time: a disk and a file system's journal take several in the time of one, and whoever types in one
    // document shall not wait for twenty others.
    static void syncAll(std::vector<Sync> &syncs)
    {
        constexpr std::size_t kThreads = 8;
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t index = next++; index < syncs.size(); index = next++)
                syncs[index].result = syncs[index].log->sync();
        };
        std::vector<std::jthread> helpers;
        while (helpers.size() + 1 < std::min(syncs.size(), kThreads))
            helpers.emplace_back(work);
        work();
    }

    void write(LogId id, const std::vector<Job *> &jobs)
    {
        const auto log = logs.find(id);
        QList<QByteArray> payloads;
        for (Job *job : jobs) {
            if (log == logs.end())
                job->result = notOpen();
            else if (job->bytes.size() > kMaxRecordBytes)
                job->result = base::Unexpected(base::ErrorCode::TooLarge, "update above the limit of a record");
            else
                payloads.append(job->bytes);
        }
        if (log == logs.end())
            return;
        const auto written = log->second->append(payloads);
        if (const auto found = replacing.find(id); found != replacing.end())
            found->second.rest += payloads;
        for (Job *job : jobs) {
            if (job->result && !written)
                job->result = written;
        }
    }
};

LogWriter::LogWriter(files::FileOps &ops, QObject *parent, qint64 maxQueuedBytes)
    : QObject(parent), m_worker(std::make_shared<Worker>(ops)), m_maxQueuedBytes(maxQueuedBytes),
      m_thread(std::make_unique<base::BackgroundQueue>(1)), m_replacementThread(std::make_unique<base::BackgroundQueue>(1))
{
}

LogWriter::~LogWriter()
{
    // Nobody needs what is being written there: the old files have everything that was acknowledged.
    m_replacementThread.reset();
    // Waits for a batch that runs, and drops one that has not begun.
    m_thread.reset();
    if (m_running && !m_running->hasRun)
        m_worker->run(*m_running);
    Batch rest{std::exchange(m_queue, {})};
    m_worker->run(rest);
}

void LogWriter::open(const QByteArray &folder, const QByteArray &name, const QByteArray &epochIfNew, QObject *receiver,
                     OpenHandler handler)
{
    auto job = std::make_unique<Job>();
    job->kind = Job::Kind::Open;
    job->log = ++m_lastLog;
    job->folder = folder;
    job->name = name;
    job->epoch = epochIfNew;
    job->receiver = receiver;
    job->openHandler = std::move(handler);
    enqueue(std::move(job));
}

void LogWriter::append(LogId log, const QByteArray &update, QObject *receiver, Handler handler)
{
    auto job = std::make_unique<Job>();
    job->log = log;
    job->receiver = receiver;
    job->handler = std::move(handler);
    if (m_queuedBytes + update.size() > m_maxQueuedBytes) {
        job->kind = Job::Kind::Refused;
        job->result = base::Unexpected(base::ErrorCode::TooMany, "too many updates wait for the disk");
    } else {
        job->kind = Job::Kind::Append;
        job->bytes = update;
        m_queuedBytes += update.size();
        m_sizes[log] += kRecordHeaderBytes + update.size();
    }
    enqueue(std::move(job));
}

void LogWriter::compact(LogId log, const QByteArray &snapshot, QObject *receiver, Handler handler)
{
    auto job = std::make_unique<Job>();
    job->kind = Job::Kind::Compact;
    job->log = log;
    job->bytes = snapshot;
    job->receiver = receiver;
    job->handler = std::move(handler);
    enqueue(std::move(job));
}

void LogWriter::restart(LogId log, const QByteArray &snapshot, const QByteArray &epoch, QObject *receiver, Handler handler)
{
    auto job = std::make_unique<Job>();
    job->kind = Job::Kind::Restart;
    job->log = log;
    job->bytes = snapshot;
    job->epoch = epoch;
    job->receiver = receiver;
    job->handler = std::move(handler);
    enqueue(std::move(job));
}

void LogWriter::writeReplacement(std::unique_ptr<Job> job)
{
    const auto held = std::make_shared<std::unique_ptr<Job>>(std::move(job));
    m_replacementThread->run(
        [held] {
            Job &one = **held;
            one.result = one.replacement->create({std::exchange(one.bytes, {})});
            if (!one.result)
                one.replacement->discard();
        },
        this, [this, held] {
            (*held)->kind = Job::Kind::Replace;
            enqueue(std::move(*held));
        });
}

void LogWriter::close(LogId log)
{
    auto job = std::make_unique<Job>();
    job->kind = Job::Kind::Close;
    job->log = log;
    enqueue(std::move(job));
}

void LogWriter::remove(const QByteArray &folder, const QByteArray &name, QObject *receiver, Handler handler)
{
    auto job = std::make_unique<Job>();
    job->kind = Job::Kind::Remove;
    job->folder = folder;
    job->name = name;
    job->receiver = receiver;
    job->handler = std::move(handler);
    enqueue(std::move(job));
}

void LogWriter::enqueue(std::unique_ptr<Job> job)
{
    m_queue.push_back(std::move(job));
    if (!m_running)
        startBatch();
}

void LogWriter::startBatch()
{
    ++m_commits;
    m_queuedBytes = 0;
    m_running = std::make_shared<Batch>(Batch{std::exchange(m_queue, {})});
    m_thread->run([worker = m_worker, batch = m_running] { worker->run(*batch); }, this,
                  [this] { finished(std::move(std::exchange(m_running, {})->jobs)); });
}

void LogWriter::finished(std::vector<std::unique_ptr<Job>> done)
{
    for (const std::unique_ptr<Job> &job : done) {
        if (job->logBytes == 0)
            m_sizes.remove(job->log);
        else
            m_sizes[job->log] = job->logBytes;
    }
    for (const std::unique_ptr<Job> &job : m_queue) {
        if (job->kind == Job::Kind::Append)
            m_sizes[job->log] += kRecordHeaderBytes + job->bytes.size();
    }
    // First the next batch, so that the disk does not wait for the handlers.
    if (!m_queue.empty())
        startBatch();
    for (std::unique_ptr<Job> &job : done) {
        if (!job->replacement)
            continue;
        if (job->kind == Job::Kind::Replace) {
            // Not used after all. Deleted where the next one of that name may be made.
            m_replacementThread->run([unused = std::shared_ptr<LogReplacement>(std::move(job->replacement))] { unused->discard(); },
                                     this, [] {});
        } else {
            writeReplacement(std::move(job));
        }
    }
    std::erase(done, nullptr);
    // A handler may end this writer.
    for (const std::unique_ptr<Job> &job : done)
        job->answer();
}

} // namespace store
