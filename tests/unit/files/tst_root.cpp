// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/root.h"
#include "tests/support/files/failingfileops.h"
#include "tests/support/files/testfolder.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>

#include <unistd.h>

using base::ErrorCode;
using files::Kind;
using files::Root;
using files::Writer;
using support::path;
using support::TestFolder;

class RootTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsFoldersFirst();
    void listsNamesOfAnyBytes();
    void listsAFolderOfFiveThousand();
    void saysWhatALinkIs();
    void readsThroughInnerLinksOnly_data();
    void readsThroughInnerLinksOnly();
    void neverOpensWhatIsNoFile_data();
    void neverOpensWhatIsNoFile();
    void refusesAFileAboveTheLimit();
    void readsPagesOfAHugeFile();
    void keepsItsFolderWhenThatIsRenamed();
    void createsWithoutReplacing();
    void movesWithoutReplacing();
    void movesWhereTheFileSystemKnowsNoFlags();
    void keepsGuestsOutOfGit();
    void keepsItsTemporaryNamesToItself();
    void saysWhatItMayNot();
    void doesNotCreateHalfAFile();

private:
    files::SystemFileOps m_ops;
};

namespace {

template <typename T>
ErrorCode codeOf(const base::Result<T> &result)
{
    // Internal stands for success: no function answers it.
    return result ? ErrorCode::Internal : result.error().code;
}

} // namespace

void RootTest::listsFoldersFirst()
{
    TestFolder folder;
    folder.write("b.txt", "12345");
    folder.write("a.txt", "");
    folder.makeFolder("z");
    folder.makeFolder("y");
    chmod(folder.path("b.txt").constData(), 0755);
    const auto listing = folder.root(m_ops)->list({});
    QVERIFY(listing);
    QList<QByteArray> names;
    for (const files::Entry &entry : listing->entries)
        names.append(entry.name);
    QCOMPARE(names, (QList<QByteArray>{"y", "z", "a.txt", "b.txt"}));
    QCOMPARE(listing->entries[3].size, 5);
    QVERIFY(listing->entries[3].executable);
    QVERIFY(!listing->entries[2].executable);
    QVERIFY(!listing->entries[0].executable);
    QVERIFY(!listing->truncated);
    QCOMPARE(codeOf(folder.root(m_ops)->list(path("nothing"))), ErrorCode::NotFound);
    QCOMPARE(codeOf(folder.root(m_ops)->list(path("a.txt"))), ErrorCode::NotFound);
}

void RootTest::listsNamesOfAnyBytes()
{
    TestFolder folder;
    const QList<QByteArray> names = {"a\nb", "\xff\xfe", QByteArray(255, 'x'), " ", "-rf", "\xe2\x80\xae", "\x1b[0m"};
    for (const QByteArray &name : names)
        folder.write(name, name);
    const auto root = folder.root(m_ops);
    const auto listing = root->list({});
    QVERIFY(listing);
    QCOMPARE(qsizetype(listing->entries.size()), names.size());
    for (const files::Entry &entry : listing->entries) {
        QVERIFY(names.contains(entry.name));
        QCOMPARE(root->read(path(entry.name), 1000)->content, entry.name);
    }
}

void RootTest::listsAFolderOfFiveThousand()
{
    TestFolder folder;
    for (int i = 0; i < 5000; ++i)
        folder.write("file" + QByteArray::number(i), "");
    QElapsedTimer timer;
    timer.start();
    const auto listing = folder.root(m_ops)->list({});
    qInfo("5,000 entries: %lld ms", timer.elapsed());
    QCOMPARE(listing->entries.size(), 5000u);
}

void RootTest::saysWhatALinkIs()
{
    TestFolder folder;
    folder.write("sub/file", "1234");
    folder.link("to-file", "sub/file");
    folder.link("to-folder", "sub");
    folder.link("broken", "sub/nothing");
    folder.link("circle", "circle");
    folder.link("out", "../../etc/passwd");
    folder.link("absolute", "/etc/passwd");
    folder.link("out-and-in", QByteArray("../" + folder.path().split('/').last() + "/sub/file"));
    const auto listing = folder.root(m_ops)->list({});
    const auto entry = [&](const QByteArray &name) {
        return *std::ranges::find(listing->entries, name, &files::Entry::name);
    };
    QCOMPARE(entry("to-file").kind, Kind::Symlink);
    QCOMPARE(entry("to-file").linkTargetKind, Kind::File);
    QCOMPARE(entry("to-file").size, 4);
    QVERIFY(entry("to-folder").isFolder());
    QVERIFY(entry("broken").linkBroken && !entry("broken").linkLeadsOut);
    QVERIFY(entry("circle").linkBroken);
    for (const char *name : {"out", "absolute", "out-and-in"})
        QVERIFY2(entry(name).linkLeadsOut && !entry(name).linkBroken, name);
}

