// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/websocketchannel.h"

#include <QRandomGenerator>
#include <QSslSocket>
#include <QtEndian>

#include <algorithm>

namespace transport {

namespace {

constexpr quint16 kPrivateCodes = 4000;
// A peer may cut its messages as it likes, but not into crumbs: every piece costs us more than it costs the sender.
constexpr qint64 kSmallestUsualPiece = 16 * 1024;
constexpr qsizetype kExtraPieces = 16;

quint16 wireCode(CloseCode code)
{
    switch (code) {
    case CloseCode::Normal: return QWebSocketProtocol::CloseCodeNormal;
    case CloseCode::GoingAway: return QWebSocketProtocol::CloseCodeGoingAway;
    default: return quint16(kPrivateCodes + quint16(code));
    }
}

CloseCode fromWireCode(int code)
{
    switch (code) {
    case QWebSocketProtocol::CloseCodeNormal: return CloseCode::Normal;
    case QWebSocketProtocol::CloseCodeGoingAway: return CloseCode::GoingAway;
    case QWebSocketProtocol::CloseCodeTooMuchData: return CloseCode::TooLarge;
    case QWebSocketProtocol::CloseCodeAbnormalDisconnection: return CloseCode::Lost;
    default: break;
    }
    if (code < kPrivateCodes)
        return CloseCode::Malformed;
    // A code that we do not know comes from a later version; its text still says what happened.
    const int own = code - kPrivateCodes;
    return own <= int(lastValue(CloseCode{})) && own != int(CloseCode::Lost) ? CloseCode(own) : CloseCode::Normal;
}

QByteArray goodbyeFrame(const CloseReason &reason, bool isMasked)
{
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(wireCode(reason.code), payload.data());
    payload += reason.text.toUtf8();
    QByteArray frame;
    frame += char(0x88);
    frame += char(payload.size() | (isMasked ? 0x80 : 0));
    if (isMasked) {
        char mask[4];
        qToBigEndian(QRandomGenerator::global()->generate(), mask);
        frame.append(mask, sizeof mask);
        for (qsizetype i = 0; i < payload.size(); ++i)
            payload[i] = char(payload[i] ^ mask[i % 4]);
    }
    return frame + payload;
}

} // namespace

WebSocketChannel::WebSocketChannel(QWebSocket *socket, Role role, const base::Clock &clock, QObject *parent)
    : Channel(parent), m_webSocket(socket), m_socket(socket->findChild<QAbstractSocket *>()), m_role(role), m_clock(clock),
      m_keepalive(clock.now())
{
    m_webSocket->setParent(this);
    m_webSocket->setOutgoingFrameSize(kFragmentBytes);
    applyMaxFrameSize(kMaxFrameBeforeAuth);
    m_peer = {.kind = PeerInfo::Kind::Tls, .address = socket->peerAddress(), .port = socket->peerPort()};

    connect(m_webSocket, &QWebSocket::binaryFrameReceived, this,
            [this](const QByteArray &, bool isLast) { pieceArrived(isLast); });
    connect(m_webSocket, &QWebSocket::binaryMessageReceived, this, &WebSocketChannel::frameArrived);
    connect(m_webSocket, &QWebSocket::textFrameReceived, this,
            [this] { close(CloseCode::Malformed, QStringLiteral("text frames are not spoken here")); });
    connect(m_webSocket, &QWebSocket::aboutToClose, this, [this] { m_wasGoodbyeHeard = true; });
    connect(m_webSocket, &QWebSocket::disconnected, this, &WebSocketChannel::lineClosed);
    connect(m_webSocket, &QWebSocket::pong, this, [this] { m_keepalive.heard(m_clock.now()); });
    if (m_socket) {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(m_socket, &QAbstractSocket::readyRead, this, &WebSocketChannel::bytesArrived);
        if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
            connect(tls, &QSslSocket::encryptedBytesWritten, this, &WebSocketChannel::pump);
        connect(m_socket, &QAbstractSocket::bytesWritten, this, &WebSocketChannel::pump);
    }

    m_lastCheck = clock.now();
    connect(&m_lifeTimer, &QTimer::timeout, this, &WebSocketChannel::checkLife);
    m_lifeTimer.start(kKeepaliveTick);
}

WebSocketChannel::~WebSocketChannel()
{
    cut();
    // A handler of received() may delete us while the socket is still emitting.
    m_webSocket->setParent(nullptr);
    m_webSocket->deleteLater();
}

qint64 WebSocketChannel::queuedBytes() const
{
    return m_queuedBytes + socketBytes();
}

qint64 WebSocketChannel::socketBytes() const
{
    if (!m_socket || m_socket->state() == QAbstractSocket::UnconnectedState)
        return 0;
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.data());
    return m_socket->bytesToWrite() + (tls && tls->isEncrypted() ? tls->encryptedBytesToWrite() : 0);
}

