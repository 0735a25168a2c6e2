// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/session.h"

#include "app/client/sessionprivate.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QMetaEnum>

#include <utility>

Q_LOGGING_CATEGORY(lcSession, "app.client.session", QtInfoMsg)

namespace client {

using base::ErrorCode;
using namespace std::chrono_literals;

namespace {

// A connection that breaks sooner than this after it opened did not work: back-off goes on where it was.
constexpr auto kStableAfter = 5s;

//! Refusals after which trying again by itself would only knock at a closed door.
bool isFinal(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Disconnected:
    case ErrorCode::Cancelled:
    case ErrorCode::Internal:
    case ErrorCode::TooMany:
    case ErrorCode::Unavailable:
    case ErrorCode::NotRunning:
    case ErrorCode::Unreachable:
        return false;
    default:
        return true;
    }
}

base::Error disconnectedError()
{
    return {ErrorCode::Disconnected, "the connection to the host is gone"};
}

template <typename Handler>
void answerDisconnected(const Handler &handler)
{
    const base::Error error = disconnectedError();
    handler(&error, protocol::Tag::Failed, nullptr);
}

//! Channels outlive their session for the moment in which their last frames go out, and so must their clock.
const base::Clock &channelClock()
{
    static const base::SystemClock clock;
    return clock;
}

} // namespace

Session::Private::Private(Session &session, const base::Clock &clockSource, base::RandomSource &randomSource)
    : q(session), clock(clockSource), random(randomSource)
{
    m_retryTimer.setSingleShot(true);
    m_handshakeTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Private::connectNow);
    connect(&m_handshakeTimer, &QTimer::timeout, this, [this] {
        if (!joined)
            end(base::Error{ErrorCode::Timeout, "the host did not answer"});
        else
            breakOff({ErrorCode::Timeout, "the host did not answer"});
    });
}

Session::Private::~Private() = default;

void Session::Private::transition(State next)
{
    if (state == next)
        return;
    static const auto names = QMetaEnum::fromType<State>();
    qCInfo(lcSession) << names.valueToKey(int(state)) << "->" << names.valueToKey(int(next));
    state = next;
    Q_EMIT q.stateChanged(next);
}

void Session::Private::start()
{
    transition(State::Connecting);
    connectNow();
}

void Session::Private::openGiven(transport::Channel *first, std::function<transport::Channel *()> makeNext)
{
    m_isGiven = true;
    reconnect = std::move(makeNext);
    transition(State::Connecting);
    adopt(first);
}

void Session::Private::connectNow()
{
    nextAttempt.reset();
    m_retryTimer.stop();
    if (m_isGiven) {
        if (transport::Channel *fresh = reconnect ? reconnect() : nullptr)
            adopt(fresh);
        else
            connectFailed({ErrorCode::Unreachable, "no new channel"});
        return;
    }
    m_connector = link ? transport::connectTo(transport::endpointOf(*link), channelClock(), this)
                       : transport::connectToLocal(socketPath, this);
    transport::Connector *attempt = m_connector;
    connect(attempt, &transport::Connector::connected, this, [this, attempt](transport::Channel *fresh) {
        fresh->setParent(this);
        attempt->deleteLater();
        adopt(fresh);
    });
    connect(attempt, &transport::Connector::failed, this, [this, attempt](const base::Error &error) {
        attempt->deleteLater();
        connectFailed(error);
    });
}

void Session::Private::adopt(transport::Channel *fresh)
{
    channel = fresh;
    fresh->setParent(this);
    connect(fresh, &transport::Channel::received, this, &Private::receive);
    connect(fresh, &transport::Channel::drained, &q, &Session::drained);
    connect(fresh, &transport::Channel::closed, this, [this, fresh](const transport::CloseReason &reason) {
        fresh->deleteLater();
        if (channel == fresh)
            lost(reason);
    });
    greet();
}

void Session::Private::greet()
{
    protocol::Hello hello;
    hello.client = QCoreApplication::applicationName().left(30) + QLatin1Char(' ')
        + QCoreApplication::applicationVersion().left(30);
    if (!link)
        hello.name = name;
    request(hello, &Private::welcomed);
}

void Session::Private::welcomed(const base::Result<protocol::Welcomed> &answer)
{
    if (!answer)
        return refused(answer.error());
    if (answer->version != protocol::kProtocolVersion)
        return refused({ErrorCode::VersionMismatch, "the host speaks protocol version " + std::to_string(answer->version)});
    welcome = *answer;
    channel->setMaxFrameSize(transport::kMaxFrameToClient);
    m_wasAsked = false;
    if (!link)
        enterAsOwner();
    else if (state == State::Connecting)
        inspect();
    else
        enterShare();
}

void Session::Private::inspect()
{
    request(protocol::InspectShare{.share = link->id, .secret = link->secret}, &Private::inspected);
}

