// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/crdt/engine.h"

#include "app/crdt/document.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include <malloc.h>

namespace bench {

namespace {

constexpr int kRounds = 5;
constexpr int kLoads = 40;

double best(int rounds, const std::function<void()> &work)
{
    double least = std::numeric_limits<double>::max();
    for (int round = 0; round < rounds; ++round)
        least = std::min(least, milliseconds(work));
    return least;
}

// In the steps the other libraries are given: remove, then insert.
void edit(crdt::Document &document, crdt::Text &text, const TraceStep &step)
{
    document.transact({}, [&] {
        for (const Patch &patch : step.patches) {
            if (patch.removed > 0)
                (void)text.remove(patch.position, patch.removed);
            if (!patch.inserted.empty())
                (void)text.insert(patch.position, patch.inserted);
        }
    });
}

struct Replica
{
    explicit Replica(crdt::ClientId client) : document({.client = client}), text(document.text("t"))
    {
        document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
            if (event.local)
                made.push_back(event.update);
        });
    }

    crdt::Document document;
    crdt::Text text;
    std::vector<base::Bytes> made;
};

// Each transaction is typed into the merge of its parents, by the agent's own replica.
std::vector<base::Bytes> concurrentUpdates(const Trace &trace)
{
    std::vector<std::unique_ptr<Replica>> agents;
    std::vector<std::vector<char>> known;   // not bool: those cannot be exchanged
    std::vector<base::Bytes> updates;
    for (std::size_t index = 0; index < trace.steps.size(); ++index) {
        const TraceStep &step = trace.steps[index];
        while (agents.size() <= step.agent) {
            agents.push_back(std::make_unique<Replica>(agents.size() + 1));
            known.emplace_back(trace.steps.size());
        }
        std::vector<char> &seen = known[step.agent];
        std::vector<std::size_t> missing;
        std::vector<std::size_t> waiting = step.parents;
        while (!waiting.empty()) {
            const std::size_t parent = waiting.back();
            waiting.pop_back();
            if (std::exchange(seen[parent], char(true)))
                continue;
            missing.push_back(parent);
            waiting.insert(waiting.end(), trace.steps[parent].parents.begin(), trace.steps[parent].parents.end());
        }
        std::ranges::sort(missing);
        Replica &replica = *agents[step.agent];
        for (const std::size_t parent : missing)
            (void)replica.document.applyUpdate(updates[parent]);
        edit(replica.document, replica.text, step);
        updates.push_back(replica.made.back());
        seen[index] = true;
    }
    return updates;
}

std::size_t heapBytes()
{
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

std::unique_ptr<crdt::Document> load(const base::Bytes &state)
{
    auto document = std::make_unique<crdt::Document>(crdt::DocumentOptions{.client = 3});
    (void)document->applyUpdate(state);
    (void)document->text("t").toString();
    return document;
}

void measureLoading(const base::Bytes &state, Numbers &result)
{
    constexpr std::size_t kCopies = 10;
    std::vector<std::unique_ptr<crdt::Document>> held(kCopies + 1);
    result.first = milliseconds([&] { held[0] = load(state); });
    const std::size_t before = heapBytes();
    for (std::size_t copy = 1; copy <= kCopies; ++copy)
        held[copy] = load(state);
    result.memory = double(heapBytes() - before) / double(kCopies);
    result.load = milliseconds([&] {
        for (int round = 0; round < kLoads; ++round)
            load(state);
    }) / kLoads;
}

} // namespace

double milliseconds(const std::function<void()> &work)
{
    const auto spent = [] {
        std::timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    };
    const double begin = spent();
    work();
    return spent() - begin;
}

Numbers measureEngine(const Trace &trace)
{
    Numbers result;
    std::vector<base::Bytes> updates;
    if (trace.isConcurrent) {
        updates = concurrentUpdates(trace);
    } else {
        result.local = best(kRounds, [&] {
            Replica writer(1);
            writer.made.reserve(trace.steps.size());
            for (const TraceStep &step : trace.steps)
                edit(writer.document, writer.text, step);
            updates = std::move(writer.made);
        });
    }
    std::optional<crdt::Document> reader;
    result.remote = best(kRounds, [&] {
        reader.emplace(crdt::DocumentOptions{.client = 99});
        reader->text("t");
        for (const base::Bytes &update : updates)
            (void)reader->applyUpdate(update);
    });
    const base::Bytes state = reader->encodeStateAsUpdate();
    result.encoded = double(state.size());
    if (load(state)->text("t").toString() != trace.endContent)
        std::printf("WRONG TEXT\n");
    measureLoading(state, result);
    return result;
}

Numbers measureGrowth(std::size_t count, bool random)
{
    Numbers result;
    std::mt19937 engine(1);
    crdt::Document document({.client = 1});
    crdt::Text text = document.text("t");
    std::size_t bytes = 0;
    document.onUpdate([&](const crdt::Document::UpdateEvent &event) { bytes += event.update.size(); });
    result.local = milliseconds([&] {
        for (std::size_t index = 0; index < count; ++index)
            (void)text.insert(random ? engine() % (index + 1) : index, u"x");
    });
    result.memory = double(document.memoryUsage());
    return result;
}

} // namespace bench
