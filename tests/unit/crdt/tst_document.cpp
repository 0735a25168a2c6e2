// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/crdttools.h"

#include <QTest>

using namespace crdttest;

class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheBytesOfYjs()
    {
        crdt::Document document({.client = 1});
        Recorder recorder(document);
        crdt::Text text = document.text("t");
        QVERIFY(text.insert(0, u"abc"));
        QCOMPARE(recorder.lastHex(), QByteArray("01 01 01 00 04 01 01 74 03 61 62 63 00"));
        QVERIFY(text.insert(3, u"d"));
        QCOMPARE(recorder.lastHex(), QByteArray("01 01 01 03 84 01 02 01 64 00"));
        QVERIFY(text.insert(1, u"X"));
        QCOMPARE(recorder.lastHex(), QByteArray("01 01 01 04 c4 01 00 01 01 01 58 00"));
        QVERIFY(text.remove(0, 3));
        QCOMPARE(recorder.lastHex(), QByteArray("00 01 01 02 00 02 04 01"));
        QCOMPARE(toQt(text.toString()), QStringLiteral("cd"));
        QCOMPARE(toHex(document.encodeStateAsUpdate()),
                 QByteArray("01 04 01 00 01 01 01 74 01 81 01 00 01 84 01 01 02 63 64 c1 01 00 01 01 01 01 01 02 00 02 04 01"));
        QCOMPARE(toHex(document.encodeStateVector()), QByteArray("01 01 05"));
        QCOMPARE(toHex(document.encodeStateAsUpdate(fromHex("010102")).value()),
                 QByteArray("01 02 01 02 84 01 01 02 63 64 c1 01 00 01 01 01 01 01 02 00 02 04 01"));
    }

    void lowerClientComesFirst()
    {
        crdt::Document document({.client = 9});
        QVERIFY(document.applyUpdate(fromHex("0101010004010174036162630 0")));
        QVERIFY(document.applyUpdate(fromHex("01010104c401000101015800")) );   // waits for clock 3
        QVERIFY(document.hasPending());
        QVERIFY(document.applyUpdate(fromHex("01010103840102016400")));
        QVERIFY(document.applyUpdate(fromHex("01010200c401000101015100")));
        QVERIFY(!document.hasPending());
        QCOMPARE(toQt(document.text("t").toString()), QStringLiteral("aXQbcd"));
    }

    void refusesToCutACharacterInTwo()
    {
        crdt::Document document({.client = 7});
        crdt::Text text = document.text("t");
        QVERIFY(text.insert(0, u"a\U0001F600b"));
        Recorder recorder(document);
        QCOMPARE(text.insert(2, u"x").error().code, base::ErrorCode::InvalidArgument);
        QCOMPARE(text.remove(2, 1).error().code, base::ErrorCode::InvalidArgument);
        QCOMPARE(text.remove(0, 2).error().code, base::ErrorCode::InvalidArgument);
        QCOMPARE(text.replace(1, 1, u"x").error().code, base::ErrorCode::InvalidArgument);
        const char16_t half[] = {0xd83d, 0};
        QCOMPARE(text.insert(0, half).error().code, base::ErrorCode::InvalidArgument);
        QCOMPARE(text.insert(5, u"x").error().code, base::ErrorCode::OutOfRange);
        QCOMPARE(text.remove(3, 2).error().code, base::ErrorCode::OutOfRange);
        QCOMPARE(text.remove(1, std::size_t(-1)).error().code, base::ErrorCode::OutOfRange);
        QVERIFY(recorder.events.empty());
        QCOMPARE(toQt(text.toString()), QString::fromUtf16(u"a\U0001F600b"));
        QVERIFY(text.remove(1, 2));
        QCOMPARE(toQt(text.toString()), QStringLiteral("ab"));
    }

    void takesOverCharactersCutByOthers()
    {
        crdt::Document document({.client = 7});
        QVERIFY(document.applyUpdate(fromHex("0101070004010174 0561f09f988000")));
        QVERIFY(document.applyUpdate(fromHex("000107010201")));
        QCOMPARE(toHex(document.encodeStateAsUpdate()),
                 QByteArray("01 02 07 00 04 01 01 74 04 61 ef bf bd 81 07 01 01 01 07 01 02 01"));
    }

    // Somebody got the first half of a character, replaced, and now gets the run with all of it. As Yjs 13.6.33 does.
    void takesTheRestOfACharacterCutByOthers()
    {
        crdt::Document document({.client = 1});
        QVERIFY(document.applyUpdate(fromHex("01 01 09 00 04 01 01 74 04 61 efbfbd 00")));
        QVERIFY(document.applyUpdate(fromHex("01 01 09 00 04 01 01 74 06 61 f09f9880 62 00")));
        QCOMPARE(toQt(document.text("t").toString()), QString::fromUtf16(u"a\ufffd\ufffdb"));
        QCOMPARE(toHex(document.encodeStateAsUpdate()), QByteArray("01 01 09 00 04 01 01 74 08 61 ef bf bd ef bf bd 62 00"));
    }

    void groupsATransactionIntoOneUpdate()
    {
        crdt::Document document({.client = 1});
        Recorder recorder(document);
        crdt::Text text = document.text("t");
        int calls = 0;
        text.observe([&](std::span<const crdt::TextDelta>, crdt::Origin origin, bool local) {
            ++calls;
            QCOMPARE(origin.value, 5u);
            QVERIFY(local);
        });
        document.transact({5}, [&] {
            QVERIFY(text.insert(0, u"one"));
            document.transact({6}, [&] { QVERIFY(text.insert(3, u" two")); });
            QVERIFY(text.remove(0, 1));
        });
        QCOMPARE(calls, 1);
        QCOMPARE(recorder.events.size(), std::size_t(1));
        QCOMPARE(recorder.events[0].origin.value, 5u);
        QVERIFY(recorder.events[0].local);
        document.transact({5}, [] {});
        QCOMPARE(recorder.events.size(), std::size_t(1));
    }

    void tellsRemoteChangesInAscendingOrder()
    {
        crdt::Document writer({.client = 1});
        crdt::Document reader({.client = 2});
        crdt::Text text = writer.text("t");
        QVERIFY(text.insert(0, u"0123456789"));
        QVERIFY(reader.applyUpdate(writer.encodeStateAsUpdate()));
        std::vector<crdt::TextDelta> seen;
        bool wasLocal = true;
        reader.text("t").observe([&](std::span<const crdt::TextDelta> deltas, crdt::Origin origin, bool local) {
            seen.assign(deltas.begin(), deltas.end());
            wasLocal = local;
            QCOMPARE(origin.value, 42u);
        });
        Recorder recorder(writer);
        writer.transact({}, [&] {
            QVERIFY(text.remove(8, 1));
            QVERIFY(text.insert(5, u"five"));
            QVERIFY(text.remove(1, 2));
            QVERIFY(text.insertEmbed(0, crdt::Any(1)));
        });
        QVERIFY(reader.applyUpdate(recorder.events.back().update, {42}));
        using Kind = crdt::TextDelta::Kind;
        const std::vector<crdt::TextDelta> expected{{Kind::Insert, 1, u"\uFFFC"}, {Kind::Retain, 1, {}}, {Kind::Delete, 2, {}},
                                                    {Kind::Retain, 2, {}}, {Kind::Insert, 4, u"five"}, {Kind::Retain, 3, {}},
                                                    {Kind::Delete, 1, {}}};
        QVERIFY(seen == expected);
        QVERIFY(!wasLocal);
        QCOMPARE(reader.text("t").slice(0, 3), std::u16string(u"\uFFFC03"));
    }

    void changesMadeByObserversComeAfterwards()
    {
        crdt::Document document({.client = 1});
        crdt::Text text = document.text("t");
        Mirror mirror(text);
        Recorder recorder(document);
        bool answered = false;
        text.observe([&](std::span<const crdt::TextDelta>, crdt::Origin, bool) {
            if (!std::exchange(answered, true))
                QVERIFY(text.insert(0, u">"));
        });
        QVERIFY(text.insert(0, u"hello"));
        QCOMPARE(recorder.events.size(), std::size_t(2));
        QCOMPARE(toQt(mirror.content), QStringLiteral(">hello"));
    }

    void anObserverCanBeRemoved()
    {
        crdt::Document document({.client = 1});
        int updates = 0;
        int changes = 0;
        const int first = document.onUpdate([&](const auto &) { ++updates; });
        const int second = document.text("t").observe([&](auto, auto, auto) { ++changes; });
        QVERIFY(document.text("t").insert(0, u"a"));
        document.removeObserver(first);
        document.removeObserver(second);
        QVERIFY(document.text("t").insert(0, u"a"));
        QCOMPARE(updates, 1);
        QCOMPARE(changes, 1);
    }

    void leavesAClientIdSomebodyElseUses()
    {
        crdt::Document document({.client = 1});
        QVERIFY(document.applyUpdate(fromHex("010101000401017403616263 00")));
        QVERIFY(document.client() != 1);
        QVERIFY(document.client() != 0);
    }

    // Yjs goes through what a remote change deleted client by client, in the order in which the clients came up, and looks for
    // superfluous marks around each character only until it meets a deleted mark. Bytes as Yjs 13.6.33 makes them.
    void cleansFormatsInTheOrderOfTheDeletions()
    {
        crdt::Document writer({.client = 2});
        crdt::Document author({.client = 1});
        crdt::Document reader({.client = 3});
        QVERIFY(author.map("m").set("first", crdt::Any(1)));
        QVERIFY(reader.applyUpdate(author.encodeStateAsUpdate()));
        QVERIFY(writer.text("t").insert(0, u"aXb"));
        QVERIFY(author.applyUpdate(writer.encodeStateAsUpdate()));
        QVERIFY(author.text("t").format(0, 1, {{"bold", crdt::Any(true)}}));
        QVERIFY(reader.applyUpdate(author.encodeStateAsUpdate()));
        QVERIFY(reader.text("t").format(1, 1, {{"link", crdt::Any("l")}}));

        const Recorder sent(author);
        const Recorder cleaned(reader);
        author.transact({}, [&] {
            QVERIFY(author.text("t").remove(1, 1));
            QVERIFY(author.text("t").format(0, 1, {{"bold", crdt::Any()}}));
        });
        QCOMPARE(sent.lastHex(), QByteArray("00 02 02 01 01 01 01 01 01 02"));
        QVERIFY(reader.applyUpdate(sent.events.back().update));
        QCOMPARE(cleaned.events.size(), std::size_t(2));
        QCOMPARE(cleaned.lastHex(), QByteArray("00 01 03 01 00 01"));
    }

    void aDeletedNestedTextRefusesEdits()
    {
        crdt::Document document({.client = 5});
        crdt::Map map = document.map("m");
        crdt::Text nested(document.engine(), map.setType("n", crdt::TypeKind::Text).value());
        QVERIFY(nested.insert(0, u"hi"));
        QVERIFY(map.remove("n"));
        QCOMPARE(nested.insert(0, u"x").error().code, base::ErrorCode::NotFound);
        QCOMPARE(nested.length(), std::size_t(0));
        QVERIFY(nested.toString().empty());
    }

    void keepsDeletedContentOnlyWithoutCollection()
    {
        crdt::Document with({.client = 1, .gc = true});
        crdt::Document without({.client = 1, .gc = false});
        for (crdt::Document *document : {&with, &without}) {
            QVERIFY(document->text("t").insert(0, u"secret"));
            QVERIFY(document->text("t").remove(0, 6));
        }
        QVERIFY(!toHex(with.encodeStateAsUpdate()).contains("73 65 63"));
        QVERIFY(toHex(without.encodeStateAsUpdate()).contains("73 65 63"));
    }
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
