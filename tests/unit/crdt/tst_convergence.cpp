// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/update.h"
#include "app/crdt/utf.h"
#include "tests/support/seed.h"
#include "tests/unit/crdt/crdttools.h"
#include "tests/unit/crdt/naivedocument.h"

#include <QTest>

#include <deque>

using namespace crdttest;

namespace {

using Random = std::mt19937_64;

std::size_t below(Random &random, std::size_t limit) { return limit == 0 ? 0 : random() % limit; }

std::u16string someText(Random &random)
{
    static const std::vector<std::u16string> kWords{u"a", u"bc", u"\n", u"\u00e9", u"\u4e2d", u"\U0001F600", u"word ", u"0123456789"};
    std::u16string result;
    for (std::size_t count = 1 + below(random, 3); count > 0; --count)
        result += kWords[below(random, kWords.size())];
    return result;
}

// One participant: an engine, a mirror built from its deltas, and updates on their way to it.
struct Peer
{
    explicit Peer(crdt::ClientId client) : document({.client = client}), text(document.text("t")), mirror(text)
    {
        document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
            if (event.local)
                made.push_back(event.update);
        });
    }

    // An index that is not inside a surrogate pair.
    std::size_t place(Random &random)
    {
        std::size_t index = below(random, text.length() + 1);
        if (index < text.length() && crdt::isLowSurrogate(text.slice(index, 1)[0]))
            --index;
        return index;
    }

    void edit(Random &random)
    {
        const std::size_t from = place(random);
        std::size_t to = from;
        if (below(random, 3) == 0) {
            to = place(random);
            to = std::min(to, from + 12);
            if (to > from && to < text.length() && crdt::isLowSurrogate(text.slice(to, 1)[0]))
                --to;
        }
        const std::size_t removed = to > from ? to - from : 0;
        const auto done = text.replace(from, removed, below(random, 4) == 0 ? std::u16string() : someText(random));
        QVERIFY(done);
    }

    crdt::Document document;
    crdt::Text text;
    Mirror mirror;
    std::vector<base::Bytes> made;
    std::deque<base::Bytes> arriving;
};

class Plan
{
public:
    explicit Plan(std::uint64_t seed) : m_random(seed)
    {
        for (crdt::ClientId client = 0; client < 3; ++client)
            m_peers.push_back(std::make_unique<Peer>(client == 2 ? (std::uint64_t{1} << 40) + 5 : 10 * client + 7));
    }

    void run(int steps)
    {
        for (int step = 0; step < steps; ++step) {
            Peer &peer = *m_peers[below(m_random, m_peers.size())];
            if (below(m_random, 3) == 0 && !peer.arriving.empty())
                deliver(peer);
            else
                edit(peer);
            QCOMPARE(peer.mirror.content, peer.text.toString());
        }
    }

    // Everybody asks everybody for what is missing, as after a reconnect.
    void settle()
    {
        for (int round = 0; round < 2; ++round) {
            for (const auto &to : m_peers) {
                for (const auto &from : m_peers) {
                    const auto missing = from->document.encodeStateAsUpdate(to->document.encodeStateVector());
                    QVERIFY(missing);
                    QVERIFY(to->document.applyUpdate(*missing));
                }
            }
        }
    }

    void compare()
    {
        const base::Bytes state = m_peers[0]->document.encodeStateAsUpdate();
        for (const auto &peer : m_peers) {
            QCOMPARE(peer->text.toString(), m_peers[0]->text.toString());
            QCOMPARE(peer->mirror.content, peer->text.toString());
            QVERIFY(peer->document.stateVector() == m_peers[0]->document.stateVector());
            QCOMPARE(toHex(peer->document.encodeStateAsUpdate()), toHex(state));
            QVERIFY(!peer->document.hasPending());
        }
        compareWithLateComers(state);
    }

private:
    void edit(Peer &peer)
    {
        const std::size_t before = peer.made.size();
        peer.edit(m_random);
        for (std::size_t index = before; index < peer.made.size(); ++index) {
            m_all.push_back(peer.made[index]);
            for (const auto &other : m_peers) {
                if (other.get() == &peer || below(m_random, 10) == 0)
                    continue;   // lost
                other->arriving.push_back(peer.made[index]);
                if (below(m_random, 10) == 0)
                    other->arriving.push_back(peer.made[index]);
            }
        }
    }

