// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/clockindex.h"
#include "tests/support/seed.h"

#include <QTest>

using namespace crdt;

namespace {

// The index beside a plain vector of item numbers in the order of their clocks.
struct Pair
{
    ItemRef make(std::uint32_t clock, std::uint32_t length)
    {
        Item item;
        item.clock = clock;
        item.length = length;
        items.push_back(item);
        return ItemRef(items.size() - 1);
    }
    void append(std::uint32_t length)
    {
        const ItemRef ref = make(end(), length);
        index.append(ref, items[ref].clock);
        model.push_back(ref);
    }
    void split(std::size_t at)
    {
        Item &left = items[model[at]];
        if (left.length < 2)
            return;
        const std::uint32_t half = left.length / 2;
        left.length -= half;
        const ItemRef right = make(items[model[at]].end(), half);
        index.insertAfter(index.find(items, items[model[at]].clock), right, items);
        model.insert(model.begin() + std::ptrdiff_t(at) + 1, right);
    }
    void merge(std::size_t at)
    {
        if (at == 0)
            return;
        const auto cursor = index.find(items, items[model[at]].clock);
        items[model[at - 1]].length += items[model[at]].length;
        const auto before = index.remove(cursor, items);
        model.erase(model.begin() + std::ptrdiff_t(at));
        QCOMPARE(index.at(before), model[at - 1]);
    }
    std::uint32_t end() const { return model.empty() ? 0 : items[model.back()].end(); }

    void compare() const
    {
        ClockIndex::Cursor cursor;
        for (std::size_t at = 0; at < model.size(); ++at, index.advance(cursor)) {
            QVERIFY(!index.isEnd(cursor));
            QCOMPARE(index.at(cursor), model[at]);
            QCOMPARE(index.countFrom(cursor), model.size() - at);
            QCOMPARE(index.itemAt(items, items[model[at]].clock), model[at]);
            QCOMPARE(index.itemAt(items, items[model[at]].lastClock()), model[at]);
            ClockIndex::Cursor back = cursor;
            QCOMPARE(index.retreat(back), at > 0);
            QVERIFY(at == 0 || index.at(back) == model[at - 1]);
        }
        QVERIFY(index.isEnd(cursor));
        QCOMPARE(index.isEmpty(), model.empty());
    }

    std::vector<Item> items;
    ClockIndex index;
    std::vector<ItemRef> model;
};

} // namespace

class TestClockIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behavesLikeAPlainVector()
    {
        std::mt19937_64 random(support::seed());
        for (int round = 0; round < 8; ++round) {
            Pair pair;
            // What loading leaves behind: one long run.
            const auto loaded = std::uint32_t(round % 2 ? random() % 2000 : 0);
            for (std::uint32_t one = 0; one < loaded; ++one)
                pair.model.push_back(pair.make(one * 4, 4));
            pair.index.assign(0, loaded, pair.items);
            pair.compare();
            for (int step = 0; step < 3000 && !QTest::currentTestFailed(); ++step) {
                const std::size_t at = pair.model.empty() ? 0 : random() % pair.model.size();
                switch (random() % 4) {
                case 0: pair.append(1 + std::uint32_t(random() % 9)); break;
                case 1:
                    if (!pair.model.empty())
                        pair.split(at);
                    break;
                case 2: pair.merge(at); break;
                default:
                    if (!pair.model.empty())
                        pair.split(pair.model.size() - 1 - at % std::min<std::size_t>(pair.model.size(), 3));
                }
                if (step % 500 == 0)
                    pair.compare();
            }
            pair.compare();
            while (!pair.model.empty()) {
                pair.index.remove(pair.index.find(pair.items, pair.items[pair.model.front()].clock), pair.items);
                pair.model.erase(pair.model.begin());
                if (pair.model.size() % 300 == 0)
                    pair.compare();
            }
        }
    }

    void aRunTakesHardlyAnyMemoryPerItem()
    {
        Pair pair;
        for (int one = 0; one < 100'000; ++one)
            pair.append(1);
        QVERIFY(pair.index.memory() < 100'000 / 2);
        pair.append(8);
        pair.split(50'000);   // too short to be split: nothing happens
        pair.split(pair.model.size() - 1);
        pair.compare();
        QVERIFY(pair.index.memory() < 100'000 / 2);
    }
};

QTEST_GUILESS_MAIN(TestClockIndex)
#include "tst_clockindex.moc"
