// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/connector.h"
#include "app/transport/websocketchannel.h"
#include "tests/integration/transport/rawclient.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace transport;
using namespace std::chrono_literals;
using transporttest::FrontDoor;
using transporttest::RawClient;

namespace {

//! A TLS server with a chosen identity that answers every request with the same bytes and remembers what it was sent.
class StrangeServer final : public QTcpServer
{
public:
    StrangeServer(const HostIdentity &identity, QByteArray answer) : m_identity(identity), m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost);
    }
    QByteArray heard;
    int handshakes = 0;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setSslConfiguration(m_identity.sslConfiguration());
        connect(socket, &QSslSocket::encrypted, this, [this] { ++handshakes; });
        connect(socket, &QSslSocket::readyRead, this, [this, socket] {
            heard += socket->readAll();
            socket->write(m_answer);
        });
        socket->startServerEncryption();
    }

private:
    const HostIdentity &m_identity;
    QByteArray m_answer;
};

QByteArray acceptKey(const QByteArray &request)
{
    const qsizetype begin = request.indexOf("Sec-WebSocket-Key: ") + 19;
    const QByteArray key = request.mid(begin, request.indexOf("\r\n", begin) - begin);
    return QCryptographicHash::hash(QByteArray(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), QCryptographicHash::Sha1).toBase64();
}

} // namespace

class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void framesOfEverySizePassBothWays();
    void wholeDocumentsReachTheClient();
    void limitsCanBeRaisedAndLoweredInMidStream();
    void channelsSayWhoIsThere();
    void newestTlsIsUsed();
    void closeCarriesCodeAndTextBothWays();
    void lastWordsReachAPeerThatIsStillSending();
    void closeCutsAPeerThatDoesNotRead();
    void abortIsSeenAsALoss();
    void handlersMayDeleteTheChannel();
    void nothingIsReceivedInsideSend();
    void silentPeerIsGivenUp();
    void pingsKeepAQuietLineAlive();

    void wrongPinIsRefusedBeforeAnythingIsSent();
    void causesOfFailureAreNamed();
    void strangersAreNotTakenForAHost();
    void anAnswerWithoutEndIsNotCollected();
    void impossibleEndpointsAreRefused();
    void deletingAConnectorIsQuiet();
    void proxySettingsDoNotApplyToLoopback();

    void severalAddressesAtOnce();
    void takenPortIsAnError();
    void deletedListenerTakesItsConnectionsAlong();

private:
    Endpoint endpoint() const { return {.host = QStringLiteral("127.0.0.1"), .port = m_door->port(), .pinSha256 = m_door->identity().pin()}; }
    //! Connects; m_client and m_host are the two ends.
    void join();
    base::Error failureOf(const Endpoint &endpoint);

    std::unique_ptr<transporttest::HandClock> m_clock;
    std::unique_ptr<FrontDoor> m_door;
    std::unique_ptr<QObject> m_owner;
    QPointer<Channel> m_client;
    QPointer<Channel> m_host;
};

void TestTls::init()
{
    m_clock = std::make_unique<transporttest::HandClock>();
    m_door = std::make_unique<FrontDoor>(*m_clock);
    m_owner = std::make_unique<QObject>();
}

void TestTls::cleanup()
{
    m_owner.reset();
    m_door.reset();
}

void TestTls::join()
{
    Connector *connector = connectTo(endpoint(), *m_clock, m_owner.get());
    QSignalSpy failed(connector, &Connector::failed);
    connect(connector, &Connector::connected, this, [this, connector](Channel *channel) {
        channel->setParent(m_owner.get());
        m_client = channel;
        connector->deleteLater();
    });
    connect(connector, &Connector::failed, this, [](const base::Error &error) { qWarning("%s: %s", name(error.code), error.detail.c_str()); });
    const qsizetype before = m_door->channels().size();
    QTRY_VERIFY(m_client && m_door->channels().size() == before + 1);
    m_host = m_door->channels().back();
    QCOMPARE(failed.size(), 0);
}

