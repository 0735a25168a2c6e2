// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/statedirectory.h"
#include "tests/support/files/testfolder.h"

#include <QTest>

#include <sys/stat.h>

#include <unistd.h>

using store::StateDirectory;
using support::TestFolder;

//! What only root can bring about.
class OtherUsersTest : public QObject
{
    Q_OBJECT

    files::SystemFileOps m_ops;
    base::SystemRandom m_random;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(geteuid() == 0, "only root can make what this test needs"); }

    void aStateDirectoryOfSomebodyElseIsRefused()
    {
        TestFolder folder;
        QVERIFY(StateDirectory::open(folder.path("state"), m_ops, m_random));
        QCOMPARE(chown(folder.path("state").constData(), 4711, 4711), 0);
        const auto opened = StateDirectory::open(folder.path("state"), m_ops, m_random);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, base::ErrorCode::PermissionDenied);
    }

    // An ordinary user cannot even enter what it makes under this umask.
    void aUmaskThatTakesTheOwnersRightsIsOverruled()
    {
        TestFolder folder;
        const mode_t before = umask(0177);
        const auto state = StateDirectory::open(folder.path("state"), m_ops, m_random);
        umask(before);
        QVERIFY(state);
        QCOMPARE(folder.status("state").st_mode & 07777, 0700u);
        QCOMPARE(folder.status("state/documents").st_mode & 07777, 0700u);
    }
};

QTEST_GUILESS_MAIN(OtherUsersTest)
#include "tst_otherusers.moc"
