// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/metastore.h"
#include "app/store/migrations.h"
#include "tests/support/files/testfolder.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <sys/stat.h>

using base::ErrorCode;
using store::MetaStore;
using support::TestFolder;

class MetaStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsEveryRow();
    void hasOneOpenShareAtATime();
    void anEndedShareHasNoLivingToken();
    void aShareKeepsItsBlockedAddressesUntilItEnds();
    void aTokenIsUsedOnce();
    void revokingLasts();
    void forgetsAWorkspaceWithAllThatBelongsToIt();
    void undoesATransactionThatFails();
    void survivesARestart();
    void commitsToTheDisk();
    void bringsOldVersionsUp_data();
    void bringsOldVersionsUp();
    void opensOldVersionsOnly();
    void refusesADamagedFile();
    void refusesRowsWithoutTheirParents();

private:
    std::unique_ptr<MetaStore> open()
    {
        auto store = MetaStore::open(file(), m_clock);
        return store ? std::move(*store) : nullptr;
    }
    QString file() const { return QString::fromUtf8(m_folder->path("host.sqlite")); }
    store::ShareRow share(const base::WorkspaceId &workspace)
    {
        return {.id = base::ShareId::random(m_random), .workspace = workspace, .secretHash = QByteArray("\0hash", 5),
                .access = 2, .joinPolicy = 1, .createdAt = m_clock.wallTime(), .expiresAt = m_clock.wallTime()};
    }
    store::ResumeTokenRow token(const base::ShareId &share, const QByteArray &hash)
    {
        return {.tokenHash = hash, .share = share, .participant = base::ParticipantId::random(m_random),
                .name = QStringLiteral("Ada"), .access = 1, .color = 7, .client = 4'000'000'000u};
    }

    std::unique_ptr<TestFolder> m_folder;
    support::MovableClock m_clock;
    base::SystemRandom m_random;
    store::WorkspaceRow m_workspace;
};