base::Error TestTls::failureOf(const Endpoint &endpoint)
{
    Connector *connector = connectTo(endpoint, *m_clock, m_owner.get());
    std::optional<base::Error> error;
    bool isConnected = false;
    connect(connector, &Connector::failed, this, [&error](const base::Error &failure) { error = failure; });
    connect(connector, &Connector::connected, this, [&isConnected] { isConnected = true; });
    (void)transporttest::waitUntil([&] { return error || isConnected; }, 15000);
    delete connector;
    return error.value_or(base::Error{base::ErrorCode::Internal, isConnected ? "connected" : "neither"});
}

void TestTls::framesOfEverySizePassBothWays()
{
    join();
    QSignalSpy atHost(m_host, &Channel::received);
    QSignalSpy atClient(m_client, &Channel::received);
    const QList<qsizetype> sizes{0, 1, 2, 124, 125, 126, 127, 1000, 16383, kMaxFrameBeforeAuth};
    for (const qsizetype size : sizes) {
        QVERIFY(m_client->send(QByteArray(size, 'c')));
        QVERIFY(m_host->send(QByteArray(size, 'h')));
    }
    QTRY_COMPARE(atHost.size(), sizes.size());
    QTRY_COMPARE(atClient.size(), sizes.size());
    for (qsizetype i = 0; i < sizes.size(); ++i) {
        QCOMPARE(atHost[i][0].toByteArray(), QByteArray(sizes[i], 'c'));
        QCOMPARE(atClient[i][0].toByteArray(), QByteArray(sizes[i], 'h'));
    }
    QTRY_COMPARE(m_client->queuedBytes(), 0);
}

void TestTls::wholeDocumentsReachTheClient()
{
    join();
    m_client->setMaxFrameSize(kMaxFrameToClient);
    QSignalSpy atClient(m_client, &Channel::received);
    QSignalSpy drained(m_host, &Channel::drained);
    QByteArray document(kMaxFrameToClient, 'd');
    document[document.size() / 2] = 'x';
    QVERIFY(m_host->send(document));
    QVERIFY(m_host->queuedBytes() > kLowWaterBytes);
    QTRY_COMPARE_WITH_TIMEOUT(atClient.size(), 1, 30000);
    QVERIFY(atClient[0][0].toByteArray() == document);
    QTRY_COMPARE(drained.size(), 1);
}

void TestTls::limitsCanBeRaisedAndLoweredInMidStream()
{
    join();
    QSignalSpy atHost(m_host, &Channel::received);
    QSignalSpy closed(m_client, &Channel::closed);
    m_host->setMaxFrameSize(kMaxFrameToHost);
    m_client->send(QByteArray(kMaxFrameToHost, 'x'));
    QTRY_COMPARE(atHost.size(), 1);
    m_host->setMaxFrameSize(10);
    m_client->send(QByteArray(10, 'x'));
    QTRY_COMPARE(atHost.size(), 2);
    m_client->send(QByteArray(11, 'x'));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooLarge);
    QCOMPARE(atHost.size(), 2);
}

void TestTls::channelsSayWhoIsThere()
{
    join();
    QCOMPARE(m_host->peer().kind, PeerInfo::Kind::Tls);
    QCOMPARE(m_host->peer().address, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(m_client->peer().port, m_door->port());
    QVERIFY(m_host->peer().port != 0);
    QCOMPARE(m_door->listener().connectionCount(), 1);
    QCOMPARE(m_door->listener().pendingCount(), 0);
    m_client->close();
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);
}

void TestTls::newestTlsIsUsed()
{
    RawClient raw(m_door->port());
    QVERIFY(raw.isEncryptedInTime());
    QCOMPARE(raw.socket().sessionProtocol(), QSsl::TlsV1_3);
}

