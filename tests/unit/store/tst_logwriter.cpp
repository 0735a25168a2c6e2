// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/logwriter.h"
#include "tests/support/files/failingfileops.h"
#include "tests/support/files/forwardingfileops.h"
#include "tests/support/files/testfolder.h"
#include "tests/support/wait.h"

#include <QSet>
#include <QTest>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include <fcntl.h>

using base::ErrorCode;
using store::LogId;
using store::LogWriter;
using support::Fault;
using support::TestFolder;

// A disk on which new files for old logs take as long as the test wants, or cannot be made.
class SlowReplacements final : public support::ForwardingFileOps
{
public:
    using ForwardingFileOps::ForwardingFileOps;

    //! Until the lock goes.
    [[nodiscard]] std::unique_lock<std::mutex> hold() { return std::unique_lock(m_gate); }
    void failNext() { m_fails = true; }

    int open(int folder, const QByteArray &path, int flags, mode_t mode, std::uint64_t resolve) override
    {
        if (path.endsWith(".next") && (flags & O_CREAT) != 0) {
            const std::lock_guard waits(m_gate);
            if (m_fails.exchange(false))
                return -ENOSPC;
        }
        return ForwardingFileOps::open(folder, path, flags, mode, resolve);
    }

private:
    std::mutex m_gate;
    std::atomic<bool> m_fails = false;
};

// A disk on which, once asked to, the first sync ends by itself and no other before \a count of these have begun.
class SyncsTogether final : public support::ForwardingFileOps
{
public:
    using ForwardingFileOps::ForwardingFileOps;

    void expect(int count)
    {
        const std::lock_guard lock(m_mutex);
        m_expected = count + 1;
        m_begun = 0;
    }

    int syncData(int descriptor) override
    {
        {
            std::unique_lock lock(m_mutex);
            const bool isFirst = ++m_begun == 1;
            m_arrived.notify_all();
            if (!isFirst && !m_arrived.wait_for(lock, std::chrono::seconds(10), [this] { return m_begun >= m_expected; }))
                return -EIO;
        }
        return ForwardingFileOps::syncData(descriptor);
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    int m_expected = 0;
    int m_begun = 0;
};

class LogWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void acknowledgesInTheOrderOfTheCalls();
    void commitsManyUpdatesWithFewSyncs();
    void acknowledgesWhileACompactionIsWritten();
    void acknowledgesNothingBeforeWhatItBuildsOn();
    void takesNothingWhenItsBaseCannotBeWritten();
    void forgetsACompactionOfAClosedLog();
    void failsAllThatWaitsForAFailedDisk();
    void aFailedLogDoesNotTouchTheOthers();
    void syncsSeveralLogsAtOnce();
    void refusesWhatTheDiskCannotKeepUpWith();
    void writesWhatIsQueuedBeforeItEnds();
    void forgetsReceiversThatAreGone();
    void knowsHowLongALogIs();
    void mayBeEndedByAHandler();

private:
    LogId openLog(LogWriter &writer, const QByteArray &name)
    {
        LogId id = 0;
        bool isDone = false;
        writer.open(m_folder->path(), name, QByteArray(16, 'e'), this, [&](const base::Result<store::OpenedLog> &opened) {
            id = opened ? opened->id : 0;
            isDone = true;
        });
        [&] { WAIT_VERIFY(isDone); }();
        return id;
    }
    QList<QByteArray> records(const QByteArray &name)
    {
        const auto content = store::UpdateLog::read(m_folder->path(), name, m_system);
        return content ? content->records : QList<QByteArray>();
    }

    files::SystemFileOps m_system;
    support::FailingFileOps m_ops;
    std::unique_ptr<TestFolder> m_folder;
};

void LogWriterTest::init()
{
    m_folder = std::make_unique<TestFolder>(TestFolder::On::Memory);
    m_ops.failAt(0, Fault::None);
}

void LogWriterTest::acknowledgesInTheOrderOfTheCalls()
{
    LogWriter writer(m_ops);
    const LogId one = openLog(writer, "one");
    const LogId two = openLog(writer, "two");
    QVERIFY(one != 0 && two != 0 && one != two);
    QList<int> acknowledged;
    QList<QByteArray> sent[2];
    for (int i = 0; i < 200; ++i) {
        const QByteArray update = QByteArray::number(i);
        sent[i % 2].append(update);
        writer.append(i % 2 == 0 ? one : two, update, this, [&, i](const base::Result<void> &done) {
            QVERIFY(done);
            // On disk at this moment, not soon.
            QVERIFY(records(i % 2 == 0 ? "one" : "two").contains(QByteArray::number(i)));
            acknowledged.append(i);
        });
    }
    WAIT_COMPARE(acknowledged.size(), 200);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(acknowledged[i], i);
    QCOMPARE(records("one"), sent[0]);
    QCOMPARE(records("two"), sent[1]);
}

