// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/awareness.h"
#include "app/crdt/relativeposition.h"
#include "app/crdt/syncprotocol.h"
#include "tests/unit/crdt/crdttools.h"

#include <QTest>

using namespace crdttest;
using namespace std::chrono_literals;

class TestPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void positionsStayWithTheirNeighbours()
    {
        crdt::Document document({.client = 1});
        crdt::Text text = document.text("t");
        QVERIFY(text.insert(0, u"hello world"));
        const auto before = crdt::RelativePosition::at(text, 6);
        const auto after = crdt::RelativePosition::at(text, 5, -1);
        const auto end = crdt::RelativePosition::at(text, 11);
        QVERIFY(text.insert(6, u"wide "));
        QVERIFY(text.insert(5, u","));
        QCOMPARE(before.resolve(document).value(), std::size_t(12));
        QCOMPARE(after.resolve(document).value(), std::size_t(5));
        QCOMPARE(end.resolve(document).value(), text.length());
        QVERIFY(text.remove(3, 12));
        QCOMPARE(before.resolve(document).value(), std::size_t(3));
        crdt::Document empty({.client = 2});
        QVERIFY(!before.resolve(empty));
    }

    void positionsSurviveBothEncodings()
    {
        crdt::Document document({.client = 1});
        QVERIFY(document.text("t").insert(0, u"abcd"));
        const auto position = crdt::RelativePosition::at(document.text("t"), 2, -1);
        QCOMPARE(toHex(position.encode()), QByteArray("00 01 01 41"));
        QCOMPARE(QByteArray::fromStdString(position.toJson()),
                 QByteArray(R"({"type":null,"tname":"t","item":{"client":1,"clock":1},"assoc":-1})"));
        QVERIFY(crdt::RelativePosition::fromJson(position.toJson()).value() == position);
        const base::Bytes bytes = position.encode();
        QCOMPARE(crdt::RelativePosition::decode(bytes).value().resolve(document).value(), std::size_t(2));
        for (std::size_t size = 0; size < 3; ++size)
            QVERIFY(!crdt::RelativePosition::decode(base::ByteView(bytes).subspan(0, size)));
        QVERIFY(!crdt::RelativePosition::decode(fromHex("03")));
        QVERIFY(!crdt::RelativePosition::fromJson("[1]"));
    }

    void aPositionInsideATextThatIsNotOneResolvesToNothing()
    {
        crdt::Document document({.client = 1});
        QVERIFY(document.text("t").insert(0, u"abcd"));
        QVERIFY(!crdt::RelativePosition::decode(fromHex("02010100")).value().resolve(document));
    }

    void silentParticipantsDisappear()
    {
        const base::Instant start{std::chrono::hours(1)};
        crdt::Awareness here(1, start);
        crdt::Awareness there(2, start);
        QVERIFY(there.setLocalState(R"({"n":1})", start));
        crdt::Awareness::Change seen;
        here.observe([&](const auto &different, const auto &, crdt::Origin) { seen = different; });
        QVERIFY(here.apply(there.encodeAll(), start));
        QCOMPARE(seen.added, std::vector<crdt::ClientId>{2});
        here.removeStale(start + 29s);
        QCOMPARE(here.states().size(), std::size_t(2));
        here.removeStale(start + 30s);
        QCOMPARE(seen.removed, std::vector<crdt::ClientId>{2});
        QCOMPARE(here.states().size(), std::size_t(1));
        QVERIFY(here.apply(there.encodeAll(), start + 31s));
        QCOMPARE(here.states().size(), std::size_t(1));   // the same clock does not bring them back
        QVERIFY(!there.isRenewalDue(start + 14s));
        QVERIFY(there.isRenewalDue(start + 15s));
        QVERIFY(there.setLocalState(there.localState(), start + 31s));
        QVERIFY(here.apply(there.encodeAll(), start + 31s));
        QCOMPARE(here.states().size(), std::size_t(2));
    }

    void nobodyElseTakesUsOffline()
    {
        crdt::Awareness here(1, {});
        QVERIFY(here.setLocalState("{}", {}));
        const crdt::AwarenessEntry gone{1, 5, std::nullopt};
        QVERIFY(here.apply(crdt::encodeAwareness(std::span(&gone, 1)), {}));
        QVERIFY(here.localState());
        QCOMPARE(here.clock(1).value(), crdt::ClockValue(6));
    }

    void awarenessIsBounded()
    {
        crdt::Awareness here(1, {}, {.maxEntries = 3, .maxStateBytes = 16});
        const auto send = [&](crdt::ClientId client, std::string state) {
            const crdt::AwarenessEntry entry{client, 1, std::move(state)};
            return here.apply(crdt::encodeAwareness(std::span(&entry, 1)), {});
        };
        QVERIFY(send(2, "{}"));
        QVERIFY(send(3, "{}"));
        QCOMPARE(send(4, "{}").error().code, base::ErrorCode::TooMany);
        QCOMPARE(send(2, "\"" + std::string(20, 'x') + "\"").error().code, base::ErrorCode::TooLarge);
        QCOMPARE(send(2, "{no").error().code, base::ErrorCode::Malformed);
        QCOMPARE(here.states().size(), std::size_t(3));
        QVERIFY(!crdt::decodeAwareness(fromHex("ffffffffffffff0f")));
        QVERIFY(!here.setLocalState("{no", {}));
    }

    void twoReplicasSync()
    {
        crdt::Document server({.client = 1});
        crdt::Document guest({.client = 2});
        QVERIFY(server.text("t").insert(0, u"server "));
        QVERIFY(guest.text("t").insert(0, u"guest "));
        const auto answer = crdt::answerSyncMessage(server, crdt::encodeSyncStep1(guest));
        QVERIFY(answer && *answer);
        QVERIFY(crdt::answerSyncMessage(guest, **answer, {3}));
        const auto back = crdt::answerSyncMessage(guest, crdt::encodeSyncStep1(server));
        QVERIFY(back && *back);
        QVERIFY(crdt::answerSyncMessage(server, **back));
        QCOMPARE(server.text("t").toString(), guest.text("t").toString());
        QCOMPARE(guest.text("t").length(), std::size_t(13));
        QVERIFY(!crdt::answerSyncMessage(server, fromHex("0300")));
        QVERIFY(!crdt::answerSyncMessage(server, fromHex("0005")));
    }
};

QTEST_GUILESS_MAIN(TestPresence)
#include "tst_presence.moc"
