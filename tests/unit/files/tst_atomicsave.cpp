// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/atomicsave.h"
#include "tests/support/files/attributes.h"
#include "tests/support/files/failingfileops.h"
#include "tests/support/files/forwardingfileops.h"
#include "tests/support/files/testfolder.h"

#include <QScopeGuard>
#include <QTest>

#include <sys/file.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

using base::ErrorCode;
using files::SaveRequest;
using files::Writer;
using support::attribute;
using support::Fault;
using support::path;
using support::sampleAcl;
using support::setAttribute;
using support::TestFolder;

class AtomicSaveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatTheFileIs_data();
    void keepsWhatTheFileIs();
    void keepsContentOfEveryKind_data();
    void keepsContentOfEveryKind();
    void keepsNoSpecialBits();
    void takesAwayAnInheritedAcl();
    void savesAgainAndAgain();
    void makesANewFile();
    void followsALinkToItsTarget();
    void refusesWhatIsNotItsToSave();
    void neverReplacesAnotherProgramsChange();
    void noticesAChangeInTheLastMoment_data();
    void noticesAChangeInTheLastMoment();
    void waitsForAProgramThatIsWriting();
    void savesWhereTheFileSystemKnowsNoFlags();
    void keepsAllNamesOfAFile();
    void changesNothingWhereItMayNotWrite();
    void leavesOldOrNewWhateverFails_data();
    void leavesOldOrNewWhateverFails();
    void finishesABrokenSaveInPlace();
    void leavesOtherProcessesFilesAlone();
    void acknowledgesNothingThatIsNotSynced();

private:
    base::Result<files::Saved> save(const TestFolder &folder, const QByteArray &name, const QByteArray &content,
                                    Writer writer = Writer::Guest)
    {
        return save(folder.root(m_ops), name, content, writer);
    }
    base::Result<files::Saved> save(const std::shared_ptr<const files::Root> &root, const QByteArray &name,
                                    const QByteArray &content, Writer writer = Writer::Guest)
    {
        const auto info = root->status(path(name));
        return files::saveFile(*root, {path(name), content, info ? std::optional(*info) : std::nullopt, writer}, m_random);
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

constexpr char kNoAcls[] = "no access control lists there: set TMPDIR to a folder on a file system that has them";
constexpr char kNoAttributes[] = "no extended attributes there: set TMPDIR to a folder on a file system that has them";

} // namespace

void AtomicSaveTest::keepsWhatTheFileIs_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("hasAttributes");
    QTest::addColumn<bool>("hasAcl");
    for (const int mode : {0644, 0600, 0755, 0666, 0777, 0200 | 0400, 0640, 0711})
        QTest::addRow("mode %o", mode) << mode << false << false;
    QTest::newRow("attributes") << 0644 << true << false;
    QTest::newRow("access control list") << 0660 << false << true;
    QTest::newRow("everything") << 0660 << true << true;
}

void AtomicSaveTest::keepsWhatTheFileIs()
{
    QFETCH(int, mode);
    QFETCH(bool, hasAttributes);
    QFETCH(bool, hasAcl);
    TestFolder folder;
    folder.write("file", "old");
    const QByteArray file = folder.path("file");
    QCOMPARE(chmod(file.constData(), mode_t(mode)), 0);
    if (hasAttributes)
        QVERIFY2(setAttribute(file, "user.note", "kept") && setAttribute(file, "user.empty", ""), kNoAttributes);
    if (hasAcl)
        QVERIFY2(setAttribute(file, "system.posix_acl_access", sampleAcl()), kNoAcls);
    const struct stat before = folder.status("file");
    const mode_t umaskBefore = umask(077);
    const auto saved = save(folder, "file", "new content");
    umask(umaskBefore);
    QVERIFY(saved);
    QVERIFY(!saved->inPlace);
    const struct stat after = folder.status("file");
    QCOMPARE(folder.read("file"), "new content");
    QCOMPARE(after.st_mode, before.st_mode);
    QCOMPARE(after.st_uid, before.st_uid);
    QCOMPARE(after.st_gid, before.st_gid);
    QVERIFY(after.st_ino != before.st_ino);
    QCOMPARE(attribute(file, "user.note"), hasAttributes ? "kept" : "");
    QCOMPARE(attribute(file, "system.posix_acl_access"), hasAcl ? sampleAcl() : QByteArray());
    QCOMPARE(saved->info, files::FileInfo::from(after));
    QCOMPARE(folder.names().size(), 1);
}

