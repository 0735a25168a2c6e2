// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/host/answer.h"
#include "app/protocol/handshakemessages.h"

#include <QHash>
#include <QList>

#include <functional>

namespace host {

class ShareDesk;
class Workspace;

//! Where people with a link knock. Finds the share that a secret opens, and makes guessing dear: after a few wrong
//! secrets from one address each further one closes its connection.
class Door
{
public:
    Door(const base::Clock &clock, std::function<QList<Workspace *>()> workspaces);

    base::Result<protocol::ShareInspected> inspect(Connection &caller, const protocol::InspectShare &request);
    void join(Connection &caller, const protocol::JoinShare &request, Answer<protocol::WorkspaceJoined> answer);

private:
    struct Failures
    {
        int count = 0;
        base::Instant since{};
    };

    ShareDesk *findShare(Connection &caller, const base::ShareId &share, const QByteArray &secret);
    bool isGuessing(const QString &address) const;
    void countFailure(const QString &address);

    const base::Clock &m_clock;
    std::function<QList<Workspace *>()> m_workspaces;
    QHash<QString, Failures> m_failures;
};

} // namespace host
