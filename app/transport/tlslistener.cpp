// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/tlslistener.h"

#include "app/transport/visitor.h"
#include "app/transport/websocketchannel.h"

#include <QHash>
#include <QLoggingCategory>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <unistd.h>

#include <algorithm>
#include <functional>

namespace transport {

namespace {

Q_LOGGING_CATEGORY(lcListener, "app.transport.listener", QtInfoMsg)

//! Hands out bare descriptors. Not QSslServer: thirty idle TCP connections keep that from accepting anybody else.
class Acceptor final : public QTcpServer
{
public:
    Acceptor(std::function<void(qintptr)> taker, QObject *parent) : QTcpServer(parent), m_taker(std::move(taker))
    {
        setListenBacklogSize(kMaxPendingConnections);
        // Out of descriptors, QTcpServer stops accepting and never starts again by itself.
        connect(this, &QTcpServer::acceptError, this, [this] {
            QTimer::singleShot(kAcceptPause, this, &QTcpServer::resumeAccepting);
        });
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_taker(descriptor); }

private:
    std::function<void(qintptr)> m_taker;
};

//! The unit that limits apply to: whoever has one IPv6 address has its whole /64.
QHostAddress addressGroup(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4)
        return QHostAddress(ipv4);
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(bytes.c + 8, bytes.c + 16, quint8(0));
    return QHostAddress(bytes);
}

base::Unexpected listenError(const QTcpServer &server)
{
    const std::string detail = "listening: " + server.errorString().toStdString();
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError: return base::Unexpected(base::ErrorCode::AlreadyExists, detail);
    case QAbstractSocket::SocketAccessError: return base::Unexpected(base::ErrorCode::PermissionDenied, detail);
    case QAbstractSocket::SocketAddressNotAvailableError: return base::Unexpected(base::ErrorCode::Unavailable, detail);
    default: return base::Unexpected(base::ErrorCode::InputOutput, detail);
    }
}

} // namespace

class TlsListener::Private
{
public:
    Private(TlsListener *owner, const HostIdentity &identity, const LandingPage &landingPage, Options options,
            const base::Clock &hostClock);

    void take(qintptr descriptor);
    void makeRoom(const QHostAddress &newcomer);
    void upgrade(Visitor *visitor);
    void adoptWebSockets();
    void leave(const QHostAddress &group);
    void forget(Visitor *visitor);
    int pendingOf(const QHostAddress &group) const;
    Visitor *oldestOf(const QHostAddress &group) const;

    TlsListener *q;
    QSslConfiguration tls;
    LandingPage page;
    QStringList names;
    const base::Clock &clock;
    QWebSocketServer upgrader;
    QList<Acceptor *> acceptors;
    QList<Visitor *> visitors; // oldest first
    QHash<QHostAddress, int> connections;
    int total = 0;
};

TlsListener::Private::Private(TlsListener *owner, const HostIdentity &identity, const LandingPage &landingPage, Options options,
                              const base::Clock &hostClock)
    : q(owner), tls(identity.sslConfiguration()), page(landingPage), names(std::move(options.names)), clock(hostClock),
      upgrader(QString(), QWebSocketServer::NonSecureMode)
{
    names += identity.dnsNames();
    for (QString &name : names)
        name = name.toLower();
    upgrader.setSupportedSubprotocols({QString::fromLatin1(kSubprotocol)});
    upgrader.setHandshakeTimeout(kRequestHeadTime);
    connect(&upgrader, &QWebSocketServer::newConnection, q, [this] { adoptWebSockets(); });
}

void TlsListener::Private::take(qintptr descriptor)
{
    auto *socket = new QSslSocket;
    if (total >= kMaxConnections || !socket->setSocketDescriptor(descriptor)) {
        ::close(int(descriptor));
        delete socket;
        return;
    }
    const QHostAddress group = addressGroup(socket->peerAddress());
    if (connections.value(group) >= kMaxConnectionsPerAddress) {
        delete socket;
        return;
    }
    makeRoom(group);
    ++total;
    ++connections[group];
    socket->setSslConfiguration(tls);
    auto *visitor = new Visitor(socket, page, names, q);
    visitors.append(visitor);
    connect(visitor, &Visitor::upgradeAsked, q, [this, visitor] { upgrade(visitor); });
    connect(visitor, &Visitor::ended, q, [this, visitor] {
        leave(addressGroup(visitor->address()));
        forget(visitor);
    });
    visitor->start();
}

