// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/protocol/values.h"

namespace protocol {

//! The answer to a request that could not be done. The detail is for logs; sentences for people are made by the client.
struct Failed
{
    static constexpr Tag tag = Tag::Failed;
    base::ErrorCode code = base::ErrorCode::Internal;
    QString detail;
    static constexpr auto fields() { return std::tuple(field(&Failed::code), atMost(&Failed::detail, kMaxTextUnits)); }
    friend bool operator==(const Failed &, const Failed &) = default;
};

struct Welcomed
{
    static constexpr Tag tag = Tag::Welcomed;
    quint32 version = 0;
    QString hostName;        //!< the machine's name, as it calls itself
    QString hostVersion;
    bool isOwner = false;    //!< the caller came over the owner's private socket
    static constexpr auto fields()
    {
        return std::tuple(field(&Welcomed::version), atMost(&Welcomed::hostName, kMaxNameUnits),
                          atMost(&Welcomed::hostVersion, kMaxNameUnits), field(&Welcomed::isOwner));
    }
    friend bool operator==(const Welcomed &, const Welcomed &) = default;
};

//! First message of every connection. Fails with VersionMismatch when host and client share no version.
struct Hello
{
    static constexpr Tag tag = Tag::Hello;
    static constexpr Access needs = Access::Anyone;
    static constexpr Scope scope = Scope::Host;
    using Reply = Welcomed;
    quint32 version = kProtocolVersion;
    QString client;          //!< program and version, for the log
    QString name;            //!< how the owner wants to be called; guests are named when they join
    static constexpr auto fields()
    {
        return std::tuple(field(&Hello::version), atMost(&Hello::client, kMaxNameUnits), atMost(&Hello::name, kMaxNameUnits));
    }
    friend bool operator==(const Hello &, const Hello &) = default;
};

struct ShareInspected
{
    static constexpr Tag tag = Tag::ShareInspected;
    QString ownerName;
    quint32 ownerColor = 0;
    QString workspaceName;
    Access access = Access::View;
    JoinPolicy policy = JoinPolicy::Ask;
    std::optional<base::WallTime> expiresAt;
    quint32 present = 0;     //!< people in the workspace now
    static constexpr auto fields()
    {
        return std::tuple(atMost(&ShareInspected::ownerName, kMaxNameUnits), field(&ShareInspected::ownerColor),
                          atMost(&ShareInspected::workspaceName, kMaxNameUnits), field(&ShareInspected::access),
                          field(&ShareInspected::policy), field(&ShareInspected::expiresAt), field(&ShareInspected::present));
    }
    friend bool operator==(const ShareInspected &, const ShareInspected &) = default;
};

//! What the holder of a link sees before joining. Fails with LinkRefused, whatever the reason.
struct InspectShare
{
    static constexpr Tag tag = Tag::InspectShare;
    static constexpr Access needs = Access::Anyone;
    static constexpr Scope scope = Scope::Host;
    using Reply = ShareInspected;
    base::ShareId share;
    QByteArray secret;
    static constexpr auto fields() { return std::tuple(field(&InspectShare::share), atMost(&InspectShare::secret, kSecretBytes)); }
    friend bool operator==(const InspectShare &, const InspectShare &) = default;
};

struct WorkspaceJoined
{
    static constexpr Tag tag = Tag::WorkspaceJoined;
    WorkspaceInfo workspace;
    Participant you;
    QList<Participant> others;
    QByteArray resumeToken;  //!< one-time; brings this participant back after a lost connection. Empty for the owner
    std::optional<ShareState> share;
    static constexpr auto fields()
    {
        return std::tuple(field(&WorkspaceJoined::workspace), field(&WorkspaceJoined::you),
                          atMost(&WorkspaceJoined::others, kMaxParticipants),
                          atMost(&WorkspaceJoined::resumeToken, kTokenBytes), field(&WorkspaceJoined::share));
    }
    friend bool operator==(const WorkspaceJoined &, const WorkspaceJoined &) = default;
};

//! Enter a shared workspace. With policy Ask the answer comes when the owner has decided; JoinAsked says meanwhile that
//! the question was put. Fails with LinkRefused, Denied, Timeout, TooMany.
struct JoinShare
{
    static constexpr Tag tag = Tag::JoinShare;
    static constexpr Access needs = Access::Anyone;
    static constexpr Scope scope = Scope::Host;
    using Reply = WorkspaceJoined;
    base::ShareId share;
    QByteArray secret;
    QString name;
    QByteArray resumeToken;  //!< from an earlier WorkspaceJoined: return as the same person without asking again
    static constexpr auto fields()
    {
        return std::tuple(field(&JoinShare::share), atMost(&JoinShare::secret, kSecretBytes), atMost(&JoinShare::name, kMaxNameUnits),
                          atMost(&JoinShare::resumeToken, kTokenBytes));
    }
    friend bool operator==(const JoinShare &, const JoinShare &) = default;
};

//! The owner sees the question now.
struct JoinAsked
{
    static constexpr Tag tag = Tag::JoinAsked;
    bool ownerPresent = false;
    static constexpr auto fields() { return std::tuple(field(&JoinAsked::ownerPresent)); }
    friend bool operator==(const JoinAsked &, const JoinAsked &) = default;
};

} // namespace protocol
