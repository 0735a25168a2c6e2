// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/varint.h"
#include "app/crdt/update.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/crdttools.h"
#include "tests/unit/crdt/randomeditor.h"

#include <QTest>

#include <optional>

using namespace crdttest;

namespace {

constexpr std::size_t kTooMany = 12'000;   // items of which each passes all others: more steps than an update may take

// What the items below refer to, client 9.
base::Bytes whatIsPassed()
{
    base::VarWriter out;
    for (const std::size_t number : {1, 1, 9, 0})
        out.varUint(number);
    out.byte(0x04);
    out.varUint(1);
    out.varString("t");
    out.varString(std::string(kTooMany, 'x'));
    out.varUint(0);
    return out.take();
}

// Items of client 1, integrated after those of all higher clients.
base::Bytes whatPassesAll()
{
    base::VarWriter out;
    out.varUint(1);
    out.varUint(kTooMany);
    out.varUint(1);
    out.varUint(0);
    for (std::size_t index = 0; index < kTooMany; ++index) {
        out.byte(0x44);
        out.varUint(9);
        out.varUint(kTooMany - 1 - (index * 7919) % kTooMany);
        out.varString("y");
    }
    out.varUint(0);
    return out.take();
}

base::Bytes merged(std::vector<base::Bytes> updates) { return crdt::mergeUpdates(updates).value(); }

//! Two people with a common past, and what the second did afterwards that the first has not heard of.
struct Pair
{
    explicit Pair(std::uint64_t seed) : editor(seed)
    {
        for (int edit = 0; edit < 40; ++edit) {
            editor.edit(first);
            editor.edit(second);
            if (edit % 8 == 0)
                exchange();
        }
        exchange();
        // A run that the first knows the begin of.
        (void)second.document.text("t").insert(second.document.text("t").length(), u"grown");
        exchange();
        const base::Bytes known = first.document.encodeStateVector();
        (void)second.document.text("t").insert(second.document.text("t").length(), u" further");
        (void)second.document.map("m").set("a", crdt::Any("over what was there"));
        (void)second.document.array("a").insertType(0, crdt::TypeKind::Text);
        for (int edit = 0; edit < 40; ++edit)
            editor.edit(second);
        news = editor.chance(50) ? second.document.encodeStateAsUpdate()
                                 : second.document.encodeStateAsUpdate(known).value();
    }
    void exchange()
    {
        (void)first.document.applyUpdate(second.document.encodeStateAsUpdate());
        (void)second.document.applyUpdate(first.document.encodeStateAsUpdate());
    }

    RandomEditor editor;
    Participant first{300, {.formats = true}};
    Participant second{200, {.formats = true}};
    base::Bytes news;
};

} // namespace

// An update that needs too much work is found out when half of it has been done.
class TestRollback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_seed = support::seed(); }
    void aRefusedUpdateLeavesNoTrace();
    void norDoesOneThatSetsFreeWhatWaited();
    void refusedUpdatesTakeNoRoom();
    void refusedUpdatesAddNoClients();

private:
    void refuseAndGoOn(Pair &pair, const base::Bytes &bad);

    quint64 m_seed = 0;
};

void TestRollback::refuseAndGoOn(Pair &pair, const base::Bytes &bad)
{
    crdt::Document &document = pair.first.document;
    const base::Bytes before = document.encodeStateAsUpdate();
    const bool wasPending = document.hasPendingStructs();
    const std::u16string shown = pair.first.mirror->content;
    Recorder recorder(document);
    QCOMPARE(document.applyUpdate(bad).error().code, base::ErrorCode::TooLarge);
    QCOMPARE(toHex(document.encodeStateAsUpdate()), toHex(before));
    QCOMPARE(document.hasPendingStructs(), wasPending);
    QVERIFY(recorder.events.empty());
    QCOMPARE(pair.first.mirror->content, shown);
    QCOMPARE(document.text("t").slice(0, shown.size()), shown);

    // Whatever follows is as with somebody who never got it.
    crdt::Document other({.client = 301});
    QVERIFY(other.applyUpdate(before));
    other.setClient(document.client());
    for (crdt::Document *one : {&document, &other}) {
        QVERIFY(one->applyUpdate(pair.news));
        QVERIFY(one->text("t").insert(0, u"and on"));
    }
    QCOMPARE(toHex(document.encodeStateAsUpdate()), toHex(other.encodeStateAsUpdate()));
    QVERIFY(document.map("m").get("a") == other.map("m").get("a"));
    QCOMPARE(document.array("a").values().size(), other.array("a").values().size());
    QCOMPARE(pair.first.mirror->content, document.text("t").slice(0, SIZE_MAX));
}

