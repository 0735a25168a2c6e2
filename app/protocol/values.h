// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/message.h"

// Structs that several messages carry.
namespace protocol {

enum class JoinPolicy : quint8 {
    Ask = 0,    //!< the owner is asked for each person
    Anyone = 1, //!< whoever has the link enters at once
};
constexpr JoinPolicy lastValue(JoinPolicy) { return JoinPolicy::Anyone; }

struct WorkspaceInfo
{
    base::WorkspaceId id;
    QString name;            //!< the folder's name
    QString hostName;
    QString branch;          //!< git branch, or short commit when detached; empty without a repository
    QByteArray rootPath;     //!< absolute path on the host; only the owner is told
    bool isReadOnly = false; //!< the folder itself cannot be written
    static constexpr auto fields()
    {
        return std::tuple(field(&WorkspaceInfo::id), atMost(&WorkspaceInfo::name, kMaxNameBytes),
                          atMost(&WorkspaceInfo::hostName, kMaxNameUnits), atMost(&WorkspaceInfo::branch, kMaxNameBytes),
                          atMost(&WorkspaceInfo::rootPath, kMaxPathBytes), field(&WorkspaceInfo::isReadOnly));
    }
    friend bool operator==(const WorkspaceInfo &, const WorkspaceInfo &) = default;
};

//! A person connected to a workspace now. Everything in it is the host's word, nothing the person's own.
struct Participant
{
    base::ParticipantId id;
    QString name;
    Access access = Access::View;    //!< Owner marks the owner
    quint32 color = 0;               //!< index into the eight participant colours; 8 and up wrap and get a second ring
    quint32 client = 0;              //!< id of this person's edits and presence; assigned by the host, never reused
    base::WallTime since{};
    bool isConnected = true;         //!< false while the host waits for a lost connection to come back
    QString address;                 //!< network address; only the owner is told
    static constexpr auto fields()
    {
        return std::tuple(field(&Participant::id), atMost(&Participant::name, kMaxNameUnits), field(&Participant::access),
                          field(&Participant::color), field(&Participant::client), field(&Participant::since),
                          field(&Participant::isConnected), atMost(&Participant::address, kMaxNameUnits));
    }
    friend bool operator==(const Participant &, const Participant &) = default;
};

//! The share as everybody in the workspace may know it: without its secret.
struct ShareState
{
    base::ShareId id;
    Access access = Access::View;
    JoinPolicy policy = JoinPolicy::Ask;
    base::WallTime createdAt{};
    std::optional<base::WallTime> expiresAt;
    static constexpr auto fields()
    {
        return std::tuple(field(&ShareState::id), field(&ShareState::access), field(&ShareState::policy),
                          field(&ShareState::createdAt), field(&ShareState::expiresAt));
    }
    friend bool operator==(const ShareState &, const ShareState &) = default;
};

} // namespace protocol
