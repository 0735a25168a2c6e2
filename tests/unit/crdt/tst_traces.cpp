// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/crdt/trace.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/crdttools.h"
#include "tests/unit/crdt/planted/plant.h"

#include <QTest>

#include <memory>

using namespace crdttest;

// Recorded editing, shared out among several writers who take turns: whoever goes on first hears what the one before did.
class TestTraces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { plantDefect(); }

    void writersTakingTurnsMakeTheRecordedText_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("writers");
        for (const char *name : {"automerge-paper", "rustcode", "seph-blog1", "sveltecomponent", "friendsforever_flat"}) {
            for (const int writers : {2, 5})
                QTest::addRow("%s, %d writers", name, writers) << QString::fromLatin1(name) << writers;
        }
    }

    void writersTakingTurnsMakeTheRecordedText()
    {
        QFETCH(QString, name);
        QFETCH(int, writers);
        const QString path = QStringLiteral(ALONGSIDE_SOURCE_DIR "/tests/data/traces/%1.json.gz").arg(name);
        const auto trace = bench::readTrace(path.toStdString());
        QVERIFY(trace);
        std::mt19937_64 random(support::seed());
        std::vector<std::unique_ptr<crdt::Document>> documents;
        for (int writer = 0; writer < writers; ++writer)
            documents.push_back(std::make_unique<crdt::Document>(crdt::DocumentOptions{.client = 1 + random() % 1'000'000}));
        crdt::Document *current = documents[0].get();
        std::size_t left = 0;
        for (const bench::TraceStep &step : trace->steps) {
            if (left-- == 0) {
                left = random() % 4000;
                crdt::Document *const next = documents[random() % documents.size()].get();
                const auto missing = current->encodeStateAsUpdate(next->encodeStateVector());
                QVERIFY(missing && (next == current || next->applyUpdate(*missing)));
                current = next;
            }
            crdt::Text text = current->text("t");
            for (const bench::Patch &patch : step.patches)
                QVERIFY(text.replace(patch.position, patch.removed, patch.inserted));
        }
        const base::Bytes state = current->encodeStateAsUpdate();
        for (const auto &document : documents) {
            QVERIFY(document->applyUpdate(state));
            QVERIFY(document->text("t").toString() == trace->endContent);
            QVERIFY(document->encodeStateAsUpdate() == state);
        }
    }
};

QTEST_GUILESS_MAIN(TestTraces)
#include "tst_traces.moc"
