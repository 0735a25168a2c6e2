// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/door.h"

#include "app/host/limits.h"
#include "app/host/sharedesk.h"
#include "app/host/workspace.h"

#include <utility>

namespace host {

namespace {

// Addresses remembered at once; beyond that the oldest window has passed for most of them anyway.
constexpr qsizetype kMaxRememberedAddresses = 10'000;

} // namespace

Door::Door(const base::Clock &clock, std::function<QList<Workspace *>()> workspaces)
    : m_clock(clock), m_workspaces(std::move(workspaces))
{
}

bool Door::isGuessing(const QString &address) const
{
    const auto found = m_failures.constFind(address);
    return found != m_failures.constEnd() && found->count > kMaxWrongSecrets && m_clock.now() - found->since < kWrongSecretWindow;
}

void Door::countFailure(const QString &address)
{
    if (m_failures.size() >= kMaxRememberedAddresses)
        m_failures.removeIf([this](const auto &entry) { return m_clock.now() - entry.value().since >= kWrongSecretWindow; });
    Failures &failures = m_failures[address];
    if (failures.count == 0 || m_clock.now() - failures.since >= kWrongSecretWindow)
        failures = {0, m_clock.now()};
    ++failures.count;
}

ShareDesk *Door::findShare(Connection &caller, const base::ShareId &share, const QByteArray &secret)
{
    const QList<Workspace *> workspaces = m_workspaces();
    for (Workspace *workspace : workspaces) {
        if (workspace->sharing().opens(share, secret))
            return &workspace->sharing();
    }
    // Somebody with the right secret is let in whatever a neighbour behind the same address does; each further guess
    // costs its maker a new TLS handshake.
    countFailure(caller.address());
    if (isGuessing(caller.address()))
        caller.refuse({base::ErrorCode::TooMany, "too many wrong secrets"});
    return nullptr;
}

base::Result<protocol::ShareInspected> Door::inspect(Connection &caller, const protocol::InspectShare &request)
{
    if (ShareDesk *desk = findShare(caller, request.share, request.secret))
        return desk->inspect();
    return base::Unexpected(base::ErrorCode::LinkRefused, "the link opens nothing");
}

void Door::join(Connection &caller, const protocol::JoinShare &request, Answer<protocol::WorkspaceJoined> answer)
{
    if (caller.workspace()) {
        answer(base::Unexpected(base::ErrorCode::InvalidArgument, "this connection is in a workspace already"));
        return;
    }
    if (ShareDesk *desk = findShare(caller, request.share, request.secret))
        desk->admit(caller, request, std::move(answer));
    else
        answer(base::Unexpected(base::ErrorCode::LinkRefused, "the link opens nothing"));
}

} // namespace host
