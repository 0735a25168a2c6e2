// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/client/session.h"
#include "app/protocol/codec.h"
#include "app/transport/memorychannel.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>
#include <variant>

//! Time that stands still until it is moved.
class SteppedClock final : public base::Clock
{
public:
    base::Instant now() const override { return m_now; }
    base::WallTime wallTime() const override { return base::WallTime(std::chrono::milliseconds(1'700'000'000'000)) + m_moved; }
    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_moved += by;
    }

private:
    base::Instant m_now{std::chrono::hours(1)};
    std::chrono::milliseconds m_moved{0};
};

//! The host's end of one connection: answers as the test says, keeps what it was sent.
class FakeConnection final : public QObject
{
public:
    explicit FakeConnection(std::unique_ptr<transport::MemoryChannel> end) : channel(end.release())
    {
        channel->setParent(this);
        channel->setMaxFrameSize(transport::kMaxFrameToClient);
        connect(channel, &transport::Channel::received, this, [this](const QByteArray &bytes) { receive(bytes); });
        connect(channel, &transport::Channel::closed, this, [this] { isClosed = true; });
    }

    template <protocol::Message T>
    void send(const T &message, quint32 call = 0)
    {
        channel->send(protocol::encode(message, call));
    }

    //! Every message of type T that came, in order.
    template <protocol::Message T>
    QList<T> got() const
    {
        QList<T> list;
        for (const QByteArray &bytes : frames) {
            const auto frame = protocol::decode(bytes);
            if (const T *typed = std::get_if<T>(&*frame->message))
                list.append(*typed);
        }
        return list;
    }

    std::function<void(const protocol::AnyMessage &, quint32 call)> handler;
    QPointer<transport::MemoryChannel> channel;
    QList<QByteArray> frames;
    QList<quint32> calls;
    bool isClosed = false;

private:
    void receive(const QByteArray &bytes)
    {
        const auto frame = protocol::decode(bytes);
        if (!frame || !frame->message)
            qFatal("the client sent a frame that does not decode");
        frames.append(bytes);
        calls.append(frame->call);
        if (handler)
            handler(*frame->message, frame->call);
    }
};

//! A host in this process that does what a test tells it to.
class FakeHost final : public QObject
{
public:
    //! A new connection; the client's end is returned.
    transport::Channel *connectClient()
    {
        if (!isReachable)
            return nullptr;
        auto [near, far] = transport::MemoryChannel::makePair();
        auto connection = std::make_unique<FakeConnection>(std::move(far));
        FakeConnection *raw = connection.get();
        raw->handler = [this, raw](const protocol::AnyMessage &message, quint32 call) { handle(*raw, message, call); };
        connections.push_back(std::move(connection));
        return near.release();
    }

    FakeConnection &last() { return *connections.back(); }
    void cut() { last().channel->abort(); }

    //! What the test adds or replaces; true when the message was dealt with.
    std::function<bool(FakeConnection &, const protocol::AnyMessage &, quint32)> script;
    std::vector<std::unique_ptr<FakeConnection>> connections;
    bool isReachable = true;
    bool isOwner = true;
    protocol::WorkspaceJoined joined = defaultJoined();
    quint32 version = protocol::kProtocolVersion;

    static base::ParticipantId personId(quint8 number)
    {
        std::array<std::uint8_t, 16> bytes{};
        bytes[0] = number;
        return *base::ParticipantId::fromBytes(bytes);
    }

    static protocol::Participant person(quint8 number, protocol::Access access, qint64 since = 0)
    {
        return {.id = personId(number), .name = QStringLiteral("Person %1").arg(number), .access = access, .color = number,
                .client = quint32(1000 + number), .since = base::WallTime(std::chrono::milliseconds(since)), .isConnected = true};
    }

    static protocol::WorkspaceJoined defaultJoined()
    {
        protocol::WorkspaceJoined joined;
        joined.workspace.name = QStringLiteral("project");
        joined.you = person(1, protocol::Access::Owner);
        joined.resumeToken = QByteArray(32, 'a');
        return joined;
    }

private:
    void handle(FakeConnection &connection, const protocol::AnyMessage &message, quint32 call)
    {
        if (script && script(connection, message, call))
            return;
        if (std::holds_alternative<protocol::Hello>(message))
            connection.send(protocol::Welcomed{.version = version, .hostName = QStringLiteral("box"), .isOwner = isOwner}, call);
        else if (std::holds_alternative<protocol::InspectShare>(message))
            connection.send(protocol::ShareInspected{.ownerName = QStringLiteral("Ana")}, call);
        else if (std::holds_alternative<protocol::OpenWorkspace>(message) || std::holds_alternative<protocol::JoinShare>(message))
            connection.send(joined, call);
    }
};

inline transport::Link testLink()
{
    transport::Link link;
    link.host = QStringLiteral("127.0.0.1");
    link.port = 4711;
    std::array<std::uint8_t, 16> id{};
    id[3] = 7;
    link.id = *base::ShareId::fromBytes(id);
    link.secret = QByteArray(32, 's');
    link.pin = QByteArray(32, 'p');
    return link;
}
