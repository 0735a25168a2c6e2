// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/atomicsave.h"
#include "app/files/watcher.h"
#include "tests/support/files/testfolder.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

#include <optional>

#include <fcntl.h>
#include <unistd.h>

using files::Ignore;
using files::InotifyHub;
using files::Watcher;
using support::path;
using support::TestFolder;

class WatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void reportsWhatChangesAListing();
    void reportsChangedContent();
    void reportsChangesTogether();
    void ourOwnSaveIsNoChangeOfTheListing();
    void aFileThatStaysOpenIsReportedLater();
    void watchesFoldersThatAppear();
    void followsARenamedFolder();
    void sharesOneInstanceAmongRoots();
    void reportsFoldersBehindALink();
    void leavesOutWhatGitIgnores();
    void tellsOfTheCheckedOutStateOnly();
    void pollsWhenThereAreNotEnoughWatches();
    void tellsThatEventsWereLost();
    void tellsThatTheRootIsGone();
    void endsInTheMiddleOfAWalk();

private:
    struct Seen
    {
        QSet<QByteArray> folders;
        QSet<QByteArray> files;
        int reports = 0;
        int overflows = 0;
    };

    void watch(std::size_t maxWatches = InotifyHub::kMaxWatches)
    {
        m_watcher.reset();
        m_hub = std::make_unique<InotifyHub>(maxWatches);
        m_watcher = makeWatcher(m_folder->root(m_ops), m_seen);
        QSignalSpy ready(m_watcher.get(), &Watcher::ready);
        QVERIFY(ready.wait());
        quiet();
    }
    std::unique_ptr<Watcher> makeWatcher(std::shared_ptr<const files::Root> root, Seen &seen)
    {
        auto watcher = std::make_unique<Watcher>(*m_hub, root, std::make_shared<Ignore>(root, Ignore::User()), nullptr,
                                                 std::chrono::milliseconds(100));
        connect(watcher.get(), &Watcher::changed, this, [&seen](const QList<QByteArray> &folders, const QList<QByteArray> &files) {
            seen.folders.unite({folders.begin(), folders.end()});
            seen.files.unite({files.begin(), files.end()});
            ++seen.reports;
        });
        connect(watcher.get(), &Watcher::overflowed, this, [&seen] { ++seen.overflows; });
        return watcher;
    }
    // Waits until a marker that is made now was reported: what came before it has been, too.
    void quiet()
    {
        const QByteArray marker = "marker" + QByteArray::number(++m_markers);
        m_folder->write(marker, "");
        QTRY_VERIFY(m_seen.files.contains(marker));
        m_seen.files.remove(marker);
        if (m_seen.files.isEmpty() && m_seen.folders == QSet<QByteArray>{""})
            m_seen = {};
    }

    files::SystemFileOps m_ops;
    std::unique_ptr<TestFolder> m_folder;
    std::unique_ptr<InotifyHub> m_hub;
    std::unique_ptr<Watcher> m_watcher;
    Seen m_seen;
    int m_markers = 0;
};

void WatcherTest::init()
{
    m_folder = std::make_unique<TestFolder>(TestFolder::On::Memory);
    m_folder->write("sub/deep/file", "old");
    m_folder->write("file", "old");
    m_seen = {};
}

void WatcherTest::cleanup()
{
    m_watcher.reset();
    m_hub.reset();
    m_folder.reset();
}

void WatcherTest::reportsWhatChangesAListing()
{
    watch();
    m_folder->write("sub/new", "");
    QTRY_VERIFY(m_seen.folders.contains("sub"));
    QVERIFY(!m_seen.folders.contains(""));
    QVERIFY(!m_seen.folders.contains("sub/deep"));
    m_seen = {};
    rename(m_folder->path("sub/new").constData(), m_folder->path("sub/deep/moved").constData());
    QTRY_VERIFY(m_seen.folders.contains("sub") && m_seen.folders.contains("sub/deep"));
    QVERIFY(m_seen.files.contains("sub/new") && m_seen.files.contains("sub/deep/moved"));
    m_seen = {};
    unlink(m_folder->path("sub/deep/moved").constData());
    QTRY_VERIFY(m_seen.folders.contains("sub/deep") && m_seen.files.contains("sub/deep/moved"));
    m_seen = {};
    chmod(m_folder->path("file").constData(), 0755);
    QTRY_VERIFY(m_seen.folders.contains(""));
    QVERIFY(!m_seen.files.contains("file"));
    m_seen = {};
    symlink("file", m_folder->path("link\n\xff").constData());
    QTRY_VERIFY(m_seen.folders.contains("") && m_seen.files.contains("link\n\xff"));
}

