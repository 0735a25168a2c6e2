// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/channel.h"
#include "app/transport/localframes.h"

#include <QLocalSocket>

namespace transport {

//! Frames over a private Unix socket, each behind its length (app/transport/README.md, "Local sockets").
//!
//! No keepalive: the kernel tells when the other process is gone.
class LocalChannel final : public Channel
{
    Q_OBJECT

public:
    //! Takes over a connected \a socket.
    explicit LocalChannel(QLocalSocket *socket, QObject *parent = nullptr);
    ~LocalChannel() override;

    qint64 queuedBytes() const override;
    PeerInfo peer() const override { return m_peer; }

protected:
    void write(const QByteArray &frame) override;
    void startClosing(const CloseReason &reason) override;
    void cut() override;
    void applyMaxFrameSize(qint64 bytes) override;

private:
    void readFrames();

    QLocalSocket *m_socket;
    LocalFrames m_frames;
    PeerInfo m_peer;
};

//! Who is at the other end of \a socket, as the kernel says. pid and uid are -1 when it does not.
PeerInfo localPeer(const QLocalSocket &socket);

} // namespace transport
