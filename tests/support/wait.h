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
    }
    return true;
}

} // namespace support