void LogWriterTest::commitsManyUpdatesWithFewSyncs()
{
    LogWriter writer(m_ops);
    const LogId log = openLog(writer, "log");
    const quint64 before = writer.commitCount();
    m_ops.failAt(0, Fault::None);
    int acknowledged = 0;
    for (int i = 0; i < 1000; ++i)
        writer.append(log, "x", this, [&](const base::Result<void> &done) { acknowledged += done.has_value(); });
    WAIT_COMPARE(acknowledged, 1000);
    // The first goes alone; all others wait for it and then go together.
    QCOMPARE(writer.commitCount() - before, 2u);
    QCOMPARE(m_ops.syncs(), 2);
    QCOMPARE(records("log").size(), 1000);
}

void LogWriterTest::acknowledgesWhileACompactionIsWritten()
{
    SlowReplacements ops(m_system);
    LogWriter writer(ops);
    const LogId log = openLog(writer, "log");
    const LogId other = openLog(writer, "other");
    QList<QByteArray> order;
    const auto note = [&](const char *what) {
        return [&order, what](const base::Result<void> &done) { order.append(done ? what : "failed"); };
    };
    writer.append(log, "a", this, note("a"));
    writer.append(log, "b", this, note("b"));
    auto held = ops.hold();
    writer.compact(log, "ab", this, note("compact"));
    writer.append(log, "c", this, note("c"));
    writer.append(other, "x", this, note("x"));
    WAIT_COMPARE(order, (QList<QByteArray>{"a", "b", "c", "x"}));
    QCOMPARE(records("log"), (QList<QByteArray>{"a", "b", "c"}));
    // A second one while it runs changes nothing.
    writer.compact(log, "abc", this, note("no more"));
    WAIT_COMPARE(order.size(), 5);
    writer.append(log, "d", this, note("d"));
    WAIT_COMPARE(order.size(), 6);
    held.unlock();
    WAIT_COMPARE(order, (QList<QByteArray>{"a", "b", "c", "x", "no more", "d", "compact"}));
    QCOMPARE(records("log"), (QList<QByteArray>{"ab", "c", "d"}));
    writer.append(log, "e", this, note("e"));
    WAIT_COMPARE(order.size(), 8);
    QCOMPARE(records("log"), (QList<QByteArray>{"ab", "c", "d", "e"}));
}

void LogWriterTest::acknowledgesNothingBeforeWhatItBuildsOn()
{
    SlowReplacements ops(m_system);
    LogWriter writer(ops);
    const LogId log = openLog(writer, "log");
    const LogId other = openLog(writer, "other");
    QList<QByteArray> order;
    const auto note = [&](const char *what) {
        return [&order, what](const base::Result<void> &done) { order.append(done ? what : "failed"); };
    };
    auto held = ops.hold();
    writer.compact(log, "", this, note("compact"));
    writer.append(log, "a", this, note("a"));
    writer.restart(log, "base", QByteArray(16, 'f'), this, note("restart"));
    writer.append(log, "b", this, note("b"));
    writer.append(other, "x", this, note("x"));
    WAIT_COMPARE(order, (QList<QByteArray>{"a", "x"}));
    QCOMPARE(records("log"), (QList<QByteArray>{"a"}));
    held.unlock();
    WAIT_COMPARE(order.size(), 5);
    // The compaction was overtaken.
    QCOMPARE(order, (QList<QByteArray>{"a", "x", "failed", "b", "restart"}));
    QCOMPARE(records("log"), (QList<QByteArray>{"base", "b"}));
    QCOMPARE(store::UpdateLog::read(m_folder->path(), "log", m_system)->epoch, QByteArray(16, 'f'));
    WAIT_COMPARE(m_folder->names(), (QList<QByteArray>{"log", "other"}));
}

