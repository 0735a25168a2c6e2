// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/sharing.h"

namespace client {

class Sharing::Private final : public QObject
{
public:
    Private(Sharing &sharing, Workspace &owningWorkspace);

    void adopt(const protocol::WorkspaceJoined &joined);
    //! What waited at the door is the lost connection's; the host asks again.
    void forgetWaiting();
    void setState(const std::optional<protocol::ShareState> &next);
    void setLink(const protocol::ShareLink &next);
    void dropWaiting(const base::JoinRequestId &request);

    Sharing &q;
    Workspace &workspace;
    std::optional<protocol::ShareState> state;
    std::optional<protocol::ShareLink> link;
    QList<protocol::JoinRequested> waiting;
};

} // namespace client
