// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/checksum.h"
#include "app/store/logformat.h"
#include "app/store/updatelog.h"
#include "tests/support/files/failingfileops.h"
#include "tests/support/files/testfolder.h"
#include "tests/support/seed.h"

#include <QTest>

#include <random>

using base::ErrorCode;
using store::UpdateLog;
using support::Fault;
using support::TestFolder;

class UpdateLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheChecksum();
    void keepsRecordsAcrossARestart();
    void cutsATornEndAtEveryByte();
    void noticesEverySingleWrongBit();
    void savesWhatFollowsDamage();
    void findsNoRecordInsideTheTextOfAnother();
    void staysBoundedOnAnyBytes();
    void failsForGoodWhenADiskFails_data();
    void failsForGoodWhenADiskFails();
    void compactsIntoOneRecord();
    void anUnusedReplacementLeavesNothing();
    void succeedsOnlyWithEverySync();
    void keepsAllThatWasSynced_data();
    void keepsAllThatWasSynced();
    void refusesWhatIsTooLarge();
    void setsAsideWhatIsNoLog();
    void isPrivate();

private:
    std::unique_ptr<UpdateLog> open(const TestFolder &folder)
    {
        auto log = UpdateLog::open(folder.path(), "log", QByteArray(16, 'e'), m_ops);
        return log ? std::move(*log) : nullptr;
    }

    support::FailingFileOps m_ops;
};