void TestRollback::aRefusedUpdateLeavesNoTrace()
{
    for (quint64 round = 0; round < 3 && !QTest::currentTestFailed(); ++round) {
        Pair pair(m_seed + round);
        refuseAndGoOn(pair, merged({pair.news, whatIsPassed(), whatPassesAll()}));
    }
}

// By then the deletions have been done as well.
void TestRollback::norDoesOneThatSetsFreeWhatWaited()
{
    for (quint64 round = 0; round < 3 && !QTest::currentTestFailed(); ++round) {
        Pair pair(m_seed + round);
        QVERIFY(pair.first.document.applyUpdate(whatPassesAll()));
        QVERIFY(pair.first.document.hasPendingStructs());
        refuseAndGoOn(pair, merged({pair.news, whatIsPassed()}));
    }
}

// Values, text and types in it are gone as well.
void TestRollback::refusedUpdatesTakeNoRoom()
{
    crdt::Document maker({.client = 200});
    QVERIFY(maker.text("u").insert(0, std::u16string(200'000, u'z')));
    maker.transact({}, [&] {
        for (int count = 0; count < 5000; ++count) {
            QVERIFY(maker.array("a").insertType(0, crdt::TypeKind::Array));
            QVERIFY(maker.map("m").set(std::to_string(count), crdt::Any("a value of some length, so that it is noticed")));
        }
    });
    const base::Bytes bad = merged({maker.encodeStateAsUpdate(), whatIsPassed(), whatPassesAll()});
    crdt::Document document({.client = 300});
    std::vector<std::size_t> used;
    for (int again = 0; again < 5; ++again) {
        QCOMPARE(document.applyUpdate(bad).error().code, base::ErrorCode::TooLarge);
        used.push_back(document.memoryUsage());
    }
    // Room that was made once is used again.
    QVERIFY2(used.back() <= used[1], (std::to_string(used[1]) + " bytes became " + std::to_string(used.back())).c_str());
}

// Or somebody could use up the clients a document may have.
void TestRollback::refusedUpdatesAddNoClients()
{
    constexpr std::uint64_t kFresh = 1000;
    crdt::Document document({.client = 300});
    QVERIFY(document.text("t").insert(0, u"what was there"));
    std::vector<std::size_t> used;
    for (std::uint64_t again = 1; again <= 3; ++again) {
        base::VarWriter fresh;   // of each a pair of letters
        fresh.varUint(kFresh);
        for (std::uint64_t client = again * kFresh + kFresh - 1; client >= again * kFresh; --client) {
            fresh.varUint(1);
            fresh.varUint(client);
            fresh.varUint(0);
            fresh.byte(0x04);
            fresh.varUint(1);
            fresh.varString("t");
            fresh.varString("ab");
        }
        fresh.varUint(0);
        base::VarWriter between;   // one letter that splits a pair
        for (const std::uint64_t number : {std::uint64_t(1), std::uint64_t(1), std::uint64_t(500), std::uint64_t(0)})
            between.varUint(number);
        between.byte(0xc4);
        for (const std::uint64_t number : {again * kFresh, std::uint64_t(0), again * kFresh, std::uint64_t(1)})
            between.varUint(number);
        between.varString("-");
        between.varUint(0);
        const base::Bytes bad = merged({fresh.take(), between.take(), whatIsPassed(), whatPassesAll()});
        QCOMPARE(document.applyUpdate(bad).error().code, base::ErrorCode::TooLarge);
        used.push_back(document.memoryUsage());
    }
    QVERIFY2(used.back() <= used[1], (std::to_string(used[1]) + " bytes became " + std::to_string(used.back())).c_str());
    // One of those that were looked up last comes with something honest.
    crdt::Document honest({.client = 1});
    QVERIFY(honest.applyUpdate(document.encodeStateAsUpdate()));
    QVERIFY(honest.text("t").insert(0, u"and on, "));
    QVERIFY(document.applyUpdate(honest.encodeStateAsUpdate()));
    QCOMPARE(document.text("t").toString(), std::u16string(u"and on, what was there"));
    crdt::Document other({.client = 301});
    QVERIFY(other.applyUpdate(document.encodeStateAsUpdate()));
    QCOMPARE(other.text("t").toString(), document.text("t").toString());
}

QTEST_GUILESS_MAIN(TestRollback)
#include "tst_rollback.moc"