void RootTest::readsThroughInnerLinksOnly_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("read");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *link, const char *target, const char *read, ErrorCode code) {
        QTest::newRow(name) << QByteArray(link) << QByteArray(target) << QByteArray(read) << int(code);
    };
    row("file", "l", "in/file", "l", ErrorCode::Internal);
    row("folder", "l", "in", "l/file", ErrorCode::Internal);
    row("up and down", "in/l", "../in/file", "in/l", ErrorCode::Internal);
    row("up too far", "l", "../outside/file", "l", ErrorCode::OutsideRoot);
    row("folder outside", "l", "../outside", "l/file", ErrorCode::OutsideRoot);
    row("out and in again", "l", "../root/in/file", "l", ErrorCode::OutsideRoot);
    row("absolute", "l", "/etc/passwd", "l", ErrorCode::OutsideRoot);
    row("absolute folder", "l", "/etc", "l/passwd", ErrorCode::OutsideRoot);
    row("the process's root", "l", "/proc/self/root", "l/etc/passwd", ErrorCode::OutsideRoot);
    row("circle", "l", "l", "l", ErrorCode::NotFound);
    row("nothing", "l", "in/nothing", "l", ErrorCode::NotFound);
}

void RootTest::readsThroughInnerLinksOnly()
{
    QFETCH(QByteArray, link);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, read);
    QFETCH(int, code);
    TestFolder folder;
    folder.write("root/in/file", "inside");
    folder.write("outside/file", "canary");
    folder.link("root/" + link, target);
    const auto root = Root::open(folder.path("root"), m_ops);
    QVERIFY(root);
    const auto whole = (*root)->read(path(read), 1000);
    QCOMPARE(int(codeOf(whole)), code);
    QCOMPARE(int(codeOf((*root)->readRange(path(read), 0, 10))), code);
    QCOMPARE(int(codeOf((*root)->status(path(read)))), code);
    QCOMPARE(int(codeOf((*root)->resolved(path(read)))), code);
    if (whole) {
        QCOMPARE(whole->content, "inside");
        QCOMPARE((*root)->resolved(path(read))->bytes(), "in/file");
    }
}

void RootTest::neverOpensWhatIsNoFile_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"pipe", "socket", "folder", "link-to-pipe"})
        QTest::newRow(name) << QByteArray(name);
}

