// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/connector.h"

#include "app/base/post.h"
#include "app/transport/hostidentity.h"
#include "app/transport/link.h"
#include "app/transport/localchannel.h"
#include "app/transport/websocketchannel.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QLocalSocket>
#include <QNetworkProxyFactory>
#include <QNetworkRequest>
#include <QSslError>
#include <QSslKey>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <unistd.h>

namespace transport {

namespace {

constexpr auto onWebSocketError =
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    &QWebSocket::errorOccurred;
#else
    static_cast<void (QWebSocket::*)(QAbstractSocket::SocketError)>(&QWebSocket::error);
#endif

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

//! Not through QUrl's parser: a host that is no host must fail here and not become a path.
std::optional<QUrl> urlOf(const Endpoint &endpoint)
{
    const auto host = normalizedHost(endpoint.host);
    if (!host || endpoint.port == 0 || endpoint.pinSha256.size() != kPinBytes || !endpoint.path.startsWith(u'/'))
        return std::nullopt;
    QUrl url;
    url.setScheme(QStringLiteral("wss"));
    url.setHost(*host);
    url.setPort(endpoint.port);
    url.setPath(endpoint.path);
    return url.isValid() ? std::optional(url) : std::nullopt;
}

std::string unreachableDetail(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return "connection refused: nothing listens on that port";
    case QAbstractSocket::HostNotFoundError: return "name not found";
    case QAbstractSocket::SocketTimeoutError: return "timeout";
    case QAbstractSocket::NetworkError: return "no route to that network";
    case QAbstractSocket::RemoteHostClosedError: return "the other side hung up";
    case QAbstractSocket::SslHandshakeFailedError: return "what answers there does not speak TLS 1.2 or later";
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyProtocolError: return "the network proxy does not work";
    case QAbstractSocket::ProxyAuthenticationRequiredError: return "the network proxy asks for a password";
    default: return "network error " + std::to_string(int(error));
    }
}

} // namespace

Endpoint endpointOf(const Link &link)
{
    return {.host = link.host, .port = link.port, .pinSha256 = link.pin};
}

Connector::Connector(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { fail(base::ErrorCode::Unreachable, "no answer: timeout"); });
}

Connector::~Connector()
{
    // Never inside their signals: whoever hears failed() or connected() finds them gone already.
    for (QObject *socket : {static_cast<QObject *>(m_webSocket), static_cast<QObject *>(m_localSocket)}) {
        if (socket)
            socket->disconnect(this);
        delete socket;
    }
}

void Connector::openTls(const Endpoint &endpoint, const base::Clock &clock)
{
    const auto url = urlOf(endpoint);
    if (!url) {
        fail(base::ErrorCode::InvalidArgument, "impossible host, port or pin");
        return;
    }
    m_webSocket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    // Bounds what a server can make us buffer before it has said anything sensible.
    m_webSocket->setReadBufferSize(kMaxFrameBeforeAuth + kFragmentBytes);
    QSslConfiguration tls = strictTls();
    // With no authority at all every certificate is questioned, so the pin is compared in one place, always.
    tls.setCaCertificates({});
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    m_webSocket->setSslConfiguration(tls);
    connect(m_webSocket, &QWebSocket::sslErrors, this, [this, pin = endpoint.pinSha256](const QList<QSslError> &errors) {
        checkPin(errors, pin);
    });
    connect(m_webSocket, &QWebSocket::connected, this, [this, &clock] { upgraded(clock); });
    connect(m_webSocket, onWebSocketError, this, &Connector::webSocketFailed);
    // A turn later, because "disconnected" may come before the error that says why.
    connect(m_webSocket, &QWebSocket::disconnected, this, [this] {
        QTimer::singleShot(0, this, [this] { webSocketFailed(QAbstractSocket::RemoteHostClosedError); });
    });

    if (isLoopback(url->host())) {
        m_webSocket->setProxy(QNetworkProxy::NoProxy);
        openWebSocket(*url);
        return;
    }
    // Asking the system may run scripts and look up names, so it happens elsewhere. The queue outlives this object if need
    // be: a user who cancels must not wait for it.
    auto *queue = new base::BackgroundQueue(1, QCoreApplication::instance());
    queue->run([url = *url] { return QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(
                                  url.host(), url.port(), QStringLiteral("https"))); },
               queue, [self = QPointer<Connector>(this), queue, url = *url](const QList<QNetworkProxy> &proxies) {
                   queue->deleteLater();
                   if (!self || self->m_isDone)
                       return;
                   self->m_webSocket->setProxy(proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.front());
                   self->openWebSocket(url);
               });
}

void Connector::openWebSocket(const QUrl &url)
{
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QString::fromLatin1(kSubprotocol)});
    m_webSocket->open(QNetworkRequest(url), options);
}