namespace {

QByteArray bytesOf(const QList<QByteArray> &records, const QByteArray &salt = QByteArray(8, 's'))
{
    QByteArray bytes = store::logHeader(QByteArray(16, 'e'), salt);
    quint64 sequence = 1;
    for (const QByteArray &record : records)
        store::appendRecord(bytes, salt, sequence++, record);
    return bytes;
}

template <typename T>
ErrorCode codeOf(const base::Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

// What LogWriter does on two threads.
base::Result<void> compact(UpdateLog &log, const QByteArray &snapshot, const QByteArray &epoch = {}, const QList<QByteArray> &rest = {})
{
    auto replacement = log.makeReplacement(epoch);
    if (auto done = replacement->create({snapshot}); !done)
        return done;
    return log.replace(std::move(replacement), rest);
}

const QList<QByteArray> kRecords = {"one", "", QByteArray(300, 't'), QByteArray("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 18), "five"};

} // namespace

void UpdateLogTest::knowsTheChecksum()
{
    // RFC 3720, B.4, and the usual check value.
    QCOMPARE(store::crc32c("123456789"), 0xe3069283u);
    QCOMPARE(store::crc32c(QByteArray(32, '\0')), 0x8a9136aau);
    QCOMPARE(store::crc32c(QByteArray(32, '\xff')), 0x62a8ab43u);
    QCOMPARE(store::crc32c(""), 0u);
    const QByteArray text = "any text cut in two gives the same";
    for (qsizetype cut = 0; cut <= text.size(); ++cut)
        QCOMPARE(store::crc32c(text.sliced(cut), store::crc32c(text.first(cut))), store::crc32c(text));
}

void UpdateLogTest::keepsRecordsAcrossARestart()
{
    TestFolder folder(TestFolder::On::Memory);
    auto log = open(folder);
    QVERIFY(log);
    QCOMPARE(log->epoch(), QByteArray(16, 'e'));
    QVERIFY(log->recovered().records.isEmpty());
    QVERIFY(log->append(kRecords) && log->sync());
    QVERIFY(log->append({"six"}) && log->sync());
    const qint64 bytes = log->bytes();
    log = std::move(*UpdateLog::open(folder.path(), "log", QByteArray(16, 'x'), m_ops));
    QCOMPARE(log->epoch(), QByteArray(16, 'e'));    // the one that was there, not the one for a new log
    QCOMPARE(log->recovered().records, kRecords + QList<QByteArray>{"six"});
    QCOMPARE(log->recovered().tornBytes, 0);
    QCOMPARE(log->recovered().damagedBytes, 0);
    QCOMPARE(log->bytes(), bytes);
    QCOMPARE(folder.read("log").size(), bytes);
    QVERIFY(log->append({"seven"}) && log->sync());
    QCOMPARE(open(folder)->recovered().records.last(), "seven");
    QCOMPARE(codeOf(UpdateLog::read(folder.path(), "none", m_ops)), ErrorCode::NotFound);
}

void UpdateLogTest::cutsATornEndAtEveryByte()
{
    TestFolder folder(TestFolder::On::Memory);
    const QByteArray whole = bytesOf(kRecords);
    QList<qsizetype> ends = {store::kLogHeaderBytes};
    for (const QByteArray &record : kRecords)
        ends.append(ends.last() + store::kRecordHeaderBytes + record.size());
    for (qsizetype cut = 0; cut <= whole.size(); ++cut) {
        const QByteArray bytes = whole.first(cut);
        const auto content = store::parseLog(bytes);
        if (cut < store::kLogHeaderBytes) {
            QCOMPARE(codeOf(content), ErrorCode::Malformed);
            continue;
        }
        qsizetype count = 0;
        while (count < kRecords.size() && ends[count + 1] <= cut)
            ++count;
        QCOMPARE(content->records, kRecords.first(count));
        QCOMPARE(content->bytes, ends[count]);
        QCOMPARE(content->tornBytes, cut - ends[count]);
        QCOMPARE(content->damagedBytes, 0);
        // Zeros instead of what was cut, as file systems leave them.
        const auto padded = store::parseLog(QByteArray(bytes).leftJustified(whole.size() + 50, '\0'));
        QVERIFY(padded->records.size() >= count);      // more where only zeros were cut
        QCOMPARE(padded->records, kRecords.first(padded->records.size()));
        // And going on after it.
        folder.write("log", bytes);
        auto log = open(folder);
        QCOMPARE(folder.read("log").size(), ends[count]);
        QVERIFY(log->append({"more"}) && log->sync());
        QCOMPARE(open(folder)->recovered().records, kRecords.first(count) + QList<QByteArray>{"more"});
    }
}

void UpdateLogTest::noticesEverySingleWrongBit()
{
    const QByteArray whole = bytesOf(kRecords);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
            const auto content = store::parseLog(bytes);
            if (!content) {
                QVERIFY(at < store::kLogHeaderBytes);
                continue;
            }
            QVERIFY(at >= store::kLogHeaderBytes);
            QVERIFY(content->damagedBytes + content->tornBytes > 0);
            QCOMPARE(content->records.size(), kRecords.size() - 1);
            for (const QByteArray &record : content->records)
                QVERIFY(kRecords.contains(record));
        }
    }
}

void UpdateLogTest::savesWhatFollowsDamage()
{
    TestFolder folder(TestFolder::On::Memory);
    QByteArray bytes = bytesOf(kRecords);
    const qsizetype second = store::kLogHeaderBytes + store::kRecordHeaderBytes + kRecords[0].size();
    bytes.replace(second, 100, QByteArray(100, '\0'));     // the second record and the head of the third
    folder.write("log", bytes);
    auto log = open(folder);
    QVERIFY(log);
    QCOMPARE(log->recovered().records, (QList<QByteArray>{"one", kRecords[3], "five"}));
    QVERIFY(log->recovered().damagedBytes > 0);
    // The next time nothing is missing any more, and the damaged file can still be looked at.
    QVERIFY(log->append({"six"}) && log->sync());
    log = open(folder);
    QCOMPARE(log->recovered().damagedBytes, 0);
    QCOMPARE(log->recovered().records, (QList<QByteArray>{"one", kRecords[3], "five", "six"}));
    QCOMPARE(folder.read("log.damaged"), bytes);
    QCOMPARE(folder.names(), (QList<QByteArray>{"log", "log.damaged"}));
    log.reset();
    QVERIFY(UpdateLog::remove(folder.path(), "log", m_ops));
    QCOMPARE(folder.names().size(), 0);
}

void UpdateLogTest::findsNoRecordInsideTheTextOfAnother()
{
    // A guest types what would be a record, in the hope that a crash tears the real one around it.
    QByteArray forged;
    store::appendRecord(forged, QByteArray(8, 'g'), 5, "forged");
    QByteArray bytes = bytesOf({"one", forged + QByteArray(100, 'x')});
    const auto torn = store::parseLog(bytes.chopped(50));
    QCOMPARE(torn->records, QList<QByteArray>{"one"});
    // With the salt known it would be found: that is why nobody is told the salt.
    forged.clear();
    store::appendRecord(forged, QByteArray(8, 's'), 5, "forged");
    bytes = bytesOf({"one", forged + QByteArray(100, 'x')});
    QCOMPARE(store::parseLog(bytes.chopped(50))->records.size(), 2);
    TestFolder folder(TestFolder::On::Memory);
    (void)open(folder);
    const QByteArray first = folder.read("log");
    QVERIFY(UpdateLog::remove(folder.path(), "log", m_ops));
    (void)open(folder);
    QVERIFY(folder.read("log") != first);
}

void UpdateLogTest::staysBoundedOnAnyBytes()
{
    std::mt19937_64 random(support::seed());
    for (int i = 0; i < 300; ++i) {
        QByteArray bytes = bytesOf({"one"});
        for (auto count = random() % 2000; count > 0; --count)
            bytes += static_cast<char>(random() % (i % 2 == 0 ? 3 : 256));
        QCOMPARE(store::parseLog(bytes)->records.first(), "one");
    }
    // Every offset claims a record that reaches to the end.
    QByteArray claims = bytesOf({"one"});
    for (int i = 0; i < 100'000; ++i)
        claims += QByteArray("\0\0\1\0\0\0\0\0\2\0\0\0\0\0\0\0", 16);
    QCOMPARE(store::parseLog(claims)->records.size(), 1);
    QByteArray newer = bytesOf({});
    newer[8] = 2;
    QCOMPARE(codeOf(store::parseLog(newer)), ErrorCode::VersionMismatch);
}

void UpdateLogTest::failsForGoodWhenADiskFails_data()
{
    QTest::addColumn<int>("call");      // of the append and sync: 1 is the write, 2 the sync
    QTest::addColumn<int>("fault");
    QTest::newRow("write") << 1 << int(Fault::ErrorOnce);
    QTest::newRow("no space") << 1 << int(Fault::NoSpace);
    QTest::newRow("sync") << 2 << int(Fault::ErrorOnce);
}

void UpdateLogTest::failsForGoodWhenADiskFails()
{
    QFETCH(int, call);
    QFETCH(int, fault);
    TestFolder folder(TestFolder::On::Memory);
    auto log = open(folder);
    QVERIFY(log->append({"one"}) && log->sync());
    m_ops.failAt(call, Fault(fault));
    const bool isDone = log->append({"two"}) && log->sync();
    m_ops.failAt(0, Fault::None);
    QVERIFY(!isDone);
    QVERIFY(log->hasFailed());
    // The disk works again, but what the system has in its cache says nothing about the disk.
    const auto appended = log->append({"three"});
    QCOMPARE(codeOf(appended), Fault(fault) == Fault::NoSpace ? ErrorCode::DiskFull : ErrorCode::InputOutput);
    QVERIFY(!log->sync());
    QVERIFY(!folder.read("log").contains("three"));
    QVERIFY(compact(*log, "all of it"));
    QVERIFY(!log->hasFailed());
    QVERIFY(log->append({"four"}) && log->sync());
    QCOMPARE(open(folder)->recovered().records, (QList<QByteArray>{"all of it", "four"}));
}

void UpdateLogTest::compactsIntoOneRecord()
{
    TestFolder folder(TestFolder::On::Memory);
    auto log = open(folder);
    for (int i = 0; i < 100; ++i)
        QVERIFY(log->append({QByteArray(100, 'x')}));
    const qint64 before = log->bytes();
    QVERIFY(compact(*log, "snapshot"));
    QVERIFY(log->bytes() < before / 50);
    QCOMPARE(folder.read("log").size(), log->bytes());
    QVERIFY(log->append({"after"}) && log->sync());
    QCOMPARE(open(folder)->recovered().records, (QList<QByteArray>{"snapshot", "after"}));
    QCOMPARE(open(folder)->epoch(), QByteArray(16, 'e'));
    QVERIFY(compact(*log, "anew", QByteArray(16, 'f')));
    QVERIFY(log->append({"after"}) && log->sync());
    log = open(folder);
    QCOMPARE(log->epoch(), QByteArray(16, 'f'));
    QCOMPARE(log->recovered().records, (QList<QByteArray>{"anew", "after"}));
    QCOMPARE(folder.names(), QList<QByteArray>{"log"});
}

void UpdateLogTest::anUnusedReplacementLeavesNothing()
{
    TestFolder folder(TestFolder::On::Memory);
    auto log = open(folder);
    auto first = log->makeReplacement();
    QVERIFY(first->create({"first"}));
    QCOMPARE(folder.names().size(), 2);
    auto second = log->makeReplacement();
    QVERIFY(second->create({"second"}));
    // The file of that name is another one's now.
    first.reset();
    QCOMPARE(folder.names().size(), 2);
    second.reset();
    QCOMPARE(folder.names(), QList<QByteArray>{"log"});
    // One that a crash left behind
    folder.write("log.next", "left");
    folder.write("log.new", "left");
    log = open(folder);
    QCOMPARE(folder.names(), QList<QByteArray>{"log"});
}

void UpdateLogTest::succeedsOnlyWithEverySync()
{
    const auto syncsOf = [&](auto change) {
        for (int sync = 1;; ++sync) {
            TestFolder folder(TestFolder::On::Memory);
            m_ops.failAt(0, Fault::None);
            auto log = open(folder);
            m_ops.failSyncsFrom(sync);
            const bool isDone = change(folder, *log);
            const bool isReached = m_ops.syncs() >= sync;
            m_ops.failAt(0, Fault::None);
            if (isDone == isReached)
                return -1;
            if (isDone)
                return sync - 1;
        }
    };
    // The new file and the folder that names it, and what was appended meanwhile.
    QCOMPARE(syncsOf([](const TestFolder &, UpdateLog &log) { return compact(log, "x").has_value(); }), 2);
    QCOMPARE(syncsOf([](const TestFolder &, UpdateLog &log) { return compact(log, "x", {}, {"y"}).has_value(); }), 3);
    QCOMPARE(syncsOf([](const TestFolder &, UpdateLog &log) { return log.append({"x"}) && log.sync(); }), 1);
    QCOMPARE(syncsOf([&](const TestFolder &folder, UpdateLog &) {
        return UpdateLog::open(folder.path(), "other", QByteArray(16, 'e'), m_ops).has_value();
    }), 2);
    QCOMPARE(syncsOf([&](const TestFolder &folder, UpdateLog &) {
        folder.write("log", bytesOf({"one", "two"}).chopped(1));
        return UpdateLog::open(folder.path(), "log", QByteArray(16, 'e'), m_ops).has_value();
    }), 1);
}

void UpdateLogTest::keepsAllThatWasSynced_data()
{
    QTest::addColumn<int>("fault");
    for (const Fault fault : support::allFaults())
        QTest::newRow(name(fault)) << int(fault);
}

// A log's whole life, broken off at the k-th call: after a restart there is every update that was acknowledged, in
// order, and none that was not sent.
void UpdateLogTest::keepsAllThatWasSynced()
{
    QFETCH(int, fault);
    const auto values = [](const QList<QByteArray> &records) {
        QList<int> all;
        for (const QByteArray &record : records) {
            for (const QByteArray &value : record.split(','))
                all.append(value.toInt());
        }
        return all;
    };
    for (int k = 1;; ++k) {
        TestFolder folder(TestFolder::On::Memory);
        m_ops.failAt(k, Fault(fault));
        QList<int> sent;
        int acknowledged = 0;
        const auto live = [&] {
            auto log = open(folder);
            if (!log || values(log->recovered().records).size() < acknowledged)
                return;
            sent = values(log->recovered().records);
            for (int i = 0; i < 6; ++i) {
                const int value = sent.isEmpty() ? 1 : sent.last() + 1;
                sent.append(value);
                if (!log->append({QByteArray::number(value)}) || !log->sync())
                    return;
                acknowledged = int(sent.size());
                if (i != 3)
                    continue;
                QByteArrayList all;
                for (const int each : std::as_const(sent))
                    all.append(QByteArray::number(each));
                auto replacement = log->makeReplacement();
                if (!replacement->create({all.join(',')}))
                    return;
                // Acknowledged in the old file, and then in the new one as well.
                sent.append(sent.last() + 1);
                const QByteArray meanwhile = QByteArray::number(sent.last());
                if (!log->append({meanwhile}) || !log->sync())
                    return;
                acknowledged = int(sent.size());
                if (!log->replace(std::move(replacement), {meanwhile}))
                    return;
            }
        };
        live();
        const bool isOver = m_ops.calls() < k;
        for (int start = 0; start < 3; ++start) {
            // Starts that are broken off, too, and one that is not.
            m_ops.failAt(start < 2 ? 1 + (k + 3 * start) % 9 : 0, Fault(fault));
            if (start < 2)
                live();
        }
        m_ops.failAt(0, Fault::None);
        const auto log = open(folder);
        QVERIFY2(log, qPrintable(QString::number(k)));
        const QList<int> kept = values(log->recovered().records);
        QVERIFY2(kept.size() >= acknowledged, qPrintable(QString::number(k)));
        for (qsizetype i = 0; i < kept.size(); ++i)
            QCOMPARE(kept[i], int(i) + 1);
        QCOMPARE(log->recovered().damagedBytes, 0);
        QCOMPARE(folder.names(), QList<QByteArray>{"log"});
        if (isOver) {
            QVERIFY(k > 20);
            return;
        }
    }
}

void UpdateLogTest::refusesWhatIsTooLarge()
{
    TestFolder folder(TestFolder::On::Memory);
    auto log = open(folder);
    QCOMPARE(codeOf(log->append({"small", QByteArray(store::kMaxRecordBytes + 1, 'x')})), ErrorCode::TooLarge);
    QCOMPARE(codeOf(compact(*log, QByteArray(store::kMaxRecordBytes + 1, 'x'))), ErrorCode::TooLarge);
    QVERIFY(!log->hasFailed());
    QVERIFY(log->append({"small"}) && log->sync());
    QCOMPARE(open(folder)->recovered().records, QList<QByteArray>{"small"});
    QCOMPARE(codeOf(UpdateLog::open(folder.path(), "other", "short", m_ops)), ErrorCode::InvalidArgument);
}

void UpdateLogTest::setsAsideWhatIsNoLog()
{
    TestFolder folder(TestFolder::On::Memory);
    folder.write("log", "something else entirely, long enough for a header");
    const auto opened = UpdateLog::open(folder.path(), "log", QByteArray(16, 'e'), m_ops);
    QCOMPARE(codeOf(opened), ErrorCode::Malformed);
    QVERIFY(UpdateLog::setAside(folder.path(), "log", m_ops));
    QVERIFY(open(folder));
    QCOMPARE(folder.names(), (QList<QByteArray>{"log", "log.damaged"}));
}

void UpdateLogTest::isPrivate()
{
    TestFolder folder(TestFolder::On::Memory);
    const mode_t before = umask(0);
    auto log = open(folder);
    QVERIFY(compact(*log, "x"));
    umask(before);
    QCOMPARE(folder.status("log").st_mode & 07777, 0600u);
}

QTEST_GUILESS_MAIN(UpdateLogTest)
#include "tst_updatelog.moc"
