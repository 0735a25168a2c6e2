// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/varint.h"
#include "app/crdt/columns.h"
#include "app/crdt/update.h"
#include "tests/support/processortime.h"
#include "tests/unit/crdt/crdttools.h"

#include <QScopeGuard>
#include <QTest>

#include <sys/mman.h>

using namespace crdttest;

namespace {

// A document with something of every kind in it.
base::Bytes richState()
{
    crdt::Document document({.client = 300});
    crdt::Text text = document.text("t");
    (void)text.insert(0, u"plain \u00e9 \u4e2d \U0001F600");
    (void)text.format(0, 3, {{"bold", crdt::Any(true)}});
    (void)text.insertEmbed(2, crdt::Any(crdt::Any::Object{{"image", crdt::Any("x")}}));
    (void)text.remove(4, 2);
    const std::vector<crdt::Any> values{crdt::Any(1), crdt::Any(), crdt::Any(base::Bytes{1, 2}), crdt::Any(0.1)};
    (void)document.array("a").insert(0, values);
    (void)document.array("a").insertType(1, crdt::TypeKind::XmlElement);
    (void)document.map("m").set("k", crdt::Any("v"));
    (void)document.map("m").set("k", crdt::Any(crdt::Any::Array{crdt::Any(true)}));
    return document.encodeStateAsUpdate();
}

// One section of `count` items that all have no origin and different right origins, so that each passes all others.
base::Bytes everyItemPassesAllOthers(std::size_t count)
{
    base::VarWriter out;
    out.varUint(2);
    out.varUint(1);
    out.varUint(9);
    out.varUint(0);
    out.byte(0x04);
    out.varUint(1);
    out.varString("t");
    out.varString(std::string(count, 'x'));
    out.varUint(count);
    out.varUint(1);
    out.varUint(0);
    for (std::size_t index = 0; index < count; ++index) {
        out.byte(0x44);
        out.varUint(9);
        out.varUint(count - 1 - (index * 7919) % count);
        out.varString("y");
    }
    out.varUint(0);
    return out.take();
}

} // namespace

