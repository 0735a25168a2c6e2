// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/channel.h"

#include "app/transport/wirelog.h"

#include <QChar>

#include <algorithm>

namespace transport {

Channel::Channel(QObject *parent) : QObject(parent)
{
    m_flushTimer.setSingleShot(true);
    // A coarse timer may be 5 % late, and the limit is a promise to the owner who pressed "Stop sharing".
    m_flushTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_flushTimer, &QTimer::timeout, this, [this] {
        cut();
        finish({});
    });
}

Channel::~Channel() = default;

bool Channel::send(const QByteArray &frame)
{
    if (m_state != State::Open)
        return false;
    const qint64 waiting = queuedBytes();
    if (waiting <= kLowWaterBytes)
        m_largeFrameBytes = frame.size() > kMaxQueuedBytes ? frame.size() : 0;
    else if (waiting + frame.size() > kMaxQueuedBytes + m_largeFrameBytes) {
        fail({CloseCode::TooSlow, QStringLiteral("does not read what was sent"), false});
        return false;
    }
    if (m_wireLog)
        m_wireLog->record(WireLog::Direction::Sent, frame);
    write(frame);
    m_isAboveLowWater = m_isAboveLowWater || queuedBytes() > kLowWaterBytes;
    return m_state == State::Open;
}

void Channel::close(CloseCode code, const QString &text)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    m_reason = {code, cleanCloseText(text), false};
    m_flushTimer.start(kCloseFlushTime);
    startClosing(m_reason);
}

void Channel::abort()
{
    fail({CloseCode::Lost, QStringLiteral("aborted"), false});
}

void Channel::setMaxFrameSize(qint64 bytes)
{
    Q_ASSERT(bytes >= 0 && bytes <= kMaxFrameToClient);
    m_maxFrameSize = bytes;
    if (m_state != State::Closed)
        applyMaxFrameSize(bytes);
}

void Channel::setWireLog(WireLog *log)
{
    m_wireLog = log;
}

void Channel::frameArrived(const QByteArray &frame)
{
    // What a peer says after we have ended the conversation must have no effect: it may be somebody just shown out.
    if (m_state != State::Open)
        return;
    if (m_wireLog)
        m_wireLog->record(WireLog::Direction::Received, frame);
    Q_EMIT received(frame);
}

void Channel::queueShrank()
{
    if (m_state != State::Open || !m_isAboveLowWater || queuedBytes() > kLowWaterBytes)
        return;
    m_isAboveLowWater = false;
    Q_EMIT drained();
}

void Channel::fail(const CloseReason &reason)
{
    if (m_state == State::Closed)
        return;
    cut();
    finish(reason);
}

void Channel::finish(const CloseReason &reason)
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Open)
        m_reason = reason;
    m_state = State::Closed;
    m_flushTimer.stop();
    QTimer::singleShot(0, this, [this] { Q_EMIT closed(m_reason); });
}

void Channel::disposeOf(QObject *socket)
{
    if (!socket)
        return;
    if (*m_socketDepth == 0) {
        delete socket;
        return;
    }
    socket->setParent(nullptr);
    socket->deleteLater();
}

QString cleanCloseText(const QString &text)
{
    QString clean;
    qsizetype bytes = 0;
    for (const char32_t point : text.toUcs4()) {
        const auto category = QChar::category(point);
        const bool isVisible = category != QChar::Other_Control && category != QChar::Other_Format
            && category != QChar::Other_Surrogate && category != QChar::Separator_Line
            && category != QChar::Separator_Paragraph;
        const char32_t shown = isVisible ? point : U' ';
        bytes += shown < 0x80 ? 1 : shown < 0x800 ? 2 : shown < 0x10000 ? 3 : 4;
        if (bytes > kMaxCloseTextBytes)
            break;
        clean += QString::fromUcs4(&shown, 1);
    }
    return clean;
}

} // namespace transport
