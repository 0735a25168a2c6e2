// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/varint.h"
#include "app/crdt/update.h"
#include "tests/unit/crdt/countedheap.h"
#include "tests/unit/crdt/crdttools.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <functional>

using namespace crdttest;

namespace {

constexpr std::size_t kFrame = std::size_t{1} << 20;        // what a client may send at once
constexpr std::size_t kMostHeap = std::size_t{32} << 20;
constexpr std::size_t kMostForLies = std::size_t{64} << 10;
constexpr std::size_t kMostMoved = std::size_t{512} << 20;  // or something is moved again for every struct

bool isTakenByHost(base::ByteView update)
{
    const auto summary = crdt::inspectUpdate(update);
    return summary && summary->otherThanText == 0 && (summary->roots.empty() || summary->roots == std::set<std::string>{"t"})
        && std::ranges::all_of(summary->structs, [](const crdt::ClockRange &range) { return range.client == 1 || range.client == 9; });
}

using Numbers = std::vector<std::uint64_t>;

void write(base::VarWriter &out, const Numbers &numbers)
{
    for (const std::uint64_t number : numbers)
        out.varUint(number);
}

//! A section or a delete set entry per client, until a frame is full.
base::Bytes perClient(const std::function<void(base::VarWriter &, std::uint64_t)> &structs, bool withDeletes, std::size_t each)
{
    const std::uint64_t count = (kFrame - 16) / each;
    base::VarWriter out;
    out.varUint(structs ? count : 0);
    // Ascending, the order nobody sends.
    for (std::uint64_t client = 1; structs && client <= count; ++client)
        structs(out, client);
    out.varUint(withDeletes ? count : 0);
    for (std::uint64_t client = 1; withDeletes && client <= count; ++client)
        write(out, {client, 1, 0, 1});
    return out.take();
}

base::Bytes oneSection(std::size_t count, const std::function<void(base::VarWriter &, std::size_t)> &item, std::uint64_t client = 1)
{
    base::VarWriter out;
    write(out, {1, count, client, 0});
    for (std::size_t index = 0; index < count; ++index)
        item(out, index);
    out.varUint(0);
    return out.take();
}

void character(base::VarWriter &out, std::size_t)
{
    out.byte(0x04);
    out.varUint(1);
    out.varString("t");
    out.varString("x");
}

base::Bytes nestedTypes()
{
    return oneSection(kFrame / 8, [](base::VarWriter &out, std::size_t index) {
        out.byte(7);
        out.varUint(index == 0 ? 1 : 0);
        if (index == 0)
            out.varString("a");
        else
            write(out, {1, index - 1});
        out.varUint(0);
    });
}

base::Bytes nestedValues(bool json)
{
    return oneSection(1, [json](base::VarWriter &out, std::size_t) {
        out.byte(json ? 5 : 8);
        out.varUint(1);
        out.varString("a");
        const std::size_t depth = kFrame / 2 - 32;
        if (json) {
            out.varString(std::string(depth, '[') + std::string(depth, ']'));
            return;
        }
        out.varUint(1);
        for (std::size_t level = 0; level < depth; ++level)
            write(out, {117, 1});
        out.byte(126);
    });
}

//! Items without origin before ever other neighbours: each has to pass all others.
base::Bytes eachPassesAll()
{
    constexpr std::size_t kCount = kFrame / 9;
    base::VarWriter out;
    write(out, {2, 1, 9, 0});
    out.byte(0x04);
    out.varUint(1);
    out.varString("t");
    out.varString(std::string(kCount, 'x'));
    write(out, {kCount, 1, 0});
    for (std::size_t index = 0; index < kCount; ++index) {
        out.byte(0x44);
        write(out, {9, kCount - 1 - (index * 7919) % kCount});
        out.varString("y");
    }
    out.varUint(0);
    return out.take();
}

base::Bytes formatMarks()
{
    return oneSection(kFrame / 20, [](base::VarWriter &out, std::size_t index) {
        out.byte(index == 0 ? 0x06 : 0x86);
        if (index == 0) {
            out.varUint(1);
            out.varString("t");
        } else {
            write(out, {1, index - 1});
        }
        out.varString("k" + std::to_string(index % 1000));
        out.varString("\"v\"");
    });
}

//! Every other character of a text of \a length units, one by one.
base::Bytes holes(std::size_t length)
{
    base::VarWriter out;
    write(out, {0, 1, 5, length / 2});
    for (std::size_t clock = 0; clock + 1 < length; clock += 2)
        write(out, {clock, 1});
    return out.take();
}

base::Bytes waiting(std::uint64_t client, std::size_t bytes)
{
    base::VarWriter out;
    write(out, {1, 1, client, 5});
    out.byte(0x84);
    write(out, {client, 4});
    out.varString(std::string(bytes, 'x'));
    out.varUint(0);
    return out.take();
}

} // namespace

