// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/bin.h"
#include "tests/support/files/failingfileops.h"
#include "tests/support/files/testfolder.h"

#include <QScopeGuard>
#include <QTest>

#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

using base::ErrorCode;
using files::Bin;
using files::Writer;
using support::Fault;
using support::path;
using support::TestFolder;

class BinTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void takesAndRestores_data();
    void takesAndRestores();
    void survivesARestart();
    void restoresBesideWhatTookThePlace();
    void makesFoldersThatAreGone();
    void forgetsAfterSevenDays();
    void removesTreesOfAnyDepth();
    void refusesWhatMustStay();
    void copiesOnlyWhatFits();
    void losesNothingWhateverFails_data();
    void losesNothingWhateverFails();
    void cleansUpUnfinishedEntries();

private:
    std::unique_ptr<Bin> openBin()
    {
        auto bin = Bin::open(m_folder->path("bin"), m_ops, m_clock, m_random);
        return bin ? std::move(*bin) : nullptr;
    }
    std::shared_ptr<const files::Root> openRoot() { return *files::Root::open(m_folder->path("root"), m_ops); }

    support::FailingFileOps m_ops;
    support::MovableClock m_clock;
    base::SystemRandom m_random;
    std::unique_ptr<TestFolder> m_folder;
};

namespace {

template <typename T>
ErrorCode codeOf(const base::Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

} // namespace

void BinTest::init()
{
    m_ops.failAt(0, Fault::None);
    m_ops.separateFolders(false);
    m_folder = std::make_unique<TestFolder>(TestFolder::On::Memory);
    m_folder->makeFolder("bin");
    m_folder->makeFolder("root");
}

void BinTest::cleanup()
{
    m_folder.reset();
}

void BinTest::takesAndRestores_data()
{
    QTest::addColumn<bool>("isSeparate");
    QTest::newRow("same file system") << false;
    QTest::newRow("another file system") << true;
}

void BinTest::takesAndRestores()
{
    QFETCH(bool, isSeparate);
    m_ops.separateFolders(isSeparate);
    m_folder->write("root/sub/a\nb\xff", "content");
    m_folder->write("root/sub/deep/er/file", QByteArray(3'000'000, 'x'));
    m_folder->link("root/sub/link", "deep/er");
    m_folder->makeFolder("root/sub/empty");
    chmod(m_folder->path("root/sub/deep/er/file").constData(), 0751);
    chmod(m_folder->path("root/sub/empty").constData(), 0500);
    const struct timespec times[2] = {{1000, 5}, {2000, 6}};
    utimensat(AT_FDCWD, m_folder->path("root/sub/deep/er/file").constData(), times, 0);
    const auto bin = openBin();
    const auto root = openRoot();

    const auto folder = bin->remove(*root, path("sub"), QStringLiteral("Ada"), Writer::Guest);
    QVERIFY(folder);
    QCOMPARE(m_folder->names("root").size(), 0);
    QCOMPARE(folder->path.bytes(), "sub");
    QVERIFY(folder->isFolder);
    QCOMPARE(bin->list()->size(), 1u);
    QCOMPARE(bin->list()->front().by, QStringLiteral("Ada"));
    QCOMPARE(bin->restore(*root, folder->id, Writer::Guest)->bytes(), "sub");
    QCOMPARE(bin->list()->size(), 0u);
    QCOMPARE(m_folder->names("bin").size(), 0);
    QCOMPARE(m_folder->names("root/sub"), (QList<QByteArray>{"a\nb\xff", "deep", "empty", "link"}));
    QCOMPARE(m_folder->read("root/sub/a\nb\xff"), "content");
    QCOMPARE(m_folder->read("root/sub/link/file").size(), 3'000'000);
    QVERIFY(S_ISLNK(m_folder->status("root/sub/link").st_mode));
    const struct stat status = m_folder->status("root/sub/deep/er/file");
    QCOMPARE(status.st_mode & 07777, 0751u);
    QCOMPARE(status.st_mtim.tv_sec, 2000);
    QCOMPARE(m_folder->status("root/sub/empty").st_mode & 07777, 0500u);

    const auto link = bin->remove(*root, path("sub/link"), {}, Writer::Guest);
    QVERIFY(link && !link->isFolder);
    QVERIFY(m_folder->has("root/sub/deep/er/file"));
    QVERIFY(bin->restore(*root, link->id, Writer::Guest));
    QVERIFY(S_ISLNK(m_folder->status("root/sub/link").st_mode));
    QCOMPARE(codeOf(bin->restore(*root, link->id, Writer::Guest)), ErrorCode::NotFound);
    QCOMPARE(codeOf(bin->remove(*root, path("none"), {}, Writer::Guest)), ErrorCode::NotFound);
    QCOMPARE(m_folder->names("bin").size(), 0);
}

void BinTest::survivesARestart()
{
    m_folder->write("root/one", "1");
    m_folder->write("root/two", "2");
    const auto root = openRoot();
    auto bin = openBin();
    QVERIFY(bin->remove(*root, path("one"), QStringLiteral("Ada"), Writer::Guest));
    m_clock.advance(std::chrono::seconds(5));
    const auto two = bin->remove(*root, path("two"), QString(1000, u'b'), Writer::Guest);
    bin = openBin();
    const auto entries = bin->list();
    QCOMPARE(entries->size(), 2u);
    QCOMPARE(entries->front().path.bytes(), "two");    // the newest
    QCOMPARE(entries->front().by.size(), files::kMaxByUnits);
    QCOMPARE(entries->front().deletedAt, m_clock.wallTime());
    QVERIFY(bin->restore(*root, two->id, Writer::Guest));
    QCOMPARE(m_folder->read("root/two"), "2");
    QCOMPARE(m_folder->status("bin/" + m_folder->names("bin").front()).st_mode & 07777, 0700u);
}

void BinTest::restoresBesideWhatTookThePlace()
{
    const auto bin = openBin();
    const auto root = openRoot();
    const QByteArray longName = QByteArray(250, 'n') + ".txt";
    for (const bool isSeparate : {false, true}) {
        m_ops.separateFolders(isSeparate);
        for (const QByteArray &name : {QByteArray("notes.txt"), QByteArray(".env"), longName}) {
            QList<base::BinEntryId> ids;
            for (const char *content : {"first", "second"}) {
                m_folder->write("root/" + name, content);
                ids.append(bin->remove(*root, path(name), {}, Writer::Guest)->id);
            }
            m_folder->write("root/" + name, "third");
            const auto first = bin->restore(*root, ids[0], Writer::Guest);
            const auto second = bin->restore(*root, ids[1], Writer::Guest);
            QVERIFY(first && second);
            QCOMPARE(m_folder->read("root/" + first->bytes()), "first");
            QCOMPARE(m_folder->read("root/" + second->bytes()), "second");
            QCOMPARE(m_folder->read("root/" + name), "third");
            if (name == "notes.txt" && !isSeparate) {
                QCOMPARE(first->bytes(), "notes (restored).txt");
                QCOMPARE(second->bytes(), "notes (restored 2).txt");
            }
        }
    }
}

void BinTest::makesFoldersThatAreGone()
{
    m_folder->write("root/a/b/c/file", "content");
    const auto bin = openBin();
    const auto root = openRoot();
    const auto file = bin->remove(*root, path("a/b/c/file"), {}, Writer::Guest);
    const auto folder = bin->remove(*root, path("a"), {}, Writer::Guest);
    QVERIFY(file && folder);
    QCOMPARE(bin->restore(*root, file->id, Writer::Guest)->bytes(), "a/b/c/file");
    QCOMPARE(m_folder->read("root/a/b/c/file"), "content");
    QCOMPARE(bin->restore(*root, folder->id, Writer::Guest)->bytes(), "a (restored)");
}

void BinTest::forgetsAfterSevenDays()
{
    const auto bin = openBin();
    const auto root = openRoot();
    m_folder->write("root/old/file", "x");
    chmod(m_folder->path("root/old").constData(), 0500);
    m_folder->write("root/new", "x");
    QVERIFY(bin->remove(*root, path("old"), {}, Writer::Guest));
    m_clock.advance(std::chrono::hours(24));
    QVERIFY(bin->remove(*root, path("new"), {}, Writer::Guest));
    m_clock.advance(std::chrono::hours(6 * 24) - std::chrono::milliseconds(1));
    QCOMPARE(*bin->purge(), 0);
    m_clock.advance(std::chrono::milliseconds(1));
    QCOMPARE(*bin->purge(), 1);
    QCOMPARE(bin->list()->size(), 1u);
    QCOMPARE(bin->list()->front().path.bytes(), "new");
    m_clock.advance(std::chrono::hours(24));
    QCOMPARE(*bin->purge(), 1);
    QCOMPARE(m_folder->names("bin").size(), 0);
}

void BinTest::removesTreesOfAnyDepth()
{
    // Deeper than a path can say and than one may have folders open.
    int at = open(m_folder->path("root").constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < 3000; ++i) {
        QCOMPARE(mkdirat(at, "d", 0700), 0);
        const int next = openat(at, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        close(at);
        at = next;
    }
    close(at);
    const auto bin = openBin();
    QVERIFY(bin->remove(*openRoot(), path("d"), {}, Writer::Guest));
    m_clock.advance(files::kBinLifetime);
    QCOMPARE(*bin->purge(), 1);
    QCOMPARE(m_folder->names("bin").size(), 0);
}

void BinTest::refusesWhatMustStay()
{
    m_folder->write("root/.git/config", "x");
    m_folder->write("canary", "x");
    m_folder->link("root/up", "..");
    m_folder->link("root/git", ".git");
    const auto bin = openBin();
    const auto root = openRoot();
    const auto code = [&](const char *name) { return codeOf(bin->remove(*root, path(name), {}, Writer::Guest)); };
    QCOMPARE(code(""), ErrorCode::InvalidArgument);
    QCOMPARE(code(".git"), ErrorCode::Forbidden);
    QCOMPARE(code(".git/config"), ErrorCode::Forbidden);
    QCOMPARE(code("git/config"), ErrorCode::Forbidden);
    QCOMPARE(code("up/canary"), ErrorCode::OutsideRoot);
    QVERIFY(m_folder->has("root/.git/config") && m_folder->has("canary"));
    QCOMPARE(m_folder->names("bin").size(), 0);
    // What the owner deleted there, a guest cannot bring back.
    const auto byOwner = bin->remove(*root, path(".git/config"), {}, Writer::Owner);
    QVERIFY(byOwner);
    QCOMPARE(codeOf(bin->restore(*root, byOwner->id, Writer::Guest)), ErrorCode::Forbidden);
    QVERIFY(bin->restore(*root, byOwner->id, Writer::Owner));
}

void BinTest::copiesOnlyWhatFits()
{
    m_ops.separateFolders(true);
    m_folder->write("root/sub/file", "x");
    QCOMPARE(mkfifo(m_folder->path("root/sub/pipe").constData(), 0600), 0);
    m_folder->write("root/huge", "x");
    QCOMPARE(truncate(m_folder->path("root/huge").constData(), files::kMaxBinCopyBytes + 1), 0);
    const auto bin = openBin();
    const auto root = openRoot();
    QCOMPARE(codeOf(bin->remove(*root, path("sub"), {}, Writer::Guest)), ErrorCode::NotAFile);
    m_ops.failAt(0, Fault::None);
    QCOMPARE(codeOf(bin->remove(*root, path("huge"), {}, Writer::Guest)), ErrorCode::TooLarge);
    QVERIFY2(m_ops.calls() < 100, "the file was copied to find out that it is too large");
    QVERIFY(m_folder->has("root/sub/pipe") && m_folder->has("root/sub/file") && m_folder->has("root/huge"));
    QCOMPARE(m_folder->names("bin").size(), 0);
}

void BinTest::losesNothingWhateverFails_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<bool>("isSeparate");
    QTest::addColumn<bool>("isRestore");
    for (const Fault fault : support::allFaults()) {
        for (const bool isSeparate : {false, true}) {
            for (const bool isRestore : {false, true})
                QTest::addRow("%s, %s, %s", name(fault), isSeparate ? "copied" : "renamed", isRestore ? "restored" : "taken")
                    << int(fault) << isSeparate << isRestore;
        }
    }
}

void BinTest::losesNothingWhateverFails()
{
    QFETCH(int, fault);
    QFETCH(bool, isSeparate);
    QFETCH(bool, isRestore);
    for (int k = 1;; ++k) {
        init();
        m_ops.separateFolders(isSeparate);
        m_folder->write("root/sub/one", "1");
        m_folder->write("root/sub/two", "2");
        auto bin = openBin();
        const auto root = openRoot();
        base::BinEntryId id;
        if (isRestore)
            id = bin->remove(*root, path("sub"), {}, Writer::Guest)->id;
        m_ops.failAt(k, Fault(fault));
        const bool isDone = isRestore ? bin->restore(*root, id, Writer::Guest).has_value()
                                      : bin->remove(*root, path("sub"), {}, Writer::Guest).has_value();
        const bool isOver = m_ops.calls() < k;
        m_ops.failAt(0, Fault::None);
        bin = openBin();
        QVERIFY(bin);
        const auto isWhole = [&](const QByteArray &at) {
            return m_folder->has(at + "/one") && m_folder->has(at + "/two") && m_folder->read(at + "/one") == "1"
                   && m_folder->read(at + "/two") == "2";
        };
        const auto entries = bin->list();
        const bool isInRoot = isWhole("root/sub");
        bool isInBin = false;
        if (entries->size() == 1) {
            const auto back = bin->restore(*root, entries->front().id, Writer::Guest);
            isInBin = back && isWhole("root/" + back->bytes());
        }
        QVERIFY2(isInRoot || isInBin, qPrintable(QString::number(k)));
        if (isDone)
            QVERIFY2(isRestore ? isInRoot : isInBin, qPrintable(QString::number(k)));
        QCOMPARE(m_folder->names("bin").size(), 0);
        if (isOver) {
            QVERIFY(isDone);
            QVERIFY(k > 10);
            return;
        }
    }
}

void BinTest::cleansUpUnfinishedEntries()
{
    const QByteArray one(32, 'a');
    const QByteArray two(32, 'b');
    m_folder->write("bin/" + one + "/record", "x");
    m_folder->write("bin/" + one + "/partial/file", "x");
    m_folder->write("bin/" + two + "/content", "x");
    m_folder->write("bin/something else", "x");
    m_folder->write("bin/" + QByteArray(32, 'c') + "/record", "no CBOR");
    m_folder->write("bin/" + QByteArray(32, 'c') + "/content", "kept, since nobody knows");
    const auto bin = openBin();
    QCOMPARE(m_folder->names("bin"), (QList<QByteArray>{QByteArray(32, 'c'), "something else"}));
    QCOMPARE(bin->list()->size(), 0u);
}

QTEST_GUILESS_MAIN(BinTest)
#include "tst_bin.moc"
