// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/connector.h"
#include "tests/integration/transport/rawclient.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace transport;
using transporttest::FrontDoor;
using transporttest::RawClient;
using transporttest::residentBytes;

namespace {

constexpr qint64 kMiB = 1024 * 1024;

QString loopback(int index)
{
    return QStringLiteral("127.0.%1.%2").arg(1 + index / 200).arg(1 + index % 200);
}

//! A plain TCP connection from \a local that says nothing.
std::unique_ptr<QTcpSocket> idle(quint16 port, const QString &local = QStringLiteral("127.0.0.1"))
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->setProxy(QNetworkProxy::NoProxy);
    socket->bind(QHostAddress(local));
    socket->connectToHost(QStringLiteral("127.0.0.1"), port);
    return socket;
}

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void landingPageForABrowser();
    void refusalsAreAnswered_data();
    void refusalsAreAnswered();
    void plainHttpIsClosed();
    void oldTlsIsRefused();
    void slowHandshakeIsCut();
    void slowHeadIsCut();
    void hugeHeadIsRefused();
    void idleConnectionsDoNotKeepHonestClientsOut();
    void idleConnectionsFromManyAddressesNeither();
    void oneAddressHoldsOnlyItsShareOfConnections();
    void listeningGoesOnAfterDescriptorsRanOut();

    void hugeClaimIsRefusedAtItsHeader();
    void hugeMessageInPiecesIsRefused();
    void crumbsAreRefused();
    void endlessEmptyPiecesAreRefused();
    void textIsRefused();
    void brokenFramesAreRefused();
    void slowReaderIsBounded();
    void pingFloodIsBounded();
    void framesBesideTheUpgradeDoNoHarm();

private:
    bool honestClientJoinsWithin(int milliseconds);
    Channel *accepted(RawClient *raw);
    //! Sends \a bytes after the upgrade; \returns how the channel ended.
    CloseCode endAfter(const QByteArray &bytes);

    // Stands still: nobody here answers pings.
    transporttest::HandClock m_clock;
    std::unique_ptr<FrontDoor> m_door;
};

void TestHostile::init()
{
    m_door = std::make_unique<FrontDoor>(m_clock);
}

void TestHostile::cleanup()
{
    m_door.reset();
}

bool TestHostile::honestClientJoinsWithin(int milliseconds)
{
    const Endpoint endpoint{.host = QStringLiteral("127.0.0.1"), .port = m_door->port(), .pinSha256 = m_door->identity().pin()};
    std::unique_ptr<Connector> connector(connectTo(endpoint, m_clock, nullptr));
    QSignalSpy connected(connector.get(), &Connector::connected);
    QElapsedTimer timer;
    timer.start();
    const bool isIn = transporttest::waitUntil([&] { return !connected.isEmpty(); }, milliseconds);
    qInfo("honest join: %lld ms", static_cast<long long>(timer.elapsed()));
    return isIn;
}

Channel *TestHostile::accepted(RawClient *raw)
{
    const qsizetype before = m_door->channels().size();
    if (!raw->upgrade() || !transporttest::waitUntil([&] { return m_door->channels().size() > before; }, 5000))
        return nullptr;
    return m_door->channels().back();
}

CloseCode TestHostile::endAfter(const QByteArray &bytes)
{
    RawClient raw(m_door->port());
    Channel *channel = accepted(&raw);
    if (!channel)
        return CloseCode::Normal;
    QSignalSpy closed(channel, &Channel::closed);
    raw.send(bytes);
    (void)transporttest::waitUntil([&] { return !closed.isEmpty(); }, 3000);
    return closed.isEmpty() ? CloseCode::Normal : closed[0][0].value<CloseReason>().code;
}

