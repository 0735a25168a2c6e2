// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/protocol/codec.h"
#include "app/transport/channel.h"
#include "app/transport/connector.h"
#include "tests/support/wait.h"

#include <QList>
#include <QObject>
#include <QTest>

#include <memory>
#include <optional>

namespace support {

//! A client that does exactly what a test says, also what no real client would: the protocol by hand.
class TestPeer : public QObject
{
    Q_OBJECT

public:
    explicit TestPeer(QObject *parent = nullptr) : QObject(parent) {}
    ~TestPeer() override;

    //! Each waits. False when no connection came about.
    bool connectLocal(const QString &socketPath);
    bool connectTls(const protocol::ShareLink &link);

    bool isOpen() const { return m_channel && m_channel->isOpen(); }
    transport::Channel *channel() const { return m_channel.get(); }
    const std::optional<transport::CloseReason> &closed() const { return m_closed; }
    void disconnectNow() { m_channel.reset(); }

    void sendBytes(const QByteArray &frame) { m_channel->send(frame); }
    //! Sends without waiting; returns the call's number.
    template <protocol::Message T>
    quint32 send(const T &message)
    {
        m_channel->send(protocol::encode(message, ++m_lastCall));
        return m_lastCall;
    }
    //! Waits for the answer to \a call. Disconnected if the channel closes, Timeout after \a patience.
    base::Result<protocol::AnyMessage> answerTo(quint32 call, int patience = 10'000);

    template <protocol::Request T>
    base::Result<typename T::Reply> call(const T &request)
    {
        const auto answer = answerTo(send(request));
        if (!answer)
            return answer.unexpected();
        if (const auto *reply = std::get_if<typename T::Reply>(&*answer))
            return *reply;
        return base::Unexpected(base::ErrorCode::Malformed, "another reply");
    }

    //! The first announcement of type T that has come (or comes within \a patience), and forgets it.
    template <protocol::Message T>
    std::optional<T> next(int patience = 10'000)
    {
        std::optional<T> found;
        (void)waitFor([&] { return takeAnnounced(found) || m_closed.has_value(); }, patience);
        if (!found)
            takeAnnounced(found);
        return found;
    }
    void forgetAnnouncements() { m_announced.clear(); }

    base::Result<protocol::Welcomed> hello(const QString &name = QStringLiteral("Olga"));
    //! Hello and OpenWorkspace, as the owner.
    base::Result<protocol::WorkspaceJoined> enterAsOwner(const QString &socketPath, const QString &name = QStringLiteral("Olga"));
    //! Hello and JoinShare. With policy Ask the answer is awaited by the caller: use send().
    base::Result<protocol::WorkspaceJoined> enterAsGuest(const protocol::ShareLink &link, const QString &name);

private:
    bool take(transport::Connector *connector);
    void received(const QByteArray &bytes);

    template <typename T>
    bool takeAnnounced(std::optional<T> &found)
    {
        for (qsizetype i = 0; i < m_announced.size(); ++i) {
            if (const T *typed = std::get_if<T>(&m_announced[i])) {
                found = *typed;
                m_announced.removeAt(i);
                return true;
            }
        }
        return false;
    }

    base::SystemClock m_clock;
    std::unique_ptr<transport::Channel> m_channel;
    std::optional<transport::CloseReason> m_closed;
    quint32 m_lastCall = 0;
    QHash<quint32, protocol::AnyMessage> m_answers;
    QList<protocol::AnyMessage> m_announced;
};

//! Where a link leads first.
transport::Endpoint endpointOf(const protocol::ShareLink &link);

} // namespace support
