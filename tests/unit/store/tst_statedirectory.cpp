// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/statedirectory.h"
#include "tests/support/files/failingfileops.h"
#include "tests/support/files/testfolder.h"

#include <QTest>

#include <sys/stat.h>

#include <unistd.h>

using base::ErrorCode;
using store::StateDirectory;
using support::Fault;
using support::TestFolder;

class StateDirectoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isPrivateWhateverTheUmask_data();
    void isPrivateWhateverTheUmask();
    void repairsModesThatAreTooWide();
    void belongsToOneProcess();
    void keepsItsHostId();
    void keepsPrivateFilesWhateverFails_data();
    void keepsPrivateFilesWhateverFails();
    void refusesWhatIsNotItsOwn();
    void namesLogsByPath();

private:
    base::Result<std::unique_ptr<StateDirectory>> open(const QByteArray &path)
    {
        return StateDirectory::open(path, m_ops, m_random);
    }

    support::FailingFileOps m_ops;
    base::SystemRandom m_random;
};

namespace {

template <typename T>
ErrorCode codeOf(const base::Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

// The first entry at or below that others may read, write or enter; empty if there is none.
QByteArray openToOthers(const TestFolder &folder, const QByteArray &at)
{
    const struct stat status = folder.status(at);
    if ((status.st_mode & 07777) != (S_ISDIR(status.st_mode) ? 0700 : 0600))
        return at;
    if (!S_ISDIR(status.st_mode))
        return {};
    for (const QByteArray &name : folder.names(at)) {
        if (const QByteArray found = openToOthers(folder, at + '/' + name); !found.isEmpty())
            return found;
    }
    return {};
}

} // namespace

void StateDirectoryTest::isPrivateWhateverTheUmask_data()
{
    QTest::addColumn<int>("mask");
    for (const int mask : {0, 022, 027, 077})
        QTest::addRow("%o", mask) << mask;
}

void StateDirectoryTest::isPrivateWhateverTheUmask()
{
    QFETCH(int, mask);
    TestFolder folder;
    const mode_t before = umask(mode_t(mask));
    const auto state = open(folder.path("new/parents/state"));
    const auto logs = state ? (*state)->logFolder(base::WorkspaceId::random(m_random)) : base::Result<QByteArray>(state.unexpected());
    const auto bin = state ? (*state)->binFolder(base::WorkspaceId::random(m_random)) : base::Result<QByteArray>(state.unexpected());
    const bool isWritten = state && (*state)->writePrivateFile("key", "secret");
    umask(before);
    QVERIFY(state && logs && bin && isWritten);
    QCOMPARE(openToOthers(folder, "new/parents/state"), QByteArray());
    QVERIFY((folder.status("new").st_mode & 077) == 0);
    QVERIFY(logs->startsWith(folder.path("new/parents/state/documents/")));
    QVERIFY(folder.has("new/parents/state/host.sqlite"));
    QCOMPARE(*(*state)->readPrivateFile("key"), "secret");
}

void StateDirectoryTest::repairsModesThatAreTooWide()
{
    TestFolder folder;
    QVERIFY(open(folder.path("state")));
    chmod(folder.path("state").constData(), 0777);
    chmod(folder.path("state/documents").constData(), 0755);
    chmod(folder.path("state/host.sqlite").constData(), 0644);
    QVERIFY(open(folder.path("state/")));
    QCOMPARE(openToOthers(folder, "state"), QByteArray());
}

void StateDirectoryTest::belongsToOneProcess()
{
    TestFolder folder;
    auto first = open(folder.path("state"));
    QVERIFY(first);
    QCOMPARE(codeOf(open(folder.path("state"))), ErrorCode::Conflict);
    first->reset();
    QVERIFY(open(folder.path("state")));
}

void StateDirectoryTest::keepsItsHostId()
{
    TestFolder folder;
    const auto id = (*open(folder.path("state")))->hostId();
    QVERIFY(!id.isNull());
    QVERIFY((*open(folder.path("state")))->hostId() == id);
    QVERIFY((*open(folder.path("other")))->hostId() != id);
    folder.write("state/host-id", "nonsense");
    QCOMPARE(codeOf(open(folder.path("state"))), ErrorCode::Malformed);
}

void StateDirectoryTest::keepsPrivateFilesWhateverFails_data()
{
    QTest::addColumn<int>("fault");
    for (const Fault fault : support::allFaults())
        QTest::newRow(name(fault)) << int(fault);
}

void StateDirectoryTest::keepsPrivateFilesWhateverFails()
{
    QFETCH(int, fault);
    for (int k = 1;; ++k) {
        TestFolder folder(TestFolder::On::Memory);
        m_ops.failAt(0, Fault::None);
        auto state = open(folder.path("state"));
        QVERIFY((*state)->writePrivateFile("key", "old"));
        m_ops.failAt(k, Fault(fault));
        const bool isDone = (*state)->writePrivateFile("key", "new").has_value();
        const bool isOver = m_ops.calls() < k;
        m_ops.failAt(0, Fault::None);
        state->reset();
        state = open(folder.path("state"));
        const auto content = (*state)->readPrivateFile("key");
        QVERIFY(content && (*content == "old" || *content == "new"));
        if (isDone)
            QCOMPARE(*content, "new");
        QVERIFY((*state)->writePrivateFile("key", "newer"));
        QVERIFY(!folder.has("state/key.new"));
        if (isOver) {
            QVERIFY(isDone && k > 5);
            return;
        }
    }
}

void StateDirectoryTest::refusesWhatIsNotItsOwn()
{
    TestFolder folder;
    QCOMPARE(codeOf(open("relative")), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf(open("/")), ErrorCode::InvalidArgument);
    folder.write("file", "x");
    QVERIFY(!open(folder.path("file")));
    auto state = open(folder.path("state"));
    for (const char *name : {"", ".", "..", "a/b", "/etc/passwd"}) {
        QCOMPARE(codeOf((*state)->readPrivateFile(name)), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf((*state)->writePrivateFile(name, "x")), ErrorCode::InvalidArgument);
    }
    folder.link("state/link", "../file");
    QVERIFY(!(*state)->readPrivateFile("link"));
    QCOMPARE(codeOf((*state)->readPrivateFile("none")), ErrorCode::NotFound);
    folder.write("state/large", QByteArray(StateDirectory::kMaxPrivateFileBytes + 1, 'x'));
    QCOMPARE(codeOf((*state)->readPrivateFile("large")), ErrorCode::TooLarge);
    state->reset();
}

void StateDirectoryTest::namesLogsByPath()
{
    QCOMPARE(store::logName(support::path("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.log");
    QCOMPARE(store::logName(support::path("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.log");
}

QTEST_GUILESS_MAIN(StateDirectoryTest)
#include "tst_statedirectory.moc"
