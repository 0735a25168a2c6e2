// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/fileops.h"
#include "app/store/logwriter.h"
#include "tests/bench/host/crowd.h"
#include "tests/bench/host/report.h"
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>

#include <atomic>
#include <cstdio>
#include <functional>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

// What the host costs: prints numbers, asserts nothing. Usage: bench_host [FILES], default 100000.

using namespace protocol;
using bench::milliseconds;
using bench::percentile;
using bench::print;
using bench::printPercentiles;
using support::TestEditor;
using support::TestPeer;

namespace {

void makeTree(const QString &root, int files)
{
    for (int i = 0; i < files; ++i) {
        if (i % 100 == 0)
            QDir().mkpath(root + QStringLiteral("/d%1/e%2").arg(i / 1000).arg(i / 100));
        QFile file(root + QStringLiteral("/d%1/e%2/f%3.txt").arg(i / 1000).arg(i / 100).arg(i));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the tree");
    }
}

// How long appends to a small log wait for the disk, one after the other: a thousand, and more until \a isEnough.
std::vector<double> appendTimes(store::LogWriter &writer, store::LogId log, const std::function<bool()> &isEnough = [] { return true; })
{
    std::vector<double> times;
    QElapsedTimer timer;
    QEventLoop loop;
    while (times.size() < 1000 || !isEnough()) {
        timer.start();
        writer.append(log, QByteArray(40, 'x'), &loop, [&](const base::Result<void> &) {
            times.push_back(milliseconds(timer));
            loop.quit();
        });
        loop.exec();
    }
    return times;
}

// Acknowledgements while nothing else is done, and while a large document is written anew all the time. On the disk that
// holds the temporary folder.
void measureCompaction()
{
    QTemporaryDir folder;
    files::SystemFileOps ops;
    store::LogWriter writer(ops);
    QEventLoop loop;
    const auto open = [&](const char *name) {
        store::LogId id = 0;
        writer.open(folder.path().toUtf8(), name, QByteArray(store::kEpochBytes, 'e'), &loop, [&](const base::Result<store::OpenedLog> &opened) {
            id = opened ? opened->id : 0;
            loop.quit();
        });
        loop.exec();
        return id;
    };
    const store::LogId small = open("small");
    const store::LogId large = open("large");
    constexpr int kSnapshots = 20;
    (void)appendTimes(writer, small);
    const auto quiet = appendTimes(writer, small);
    const QByteArray snapshot(10 * 1024 * 1024, 's');
    std::vector<double> compactions;
    QElapsedTimer timer;
    std::function<void(const base::Result<void> &)> again = [&](const base::Result<void> &done) {
        if (!done)
            return; // closed: enough
        compactions.push_back(milliseconds(timer));
        timer.start();
        writer.compact(large, snapshot, &loop, again);
    };
    timer.start();
    writer.compact(large, snapshot, &loop, again);
    const auto busy = appendTimes(writer, small, [&] { return compactions.size() >= kSnapshots; });
    writer.close(large);
    // The disk alone: the same snapshots written by somebody who shares nothing else with us.
    const QByteArray strangersFile = folder.filePath(QStringLiteral("stranger")).toUtf8();
    std::atomic<int> written = 0;
    std::atomic<bool> isOver = false;
    std::thread stranger([&] {
        for (; !isOver; ++written) {
            const int file = ::open(strangersFile.constData(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
            if (::write(file, snapshot.constData(), std::size_t(snapshot.size())) < 0 || ::fsync(file) < 0)
                std::perror("write");
            ::close(file);
        }
    });
    const auto shared = appendTimes(writer, small, [&] { return written >= kSnapshots; });
    isOver = true;
    stranger.join();
    printPercentiles("append to a log, nothing else going on", quiet);
    printPercentiles("append while another log is compacted to 10 MiB", busy);
    printPercentiles("append while a stranger writes 10 MiB", shared);
    printPercentiles("one such compaction", compactions);
    print("p99 while compacted / p99 with a stranger", percentile(busy, 0.99) / percentile(shared, 0.99), "");
    print("p99 while compacted / one compaction", percentile(busy, 0.99) / percentile(compactions, 0.5), "");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int files = argc > 1 ? QString::fromLocal8Bit(argv[1]).toInt() : 100'000;
    QElapsedTimer timer;

    support::TestHost small;
    timer.start();
    if (!small.start())
        return 1;
    print("start of a host on an empty folder", milliseconds(timer), "ms");
    print("resident memory, idle", double(small.residentBytes()) / 1048576, "MiB");

    TestPeer owner;
    const auto entered = owner.enterAsOwner(small.socketPath());
    if (!entered)
        return 1;
    const auto shared = owner.call(
        CreateShare{.access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0, .addresses = {}, .port = 0});
    TestPeer guest;
    const auto joined = guest.enterAsGuest(shared->link, QStringLiteral("Guest"));
    if (!joined)
        return 1;
    small.writeFile(QStringLiteral("small.txt"), "text\n");
    TestEditor typing(owner, entered->you.client);
    TestEditor watching(guest, joined->you.client);
    if (!typing.open("small.txt") || !watching.open("small.txt"))
        return 1;
    std::vector<double> acknowledged;
    std::vector<double> relayed;
    for (int i = 0; i < 1000; ++i) {
        timer.start();
        const quint32 call = typing.type(0, 0, QStringLiteral("x"));
        (void)guest.next<DocumentEdited>();
        relayed.push_back(milliseconds(timer));
        (void)owner.answerTo(call);
        acknowledged.push_back(milliseconds(timer));
    }
    printPercentiles("key press at the owner to frame at a guest over TLS", relayed);
    printPercentiles("key press to acknowledged (on disk)", acknowledged);

    small.writeFile(QStringLiteral("ten.txt"), QByteArray("a line of forty characters, more or less\n").repeated(250'000));
    timer.start();
    TestEditor ten(owner, entered->you.client);
    if (!ten.open("ten.txt"))
        return 1;
    print("opening a 10 MB file, first time", milliseconds(timer), "ms");
    timer.start();
    TestEditor again(guest, joined->you.client);
    (void)again.open("ten.txt");
    print("opening it again over TLS", milliseconds(timer), "ms");
    std::vector<double> large;
    for (int i = 0; i < 300; ++i) {
        timer.start();
        (void)owner.answerTo(ten.type(5'000'000 + i, 0, QStringLiteral("x")));
        large.push_back(milliseconds(timer));
    }
    printPercentiles("key press to acknowledged in the 10 MB file", large);
    print("resident memory with it open", double(small.residentBytes()) / 1048576, "MiB");

    QTemporaryDir tree;
    makeTree(tree.path(), files);
    support::TestHost big(tree.path());
    timer.start();
    if (!big.start())
        return 1;
    TestPeer visitor;
    (void)visitor.enterAsOwner(big.socketPath());
    (void)visitor.call(ListFolder{.path = {}, .offset = 0});
    std::printf("tree of %d files: ", files);
    print("started and first folder listed", milliseconds(timer), "ms");
    QDir().mkpath(tree.path() + QStringLiteral("/wide"));
    for (int i = 0; i < 5000; ++i) {
        QFile file(tree.path() + QStringLiteral("/wide/%1").arg(i));
        (void)file.open(QIODevice::WriteOnly);
    }
    timer.start();
    for (quint32 offset = 0; offset < 5000; offset += 2000)
        (void)visitor.call(ListFolder{.path = "wide", .offset = offset});
    print("listing a folder of 5,000", milliseconds(timer), "ms");
    print("resident memory with the tree watched", double(big.residentBytes()) / 1048576, "MiB");
    bench::measureCrowd();
    measureCompaction();
    return 0;
}
