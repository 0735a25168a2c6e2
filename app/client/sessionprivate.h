// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/session.h"
#include "app/transport/backoff.h"
#include "app/transport/channel.h"
#include "app/transport/connector.h"

#include <QTimer>

#include <map>

namespace client {

class Session::Private final : public QObject
{
public:
    Private(Session &session, const base::Clock &clockSource, base::RandomSource &randomSource);
    ~Private() override;

    void start();
    void openGiven(transport::Channel *first, std::function<transport::Channel *()> makeNext);
    void join();
    void leave();
    void retryNow();
    void call(const std::function<QByteArray(quint32)> &encoder, AnswerHandler handler);
    void send(const QByteArray &frame);
    void breakOff(const base::Error &error);

    Session &q;
    const base::Clock &clock;
    base::RandomSource &random;
    State state = State::Idle;
    QString name;
    QString socketPath;
    base::WorkspaceId workspace;
    std::optional<transport::Link> link;
    std::function<transport::Channel *()> reconnect;
    QPointer<transport::Channel> channel;
    std::optional<base::Error> endError;
    std::optional<protocol::SessionEnded> ending;
    std::optional<protocol::WorkspaceJoined> joined;
    std::optional<protocol::Welcomed> welcome;
    std::optional<base::Instant> nextAttempt;
    std::chrono::milliseconds handshakeTimeout{15000};

private:
    void transition(State next);
    void connectNow();
    void adopt(transport::Channel *fresh);
    void greet();
    void welcomed(const base::Result<protocol::Welcomed> &answer);
    void inspect();
    void inspected(const base::Result<protocol::ShareInspected> &answer);
    void enterShare();
    void enterAsOwner();
    void entered(const base::Result<protocol::WorkspaceJoined> &answer);
    void connectFailed(const base::Error &error);
    void refused(const base::Error &error);
    void lost(const transport::CloseReason &reason);
    void scheduleReconnect();
    bool canReconnect() const;
    void receive(const QByteArray &bytes);
    void answer(quint32 id, const base::Error *error, protocol::Tag tag, void *message);
    void announce(protocol::Tag tag, void *message);
    void end(std::optional<base::Error> error);
    void dropChannel(transport::CloseCode code);
    void dropCalls();

    //! A step of the handshake: \a handler must be quick to come.
    template <protocol::Request T>
    void request(const T &message, void (Private::*handler)(const base::Result<typename T::Reply> &))
    {
        m_handshakeTimer.start(handshakeTimeout);
        call([&message](quint32 id) { return protocol::encode(message, id); },
             [this, handler](const base::Error *error, protocol::Tag tag, void *answer) {
                 (this->*handler)(takeAnswer<typename T::Reply>(error, tag, answer));
             });
    }

    QPointer<transport::Connector> m_connector;
    std::map<quint32, AnswerHandler> m_calls;
    quint32 m_lastCall = 0;
    transport::Backoff m_backoff;
    base::Instant m_openedAt{};
    QTimer m_retryTimer;
    QTimer m_handshakeTimer;
    bool m_isGiven = false;          //!< channels come from reconnect(), never from the network
    bool m_wasAsked = false;
    bool m_hasRetriedJoin = false;
};

} // namespace client
