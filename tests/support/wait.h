// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace support {

//! Runs the event loop until \a condition holds; false after \a patience milliseconds. Looks after every event, where
//! QTest::qWaitFor looks every ten milliseconds: that would be most of what a bench measures.
template <typename Condition>
bool waitFor(Condition condition, int patience = 10'000)
{
    const QDeadlineTimer deadline(patience);
    // Only so that the deadline is noticed when nothing else happens.
    QTimer wake;
    wake.start(20);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        // As qWaitFor does: without an exec() below us nothing would ever be deleted later.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace support

//! QTRY_VERIFY and QTRY_COMPARE for what happens in the event loop: those sleep fifty milliseconds between two looks, which is
//! most of the time that a test of many waits takes.
#define WAIT_VERIFY(condition) \
    do { \
        (void)support::waitFor([&] { return bool(condition); }); \
        QVERIFY(condition); \
    } while (false)
#define WAIT_COMPARE(actual, expected) \
    do { \
        (void)support::waitFor([&] { return (actual) == (expected); }); \
        QCOMPARE(actual, expected); \
    } while (false)
