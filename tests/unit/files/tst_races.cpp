// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/atomicsave.h"
#include "app/files/bin.h"
#include "tests/support/files/testfolder.h"
#include "tests/support/seed.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <cstdio>
#include <random>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using files::Writer;
using support::path;
using support::TestFolder;

class RacesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverLeavesTheRootWhileFoldersAreSwapped();
    void neverLosesAnotherProgramsChange_data();
    void neverLosesAnotherProgramsChange();

private:
    files::SystemFileOps m_ops;
    base::SystemRandom m_random;
};

void RacesTest::neverLeavesTheRootWhileFoldersAreSwapped()
{
    TestFolder folder(TestFolder::On::Memory);
    folder.write("root/place/file", "inside");
    folder.write("outside/file", "canary");
    folder.link("root/trap", "../outside");
    std::atomic<bool> isOver = false;
    std::atomic<quint64> swaps = 0;
    std::thread attacker([&] {
        const QByteArray one = folder.path("root/place");
        const QByteArray two = folder.path("root/trap");
        while (!isOver) {
            renameat2(AT_FDCWD, one.constData(), AT_FDCWD, two.constData(), RENAME_EXCHANGE);
            ++swaps;
        }
    });
    const auto root = *files::Root::open(folder.path("root"), m_ops);
    int reads = 0;
    int saves = 0;
    int refused = 0;
    bool sawCanary = false;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; timer.elapsed() < 1000; ++i) {
        const auto read = root->read(path("place/file"), 100);
        reads += read.has_value();
        refused += !read && read.error().code == base::ErrorCode::OutsideRoot;
        sawCanary = sawCanary || (read && read->content == "canary");
        if (read)
            saves += files::saveFile(*root, {path("place/file"), "saved", read->info, Writer::Guest}, m_random).has_value();
        const auto range = root->readRange(path("place/file"), 0, 100);
        sawCanary = sawCanary || (range && range->bytes == "canary");
        const QByteArray name = "new" + QByteArray::number(i);
        if (root->createFile(path("place/" + name), Writer::Guest))
            (void)root->move(path("place/" + name), path("place/" + name + "x"), Writer::Guest);
        (void)root->list(path("place"));
        (void)files::removeLeftovers(*root, path("place/file"));
    }
    isOver = true;
    attacker.join();
    qInfo("%llu swaps, %d reads, %d saves, %d refused", static_cast<unsigned long long>(swaps.load()), reads, saves, refused);
    QVERIFY(!sawCanary);
    QCOMPARE(folder.read("outside/file"), "canary");
    QCOMPARE(folder.names("outside"), QList<QByteArray>{"file"});
    QVERIFY(swaps > 1000 && reads > 10 && saves > 0 && refused > 10);
}

void RacesTest::neverLosesAnotherProgramsChange_data()
{
    QTest::addColumn<bool>("replaces");
    QTest::newRow("truncates and writes") << false;
    QTest::newRow("replaces by renaming") << true;
}

void RacesTest::neverLosesAnotherProgramsChange()
{
    QFETCH(bool, replaces);
    constexpr int kChanges = 500;
    TestFolder folder(TestFolder::On::Memory);
    folder.write("file", "theirs 0");
    std::atomic<int> seen = 0;      // their last change that we have read
    std::atomic<bool> isOver = false;
    const quint64 seed = support::seed();
    std::thread other([&] {
        std::mt19937_64 random(seed);
        for (int i = 1; i <= kChanges && !isOver; ++i) {
            for (auto turns = random() % 20'000; turns > 0; --turns)
                std::atomic_signal_fence(std::memory_order_seq_cst);
            folder.write(replaces ? "other" : "file", "theirs " + QByteArray::number(i));
            if (replaces)
                rename(folder.path("other").constData(), folder.path("file").constData());
            while (seen < i && !isOver)
                std::this_thread::yield();
        }
    });
    const auto root = folder.root(m_ops);
    int saves = 0;
    int conflicts = 0;
    QElapsedTimer timer;
    timer.start();
    while (seen < kChanges && timer.elapsed() < 60'000) {
        const auto read = root->read(path("file"), 100);
        if (!read)
            continue;
        if (read->content.startsWith("theirs "))
            seen = std::max(seen.load(), read->content.sliced(7).toInt());
        const auto saved = files::saveFile(*root, {path("file"), "ours " + QByteArray::number(saves), read->info, Writer::Guest}, m_random);
        saves += saved.has_value();
        conflicts += !saved && saved.error().code == base::ErrorCode::Conflict;
    }
    isOver = true;
    other.join();
    qInfo("%d saves, %d conflicts", saves, conflicts);
    QCOMPARE(seen.load(), kChanges);
    QVERIFY(conflicts > 0);
    QCOMPARE(folder.names(), QList<QByteArray>{"file"});
}

QTEST_GUILESS_MAIN(RacesTest)
#include "tst_races.moc"
