// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/sharing.h"

#include "app/base/deliver.h"
#include "app/client/sharingprivate.h"
#include "app/client/workspaceprivate.h"
#include "app/transport/link.h"

#include <algorithm>

namespace client {

namespace {

// More than the host asks at once; a host that asks more is not believed.
constexpr qsizetype kMaxWaiting = 64;

} // namespace

Sharing::Private::Private(Sharing &sharing, Workspace &owningWorkspace) : q(sharing), workspace(owningWorkspace)
{
    Session &session = workspace.session();
    session.on<protocol::ShareChanged>(this, [this](const protocol::ShareChanged &changed) { setState(changed.state); });
    session.on<protocol::JoinRequested>(this, [this](const protocol::JoinRequested &request) {
        const auto isKnown = [&](const protocol::JoinRequested &other) { return other.request == request.request; };
        if (waiting.size() >= kMaxWaiting || std::ranges::any_of(waiting, isKnown))
            return;
        waiting.append(request);
        Q_EMIT q.waitingChanged();
        Q_EMIT q.joinRequested(request);
    });
    session.on<protocol::JoinRequestEnded>(this, [this](const auto &ended) { dropWaiting(ended.request); });
}

void Sharing::Private::adopt(const protocol::WorkspaceJoined &joined)
{
    setState(joined.share);
}

void Sharing::Private::forgetWaiting()
{
    if (waiting.isEmpty())
        return;
    waiting.clear();
    Q_EMIT q.waitingChanged();
}

void Sharing::Private::setState(const std::optional<protocol::ShareState> &next)
{
    if (state == next)
        return;
    state = next;
    if (link && (!state || link->state.id != state->id))
        link.reset();
    if (link)
        link->state = *state;
    Q_EMIT q.stateChanged();
}

void Sharing::Private::setLink(const protocol::ShareLink &next)
{
    link = next;
    state = next.state;
    Q_EMIT q.stateChanged();
}

void Sharing::Private::dropWaiting(const base::JoinRequestId &request)
{
    if (waiting.removeIf([&](const protocol::JoinRequested &other) { return other.request == request; }) > 0)
        Q_EMIT q.waitingChanged();
}

Sharing::Sharing(Workspace &workspace) : d(std::make_unique<Private>(*this, workspace)) {}

Sharing::~Sharing() = default;

bool Sharing::isShared() const
{
    return d->state.has_value();
}

const std::optional<protocol::ShareState> &Sharing::state() const
{
    return d->state;
}

const std::optional<protocol::ShareLink> &Sharing::link() const
{
    return d->link;
}

QString Sharing::url(const protocol::ShareEndpoint &endpoint, bool browserForm) const
{
    const auto host = transport::normalizedHost(endpoint.address);
    if (!d->link || !host)
        return {};
    const transport::Link parts{.kind = transport::Link::Kind::Share, .host = *host, .port = endpoint.port,
                                .id = d->link->state.id, .secret = d->link->secret, .pin = d->link->pin};
    if (!parts.isValid())
        return {};
    return parts.toString(browserForm ? transport::Link::Form::Browser : transport::Link::Form::App);
}

std::optional<protocol::ShareEndpoint> Sharing::preferredEndpoint() const
{
    if (!d->link || d->link->endpoints.isEmpty())
        return std::nullopt;
    const auto &endpoints = d->link->endpoints;
    const auto reachable = std::ranges::find_if_not(endpoints, &protocol::ShareEndpoint::isLoopback);
    return reachable == endpoints.end() ? endpoints.constFirst() : *reachable;
}

const QList<protocol::JoinRequested> &Sharing::waiting() const
{
    return d->waiting;
}

QFuture<base::Result<protocol::ShareCreated>> Sharing::create(const protocol::CreateShare &request)
{
    const auto reply = d->workspace.session().call(request);
    // Delivered before any handler that the caller adds, so that the link is known when that one runs.
    base::deliver(reply, d.get(), [this](const base::Result<protocol::ShareCreated> &created) {
        if (created)
            d->setLink(created->link);
    });
    return reply;
}

QFuture<base::Result<protocol::ShareAdjusted>> Sharing::change(const protocol::ChangeShare &request)
{
    const auto reply = d->workspace.session().call(request);
    base::deliver(reply, d.get(), [this](const base::Result<protocol::ShareAdjusted> &adjusted) {
        if (adjusted)
            d->setState(adjusted->state);
    });
    return reply;
}

QFuture<base::Result<protocol::ShareStopped>> Sharing::stop()
{
    const auto reply = d->workspace.session().call(protocol::EndShare{});
    base::deliver(reply, d.get(), [this](const base::Result<protocol::ShareStopped> &stopped) {
        if (stopped)
            d->setState(std::nullopt);
    });
    return reply;
}

QFuture<base::Result<protocol::ShareLinkGiven>> Sharing::fetchLink()
{
    const auto reply = d->workspace.session().call(protocol::GetShareLink{});
    base::deliver(reply, d.get(), [this](const base::Result<protocol::ShareLinkGiven> &given) {
        if (given)
            d->setLink(given->link);
    });
    return reply;
}

QFuture<base::Result<protocol::AddressesListed>> Sharing::addresses()
{
    return d->workspace.session().call(protocol::ListAddresses{});
}

QFuture<base::Result<protocol::JoinAnswered>> Sharing::answer(const base::JoinRequestId &request, protocol::JoinDecision decision)
{
    const auto reply = d->workspace.session().call(protocol::AnswerJoin{request, decision});
    base::deliver(reply, d.get(), [this, request](const base::Result<protocol::JoinAnswered> &answered) {
        if (answered || answered.error().code == base::ErrorCode::NotFound)
            d->dropWaiting(request);
    });
    return reply;
}

QFuture<base::Result<protocol::AccessSet>> Sharing::setAccess(const base::ParticipantId &person, protocol::Access access)
{
    return d->workspace.session().call(protocol::SetAccess{person, access});
}

QFuture<base::Result<protocol::ParticipantRemoved>> Sharing::remove(const base::ParticipantId &person, bool block)
{
    return d->workspace.session().call(protocol::RemoveParticipant{person, block});
}

} // namespace client
