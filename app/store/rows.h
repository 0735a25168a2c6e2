// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/id.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

// What the host remembers besides texts. One struct per table, one row per object.
namespace store {

struct WorkspaceRow
{
    base::WorkspaceId id;
    QByteArray rootPath;                       //!< absolute; unique
    QString name;

    friend bool operator==(const WorkspaceRow &, const WorkspaceRow &) = default;
};

struct ShareRow
{
    base::ShareId id;
    base::WorkspaceId workspace;
    QByteArray secretHash;                     //!< never the secret
    quint8 access = 0;                         //!< protocol::Access
    quint8 joinPolicy = 0;                     //!< protocol::JoinPolicy
    base::WallTime createdAt{};
    std::optional<base::WallTime> expiresAt;
    std::optional<base::WallTime> endedAt;     //!< set once, never cleared
    QStringList addresses;                     //!< IP literals it listens on; empty: loopback
    quint16 port = 0;                          //!< where the link leads, for after a restart

    friend bool operator==(const ShareRow &, const ShareRow &) = default;
};

struct ResumeTokenRow
{
    QByteArray tokenHash;                      //!< never the token
    base::ShareId share;
    base::ParticipantId participant;
    QString name;
    quint8 access = 0;                         //!< protocol::Access
    quint32 color = 0;
    quint32 client = 0;                        //!< id of this person's edits; never given to somebody else
    std::optional<base::WallTime> revokedAt;   //!< set once, never cleared

    friend bool operator==(const ResumeTokenRow &, const ResumeTokenRow &) = default;
};

} // namespace store