void TestHostile::landingPageForABrowser()
{
    const QByteArray id("00112233445566778899aabbccddeeff");
    QByteArray first;
    for (const QByteArray &path : QByteArrayList{"/s/" + id, "/s/" + QByteArray(32, '0'), "/x/" + id, "/"}) {
        RawClient browser(m_door->port());
        QVERIFY(browser.isEncryptedInTime());
        browser.send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n");
        QTRY_VERIFY(browser.isGone());
        QVERIFY(browser.input().startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(browser.input().endsWith("</html>\n"));
        if (first.isEmpty())
            first = browser.input();
        QCOMPARE(browser.input(), first); // the same for every id, known or not
    }
    RawClient head(m_door->port());
    QVERIFY(head.isEncryptedInTime());
    head.send("HEAD /s/" + id + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QTRY_VERIFY(head.isGone());
    QVERIFY(head.input().startsWith("HTTP/1.1 200 OK\r\n") && head.input().endsWith("\r\n\r\n"));
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);
}

void TestHostile::refusalsAreAnswered_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    const quint16 port = 1;
    const auto row = [](const char *name, const QByteArray &request, const char *status) { QTest::newRow(name) << request << QByteArray(status); };
    row("origin", RawClient::upgradeRequest(port, "Origin: https://127.0.0.1:1\r\n"), "403");
    row("null origin", RawClient::upgradeRequest(port, "Origin: null\r\n"), "403");
    row("cookie", RawClient::upgradeRequest(port, "Cookie: a=b\r\n"), "403");
    row("no sub-protocol", RawClient::upgradeRequest(port, {}, {}), "426");
    row("wrong sub-protocol", RawClient::upgradeRequest(port, {}, "alongside.2"), "426");
    row("rebound name", QByteArray(RawClient::upgradeRequest(port)).replace("127.0.0.1:1", "evil.example:1"), "421");
    row("no key", QByteArray(RawClient::upgradeRequest(port)).replace("Sec-WebSocket-Key", "X-Key"), "400");
    row("other path", QByteArray(RawClient::upgradeRequest(port)).replace("/ws", "/wss"), "404");
    row("post", "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\na=b", "400");
    row("delete", "DELETE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "405");
    row("unknown page", "GET /admin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "404");
    row("no host", "GET / HTTP/1.1\r\n\r\n", "400");
    row("garbage", "\x16\x03\x01 what?\r\n\r\n", "400");
    row("http/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400");
}

void TestHostile::refusalsAreAnswered()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    RawClient raw(m_door->port());
    QVERIFY(raw.isEncryptedInTime());
    raw.send(request);
    QTRY_VERIFY(raw.isGone());
    QVERIFY2(raw.input().startsWith(QByteArray("HTTP/1.1 " + status + ' ')), raw.input().left(60).constData());
    QCOMPARE(m_door->channels().size(), 0);
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);
}

void TestHostile::plainHttpIsClosed()
{
    const auto socket = idle(m_door->port());
    QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    QElapsedTimer timer;
    timer.start();
    socket->write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(timer.elapsed() < 1000);
    QVERIFY(!socket->readAll().contains("HTTP"));
}

void TestHostile::oldTlsIsRefused()
{
    // A ClientHello of TLS 1.1 with suites that this version has: ECDHE-ECDSA and ECDHE-RSA with AES-CBC, and its groups.
    const QByteArray hello = QByteArray::fromHex("0302") + QByteArray(32, '\x5a') + QByteArray::fromHex("00" "0008c00ac009c014c013" "0100")
        + QByteArray::fromHex("000e" "000a000400020017" "000b00020100");
    const QByteArray handshake = QByteArray::fromHex("0100") + char(hello.size() >> 8) + char(hello.size()) + hello;
    const QByteArray record = QByteArray::fromHex("160301") + char(handshake.size() >> 8) + char(handshake.size()) + handshake;
    const auto socket = idle(m_door->port());
    QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    socket->write(record);
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
    // At most an alert of level fatal; 70 is "protocol version". No ServerHello.
    const QByteArray answer = socket->readAll();
    QVERIFY2(answer.isEmpty() || (answer.size() == 7 && answer[0] == 0x15 && answer[6] == 70), answer.toHex().constData());
}

