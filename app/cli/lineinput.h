// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

namespace cli {

//! Lines of a descriptor, without blocking the event loop. While paused nothing is read, so that a writer who is faster
//! than the network waits in its pipe and not in our memory.
class LineInput final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMaxLineBytes = 1024 * 1024;

    explicit LineInput(int descriptor, QObject *parent = nullptr);

    void setPaused(bool paused);

Q_SIGNALS:
    //! Without its line break. None follows once a handler has paused the input.
    void lineRead(const QByteArray &line);
    //! A line above kMaxLineBytes was skipped.
    void lineTooLong();
    //! Nothing comes any more.
    void ended();

private:
    void readSome();
    void deliver();

    int m_descriptor;
    QSocketNotifier m_notifier;
    QTimer m_deliverTimer;
    QByteArray m_buffer;
    qsizetype m_start = 0;
    bool m_isPaused = false;
    bool m_isSkipping = false;
    bool m_hasEnded = false;
    bool m_hasTold = false;
};

} // namespace cli
