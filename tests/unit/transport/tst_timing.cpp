// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/backoff.h"
#include "app/transport/keepalive.h"
#include "tests/support/transport/testtools.h"
#include "tests/support/seed.h"

#include <QTest>

#include <set>

using namespace transport;
using namespace std::chrono_literals;

class TestTiming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsGrowFromAQuarterSecondToFifteen();
    void waitsOfManyGuestsAreSpread();
    void resetStartsOver();
    void manyFailuresStayWithinTheCap();
    void pingIsDueEveryFiveSeconds();
    void twelveSilentSecondsAreDeath();
    void wakingGivesAnotherChance();
};

void TestTiming::waitsGrowFromAQuarterSecondToFifteen()
{
    transporttest::SeededRandom random(support::seed());
    const std::chrono::milliseconds lows[] = {250ms, 500ms, 1000ms, 2000ms, 4000ms, 7500ms, 7500ms};
    for (int round = 0; round < 1000; ++round) {
        Backoff backoff;
        for (const auto low : lows) {
            const auto wait = backoff.next(random);
            QVERIFY2(wait >= low && wait <= std::min<std::chrono::milliseconds>(2 * low, kMaxBackoff), qPrintable(QString::number(wait.count())));
        }
    }
}

void TestTiming::waitsOfManyGuestsAreSpread()
{
    transporttest::SeededRandom random(support::seed());
    std::set<std::int64_t> waits;
    for (int guest = 0; guest < 200; ++guest)
        waits.insert(Backoff::delay(random, 4).count());
    QVERIFY(waits.size() > 150);
}

void TestTiming::resetStartsOver()
{
    transporttest::SeededRandom random(7);
    Backoff backoff;
    for (int i = 0; i < 10; ++i)
        (void)backoff.next(random);
    QCOMPARE(backoff.attempt(), 10);
    backoff.reset();
    QCOMPARE(backoff.attempt(), 0);
    QVERIFY(backoff.next(random) <= 500ms);
}

void TestTiming::manyFailuresStayWithinTheCap()
{
    transporttest::SeededRandom random(7);
    for (const int attempt : {31, 32, 63, 64, 1'000'000, std::numeric_limits<int>::max(), -1}) {
        const auto wait = Backoff::delay(random, attempt);
        QVERIFY(wait >= kMinBackoff && wait <= kMaxBackoff);
    }
}

void TestTiming::pingIsDueEveryFiveSeconds()
{
    transporttest::HandClock clock;
    Keepalive keepalive(clock.now());
    QVERIFY(!keepalive.isDue(clock.now()));
    clock.advance(4999ms);
    QVERIFY(!keepalive.isDue(clock.now()));
    clock.advance(1ms);
    QVERIFY(keepalive.isDue(clock.now()));
    keepalive.pinged(clock.now());
    QVERIFY(!keepalive.isDue(clock.now()));
    clock.advance(5s);
    QVERIFY(keepalive.isDue(clock.now()));
}

void TestTiming::twelveSilentSecondsAreDeath()
{
    transporttest::HandClock clock;
    Keepalive keepalive(clock.now());
    clock.advance(11999ms);
    QVERIFY(!keepalive.isDead(clock.now()));
    clock.advance(1ms);
    QVERIFY(keepalive.isDead(clock.now()));
    keepalive.heard(clock.now());
    QVERIFY(!keepalive.isDead(clock.now()));
    // Our own pings are no sign of the other's life.
    clock.advance(12s);
    keepalive.pinged(clock.now());
    QVERIFY(keepalive.isDead(clock.now()));
}

void TestTiming::wakingGivesAnotherChance()
{
    transporttest::HandClock clock;
    Keepalive keepalive(clock.now());
    clock.advance(10min);
    keepalive.woke(clock.now());
    QVERIFY(!keepalive.isDead(clock.now()));
    QVERIFY(keepalive.isDue(clock.now()));
    clock.advance(12s);
    QVERIFY(keepalive.isDead(clock.now()));
}

QTEST_APPLESS_MAIN(TestTiming)
#include "tst_timing.moc"