void WatcherTest::reportsChangedContent()
{
    watch();
    m_folder->write("sub/deep/file", "new");
    QTRY_VERIFY(m_seen.files.contains("sub/deep/file"));
    QVERIFY(!m_seen.folders.contains("sub/deep"));
    m_seen = {};
    // As git and most editors do it.
    m_folder->write("sub/other", "newer");
    rename(m_folder->path("sub/other").constData(), m_folder->path("sub/deep/file").constData());
    QTRY_VERIFY(m_seen.files.contains("sub/deep/file"));
}

void WatcherTest::reportsChangesTogether()
{
    watch();
    for (int i = 0; i < 500; ++i)
        m_folder->write("sub/file" + QByteArray::number(i), "x");
    QTRY_COMPARE(m_seen.files.size(), 500);
    QVERIFY2(m_seen.reports < 50, qPrintable(QString::number(m_seen.reports)));
}

void WatcherTest::ourOwnSaveIsNoChangeOfTheListing()
{
    watch();
    const auto root = m_folder->root(m_ops);
    base::SystemRandom random;
    QVERIFY(files::saveFile(*root, {path("sub/deep/file"), "new", *root->status(path("sub/deep/file")), files::Writer::Guest}, random));
    QTRY_VERIFY(m_seen.files.contains("sub/deep/file"));
    QCOMPARE(m_seen.files.size(), 1);
    quiet();
    QVERIFY(!m_seen.folders.contains("sub/deep"));
    // But one that makes the file is.
    QVERIFY(files::saveFile(*root, {path("sub/deep/new"), "new", std::nullopt, files::Writer::Guest}, random));
    QTRY_VERIFY(m_seen.folders.contains("sub/deep"));
    QVERIFY(m_seen.files.contains("sub/deep/new"));
}

