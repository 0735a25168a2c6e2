// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/update.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/countedheap.h"
#include "tests/unit/crdt/crdttools.h"

#include <QTest>

#include <algorithm>

using namespace crdttest;

namespace {

using Random = std::mt19937_64;

void editAnywhere(crdt::Document &document, Random &random)
{
    crdt::Text text = document.text("t");
    const std::size_t at = random() % (text.length() + 1);
    switch (random() % 8) {
    case 0: QVERIFY(text.remove(at, std::min<std::size_t>(random() % 9, text.length() - at))); break;
    case 1: QVERIFY(document.map("m").set(std::string(1, char('a' + random() % 4)), crdt::Any(double(random() % 100)))); break;
    case 2: {
        const std::vector<crdt::Any> values{crdt::Any(true), crdt::Any("value")};
        QVERIFY(document.array("a").insert(random() % (document.array("a").length() + 1), values));
        break;
    }
    case 3: {
        // An array in the array, edited and sooner or later removed.
        crdt::Array outer = document.array("a");
        const std::vector<crdt::SharedValue> all = outer.values();
        const auto found = std::ranges::find_if(all, [](const crdt::SharedValue &value) {
            return std::holds_alternative<crdt::SharedType>(value);
        });
        if (found == all.end()) {
            QVERIFY(outer.insertType(0, crdt::TypeKind::Array));
        } else if (random() % 8 == 0) {
            QVERIFY(outer.remove(std::size_t(found - all.begin()), 1));
        } else {
            crdt::Array inner(document.engine(), std::get<crdt::SharedType>(*found).index);
            QVERIFY(inner.push(std::vector<crdt::Any>{crdt::Any(1)}));
        }
        break;
    }
    default: QVERIFY(text.insert(at, u"words"));
    }
}

// The work of three people who see each other's edits.
std::vector<base::Bytes> history(Random &random, int edits)
{
    std::vector<base::Bytes> updates;
    crdt::Document document({.client = 1});
    document.onUpdate([&](const crdt::Document::UpdateEvent &event) { updates.push_back(event.update); });
    for (int edit = 0; edit < edits; ++edit) {
        document.setClient(1 + random() % 3);
        editAnywhere(document, random);
    }
    return updates;
}

base::Bytes merged(const std::vector<base::Bytes> &updates) { return crdt::mergeUpdates(updates).value(); }

} // namespace

class TestMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLoadedDocumentIsDense()
    {
        Random random(support::seed());
        crdt::Document made({.client = 1});
        QVERIFY(made.applyUpdate(merged(history(random, 5000))));
        const base::Bytes state = made.encodeStateAsUpdate();
        crdt::Document loaded({.client = 2});
        QVERIFY(loaded.applyUpdate(state));
        const std::size_t runs = crdt::inspectUpdate(state)->structCount;
        const std::size_t values = loaded.array("a").length() * 60;
        const std::size_t most = runs * 38 + loaded.text("t").length() + values + 12'000;
        QVERIFY2(loaded.memoryUsage() < most,
                 qPrintable(QStringLiteral("%1 for %2 runs, at most %3").arg(loaded.memoryUsage()).arg(runs).arg(most)));
        QVERIFY(loaded.text("t").insert(0, u"x"));
        QVERIFY2(double(loaded.memoryUsage()) < double(most) * 1.3, "the first edit must not double it");
    }

    void theEstimateIsWhatTheHeapHolds()
    {
        Random random(support::seed());
        const base::Bytes state = merged(history(random, 4000));
        const std::size_t before = heap.held;
        const auto document = std::make_unique<crdt::Document>(crdt::DocumentOptions{.client = 2});
        QVERIFY(document->applyUpdate(state));
        const double held = double(heap.held - before);
        QVERIFY2(std::abs(double(document->memoryUsage()) - held) < held * 0.1,
                 qPrintable(QStringLiteral("says %1, holds %2").arg(document->memoryUsage()).arg(held)));
    }

    // Loading gives every item a new number; nothing may remember an old one.
    void editingGoesOnAfterLoading()
    {
        Random random(support::seed());
        for (int round = 0; round < 4 && !QTest::currentTestFailed(); ++round) {
            const std::vector<base::Bytes> updates = history(random, 1500);
            crdt::Document loaded({.client = 9});
            Mirror mirror(loaded.text("t"));
            QVERIFY(loaded.applyUpdate(merged(updates)));
            crdt::Document grown({.client = 9});
            for (const base::Bytes &update : updates)
                QVERIFY(grown.applyUpdate(update));
            Recorder ofLoaded(loaded);
            Recorder ofGrown(grown);
            const std::uint64_t plan = random();
            for (crdt::Document *document : {&loaded, &grown}) {
                Random same(plan);
                for (int edit = 0; edit < 300; ++edit)
                    editAnywhere(*document, same);
            }
            QCOMPARE(ofLoaded.events.size(), ofGrown.events.size());
            for (std::size_t index = 0; index < ofGrown.events.size(); ++index)
                QCOMPARE(toHex(ofLoaded.events[index].update), toHex(ofGrown.events[index].update));
            QCOMPARE(loaded.encodeStateAsUpdate(), grown.encodeStateAsUpdate());
            QCOMPARE(mirror.content, loaded.text("t").toString());
        }
    }
};

QTEST_GUILESS_MAIN(TestMemory)
#include "tst_memory.moc"