void TestTls::closeCarriesCodeAndTextBothWays()
{
    const QString text = QStringLiteral(u"Zo\u00eb stopped sharing");
    for (const CloseCode code : {CloseCode::Normal, CloseCode::GoingAway, CloseCode::Ended, CloseCode::Unauthenticated, CloseCode::Malformed}) {
        for (const bool byHost : {true, false}) {
            join();
            Channel *closer = byHost ? m_host : m_client;
            Channel *other = byHost ? m_client : m_host;
            QSignalSpy here(closer, &Channel::closed);
            QSignalSpy there(other, &Channel::closed);
            QSignalSpy received(other, &Channel::received);
            closer->send("before");
            closer->close(code, text);
            QTRY_COMPARE(there.size(), 1);
            QTRY_COMPARE(here.size(), 1);
            QCOMPARE(there[0][0].value<CloseReason>(), (CloseReason{code, text, true}));
            QCOMPARE(here[0][0].value<CloseReason>(), (CloseReason{code, text, false}));
            QCOMPARE(received.size(), 1);
            delete m_client;
        }
    }
}

void TestTls::lastWordsReachAPeerThatIsStillSending()
{
    for (int round = 0; round < 20; ++round) {
        join();
        m_host->setMaxFrameSize(kMaxFrameToHost);
        QSignalSpy there(m_client, &Channel::closed);
        QSignalSpy received(m_client, &Channel::received);
        // Types without a pause, also while the host says goodbye.
        QTimer typing;
        connect(&typing, &QTimer::timeout, m_client, [this] { m_client->send(QByteArray(20'000, 't')); });
        typing.start(0);
        QSignalSpy typed(m_host, &Channel::received);
        QTRY_VERIFY(typed.size() > 3);
        m_host->send("ended by Ana");
        m_host->close(CloseCode::Ended, QStringLiteral("unshared"));
        QTRY_COMPARE(there.size(), 1);
        QCOMPARE(received.size(), 1);
        QCOMPARE(there[0][0].value<CloseReason>().code, CloseCode::Ended);
        typing.stop();
        delete m_client;
    }
}

void TestTls::closeCutsAPeerThatDoesNotRead()
{
    RawClient raw(m_door->port());
    QVERIFY(raw.upgrade());
    QTRY_COMPARE(m_door->channels().size(), 1);
    Channel *host = m_door->channels().front();
    raw.stopReading();
    // More than the kernel's buffers take, so that the goodbye cannot leave.
    while (host->queuedBytes() < kMaxQueuedBytes / 2)
        host->send(QByteArray(60'000, 'x'));
    QSignalSpy closed(host, &Channel::closed);
    const transporttest::EndTime end(host);
    host->close(CloseCode::Ended, QStringLiteral("unshared"));
    QTRY_COMPARE(closed.size(), 1);
    qInfo("cut after %lld ms", static_cast<long long>(end.elapsed()));
    QVERIFY(end.elapsed() >= 200 && end.elapsed() <= 300);
    QCOMPARE(host->queuedBytes(), 0);
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);

    // One that reads but never hangs up is cut as well.
    RawClient stubborn(m_door->port());
    QVERIFY(stubborn.upgrade());
    QTRY_COMPARE(m_door->channels().size(), 2);
    QSignalSpy second(m_door->channels().back(), &Channel::closed);
    const transporttest::EndTime secondEnd(m_door->channels().back());
    m_door->channels().back()->close(CloseCode::Ended);
    QTRY_COMPARE(second.size(), 1);
    QVERIFY(secondEnd.elapsed() <= 300);
    QTRY_VERIFY(stubborn.isGone());
}

void TestTls::abortIsSeenAsALoss()
{
    join();
    QSignalSpy here(m_host, &Channel::closed);
    QSignalSpy there(m_client, &Channel::closed);
    m_host->abort();
    QCOMPARE(here.size(), 0);
    QTRY_COMPARE(here.size(), 1);
    QTRY_COMPARE(there.size(), 1);
    QCOMPARE(here[0][0].value<CloseReason>().code, CloseCode::Lost);
    QCOMPARE(there[0][0].value<CloseReason>().code, CloseCode::Lost);
}

void TestTls::handlersMayDeleteTheChannel()
{
    join();
    connect(m_host, &Channel::received, this, [this] { delete m_host; });
    QSignalSpy there(m_client, &Channel::closed);
    for (int i = 0; i < 10; ++i)
        m_client->send("die");
    QTRY_COMPARE(there.size(), 1);
    QVERIFY(!m_host);
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);
}

void TestTls::nothingIsReceivedInsideSend()
{
    join();
    bool isSending = false;
    int received = 0;
    bool wasNested = false;
    connect(m_host, &Channel::received, this, [&] {
        ++received;
        wasNested = wasNested || isSending;
    });
    for (int round = 1; round <= 50; ++round) {
        m_client->send("up");
        // Until the frame waits in the host's kernel buffer, unseen by its event loop.
        auto *clientLine = m_client->findChild<QSslSocket *>();
        QTRY_VERIFY(m_client->queuedBytes() == 0 && clientLine->bytesToWrite() == 0);
        isSending = true;
        for (int i = 0; i < 5; ++i)
            m_host->send("down");
        isSending = false;
        QTRY_COMPARE(received, round);
    }
    QVERIFY(!wasNested);
}

void TestTls::silentPeerIsGivenUp()
{
    RawClient raw(m_door->port());
    QVERIFY(raw.upgrade());
    QTRY_COMPARE(m_door->channels().size(), 1);
    Channel *host = m_door->channels().front();
    QSignalSpy closed(host, &Channel::closed);
    // The channel looks once a second; here its own call stands for the timer.
    const auto check = [&] { qobject_cast<WebSocketChannel *>(host)->checkLife(); };
    for (int second = 1; second < 12; ++second) {
        m_clock->advance(1s);
        check();
        QVERIFY2(host->isOpen(), qPrintable(QString::number(second)));
    }
    m_clock->advance(1s);
    check();
    QVERIFY(!host->isOpen());
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::Silent);
}

void TestTls::pingsKeepAQuietLineAlive()
{
    join();
    auto *host = qobject_cast<WebSocketChannel *>(m_host.data());
    auto *client = qobject_cast<WebSocketChannel *>(m_client.data());
    for (int second = 0; second < 60; ++second) {
        m_clock->advance(1s);
        host->checkLife();
        client->checkLife();
        if (second % 5 != 4)
            continue;
        // The pong of each side's ping must come in before the clock goes on.
        QSignalSpy toHost(host->findChild<QWebSocket *>(), &QWebSocket::pong);
        QSignalSpy toClient(client->findChild<QWebSocket *>(), &QWebSocket::pong);
        QTRY_VERIFY(!toHost.isEmpty() && !toClient.isEmpty());
    }
    QVERIFY(host->isOpen() && client->isOpen());
}

void TestTls::wrongPinIsRefusedBeforeAnythingIsSent()
{
    StrangeServer server(m_door->identity(), "HTTP/1.1 200 OK\r\n\r\n");
    Endpoint wrong = endpoint();
    wrong.port = server.serverPort();
    wrong.pinSha256[31] = char(wrong.pinSha256[31] ^ 1);
    QCOMPARE(failureOf(wrong).code, base::ErrorCode::PinMismatch);
    // A round trip on the same server: had the wrong client sent anything, it would have arrived before.
    RawClient raw(server.serverPort());
    QVERIFY(raw.isEncryptedInTime());
    raw.send("mark");
    QTRY_VERIFY(!server.heard.isEmpty());
    QCOMPARE(server.heard, "mark");

    wrong.port = m_door->port();
    QCOMPARE(failureOf(wrong).code, base::ErrorCode::PinMismatch);
    QCOMPARE(m_door->channels().size(), 0);
}

void TestTls::causesOfFailureAreNamed()
{
    QTcpServer closedSoon;
    QVERIFY(closedSoon.listen(QHostAddress::LocalHost));
    Endpoint refused = endpoint();
    refused.port = closedSoon.serverPort();
    closedSoon.close();
    auto error = failureOf(refused);
    QCOMPARE(error.code, base::ErrorCode::Unreachable);
    QVERIFY2(error.detail.find("refused") != std::string::npos, error.detail.c_str());

    Endpoint unknown = endpoint();
    unknown.host = QStringLiteral("no-such-host.invalid");
    error = failureOf(unknown);
    QCOMPARE(error.code, base::ErrorCode::Unreachable);

    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    Endpoint silent = endpoint();
    silent.port = mute.serverPort();
    silent.timeout = 300ms;
    QElapsedTimer timer;
    timer.start();
    error = failureOf(silent);
    QCOMPARE(error.code, base::ErrorCode::Unreachable);
    QVERIFY2(error.detail.find("timeout") != std::string::npos, error.detail.c_str());
    QVERIFY(timer.elapsed() < 2000);
}

void TestTls::strangersAreNotTakenForAHost()
{
    const auto failureWith = [this](const QByteArray &answer) {
        StrangeServer server(m_door->identity(), answer);
        Endpoint strange = endpoint();
        strange.port = server.serverPort();
        strange.timeout = 2s;
        return failureOf(strange).code;
    };
    QCOMPARE(failureWith("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), base::ErrorCode::VersionMismatch);
    QCOMPARE(failureWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), base::ErrorCode::VersionMismatch);
    QCOMPARE(failureWith("SSH-2.0-Other\r\n\r\n"), base::ErrorCode::VersionMismatch);
    // A correct WebSocket server of another protocol.
    class OtherProtocol final : public QTcpServer
    {
    public:
        explicit OtherProtocol(const HostIdentity &identity) : m_identity(identity) { listen(QHostAddress::LocalHost); }
        void incomingConnection(qintptr descriptor) override
        {
            auto *socket = new QSslSocket(this);
            socket->setSocketDescriptor(descriptor);
            socket->setSslConfiguration(m_identity.sslConfiguration());
            connect(socket, &QSslSocket::readyRead, this, [socket] {
                socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                              + acceptKey(socket->readAll()) + "\r\n\r\n");
            });
            socket->startServerEncryption();
        }
        const HostIdentity &m_identity;
    } other(m_door->identity());
    Endpoint strange = endpoint();
    strange.port = other.serverPort();
    QCOMPARE(failureOf(strange).code, base::ErrorCode::VersionMismatch);

    // No TLS at all.
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this, [&plain] { plain.nextPendingConnection()->write("SSH-2.0-Other\r\n"); });
    strange.port = plain.serverPort();
    const auto error = failureOf(strange);
    QCOMPARE(error.code, base::ErrorCode::Unreachable);
    QVERIFY2(error.detail.find("TLS") != std::string::npos, error.detail.c_str());
}

void TestTls::anAnswerWithoutEndIsNotCollected()
{
    class PouringServer final : public QTcpServer
    {
    public:
        explicit PouringServer(const HostIdentity &identity) : m_identity(identity) { listen(QHostAddress::LocalHost); }
        void incomingConnection(qintptr descriptor) override
        {
            auto *socket = new QSslSocket(this);
            socket->setSocketDescriptor(descriptor);
            socket->setSslConfiguration(m_identity.sslConfiguration());
            connect(socket, &QSslSocket::readyRead, this, [this, socket] { pour(socket); });
            connect(socket, &QSslSocket::encryptedBytesWritten, this, [this, socket] { pour(socket); });
            socket->startServerEncryption();
        }
        qint64 poured = 0;

    private:
        void pour(QSslSocket *socket)
        {
            if (socket->isEncrypted() && socket->encryptedBytesToWrite() == 0 && socket->bytesToWrite() == 0 && poured < 256 * 1024 * 1024)
                poured += socket->write(QByteArray(256 * 1024, 'x'));
        }
        const HostIdentity &m_identity;
    } server(m_door->identity());
    Endpoint strange = endpoint();
    strange.port = server.serverPort();
    strange.timeout = 1s;
    const qint64 before = transporttest::residentBytes();
    QCOMPARE(failureOf(strange).code, base::ErrorCode::Unreachable);
    QVERIFY(server.poured > 0);
    QVERIFY2(server.poured < 32 * 1024 * 1024, qPrintable(QString::number(server.poured)));
    QVERIFY(transporttest::residentBytes() - before < 32 * 1024 * 1024);
}

void TestTls::impossibleEndpointsAreRefused()
{
    for (const QString &host : {QString(), QStringLiteral("a b"), QStringLiteral("user@host"), QStringLiteral("host/path"), QStringLiteral("[::1]"),
                                QStringLiteral("evil.example#"), QStringLiteral(u"h\u00f6st")}) {
        Endpoint bad = endpoint();
        bad.host = host;
        QCOMPARE(failureOf(bad).code, base::ErrorCode::InvalidArgument);
    }
    Endpoint bad = endpoint();
    bad.port = 0;
    QCOMPARE(failureOf(bad).code, base::ErrorCode::InvalidArgument);
    bad = endpoint();
    bad.pinSha256.chop(1);
    QCOMPARE(failureOf(bad).code, base::ErrorCode::InvalidArgument);
    bad = endpoint();
    bad.pinSha256.clear();
    QCOMPARE(failureOf(bad).code, base::ErrorCode::InvalidArgument);
}

void TestTls::deletingAConnectorIsQuiet()
{
    for (int round = 0; round < 5; ++round) {
        Connector *connector = connectTo(endpoint(), *m_clock, m_owner.get());
        for (int turn = 0; turn < round * 3; ++turn)
            QCoreApplication::processEvents();
        delete connector;
    }
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);
    // One that is deleted with its channel untaken takes the channel along.
    Connector *connector = connectTo(endpoint(), *m_clock, m_owner.get());
    QSignalSpy connected(connector, &Connector::connected);
    QTRY_COMPARE(connected.size(), 1);
    QTRY_COMPARE(m_door->listener().connectionCount(), 1);
    delete connector;
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);
}

