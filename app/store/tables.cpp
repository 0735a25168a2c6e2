// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/tables.h"

#include "app/store/sqlerror.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace store {

namespace {

template <typename Tag>
QVariant value(const base::Id<Tag> &id)
{
    const auto bytes = id.bytes();
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
}

QVariant value(base::WallTime time)
{
    return qint64(time.time_since_epoch().count());
}

QVariant value(const std::optional<base::WallTime> &time)
{
    return time ? value(*time) : QVariant();
}

// QByteArray() would be stored as NULL.
QVariant value(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

QVariant value(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

template <typename Id>
Id idIn(const QSqlQuery &query, int column)
{
    const QByteArray bytes = query.value(column).toByteArray();
    const auto *data = reinterpret_cast<const std::uint8_t *>(bytes.constData());
    return Id::fromBytes({data, static_cast<std::size_t>(bytes.size())}).value_or(Id());
}

base::WallTime timeIn(const QSqlQuery &query, int column)
{
    return base::WallTime(std::chrono::milliseconds(query.value(column).toLongLong()));
}

std::optional<base::WallTime> maybeTimeIn(const QSqlQuery &query, int column)
{
    return query.isNull(column) ? std::nullopt : std::optional(timeIn(query, column));
}

WorkspaceRow workspaceIn(const QSqlQuery &query)
{
    return {idIn<base::WorkspaceId>(query, 0), query.value(1).toByteArray(), query.value(2).toString()};
}

ShareRow shareIn(const QSqlQuery &query)
{
    return {.id = idIn<base::ShareId>(query, 0),
            .workspace = idIn<base::WorkspaceId>(query, 1),
            .secretHash = query.value(2).toByteArray(),
            .access = static_cast<quint8>(query.value(3).toUInt()),
            .joinPolicy = static_cast<quint8>(query.value(4).toUInt()),
            .createdAt = timeIn(query, 5),
            .expiresAt = maybeTimeIn(query, 6),
            .endedAt = maybeTimeIn(query, 7),
            .addresses = query.value(8).toString().split(u' ', Qt::SkipEmptyParts),
            .port = static_cast<quint16>(query.value(9).toUInt())};
}

ResumeTokenRow tokenIn(const QSqlQuery &query)
{
    return {.tokenHash = query.value(0).toByteArray(),
            .share = idIn<base::ShareId>(query, 1),
            .participant = idIn<base::ParticipantId>(query, 2),
            .name = query.value(3).toString(),
            .access = static_cast<quint8>(query.value(4).toUInt()),
            .color = query.value(5).toUInt(),
            .client = query.value(6).toUInt(),
            .revokedAt = maybeTimeIn(query, 7)};
}

// The first row, if there is one.
template <typename Row>
base::Result<std::optional<Row>> first(base::Result<QSqlQuery> query, Row (*read)(const QSqlQuery &))
{
    if (!query)
        return query.unexpected();
    return query->next() ? std::optional<Row>(read(*query)) : std::nullopt;
}

constexpr auto kWorkspaceColumns = "id, root_path, name"_L1;
constexpr auto kShareColumns = "id, workspace, secret_hash, access, join_policy, created_at, expires_at, ended_at, addresses, port"_L1;
constexpr auto kTokenColumns = "token_hash, share, participant, name, access, color, client, revoked_at"_L1;

} // namespace

base::Result<QSqlQuery> Table::run(const QString &statement, const QList<QVariant> &values) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    bool isDone = query.prepare(statement);
    for (const QVariant &each : values)
        query.addBindValue(each);
    isDone = isDone && query.exec();
    if (!isDone)
        return sqlFailed(query.lastError());
    return query;
}

base::Result<void> Table::change(const QString &statement, const QList<QVariant> &values) const
{
    const auto query = run(statement, values);
    if (!query)
        return query.unexpected();
    if (query->numRowsAffected() == 0)
        return base::Unexpected(base::ErrorCode::NotFound, "no such row");
    return {};
}

base::Result<void> Workspaces::insert(const WorkspaceRow &row)
{
    return change(u"INSERT INTO workspaces ("_s + kWorkspaceColumns + u") VALUES (?, ?, ?)"_s,
                  {value(row.id), value(row.rootPath), value(row.name)});
}

base::Result<std::optional<WorkspaceRow>> Workspaces::find(const base::WorkspaceId &id) const
{
    return first(run(u"SELECT "_s + kWorkspaceColumns + u" FROM workspaces WHERE id = ?"_s, {value(id)}), workspaceIn);
}

base::Result<std::optional<WorkspaceRow>> Workspaces::findByRoot(const QByteArray &rootPath) const
{
    return first(run(u"SELECT "_s + kWorkspaceColumns + u" FROM workspaces WHERE root_path = ?"_s, {value(rootPath)}),
                 workspaceIn);
}

base::Result<QList<WorkspaceRow>> Workspaces::all() const
{
    auto query = run(u"SELECT "_s + kWorkspaceColumns + u" FROM workspaces ORDER BY name, id"_s, {});
    if (!query)
        return query.unexpected();
    QList<WorkspaceRow> rows;
    while (query->next())
        rows.append(workspaceIn(*query));
    return rows;
}

base::Result<void> Workspaces::remove(const base::WorkspaceId &id)
{
    return change(u"DELETE FROM workspaces WHERE id = ?"_s, {value(id)});
}

base::Result<void> Shares::insert(const ShareRow &row)
{
    return change(u"INSERT INTO shares ("_s + kShareColumns + u") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                  {value(row.id), value(row.workspace), value(row.secretHash), row.access, row.joinPolicy,
                   value(row.createdAt), value(row.expiresAt), value(row.endedAt), row.addresses.isEmpty() ? u""_s : row.addresses.join(u' '), row.port});
}

