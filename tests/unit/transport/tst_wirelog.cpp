// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/wirelog.h"
#include "tests/support/transport/testtools.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTest>

using namespace transport;

namespace {

bool beginsWithS(QByteArrayView frame)
{
    return frame.startsWith('S');
}

} // namespace

class TestWireLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOrderDirectionTimeAndSize();
    void keepsTheLastTwoThousand();
    void keepsOnlyTheSizeOfSecretFrames();
    void withoutAJudgeEverythingIsSecret();
    void largeFramesAndTheSumAreBounded();
    void savedLogLoadsAgain();
    void everyCutIsNoticed();
    void hostileLogsAreRefused();

private:
    transporttest::HandClock m_clock;
};

void TestWireLog::keepsOrderDirectionTimeAndSize()
{
    WireLog log(m_clock, beginsWithS);
    QSignalSpy recorded(&log, &WireLog::recorded);
    log.record(WireLog::Direction::Sent, "one");
    m_clock.advance(std::chrono::milliseconds(250));
    log.record(WireLog::Direction::Received, "three");
    const auto entries = log.entries();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[0].bytes, "one");
    QCOMPARE(entries[0].direction, WireLog::Direction::Sent);
    QCOMPARE(entries[1].size, 5);
    QCOMPARE(entries[1].direction, WireLog::Direction::Received);
    QCOMPARE((entries[1].time - entries[0].time).count(), 250);
    QCOMPARE(recorded.size(), 2);
    log.clear();
    QVERIFY(log.entries().isEmpty());
}

void TestWireLog::keepsTheLastTwoThousand()
{
    WireLog log(m_clock, beginsWithS);
    for (int i = 0; i < kMaxLoggedFrames + 3; ++i)
        log.record(WireLog::Direction::Sent, QByteArray::number(i));
    const auto entries = log.entries();
    QCOMPARE(entries.size(), kMaxLoggedFrames);
    QCOMPARE(entries.front().bytes, "3");
    QCOMPARE(entries.back().bytes, QByteArray::number(kMaxLoggedFrames + 2));
}

void TestWireLog::keepsOnlyTheSizeOfSecretFrames()
{
    WireLog log(m_clock, beginsWithS);
    log.record(WireLog::Direction::Sent, "S-canary-0815");
    log.record(WireLog::Direction::Received, "open");
    QBuffer file;
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(log.save(file).has_value());
    QVERIFY(!file.data().contains("canary"));
    QVERIFY(file.data().contains("open"));
    QCOMPARE(log.entries().front().size, 13);
    QVERIFY(!log.entries().front().isKept);
}

void TestWireLog::withoutAJudgeEverythingIsSecret()
{
    WireLog log(m_clock);
    log.record(WireLog::Direction::Sent, "anything");
    QVERIFY(!log.entries().front().isKept);
    QVERIFY(log.entries().front().bytes.isEmpty());
    QCOMPARE(log.entries().front().size, 8);
}

void TestWireLog::largeFramesAndTheSumAreBounded()
{
    WireLog log(m_clock, beginsWithS);
    log.record(WireLog::Direction::Received, QByteArray(kMaxLoggedFrameBytes + 1, 'x'));
    QVERIFY(!log.entries().front().isKept);
    for (int i = 0; i < 100; ++i)
        log.record(WireLog::Direction::Received, QByteArray(kMaxLoggedFrameBytes, char('a' + i % 26)));
    qint64 bytes = 0;
    for (const auto &entry : log.entries())
        bytes += entry.bytes.size();
    QCOMPARE(bytes, kMaxLoggedBytes);
}

void TestWireLog::savedLogLoadsAgain()
{
    WireLog log(m_clock, beginsWithS);
    log.record(WireLog::Direction::Sent, QByteArray("\0\xff", 2));
    log.record(WireLog::Direction::Received, "");
    log.record(WireLog::Direction::Received, "Secret");
    QBuffer file;
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(log.save(file).has_value());
    file.seek(0);
    const auto loaded = WireLog::load(file);
    QVERIFY(loaded.has_value());
    QCOMPARE(*loaded, log.entries());
}

void TestWireLog::everyCutIsNoticed()
{
    WireLog log(m_clock, beginsWithS);
    log.record(WireLog::Direction::Sent, "first");
    QBuffer file;
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(log.save(file).has_value());
    const QByteArray whole = file.data();
    const qsizetype afterMagic = QByteArray("ALONGSIDE-WIRELOG 1\n").size();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        QBuffer part;
        part.setData(whole.first(size));
        QVERIFY(part.open(QIODevice::ReadOnly));
        QCOMPARE(WireLog::load(part).has_value(), size == afterMagic); // an empty log is a log
    }
}

void TestWireLog::hostileLogsAreRefused()
{
    const QByteArray magic("ALONGSIDE-WIRELOG 1\n");
    const auto load = [](const QByteArray &bytes) {
        QBuffer device;
        device.setData(bytes);
        device.open(QIODevice::ReadOnly);
        return WireLog::load(device);
    };
    const QByteArray emptyFrame = QByteArray(1, '\0') + QByteArray(1, '\1') + QByteArray(20, '\0');
    QVERIFY(load(magic + emptyFrame).has_value());
    // A kept length of 4 GiB is refused before anything of that size is made.
    const auto huge = load(magic + QByteArray("\0\1", 2) + QByteArray(8, '\0') + QByteArray("\xff\xff\xff\xff\0\0\0\0", 8) + QByteArray("\xff\xff\xff\xff", 4));
    QVERIFY(!huge.has_value());
    QCOMPARE(huge.error().code, base::ErrorCode::TooLarge);
    const auto many = load(magic + emptyFrame.repeated(kMaxLoggedFrames + 1));
    QVERIFY(!many.has_value());
    QCOMPARE(many.error().code, base::ErrorCode::TooMany);
    QVERIFY(!load(magic + QByteArray("\2\1", 2) + QByteArray(20, '\0')).has_value());
    QVERIFY(!load("something else entirely").has_value());
}

QTEST_GUILESS_MAIN(TestWireLog)
#include "tst_wirelog.moc"