void TestHostile::slowHandshakeIsCut()
{
    const auto socket = idle(m_door->port());
    QTRY_COMPARE(m_door->listener().pendingCount(), 1);
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE_WITH_TIMEOUT(socket->state(), QAbstractSocket::UnconnectedState, 10'000);
    QVERIFY2(timer.elapsed() > 2500 && timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_door->listener().pendingCount(), 0);
    QCOMPARE(m_door->listener().connectionCount(), 0);
}

void TestHostile::slowHeadIsCut()
{
    RawClient raw(m_door->port());
    QVERIFY(raw.isEncryptedInTime());
    QElapsedTimer timer;
    timer.start();
    // One byte now and then must not extend the time.
    QTimer trickle;
    const QByteArray request = RawClient::upgradeRequest(m_door->port());
    int sent = 0;
    connect(&trickle, &QTimer::timeout, this, [&] { raw.send(request.mid(sent++, 1)); });
    trickle.start(50);
    QTRY_VERIFY_WITH_TIMEOUT(raw.isGone(), 10'000);
    QVERIFY2(timer.elapsed() > 1500 && timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_door->channels().size(), 0);
}

void TestHostile::hugeHeadIsRefused()
{
    RawClient raw(m_door->port());
    QVERIFY(raw.isEncryptedInTime());
    const qint64 before = residentBytes();
    QElapsedTimer timer;
    timer.start();
    raw.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + QByteArray(4 * kMiB, 'x'));
    QTRY_VERIFY(raw.isGone());
    QVERIFY(timer.elapsed() < 1500);
    QVERIFY2(residentBytes() - before < 16 * kMiB, qPrintable(QString::number(residentBytes() - before)));
    QTRY_COMPARE(m_door->listener().connectionCount(), 0);
}

void TestHostile::idleConnectionsDoNotKeepHonestClientsOut()
{
    std::vector<std::unique_ptr<QTcpSocket>> crowd;
    for (int i = 0; i < 60; ++i)
        crowd.push_back(idle(m_door->port()));
    QTRY_COMPARE(m_door->listener().pendingCount(), kMaxPendingPerAddress);
    QVERIFY(honestClientJoinsWithin(500));
    QVERIFY(m_door->listener().pendingCount() <= kMaxPendingPerAddress);
}

void TestHostile::idleConnectionsFromManyAddressesNeither()
{
    std::vector<std::unique_ptr<QTcpSocket>> crowd;
    for (int i = 0; i < 300; ++i)
        crowd.push_back(idle(m_door->port(), loopback(i)));
    QTRY_COMPARE(m_door->listener().pendingCount(), kMaxPendingConnections);
    QVERIFY(honestClientJoinsWithin(500));
    QVERIFY(m_door->listener().pendingCount() <= kMaxPendingConnections);
}

void TestHostile::oneAddressHoldsOnlyItsShareOfConnections()
{
    std::vector<std::unique_ptr<RawClient>> crowd;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < kMaxConnectionsPerAddress; ++i) {
        crowd.push_back(std::make_unique<RawClient>(m_door->port(), QStringLiteral("127.0.0.3")));
        QVERIFY(crowd.back()->upgrade());
    }
    QTRY_COMPARE(m_door->channels().size(), kMaxConnectionsPerAddress);
    qInfo("%d connections in %lld ms", kMaxConnectionsPerAddress, static_cast<long long>(timer.elapsed()));
    RawClient late(m_door->port(), QStringLiteral("127.0.0.3"));
    QTRY_VERIFY(late.isGone());
    QVERIFY(honestClientJoinsWithin(500)); // from another address
    crowd.pop_back();
    QTRY_COMPARE(m_door->listener().connectionCount(), kMaxConnectionsPerAddress - 1);
    RawClient next(m_door->port(), QStringLiteral("127.0.0.3"));
    QVERIFY(next.upgrade());
}

void TestHostile::listeningGoesOnAfterDescriptorsRanOut()
{
    // What QTcpServer does when accept() finds no descriptor left; really running out would starve the sanitizers as well.
    auto *acceptor = m_door->listener().findChild<QTcpServer *>();
    acceptor->pauseAccepting();
    Q_EMIT acceptor->acceptError(QAbstractSocket::SocketResourceError);
    QVERIFY(honestClientJoinsWithin(2000));
}

void TestHostile::hugeClaimIsRefusedAtItsHeader()
{
    const qint64 before = residentBytes();
    for (const qint64 claim : {kMaxFrameBeforeAuth + 1, qint64(1) << 30, qint64(1) << 31, qint64(1) << 62})
        QCOMPARE(endAfter(RawClient::frame(2, {}, true, claim)), CloseCode::TooLarge);
    // Signed in: the larger bound holds in the same way.
    RawClient raw(m_door->port());
    Channel *channel = accepted(&raw);
    QVERIFY(channel);
    channel->setMaxFrameSize(kMaxFrameToHost);
    QSignalSpy closed(channel, &Channel::closed);
    raw.send(RawClient::frame(2, {}, true, kMaxFrameToHost + 1));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooLarge);
    QVERIFY2(residentBytes() - before < 8 * kMiB, qPrintable(QString::number(residentBytes() - before)));
}

