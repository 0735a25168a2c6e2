// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/protocol/codec.h"
#include "app/transport/channel.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>

namespace host {

class Workspace;
struct Member;

//! One client's connection with what the host has decided about it. Everything a handler needs to know of its caller.
class Connection final : public QObject
{
    Q_OBJECT

public:
    //! Takes \a channel over. \a isOwner: it came over the owner's private socket.
    Connection(transport::Channel *channel, bool isOwner, QObject *parent);
    ~Connection() override;

    bool isOwner() const { return m_isOwner; }
    bool hasGreeted() const { return m_hasGreeted; }
    //! How the owner calls himself on this connection.
    const QString &greetingName() const { return m_greetingName; }
    void greeted(const QString &name);

    //! Anyone until signed in; the owner's and the members' access after that; Anyone again once cut off.
    protocol::Access access() const;
    Workspace *workspace() const;
    //! The participant this connection is; null before a workspace is entered.
    Member *member() const { return m_member; }
    void enter(Workspace &workspace, Member &member);
    //! The member is gone or belongs to another connection now.
    void detach();

    //! False once the connection has been cut off or its workspace's guests have: compared on every message in and out.
    bool isCurrent() const;

    QString address() const;
    const transport::PeerInfo &peer() const { return m_peer; }
    qint64 queuedBytes() const;
    //! Counts \a bytes as queued that wait elsewhere for their time to be sent; give them back as a negative number. What
    //! waits for the queue to be short goes on then.
    void reserve(qint64 bytes);
    //! Reads slower than we send: droppable messages are dropped, documents wait for the next drained().
    bool isBehind() const;
    //! Runs \a action now, or in its turn once the connection is no longer behind; never if it closes first.
    void whenReading(std::function<void()> action);

    template <protocol::Message T>
    void send(const T &message, quint32 call = 0)
    {
        sendFrame(protocol::encode(message, call));
    }
    //! The same bytes for many receivers.
    void sendFrame(const QByteArray &frame);
    void sendFailure(const base::Error &error, quint32 call);
    //! Says why as the last message, accepts nothing any more, closes within kCutOffTime.
    void cutOff(const protocol::SessionEnded &ending);
    //! Closes on a caller who breaks the rules.
    void refuse(const base::Error &error);
    int countFrame() { return ++m_frames; }
    //! Requests that are not yet answered.
    int openCalls() const { return m_openCalls; }
    void countOpenCalls(int change) { m_openCalls += change; }

Q_SIGNALS:
    void received(const QByteArray &frame);
    void drained();
    //! Once; the connection deletes itself afterwards.
    void closed();

private:
    void onClosed();
    void onDrained();

    transport::Channel *m_channel;
    transport::PeerInfo m_peer;
    QPointer<Workspace> m_workspace;
    Member *m_member = nullptr;
    QString m_greetingName;
    quint64 m_epoch = 0;
    qint64 m_reservedBytes = 0;
    bool m_hasDrained = false;
    bool m_isDraining = false;
    int m_frames = 0;
    int m_openCalls = 0;
    bool m_isOwner = false;
    bool m_hasGreeted = false;
    bool m_isCutOff = false;
    QTimer m_signInTimer;
    std::deque<std::function<void()>> m_whenReading;
};

} // namespace host
