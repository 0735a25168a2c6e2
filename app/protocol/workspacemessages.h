// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/handshakemessages.h"

namespace protocol {

struct WorkspacesListed
{
    static constexpr Tag tag = Tag::WorkspacesListed;
    QList<WorkspaceInfo> workspaces;
    static constexpr auto fields() { return std::tuple(atMost(&WorkspacesListed::workspaces, kMaxWorkspaces)); }
    friend bool operator==(const WorkspacesListed &, const WorkspacesListed &) = default;
};

struct ListWorkspaces
{
    static constexpr Tag tag = Tag::ListWorkspaces;
    static constexpr Access needs = Access::Owner;
    static constexpr Scope scope = Scope::Host;
    using Reply = WorkspacesListed;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const ListWorkspaces &, const ListWorkspaces &) = default;
};

//! The owner enters a workspace of this host. Fails with NotFound, Unavailable (folder gone).
struct OpenWorkspace
{
    static constexpr Tag tag = Tag::OpenWorkspace;
    static constexpr Access needs = Access::Owner;
    static constexpr Scope scope = Scope::Host;
    using Reply = WorkspaceJoined;
    base::WorkspaceId workspace;
    static constexpr auto fields() { return std::tuple(field(&OpenWorkspace::workspace)); }
    friend bool operator==(const OpenWorkspace &, const OpenWorkspace &) = default;
};

struct Left
{
    static constexpr Tag tag = Tag::Left;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const Left &, const Left &) = default;
};

//! Go for good: the resume token dies and the others see it at once.
struct Leave
{
    static constexpr Tag tag = Tag::Leave;
    static constexpr Access needs = Access::View;
    using Reply = Left;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const Leave &, const Leave &) = default;
};

struct WorkspaceChanged
{
    static constexpr Tag tag = Tag::WorkspaceChanged;
    WorkspaceInfo workspace;
    static constexpr auto fields() { return std::tuple(field(&WorkspaceChanged::workspace)); }
    friend bool operator==(const WorkspaceChanged &, const WorkspaceChanged &) = default;
};

enum class EndReason : quint8 {
    Unshared = 0,
    Removed = 1,
    Expired = 2,
    HostStopping = 3,
    FolderGone = 4,
};
constexpr EndReason lastValue(EndReason) { return EndReason::FolderGone; }

//! The last message a participant gets; the host closes the channel after it.
struct SessionEnded
{
    static constexpr Tag tag = Tag::SessionEnded;
    EndReason reason = EndReason::Unshared;
    QString by;              //!< who ended it; empty when nobody did
    base::WallTime at{};
    static constexpr auto fields()
    {
        return std::tuple(field(&SessionEnded::reason), atMost(&SessionEnded::by, kMaxNameUnits), field(&SessionEnded::at));
    }
    friend bool operator==(const SessionEnded &, const SessionEnded &) = default;
};

} // namespace protocol