void WebSocketChannel::write(const QByteArray &frame)
{
    m_queue.enqueue(frame);
    m_queuedBytes += frame.size();
    pump();
}

void WebSocketChannel::pump()
{
    // QWebSocket flushes while it writes, which reports written bytes, which brings us here again.
    if (m_isPumping)
        return;
    m_isPumping = true;
    const QPointer<WebSocketChannel> self(this);
    while (self && !m_queue.isEmpty() && socketBytes() < kSocketWindowBytes) {
        const QByteArray frame = m_queue.dequeue();
        m_queuedBytes -= frame.size();
        m_largestHanded = socketBytes() == 0 ? frame.size() : std::max<qint64>(m_largestHanded, frame.size());
        m_webSocket->sendBinaryMessage(frame);
    }
    if (!self)
        return;
    m_isPumping = false;
    if (isClosing() && !m_saidGoodbye && queuedBytes() == 0)
        sayGoodbye();
    queueShrank();
}

void WebSocketChannel::startClosing(const CloseReason &reason)
{
    m_goodbye = reason;
    pump();
}

void WebSocketChannel::sayGoodbye()
{
    m_saidGoodbye = true;
    if (!m_socket) {
        m_webSocket->close(QWebSocketProtocol::CloseCode(wireCode(m_goodbye.code)), m_goodbye.text);
        return;
    }
    // By hand: QWebSocket::close() also hangs up, and a TCP socket closed with unread input is reset, which can take the
    // last frames away from a peer that is still typing. The peer hangs up when it has read this.
    m_socket->write(goodbyeFrame(m_goodbye, m_role == Role::Client));
    m_socket->flush();
}

void WebSocketChannel::cut()
{
    m_lifeTimer.stop();
    m_webSocket->disconnect(this);
    if (m_socket)
        m_socket->disconnect(this);
    m_queue.clear();
    m_queuedBytes = 0;
    m_webSocket->abort();
}

void WebSocketChannel::applyMaxFrameSize(qint64 bytes)
{
    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(bytes));
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(bytes));
    // QWebSocket parses a frame when all of it is buffered, so the buffer must hold one; without a bound it holds anything.
    m_webSocket->setReadBufferSize(bytes + kFragmentBytes);
}

void WebSocketChannel::pieceArrived(bool isLast)
{
    ++m_pieces;
    if (m_pieces > kExtraPieces + qsizetype(maxFrameSize() / kSmallestUsualPiece))
        fail({CloseCode::Malformed, QStringLiteral("message in too many pieces"), false});
    if (isLast)
        m_pieces = 0;
}

void WebSocketChannel::bytesArrived()
{
    m_keepalive.heard(m_clock.now());
    // Pongs are written by QWebSocket itself, past our queue: a flood of pings from a peer that does not read piles up here.
    if (socketBytes() > kMaxQueuedBytes + m_largestHanded)
        fail({CloseCode::TooSlow, QStringLiteral("does not read what was sent"), false});
}

void WebSocketChannel::checkLife()
{
    const base::Instant now = m_clock.now();
    if (now - m_lastCheck >= kPingInterval)
        m_keepalive.woke(now);
    m_lastCheck = now;
    if (m_keepalive.isDead(now)) {
        fail({CloseCode::Silent, QStringLiteral("no sign of life"), false});
        return;
    }
    if (!m_keepalive.isDue(now))
        return;
    m_keepalive.pinged(now);
    m_webSocket->ping();
}

void WebSocketChannel::lineClosed()
{
    if (!m_wasGoodbyeHeard) {
        finish({CloseCode::Lost, QStringLiteral("the connection broke"), false});
        return;
    }
    // QWebSocket answers a malformed or oversized frame itself, with one of the library's own codes.
    const int code = m_webSocket->closeCode();
    const bool isRemote = code < QWebSocketProtocol::CloseCodeProtocolError || code >= kPrivateCodes;
    finish({fromWireCode(code), cleanCloseText(m_webSocket->closeReason()), isRemote});
}

} // namespace transport
