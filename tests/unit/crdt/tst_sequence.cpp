// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/sequence.h"
#include "tests/support/seed.h"

#include <QTest>

using namespace crdt;

namespace {

ItemRef addItem(std::vector<Item> &items, std::uint32_t length)
{
    Item item;
    item.length = length;
    item.setKind(ContentKind::String);
    items.push_back(item);
    return ItemRef(items.size() - 1);
}

void compare(const Sequences &sequences, SequenceRef list, const std::vector<Item> &items, const std::vector<ItemRef> &model)
{
    std::uint32_t rank = 0;
    std::uint64_t order = 0;
    ItemRef at = sequences.first(list);
    for (std::size_t index = 0; index < model.size(); ++index) {
        QCOMPARE(at, model[index]);
        QCOMPARE(sequences.previous(at), index > 0 ? model[index - 1] : kNoRef);
        QCOMPARE(sequences.rank(at), rank);
        QVERIFY(index == 0 || sequences.order(at) > order);
        order = sequences.order(at);
        if (items[at].visible() > 0) {
            const auto place = sequences.find(list, rank + items[at].visible() - 1);
            QCOMPARE(place.item, at);
            QCOMPARE(place.offset, items[at].visible() - 1);
        }
        rank += items[at].visible();
        at = sequences.next(at);
    }
    QCOMPARE(at, kNoRef);
    QCOMPARE(sequences.visible(list), rank);
    QCOMPARE(sequences.find(list, rank).item, kNoRef);
    QCOMPARE(sequences.last(list), model.empty() ? kNoRef : model.back());
}

} // namespace

class TestSequence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behavesLikeAPlainVector()
    {
        std::mt19937_64 random(support::seed());
        std::vector<Item> items;
        Sequences sequences(items);
        const SequenceRef list = sequences.create(1);
        const SequenceRef keyed = sequences.create(2, "key");
        QCOMPARE(sequences.key(keyed), std::string("key"));
        std::vector<ItemRef> model;
        for (int round = 0; round < 6; ++round) {
            const bool growing = round % 3 != 2;
            for (int step = 0; step < 1500; ++step) {
                const std::size_t at = random() % (model.size() + 1);
                if (growing || model.empty()) {
                    const ItemRef item = addItem(items, 1 + std::uint32_t(random() % 5));
                    sequences.insertAfter(list, at == 0 ? kNoRef : model[at - 1], item);
                    model.insert(model.begin() + std::ptrdiff_t(at), item);
                } else if (at < model.size()) {
                    sequences.remove(model[at]);
                    model.erase(model.begin() + std::ptrdiff_t(at));
                }
                if (!model.empty() && random() % 4 == 0) {
                    Item &hidden = items[model[random() % model.size()]];
                    const ItemRef ref = ItemRef(&hidden - items.data());
                    sequences.addVisible(ref, 0 - hidden.visible());
                    hidden.deleted = 1;
                }
            }
            compare(sequences, list, items, model);
        }
        while (!model.empty()) {
            sequences.remove(model.back());
            model.pop_back();
        }
        compare(sequences, list, items, model);
    }

    void appendingFillsTheLeaves()
    {
        std::vector<Item> items;
        Sequences sequences(items);
        const SequenceRef list = sequences.create(0);
        ItemRef last = kNoRef;
        std::vector<ItemRef> model;
        for (int index = 0; index < 40'000; ++index) {
            const ItemRef item = addItem(items, 1);
            sequences.insertAfter(list, last, item);
            model.push_back(item);
            last = item;
        }
        compare(sequences, list, items, model);
        QVERIFY(sequences.memory() < std::size_t(40'000) * 12);
        sequences.destroy(list);
        QCOMPARE(sequences.create(3), list);
    }
};

QTEST_GUILESS_MAIN(TestSequence)
#include "tst_sequence.moc"