void TestTls::proxySettingsDoNotApplyToLoopback()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    QSignalSpy asked(&proxy, &QTcpServer::newConnection);
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(proxy.serverPort());
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy"})
        qputenv(name, url);
    join();
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy"})
        qunsetenv(name);
    QVERIFY(m_client->isOpen());
    QCOMPARE(asked.size(), 0);
}

void TestTls::severalAddressesAtOnce()
{
    TlsListener &listener = m_door->listener();
    const auto second = listener.listen(QHostAddress(QStringLiteral("127.0.0.2")), m_door->port());
    QVERIFY(second.has_value());
    QCOMPARE(*second, m_door->port());
    QCOMPARE(listener.addresses().size(), 2);
    Endpoint other = endpoint();
    other.host = QStringLiteral("127.0.0.2");
    join();
    Connector *connector = connectTo(other, *m_clock, m_owner.get());
    QSignalSpy connected(connector, &Connector::connected);
    QTRY_COMPARE(connected.size(), 1);

    listener.stopListening(QHostAddress(QStringLiteral("127.0.0.2")));
    QCOMPARE(listener.addresses().size(), 1);
    QCOMPARE(failureOf(other).code, base::ErrorCode::Unreachable);
    QVERIFY(m_client->isOpen());
    listener.stopListening();
    QCOMPARE(failureOf(endpoint()).code, base::ErrorCode::Unreachable);
    QVERIFY(m_client->isOpen());
}

void TestTls::takenPortIsAnError()
{
    const auto again = m_door->listener().listen(QHostAddress::LocalHost, m_door->port());
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().code, base::ErrorCode::AlreadyExists);
    const auto foreign = m_door->listener().listen(QHostAddress(QStringLiteral("192.0.2.1")), 0);
    QVERIFY(!foreign.has_value());
    QCOMPARE(foreign.error().code, base::ErrorCode::Unavailable);
}

void TestTls::deletedListenerTakesItsConnectionsAlong()
{
    join();
    RawClient pending(m_door->port());
    QVERIFY(pending.isEncryptedInTime());
    QSignalSpy closed(m_client, &Channel::closed);
    m_door.reset();
    QTRY_COMPARE(closed.size(), 1);
    QTRY_VERIFY(pending.isGone());
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
