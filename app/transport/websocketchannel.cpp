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

WebSocketChannel::WebSocketChannel(QWebSocket *webSocket, QAbstractSocket *line, Role role, const base::Clock &clock,
                                   QObject *parent)
    : Channel(parent), m_webSocket(webSocket), m_line(line), m_role(role), m_clock(clock), m_keepalive(clock.now())
{
    m_webSocket->setParent(this);
    m_webSocket->setOutgoingFrameSize(kFragmentBytes);
    applyMaxFrameSize(kMaxFrameBeforeAuth);
    m_peer = {.kind = PeerInfo::Kind::Tls, .address = webSocket->peerAddress(), .port = webSocket->peerPort()};

    connect(m_webSocket, &QWebSocket::binaryFrameReceived, this,
            [this](const QByteArray &piece, bool isLast) { pieceArrived(piece.size(), isLast); });
    connect(m_webSocket, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &frame) { insideSocket([&] { frameArrived(frame); }); });
    connect(m_webSocket, &QWebSocket::textFrameReceived, this,
            [this] { close(CloseCode::Malformed, QStringLiteral("text frames are not spoken here")); });
    connect(m_webSocket, &QWebSocket::aboutToClose, this, &WebSocketChannel::goodbyeHeard);
    connect(m_webSocket, &QWebSocket::disconnected, this, &WebSocketChannel::lineClosed);
    connect(m_webSocket, &QWebSocket::pong, this, [this] { m_keepalive.heard(m_clock.now()); });
    line->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(line, &QAbstractSocket::readyRead, this, &WebSocketChannel::bytesArrived);
    const auto pumpOn = [this] { insideSocket([this] { pump(); }); };
    connect(line, &QAbstractSocket::bytesWritten, this, pumpOn);
    if (auto *tls = qobject_cast<QSslSocket *>(line))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, pumpOn);

    m_lastCheck = clock.now();
    connect(&m_lifeTimer, &QTimer::timeout, this, &WebSocketChannel::checkLife);
    m_lifeTimer.start(kKeepaliveTick);
}

WebSocketChannel::~WebSocketChannel()
{
    cut();
    // A client's line is its QWebSocket's child and goes with it; a host's is only marked for deletion by it.
    disposeOf(m_webSocket);
    disposeOf(m_line);
}

qint64 WebSocketChannel::queuedBytes() const
{
    return m_queuedBytes + socketBytes();
}

qint64 WebSocketChannel::socketBytes() const
{
    if (!m_line || m_line->state() == QAbstractSocket::UnconnectedState)
        return 0;
    const auto *tls = qobject_cast<const QSslSocket *>(m_line.data());
    return m_line->bytesToWrite() + (tls && tls->isEncrypted() ? tls->encryptedBytesToWrite() : 0);
}

void WebSocketChannel::write(const QByteArray &frame)
{
    m_queue.enqueue(frame);
    m_queuedBytes += frame.size();
    if (std::exchange(m_isPumpDue, true))
        return;
    // Not at once: writing to a QSslSocket also reads from it, so received() would be emitted in the middle of send().
    QTimer::singleShot(0, this, &WebSocketChannel::pump);
}

void WebSocketChannel::pump()
{
    // QWebSocket flushes while it writes, which reports written bytes, which brings us here again.
    if (m_isPumping)
        return;
    m_isPumping = true;
    m_isPumpDue = false;
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
    if (!m_line)
        return;
    // By hand: QWebSocket::close() also hangs up, and a TCP socket closed with unread input is reset, which can take the
    // last frames away from a peer that is still typing. The peer hangs up when it has read this.
    m_line->write(goodbyeFrame(m_goodbye, m_role == Role::Client));
    m_line->flush();
}

void WebSocketChannel::cut()
{
    m_lifeTimer.stop();
    m_webSocket->disconnect(this);
    if (m_line)
        m_line->disconnect(this);
    m_queue.clear();
    m_queuedBytes = 0;
    m_webSocket->abort();
}

void WebSocketChannel::applyMaxFrameSize(qint64 bytes)
{
    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(bytes));
    // A little more than we take, so that pieceArrived() refuses it: QWebSocket forgets the reason over the next piece.
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(bytes + kFragmentBytes));
    // QWebSocket parses a frame when all of it is buffered, so the buffer must hold one; without a bound it holds anything.
    m_webSocket->setReadBufferSize(bytes + kFragmentBytes);
}

void WebSocketChannel::pieceArrived(qsizetype bytes, bool isLast)
{
    ++m_pieces;
    m_pieceBytes += bytes;
    if (m_pieceBytes > maxFrameSize())
        close(CloseCode::TooLarge, QStringLiteral("frame above the limit"));
    else if (m_pieces > kExtraPieces + qsizetype(maxFrameSize() / kSmallestUsualPiece))
        close(CloseCode::Malformed, QStringLiteral("frame in too many pieces"));
    if (isLast) {
        m_pieces = 0;
        m_pieceBytes = 0;
    }
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

void WebSocketChannel::goodbyeHeard()
{
    // The first counts: after a refused frame QWebSocket goes on with the rest of its buffer and finds more to complain of.
    if (m_heard)
        return;
    // It answers a malformed or oversized frame itself, with one of the library's own codes.
    const int code = m_webSocket->closeCode();
    const bool isRemote = code < QWebSocketProtocol::CloseCodeProtocolError || code >= kPrivateCodes;
    m_heard = CloseReason{fromWireCode(code), cleanCloseText(m_webSocket->closeReason()), isRemote};
}

void WebSocketChannel::lineClosed()
{
    finish(m_heard.value_or(CloseReason{CloseCode::Lost, QStringLiteral("the connection broke"), false}));
}

} // namespace transport
