// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/limits.h"

#include <QByteArray>
#include <QHostAddress>
#include <QMetaType>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <memory>

namespace transport {

class WireLog;

//! Why a channel ended. Wire values: 4000 + n in a WebSocket close frame where RFC 6455 has no number of its own.
enum class CloseCode : quint16 {
    Normal = 0,          //!< left in order
    GoingAway = 1,       //!< the process ends or restarts; trying again later makes sense
    Malformed = 2,       //!< something no correct peer sends
    TooLarge = 3,        //!< a frame above setMaxFrameSize()
    TooSlow = 4,         //!< did not read; more than kMaxQueuedBytes waited
    Silent = 5,          //!< no sign of life for kSilenceLimit
    Lost = 6,            //!< the connection broke, or abort() was called; never sent
    Unauthenticated = 7, //!< did not sign in in time, or may not
    Ended = 8,           //!< access has ended (unshared, shown out, left); do not come back by yourself
};

constexpr CloseCode lastValue(CloseCode) { return CloseCode::Ended; }

struct CloseReason
{
    CloseCode code = CloseCode::Normal;
    QString text;          //!< one line, printable; said by the peer when isRemote, so show it as such or not at all
    bool isRemote = false; //!< the peer closed

    friend bool operator==(const CloseReason &, const CloseReason &) = default;
};

struct PeerInfo
{
    enum class Kind { Memory, Local, Tls };

    Kind kind = Kind::Memory;
    QHostAddress address; //!< Tls only
    quint16 port = 0;     //!< Tls only
    qint64 pid = -1;      //!< Local only, as the kernel says
    qint64 uid = -1;      //!< Local only, as the kernel says

    friend bool operator==(const PeerInfo &, const PeerInfo &) = default;
};

//! One ordered, two-way stream of binary frames, whatever carries it.
//!
//! Lives on one thread. A new channel accepts frames up to kMaxFrameBeforeAuth. Deleting a channel cuts the connection and
//! emits nothing. Handlers of its signals may send, close and delete the channel.
class Channel : public QObject
{
    Q_OBJECT

public:
    ~Channel() override;

    bool isOpen() const { return m_state == State::Open; }
    //! Queues \a frame, in order. False if the channel is not open (any more); then \a frame was dropped.
    //!
    //! Look at queuedBytes() before sending more than a peer asked for: a frame that would make the queue pass
    //! kMaxQueuedBytes ends the channel with TooSlow, except that one frame of any size is taken while not more than
    //! kLowWaterBytes wait, and does not count while it is on its way: whoever is given a large document is not cut off
    //! because somebody moved a caret meanwhile.
    bool send(const QByteArray &frame);
    //! Bytes not yet handed to the kernel.
    virtual qint64 queuedBytes() const = 0;
    //! Sends what is queued, tells the peer \a code and \a text (cut to kMaxCloseTextBytes), then closes.
    //!
    //! No frame is received from now on. A peer that does not follow within kCloseFlushTime is cut off.
    //! closed() comes later, from the event loop, with this code and text. Does nothing unless open.
    void close(CloseCode code = CloseCode::Normal, const QString &text = {});
    //! Cuts the connection now, unsent frames included. closed() follows from the event loop, with Lost unless close()
    //! was called before.
    void abort();
    //! The largest incoming frame, 0 … kMaxFrameToClient bytes. Takes effect at once; a frame whose header claims more ends
    //! the channel with TooLarge before its payload is awaited.
    void setMaxFrameSize(qint64 bytes);
    qint64 maxFrameSize() const { return m_maxFrameSize; }
    virtual PeerInfo peer() const = 0;
    //! Records every frame from now on; nullptr stops it.
    void setWireLog(WireLog *log);

Q_SIGNALS:
    void received(const QByteArray &frame);
    //! The queue was above kLowWaterBytes and has fallen to it.
    void drained();
    //! Exactly once, from the event loop, never from inside send(), close() or abort(). Nothing is emitted after it.
    void closed(const transport::CloseReason &reason);

protected:
    explicit Channel(QObject *parent);

    // What a carrier implements. All are called on an open or closing channel only.
    virtual void write(const QByteArray &frame) = 0;
    //! Sends the rest of the queue and the reason, then closes; reports by finish().
    virtual void startClosing(const CloseReason &reason) = 0;
    //! Drops queue and connection, at once and silently.
    virtual void cut() = 0;
    virtual void applyMaxFrameSize(qint64 bytes) = 0;

    //! Runs \a handler, which may end in user code that deletes the channel, in the middle of its socket's own code.
    template <typename Handler>
    void insideSocket(Handler handler)
    {
        const std::shared_ptr<int> depth = m_socketDepth;
        ++*depth;
        handler();
        --*depth;
    }
    //! Deletes \a socket: now, so that nothing is left at the end of a process, or later if its own code is running.
    void disposeOf(QObject *socket);

    // What a carrier reports.
    bool isClosing() const { return m_state == State::Closing; }
    void frameArrived(const QByteArray &frame);
    //! Something left the queue.
    void queueShrank();
    //! The peer or our own check ends the channel: cuts the connection, then closed() with \a reason.
    void fail(const CloseReason &reason);
    //! The connection is gone. \a reason counts only if close() was not called before.
    void finish(const CloseReason &reason);

private:
    enum class State { Open, Closing, Closed };

    State m_state = State::Open;
    CloseReason m_reason;
    qint64 m_maxFrameSize = kMaxFrameBeforeAuth;
    bool m_isAboveLowWater = false;
    qint64 m_largeFrameBytes = 0;       // of the one above kMaxQueuedBytes that may be in the queue
    QPointer<WireLog> m_wireLog;
    QTimer m_flushTimer;
    std::shared_ptr<int> m_socketDepth = std::make_shared<int>(0);
};

//! \a text without control, format and line-break characters, at most kMaxCloseTextBytes long in UTF-8.
QString cleanCloseText(const QString &text);

} // namespace transport

Q_DECLARE_METATYPE(transport::CloseReason)
