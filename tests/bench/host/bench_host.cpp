// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <vector>

// What the host costs: prints numbers, asserts nothing. Usage: bench_host [FILES], default 100000.

using namespace protocol;
using support::TestEditor;
using support::TestPeer;

namespace {

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void printPercentiles(const char *what, std::vector<double> values)
{
    std::ranges::sort(values);
    const auto at = [&](double share) { return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))]; };
    std::printf("%-52s p50 %8.2f ms   p99 %8.2f ms   (%zu)\n", what, at(0.5), at(0.99), values.size());
    std::fflush(stdout);
}

void print(const char *what, double value, const char *unit)
{
    std::printf("%-52s %12.2f %s\n", what, value, unit);
    std::fflush(stdout);
}

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
    return 0;
}