void Session::Private::inspected(const base::Result<protocol::ShareInspected> &answer)
{
    if (!answer)
        return refused(answer.error());
    m_handshakeTimer.stop();
    transition(State::Inspecting);
    Q_EMIT q.inspected(*answer);
}

void Session::Private::join()
{
    if (state != State::Inspecting)
        return;
    transition(State::Asking);
    // The host keeps nobody waiting on its threshold for long; while somebody typed a name it may have closed.
    if (channel && channel->isOpen())
        enterShare();
    else
        connectNow();
}

void Session::Private::enterShare()
{
    protocol::JoinShare message{.share = link->id, .secret = link->secret, .name = name};
    if (joined)
        message.resumeToken = joined->resumeToken;
    request(message, &Private::entered);
}

void Session::Private::enterAsOwner()
{
    request(protocol::OpenWorkspace{joined ? joined->workspace.id : workspace}, &Private::entered);
}

void Session::Private::entered(const base::Result<protocol::WorkspaceJoined> &answer)
{
    if (!answer)
        return refused(answer.error());
    m_handshakeTimer.stop();
    const bool isResumed = joined.has_value();
    joined = *answer;
    m_openedAt = clock.now();
    transition(State::Open);
    Q_EMIT q.opened(protocol::WorkspaceJoined(*joined), isResumed);
}

void Session::Private::connectFailed(const base::Error &error)
{
    qCInfo(lcSession) << "connecting failed:" << base::name(error.code);
    refused(error);
}

//! An attempt came to nothing. Before the first success, or when trying again is pointless, that is the end.
void Session::Private::refused(const base::Error &error)
{
    m_handshakeTimer.stop();
    if (state == State::Ended)
        return;
    if (!joined || isFinal(error.code))
        return end(error);
    // A lost connection answers its own calls: the closed channel has scheduled the next attempt already.
    if (error.code == ErrorCode::Disconnected && !channel)
        return;
    dropChannel(transport::CloseCode::Normal);
    scheduleReconnect();
}

bool Session::Private::canReconnect() const
{
    return !m_isGiven || reconnect;
}

void Session::Private::lost(const transport::CloseReason &reason)
{
    qCInfo(lcSession) << "channel closed, code" << int(reason.code) << (reason.isRemote ? "by the host" : "here");
    channel.clear();
    m_handshakeTimer.stop();
    if (state == State::Inspecting) {
        dropCalls();
        return;
    }
    if (state == State::Asking && !m_wasAsked && !m_hasRetriedJoin && canReconnect()) {
        m_hasRetriedJoin = true;
        m_calls.clear();
        return connectNow();
    }
    if (!joined || !canReconnect() || (reason.isRemote && reason.code == transport::CloseCode::Ended))
        return end(disconnectedError());
    if (state == State::Open && clock.now() - m_openedAt >= kStableAfter)
        m_backoff.reset();
    scheduleReconnect();
    dropCalls();
}

void Session::Private::scheduleReconnect()
{
    const auto delay = m_backoff.next(random);
    nextAttempt = clock.now() + delay;
    m_retryTimer.start(delay);
    transition(State::Reconnecting);
}

void Session::Private::retryNow()
{
    if (state == State::Reconnecting && m_retryTimer.isActive())
        connectNow();
}

void Session::Private::receive(const QByteArray &bytes)
{
    base::Result<protocol::Frame> frame = protocol::decode(bytes);
    if (!frame)
        return breakOff(frame.error());
    void *message = frame->message ? std::visit([](auto &typed) -> void * { return &typed; }, *frame->message) : nullptr;
    if (frame->call == 0) {
        if (message)
            announce(frame->tag, message);
    } else if (!message) {
        const base::Error error{ErrorCode::VersionMismatch, "an answer of an unknown kind"};
        answer(frame->call, &error, frame->tag, nullptr);
    } else if (frame->tag == protocol::Tag::Failed) {
        const auto *failed = static_cast<const protocol::Failed *>(message);
        const base::Error error{failed->code, failed->detail.toStdString()};
        answer(frame->call, &error, frame->tag, nullptr);
    } else {
        answer(frame->call, nullptr, frame->tag, message);
    }
}

void Session::Private::answer(quint32 id, const base::Error *error, protocol::Tag tag, void *message)
{
    auto call = m_calls.extract(id);
    if (call)
        call.mapped()(error, tag, message);
}

void Session::Private::announce(protocol::Tag tag, void *message)
{
    if (tag == protocol::Tag::SessionEnded) {
        ending = *static_cast<const protocol::SessionEnded *>(message);
        return end(std::nullopt);
    }
    if (tag == protocol::Tag::JoinAsked) {
        if (state == State::Asking || state == State::Reconnecting) {
            // From here on a person decides, in a person's time; the host gives up by itself.
            m_handshakeTimer.stop();
            m_wasAsked = true;
            Q_EMIT q.asked(static_cast<const protocol::JoinAsked *>(message)->ownerPresent);
        }
        return;
    }
    if (state == State::Open)
        Q_EMIT q.announced(tag, message);
}