class TestUpdate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesUpdatesCutAnywhere()
    {
        const base::Bytes whole = richState();
        crdt::Document target({.client = 1});
        QVERIFY(target.text("t").insert(0, u"before"));
        const base::Bytes before = target.encodeStateAsUpdate();
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const base::Bytes cut(whole.begin(), whole.begin() + std::ptrdiff_t(size));
            const auto applied = target.applyUpdate(cut);
            QVERIFY(!applied);
            QCOMPARE(applied.error().code, base::ErrorCode::Malformed);
            QVERIFY(!crdt::inspectUpdate(cut));
        }
        QCOMPARE(target.encodeStateAsUpdate(), before);
        QVERIFY(target.applyUpdate(whole));
    }

    void everyKindSurvivesAReload()
    {
        const base::Bytes whole = richState();
        crdt::Document target({.client = 1});
        QVERIFY(target.applyUpdate(whole));
        QCOMPARE(toHex(target.encodeStateAsUpdate()), toHex(whole));
        const auto v2 = crdt::convertUpdateV1ToV2(whole);
        QVERIFY(v2);
        crdt::Document second({.client = 2});
        QVERIFY(second.applyUpdateV2(*v2));
        QCOMPARE(toHex(second.encodeStateAsUpdate()), toHex(whole));
        for (std::size_t size = 0; size < v2->size(); ++size)
            (void)crdt::convertUpdateV2ToV1(base::ByteView(*v2).subspan(0, size));
    }

    void refusesLies_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("2^53 sections") << QByteArray("ffffffffffffff0f");
        QTest::newRow("2^53 structs") << QByteArray("01ffffffffffffff0f010000");
        QTest::newRow("2^53 delete ranges") << QByteArray("000101ffffffffffffff0f0001");
        QTest::newRow("2^53 clients in the delete set") << QByteArray("00ffffffffffffff0f01010001");
        QTest::newRow("string longer than the update") << QByteArray("010101000401017 4ffffffff0f6100");
        QTest::newRow("2^53 values") << QByteArray("0101010008010161ffffffffffffff0f7d0100");
        QTest::newRow("number above 2^53") << QByteArray("0101ffffffffffffffff7f00040101740161 00");
        QTest::newRow("endless number") << QByteArray("01ffffffffffffffffffffffffffffffffffffff");
        QTest::newRow("clock and length above 2^53") << QByteArray("010101ffffffffffffff0f0001 00");
        QTest::newRow("delete above 2^53") << QByteArray("00010101ffffffffffffff0f02");
        QTest::newRow("struct of no length") << QByteArray("01010100000000");
        QTest::newRow("empty string") << QByteArray("01010100040101740000");
        QTest::newRow("unknown content") << QByteArray("010101000b01017401610 0");
        QTest::newRow("unknown type") << QByteArray("0101010007010174070 0");
        QTest::newRow("invalid UTF-8") << QByteArray("010101000401017402c3280 0");
        QTest::newRow("surrogate in UTF-8") << QByteArray("010101000401017403eda0800 0");
        QTest::newRow("embed is not JSON") << QByteArray("0101010005010174027b7b00");
        QTest::newRow("a client twice") << QByteArray("02 010101 8401000162 010100 040101740161 00");
        QTest::newRow("clock above 2^32") << QByteArray("010101000080808080808001 00");
    }

    void refusesLies()
    {
        QFETCH(QByteArray, hex);
        support::ProcessorTimer timer;
        crdt::Document document({.client = 1});
        const auto applied = document.applyUpdate(fromHex(hex.constData()));
        QVERIFY(!applied);
        QVERIFY(!document.hasPending());
        QCOMPARE(toHex(document.encodeStateAsUpdate()), QByteArray("00 00"));
        QVERIFY2(timer.elapsed() < 1000, "far from 50 ms, so that a busy machine does not matter");
    }

    void refusesValuesNestedTooDeep()
    {
        base::VarWriter out;
        for (const int byte : {1, 1, 1, 0, 8, 1, 1, int('a'), 1})
            out.byte(std::uint8_t(byte));
        for (int depth = 0; depth < 100'000; ++depth) {
            out.byte(117);
            out.byte(1);
        }
        out.byte(126);
        out.byte(0);
        crdt::Document document({.client = 1});
        QCOMPARE(document.applyUpdate(out.view()).error().code, base::ErrorCode::Malformed);
    }

    void typesMayNestAsDeepAsAPeerLikes()
    {
        // Each array is the only child of the one before; deleting the first must not use the stack.
        constexpr std::uint64_t kDepth = 100'000;
        base::VarWriter out;
        out.varUint(1);
        out.varUint(kDepth);
        out.varUint(1);
        out.varUint(0);
        for (std::uint64_t index = 0; index < kDepth; ++index) {
            out.byte(7);
            out.varUint(index == 0 ? 1 : 0);
            if (index == 0) {
                out.varString("a");
            } else {
                out.varUint(1);
                out.varUint(index - 1);
            }
            out.varUint(0);
        }
        out.varUint(0);
        crdt::Document document({.client = 2});
        QVERIFY(document.applyUpdate(out.view()));
        QCOMPARE(document.array("a").length(), std::size_t(1));
        QVERIFY(document.array("a").remove(0, 1));
        QCOMPARE(document.array("a").length(), std::size_t(0));
        QVERIFY(document.encodeStateAsUpdate().size() < 64);
    }

    void tooMuchWorkIsTakenBack()
    {
        crdt::Document document({.client = 2});
        QVERIFY(document.text("t").insert(0, u"mine \U0001F600"));
        Recorder recorder(document);
        Mirror mirror(document.text("t"));
        const base::Bytes before = document.encodeStateAsUpdate();
        const auto applied = document.applyUpdate(everyItemPassesAllOthers(40'000));
        QVERIFY(!applied);
        QCOMPARE(applied.error().code, base::ErrorCode::TooLarge);
        QCOMPARE(document.encodeStateAsUpdate(), before);
        QVERIFY(recorder.events.empty());
        QVERIFY(mirror.content == document.text("t").toString());
        QVERIFY(document.text("t").insert(0, u"still "));
        QCOMPARE(toQt(document.text("t").toString()), QString::fromUtf16(u"still mine \U0001F600"));
        QVERIFY(document.applyUpdate(everyItemPassesAllOthers(200)));
    }

    // A character of the document is cut as well, and somebody's own edits stand around it.
    void tooMuchWorkInsideATransactionIsTakenBackAlone()
    {
        crdt::Document document({.client = 2});
        crdt::Document other({.client = 3});
        crdt::Text text = document.text("t");
        QVERIFY(text.insert(0, u"\U0001F600 old"));
        QVERIFY(other.applyUpdate(document.encodeStateAsUpdate()));
        QVERIFY(other.text("t").insert(0, u"good "));
        const base::Bytes good = other.encodeStateAsUpdate();
        const std::vector<base::Bytes> parts{everyItemPassesAllOthers(40'000), fromHex("0101 30 00 84 02 00 0178 00")};
        const base::Bytes bad = crdt::mergeUpdates(parts).value();
        Recorder recorder(document);
        Mirror mirror(text);
        document.transact({}, [&] {
            QVERIFY(text.insert(2, u"first"));
            QVERIFY(text.remove(text.length() - 3, 3));
            const std::u16string before = text.toString();
            QCOMPARE(document.applyUpdate(bad).error().code, base::ErrorCode::TooLarge);
            QCOMPARE(toQt(text.toString()), toQt(before));
            QVERIFY(text.insert(2, u"second "));
            QVERIFY(document.applyUpdate(good));
            QVERIFY(text.insert(0, u"third "));
        });
        QCOMPARE(toQt(text.toString()), QString::fromUtf16(u"third good \U0001F600second first "));
        QCOMPARE(toQt(mirror.content), toQt(text.toString()));
        QCOMPARE(recorder.events.size(), std::size_t(1));
        QVERIFY(other.applyUpdate(recorder.events[0].update));
        QCOMPARE(other.encodeStateAsUpdate(), document.encodeStateAsUpdate());
        // A cut that is allowed does damage the character, as in Yjs.
        QVERIFY(document.applyUpdate(parts[1]));
        QCOMPARE(toQt(text.toString()), QString::fromUtf16(u"third good \ufffd\ufffdsecond first x"));
    }

    void waitingDataIsBounded()
    {
        crdt::Document document({.client = 1, .maxPendingBytes = 1000});
        base::VarWriter out;
        out.varUint(1);
        out.varUint(1);
        out.varUint(9);
        out.varUint(5);
        out.byte(0x84);
        out.varUint(9);
        out.varUint(4);
        out.varString(std::string(400, 'x'));
        out.varUint(0);
        QVERIFY(document.applyUpdate(out.view()));
        QVERIFY(document.applyUpdate(out.view()));   // the same again takes no more room
        out.clear();
        out.varUint(1);
        out.varUint(1);
        out.varUint(8);
        out.varUint(5);
        out.byte(0x84);
        out.varUint(8);
        out.varUint(4);
        out.varString(std::string(700, 'x'));
        out.varUint(0);
        const base::Bytes before = document.encodeStateAsUpdate();
        QCOMPARE(document.applyUpdate(out.view()).error().code, base::ErrorCode::TooLarge);
        QCOMPARE(document.encodeStateAsUpdate(), before);
    }

    void waitingDeletesAreBounded()
    {
        // Each range counts as sixteen bytes.
        const auto deletes = [](std::uint64_t from, std::uint64_t count) {
            base::VarWriter out;
            out.varUint(0);
            out.varUint(1);
            out.varUint(7);
            out.varUint(count);
            for (std::uint64_t range = from; range < from + count; ++range) {
                out.varUint(range * 2);
                out.varUint(1);
            }
            return out.take();
        };
        crdt::Document document({.client = 1, .maxPendingBytes = 1000});
        QCOMPARE(document.applyUpdate(deletes(0, 70)).error().code, base::ErrorCode::TooLarge);
        QVERIFY(!document.hasPendingDeletes());
        QVERIFY(document.applyUpdate(deletes(0, 50)));
        QVERIFY(document.hasPendingDeletes());
        const base::Bytes before = document.encodeStateAsUpdate();
        QCOMPARE(document.applyUpdate(deletes(50, 20)).error().code, base::ErrorCode::TooLarge);
        QCOMPARE(document.encodeStateAsUpdate(), before);
    }

    void nobodyReadsAnUpdateAboveTheLimit()
    {
        const std::size_t size = crdt::kMaxUpdateBytes + 1;
        // Zeros that take no memory unless somebody writes there.
        void *const zeros = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        QVERIFY(zeros != MAP_FAILED);
        const auto unmap = qScopeGuard([&] { ::munmap(zeros, size); });
        const base::ByteView update(static_cast<const std::uint8_t *>(zeros), size);
        crdt::Document document({.client = 1});
        QCOMPARE(document.applyUpdate(update).error().code, base::ErrorCode::TooLarge);
        QCOMPARE(crdt::convertUpdateV2ToV1(update).error().code, base::ErrorCode::TooLarge);
    }

    // Its columns count repetitions, so a few bytes can claim any number of structs.
    void formatTwoClaimsOnlySoManyStructs()
    {
        const auto gaps = [](std::uint64_t count) {
            crdt::RleWriter kinds;
            crdt::UintOptRleWriter clients;
            crdt::UintOptRleWriter lengths;
            clients.write(7);
            for (std::uint64_t gap = 0; gap < count; ++gap) {
                kinds.write(0);
                lengths.write(1);
            }
            base::VarWriter out;
            out.varUint(0);
            for (const base::Bytes &bytes : {base::Bytes{}, clients.take(), base::Bytes{}, base::Bytes{}, kinds.take(),
                                            base::Bytes{0}, base::Bytes{}, base::Bytes{}, lengths.take()})
                out.varBytes(bytes);
            for (const std::uint64_t number : {std::uint64_t(1), count, std::uint64_t(0), std::uint64_t(0)})
                out.varUint(number);
            return out.take();
        };
        const auto some = crdt::convertUpdateV2ToV1(gaps(4000));
        QVERIFY(some);
        QCOMPARE(crdt::inspectUpdate(*some)->structs.at(0).to, crdt::ClockValue(4000));
        QCOMPARE(crdt::convertUpdateV2ToV1(gaps(5000)).error().code, base::ErrorCode::TooLarge);
    }

    // Were it kept, it would vanish with either list for those who come later, and stay for those who had it before.
    void nothingStandsBetweenTwoLists()
    {
        base::VarWriter out;
        const auto numbers = [&out](std::initializer_list<std::uint64_t> all) {
            for (const std::uint64_t number : all)
                out.varUint(number);
        };
        numbers({1, 3, 9, 0});
        for (const char *const root : {"t", "u"}) {
            out.byte(0x04);
            numbers({1});
            out.varString(root);
            out.varString("ab");
        }
        out.byte(0xc4);
        numbers({9, 0, 9, 2});
        out.varString("x");
        out.varUint(0);
        crdt::Document document({.client = 1});
        QVERIFY(document.applyUpdate(out.view()));
        QCOMPARE(toQt(document.text("t").toString()), QStringLiteral("ab"));
        QCOMPARE(toQt(document.text("u").toString()), QStringLiteral("ab"));
        crdt::Document copy({.client = 2});
        QVERIFY(copy.applyUpdate(document.encodeStateAsUpdate()));
        QCOMPARE(toHex(copy.encodeStateAsUpdate()), toHex(document.encodeStateAsUpdate()));
    }

    void saysWhatIsInAnUpdate()
    {
        const auto summary = crdt::inspectUpdate(fromHex("010101000401017403616263 0109 02 0001 0502"));
        QVERIFY(summary);
        QCOMPARE(summary->structs.size(), std::size_t(1));
        QVERIFY((summary->structs[0] == crdt::ClockRange{1, 0, 3}));
        QCOMPARE(summary->deleteRangeCount, std::size_t(2));
        QVERIFY((summary->deletes[1] == crdt::ClockRange{9, 5, 7}));
    }

    void saysWhetherThereIsMoreThanText()
    {
        crdt::Document plain({.client = 1});
        QVERIFY(plain.text("t").insert(0, u"some text"));
        QVERIFY(plain.text("t").insert(4, u" more"));
        QVERIFY(plain.text("t").remove(2, 5));
        const auto text = crdt::inspectUpdate(plain.encodeStateAsUpdate());
        QVERIFY(text);
        QCOMPARE(text->otherThanText, std::size_t(0));
        QVERIFY(text->roots == std::set<std::string>{"t"});
        const auto rich = crdt::inspectUpdate(richState());
        QVERIFY(rich);
        QVERIFY(rich->roots == (std::set<std::string>{"t", "a", "m"}));
        // Four marks and an embed in the text, five runs in the list, two values in the map.
        QCOMPARE(rich->otherThanText, std::size_t(12));
        crdt::Document key({.client = 1});
        QVERIFY(key.map("t").set("k", crdt::Any(1)));
        QVERIFY(key.map("t").remove("k"));
        QCOMPARE(crdt::inspectUpdate(key.encodeStateAsUpdate())->otherThanText, std::size_t(1));
    }

    void mergingKeepsGaps()
    {
        const std::vector<base::Bytes> updates{fromHex("01010100040101740361626300"), fromHex("01010104c401000101015800")};
        const auto merged = crdt::mergeUpdates(updates);
        QVERIFY(merged);
        QCOMPARE(toHex(*merged), QByteArray("01 03 01 00 04 01 01 74 03 61 62 63 0a 01 c4 01 00 01 01 01 58 00"));
        QCOMPARE(toHex(crdt::stateVectorFromUpdate(*merged).value()), QByteArray("01 01 03"));
        QVERIFY(!crdt::mergeUpdates(std::vector<base::Bytes>{fromHex("0101")}));
    }

    void deletesMayArriveBeforeWhatTheyDelete()
    {
        crdt::Document document({.client = 2});
        QVERIFY(document.applyUpdate(fromHex("000101010101")));
        QVERIFY(document.hasPendingDeletes());
        QVERIFY(document.applyUpdate(fromHex("01010100040101740361626300")));
        QVERIFY(!document.hasPending());
        QCOMPARE(toQt(document.text("t").toString()), QStringLiteral("ac"));
    }
};

QTEST_GUILESS_MAIN(TestUpdate)
#include "tst_update.moc"
