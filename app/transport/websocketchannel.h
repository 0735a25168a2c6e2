// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/channel.h"
#include "app/transport/keepalive.h"

#include <QAbstractSocket>
#include <QPointer>
#include <QQueue>
#include <QTimer>
#include <QWebSocket>

#include <optional>

namespace transport {

//! Frames as binary WebSocket messages over TLS. Both ends ping each other, so both notice a dead line.
class WebSocketChannel final : public Channel
{
    Q_OBJECT

public:
    enum class Role { Host, Client };

    //! Takes over a connected \a webSocket and bounds it at once. \a line is the socket inside it, which stays its own.
    //! \a clock must outlive the channel.
    WebSocketChannel(QWebSocket *webSocket, QAbstractSocket *line, Role role, const base::Clock &clock, QObject *parent = nullptr);
    ~WebSocketChannel() override;

    qint64 queuedBytes() const override;
    PeerInfo peer() const override { return m_peer; }
    //! Pings when due and ends a dead channel. Called once a second by the channel itself; tests call it after moving the clock.
    void checkLife();

protected:
    void write(const QByteArray &frame) override;
    void startClosing(const CloseReason &reason) override;
    void cut() override;
    void applyMaxFrameSize(qint64 bytes) override;

private:
    qint64 socketBytes() const;
    void pump();
    void pieceArrived(qsizetype bytes, bool isLast);
    void bytesArrived();
    void sayGoodbye();
    void goodbyeHeard();
    void lineClosed();

    QWebSocket *m_webSocket;
    //! The socket inside: QWebSocket::bytesToWrite() does not count what is already encrypted.
    QPointer<QAbstractSocket> m_line;
    const Role m_role;
    const base::Clock &m_clock;
    Keepalive m_keepalive;
    QTimer m_lifeTimer;
    PeerInfo m_peer;
    QQueue<QByteArray> m_queue;
    qint64 m_queuedBytes = 0;
    qint64 m_largestHanded = 0;
    qsizetype m_pieces = 0;
    qint64 m_pieceBytes = 0;
    bool m_isPumpDue = false;
    bool m_isPumping = false;
    bool m_saidGoodbye = false;
    std::optional<CloseReason> m_heard;
    base::Instant m_lastCheck;
    CloseReason m_goodbye;
};

} // namespace transport