void Session::Private::call(const std::function<QByteArray(quint32)> &encoder, AnswerHandler handler)
{
    if (!channel || !channel->isOpen())
        return answerDisconnected(handler);
    do {
        ++m_lastCall;
    } while (m_lastCall == 0 || m_calls.contains(m_lastCall));
    m_calls.emplace(m_lastCall, std::move(handler));
    channel->send(encoder(m_lastCall));
}

void Session::Private::send(const QByteArray &frame)
{
    if (state == State::Open && channel)
        channel->send(frame);
}

void Session::Private::breakOff(const base::Error &error)
{
    qCWarning(lcSession) << "closing on the host:" << base::name(error.code) << error.detail.c_str();
    if (!joined && (state != State::Inspecting))
        return end(error);
    dropChannel(transport::CloseCode::Malformed);
    lost({transport::CloseCode::Malformed, {}, false});
}

void Session::Private::leave()
{
    if (state == State::Ended)
        return;
    if (state == State::Open)
        send(protocol::encode(protocol::Leave{}, ++m_lastCall));
    end(std::nullopt);
}

void Session::Private::end(std::optional<base::Error> error)
{
    if (state == State::Ended)
        return;
    endError = std::move(error);
    nextAttempt.reset();
    m_retryTimer.stop();
    m_handshakeTimer.stop();
    if (m_connector)
        m_connector->deleteLater();
    dropChannel(transport::CloseCode::Normal);
    transition(State::Ended);
    dropCalls();
}

void Session::Private::dropChannel(transport::CloseCode code)
{
    if (!channel)
        return;
    transport::Channel *old = channel;
    channel.clear();
    old->disconnect(this);
    old->disconnect(&q);
    // It outlives this session for the moment in which its last frames go out.
    old->setParent(QCoreApplication::instance());
    connect(old, &transport::Channel::closed, old, &QObject::deleteLater);
    old->close(code);
}

void Session::Private::dropCalls()
{
    auto calls = std::exchange(m_calls, {});
    for (auto &[id, handler] : calls)
        answerDisconnected(handler);
}

Session::Session(const base::Clock &clock, base::RandomSource &random, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, clock, random))
{
}

Session::~Session()
{
    // Nothing may reach receivers from half a session.
    blockSignals(true);
    d->leave();
}

void Session::openLocal(const QString &socketPath, const QString &name, const base::WorkspaceId &workspace)
{
    Q_ASSERT(d->state == State::Idle);
    d->socketPath = socketPath;
    d->name = name;
    d->workspace = workspace;
    d->start();
}

void Session::openLink(const transport::Link &link)
{
    Q_ASSERT(d->state == State::Idle);
    d->link = link;
    d->start();
}

void Session::openChannel(transport::Channel *channel, const QString &name, std::optional<transport::Link> link,
                          std::function<transport::Channel *()> reconnect)
{
    Q_ASSERT(d->state == State::Idle);
    d->name = name;
    d->link = std::move(link);
    d->openGiven(channel, std::move(reconnect));
}

void Session::join(const QString &name)
{
    d->name = name.left(protocol::kMaxNameUnits);
    d->join();
}

void Session::leave()
{
    d->leave();
}

void Session::retryNow()
{
    d->retryNow();
}

Session::State Session::state() const
{
    return d->state;
}

bool Session::isOwner() const
{
    return d->joined && d->joined->you.access == protocol::Access::Owner;
}

std::optional<base::Error> Session::endError() const
{
    return d->endError;
}

std::optional<protocol::SessionEnded> Session::ending() const
{
    return d->ending;
}

std::optional<base::Instant> Session::nextAttempt() const
{
    return d->nextAttempt;
}

const std::optional<protocol::WorkspaceJoined> &Session::joined() const
{
    return d->joined;
}

const std::optional<protocol::Welcomed> &Session::welcome() const
{
    return d->welcome;
}

bool Session::isCongested() const
{
    return d->channel && d->channel->queuedBytes() > transport::kLowWaterBytes;
}

void Session::reportBrokenPeer(const base::Error &error)
{
    if (d->state == State::Open)
        d->breakOff(error);
}

void Session::setHandshakeTimeout(std::chrono::milliseconds timeout)
{
    d->handshakeTimeout = timeout;
}

void Session::sendCall(const std::function<QByteArray(quint32)> &encoder, AnswerHandler handler)
{
    if (d->state != State::Open)
        return answerDisconnected(handler);
    d->call(encoder, std::move(handler));
}

void Session::sendNotice(const QByteArray &frame)
{
    d->send(frame);
}

} // namespace client
