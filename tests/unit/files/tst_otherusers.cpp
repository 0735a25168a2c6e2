// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/atomicsave.h"
#include "app/files/ignore.h"
#include "tests/support/files/attributes.h"
#include "tests/support/files/failingfileops.h"
#include "tests/support/files/testfolder.h"

#include <QTest>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <unistd.h>

using base::ErrorCode;
using files::Writer;
using support::path;
using support::TestFolder;

//! Files of somebody else, and devices: only root can make them.
class OtherUsersTest : public QObject
{
    Q_OBJECT

    static constexpr uid_t kSomebody = 4711;

    support::FailingFileOps m_ops;
    base::SystemRandom m_random;

    base::Result<files::Saved> save(const TestFolder &folder, const QByteArray &name, const QByteArray &content)
    {
        const auto root = folder.root(m_ops);
        const auto info = root->status(path(name));
        return files::saveFile(*root, {path(name), content, info ? std::optional(*info) : std::nullopt, Writer::Guest}, m_random);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(geteuid() == 0, "only root can make what this test needs"); }

    void aSavedFileKeepsItsOwner_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("hasMore");
        QTest::newRow("plain") << 0644 << false;
        QTest::newRow("executable") << 0775 << false;
        QTest::newRow("with attributes and an access control list") << 0660 << true;
    }

    void aSavedFileKeepsItsOwner()
    {
        QFETCH(int, mode);
        QFETCH(bool, hasMore);
        TestFolder folder;
        folder.write("file", "old");
        const QByteArray file = folder.path("file");
        QCOMPARE(chown(file.constData(), kSomebody, kSomebody), 0);
        QCOMPARE(chmod(file.constData(), mode_t(mode)), 0);
        if (hasMore)
            QVERIFY(support::setAttribute(file, "user.note", "kept")
                    && support::setAttribute(file, "system.posix_acl_access", support::sampleAcl()));
        const struct stat before = folder.status("file");
        const auto saved = save(folder, "file", "new content");
        QVERIFY(saved && !saved->inPlace);
        const struct stat after = folder.status("file");
        QCOMPARE(folder.read("file"), "new content");
        QCOMPARE(after.st_mode, before.st_mode);
        QCOMPARE(after.st_uid, kSomebody);
        QCOMPARE(after.st_gid, gid_t(kSomebody));
        QCOMPARE(support::attribute(file, "user.note"), hasMore ? "kept" : "");
        QCOMPARE(support::attribute(file, "system.posix_acl_access"), hasMore ? support::sampleAcl() : QByteArray());
    }

    void anOwnerThatMayNotBeGivenIsKeptBySavingInPlace()
    {
        TestFolder folder;
        folder.write("file", "old");
        QCOMPARE(chown(folder.path("file").constData(), kSomebody, kSomebody), 0);
        m_ops.refuseOwner(true);
        const auto saved = save(folder, "file", "new");
        m_ops.refuseOwner(false);
        QVERIFY(saved && saved->inPlace);
        QCOMPARE(folder.read("file"), "new");
        QCOMPARE(folder.status("file").st_uid, kSomebody);
        QCOMPARE(folder.names(), QList<QByteArray>{"file"});
    }

    void aDeviceIsNotOpened()
    {
        TestFolder folder;
        QCOMPARE(mknod(folder.path("device").constData(), S_IFCHR | 0666, makedev(1, 3)), 0);
        const auto root = folder.root(m_ops);
        const auto whole = root->read(path("device"), 1000);
        const auto range = root->readRange(path("device"), 0, 10);
        QVERIFY(!whole && !range);
        QCOMPARE(whole.error().code, ErrorCode::NotAFile);
        QCOMPARE(range.error().code, ErrorCode::NotAFile);
    }

    // Git does not either: its configuration may name programs to run.
    void somebodyElsesRepositoryAboveTheRootHasNoSay()
    {
        TestFolder folder;
        folder.write(".git/HEAD", "ref: refs/heads/above\n");
        folder.write(".gitignore", "x\n");
        folder.write("root/x", "");
        const auto root = *files::Root::open(folder.path("root"), m_ops);
        const auto entries = root->list(path(""))->entries;
        const files::Ignore ours(root, {});
        QCOMPARE(ours.ignored(path(""), entries), std::vector<bool>{true});
        QCOMPARE(chown(folder.path(".git").constData(), kSomebody, kSomebody), 0);
        const files::Ignore theirs(root, {});
        QCOMPARE(theirs.ignored(path(""), entries), std::vector<bool>{false});
        QCOMPARE(theirs.branch(), QString());
    }
};

QTEST_GUILESS_MAIN(OtherUsersTest)
#include "tst_otherusers.moc"