void RootTest::neverOpensWhatIsNoFile()
{
    QFETCH(QByteArray, name);
    TestFolder folder;
    QCOMPARE(mkfifo(folder.path("pipe").constData(), 0666), 0);
    folder.makeFolder("folder");
    folder.link("link-to-pipe", "pipe");
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, folder.path("socket").constData(), sizeof address.sun_path);
    QCOMPARE(bind(socket, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    close(socket);
    QElapsedTimer timer;
    timer.start();
    const auto root = folder.root(m_ops);
    QCOMPARE(codeOf(root->read(path(name), 1000)), ErrorCode::NotAFile);
    QCOMPARE(codeOf(root->readRange(path(name), 0, 10)), ErrorCode::NotAFile);
    QVERIFY(timer.elapsed() < 2000);
}

void RootTest::refusesAFileAboveTheLimit()
{
    TestFolder folder;
    folder.write("file", "12345");
    const auto root = folder.root(m_ops);
    QCOMPARE(root->read(path("file"), 5)->content, "12345");
    QCOMPARE(codeOf(root->read(path("file"), 4)), ErrorCode::TooLarge);
}

void RootTest::readsPagesOfAHugeFile()
{
    TestFolder folder;
    folder.write("huge", "begin");
    constexpr qint64 kSize = qint64(1) << 30;
    QCOMPARE(truncate(folder.path("huge").constData(), kSize), 0);
    const auto root = folder.root(m_ops);
    QCOMPARE(root->readRange(path("huge"), 0, 5)->bytes, "begin");
    QCOMPARE(root->readRange(path("huge"), kSize - 3, 100)->bytes, QByteArray(3, '\0'));
    QCOMPARE(root->readRange(path("huge"), kSize + 1, 100)->bytes, QByteArray());
    QCOMPARE(root->readRange(path("huge"), 0, kSize)->bytes.size(), files::kMaxRangeBytes);
    QCOMPARE(root->readRange(path("huge"), 0, 1)->info.size, kSize);
    QCOMPARE(codeOf(root->readRange(path("huge"), -1, 1)), ErrorCode::OutOfRange);
    QCOMPARE(codeOf(root->read(path("huge"), 16 << 20)), ErrorCode::TooLarge);
}

void RootTest::keepsItsFolderWhenThatIsRenamed()
{
    TestFolder folder;
    folder.write("root/file", "inside");
    const auto root = Root::open(folder.path("root"), m_ops);
    QCOMPARE(rename(folder.path("root").constData(), folder.path("other").constData()), 0);
    folder.write("root/file", "an impostor");
    QCOMPARE((*root)->read(path("file"), 100)->content, "inside");
    QCOMPARE((*root)->resolved(path("file"))->bytes(), "file");
    QVERIFY((*root)->isStillThere());
    unlink(folder.path("other/file").constData());
    rmdir(folder.path("other").constData());
    QVERIFY(!(*root)->isStillThere());
    QCOMPARE(codeOf((*root)->read(path("file"), 100)), ErrorCode::NotFound);
    QCOMPARE(codeOf((*root)->createFile(path("new"), Writer::Owner)), ErrorCode::NotFound);
    QCOMPARE(codeOf(Root::open("relative", m_ops)), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf(Root::open(folder.path("root/file"), m_ops)), ErrorCode::NotFound);
}

void RootTest::createsWithoutReplacing()
{
    TestFolder folder;
    folder.write("file", "kept");
    folder.link("dangling", "target");
    folder.link("out", "../canary");
    const auto root = folder.root(m_ops);
    QVERIFY(root->createFile(path("new"), Writer::Guest));
    QVERIFY(root->createFolder(path("sub"), Writer::Guest));
    QVERIFY(root->createFile(path("sub/new"), Writer::Guest));
    QCOMPARE(folder.read("sub/new"), "");
    for (const char *name : {"file", "new", "sub", "dangling", "out"}) {
        QCOMPARE(codeOf(root->createFile(path(name), Writer::Guest)), ErrorCode::AlreadyExists);
        QCOMPARE(codeOf(root->createFolder(path(name), Writer::Guest)), ErrorCode::AlreadyExists);
    }
    QCOMPARE(folder.read("file"), "kept");
    QVERIFY(!folder.has("target"));
    QCOMPARE(codeOf(root->createFile(path("no/where"), Writer::Guest)), ErrorCode::NotFound);
    QCOMPARE(codeOf(root->createFile(path("file/below"), Writer::Guest)), ErrorCode::NotFound);
    QCOMPARE(codeOf(root->createFile({}, Writer::Guest)), ErrorCode::InvalidArgument);
}

void RootTest::movesWithoutReplacing()
{
    TestFolder folder;
    folder.write("a", "A");
    folder.write("b", "B");
    folder.write("sub/deep/c", "C");
    folder.link("out", "/tmp");
    const auto root = folder.root(m_ops);
    QCOMPARE(codeOf(root->move(path("a"), path("b"), Writer::Guest)), ErrorCode::AlreadyExists);
    QCOMPARE(codeOf(root->move(path("a"), path("a"), Writer::Guest)), ErrorCode::AlreadyExists);
    QCOMPARE(codeOf(root->move(path("a"), path("out/a"), Writer::Guest)), ErrorCode::OutsideRoot);
    QCOMPARE(codeOf(root->move(path("none"), path("x"), Writer::Guest)), ErrorCode::NotFound);
    QCOMPARE(codeOf(root->move(path("sub"), path("sub/deep/sub"), Writer::Guest)), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf(root->move({}, path("x"), Writer::Guest)), ErrorCode::InvalidArgument);
    QCOMPARE(folder.read("a") + folder.read("b"), "AB");
    QVERIFY(root->move(path("a"), path("sub/a"), Writer::Guest));
    QVERIFY(root->move(path("sub"), path("dir"), Writer::Guest));
    QCOMPARE(folder.read("dir/a") + folder.read("dir/deep/c"), "AC");
    // A link is moved itself, not what it leads to.
    QVERIFY(root->move(path("out"), path("dir/out"), Writer::Guest));
    QVERIFY(S_ISLNK(folder.status("dir/out").st_mode));
}

void RootTest::movesWhereTheFileSystemKnowsNoFlags()
{
    support::FailingFileOps ops;
    ops.refuseRenameFlags(true);
    TestFolder folder;
    folder.write("a", "A");
    folder.write("b", "B");
    const auto root = folder.root(ops);
    QCOMPARE(codeOf(root->move(path("a"), path("b"), Writer::Guest)), ErrorCode::AlreadyExists);
    QVERIFY(root->move(path("a"), path("c"), Writer::Guest));
    QCOMPARE(folder.read("b") + folder.read("c"), "BA");
}

void RootTest::keepsGuestsOutOfGit()
{
    TestFolder folder;
    folder.write(".git/config", "[core]\n");
    folder.write("evil/config", "[core]\nfsmonitor = x\n");
    folder.link("innocent", ".git");
    folder.link("file", ".git/config");
    folder.makeFolder("sub/.git");
    const auto root = folder.root(m_ops);
    for (const char *name : {".git/hook", ".GIT/hook", "innocent/hook", "sub/.git/hook", "innocent/../.git"}) {
        const auto parsed = files::RelativePath::parse(name);
        if (!parsed)
            continue;
        QVERIFY2(!root->createFile(*parsed, Writer::Guest), name);
        QVERIFY2(!root->createFolder(*parsed, Writer::Guest), name);
        QVERIFY2(!root->move(path("evil/config"), *parsed, Writer::Guest), name);
    }
    QCOMPARE(codeOf(root->createFile(path("innocent/hook"), Writer::Guest)), ErrorCode::Forbidden);
    QCOMPARE(codeOf(root->move(path("evil"), path("sub/.Git "), Writer::Guest)), ErrorCode::Forbidden);
    QCOMPARE(codeOf(root->move(path(".git"), path("x"), Writer::Guest)), ErrorCode::Forbidden);
    QCOMPARE(codeOf(root->move(path("innocent/config"), path("x"), Writer::Guest)), ErrorCode::Forbidden);
    QCOMPARE(folder.names(".git"), QList<QByteArray>{"config"});
    QVERIFY(root->createFile(path(".git/mine"), Writer::Owner));
}

void RootTest::keepsItsTemporaryNamesToItself()
{
    TestFolder folder;
    const QByteArray temporary = ".alongside-0123456789abcdef.tmp";
    const QByteArray copy = ".alongside-0123456789abcdef-0000000000000001.copy";
    folder.write(temporary, "x");
    folder.write(copy, "x");
    folder.write(".alongside-notes.tmp", "x");
    folder.write("file", "x");
    const auto root = folder.root(m_ops);
    QCOMPARE(root->list({})->entries.size(), 2u);
    for (const QByteArray &name : {temporary, copy}) {
        QCOMPARE(codeOf(root->move(path("file"), path("sub" + name.sliced(1)), Writer::Guest)), ErrorCode::Internal);
        QCOMPARE(codeOf(root->move(path("sub" + name.sliced(1)), path(name), Writer::Owner)), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(root->move(path("sub" + name.sliced(1)), path("file"), Writer::Guest)), ErrorCode::Internal);
        QCOMPARE(codeOf(root->createFile(path(name), Writer::Owner)), ErrorCode::InvalidArgument);
    }
}

void RootTest::saysWhatItMayNot()
{
    TestFolder folder;
    folder.write("locked/file", "x");
    folder.write("open/file", "x");
    chmod(folder.path("locked").constData(), 0500);
    chmod(folder.path("open").constData(), 0777);
    chmod(folder.path("open/file").constData(), 0400);
    const auto root = folder.root(m_ops);
    QVERIFY(root->isWritable());
    const support::OrdinaryUser user;
    if (geteuid() != folder.status("locked").st_uid) {
        QCOMPARE(codeOf(root->list(path("locked"))), ErrorCode::PermissionDenied);
        QCOMPARE(codeOf(root->read(path("open/file"), 10)), ErrorCode::PermissionDenied);
    }
    QCOMPARE(codeOf(root->createFile(path("locked/new"), Writer::Owner)), ErrorCode::PermissionDenied);
    QCOMPARE(*root->isFileWritable(path("open/file")), false);
    QVERIFY(root->createFile(path("open/new"), Writer::Owner));
    QCOMPARE(*root->isFileWritable(path("open/new")), true);
}

void RootTest::doesNotCreateHalfAFile()
{
    support::FailingFileOps ops;
    TestFolder folder;
    const auto root = folder.root(ops);
    ops.failSyncsFrom(1);
    QCOMPARE(codeOf(root->createFile(path("file"), Writer::Owner)), ErrorCode::InputOutput);
    QCOMPARE(codeOf(root->createFolder(path("folder"), Writer::Owner)), ErrorCode::InputOutput);
    QCOMPARE(folder.names().size(), 0);
}

QTEST_GUILESS_MAIN(RootTest)
#include "tst_root.moc"