void LogWriterTest::takesNothingWhenItsBaseCannotBeWritten()
{
    SlowReplacements ops(m_system);
    LogWriter writer(ops);
    const LogId log = openLog(writer, "log");
    QList<QByteArray> order;
    const auto note = [&](const char *what) {
        return [&order, what](const base::Result<void> &done) { order.append(done ? what : "failed"); };
    };
    ops.failNext();
    writer.restart(log, "base", {}, this, note("restart"));
    writer.append(log, "a", this, note("a"));
    WAIT_COMPARE(order, (QList<QByteArray>{"failed", "failed"}));
    writer.append(log, "b", this, note("b"));
    WAIT_COMPARE(order.size(), 3);
    QCOMPARE(order.last(), "failed");
    QCOMPARE(records("log"), QList<QByteArray>());
    writer.restart(log, "base with a and b", {}, this, note("restart"));
    writer.append(log, "c", this, note("c"));
    WAIT_COMPARE(order.size(), 5);
    QCOMPARE(records("log"), (QList<QByteArray>{"base with a and b", "c"}));
    // A compaction that fails is no loss.
    ops.failNext();
    writer.compact(log, "all", this, note("compact"));
    writer.append(log, "d", this, note("d"));
    WAIT_COMPARE(order.size(), 7);
    QCOMPARE(QSet<QByteArray>(order.end() - 2, order.end()), (QSet<QByteArray>{"d", "failed"}));
    QCOMPARE(records("log"), (QList<QByteArray>{"base with a and b", "c", "d"}));
    WAIT_COMPARE(m_folder->names(), QList<QByteArray>{"log"});
}

void LogWriterTest::forgetsACompactionOfAClosedLog()
{
    SlowReplacements ops(m_system);
    LogWriter writer(ops);
    LogId log = openLog(writer, "log");
    bool isDone = false;
    const auto done = [&](const base::Result<void> &) { isDone = true; };
    writer.append(log, "a", this, done);
    WAIT_VERIFY(isDone);
    auto held = ops.hold();
    writer.compact(log, "stale", this, [](const base::Result<void> &) {});
    writer.append(log, "b", this, [](const base::Result<void> &) {});
    writer.close(log);
    log = openLog(writer, "log");
    isDone = false;
    writer.append(log, "c", this, done);
    WAIT_VERIFY(isDone);
    held.unlock();
    isDone = false;
    writer.compact(log, "abc", this, done);
    WAIT_VERIFY(isDone);
    QCOMPARE(records("log"), QList<QByteArray>{"abc"});
    WAIT_COMPARE(m_folder->names(), QList<QByteArray>{"log"});
}

void LogWriterTest::failsAllThatWaitsForAFailedDisk()
{
    LogWriter writer(m_ops);
    const LogId log = openLog(writer, "log");
    m_ops.failSyncsFrom(1);
    int failed = 0;
    for (int i = 0; i < 20; ++i)
        writer.append(log, "x", this, [&](const base::Result<void> &done) { failed += !done; });
    WAIT_COMPARE(failed, 20);
    // The disk recovers, the log does not by itself.
    m_ops.failAt(0, Fault::None);
    std::optional<ErrorCode> code;
    writer.append(log, "y", this, [&](const base::Result<void> &done) { code = done ? ErrorCode::Internal : done.error().code; });
    WAIT_VERIFY(code);
    QCOMPARE(*code, ErrorCode::InputOutput);
    bool isCompacted = false;
    writer.compact(log, "all", this, [&](const base::Result<void> &done) { code = done ? ErrorCode::Internal : ErrorCode::Denied; });
    WAIT_COMPARE(*code, ErrorCode::Denied);
    writer.restart(log, "all", {}, this, [&](const base::Result<void> &done) { isCompacted = done.has_value(); });
    WAIT_VERIFY(isCompacted);
    bool isAcknowledged = false;
    writer.append(log, "z", this, [&](const base::Result<void> &done) { isAcknowledged = done.has_value(); });
    WAIT_VERIFY(isAcknowledged);
    QCOMPARE(records("log"), (QList<QByteArray>{"all", "z"}));
}

void LogWriterTest::aFailedLogDoesNotTouchTheOthers()
{
    LogWriter writer(m_ops);
    const LogId bad = openLog(writer, "bad");
    const LogId good = openLog(writer, "good");
    m_ops.failAt(1, Fault::NoSpace);
    QList<bool> results;
    const auto note = [&](const base::Result<void> &done) { results.append(done.has_value()); };
    writer.append(bad, "x", this, note);
    WAIT_COMPARE(results.size(), 1);
    writer.append(bad, "x", this, note);
    writer.append(good, "x", this, note);
    writer.append(LogId(4711), "x", this, note);
    WAIT_COMPARE(results, (QList<bool>{false, false, true, false}));
    QCOMPARE(records("good").size(), 1);
}