void Connector::checkPin(const QList<QSslError> &errors, const QByteArray &pin)
{
    const QSslCertificate certificate = errors.isEmpty() ? QSslCertificate() : errors.first().certificate();
    const QByteArray key = certificate.publicKey().toDer();
    m_isPinned = !key.isEmpty() && QCryptographicHash::hash(key, QCryptographicHash::Sha256) == pin;
    if (m_isPinned) {
        m_webSocket->ignoreSslErrors(errors);
        return;
    }
    fail(base::ErrorCode::PinMismatch, "the host's certificate is not the one the link names");
}

void Connector::upgraded(const base::Clock &clock)
{
    if (m_isDone)
        return;
    if (!m_isPinned) {
        fail(base::ErrorCode::PinMismatch, "the host's certificate was not checked");
        return;
    }
    if (m_webSocket->subprotocol() != QLatin1String(kSubprotocol)) {
        fail(base::ErrorCode::VersionMismatch, "the host does not speak this version of the protocol");
        return;
    }
    // Qt makes the socket of a client a child of its QWebSocket.
    auto *line = m_webSocket->findChild<QAbstractSocket *>();
    if (!line) {
        fail(base::ErrorCode::Internal, "no socket inside the WebSocket");
        return;
    }
    m_webSocket->disconnect(this);
    QWebSocket *webSocket = std::exchange(m_webSocket, nullptr);
    succeed(new WebSocketChannel(webSocket, line, WebSocketChannel::Role::Client, clock, this));
}

void Connector::webSocketFailed(QAbstractSocket::SocketError error)
{
    if (m_isDone)
        return;
    // The right key answered, so somebody is there; QWebSocket reports an HTTP answer that is no upgrade as "refused".
    if (m_isPinned && error == QAbstractSocket::ConnectionRefusedError) {
        fail(base::ErrorCode::VersionMismatch, "the host answers, but does not speak this version of the protocol");
        return;
    }
    fail(base::ErrorCode::Unreachable, unreachableDetail(error));
}

void Connector::openLocal(const QString &path)
{
    m_localSocket = new QLocalSocket(this);
    connect(m_localSocket, &QLocalSocket::connected, this, &Connector::localConnected);
    connect(m_localSocket, &QLocalSocket::errorOccurred, this, &Connector::localFailed);
    m_localSocket->connectToServer(path);
}

void Connector::localConnected()
{
    if (m_isDone)
        return;
    if (localPeer(*m_localSocket).uid != qint64(::geteuid())) {
        fail(base::ErrorCode::PermissionDenied, "the socket belongs to another user");
        return;
    }
    m_localSocket->disconnect(this);
    succeed(new LocalChannel(std::exchange(m_localSocket, nullptr), this));
}

void Connector::localFailed()
{
    if (m_isDone)
        return;
    if (m_localSocket->error() == QLocalSocket::SocketAccessError)
        fail(base::ErrorCode::PermissionDenied, "the socket belongs to another user");
    else
        fail(base::ErrorCode::Unreachable, "no host listens there: " + m_localSocket->errorString().toStdString());
}

void Connector::succeed(Channel *channel)
{
    m_isDone = true;
    m_timer.stop();
    Q_EMIT connected(channel);
}

void Connector::fail(base::ErrorCode code, const std::string &detail)
{
    if (m_isDone)
        return;
    m_isDone = true;
    m_timer.stop();
    dropSockets();
    Q_EMIT failed({code, detail});
}

void Connector::dropSockets()
{
    // Either may be emitting right now.
    if (m_webSocket) {
        m_webSocket->disconnect(this);
        m_webSocket->abort();
        m_webSocket->setParent(nullptr);
        std::exchange(m_webSocket, nullptr)->deleteLater();
    }
    if (m_localSocket) {
        m_localSocket->disconnect(this);
        m_localSocket->abort();
        m_localSocket->setParent(nullptr);
        std::exchange(m_localSocket, nullptr)->deleteLater();
    }
}

Connector *connectTo(const Endpoint &endpoint, const base::Clock &clock, QObject *parent)
{
    auto *connector = new Connector(parent);
    connector->m_timer.start(endpoint.timeout);
    // Later, so that the caller can connect to the signals first.
    QTimer::singleShot(0, connector, [connector, endpoint, &clock] { connector->openTls(endpoint, clock); });
    return connector;
}

Connector *connectToLocal(const QString &path, QObject *parent)
{
    auto *connector = new Connector(parent);
    connector->m_timer.start(kConnectTimeout);
    QTimer::singleShot(0, connector, [connector, path] { connector->openLocal(path); });
    return connector;
}

} // namespace transport
