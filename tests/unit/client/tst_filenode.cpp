// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/filenode.h"
#include "tests/support/seed.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <random>

using client::FileNode;
using client::RowChange;
using protocol::EntryKind;
using protocol::FileEntry;

namespace {

FileEntry entry(const QByteArray &name, EntryKind kind = EntryKind::File, qint64 size = 0)
{
    return {.name = name, .kind = kind, .size = size};
}

void replay(FileNode &folder, const std::vector<RowChange> &changes, const QList<FileEntry> &listing)
{
    auto &children = folder.children;
    for (const RowChange &change : changes) {
        const auto first = children.begin() + change.first;
        if (change.kind == RowChange::Kind::Remove) {
            children.erase(first, first + change.count);
        } else if (change.kind == RowChange::Kind::Insert) {
            for (int i = 0; i < change.count; ++i)
                children.insert(children.begin() + change.first + i, std::make_unique<FileNode>(&folder, listing[change.source + i]));
        } else {
            for (int i = 0; i < change.count; ++i)
                children[std::size_t(change.first + i)]->entry = listing[change.source + i];
        }
    }
}

QList<FileEntry> entriesOf(const FileNode &folder)
{
    QList<FileEntry> list;
    for (const auto &child : folder.children)
        list.append(child->entry);
    return list;
}

} // namespace

class FileNodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalListingChangesNothing()
    {
        FileNode root(nullptr, {});
        const QList<FileEntry> listing{entry("a"), entry("b")};
        replay(root, rowChanges(root.children, listing), listing);
        QVERIFY(rowChanges(root.children, listing).empty());
    }

    void neighboursAreOneChange()
    {
        FileNode root(nullptr, {});
        const QList<FileEntry> all{entry("a"), entry("b"), entry("c"), entry("d")};
        replay(root, rowChanges(root.children, all), all);
        const auto removal = rowChanges(root.children, {entry("a"), entry("d")});
        QCOMPARE(removal.size(), 1u);
        QCOMPARE(removal.front(), (RowChange{RowChange::Kind::Remove, 1, 2, 0}));
        const QList<FileEntry> grown{entry("a"), entry("b", EntryKind::File, 1), entry("c", EntryKind::File, 2), entry("d")};
        const auto update = rowChanges(root.children, grown);
        QCOMPARE(update.size(), 1u);
        QCOMPARE(update.front(), (RowChange{RowChange::Kind::Update, 1, 2, 1}));
    }

    void fileThatBecameAFolderIsAnotherThing()
    {
        FileNode root(nullptr, {});
        const QList<FileEntry> before{entry("a")};
        replay(root, rowChanges(root.children, before), before);
        const auto changes = rowChanges(root.children, {entry("a", EntryKind::Folder)});
        QCOMPARE(changes.size(), 2u);
        QCOMPARE(changes.front().kind, RowChange::Kind::Remove);
    }

    void randomListingsAreReachedAndSurvivorsStay()
    {
        std::mt19937_64 random(support::seed());
        FileNode root(nullptr, {});
        for (int round = 0; round < 300; ++round) {
            QList<FileEntry> listing;
            for (int i = 0; i < 40; ++i) {
                if (random() % 2)
                    listing.append(entry(QByteArray::number(i), random() % 9 ? EntryKind::File : EntryKind::Folder, qint64(random() % 2)));
            }
            if (round % 5 == 0)
                std::ranges::shuffle(listing, random);
            QHash<QByteArray, const FileNode *> before;
            for (const auto &child : root.children)
                before.insert(child->entry.name, child.get());
            const bool wasSorted = round % 5 != 0 && (round == 0 || (round - 1) % 5 != 0);
            QHash<QByteArray, bool> folders;
            for (const auto &child : root.children)
                folders.insert(child->entry.name, child->isFolder());
            replay(root, rowChanges(root.children, listing), listing);
            QCOMPARE(entriesOf(root), listing);
            root.childrenMoved();
            for (std::size_t i = 0; i < root.children.size(); ++i) {
                const FileNode *child = root.children[i].get();
                QCOMPARE(child->row(), int(i));
                if (wasSorted && before.contains(child->entry.name) && folders.value(child->entry.name) == child->isFolder())
                    QCOMPARE(child, before.value(child->entry.name));
            }
        }
    }

    void largeFoldersAreMergedQuickly()
    {
        FileNode root(nullptr, {});
        QList<FileEntry> listing;
        for (int i = 0; i < 100'000; ++i)
            listing.append(entry(QByteArray::number(1'000'000 + i)));
        QElapsedTimer timer;
        timer.start();
        for (const FileEntry &item : std::as_const(listing))
            root.children.push_back(std::make_unique<FileNode>(&root, item));
        listing.removeAt(50'000);
        QCOMPARE(rowChanges(root.children, listing).size(), 1u);
        // Linear takes a tenth of this on a slow machine, quadratic hours.
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    }

    void pathsAreJoined()
    {
        FileNode root(nullptr, {});
        root.children.push_back(std::make_unique<FileNode>(&root, entry("src", EntryKind::Folder)));
        FileNode *src = root.children.front().get();
        src->children.push_back(std::make_unique<FileNode>(src, entry("main.cpp")));
        QCOMPARE(root.path(), QByteArray());
        QCOMPARE(src->child("main.cpp")->path(), QByteArray("src/main.cpp"));
        QCOMPARE(src->child("nothing"), nullptr);
        QCOMPARE(root.countBelow(), 2);
    }
};

QTEST_GUILESS_MAIN(FileNodeTest)
#include "tst_filenode.moc"