void WatcherTest::aFileThatStaysOpenIsReportedLater()
{
    watch();
    const int file = open(m_folder->path("sub/log").constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    QTRY_VERIFY(m_seen.files.contains("sub/log"));
    m_seen = {};
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(write(file, "line\n", 5), 5);
    QTRY_VERIFY(m_seen.files.contains("sub/log"));
    QVERIFY(timer.elapsed() >= 900);
    m_seen = {};
    timer.start();
    QCOMPARE(write(file, "line\n", 5), 5);
    close(file);
    QTRY_VERIFY(m_seen.files.contains("sub/log"));
    QVERIFY2(timer.elapsed() < 900, qPrintable(QString::number(timer.elapsed())));
}

void WatcherTest::watchesFoldersThatAppear()
{
    watch();
    const auto before = m_hub->watchCount();
    m_folder->write("new/a/b/c/file", "x");
    QTRY_COMPARE(m_hub->watchCount(), before + 4);
    QTRY_VERIFY(m_seen.folders.contains("new/a/b/c"));
    m_seen = {};
    m_folder->write("new/a/b/c/second", "x");
    QTRY_VERIFY(m_seen.folders.contains("new/a/b/c") && m_seen.files.contains("new/a/b/c/second"));
    // Gone and made anew under the same name.
    (void)files::removeTree(m_ops, m_folder->root(m_ops)->descriptor(), "new");
    QTRY_COMPARE(m_hub->watchCount(), before);
    m_folder->makeFolder("new/a");
    QTRY_COMPARE(m_hub->watchCount(), before + 2);
    m_seen = {};
    m_folder->write("new/a/third", "x");
    QTRY_VERIFY(m_seen.files.contains("new/a/third"));
}

void WatcherTest::followsARenamedFolder()
{
    watch();
    m_watcher->setOpenFiles({path("other/deep/file"), path("file")});
    const auto before = m_hub->watchCount();
    rename(m_folder->path("sub").constData(), m_folder->path("other").constData());
    QTRY_VERIFY(m_seen.folders.contains("other/deep"));
    QVERIFY(m_seen.files.contains("other/deep/file"));      // may have changed before it was watched again
    QVERIFY(!m_seen.files.contains("file"));
    QTRY_COMPARE(m_hub->watchCount(), before);
    m_seen = {};
    m_folder->write("other/deep/file", "x");
    QTRY_VERIFY(m_seen.files.contains("other/deep/file"));
    QVERIFY(!m_seen.files.contains("sub/deep/file"));
}

void WatcherTest::sharesOneInstanceAmongRoots()
{
    watch();
    const auto before = m_hub->watchCount();
    Seen inner;
    auto second = makeWatcher(*files::Root::open(m_folder->path("sub"), m_ops), inner);
    QSignalSpy ready(second.get(), &Watcher::ready);
    QVERIFY(ready.wait());
    QCOMPARE(m_hub->watchCount(), before);
    m_folder->write("sub/deep/new", "x");
    QTRY_VERIFY(inner.files.contains("deep/new"));
    QTRY_VERIFY(m_seen.files.contains("sub/deep/new"));
    second.reset();
    QCOMPARE(m_hub->watchCount(), before);
    m_folder->write("sub/deep/newer", "x");
    QTRY_VERIFY(m_seen.files.contains("sub/deep/newer"));
}

void WatcherTest::reportsFoldersBehindALink()
{
    m_folder->link("link", "sub/deep");
    watch();
    m_watcher->ensureWatched(path("link"));
    QTRY_VERIFY(m_watcher->isWatching(path("link")));
    m_seen = {};
    m_folder->write("sub/deep/new", "x");
    QTRY_VERIFY(m_seen.folders.contains("link") && m_seen.folders.contains("sub/deep"));
}

void WatcherTest::leavesOutWhatGitIgnores()
{
    m_folder->makeFolder(".git");
    m_folder->write(".gitignore", "node_modules/\n");
    m_folder->write("node_modules/p/file", "x");
    watch();
    const auto before = m_hub->watchCount();
    QCOMPARE(before, 4u);       // the root, .git, sub, sub/deep
    m_folder->write("sub/node_modules/q/file", "x");
    QTRY_VERIFY(m_seen.folders.contains("sub"));
    quiet();
    QCOMPARE(m_hub->watchCount(), before);
    m_watcher->ensureWatched(path("node_modules"));
    QTRY_COMPARE(m_hub->watchCount(), before + 1);
    m_folder->write("node_modules/new", "x");
    QTRY_VERIFY(m_seen.folders.contains("node_modules"));
    // Other rules: now it is walked.
    m_folder->write(".gitignore", "\n");
    QTRY_COMPARE(m_hub->watchCount(), before + 4);
}

void WatcherTest::tellsOfTheCheckedOutStateOnly()
{
    m_folder->write(".git/HEAD", "ref: refs/heads/main\n");
    m_folder->write(".git/refs/heads/main", "1\n");
    m_folder->write(".git/objects/00/x", "");
    watch();
    QSignalSpy repository(m_watcher.get(), &Watcher::repositoryChanged);
    const auto tells = [&](auto change) {
        repository.clear();
        change();
        quiet();
        return !repository.isEmpty();
    };
    QVERIFY(tells([&] { m_folder->write(".git/HEAD", "ref: refs/heads/other\n"); }));
    QVERIFY(tells([&] { m_folder->write(".git/index", "x"); }));
    QVERIFY(tells([&] { m_folder->write(".git/refs/heads/main", "2\n"); }));
    QVERIFY(!tells([&] { m_folder->write(".git/objects/00/y", "x"); }));
    QVERIFY(!tells([&] { m_folder->write(".git/COMMIT_EDITMSG", "x"); }));
    QVERIFY(!tells([&] { m_folder->write("sub/deep/file", "x"); }));
    QVERIFY(m_seen.files.contains("sub/deep/file"));
    for (const QByteArray &folder : std::as_const(m_seen.folders))
        QVERIFY(!folder.startsWith(".git"));
    // A new folder of references is watched as well.
    const auto before = m_hub->watchCount();
    m_folder->makeFolder(".git/refs/heads/feature");
    QTRY_COMPARE(m_hub->watchCount(), before + 1);
    QVERIFY(tells([&] { m_folder->write(".git/refs/heads/feature/x", "3\n"); }));
}

void WatcherTest::pollsWhenThereAreNotEnoughWatches()
{
    for (int i = 0; i < 10; ++i)
        m_folder->makeFolder("many/" + QByteArray::number(i));
    m_hub = std::make_unique<InotifyHub>(3);
    m_watcher = makeWatcher(m_folder->root(m_ops), m_seen);
    QSignalSpy degraded(m_watcher.get(), &Watcher::degraded);
    QVERIFY(degraded.wait());
    QVERIFY(!degraded[0][0].toString().isEmpty());
    QVERIFY(m_watcher->isDegraded());
    QCOMPARE(m_hub->watchCount(), 3u);
    m_watcher->ensureWatched(path("many/1"));
    m_watcher->ensureWatched(path("many/2"));
    m_watcher->setOpenFiles({path("sub/deep/file"), path("many/3/none")});
    int round = 0;
    // The first look only remembers, so that changes are repeated until one falls between two looks.
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
        m_folder->write("many/1/" + QByteArray::number(++round), "x");
        m_folder->write("sub/deep/file", QByteArray(round, 'x'));
        return m_seen.folders.contains("many/1") && m_seen.files.contains("sub/deep/file");
    }()), 15000);
    QVERIFY(!m_seen.folders.contains("many/2"));
    QCOMPARE(degraded.size(), 1);
    m_folder->write("many/3/none", "x");
    QTRY_VERIFY_WITH_TIMEOUT(m_seen.files.contains("many/3/none"), 15000);
}

