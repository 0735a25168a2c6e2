// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/store/rows.h"

#include <QList>
#include <QString>

#include <optional>

class QSqlQuery;

// One class per table. All of them on the thread of the MetaStore that owns them; errors as said there. Rows that one
// may look for in vain are std::optional; changing a row that is not there is NotFound.
namespace store {

//! What the tables share: the connection.
class Table
{
public:
    explicit Table(QString connection) : m_connection(std::move(connection)) {}

protected:
    base::Result<QSqlQuery> run(const QString &statement, const QList<QVariant> &values) const;
    //! As run(), and NotFound if no row was changed.
    base::Result<void> change(const QString &statement, const QList<QVariant> &values) const;

private:
    QString m_connection;
};

class Workspaces final : public Table
{
public:
    using Table::Table;
    //! Errors also: AlreadyExists (id or root path).
    base::Result<void> insert(const WorkspaceRow &row);
    base::Result<std::optional<WorkspaceRow>> find(const base::WorkspaceId &id) const;
    base::Result<std::optional<WorkspaceRow>> findByRoot(const QByteArray &rootPath) const;
    base::Result<QList<WorkspaceRow>> all() const;
    //! With its shares and tokens.
    base::Result<void> remove(const base::WorkspaceId &id);
};

class Shares final : public Table
{
public:
    using Table::Table;
    base::Result<void> insert(const ShareRow &row);
    base::Result<std::optional<ShareRow>> find(const base::ShareId &id) const;
    //! The share of \a workspace that has not ended; at most one exists.
    base::Result<std::optional<ShareRow>> current(const base::WorkspaceId &workspace) const;
    base::Result<void> setAccess(const base::ShareId &id, quint8 access);
    base::Result<void> setJoinPolicy(const base::ShareId &id, quint8 joinPolicy);
    base::Result<void> setExpiry(const base::ShareId &id, std::optional<base::WallTime> expiresAt);
    //! Ends it and revokes its tokens, in one go. A share that has ended keeps its first end.
    base::Result<void> end(const base::ShareId &id, base::WallTime at);
};

class ResumeTokens final : public Table
{
public:
    using Table::Table;
    base::Result<void> insert(const ResumeTokenRow &row);
    //! Also finds revoked ones: look at revokedAt.
    base::Result<std::optional<ResumeTokenRow>> find(const QByteArray &tokenHash) const;
    //! Replaces the token of the same participant: a token is used once. NotFound if \a oldHash is unknown or revoked.
    base::Result<void> rotate(const QByteArray &oldHash, const QByteArray &newHash);
    base::Result<void> setAccess(const base::ParticipantId &participant, quint8 access);
    base::Result<void> revoke(const base::ParticipantId &participant, base::WallTime at);
};

class BlockedAddresses final : public Table
{
public:
    using Table::Table;
    //! No error if \a share blocks \a address already.
    base::Result<void> insert(const base::ShareId &share, const QString &address);
    //! None once the share has ended.
    base::Result<QStringList> ofShare(const base::ShareId &share) const;
};

} // namespace store
