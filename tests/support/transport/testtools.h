// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/transport/channel.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QtGlobal>

#include <chrono>

namespace transporttest {

//! Stands still until told.
class HandClock final : public base::Clock
{
public:
    base::Instant now() const override { return m_now; }
    base::WallTime wallTime() const override { return m_wall; }
    void advance(std::chrono::milliseconds time)
    {
        m_now += time;
        m_wall += time;
    }

private:
    base::Instant m_now{std::chrono::hours(1)};
    base::WallTime m_wall{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};
};

//! The same bytes for the same seed (SplitMix64).
class SeededRandom final : public base::RandomSource
{
public:
    explicit SeededRandom(quint64 seed) : m_state(seed) {}
    void fill(std::span<std::uint8_t> out) override
    {
        for (std::uint8_t &byte : out)
            byte = std::uint8_t(step() >> 32);
    }
    quint64 below(quint64 limit) { return step() % limit; }

private:
    quint64 step()
    {
        quint64 z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    quint64 m_state;
};

//! Runs the event loop until \a isTrue or \a milliseconds have passed. Looks after every event, where QTest::qWaitFor()
//! looks ten milliseconds later, which is long beside a handshake.
template <typename Condition>
bool waitUntil(Condition isTrue, int milliseconds = 5000)
{
    QElapsedTimer timer;
    timer.start();
    QTimer wake;
    wake.start(10);
    while (!isTrue()) {
        if (timer.hasExpired(milliseconds))
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

//! Milliseconds from construction to the channel's closed(), exact where QTRY_ polls; -1 before that.
class EndTime
{
public:
    explicit EndTime(transport::Channel *channel)
    {
        m_timer.start();
        QObject::connect(channel, &transport::Channel::closed, &m_context, [this] { m_elapsed = m_timer.elapsed(); });
    }
    qint64 elapsed() const { return m_elapsed; }

private:
    QObject m_context;
    QElapsedTimer m_timer;
    qint64 m_elapsed = -1;
};

} // namespace transporttest
