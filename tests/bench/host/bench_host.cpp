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
#include <QProcess>
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

constexpr QLatin1String kOpenOption("--open");

// All that the other process does.
int openFile(const QString &socketPath, const QByteArray &path)
{
    TestPeer peer;
    const auto entered = peer.enterAsOwner(socketPath);
    const auto opened = peer.call(OpenDocument{.path = path, .knownState = {}, .knownEpoch = {}});
    if (entered && opened)
        return 0;
    std::puts("it could not be opened");
    return 1;
}

struct Reader
{
    TestPeer *peer = nullptr;
    quint32 client = 0;
};

// What somebody waits who types into another file meanwhile.
void measureOthers(const char *what, TestPeer &peer, TestEditor &elsewhere, int seconds)
{
    std::vector<double> waits;
    QElapsedTimer sinceStart;
    QElapsedTimer timer;
    for (sinceStart.start(); sinceStart.elapsed() < seconds * 1000;) {
        timer.start();
        (void)peer.answerTo(elsewhere.type(0, 0, QStringLiteral("x")));
        waits.push_back(milliseconds(timer));
    }
    std::printf("%s: ", what);
    print("longest key press elsewhere", percentile(waits, 1), "ms");
}

// A file that nobody has opened before: its document is shown once it is on disk.
void measureLargeFile(const support::TestHost &host, int megabytes, const Reader &owner, const Reader &guest, TestEditor &elsewhere)
{
    const QByteArray content = QByteArray("a line of forty characters, more or less\n").repeated(megabytes * 1'000'000 / 41);
    const QString name = QStringLiteral("%1.txt").arg(megabytes);
    std::printf("a file of %d MB: ", megabytes);
    QElapsedTimer timer;
    timer.start();
    QFile plain(host.rootPath() + QStringLiteral("/plain"));
    if (!plain.open(QIODevice::WriteOnly) || plain.write(content) != content.size() || !plain.flush() || ::fsync(plain.handle()) != 0)
        return;
    print("written and synced by us, to compare", milliseconds(timer), "ms");
    host.writeFile(name, content);
    timer.start();
    TestEditor first(*owner.peer, owner.client);
    if (!first.open(name.toUtf8()))
        return;
    print("opening it for the first time", milliseconds(timer), "ms");
    timer.start();
    TestEditor again(*guest.peer, guest.client);
    (void)again.open(name.toUtf8());
    print("opening it again, over TLS", milliseconds(timer), "ms");
    std::vector<double> acknowledged;
    for (int i = 0; i < 300; ++i) {
        timer.start();
        (void)owner.peer->answerTo(first.type(content.size() / 2 + i, 0, QStringLiteral("x")));
        acknowledged.push_back(milliseconds(timer));
    }
    printPercentiles("key press to acknowledged in it", acknowledged);
    measureOthers("while it is saved", *guest.peer, elsewhere, 4);
    host.writeFile(u'2' + name, content);
    // In a process of its own, as what it receives would keep the one who types waiting as well.
    QProcess opener;
    opener.setProcessChannelMode(QProcess::ForwardedChannels);
    opener.start(QCoreApplication::applicationFilePath(), {kOpenOption, host.socketPath(), u'2' + name});
    measureOthers("while another one like it is opened", *guest.peer, elsewhere, 3);
    opener.waitForFinished();
    print("resident memory with both open", double(host.residentBytes()) / 1048576, "MiB");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == kOpenOption)
        return openFile(arguments[2], arguments[3].toUtf8());
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

    const Reader writing{&owner, entered->you.client};
    const Reader reading{&guest, joined->you.client};
    measureLargeFile(small, 10, writing, reading, watching);
    measureLargeFile(small, 50, writing, reading, watching);

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