namespace {

template <typename T>
ErrorCode codeOf(const base::Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

} // namespace

void MetaStoreTest::init()
{
    m_folder = std::make_unique<TestFolder>(TestFolder::On::Memory);
    m_workspace = {base::WorkspaceId::random(m_random), "/home/a\n\xff", QStringLiteral("project")};
    QVERIFY(open()->workspaces().insert(m_workspace));
}

void MetaStoreTest::keepsEveryRow()
{
    const auto store = open();
    QCOMPARE(**store->workspaces().find(m_workspace.id), m_workspace);
    QCOMPARE(**store->workspaces().findByRoot(m_workspace.rootPath), m_workspace);
    QVERIFY(!*store->workspaces().findByRoot("/elsewhere"));
    QCOMPARE(store->workspaces().all()->size(), 1);
    QCOMPARE(codeOf(store->workspaces().insert(m_workspace)), ErrorCode::AlreadyExists);

    const store::ShareRow shared = share(m_workspace.id);
    QVERIFY(store->shares().insert(shared));
    QCOMPARE(**store->shares().find(shared.id), shared);
    QCOMPARE(**store->shares().current(m_workspace.id), shared);
    QVERIFY(store->shares().setAccess(shared.id, 1));
    QVERIFY(store->shares().setExpiry(shared.id, std::nullopt));
    QCOMPARE((*store->shares().find(shared.id))->access, 1);
    QVERIFY(!(*store->shares().find(shared.id))->expiresAt);

    const store::ResumeTokenRow resumed = token(shared.id, "hash");
    QVERIFY(store->resumeTokens().insert(resumed));
    QCOMPARE(**store->resumeTokens().find("hash"), resumed);
    QVERIFY(!*store->resumeTokens().find("other"));
    QVERIFY(store->resumeTokens().setAccess(resumed.participant, 2));
    QCOMPARE((*store->resumeTokens().find("hash"))->access, 2);
}

void MetaStoreTest::hasOneOpenShareAtATime()
{
    const auto store = open();
    const store::ShareRow first = share(m_workspace.id);
    QVERIFY(store->shares().insert(first));
    QCOMPARE(codeOf(store->shares().insert(share(m_workspace.id))), ErrorCode::AlreadyExists);
    QVERIFY(store->shares().end(first.id, m_clock.wallTime()));
    QVERIFY(!*store->shares().current(m_workspace.id));
    const store::ShareRow second = share(m_workspace.id);
    QVERIFY(store->shares().insert(second));
    QCOMPARE((*store->shares().current(m_workspace.id))->id, second.id);
    QCOMPARE(codeOf(store->shares().end(base::ShareId::random(m_random), {})), ErrorCode::NotFound);
}

void MetaStoreTest::anEndedShareHasNoLivingToken()
{
    const auto store = open();
    const store::ShareRow first = share(m_workspace.id);
    QVERIFY(store->shares().insert(first));
    QVERIFY(store->resumeTokens().insert(token(first.id, "one")));
    QVERIFY(store->resumeTokens().insert(token(first.id, "two")));
    QVERIFY(store->shares().end(first.id, m_clock.wallTime()));
    const base::WallTime ended = m_clock.wallTime();
    m_clock.advance(std::chrono::hours(1));
    QVERIFY(store->shares().end(first.id, m_clock.wallTime()));
    QCOMPARE(*(*store->shares().find(first.id))->endedAt, ended);
    for (const char *hash : {"one", "two"}) {
        QCOMPARE(*(*store->resumeTokens().find(hash))->revokedAt, ended);
        QCOMPARE(codeOf(store->resumeTokens().rotate(hash, "three")), ErrorCode::NotFound);
    }
}

void MetaStoreTest::aShareKeepsItsBlockedAddressesUntilItEnds()
{
    const store::ShareRow first = share(m_workspace.id);
    const QString v4 = QStringLiteral("192.0.2.1");
    const QString v6 = QStringLiteral("2001:db8::1");
    {
        const auto store = open();
        QVERIFY(store->shares().insert(first));
        QCOMPARE(store->blockedAddresses().ofShare(first.id)->size(), 0);
        for (const QString &address : {v6, v4, v4})
            QVERIFY(store->blockedAddresses().insert(first.id, address));
    }
    const auto store = open();
    QCOMPARE(*store->blockedAddresses().ofShare(first.id), (QStringList{v4, v6}));
    QVERIFY(store->shares().end(first.id, m_clock.wallTime()));
    QCOMPARE(store->blockedAddresses().ofShare(first.id)->size(), 0);
    const store::ShareRow second = share(m_workspace.id);
    QVERIFY(store->shares().insert(second));
    QCOMPARE(store->blockedAddresses().ofShare(second.id)->size(), 0);
    QCOMPARE(codeOf(store->blockedAddresses().insert(base::ShareId::random(m_random), v4)), ErrorCode::NotFound);
}

void MetaStoreTest::aTokenIsUsedOnce()
{
    const auto store = open();
    const store::ShareRow first = share(m_workspace.id);
    QVERIFY(store->shares().insert(first));
    const store::ResumeTokenRow row = token(first.id, "one");
    QVERIFY(store->resumeTokens().insert(row));
    QVERIFY(store->resumeTokens().rotate("one", "two"));
    QVERIFY(!*store->resumeTokens().find("one"));
    QCOMPARE(codeOf(store->resumeTokens().rotate("one", "three")), ErrorCode::NotFound);
    QCOMPARE((*store->resumeTokens().find("two"))->participant, row.participant);
}

void MetaStoreTest::revokingLasts()
{
    auto store = open();
    const store::ShareRow first = share(m_workspace.id);
    QVERIFY(store->shares().insert(first));
    const store::ResumeTokenRow row = token(first.id, "one");
    QVERIFY(store->resumeTokens().insert(row));
    QVERIFY(store->resumeTokens().revoke(row.participant, m_clock.wallTime()));
    const base::WallTime revoked = m_clock.wallTime();
    m_clock.advance(std::chrono::hours(1));
    QVERIFY(store->resumeTokens().revoke(row.participant, m_clock.wallTime()));
    store = open();
    QCOMPARE(*(*store->resumeTokens().find("one"))->revokedAt, revoked);
    QCOMPARE(codeOf(store->resumeTokens().rotate("one", "two")), ErrorCode::NotFound);
}

void MetaStoreTest::forgetsAWorkspaceWithAllThatBelongsToIt()
{
    const auto store = open();
    const store::ShareRow first = share(m_workspace.id);
    QVERIFY(store->shares().insert(first));
    QVERIFY(store->resumeTokens().insert(token(first.id, "one")));
    QVERIFY(store->workspaces().remove(m_workspace.id));
    QVERIFY(!*store->shares().find(first.id));
    QVERIFY(!*store->resumeTokens().find("one"));
}

void MetaStoreTest::undoesATransactionThatFails()
{
    const auto store = open();
    const store::ShareRow row = share(m_workspace.id);
    const auto failed = store->transact([&]() -> base::Result<void> {
        if (auto done = store->shares().insert(row); !done)
            return done;
        return base::Unexpected(ErrorCode::Denied, "changed our mind");
    });
    QCOMPARE(codeOf(failed), ErrorCode::Denied);
    QVERIFY(!*store->shares().find(row.id));
    QVERIFY(store->transact([&] { return store->shares().insert(row); }));
    QVERIFY(*store->shares().find(row.id));
}

void MetaStoreTest::survivesARestart()
{
    const store::ShareRow first = share(m_workspace.id);
    QVERIFY(open()->shares().insert(first));
    QCOMPARE(**open()->shares().find(first.id), first);
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

void MetaStoreTest::commitsToTheDisk()
{
    const auto store = open();
    QSqlDatabase database = QSqlDatabase::database(QSqlDatabase::connectionNames().constFirst(), false);
    const auto pragma = [&](const char *name) {
        QSqlQuery query(QStringLiteral("PRAGMA ") + QLatin1StringView(name), database);
        return query.next() ? query.value(0).toString() : QString();
    };
    QCOMPARE(pragma("journal_mode"), QStringLiteral("wal"));
    QCOMPARE(pragma("synchronous"), QStringLiteral("2"));
    QCOMPARE(pragma("foreign_keys"), QStringLiteral("1"));
}

void MetaStoreTest::bringsOldVersionsUp_data()
{
    QTest::addColumn<QString>("fixture");
    const QDir folder(QStringLiteral(ALONGSIDE_SOURCE_DIR "/tests/unit/store/data"));
    const auto fixtures = folder.entryList({QStringLiteral("version*.sql")});
    QCOMPARE(fixtures.size(), qsizetype(store::migrations().size()) - 1);
    for (const QString &fixture : fixtures)
        QTest::newRow(qPrintable(fixture)) << folder.filePath(fixture);
}

void MetaStoreTest::bringsOldVersionsUp()
{
    QFETCH(QString, fixture);
    QFile file(fixture);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString old = QString::fromUtf8(m_folder->path("old.sqlite"));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("fixture"));
        database.setDatabaseName(old);
        QVERIFY(database.open());
        QSqlQuery query(database);
        const QString statements = QString::fromUtf8(file.readAll());
        // One per paragraph: a trigger has semicolons of its own.
        for (const QString &statement : statements.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts))
            QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("fixture"));
    auto store = MetaStore::open(old, m_clock);
    QVERIFY2(store, store ? "" : store.error().detail.c_str());
    // What every fixture holds: one workspace with an open share and a token.
    const auto workspaces = (*store)->workspaces().all();
    QCOMPARE(workspaces->size(), 1);
    const auto shared = (*store)->shares().current(workspaces->first().id);
    QVERIFY(shared && *shared);
    QCOMPARE((*shared)->addresses, QStringList{QStringLiteral("192.0.2.1")});
    QCOMPARE((*(*store)->resumeTokens().find("token"))->share, (*shared)->id);
    // And it has the tables of now.
    const auto tables = [] {
        QStringList names = QSqlDatabase::database(QSqlDatabase::connectionNames().constFirst(), false).tables();
        names.sort();
        return names;
    };
    const QStringList found = tables();
    store->reset();
    const auto fresh = open();
    QCOMPARE(found, tables());
}