void TestHostile::hugeMessageInPiecesIsRefused()
{
    QByteArray bytes = RawClient::frame(2, QByteArray(8000, 'x'), false);
    for (int i = 0; i < 3; ++i)
        bytes += RawClient::frame(0, QByteArray(8000, 'x'), false);
    QCOMPARE(endAfter(bytes), CloseCode::TooLarge);
}

void TestHostile::crumbsAreRefused()
{
    QByteArray bytes = RawClient::frame(2, "x", false);
    for (int i = 0; i < 1000; ++i)
        bytes += RawClient::frame(0, "x", false);
    QCOMPARE(endAfter(bytes), CloseCode::Malformed);
}

void TestHostile::endlessEmptyPiecesAreRefused()
{
    QByteArray bytes = RawClient::frame(2, {}, false);
    for (int i = 0; i < 1000; ++i)
        bytes += RawClient::frame(0, {}, false);
    QCOMPARE(endAfter(bytes), CloseCode::Malformed);
}

void TestHostile::textIsRefused()
{
    QCOMPARE(endAfter(RawClient::frame(1, "hello")), CloseCode::Malformed);
    QCOMPARE(endAfter(RawClient::frame(1, "half", false)), CloseCode::Malformed);
}

void TestHostile::brokenFramesAreRefused()
{
    QCOMPARE(endAfter(RawClient::frame(3, "reserved")), CloseCode::Malformed);
    QCOMPARE(endAfter(RawClient::frame(0, "continues nothing")), CloseCode::Malformed);
    QCOMPARE(endAfter(RawClient::frame(9, QByteArray(126, 'p'))), CloseCode::Malformed);   // control frames hold 125
    QCOMPARE(endAfter(RawClient::frame(9, "p", false)), CloseCode::Malformed);            // and are whole
    QCOMPARE(endAfter(QByteArray::fromHex("f281000000007a")), CloseCode::Malformed);      // reserved bits
}

void TestHostile::slowReaderIsBounded()
{
    RawClient raw(m_door->port());
    Channel *channel = accepted(&raw);
    QVERIFY(channel);
    raw.stopReading();
    QSignalSpy closed(channel, &Channel::closed);
    const qint64 before = residentBytes();
    qint64 most = 0;
    qint64 mostResident = 0;
    int turns = 0;
    while (channel->isOpen() && turns < 5000) {
        channel->send(QByteArray(60'000, 'x'));
        most = qMax(most, channel->queuedBytes());
        mostResident = qMax(mostResident, residentBytes() - before);
        if (++turns % 10 == 0)
            QCoreApplication::processEvents();
    }
    QVERIFY(!channel->isOpen());
    QVERIFY2(most > kMaxQueuedBytes / 2 && most <= kMaxQueuedBytes + kLowWaterBytes, qPrintable(QString::number(most)));
    QVERIFY2(mostResident < 16 * kMiB, qPrintable(QString::number(mostResident)));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooSlow);
}

void TestHostile::pingFloodIsBounded()
{
    RawClient raw(m_door->port());
    Channel *channel = accepted(&raw);
    QVERIFY(channel);
    raw.stopReading();
    QSignalSpy closed(channel, &Channel::closed);
    QByteArray volley;
    for (int i = 0; i < 500; ++i)
        volley += RawClient::frame(9, QByteArray(125, 'p'));
    const qint64 before = residentBytes();
    qint64 most = 0;
    for (int i = 0; i < 3000 && closed.isEmpty() && !raw.isGone(); ++i) {
        raw.send(volley);
        // The client's own unsent bytes live in this process too; they are not the host's.
        (void)transporttest::waitUntil([&] { return raw.socket().encryptedBytesToWrite() < kMiB || !closed.isEmpty(); }, 2000);
        most = qMax(most, residentBytes() - before);
    }
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooSlow);
    QVERIFY2(most < 32 * kMiB, qPrintable(QString::number(most)));
}

void TestHostile::framesBesideTheUpgradeDoNoHarm()
{
    RawClient raw(m_door->port());
    QVERIFY(raw.isEncryptedInTime());
    raw.send(RawClient::upgradeRequest(m_door->port()) + RawClient::frame(2, {}, true, qint64(1) << 40));
    QTRY_VERIFY(!raw.input().isEmpty());
    QVERIFY(honestClientJoinsWithin(500));
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
