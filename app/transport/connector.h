// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/transport/channel.h"
#include "app/transport/limits.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

class QLocalSocket;
class QSslError;
class QUrl;
class QWebSocket;

namespace transport {

struct Link;

//! Where a host is and how to know that it is the right one.
struct Endpoint
{
    QString host;              //!< DNS name or address, without brackets
    quint16 port = 0;
    QByteArray pinSha256;      //!< SHA-256 of the certificate's public key (SubjectPublicKeyInfo, DER): kPinBytes bytes
    QString path = QString::fromLatin1(kSocketPath);
    std::chrono::milliseconds timeout = kConnectTimeout; //!< for name, TCP, TLS and upgrade together
};

//! The endpoint a link names.
Endpoint endpointOf(const Link &link);

//! One attempt to connect. Emits connected() or failed() exactly once, from the event loop, unless deleted before.
class Connector final : public QObject
{
    Q_OBJECT

public:
    ~Connector() override;

Q_SIGNALS:
    //! The channel belongs to the connector until the receiver sets another parent.
    void connected(transport::Channel *channel);
    //! PinMismatch: another host's key; nothing was sent to it. VersionMismatch: the right key, but no protocol of ours.
    //! Unreachable: everything else, the detail names the cause (refused, name not found, timeout, no TLS …).
    //! InvalidArgument: the endpoint itself is impossible. PermissionDenied (local): another user's socket.
    void failed(const base::Error &error);

private:
    friend Connector *connectTo(const Endpoint &, const base::Clock &, QObject *);
    friend Connector *connectToLocal(const QString &, QObject *);

    explicit Connector(QObject *parent);
    void openTls(const Endpoint &endpoint, const base::Clock &clock);
    void openLocal(const QString &path);
    void openWebSocket(const QUrl &url);
    void checkPin(const QList<QSslError> &errors, const QByteArray &pin);
    void upgraded(const base::Clock &clock);
    //! \a error as signalled: QWebSocket::error() does not know it.
    void webSocketFailed(QAbstractSocket::SocketError error);
    void localConnected();
    void localFailed();
    void succeed(Channel *channel);
    void fail(base::ErrorCode code, const std::string &detail);
    void dropSockets();

    QWebSocket *m_webSocket = nullptr;
    QLocalSocket *m_localSocket = nullptr;
    QTimer m_timer;
    bool m_isDone = false;
    bool m_isPinned = false;
};

//! Starts connecting by WebSocket over TLS (1.3, at least 1.2). Gives up after \a endpoint's time-out.
//!
//! Exactly the key that \a endpoint pins is accepted, whoever signed it. Loopback is reached directly; other addresses
//! through the system's proxy if one is configured. \a clock must outlive the channel.
Connector *connectTo(const Endpoint &endpoint, const base::Clock &clock, QObject *parent);
//! Starts connecting to a host's private socket, which must belong to this user.
Connector *connectToLocal(const QString &path, QObject *parent);

} // namespace transport