void MetaStoreTest::opensOldVersionsOnly()
{
    {
        const auto store = open();
        QSqlQuery query(QSqlDatabase::database(QSqlDatabase::connectionNames().constFirst(), false));
        QVERIFY(query.exec(QStringLiteral("SELECT version, applied_at FROM migrations ORDER BY version")));
        for (int version = 1; version <= int(store::migrations().size()); ++version) {
            QVERIFY(query.next());
            QCOMPARE(query.value(0).toInt(), version);
            QCOMPARE(query.value(1).toLongLong(), m_clock.wallTime().time_since_epoch().count());
        }
        QVERIFY(!query.next());
        QVERIFY(query.exec(QStringLiteral("INSERT INTO migrations VALUES (1000, 0)")));
    }
    QCOMPARE(codeOf(MetaStore::open(file(), m_clock)), ErrorCode::VersionMismatch);
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

void MetaStoreTest::refusesADamagedFile()
{
    m_folder->write("bad.sqlite", QByteArray(10'000, 'x'));
    QCOMPARE(codeOf(MetaStore::open(QString::fromUtf8(m_folder->path("bad.sqlite")), m_clock)), ErrorCode::Malformed);
    QByteArray bytes = m_folder->read("host.sqlite");
    bytes.replace(4096, 4096, QByteArray(4096, '\x5a'));
    m_folder->write("host.sqlite", bytes);
    QCOMPARE(codeOf(MetaStore::open(file(), m_clock)), ErrorCode::Malformed);
    QVERIFY(!MetaStore::open(QString::fromUtf8(m_folder->path("no/such/folder")), m_clock));
}

void MetaStoreTest::refusesRowsWithoutTheirParents()
{
    const auto store = open();
    QCOMPARE(codeOf(store->shares().insert(share(base::WorkspaceId::random(m_random)))), ErrorCode::NotFound);
    QCOMPARE(codeOf(store->resumeTokens().insert(token(base::ShareId::random(m_random), "x"))), ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(MetaStoreTest)
#include "tst_metastore.moc"