base::Result<std::optional<ShareRow>> Shares::find(const base::ShareId &id) const
{
    return first(run(u"SELECT "_s + kShareColumns + u" FROM shares WHERE id = ?"_s, {value(id)}), shareIn);
}

base::Result<std::optional<ShareRow>> Shares::current(const base::WorkspaceId &workspace) const
{
    return first(run(u"SELECT "_s + kShareColumns + u" FROM shares WHERE workspace = ? AND ended_at IS NULL"_s,
                     {value(workspace)}),
                 shareIn);
}

base::Result<void> Shares::setAccess(const base::ShareId &id, quint8 access)
{
    return change(u"UPDATE shares SET access = ? WHERE id = ?"_s, {access, value(id)});
}

base::Result<void> Shares::setJoinPolicy(const base::ShareId &id, quint8 joinPolicy)
{
    return change(u"UPDATE shares SET join_policy = ? WHERE id = ?"_s, {joinPolicy, value(id)});
}

base::Result<void> Shares::setExpiry(const base::ShareId &id, std::optional<base::WallTime> expiresAt)
{
    return change(u"UPDATE shares SET expires_at = ? WHERE id = ?"_s, {value(expiresAt), value(id)});
}

base::Result<void> Shares::end(const base::ShareId &id, base::WallTime at)
{
    return change(u"UPDATE shares SET ended_at = coalesce(ended_at, ?) WHERE id = ?"_s, {value(at), value(id)});
}

base::Result<void> ResumeTokens::insert(const ResumeTokenRow &row)
{
    return change(u"INSERT INTO resume_tokens ("_s + kTokenColumns + u") VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                  {value(row.tokenHash), value(row.share), value(row.participant), value(row.name), row.access,
                   row.color, row.client, value(row.revokedAt)});
}

base::Result<std::optional<ResumeTokenRow>> ResumeTokens::find(const QByteArray &tokenHash) const
{
    return first(run(u"SELECT "_s + kTokenColumns + u" FROM resume_tokens WHERE token_hash = ?"_s, {value(tokenHash)}),
                 tokenIn);
}

base::Result<void> ResumeTokens::rotate(const QByteArray &oldHash, const QByteArray &newHash)
{
    return change(u"UPDATE resume_tokens SET token_hash = ? WHERE token_hash = ? AND revoked_at IS NULL"_s,
                  {value(newHash), value(oldHash)});
}

base::Result<void> ResumeTokens::setAccess(const base::ParticipantId &participant, quint8 access)
{
    return change(u"UPDATE resume_tokens SET access = ? WHERE participant = ?"_s, {access, value(participant)});
}

base::Result<void> ResumeTokens::revoke(const base::ParticipantId &participant, base::WallTime at)
{
    return change(u"UPDATE resume_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE participant = ?"_s,
                  {value(at), value(participant)});
}

base::Result<void> BlockedAddresses::insert(const base::ShareId &share, const QString &address)
{
    const auto query = run(u"INSERT INTO blocked_addresses (share, address) VALUES (?, ?) ON CONFLICT DO NOTHING"_s,
                           {value(share), value(address)});
    return query ? base::Result<void>() : query.unexpected();
}

base::Result<QStringList> BlockedAddresses::ofShare(const base::ShareId &share) const
{
    auto query = run(u"SELECT address FROM blocked_addresses WHERE share = ? ORDER BY address"_s, {value(share)});
    if (!query)
        return query.unexpected();
    QStringList addresses;
    while (query->next())
        addresses.append(query->value(0).toString());
    return addresses;
}

} // namespace store
