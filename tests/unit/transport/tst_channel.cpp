// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/memorychannel.h"
#include "app/transport/wirelog.h"
#include "tests/support/transport/flakychannel.h"
#include "tests/support/transport/testtools.h"
#include "tests/support/seed.h"
#include "tests/support/wait.h"

#include <QSignalSpy>
#include <QTest>

using namespace transport;

class TestChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void framesArriveInOrderThroughTheEventLoop();
    void closeFlushesThenTellsWhy();
    void closedIsSaidOnceAndLater();
    void nothingIsReceivedAfterClose();
    void aPeerThatDoesNotReadIsCutInTime();
    void abortLosesWhatIsQueued();
    void aFrameAboveTheLimitEndsTheChannel();
    void limitTakesEffectAtOnce();
    void queueOfASlowReaderIsBounded();
    void oneLargeFrameIsTakenWhenTheQueueIsLow();
    void aLargeFrameIsForgottenWhenItIsGone();
    void drainedIsSaidAtTheLowWaterMark();
    void handlersMayDeleteTheChannel();
    void deletingOneEndBreaksTheOther();
    void closeTextIsCutAndCleaned();
    void wireLogSeesBothDirections();
    void flakyLineHoldsRepeatsLosesAndBreaks();

private:
    MemoryChannel::Pair m_pair;
};

void TestChannel::init()
{
    m_pair = MemoryChannel::makePair();
}

void TestChannel::framesArriveInOrderThroughTheEventLoop()
{
    QSignalSpy received(m_pair.second.get(), &Channel::received);
    for (int i = 0; i < 100; ++i)
        QVERIFY(m_pair.first->send(QByteArray::number(i)));
    QVERIFY(m_pair.first->send({}));
    QCOMPARE(received.size(), 0);
    QVERIFY(m_pair.first->queuedBytes() > 0);
    WAIT_COMPARE(received.size(), 101);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(received[i][0].toByteArray(), QByteArray::number(i));
    QCOMPARE(received[100][0].toByteArray(), QByteArray());
    QCOMPARE(m_pair.first->queuedBytes(), 0);
}

void TestChannel::closeFlushesThenTellsWhy()
{
    QSignalSpy received(m_pair.second.get(), &Channel::received);
    QSignalSpy here(m_pair.first.get(), &Channel::closed);
    QSignalSpy there(m_pair.second.get(), &Channel::closed);
    m_pair.first->send("last words");
    m_pair.first->close(CloseCode::Ended, QStringLiteral("unshared"));
    QVERIFY(!m_pair.first->send("too late"));
    WAIT_COMPARE(there.size(), 1);
    WAIT_COMPARE(here.size(), 1);
    QCOMPARE(received.size(), 1);
    QCOMPARE(there[0][0].value<CloseReason>(), (CloseReason{CloseCode::Ended, QStringLiteral("unshared"), true}));
    QCOMPARE(here[0][0].value<CloseReason>(), (CloseReason{CloseCode::Ended, QStringLiteral("unshared"), false}));
    QVERIFY(!m_pair.second->isOpen());
}

void TestChannel::closedIsSaidOnceAndLater()
{
    QSignalSpy here(m_pair.first.get(), &Channel::closed);
    m_pair.first->close();
    m_pair.first->close(CloseCode::Malformed);
    m_pair.first->abort();
    m_pair.first->abort();
    QCOMPARE(here.size(), 0);
    WAIT_COMPARE(here.size(), 1);
    QCOMPARE(here[0][0].value<CloseReason>().code, CloseCode::Normal);
    QCoreApplication::processEvents();
    QCOMPARE(here.size(), 1);
}

void TestChannel::nothingIsReceivedAfterClose()
{
    QSignalSpy received(m_pair.second.get(), &Channel::received);
    QSignalSpy closed(m_pair.second.get(), &Channel::closed);
    m_pair.first->send("on its way");
    m_pair.second->close(CloseCode::Ended);
    WAIT_COMPARE(closed.size(), 1);
    QCOMPARE(received.size(), 0);
}

void TestChannel::aPeerThatDoesNotReadIsCutInTime()
{
    QSignalSpy here(m_pair.first.get(), &Channel::closed);
    QSignalSpy there(m_pair.second.get(), &Channel::closed);
    m_pair.first->setHeld(true);
    m_pair.first->send("stuck");
    const transporttest::EndTime end(m_pair.first.get());
    m_pair.first->close(CloseCode::Ended, QStringLiteral("unshared"));
    WAIT_COMPARE(here.size(), 1);
    QVERIFY(end.elapsed() >= 200 && end.elapsed() <= 300);
    WAIT_COMPARE(there.size(), 1);
    QCOMPARE(here[0][0].value<CloseReason>().code, CloseCode::Ended);
    QCOMPARE(there[0][0].value<CloseReason>().code, CloseCode::Lost);
}