void LogWriterTest::syncsSeveralLogsAtOnce()
{
    SyncsTogether ops(m_system);
    LogWriter writer(ops);
    const LogId first = openLog(writer, "first");
    const QList<LogId> others{openLog(writer, "a"), openLog(writer, "b"), openLog(writer, "c")};
    QList<bool> results;
    const auto note = [&](const base::Result<void> &done) { results.append(done.has_value()); };
    ops.expect(int(others.size()));
    // Begins at once and alone; the others then go together.
    writer.append(first, "x", this, note);
    for (const LogId log : others)
        writer.append(log, "x", this, note);
    WAIT_COMPARE(results, (QList<bool>{true, true, true, true}));
}

void LogWriterTest::refusesWhatTheDiskCannotKeepUpWith()
{
    LogWriter writer(m_ops, nullptr, 4000);
    const LogId log = openLog(writer, "log");
    QList<ErrorCode> codes;
    const auto note = [&](const base::Result<void> &done) { codes.append(done ? ErrorCode::Internal : done.error().code); };
    writer.append(log, "x", this, note);
    // These wait, since the first is being written.
    const QByteArray large(1000, 'x');
    for (int i = 0; i < 5; ++i)
        writer.append(log, large, this, note);
    WAIT_COMPARE(codes.size(), 6);
    QCOMPARE(codes.first(5), QList<ErrorCode>(5, ErrorCode::Internal));
    QCOMPARE(codes.last(), ErrorCode::TooMany);
    writer.append(log, "y", this, note);
    WAIT_COMPARE(codes.size(), 7);
    QCOMPARE(codes.last(), ErrorCode::Internal);
}

void LogWriterTest::writesWhatIsQueuedBeforeItEnds()
{
    auto writer = std::make_unique<LogWriter>(m_ops);
    const LogId log = openLog(*writer, "log");
    for (int i = 0; i < 100; ++i)
        writer->append(log, "x", this, [](const base::Result<void> &) {});
    writer.reset();
    QCOMPARE(records("log").size(), 100);
}

void LogWriterTest::forgetsReceiversThatAreGone()
{
    LogWriter writer(m_ops);
    const LogId log = openLog(writer, "log");
    bool wasCalled = false;
    bool isDone = false;
    auto receiver = std::make_unique<QObject>();
    writer.append(log, "x", receiver.get(), [&](const base::Result<void> &) { wasCalled = true; });
    receiver.reset();
    writer.append(log, "y", this, [&](const base::Result<void> &) { isDone = true; });
    WAIT_VERIFY(isDone);
    QVERIFY(!wasCalled);
    QCOMPARE(records("log").size(), 2);
}

void LogWriterTest::knowsHowLongALogIs()
{
    LogWriter writer(m_ops);
    const LogId log = openLog(writer, "log");
    QCOMPARE(writer.bytes(log), m_folder->read("log").size());
    int done = 0;
    const auto note = [&](const base::Result<void> &) { ++done; };
    for (int i = 0; i < 50; ++i)
        writer.append(log, "0123456789", this, note);
    const qint64 expected = writer.bytes(log);
    WAIT_COMPARE(done, 50);
    QCOMPARE(writer.bytes(log), expected);
    QCOMPARE(m_folder->read("log").size(), expected);
    writer.compact(log, "s", this, note);
    writer.append(log, "0123456789", this, note);
    WAIT_COMPARE(done, 52);
    QCOMPARE(writer.bytes(log), m_folder->read("log").size());
    writer.close(log);
    writer.append(log, "x", this, note);
    writer.remove(m_folder->path(), "log", this, note);
    WAIT_COMPARE(done, 54);
    QCOMPARE(writer.bytes(log), 0);
    QCOMPARE(m_folder->names().size(), 0);
}

void LogWriterTest::mayBeEndedByAHandler()
{
    auto writer = std::make_unique<LogWriter>(m_ops);
    const LogId log = openLog(*writer, "log");
    int done = 0;
    for (int i = 0; i < 3; ++i) {
        writer->append(log, "x", this, [&](const base::Result<void> &) {
            ++done;
            writer.reset();
        });
    }
    WAIT_VERIFY(!writer);
    QCOMPARE(records("log").size(), 3);
}

QTEST_GUILESS_MAIN(LogWriterTest)
#include "tst_logwriter.moc"