    void deliver(Peer &peer)
    {
        const std::size_t index = below(m_random, std::min<std::size_t>(peer.arriving.size(), 4));
        const base::Bytes update = peer.arriving[index];
        peer.arriving.erase(peer.arriving.begin() + std::ptrdiff_t(index));
        QVERIFY(peer.document.applyUpdate(update));
    }

    void compareWithLateComers(const base::Bytes &state)
    {
        const std::u16string text = m_peers[0]->text.toString();
        crdt::Document joiner({.client = 1000});
        QVERIFY(joiner.applyUpdate(state));
        QCOMPARE(joiner.text("t").toString(), text);
        QCOMPARE(toHex(joiner.encodeStateAsUpdate()), toHex(state));

        std::ranges::shuffle(m_all, m_random);
        const auto merged = crdt::mergeUpdates(m_all);
        QVERIFY(merged);
        crdt::Document replayed({.client = 1001});
        QVERIFY(replayed.applyUpdate(*merged));
        QCOMPARE(toHex(replayed.encodeStateAsUpdate()), toHex(state));

        crdt::Document shuffled({.client = 1002});
        NaiveDocument naive;
        for (const base::Bytes &update : m_all) {
            QVERIFY(shuffled.applyUpdate(update));
            naive.applyUpdate(update);
        }
        QCOMPARE(toHex(shuffled.encodeStateAsUpdate()), toHex(state));
        QCOMPARE(naive.text(), text);
        QVERIFY(naive.stateVector() == replayed.stateVector());
        QVERIFY(!naive.hasPending());
    }

    Random m_random;
    std::vector<std::unique_ptr<Peer>> m_peers;
    std::vector<base::Bytes> m_all;
};

} // namespace

class TestConvergence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replicasAgreeWithEachOtherAndWithTheNaiveModel()
    {
        const quint64 seed = support::seed();
        const int rounds = qEnvironmentVariableIsSet("ROUNDS") ? qEnvironmentVariableIntValue("ROUNDS") : 30;
        for (int round = 0; round < rounds; ++round) {
            Plan plan(seed + quint64(round));
            plan.run(120);
            if (!QTest::currentTestFailed()) {
                plan.settle();
                plan.compare();
            }
            if (QTest::currentTestFailed()) {
                std::printf("FAILED WITH SEED=%llu ROUNDS=1\n", static_cast<unsigned long long>(seed + quint64(round)));
                return;
            }
        }
    }

    void manyEditsKeepTheTreeRight()
    {
        Random random(support::seed());
        Peer peer(1);
        std::u16string expected;
        for (int step = 0; step < 4000; ++step) {
            const std::size_t from = below(random, expected.size() + 1);
            const std::size_t removed = std::min(below(random, 4) == 0 ? below(random, 40) : 0, expected.size() - from);
            const std::u16string inserted(1 + below(random, 3), char16_t(u'a' + below(random, 26)));
            QVERIFY(peer.text.replace(from, removed, inserted));
            expected.replace(from, removed, inserted);
        }
        QCOMPARE(peer.text.toString(), expected);
        QCOMPARE(peer.mirror.content, expected);
        crdt::Document copy({.client = 2});
        for (const base::Bytes &update : peer.made)
            QVERIFY(copy.applyUpdate(update));
        QCOMPARE(copy.text("t").toString(), expected);
        QCOMPARE(copy.encodeStateAsUpdate(), peer.document.encodeStateAsUpdate());
    }
};

QTEST_GUILESS_MAIN(TestConvergence)
#include "tst_convergence.moc"
