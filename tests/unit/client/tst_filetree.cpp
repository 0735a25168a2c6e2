// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seed.h"
#include "tests/support/wait.h"
#include "tests/unit/client/workspacefixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <random>

using client::FileTree;
using protocol::EntryKind;
using protocol::FileEntry;

namespace {

FileEntry entry(const QByteArray &name, EntryKind kind = EntryKind::File)
{
    return {.name = name, .kind = kind};
}

} // namespace

class FileTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        fixture = std::make_unique<WorkspaceFixture>();
        folders = {{"", {entry("src", EntryKind::Folder), entry("README.md")}}, {"src", {entry("a.cpp"), entry("b.cpp")}}};
        listings.clear();
        fixture->host.script = [this](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            const auto *request = std::get_if<protocol::ListFolder>(&message);
            if (!request)
                return false;
            listings.append(request->path);
            const auto found = folders.constFind(request->path);
            if (found == folders.cend()) {
                connection.send(protocol::Failed{base::ErrorCode::NotFound, {}}, call);
            } else {
                connection.send(protocol::FolderListed{found->mid(request->offset, protocol::kMaxEntriesPerPage), quint32(found->size())}, call);
            }
            return true;
        };
        QVERIFY(fixture->open());
    }
    void cleanup()
    {
        tester.reset();
        fixture.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void foldersAreListedWhenAskedFor()
    {
        QSignalSpy loaded(&tree(), &FileTree::folderLoaded);
        load("");
        QCOMPARE(tree().rowCount(), 2);
        const QModelIndex src = tree().indexOf("src");
        QVERIFY(tree().hasChildren(src));
        QVERIFY(tree().canFetchMore(src));
        QCOMPARE(tree().rowCount(src), 0);
        load("src");
        QCOMPARE(loaded.size(), 2);
        QCOMPARE(tree().rowCount(src), 2);
        QVERIFY(!tree().canFetchMore(src));
        const QModelIndex file = tree().index(1, 0, src);
        QCOMPARE(file.data(FileTree::PathRole).toByteArray(), QByteArray("src/b.cpp"));
        QCOMPARE(file.data().toString(), QStringLiteral("b.cpp"));
        QCOMPARE(tree().pathOf(file), QByteArray("src/b.cpp"));
        QVERIFY(!file.data(FileTree::IsFolderRole).toBool());
        QVERIFY(!tree().hasChildren(file));
        QVERIFY(!tree().indexOf("src/nothing").isValid());
        QCOMPARE(listings, (QList<QByteArray>{"", "src"}));
    }

    void changedFolderKeepsPersistentIndexes()
    {
        load("");
        load("src");
        const QPersistentModelIndex b = tree().indexOf("src/b.cpp");
        const QPersistentModelIndex a = tree().indexOf("src/a.cpp");
        folders["src"] = {entry("aa.cpp"), entry("ab.cpp"), entry("b.cpp"), entry("c.cpp")};
        QSignalSpy resets(&tree(), &QAbstractItemModel::modelReset);
        changed({"src"});
        WAIT_COMPARE(tree().rowCount(tree().indexOf("src")), 4);
        QVERIFY(b.isValid());
        QCOMPARE(b.row(), 2);
        QCOMPARE(tree().pathOf(b), QByteArray("src/b.cpp"));
        QVERIFY(!a.isValid());
        QCOMPARE(resets.size(), 0);
    }

    void onlyLoadedFoldersAreListedAgainAndOnce()
    {
        load("");
        listings.clear();
        folders[""].append(entry("zoo"));
        for (int i = 0; i < 20; ++i)
            changed({"", "src", "far/away"});
        WAIT_COMPARE(tree().rowCount(), 3);
        QCOMPARE(listings, QList<QByteArray>{""});
    }

    void changeOfEverythingListsWhatIsLoaded()
    {
        load("");
        load("src");
        listings.clear();
        folders["src"].append(entry("z.cpp"));
        changed({});
        WAIT_COMPARE(tree().rowCount(tree().indexOf("src")), 3);
        QCOMPARE(listings.size(), 2);
    }

    void changeDuringAListingIsNotMissed()
    {
        load("");
        tree().fetchMore(tree().indexOf("src"));
        WAIT_COMPARE(listings.size(), 2);
        folders["src"].append(entry("z.cpp"));
        changed({"src"});
        WAIT_COMPARE(tree().rowCount(tree().indexOf("src")), 3);
    }

    void reconnectBringsTheTreeUpToDate()
    {
        load("");
        QVERIFY(fixture->lose());
        folders[""] = {entry("src", EntryKind::Folder), entry("new.txt")};
        QVERIFY(fixture->comeBack());
        WAIT_VERIFY(tree().indexOf("new.txt").isValid());
        QVERIFY(!tree().indexOf("README.md").isValid());
    }

    void listingWithoutAConnectionIsTriedAgainLater()
    {
        load("");
        QVERIFY(fixture->lose());
        tree().fetchMore(tree().indexOf("src"));
        WAIT_VERIFY(!tree().indexOf("src").data(FileTree::IsLoadingRole).toBool());
        QCOMPARE(tree().indexOf("src").data(FileTree::ErrorRole).toInt(), 0);
        QVERIFY(tree().canFetchMore(tree().indexOf("src")));
        QVERIFY(fixture->comeBack());
        load("src");
        QCOMPARE(tree().rowCount(tree().indexOf("src")), 2);
    }

    void folderThatCannotBeListedSaysWhy()
    {
        folders.remove("src");
        load("");
        load("src");
        QCOMPARE(tree().indexOf("src").data(FileTree::ErrorRole).toInt(), int(base::ErrorCode::NotFound) + 1);
        folders["src"] = {entry("a.cpp")};
        changed({"src"});
        WAIT_COMPARE(tree().rowCount(tree().indexOf("src")), 1);
        QCOMPARE(tree().indexOf("src").data(FileTree::ErrorRole).toInt(), 0);
    }

    void largeFoldersComeInPages()
    {
        QList<FileEntry> many;
        for (int i = 0; i < 5000; ++i)
            many.append(entry("f" + QByteArray::number(10000 + i)));
        folders[""] = many;
        load("");
        QCOMPARE(tree().rowCount(), 5000);
        QCOMPARE(listings.size(), 3);
        // A refresh of several pages must not make rows go and come back.
        const QPersistentModelIndex last = tree().index(4999, 0);
        QSignalSpy removals(&tree(), &QAbstractItemModel::rowsRemoved);
        folders[""].removeAt(10);
        changed({""});
        WAIT_COMPARE(tree().rowCount(), 4999);
        QCOMPARE(removals.size(), 1);
        QCOMPARE(last.row(), 4998);
    }

    void brokenHostCannotPlantNames()
    {
        folders[""] = {entry("ok"), entry("ok"), entry(".."), entry("."), entry(""), entry("a/b")};
        load("");
        QCOMPARE(tree().rowCount(), 1);
    }

    void hostThatNeverEndsItsListingIsCutShort()
    {
        fixture->host.script = [this](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            const auto *request = std::get_if<protocol::ListFolder>(&message);
            if (!request)
                return false;
            listings.append(request->path);
            QList<FileEntry> page;
            for (int i = 0; i < protocol::kMaxEntriesPerPage; ++i)
                page.append(entry("same"));
            connection.send(protocol::FolderListed{page, 0xffffffff}, call);
            return true;
        };
        load("");
        QCOMPARE(tree().rowCount(), 1);
        QCOMPARE(listings.size(), 100);
    }

    void randomRefreshesKeepTheModelConsistent()
    {
        std::mt19937_64 random(support::seed());
        load("");
        for (int round = 0; round < 25; ++round) {
            QList<FileEntry> next;
            for (int i = 0; i < 30; ++i) {
                if (random() % 2)
                    next.append(entry("n" + QByteArray::number(i), i < 6 ? EntryKind::Folder : EntryKind::File));
            }
            folders[""] = next;
            for (int i = 0; i < 6; ++i)
                folders["n" + QByteArray::number(i)] = {entry("x" + QByteArray::number(random() % 4))};
            changed({});
            WAIT_COMPARE(names(), namesOf(next));
            if (tree().rowCount() > 0 && tree().canFetchMore(tree().index(0, 0)))
                tree().fetchMore(tree().index(0, 0));
        }
    }

private:
    FileTree &tree() { return fixture->workspace->files(); }
    void load(const QByteArray &path)
    {
        QSignalSpy loaded(&tree(), &FileTree::folderLoaded);
        QVERIFY(tree().canFetchMore(tree().indexOf(path)));
        tree().fetchMore(tree().indexOf(path));
        if (!tester) {
            // Not sooner: its constructor fetches whatever can be fetched.
            tester = std::make_unique<QAbstractItemModelTester>(&tree(), QAbstractItemModelTester::FailureReportingMode::QtTest);
            tester->setUseFetchMore(false);
        }
        WAIT_VERIFY(!loaded.isEmpty() && loaded.last().first().toByteArray() == path);
    }
    void changed(const QList<QByteArray> &paths) { fixture->host.last().send(protocol::FoldersChanged{paths}); }
    QList<QByteArray> names()
    {
        QList<QByteArray> list;
        for (int row = 0; row < tree().rowCount(); ++row)
            list.append(tree().pathOf(tree().index(row, 0)));
        return list;
    }
    static QList<QByteArray> namesOf(const QList<FileEntry> &entries)
    {
        QList<QByteArray> list;
        for (const FileEntry &item : entries)
            list.append(item.name);
        return list;
    }

    std::unique_ptr<WorkspaceFixture> fixture;
    std::unique_ptr<QAbstractItemModelTester> tester;
    QHash<QByteArray, QList<FileEntry>> folders;
    QList<QByteArray> listings;
};

QTEST_GUILESS_MAIN(FileTreeTest)
#include "tst_filetree.moc"
