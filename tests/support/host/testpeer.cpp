// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testpeer.h"

#include "app/transport/limits.h"

#include <QSignalSpy>

namespace support {

transport::Endpoint endpointOf(const protocol::ShareLink &link)
{
    const protocol::ShareEndpoint &first = link.endpoints.first();
    transport::Endpoint endpoint;
    endpoint.host = first.address;
    endpoint.port = first.port;
    endpoint.pinSha256 = link.pin;
    return endpoint;
}

TestPeer::~TestPeer() = default;

bool TestPeer::take(transport::Connector *connector)
{
    bool isDone = false;
    connect(connector, &transport::Connector::connected, this, [&](transport::Channel *channel) {
        channel->setParent(nullptr);
        m_channel.reset(channel);
        isDone = true;
    });
    connect(connector, &transport::Connector::failed, this, [&](const base::Error &error) {
        qInfo("no connection: %s", error.detail.c_str());
        isDone = true;
    });
    (void)waitFor([&] { return isDone; }, 15'000);
    connector->disconnect(this);
    connector->deleteLater();
    if (!m_channel)
        return false;
    m_closed.reset();
    m_channel->setMaxFrameSize(transport::kMaxFrameToClient);
    connect(m_channel.get(), &transport::Channel::received, this, &TestPeer::received);
    connect(m_channel.get(), &transport::Channel::closed, this,
            [this](const transport::CloseReason &reason) { m_closed = reason; });
    return true;
}

bool TestPeer::connectLocal(const QString &socketPath)
{
    return take(transport::connectToLocal(socketPath, this));
}

bool TestPeer::connectTls(const protocol::ShareLink &link)
{
    return take(transport::connectTo(endpointOf(link), m_clock, this));
}

void TestPeer::received(const QByteArray &bytes)
{
    const auto frame = protocol::decode(bytes);
    if (!frame || !frame->message)
        qFatal("the host sent what it must not: %s", frame ? "unknown tag" : frame.error().detail.c_str());
    if (frame->call != 0)
        m_answers.insert(frame->call, *frame->message);
    else
        m_announced.append(*frame->message);
}

base::Result<protocol::AnyMessage> TestPeer::answerTo(quint32 call, int patience)
{
    (void)waitFor([&] { return m_answers.contains(call) || m_closed.has_value(); }, patience);
    if (!m_answers.contains(call)) {
        const auto code = m_closed ? base::ErrorCode::Disconnected : base::ErrorCode::Timeout;
        return base::Unexpected(code, "no answer");
    }
    const protocol::AnyMessage answer = m_answers.take(call);
    if (const auto *failed = std::get_if<protocol::Failed>(&answer))
        return base::Unexpected(failed->code, failed->detail.toStdString());
    return answer;
}

base::Result<protocol::Welcomed> TestPeer::hello(const QString &name)
{
    return call(protocol::Hello{.version = protocol::kProtocolVersion, .client = QStringLiteral("test"), .name = name});
}

base::Result<protocol::WorkspaceJoined> TestPeer::enterAsOwner(const QString &socketPath, const QString &name)
{
    if (!connectLocal(socketPath))
        return base::Unexpected(base::ErrorCode::Unreachable, "no connection");
    if (const auto welcomed = hello(name); !welcomed)
        return welcomed.unexpected();
    return call(protocol::OpenWorkspace{});
}

base::Result<protocol::WorkspaceJoined> TestPeer::enterAsGuest(const protocol::ShareLink &link, const QString &name)
{
    if (!connectTls(link))
        return base::Unexpected(base::ErrorCode::Unreachable, "no connection");
    if (const auto welcomed = hello(name); !welcomed)
        return welcomed.unexpected();
    return call(protocol::JoinShare{.share = link.state.id, .secret = link.secret, .name = name, .resumeToken = {}});
}

} // namespace support