void AtomicSaveTest::keepsContentOfEveryKind_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("no last newline") << QByteArray("a\nb");
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n");
    QTest::newRow("BOM") << QByteArray("\xef\xbb\xbf" "a");
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe" "a\0\n\0", 6);
    QTest::newRow("Latin-1") << QByteArray("caf\xe9");
    QTest::newRow("5 MB") << QByteArray(5'000'000, 'x');
}

void AtomicSaveTest::keepsContentOfEveryKind()
{
    QFETCH(QByteArray, content);
    TestFolder folder(TestFolder::On::Memory);
    for (const QByteArray &before : {QByteArray("old"), QByteArray(100'000, 'o')}) {
        folder.write("file", before);
        QVERIFY(save(folder, "file", content));
        QVERIFY(folder.read("file") == content);
        // The same in place.
        folder.write("linked", before);
        QCOMPARE(link(folder.path("linked").constData(), folder.path("second").constData()), 0);
        const auto saved = save(folder, "linked", content);
        QVERIFY2(saved, saved ? "" : saved.error().detail.c_str());
        QVERIFY(saved->inPlace);
        QVERIFY(folder.read("second") == content);
        unlink(folder.path("second").constData());
    }
}

void AtomicSaveTest::keepsNoSpecialBits()
{
    TestFolder folder;
    folder.write("file", "old");
    QCOMPARE(chmod(folder.path("file").constData(), 06755), 0);
    QVERIFY(save(folder, "file", "new"));
    QCOMPARE(folder.status("file").st_mode & 07777, 0755u);
}

void AtomicSaveTest::takesAwayAnInheritedAcl()
{
    TestFolder folder;
    folder.write("file", "old");
    QVERIFY2(setAttribute(folder.path(), "system.posix_acl_default", sampleAcl()), kNoAcls);
    const struct stat before = folder.status("file");
    QVERIFY(save(folder, "file", "new"));
    QCOMPARE(attribute(folder.path("file"), "system.posix_acl_access"), QByteArray());
    QCOMPARE(folder.status("file").st_mode, before.st_mode);
}

void AtomicSaveTest::savesAgainAndAgain()
{
    TestFolder folder(TestFolder::On::Memory);
    folder.write("file", "0");
    const auto root = folder.root(m_ops);
    std::optional<files::FileInfo> expected = *root->status(path("file"));
    for (int i = 1; i < 50; ++i) {
        const auto saved = files::saveFile(*root, {path("file"), QByteArray::number(i), expected, Writer::Guest}, m_random);
        QVERIFY(saved);
        expected = saved->info;
    }
    QCOMPARE(folder.read("file"), "49");
}

void AtomicSaveTest::makesANewFile()
{
    TestFolder folder;
    folder.makeFolder("sub");
    const mode_t umaskBefore = umask(027);
    const auto saved = save(folder, "sub/new", "content");
    umask(umaskBefore);
    QVERIFY(saved);
    QCOMPARE(folder.read("sub/new"), "content");
    QCOMPARE(folder.status("sub/new").st_mode & 07777, 0640u);
    QCOMPARE(codeOf(save(folder, "none/new", "content")), ErrorCode::NotFound);
    const auto again = files::saveFile(*folder.root(m_ops), {path("sub/new"), "other", std::nullopt, Writer::Guest}, m_random);
    QCOMPARE(codeOf(again), ErrorCode::Conflict);
    QCOMPARE(folder.read("sub/new"), "content");
    QCOMPARE(folder.names("sub"), QList<QByteArray>{"new"});
}

void AtomicSaveTest::followsALinkToItsTarget()
{
    TestFolder folder;
    folder.write("real/file", "old");
    folder.link("real/second", "../first");
    folder.link("first", "real/file");
    folder.link("dir", "real");
    for (const char *name : {"first", "real/second", "dir/file", "dir/second"}) {
        QVERIFY2(save(folder, name, name), name);
        QCOMPARE(folder.read("real/file"), QByteArray(name));
        QVERIFY(S_ISLNK(folder.status("first").st_mode));
        QVERIFY(S_ISLNK(folder.status("real/second").st_mode));
    }
    QCOMPARE(folder.names("real"), (QList<QByteArray>{"file", "second"}));
}

void AtomicSaveTest::refusesWhatIsNotItsToSave()
{
    TestFolder folder;
    folder.write("root/.git/config", "[core]");
    folder.write("canary", "outside");
    folder.link("root/out", "../canary");
    folder.link("root/up", "..");
    folder.link("root/git", ".git/config");
    folder.link("root/circle", "circle");
    folder.makeFolder("root/sub");
    QCOMPARE(mkfifo(folder.path("root/pipe").constData(), 0666), 0);
    const auto root = *files::Root::open(folder.path("root"), m_ops);
    const files::FileInfo any = *root->status({});
    const auto code = [&](const char *name) {
        return codeOf(files::saveFile(*root, {path(name), "evil", any, Writer::Guest}, m_random));
    };
    QCOMPARE(code("out"), ErrorCode::OutsideRoot);
    QCOMPARE(code("up/canary"), ErrorCode::OutsideRoot);
    QCOMPARE(code(".git/config"), ErrorCode::Forbidden);
    QCOMPARE(code("git"), ErrorCode::Forbidden);
    QCOMPARE(code("circle"), ErrorCode::NotFound);
    QCOMPARE(code("sub"), ErrorCode::NotAFile);
    QCOMPARE(code("pipe"), ErrorCode::NotAFile);
    QCOMPARE(code(".alongside-0123456789abcdef.tmp"), ErrorCode::InvalidArgument);
    QCOMPARE(folder.read("canary") + folder.read("root/.git/config"), "outside[core]");
    QVERIFY(save(root, "git", "[core]\n", Writer::Owner));
    QCOMPARE(folder.read("root/.git/config"), "[core]\n");
}

void AtomicSaveTest::neverReplacesAnotherProgramsChange()
{
    TestFolder folder;
    const auto root = folder.root(m_ops);
    const auto code = [&](const QByteArray &name, auto change) {
        folder.write(name, "old");
        const files::FileInfo expected = *root->status(path(name));
        change(folder.path(name));
        return codeOf(files::saveFile(*root, {path(name), "ours", expected, Writer::Guest}, m_random));
    };
    const auto overwrite = [&](const QByteArray &file) { folder.write(file.split('/').last(), "theirs"); };
    const auto sameSize = [&](const QByteArray &file) {
        folder.write(file.split('/').last(), "new");
        const struct timespec times[2] = {{0, UTIME_OMIT}, {1'000'000'000, 1}};
        utimensat(AT_FDCWD, file.constData(), times, 0);
    };
    const auto replace = [&](const QByteArray &file) {
        folder.write("other", "old");
        rename(folder.path("other").constData(), file.constData());
    };
    QCOMPARE(code("a", overwrite), ErrorCode::Conflict);
    QCOMPARE(folder.read("a"), "theirs");
    QCOMPARE(code("b", sameSize), ErrorCode::Conflict);
    QCOMPARE(folder.read("b"), "new");
    QCOMPARE(code("c", replace), ErrorCode::Conflict);
    QCOMPARE(code("d", [](const QByteArray &file) { unlink(file.constData()); }), ErrorCode::Conflict);
    QVERIFY(!folder.has("d"));
    // A mode is no content: the file is saved and keeps its new mode.
    QCOMPARE(code("e", [](const QByteArray &file) { chmod(file.constData(), 0600); }), ErrorCode::Internal);
    QCOMPARE(folder.status("e").st_mode & 07777, 0600u);
    QCOMPARE(folder.names(), (QList<QByteArray>{"a", "b", "c", "e"}));
}

namespace {

// Another program that acts right before the k-th call.
class Meddler final : public support::ForwardingFileOps
{
public:
    Meddler(files::FileOps &ops, int call, std::function<void()> act) : ForwardingFileOps(ops), m_left(call), m_act(std::move(act)) {}
    bool hasActed() const { return m_left <= 0; }

    int rename(int a, const QByteArray &b, int c, const QByteArray &d, unsigned e) override { count(); return ForwardingFileOps::rename(a, b, c, d, e); }
    int statusAt(int a, const QByteArray &b, struct stat &c) override { count(); return ForwardingFileOps::statusAt(a, b, c); }
    int sync(int a) override { count(); return ForwardingFileOps::sync(a); }
    int isBeingWritten(int a) override { count(); return ForwardingFileOps::isBeingWritten(a); }
    ssize_t write(int a, const char *b, std::size_t c) override { count(); return ForwardingFileOps::write(a, b, c); }

private:
    void count()
    {
        if (--m_left == 0)
            m_act();
    }

    int m_left;
    std::function<void()> m_act;
};

} // namespace

void AtomicSaveTest::noticesAChangeInTheLastMoment_data()
{
    QTest::addColumn<bool>("replaces");
    QTest::newRow("written in place") << false;
    QTest::newRow("replaced") << true;
}

void AtomicSaveTest::noticesAChangeInTheLastMoment()
{
    QFETCH(bool, replaces);
    // At every call: their change is either refused by us or made after our save, but never lost.
    int refused = 0;
    for (int call = 1; call < 50; ++call) {
        TestFolder folder(TestFolder::On::Memory);
        folder.write("file", "old");
        files::SystemFileOps system;
        Meddler ops(system, call, [&] {
            folder.write(replaces ? "other" : "file", "theirs");
            if (replaces)
                rename(folder.path("other").constData(), folder.path("file").constData());
        });
        const auto root = folder.root(m_ops);
        const files::FileInfo expected = *root->status(path("file"));
        const auto saved = files::saveFile(*folder.root(ops), {path("file"), "ours", expected, Writer::Guest}, m_random);
        if (!ops.hasActed()) {
            QVERIFY(saved);
            QVERIFY(refused > 3);
            return;
        }
        refused += !saved;
        QVERIFY2(folder.read("file") == "theirs", qPrintable(QString::number(call)));
        if (!saved)
            QCOMPARE(saved.error().code, ErrorCode::Conflict);
        QCOMPARE(folder.names(), QList<QByteArray>{"file"});
    }
    QFAIL("the save never ended");
}

void AtomicSaveTest::waitsForAProgramThatIsWriting()
{
    TestFolder folder;
    folder.write("file", "old");
    folder.write("linked", "old");
    QCOMPARE(link(folder.path("linked").constData(), folder.path("second").constData()), 0);
    for (const char *name : {"file", "linked"}) {
        const int writer = open(folder.path(name).constData(), O_WRONLY | O_CLOEXEC);
        QVERIFY(writer >= 0);
        QCOMPARE(codeOf(save(folder, name, "ours")), ErrorCode::Conflict);
        // What it writes now must not be lost.
        QCOMPARE(pwrite(writer, "NEW", 3, 0), 3);
        close(writer);
        QCOMPARE(folder.read(name), "NEW");
        QVERIFY(save(folder, name, "ours"));
    }
    // Somebody who only reads is no reason to wait.
    const int reader = open(folder.path("file").constData(), O_RDONLY | O_CLOEXEC);
    QVERIFY(save(folder, "file", "again"));
    close(reader);
    QCOMPARE(folder.names(), (QList<QByteArray>{"file", "linked", "second"}));
}

void AtomicSaveTest::savesWhereTheFileSystemKnowsNoFlags()
{
    m_ops.refuseRenameFlags(true);
    const auto reset = qScopeGuard([&] { m_ops.refuseRenameFlags(false); });
    TestFolder folder;
    folder.write("file", "old");
    QVERIFY(save(folder, "file", "new"));
    QVERIFY(save(folder, "second", "new"));
    QCOMPARE(folder.read("file") + folder.read("second"), "newnew");
    QCOMPARE(folder.names(), (QList<QByteArray>{"file", "second"}));
}

void AtomicSaveTest::keepsAllNamesOfAFile()
{
    TestFolder folder;
    folder.write("file", "old and long");
    QCOMPARE(link(folder.path("file").constData(), folder.path("second").constData()), 0);
    const struct stat before = folder.status("file");
    const auto saved = save(folder, "file", "new");
    QVERIFY(saved);
    QVERIFY(saved->inPlace);
    QCOMPARE(folder.read("second"), "new");
    QCOMPARE(folder.status("second").st_ino, before.st_ino);
    QCOMPARE(saved->info, *folder.root(m_ops)->status(path("file")));
    QCOMPARE(folder.names(), (QList<QByteArray>{"file", "second"}));
}

void AtomicSaveTest::changesNothingWhereItMayNotWrite()
{
    TestFolder folder;
    folder.write("locked/file", "old");
    folder.write("file", "old");
    folder.write("foreign", "old");
    chmod(folder.path("locked").constData(), 0555);
    chmod(folder.path("locked/file").constData(), 0666);
    chmod(folder.path("file").constData(), 0444);
    QCOMPARE(codeOf(save(folder, "file", "new")), ErrorCode::ReadOnly);     // as root, too
    const support::OrdinaryUser user;
    QCOMPARE(codeOf(save(folder, "locked/file", "new")), ErrorCode::PermissionDenied);
    QCOMPARE(codeOf(save(folder, "file", "new")), ErrorCode::ReadOnly);
    if (folder.status("foreign").st_uid != geteuid())
        QCOMPARE(codeOf(save(folder, "foreign", "new")), ErrorCode::ReadOnly);
    QCOMPARE(folder.read("file") + folder.read("locked/file") + folder.read("foreign"), "oldoldold");
    QCOMPARE(folder.names("locked"), QList<QByteArray>{"file"});
    QCOMPARE(folder.names(), (QList<QByteArray>{"file", "foreign", "locked"}));
}

void AtomicSaveTest::leavesOldOrNewWhateverFails_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("kind");
    for (const Fault fault : support::allFaults()) {
        for (const int kind : {0, 1, 2, 3})
            QTest::addRow("%s, %s", name(fault), kind == 0 ? "replaced" : kind == 1 ? "in place" : kind == 2 ? "new" : "no flags")
                << int(fault) << kind;
    }
}

void AtomicSaveTest::leavesOldOrNewWhateverFails()
{
    QFETCH(int, fault);
    QFETCH(int, kind);
    const QByteArray before = kind == 2 ? QByteArray() : QByteArray(5000, 'o');
    const QByteArray after(9000, 'n');
    m_ops.refuseRenameFlags(kind == 3);
    const auto reset = qScopeGuard([&] { m_ops.refuseRenameFlags(false); });
    for (int k = 1;; ++k) {
        TestFolder folder(TestFolder::On::Memory);
        folder.makeFolder("sub");
        if (kind != 2)
            folder.write("sub/file", before);
        if (kind == 1)
            QCOMPARE(link(folder.path("sub/file").constData(), folder.path("second").constData()), 0);
        m_ops.failAt(0, Fault::None);
        const auto root = folder.root(m_ops);
        const auto expected = root->status(path("sub/file"));
        m_ops.failAt(k, Fault(fault));
        const auto saved = files::saveFile(
            *root, {path("sub/file"), after, expected ? std::optional(*expected) : std::nullopt, Writer::Guest}, m_random);
        const bool isOver = m_ops.calls() < k;
        const bool hasCrashed = m_ops.hasCrashed();
        m_ops.failAt(0, Fault::None);
        // The next start.
        for (int start = 1; start < 4; ++start) {
            // Also a start that fails at some call, and then one that does not.
            m_ops.failAt(start < 3 ? 3 * start + k % 5 : 0, Fault(fault));
            const bool isDone = files::removeLeftovers(*root, path("sub/file")).has_value();
            m_ops.failAt(0, Fault::None);
            QVERIFY(isDone || start < 3);
        }
        const QByteArray content = folder.has("sub/file") ? folder.read("sub/file") : QByteArray();
        QVERIFY2(content == before || content == after, qPrintable(QString::number(k)));
        if (saved)
            QVERIFY2(content == after, qPrintable(QString::number(k)));
        if (saved && !hasCrashed && Fault(fault) != Fault::ErrorFromHereOn)
            QCOMPARE(files::FileInfo::from(folder.status("sub/file")), saved->info);
        if (kind == 1)
            QVERIFY(folder.read("second") == content);
        QVERIFY2(folder.names("sub").size() <= 1, qPrintable(QString::number(k)));
        // These two are nothing to complain about.
        if (Fault(fault) == Fault::Interrupted || Fault(fault) == Fault::ShortWrite)
            QVERIFY2(saved, qPrintable(QString::number(k)));
        if (isOver) {
            QVERIFY(saved);
            QVERIFY(k > 12);
            return;
        }
    }
}

void AtomicSaveTest::finishesABrokenSaveInPlace()
{
    TestFolder folder;
    folder.write("file", "torn");
    folder.write("second", "torn");
    const auto copyName = [&](const char *name, char digit) -> QByteArray {
        return QByteArray(".alongside-") + QByteArray(16, digit) + '-'
               + QByteArray::number(quint64(folder.status(name).st_ino), 16).rightJustified(16, '0') + ".copy";
    };
    const auto setTime = [&](const QByteArray &name, qint64 seconds) {
        const struct timespec times[2] = {{seconds, 0}, {seconds, 0}};
        QCOMPARE(utimensat(AT_FDCWD, folder.path(name).constData(), times, 0), 0);
    };
    // Two copies of one file: the newer one counts, whatever its name.
    folder.write(copyName("file", 'a'), "complete and newer");
    folder.write(copyName("file", 'b'), "complete and older");
    folder.write(copyName("second", 'c'), "complete, but too late");
    setTime(copyName("file", 'a'), 1'000'000'001);
    setTime(copyName("file", 'b'), 1'000'000'000);
    setTime(copyName("second", 'c'), 1'000'000'000);
    setTime("file", 1'000'000'002);
    setTime("second", 1'000'000'600);   // written by somebody long after the crash
    folder.write(".alongside-0123456789abcdef.tmp", "half");
    folder.makeFolder(".alongside-0123456789abcdee.tmp/sub");
    folder.write(".alongside-mine.tmp", "somebody's");
    QVERIFY(files::removeLeftovers(*folder.root(m_ops), path("file")));
    QCOMPARE(folder.read("file"), "complete and newer");
    QCOMPARE(folder.read("second"), "torn");
    QCOMPARE(folder.names(), (QList<QByteArray>{".alongside-mine.tmp", "file", "second"}));
    QVERIFY(files::removeLeftovers(*folder.root(m_ops), path("not/there")));
}

void AtomicSaveTest::leavesOtherProcessesFilesAlone()
{
    TestFolder folder;
    folder.write("file", "x");
    folder.write(".alongside-0123456789abcdef.tmp", "being written");
    const int other = open(folder.path(".alongside-0123456789abcdef.tmp").constData(), O_RDONLY | O_CLOEXEC);
    QCOMPARE(flock(other, LOCK_EX), 0);
    QVERIFY(files::removeLeftovers(*folder.root(m_ops), path("file")));
    QCOMPARE(folder.names().size(), 2);
    close(other);
    QVERIFY(files::removeLeftovers(*folder.root(m_ops), path("file")));
    QCOMPARE(folder.names().size(), 1);
}

void AtomicSaveTest::acknowledgesNothingThatIsNotSynced()
{
    for (const char *name : {"file", "linked", "new"}) {
        for (int sync = 1; sync <= 6; ++sync) {
            TestFolder folder(TestFolder::On::Memory);
            folder.write("file", "old");
            folder.write("linked", "old");
            QCOMPARE(link(folder.path("linked").constData(), folder.path("second").constData()), 0);
            m_ops.failAt(0, Fault::None);
            const auto root = folder.root(m_ops);
            m_ops.failSyncsFrom(sync);
            const auto saved = save(root, name, "new");
            const int syncs = m_ops.syncs();
            m_ops.failAt(0, Fault::None);
            QVERIFY2(saved.has_value() == (syncs < sync), name);
            if (saved)
                QVERIFY2(syncs >= 2, name);
        }
    }
}

QTEST_GUILESS_MAIN(AtomicSaveTest)
#include "tst_atomicsave.moc"