void WatcherTest::tellsThatEventsWereLost()
{
    watch();
    // More than the system's queue takes while nobody reads.
    QFile limit(QStringLiteral("/proc/sys/fs/inotify/max_queued_events"));
    QVERIFY(limit.open(QIODevice::ReadOnly));
    const int count = limit.readAll().trimmed().toInt() / 2 + 100;
    QVERIFY2(count <= 100'000, "fs.inotify.max_queued_events is too large for this test to fill the queue: 16384 is usual");
    for (int i = 0; i < count; ++i) {
        // Two different events each, which the system cannot merge.
        const QByteArray name = m_folder->path("sub/" + QByteArray::number(i % 64));
        mkdir(name.constData(), 0700);
        rmdir(name.constData());
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_seen.overflows > 0, 10000);
    m_folder->makeFolder("after");
    QTRY_VERIFY(m_seen.folders.contains("after"));
    m_folder->write("after/file", "x");
    QTRY_VERIFY(m_seen.files.contains("after/file"));
    m_folder->write("sub/deep/file", "x");
    QTRY_VERIFY(m_seen.files.contains("sub/deep/file"));
}

void WatcherTest::tellsThatTheRootIsGone()
{
    m_folder->makeFolder("root");
    m_hub = std::make_unique<InotifyHub>();
    m_watcher = makeWatcher(*files::Root::open(m_folder->path("root"), m_ops), m_seen);
    QSignalSpy gone(m_watcher.get(), &Watcher::rootGone);
    QSignalSpy ready(m_watcher.get(), &Watcher::ready);
    QVERIFY(ready.wait());
    rmdir(m_folder->path("root").constData());
    QTRY_COMPARE(gone.size(), 1);
}

void WatcherTest::endsInTheMiddleOfAWalk()
{
    for (int i = 0; i < 200; ++i)
        m_folder->makeFolder("many/" + QByteArray::number(i) + "/a/b");
    m_hub = std::make_unique<InotifyHub>();
    for (int i = 0; i < 20; ++i) {
        auto watcher = makeWatcher(m_folder->root(m_ops), m_seen);
        QTRY_VERIFY(m_hub->watchCount() > 0);
        watcher.reset();
        QTRY_COMPARE(m_hub->watchCount(), 0u);
    }
}

QTEST_GUILESS_MAIN(WatcherTest)
#include "tst_watcher.moc"
