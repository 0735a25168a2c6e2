// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/metastore.h"

#include "app/store/migrations.h"
#include "app/store/sqlerror.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <atomic>

using namespace Qt::StringLiterals;

namespace store {

namespace {

QString newConnectionName()
{
    static std::atomic<quint64> last = 0;
    return u"store-%1"_s.arg(++last);
}

base::Result<QVariant> ask(const QString &connection, const QString &statement)
{
    QSqlQuery query(QSqlDatabase::database(connection, false));
    if (!query.exec(statement))
        return sqlFailed(query.lastError());
    return query.next() ? query.value(0) : QVariant();
}

base::Result<void> tell(const QString &connection, const QString &statement)
{
    const auto answer = ask(connection, statement);
    return answer ? base::Result<void>() : answer.unexpected();
}

} // namespace

MetaStore::MetaStore(QString connection)
    : m_connection(std::move(connection)), m_workspaces(m_connection), m_shares(m_connection),
      m_resumeTokens(m_connection), m_blockedAddresses(m_connection)
{
}

MetaStore::~MetaStore()
{
    QSqlDatabase::removeDatabase(m_connection);
}

base::Result<std::unique_ptr<MetaStore>> MetaStore::open(const QString &path, const base::Clock &clock)
{
    std::unique_ptr<MetaStore> store(new MetaStore(newConnectionName()));
    if (auto done = store->configure(path); !done)
        return done.unexpected();
    if (auto done = store->migrate(clock); !done)
        return done.unexpected();
    return store;
}

base::Result<void> MetaStore::configure(const QString &path)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    if (!database.isValid())
        return base::Unexpected(base::ErrorCode::Unavailable, "Qt's SQLite driver is not installed");
    database.setDatabaseName(path);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!database.open())
        return sqlFailed(database.lastError());
    for (const QString &pragma : {u"PRAGMA foreign_keys = ON"_s, u"PRAGMA synchronous = FULL"_s,
                                  u"PRAGMA trusted_schema = OFF"_s}) {
        if (auto done = tell(m_connection, pragma); !done)
            return done;
    }
    // Where the file system has no shared memory SQLite stays with its rollback journal, which is as durable and slower.
    const auto mode = ask(m_connection, u"PRAGMA journal_mode = WAL"_s);
    if (!mode)
        return mode.unexpected();
    const auto check = ask(m_connection, u"PRAGMA quick_check(1)"_s);
    if (!check)
        return check.unexpected();
    if (check->toString() != "ok"_L1)
        return base::Unexpected(base::ErrorCode::Malformed, "the database is damaged");
    return {};
}

base::Result<void> MetaStore::migrate(const base::Clock &clock)
{
    if (auto done = tell(m_connection, u"CREATE TABLE IF NOT EXISTS migrations ("
                                       " version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL)"_s);
        !done)
        return done;
    const auto version = ask(m_connection, u"SELECT coalesce(max(version), 0) FROM migrations"_s);
    if (!version)
        return version.unexpected();
    const auto all = migrations();
    const auto known = static_cast<qlonglong>(all.size());
    if (version->toLongLong() > known)
        return base::Unexpected(base::ErrorCode::VersionMismatch, "the database was written by a newer version");
    for (qlonglong next = version->toLongLong() + 1; next <= known; ++next) {
        auto done = transact([&]() -> base::Result<void> {
            for (const QLatin1StringView statement : all[static_cast<std::size_t>(next - 1)]) {
                if (auto one = tell(m_connection, statement); !one)
                    return one;
            }
            return tell(m_connection, u"INSERT INTO migrations (version, applied_at) VALUES (%1, %2)"_s.arg(next).arg(
                                          clock.wallTime().time_since_epoch().count()));
        });
        if (!done)
            return done;
    }
    return {};
}

base::Result<void> MetaStore::transact(const std::function<base::Result<void>()> &changes)
{
    if (auto begun = tell(m_connection, u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    auto done = changes();
    if (done)
        done = tell(m_connection, u"COMMIT"_s);
    if (!done)
        (void)tell(m_connection, u"ROLLBACK"_s);
    return done;
}

} // namespace store
