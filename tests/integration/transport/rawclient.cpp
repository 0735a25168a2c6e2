// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/transport/rawclient.h"

#include <QFile>
#include <QNetworkProxy>
#include <QtEndian>

#include <unistd.h>

namespace transporttest {

FrontDoor::FrontDoor(const base::Clock &clock)
{
    base::SystemRandom random;
    auto identity = transport::HostIdentity::loadOrCreate(m_folder.path(), random, base::SystemClock().wallTime());
    if (!identity)
        qFatal("no identity: %s", identity.error().detail.c_str());
    m_identity = std::make_unique<transport::HostIdentity>(std::move(*identity));
    m_listener = std::make_unique<transport::TlsListener>(*m_identity, transport::LandingPage(),
                                                          transport::TlsListener::Options{.names = {QStringLiteral("host.example")}}, clock);
    QObject::connect(m_listener.get(), &transport::TlsListener::accepted, m_listener.get(),
                     [this](transport::Channel *channel) { m_channels.append(channel); });
    const auto port = m_listener->listen(QHostAddress::LocalHost, 0);
    if (!port)
        qFatal("not listening: %s", port.error().detail.c_str());
    m_port = *port;
}

RawClient::RawClient(quint16 port, const QString &localAddress) : m_socket(std::make_unique<QSslSocket>()), m_port(port)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket->setSslConfiguration(tls);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->bind(QHostAddress(localAddress));
    m_socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
}

RawClient::~RawClient()
{
    m_socket->abort();
}

bool RawClient::isEncryptedInTime()
{
    return waitUntil([this] { return m_socket->isEncrypted(); }, 5000);
}

bool RawClient::upgrade()
{
    if (!isEncryptedInTime())
        return false;
    send(upgradeRequest(m_port));
    const bool isUpgraded = waitUntil([this] { return input().contains("\r\n\r\n"); }, 5000)
        && input().startsWith("HTTP/1.1 101 ");
    m_input = m_input.sliced(m_input.indexOf("\r\n\r\n") + 4);
    return isUpgraded;
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket->write(bytes);
    m_socket->flush();
}

const QByteArray &RawClient::input()
{
    if (m_isReading)
        m_input += m_socket->readAll();
    return m_input;
}

void RawClient::stopReading()
{
    m_isReading = false;
    m_socket->setReadBufferSize(1);
}

bool RawClient::isGone()
{
    return m_socket->state() == QAbstractSocket::UnconnectedState;
}

QByteArray RawClient::upgradeRequest(quint16 port, const QByteArray &extra, const QByteArray &protocols)
{
    QByteArray request = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    if (!protocols.isEmpty())
        request += "Sec-WebSocket-Protocol: " + protocols + "\r\n";
    return request + extra + "\r\n";
}

QByteArray RawClient::frame(int opcode, const QByteArray &payload, bool isLast, qint64 claimed)
{
    const qint64 size = claimed >= 0 ? claimed : payload.size();
    QByteArray bytes;
    bytes += char(opcode | (isLast ? 0x80 : 0));
    if (size < 126) {
        bytes += char(0x80 | size);
    } else if (size < 0x10000) {
        bytes += char(0x80 | 126);
        bytes.resize(4);
        qToBigEndian(quint16(size), bytes.data() + 2);
    } else {
        bytes += char(0x80 | 127);
        bytes.resize(10);
        qToBigEndian(quint64(size), bytes.data() + 2);
    }
    return bytes + QByteArray(4, '\0') + payload; // a mask of zeros leaves the payload as it is
}

qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace transporttest