void TlsListener::Private::makeRoom(const QHostAddress &newcomer)
{
    if (pendingOf(newcomer) >= kMaxPendingPerAddress) {
        oldestOf(newcomer)->dismiss();
        return;
    }
    if (visitors.size() < kMaxPendingConnections)
        return;
    QHash<QHostAddress, int> crowd;
    QHostAddress largest = addressGroup(visitors.front()->address());
    for (const Visitor *visitor : std::as_const(visitors)) {
        const QHostAddress group = addressGroup(visitor->address());
        if (++crowd[group] > crowd.value(largest))
            largest = group;
    }
    oldestOf(largest)->dismiss();
}

int TlsListener::Private::pendingOf(const QHostAddress &group) const
{
    return int(std::ranges::count_if(visitors, [&](const Visitor *visitor) { return addressGroup(visitor->address()) == group; }));
}

Visitor *TlsListener::Private::oldestOf(const QHostAddress &group) const
{
    return *std::ranges::find_if(visitors, [&](const Visitor *visitor) { return addressGroup(visitor->address()) == group; });
}

void TlsListener::Private::upgrade(Visitor *visitor)
{
    upgrader.handleConnection(visitor->socket());
}

void TlsListener::Private::adoptWebSockets()
{
    while (QWebSocket *webSocket = upgrader.nextPendingConnection()) {
        // Qt does not say which socket it has taken; the four numbers of a TCP connection are never those of another.
        const auto found = std::ranges::find_if(visitors, [webSocket](const Visitor *visitor) {
            const QSslSocket *socket = visitor->socket();
            return socket && socket->peerPort() == webSocket->peerPort() && socket->peerAddress() == webSocket->peerAddress()
                && socket->localPort() == webSocket->localPort() && socket->localAddress() == webSocket->localAddress();
        });
        if (found == visitors.end()) {
            webSocket->abort();
            webSocket->deleteLater();
            continue;
        }
        Visitor *visitor = *found;
        const QHostAddress group = addressGroup(visitor->address());
        QSslSocket *line = visitor->release();
        forget(visitor);
        auto *channel = new WebSocketChannel(webSocket, line, WebSocketChannel::Role::Host, clock, q);
        // Closed or deleted, whichever comes first, frees the seat once.
        const auto isSeated = std::make_shared<bool>(true);
        const auto freeSeat = [this, group, isSeated] {
            if (std::exchange(*isSeated, false))
                leave(group);
        };
        connect(channel, &Channel::closed, q, freeSeat);
        connect(channel, &QObject::destroyed, q, freeSeat);
        Q_EMIT q->accepted(channel);
    }
}

void TlsListener::Private::leave(const QHostAddress &group)
{
    --total;
    if (--connections[group] == 0)
        connections.remove(group);
}

void TlsListener::Private::forget(Visitor *visitor)
{
    visitors.removeOne(visitor);
    visitor->deleteLater();
}

TlsListener::TlsListener(const HostIdentity &identity, const LandingPage &page, Options options, const base::Clock &clock,
                         QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, identity, page, std::move(options), clock))
{
}

TlsListener::~TlsListener()
{
    // Before our private part, which they refer to.
    qDeleteAll(d->visitors);
}

base::Result<quint16> TlsListener::listen(const QHostAddress &address, quint16 port)
{
    auto acceptor = std::make_unique<Acceptor>([this](qintptr descriptor) { d->take(descriptor); }, this);
    if (!acceptor->listen(address, port))
        return listenError(*acceptor);
    const quint16 chosen = acceptor->serverPort();
    qCInfo(lcListener) << "listening on" << address.toString() << "port" << chosen;
    d->acceptors.append(acceptor.release());
    return chosen;
}

void TlsListener::stopListening(const QHostAddress &address)
{
    for (Acceptor *acceptor : QList<Acceptor *>(d->acceptors)) {
        if (acceptor->serverAddress() != address)
            continue;
        d->acceptors.removeOne(acceptor);
        acceptor->close();
        acceptor->deleteLater();
    }
}

void TlsListener::stopListening()
{
    for (const Address &listening : addresses())
        stopListening(listening.address);
}

QList<TlsListener::Address> TlsListener::addresses() const
{
    QList<Address> all;
    for (const Acceptor *acceptor : std::as_const(d->acceptors))
        all.append({acceptor->serverAddress(), acceptor->serverPort()});
    return all;
}

int TlsListener::connectionCount() const
{
    return d->total;
}

int TlsListener::pendingCount() const
{
    return int(d->visitors.size());
}

} // namespace transport
