// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/localchannel.h"

#include <sys/socket.h>

namespace transport {

LocalChannel::LocalChannel(QLocalSocket *socket, QObject *parent)
    : Channel(parent), m_socket(socket), m_peer(localPeer(*socket))
{
    m_socket->setParent(this);
    connect(m_socket, &QLocalSocket::readyRead, this, [this] { insideSocket([this] { readFrames(); }); });
    connect(m_socket, &QLocalSocket::bytesWritten, this, [this] { insideSocket([this] { queueShrank(); }); });
    connect(m_socket, &QLocalSocket::disconnected, this, [this] {
        const QPointer<LocalChannel> self(this);
        insideSocket([this] { readFrames(); });
        if (self)
            finish({CloseCode::Lost, QStringLiteral("the connection broke"), false});
    });
    // What arrived before this object existed raises no signal any more.
    QTimer::singleShot(0, this, &LocalChannel::readFrames);
}

LocalChannel::~LocalChannel()
{
    cut();
    disposeOf(m_socket);
}

qint64 LocalChannel::queuedBytes() const
{
    return m_socket->state() == QLocalSocket::UnconnectedState ? 0 : m_socket->bytesToWrite();
}

void LocalChannel::write(const QByteArray &frame)
{
    m_socket->write(LocalFrames::header(frame.size()));
    m_socket->write(frame);
}

void LocalChannel::startClosing(const CloseReason &reason)
{
    // The peer hangs up when it has read this. Hanging up first would lose it: a Unix socket closed with unread input
    // is reset.
    m_socket->write(LocalFrames::closingFrame(reason));
    m_socket->flush();
}

void LocalChannel::cut()
{
    m_socket->disconnect(this);
    m_socket->abort();
}

void LocalChannel::applyMaxFrameSize(qint64 bytes)
{
    m_frames.setMaxFrameSize(bytes);
}

void LocalChannel::readFrames()
{
    const QPointer<LocalChannel> self(this);
    // In pieces: a fast writer must not make this buffer larger than one frame and one piece.
    while (self && m_socket->bytesAvailable() > 0) {
        const QByteArray piece = m_socket->read(kFragmentBytes);
        if (piece.isEmpty())
            return;
        if (!isOpen())
            continue;
        m_frames.append(piece);
        while (self && isOpen()) {
            const auto item = m_frames.next();
            if (!item)
                break;
            if (const auto *frame = std::get_if<QByteArray>(&*item)) {
                frameArrived(*frame);
            } else {
                fail(std::get<CloseReason>(*item));
                return;
            }
        }
        if (self && isOpen() && m_frames.problem())
            close(m_frames.problem()->code, m_frames.problem()->text);
    }
}

PeerInfo localPeer(const QLocalSocket &socket)
{
    PeerInfo peer;
    peer.kind = PeerInfo::Kind::Local;
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0) {
        peer.pid = credentials.pid;
        peer.uid = credentials.uid;
    }
    return peer;
}

} // namespace transport
