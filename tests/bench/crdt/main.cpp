// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/crdt/trace.h"

#include "app/crdt/document.h"
#include "app/crdt/update.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <random>

// Prints numbers; asserts nothing. Usage: bench_crdt [TRACE-NAME...]
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(const std::function<void()> &work)
{
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double median(int rounds, const std::function<void()> &work)
{
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round)
        times.push_back(milliseconds(work));
    std::ranges::sort(times);
    return times[times.size() / 2];
}

struct Numbers
{
    double local = 0;
    double remote = 0;
    double load = 0;
    double memory = 0;
    double encoded = 0;
};

void edit(crdt::Document &document, crdt::Text &text, const bench::TraceStep &step)
{
    const auto apply = [&] {
        for (const bench::Patch &patch : step.patches)
            (void)text.replace(patch.position, patch.removed, patch.inserted);
    };
    if (step.patches.size() == 1)
        apply();
    else
        document.transact({}, apply);
}

Numbers measure(const bench::Trace &trace)
{
    Numbers result;
    std::vector<base::Bytes> updates;
    crdt::Document writer({.client = 1});
    crdt::Text text = writer.text("t");
    updates.reserve(trace.steps.size());
    writer.onUpdate([&](const crdt::Document::UpdateEvent &event) { updates.push_back(event.update); });
    result.local = milliseconds([&] {
        for (const bench::TraceStep &step : trace.steps)
            edit(writer, text, step);
    });
    if (text.toString() != trace.endContent)
        std::printf("WRONG TEXT\n");

    crdt::Document reader({.client = 2});
    reader.text("t");
    result.remote = milliseconds([&] {
        for (const base::Bytes &update : updates)
            (void)reader.applyUpdate(update);
    });
    const base::Bytes state = writer.encodeStateAsUpdate();
    if (reader.encodeStateAsUpdate() != state)
        std::printf("WRONG STATE\n");
    result.encoded = double(state.size());
    result.load = median(21, [&] {
        crdt::Document loaded({.client = 3});
        (void)loaded.applyUpdate(state);
        (void)loaded.text("t").toString();
    });
    crdt::Document loaded({.client = 3});
    (void)loaded.applyUpdate(state);
    result.memory = double(loaded.memoryUsage());
    return result;
}

QJsonObject measureYjs(const std::string &path)
{
    QProcess node;
    // Where the distribution's Node packages are; not every build of Node looks there by itself.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral("/usr/share/nodejs"));
    node.setProcessEnvironment(environment);
    node.start(QStringLiteral("node"), {QStringLiteral("--expose-gc"),
                                        QStringLiteral(ALONGSIDE_SOURCE_DIR "/tests/bench/crdt/yjs.cjs"),
                                        QString::fromStdString(path)});
    constexpr int kTimeout = 300'000;
    if (!node.waitForFinished(kTimeout))
        return {};
    return QJsonDocument::fromJson(node.readAllStandardOutput()).object();
}

void compare(const char *what, double ours, double theirs, const char *unit)
{
    std::printf("  %-38s %12.3f %s   Yjs %12.3f %s   ratio %7.1f\n", what, ours, unit, theirs, unit,
                ours > 0 ? theirs / ours : 0);
}

void benchTrace(const std::string &name)
{
    const std::string path = ALONGSIDE_SOURCE_DIR "/tests/data/traces/" + name + ".json.gz";
    const auto trace = bench::readTrace(path);
    if (!trace || trace->isConcurrent)
        return;
    const Numbers ours = measure(*trace);
    const QJsonObject yjs = measureYjs(path);
    const auto theirs = [&yjs](const char *key) { return yjs.value(QLatin1String(key)).toDouble(); };
    std::printf("%s: %zu transactions, Yjs %s\n", name.c_str(), trace->steps.size(),
                qPrintable(yjs.value(QLatin1String("version")).toString()));
    compare("local edits, an update for each", ours.local, theirs("local"), "ms");
    compare("apply each update elsewhere", ours.remote, theirs("remote"), "ms");
    compare("load the state and make the text", ours.load, theirs("load"), "ms");
    compare("memory of the loaded document", ours.memory / 1e6, theirs("memory") / 1e6, "MB");
    compare("encoded size", ours.encoded, theirs("encoded"), "B ");
}

