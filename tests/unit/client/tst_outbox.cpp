// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/outbox.h"
#include "app/crdt/document.h"

#include <QTest>

using client::Outbox;

namespace {

QByteArray bytesOf(const base::Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

base::ByteView viewOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())};
}

} // namespace

class OutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        document = std::make_unique<crdt::Document>(crdt::DocumentOptions{.client = 7});
        updates.clear();
        edits = 0;
        document->onUpdate([this](const crdt::Document::UpdateEvent &event) { updates.append(bytesOf(event.update)); });
    }

    void whatWaitsTogetherGoesTogether()
    {
        Outbox outbox;
        fill(&outbox, 5);
        const auto parcel = outbox.next();
        QVERIFY(parcel);
        QVERIFY(!outbox.next());
        crdt::Document other({.client = 8});
        QVERIFY(other.applyUpdate(viewOf(parcel->update)));
        QCOMPARE(other.text("t").length(), 5u);
        QCOMPARE(outbox.doneUpTo(), 0u);
        outbox.done(parcel->number);
        QVERIFY(outbox.isEmpty());
        QCOMPARE(outbox.doneUpTo(), 5u);
    }

    void windowLimitsWhatIsInFlight()
    {
        Outbox outbox;
        QList<quint64> inFlight;
        for (int i = 0; i < 100; ++i) {
            fill(&outbox, 1);
            if (const auto parcel = outbox.next())
                inFlight.append(parcel->number);
        }
        QCOMPARE(inFlight.size(), Outbox::kMaxInFlight);
        QVERIFY(outbox.hasWaiting());
        outbox.done(inFlight.takeFirst());
        QVERIFY(outbox.next());
        QVERIFY(!outbox.hasWaiting());
    }

    void lostConnectionMakesEverythingWaitAgainInOrder()
    {
        Outbox outbox;
        fill(&outbox, 1);
        const auto first = outbox.next();
        fill(&outbox, 1);
        const auto second = outbox.next();
        outbox.allReturned();
        outbox.done(99);
        const auto again = outbox.next();
        QVERIFY(again);
        QCOMPARE(again->number, first->number);
        crdt::Document other({.client = 8});
        QVERIFY(other.applyUpdate(viewOf(again->update)));
        QVERIFY(!other.hasPending());
        QCOMPARE(other.text("t").length(), 2u);
        Q_UNUSED(second);
    }

    void refusedPartWaitsAtItsOldPlace()
    {
        Outbox outbox;
        fill(&outbox, 1);
        const auto first = outbox.next();
        fill(&outbox, 1);
        const auto second = outbox.next();
        outbox.returned(first->number);
        outbox.done(second->number);
        QCOMPARE(outbox.doneUpTo(), 0u);
        QCOMPARE(outbox.next()->number, first->number);
        outbox.done(first->number);
        QCOMPARE(outbox.doneUpTo(), 2u);
    }

    void editOfSeveralUpdatesIsDoneWithTheLast()
    {
        Outbox outbox;
        QVERIFY(document->text("t").insert(0, u"x"));
        QVERIFY(document->text("t").insert(0, u"y"));
        outbox.add(updates.at(0), 1);
        const auto first = outbox.next();
        outbox.add(updates.at(1), 1);
        const auto second = outbox.next();
        outbox.done(first->number);
        QCOMPARE(outbox.doneUpTo(), 0u);
        outbox.done(second->number);
        QCOMPARE(outbox.doneUpTo(), 1u);
    }

private:
    void fill(Outbox *outbox, int count)
    {
        for (int i = 0; i < count; ++i) {
            QVERIFY(document->text("t").insert(0, u"x"));
            outbox->add(updates.constLast(), ++edits);
        }
    }

    std::unique_ptr<crdt::Document> document;
    QList<QByteArray> updates;
    quint64 edits = 0;
};

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