// What somebody can send in one frame to cost others time or memory. What a host takes from a guest, text under one client id, is refused
// or done within 32 MiB, twice the aim; lies are found out at once. The rest only says what it would cost where no host looks first.
// Times are printed, not checked; fifty milliseconds are the aim.
class TestBombs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRefusedOrDone_data();
    void isRefusedOrDone();
    void waitingForEverTakesNoMoreThanAllowed();
    void aStateVectorOfManyClients();
    void aDocumentHasOnlySoManyClients();
    void nobodyMergesMoreThanAnUpdateMayTake();
};

void TestBombs::isRefusedOrDone_data()
{
    QTest::addColumn<QByteArray>("update");
    QTest::addColumn<bool>("isV2");
    const auto row = [](const char *name, const base::Bytes &update, bool isV2 = false) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char *>(update.data()), qsizetype(update.size())) << isV2;
    };
    row("2^53 structs", fromHex("01ffffffffffffff0f010000"));
    row("2^53 sections", fromHex("ffffffffffffff0f"));
    row("2^53 delete ranges", fromHex("000101ffffffffffffff0f0001"));
    row("2^53 values", fromHex("0101010008010161ffffffffffffff0f7d0100"));
    row("string of 2^53", fromHex("0101010004010174ffffffffffffff0f6100"));
    row("27 bytes: runs of 2^32", fromHex("02 01 02 00 00 f0ffffff0f 01 01 00 00 f0ffffff0f 01 02 01 00 f0ffffff0f 00"));
    row("deleted run of 2^32", fromHex("01 01 01 00 01 01 01 74 f0ffffff0f 00"));
    row("gap of 2^32", fromHex("01 02 01 00 0a f0ffffff0f 00 01 00"));
    row("v2: 2^40 structs in runs", fromHex("00 00 05 41 ffffffff1f 00 00 05 41 ffffffff1f 00 00 00 01 0a 00 00 01 80808080801f 00"), true);
    row("a client per struct", perClient([](base::VarWriter &out, std::uint64_t client) { write(out, {1, client, 0, 0, 1}); }, false, 8));
    row("a client per character", perClient([](base::VarWriter &out, std::uint64_t client) {
        write(out, {1, client, 0});
        character(out, 0);
    }, false, 11));
    row("a client per deleted character", perClient([](base::VarWriter &out, std::uint64_t client) {
        write(out, {1, client, 0});
        character(out, 0);
    }, true, 18));
    row("deletes of unknown clients", perClient({}, true, 6));
    row("one character per struct", oneSection(kFrame / 7, character));
    row("nested types", nestedTypes());
    row("nested values", nestedValues(false));
    row("nested JSON", nestedValues(true));
    row("each passes all", eachPassesAll());
    row("format marks", formatMarks());
    row("holes", holes(300'000));
}

void TestBombs::isRefusedOrDone()
{
    QFETCH(QByteArray, update);
    QFETCH(bool, isV2);
    QVERIFY(std::size_t(update.size()) <= kFrame + 64);
    const base::ByteView bytes(reinterpret_cast<const std::uint8_t *>(update.constData()), std::size_t(update.size()));
    crdt::Document document({.client = 5});
    QVERIFY(document.text("t").insert(0, std::u16string(300'000, u'a')));
    document.array("a");
    const base::Bytes before = document.encodeStateAsUpdate();

    heap.peak = heap.held;
    const std::size_t held = heap.held;
    const std::size_t total = heap.total;
    const std::clock_t begin = std::clock();
    const auto done = isV2 ? document.applyUpdateV2(bytes) : document.applyUpdate(bytes);
    const double milliseconds = 1000.0 * double(std::clock() - begin) / CLOCKS_PER_SEC;
    const std::size_t most = heap.peak - held;
    const std::size_t kept = heap.held - held;
    const std::size_t moved = heap.total - total;
    const bool isTaken = isTakenByHost(bytes);
    std::printf("%-32s %8zu bytes %8.1f ms %7.2f MiB at most, %7.2f kept: %s%s\n", QTest::currentDataTag(), bytes.size(), milliseconds,
                double(most) / (1 << 20), double(kept) / (1 << 20), done ? "done" : done.error().detail.c_str(),
                isTaken ? "" : "; refused by hosts");
    QVERIFY2(moved <= kMostMoved, (std::to_string(moved) + " bytes in all").c_str());
    if (bytes.size() < 100)
        QVERIFY2(most <= kMostForLies, (std::to_string(most) + " bytes").c_str());
    else if (isTaken)
        QVERIFY2(most <= kMostHeap, (std::to_string(most) + " bytes").c_str());
    if (!done)
        QCOMPARE(document.encodeStateAsUpdate(), before);
    // Whatever it was, the document is alive.
    QVERIFY(document.text("t").insert(0, u"still here"));
    QCOMPARE(document.text("t").slice(0, 10), std::u16string(u"still here"));
}

void TestBombs::waitingForEverTakesNoMoreThanAllowed()
{
    crdt::Document document({.client = 5});
    heap.peak = heap.held;
    const std::size_t held = heap.held;
    int kept = 0;
    for (std::uint64_t client = 10; client < 60; ++client)
        kept += document.applyUpdate(waiting(client, 100'000)).has_value();
    std::printf("waiting: %d of 50 updates kept, %.2f MiB at most, %.2f kept\n", kept, double(heap.peak - held) / (1 << 20),
                double(heap.held - held) / (1 << 20));
    QCOMPARE(kept, 10);
    QVERIFY(heap.held - held < 2 * kFrame);
    QVERIFY(heap.peak - held <= kMostHeap);
}

void TestBombs::aStateVectorOfManyClients()
{
    crdt::Document document({.client = 5});
    QVERIFY(document.text("t").insert(0, u"text"));
    base::VarWriter out;
    const std::uint64_t count = kFrame / 6;
    out.varUint(count);
    for (std::uint64_t client = 1; client <= count; ++client)
        write(out, {client * 7, 1});
    heap.peak = heap.held;
    const std::size_t held = heap.held;
    const std::clock_t begin = std::clock();
    const auto missing = document.encodeStateAsUpdate(out.view());
    std::printf("state vector of %zu bytes: %.1f ms, %.2f MiB at most\n", out.view().size(),
                1000.0 * double(std::clock() - begin) / CLOCKS_PER_SEC, double(heap.peak - held) / (1 << 20));
    QVERIFY(missing);
    QVERIFY(heap.peak - held <= kMostHeap);
}

void TestBombs::aDocumentHasOnlySoManyClients()
{
    constexpr std::uint64_t kMostClients = 500'000;   // one of them is there already
    crdt::Document document({.client = 1});
    QVERIFY(document.text("t").insert(0, u"mine"));
    const base::Bytes before = document.encodeStateAsUpdate();
    base::VarWriter out;
    write(out, {kMostClients});
    for (std::uint64_t client = 2; client < kMostClients + 2; ++client)
        write(out, {1, client, 0, 0, 1});
    out.varUint(0);
    QCOMPARE(document.applyUpdate(out.view()).error().code, base::ErrorCode::TooMany);
    QCOMPARE(document.encodeStateAsUpdate(), before);
}

void TestBombs::nobodyMergesMoreThanAnUpdateMayTake()
{
    // Each alone is within the limit.
    const std::vector<base::Bytes> updates{fromHex("0000"), base::Bytes(crdt::kMaxUpdateBytes)};
    QCOMPARE(crdt::mergeUpdates(updates).error().code, base::ErrorCode::TooLarge);
}

QTEST_GUILESS_MAIN(TestBombs)
#include "tst_bombs.moc"
