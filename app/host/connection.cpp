// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/connection.h"

#include "app/host/limits.h"
#include "app/host/members.h"
#include "app/host/workspace.h"
#include "app/transport/limits.h"

#include <utility>

namespace host {

Connection::Connection(transport::Channel *channel, bool isOwner, QObject *parent)
    : QObject(parent), m_channel(channel), m_peer(channel->peer()), m_isOwner(isOwner)
{
    m_channel->setParent(this);
    m_channel->setMaxFrameSize(transport::kMaxFrameBeforeAuth);
    connect(m_channel, &transport::Channel::received, this, &Connection::received);
    connect(m_channel, &transport::Channel::drained, this, &Connection::onDrained);
    connect(m_channel, &transport::Channel::closed, this, &Connection::onClosed);
    m_signInTimer.setSingleShot(true);
    connect(&m_signInTimer, &QTimer::timeout, this, [this] { refuse({base::ErrorCode::Timeout, "nobody signed in"}); });
    m_signInTimer.start(kSignInTime);
}

Connection::~Connection() = default;

void Connection::greeted(const QString &name)
{
    m_hasGreeted = true;
    m_greetingName = name;
    if (m_isOwner)
        m_channel->setMaxFrameSize(transport::kMaxFrameToHost);
    // A guest may look at the card as long as the owner may think about the question.
    if (m_isOwner)
        m_signInTimer.stop();
    else
        m_signInTimer.start(kJoinQuestionTime + kSignInTime);
}

protocol::Access Connection::access() const
{
    if (!isCurrent() || !m_hasGreeted)
        return protocol::Access::Anyone;
    if (m_isOwner)
        return protocol::Access::Owner;
    return m_member ? m_member->person.access : protocol::Access::Anyone;
}

Workspace *Connection::workspace() const
{
    return m_member ? m_workspace.data() : nullptr;
}

void Connection::enter(Workspace &workspace, Member &member)
{
    m_workspace = &workspace;
    m_member = &member;
    m_epoch = workspace.guestEpoch();
    m_signInTimer.stop();
    m_channel->setMaxFrameSize(transport::kMaxFrameToHost);
}

void Connection::detach()
{
    m_member = nullptr;
}

bool Connection::isCurrent() const
{
    if (m_isCutOff)
        return false;
    return m_isOwner || !m_member || !m_workspace || m_epoch == m_workspace->guestEpoch();
}

QString Connection::address() const
{
    return m_peer.address.isNull() ? QString() : m_peer.address.toString();
}

qint64 Connection::queuedBytes() const
{
    return m_channel->queuedBytes() + m_reservedBytes;
}

void Connection::reserve(qint64 bytes)
{
    m_reservedBytes += bytes;
    if (bytes < 0 && !isBehind())
        onDrained();
}

bool Connection::isBehind() const
{
    return queuedBytes() > kBehindBytes;
}

void Connection::whenReading(std::function<void()> action)
{
    if (m_whenReading.empty() && !isBehind())
        action();
    else
        m_whenReading.push_back(std::move(action));
}

void Connection::onDrained()
{
    // What runs here may give back what it had reserved: that is one more round, not one more level.
    m_hasDrained = true;
    if (std::exchange(m_isDraining, true))
        return;
    while (std::exchange(m_hasDrained, false)) {
        while (!m_whenReading.empty() && !isBehind()) {
            const std::function<void()> action = std::move(m_whenReading.front());
            m_whenReading.pop_front();
            action();
        }
        Q_EMIT drained();
    }
    m_isDraining = false;
}

void Connection::sendFrame(const QByteArray &frame)
{
    if (isCurrent())
        m_channel->send(frame);
}

void Connection::sendFailure(const base::Error &error, quint32 call)
{
    send(protocol::Failed{.code = error.code,
                          .detail = QString::fromStdString(error.detail).left(protocol::kMaxTextUnits)},
         call);
}

void Connection::cutOff(const protocol::SessionEnded &ending)
{
    if (m_isCutOff)
        return;
    m_isCutOff = true;
    m_channel->send(protocol::encode(ending));
    m_channel->close(transport::CloseCode::Ended, QStringLiteral("ended"));
    QTimer::singleShot(kCutOffTime, m_channel, &transport::Channel::abort);
}

void Connection::refuse(const base::Error &error)
{
    if (m_isCutOff)
        return;
    m_isCutOff = true;
    m_channel->close(transport::CloseCode::Unauthenticated, QString::fromLatin1(base::name(error.code)));
}

void Connection::onClosed()
{
    m_isCutOff = true;
    Q_EMIT closed();
    deleteLater();
}

} // namespace host