void TestChannel::abortLosesWhatIsQueued()
{
    QSignalSpy received(m_pair.second.get(), &Channel::received);
    QSignalSpy there(m_pair.second.get(), &Channel::closed);
    m_pair.first->send("lost");
    m_pair.first->abort();
    QCOMPARE(m_pair.first->queuedBytes(), 0);
    WAIT_COMPARE(there.size(), 1);
    QCOMPARE(there[0][0].value<CloseReason>().code, CloseCode::Lost);
    QCOMPARE(received.size(), 0);
}

void TestChannel::aFrameAboveTheLimitEndsTheChannel()
{
    QSignalSpy received(m_pair.second.get(), &Channel::received);
    QSignalSpy closed(m_pair.second.get(), &Channel::closed);
    m_pair.first->send(QByteArray(kMaxFrameBeforeAuth, 'x'));
    m_pair.first->send(QByteArray(kMaxFrameBeforeAuth + 1, 'x'));
    WAIT_COMPARE(closed.size(), 1);
    QCOMPARE(received.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooLarge);
}

void TestChannel::limitTakesEffectAtOnce()
{
    QSignalSpy received(m_pair.second.get(), &Channel::received);
    m_pair.first->send(QByteArray(kMaxFrameToHost, 'x'));
    m_pair.second->setMaxFrameSize(kMaxFrameToHost);
    WAIT_COMPARE(received.size(), 1);
    m_pair.first->send("ab");
    m_pair.second->setMaxFrameSize(1);
    WAIT_VERIFY(!m_pair.second->isOpen());
    QCOMPARE(received.size(), 1);
}

void TestChannel::queueOfASlowReaderIsBounded()
{
    QSignalSpy closed(m_pair.first.get(), &Channel::closed);
    m_pair.first->setHeld(true);
    const QByteArray frame(64 * 1024, 'x');
    qint64 most = 0;
    int accepted = 0;
    while (m_pair.first->send(frame)) {
        ++accepted;
        most = qMax(most, m_pair.first->queuedBytes());
        QVERIFY(accepted < 1000);
    }
    QCOMPARE(most, kMaxQueuedBytes);
    QCOMPARE(m_pair.first->queuedBytes(), 0);
    WAIT_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooSlow);
}

void TestChannel::oneLargeFrameIsTakenWhenTheQueueIsLow()
{
    QSignalSpy received(m_pair.second.get(), &Channel::received);
    m_pair.second->setMaxFrameSize(kMaxFrameToClient);
    const QByteArray document(kMaxFrameToClient, 'd');
    QVERIFY(m_pair.first->send("small"));
    QVERIFY(m_pair.first->send(document));
    // What happens while it is on its way is told as well, as far as without it.
    const QByteArray frame(1024 * 1024, 'x');
    for (qint64 sent = 5; sent + frame.size() <= kMaxQueuedBytes; sent += frame.size())
        QVERIFY(m_pair.first->send(frame));
    QVERIFY(!m_pair.first->send(frame));
    WAIT_VERIFY(!m_pair.second->isOpen());
}

void TestChannel::aLargeFrameIsForgottenWhenItIsGone()
{
    m_pair.second->setMaxFrameSize(kMaxFrameToClient);
    QVERIFY(m_pair.first->send(QByteArray(kMaxQueuedBytes * 3, 'd')));
    WAIT_COMPARE(m_pair.first->queuedBytes(), 0);
    m_pair.first->setHeld(true);
    const QByteArray frame(1024 * 1024, 'x');
    qint64 sent = 0;
    while (m_pair.first->send(frame))
        sent += frame.size();
    QCOMPARE(sent, kMaxQueuedBytes);
}