// Each transaction is typed into the merge of its parents, by the agent's own replica.
void benchConcurrent(const std::string &name)
{
    const auto trace = bench::readTrace(ALONGSIDE_SOURCE_DIR "/tests/data/traces/" + name + ".json.gz");
    if (!trace || !trace->isConcurrent)
        return;
    std::vector<std::unique_ptr<crdt::Document>> agents;
    std::vector<std::vector<bool>> known;
    std::vector<base::Bytes> updates(trace->steps.size());
    base::Bytes *current = nullptr;
    for (std::size_t index = 0; index < trace->steps.size(); ++index) {
        const bench::TraceStep &step = trace->steps[index];
        while (agents.size() <= step.agent) {
            agents.push_back(std::make_unique<crdt::Document>(crdt::DocumentOptions{.client = agents.size() + 1}));
            known.emplace_back(trace->steps.size());
            agents.back()->onUpdate([&](const crdt::Document::UpdateEvent &event) {
                if (event.local)
                    *current = event.update;
            });
        }
        std::vector<std::size_t> missing;
        std::vector<std::size_t> waiting = step.parents;
        while (!waiting.empty()) {
            const std::size_t parent = waiting.back();
            waiting.pop_back();
            if (known[step.agent][parent])
                continue;
            known[step.agent][parent] = true;
            missing.push_back(parent);
            waiting.insert(waiting.end(), trace->steps[parent].parents.begin(), trace->steps[parent].parents.end());
        }
        std::ranges::sort(missing);
        for (const std::size_t parent : missing)
            (void)agents[step.agent]->applyUpdate(updates[parent]);
        current = &updates[index];
        crdt::Text text = agents[step.agent]->text("t");
        edit(*agents[step.agent], text, step);
        known[step.agent][index] = true;
    }
    crdt::Document merged({.client = 99});
    const double time = milliseconds([&] {
        for (const base::Bytes &update : updates)
            (void)merged.applyUpdate(update);
    });
    std::printf("%s: %zu transactions of %zu writers applied in %.3f ms, text %s\n", name.c_str(), updates.size(),
                agents.size(), time, merged.text("t").toString() == trace->endContent ? "right" : "WRONG");
}

void benchGrowth()
{
    std::printf("growth: insertions of one character, an update for each\n");
    for (const std::size_t count : {10'000u, 100'000u, 1'000'000u}) {
        for (const bool random : {false, true}) {
            std::mt19937 engine(1);
            crdt::Document document({.client = 1});
            crdt::Text text = document.text("t");
            std::size_t bytes = 0;
            document.onUpdate([&](const crdt::Document::UpdateEvent &event) { bytes += event.update.size(); });
            const double time = milliseconds([&] {
                for (std::size_t index = 0; index < count; ++index)
                    (void)text.insert(random ? engine() % (index + 1) : index, u"x");
            });
            std::printf("  %8zu %-7s %10.1f ms  %7.0f ns each  %8.1f MB\n", count, random ? "random" : "typing", time,
                        time * 1e6 / double(count), double(document.memoryUsage()) / 1e6);
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);   // a pipe shows each line as it is measured
    if (argc > 1) {
        for (int index = 1; index < argc; ++index)
            benchTrace(argv[index]);
        return 0;
    }
    for (const char *name : {"automerge-paper", "rustcode", "seph-blog1", "sveltecomponent"})
        benchTrace(name);
    for (const char *name : {"friendsforever", "clownschool"})
        benchConcurrent(name);
    benchGrowth();
}
