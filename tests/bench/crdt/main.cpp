// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/crdt/engine.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <cstdio>
#include <string>
#include <vector>

// Prints numbers; asserts nothing. Usage: bench_crdt [growth | TRACE]...
namespace {

using namespace Qt::StringLiterals;

struct Column
{
    QString name;
    bench::Numbers numbers;
    bool isThere = true;
    bool isPart = false;   // the updates were not all applied within its patience
};

QString traceFile(const std::string &name)
{
    return QStringLiteral(ALONGSIDE_SOURCE_DIR "/tests/data/traces/") + QString::fromStdString(name) + u".json.gz"_s;
}

// What peers/install made; without it, the distribution's Yjs.
QString peerFolder() { return QCoreApplication::applicationDirPath() + u"/../bench-peers/node_modules"_s; }

QJsonObject runPeer(const QStringList &arguments)
{
    QProcess node;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"NODE_PATH"_s, peerFolder());
    node.setProcessEnvironment(environment);
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    node.start(u"node"_s, QStringList{u"--expose-gc"_s, u"--max-old-space-size=8000"_s,
                                      QStringLiteral(ALONGSIDE_SOURCE_DIR "/tests/bench/crdt/peers/measure.cjs")}
                              + arguments);
    constexpr int kTimeout = 1'800'000;
    if (!node.waitForFinished(kTimeout))
        return {};
    return QJsonDocument::fromJson(node.readAllStandardOutput()).object();
}

Column measurePeer(const QString &library, const QString &trace)
{
    QTemporaryDir folder;
    const QString state = folder.filePath(u"state"_s);
    const QJsonObject times = runPeer({u"trace"_s, library, trace, state});
    Column column{library, {}, !times.isEmpty(), times.contains("appliedOnly"_L1)};
    if (!column.isThere)
        return column;
    const QJsonObject loading = runPeer({u"loading"_s, library, state});
    column.name += u' ' + times.value("version"_L1).toString();
    column.numbers = {times.value("local"_L1).toDouble(), times.value("remote"_L1).toDouble(),
                      loading.value("first"_L1).toDouble(), loading.value("load"_L1).toDouble(),
                      loading.value("memory"_L1).toDouble(), times.value("encoded"_L1).toDouble()};
    return column;
}

void printRow(const char *what, const std::vector<Column> &columns, double bench::Numbers::*number, int digits, double scale,
              const char *goal)
{
    const double ours = columns[0].numbers.*number;
    if (ours <= 0)
        return;
    std::printf("| %-34s |", what);
    for (std::size_t index = 0; index < columns.size(); ++index) {
        const Column &column = columns[index];
        const double value = column.numbers.*number;
        QString cell = column.isThere && value > 0 ? QString::number(value / scale, 'f', digits) : u"-"_s;
        if (column.isPart && number == &bench::Numbers::remote)
            cell = u'>' + cell;
        else if (index > 0 && value > 0)
            cell += u" (%1)"_s.arg(value / ours, 0, 'f', 1);
        std::printf(" %22s |", qPrintable(cell));
    }
    std::printf(" %s |\n", goal);
}

void benchTrace(const std::string &name)
{
    const auto trace = bench::readTrace(traceFile(name).toStdString());
    if (!trace) {
        std::printf("%s: no such trace\n", name.c_str());
        return;
    }
    std::vector<Column> columns{{u"engine"_s, bench::measureEngine(*trace)}};
    QStringList peers{u"yjs"_s};
    if (QFileInfo::exists(peerFolder()))
        peers += {u"ywasm"_s, u"loro-crdt"_s};
    // Automerge takes hours to play concurrent traces this way.
    if (QFileInfo::exists(peerFolder()) && !trace->isConcurrent)
        peers += u"@automerge/automerge"_s;
    for (const QString &peer : std::as_const(peers))
        columns.push_back(measurePeer(peer, traceFile(name)));
    std::printf("\n%s: %zu transactions (in brackets: times the engine's)\n\n| %-34s |", name.c_str(), trace->steps.size(), "");
    for (const Column &column : columns)
        std::printf(" %22s |", qPrintable(column.name));
    std::printf(" goal, times Yjs |\n|---|");
    for (std::size_t column = 0; column <= columns.size(); ++column)
        std::printf("---|");
    std::printf("\n");
    using bench::Numbers;
    constexpr double kMega = 1e6;
    printRow("local edits, an update each, ms", columns, &Numbers::local, 1, 1, "50");
    printRow("apply each update, ms", columns, &Numbers::remote, 1, 1, trace->isConcurrent ? "20" : "40");
    printRow("first load and text, ms", columns, &Numbers::first, 2, 1, "15");
    printRow("further loads and text, ms", columns, &Numbers::load, 2, 1, "");
    printRow("memory of a loaded document, MB", columns, &Numbers::memory, 3, kMega, "5");
    printRow("saved document, bytes", columns, &Numbers::encoded, 0, 1, "equal");
}

void benchGrowth()
{
    std::printf("\ngrowth: insertions of one character, an update for each\n\n| edits | where | ms | ns each | MB |\n|---|---|---|---|---|\n");
    for (const std::size_t count : {10'000u, 100'000u, 1'000'000u, 10'000'000u}) {
        for (const bool random : {false, true}) {
            const bench::Numbers numbers = bench::measureGrowth(count, random);
            std::printf("| %zu | %s | %.1f | %.0f | %.2f |\n", count, random ? "anywhere" : "at the end", numbers.local,
                        numbers.local * 1e6 / double(count), numbers.memory / 1e6);
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);   // a pipe shows each line as it is measured
    std::vector<std::string> wanted(argv + 1, argv + argc);
    if (wanted.empty())
        wanted = {"automerge-paper", "rustcode", "seph-blog1", "sveltecomponent", "friendsforever", "clownschool", "growth"};
    for (const std::string &name : wanted) {
        if (name == "growth")
            benchGrowth();
        else
            benchTrace(name);
    }
}