void TestChannel::drainedIsSaidAtTheLowWaterMark()
{
    QSignalSpy drained(m_pair.first.get(), &Channel::drained);
    m_pair.second->setMaxFrameSize(kMaxFrameToHost);
    qint64 atDrain = -1;
    connect(m_pair.first.get(), &Channel::drained, this, [&] { atDrain = m_pair.first->queuedBytes(); });
    m_pair.first->send("small");
    WAIT_COMPARE(m_pair.first->queuedBytes(), 0);
    QCOMPARE(drained.size(), 0); // never was above
    for (int i = 0; i < 10; ++i)
        m_pair.first->send(QByteArray(100'000, 'x'));
    WAIT_COMPARE(m_pair.first->queuedBytes(), 0);
    QCOMPARE(drained.size(), 1);
    QVERIFY(atDrain > 0 && atDrain <= kLowWaterBytes);
}

void TestChannel::handlersMayDeleteTheChannel()
{
    connect(m_pair.second.get(), &Channel::received, this, [this] { m_pair.second.reset(); });
    QSignalSpy closed(m_pair.first.get(), &Channel::closed);
    m_pair.first->send("die");
    m_pair.first->send("too late");
    WAIT_COMPARE(closed.size(), 1);
    QVERIFY(!m_pair.second);

    init();
    connect(m_pair.first.get(), &Channel::closed, this, [this] { m_pair.first.reset(); });
    m_pair.second->close();
    WAIT_VERIFY(!m_pair.first);
}

void TestChannel::deletingOneEndBreaksTheOther()
{
    QSignalSpy closed(m_pair.second.get(), &Channel::closed);
    m_pair.first.reset();
    WAIT_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::Lost);
}

void TestChannel::closeTextIsCutAndCleaned()
{
    QCOMPARE(cleanCloseText(QStringLiteral("Ana stopped\r\nsharing\x1b[0m")), QStringLiteral("Ana stopped  sharing [0m"));
    QCOMPARE(cleanCloseText(QStringLiteral(u"a\u202eb\u2028c\u200bd")), QStringLiteral("a b c d"));
    QCOMPARE(cleanCloseText(QString(500, u'x')).size(), kMaxCloseTextBytes);
    const QString faces = QString::fromUcs4(U"\U0001f600").repeated(40); // four bytes each: the cut never splits one
    QCOMPARE(cleanCloseText(faces).toUtf8().size(), kMaxCloseTextBytes);
    QCOMPARE(cleanCloseText(u'x' + faces).toUtf8().size(), kMaxCloseTextBytes - 3);
}

void TestChannel::wireLogSeesBothDirections()
{
    transporttest::HandClock clock;
    WireLog log(clock, [](QByteArrayView) { return false; });
    m_pair.first->setWireLog(&log);
    QSignalSpy received(m_pair.first.get(), &Channel::received);
    m_pair.first->send("ping");
    m_pair.second->send("pong");
    WAIT_COMPARE(received.size(), 1);
    QCOMPARE(log.entries().size(), 2);
    QCOMPARE(log.entries()[0].bytes, "ping");
    QCOMPARE(log.entries()[1].direction, WireLog::Direction::Received);
}

void TestChannel::flakyLineHoldsRepeatsLosesAndBreaks()
{
    transporttest::SeededRandom random(support::seed());
    transporttest::FlakyChannel flaky(std::move(m_pair.first), random);
    QSignalSpy there(m_pair.second.get(), &Channel::received);
    QSignalSpy here(&flaky, &Channel::received);
    QSignalSpy closedHere(&flaky, &Channel::closed);
    QSignalSpy closedThere(m_pair.second.get(), &Channel::closed);

    flaky.setHeld(true);
    flaky.send("held");
    m_pair.second->send("held too");
    WAIT_COMPARE(m_pair.second->queuedBytes(), 0);
    QCOMPARE(there.size() + here.size(), 0);
    flaky.setHeld(false);
    WAIT_COMPARE(there.size(), 1);
    QCOMPARE(here.size(), 1);

    flaky.setWeather({.repeatPerMille = 1000});
    flaky.send("twice");
    m_pair.second->send("twice");
    WAIT_COMPARE(there.size(), 3);
    WAIT_COMPARE(here.size(), 3);

    flaky.setWeather({.losePerMille = 1000});
    flaky.send("gone");
    flaky.setWeather({});
    flaky.send("mark");
    WAIT_COMPARE(there.size(), 4);
    QCOMPARE(there[3][0].toByteArray(), "mark");

    flaky.breakLine();
    WAIT_COMPARE(closedHere.size(), 1);
    WAIT_COMPARE(closedThere.size(), 1);
    QCOMPARE(closedThere[0][0].value<CloseReason>().code, CloseCode::Lost);
}

QTEST_GUILESS_MAIN(TestChannel)
#include "tst_channel.moc"
