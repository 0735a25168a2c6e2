// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/plan.h"

#include "app/crdt/update.h"
#include "tests/unit/crdt/rounds.h"

#include <QTest>

#include <algorithm>
#include <utility>

namespace crdttest {

namespace {

//! Equal for documents with the same content: what is kept for undo is left out.
base::Bytes essence(const crdt::Document &document)
{
    crdt::Document copy({.client = 999});
    return copy.applyUpdate(document.encodeStateAsUpdate()) ? copy.encodeStateAsUpdate() : base::Bytes();
}

} // namespace

Plan::Plan(std::uint64_t seed, const PlanKind &kind) : m_editor(seed), m_kind(kind)
{
    for (int peer = 0; peer < kind.peers; ++peer)
        m_peers.push_back(std::make_unique<Participant>(m_nextClient++ * 37 % 101, kind));
}

void Plan::run()
{
    for (int step = 0; step < m_kind.steps && !QTest::currentTestFailed(); ++step) {
        const std::size_t number = below(m_peers.size());
        Participant &peer = *m_peers[number];
        const bool isAway = m_kind.offline && number == 0;
        if (!isAway && chance(2))
            reconnect(peer);
        else if (!isAway && chance(5))
            peer.arriving.clear();
        else if (chance(3))
            QVERIFY(peer.restart(m_nextClient++ * 37 % 10'007 + 200, chance(50)));
        else if (chance(1))
            std::ranges::for_each(m_peers, [this](const auto &each) {
                while (!each->arriving.empty())
                    deliver(*each);
            });
        else if (chance(40))
            deliver(peer);
        else {
            m_editor.edit(peer);
            send(peer);
        }
        QCOMPARE(peer.mirror->content, peer.document.text("t").slice(0, peer.document.text("t").length()));
    }
}

void Plan::send(Participant &from)
{
    for (const base::Bytes &update : std::exchange(from.fresh, {})) {
        m_all.push_back(update);
        for (const auto &to : m_peers) {
            const bool isAway = m_kind.offline && (&from == m_peers[0].get() || to == m_peers[0]);
            if (to.get() == &from || isAway || chance(8))
                continue;
            to->arriving.push_back(update);
            if (chance(10))
                to->arriving.push_back(update);
        }
    }
}

void Plan::deliver(Participant &peer)
{
    if (peer.arriving.empty())
        return;
    const std::size_t index = below(std::min<std::size_t>(peer.arriving.size(), 6));
    const base::Bytes update = peer.arriving[index];
    peer.arriving.erase(peer.arriving.begin() + std::ptrdiff_t(index));
    QVERIFY(peer.apply(update, chance(10)));
    send(peer);
}

void Plan::reconnect(Participant &peer)
{
    const std::size_t first = m_kind.offline ? 1 : 0;
    Participant &other = *m_peers[first + below(m_peers.size() - first)];
    if (&other != &peer)
        exchange(peer, other);
}

void Plan::exchange(Participant &a, Participant &b)
{
    for (const auto &[from, to] : {std::pair(&a, &b), std::pair(&b, &a)}) {
        // Some send all they have: runs of which the other knows a part.
        const auto missing = chance(30) ? from->document.encodeStateAsUpdate()
                                        : from->document.encodeStateAsUpdate(to->document.encodeStateVector());
        QVERIFY(missing);
        QVERIFY(to->apply(*missing, chance(30)));
        send(*to);
    }
}

void Plan::settle()
{
    for (int round = 0; round < 3; ++round) {
        for (std::size_t peer = 1; peer < m_peers.size(); ++peer)
            exchange(*m_peers[0], *m_peers[peer]);
    }
}

void Plan::compare()
{
    const base::Bytes state = essence(m_peers[0]->document);
    QVERIFY(!state.empty());
    for (const auto &peer : m_peers) {
        crdt::Document &document = peer->document;
        QCOMPARE(toQt(document.text("t").toString()), toQt(m_peers[0]->document.text("t").toString()));
        QVERIFY(document.map("m").keys() == m_peers[0]->document.map("m").keys());
        QVERIFY(document.array("a").values() == m_peers[0]->document.array("a").values());
        QVERIFY(document.stateVector() == m_peers[0]->document.stateVector());
        QVERIFY(!document.hasPending());
        QCOMPARE(toHex(essence(document)), toHex(state));
        if (!m_kind.undo)
            QCOMPARE(toHex(document.encodeStateAsUpdate()), toHex(state));
    }
    compareWithLateComers(state);
    QCOMPARE(m_editor.ledger().complaint(m_peers[0]->document.text("t")), QString());
}

void Plan::compareWithLateComers(const base::Bytes &state)
{
    crdt::Document replayed({.client = 1002});
    std::ranges::shuffle(m_all, m_editor.random());
    for (const base::Bytes &update : m_all)
        QVERIFY(replayed.applyUpdate(update));
    const auto merged = crdt::mergeUpdates(m_all);
    QVERIFY(merged);
    crdt::Document once({.client = 1001});
    QVERIFY(once.applyUpdate(*merged));
    const auto text = m_peers[0]->document.text("t").toString();
    for (crdt::Document *document : {&replayed, &once}) {
        QCOMPARE(toQt(document->text("t").toString()), toQt(text));
        QVERIFY(!document->hasPending());
        // What participants clean up of each other's formats is in no update of this list.
        if (!m_kind.formats)
            QCOMPARE(toHex(essence(*document)), toHex(state));
    }
}

void performPlans(std::uint64_t seed, int rounds, const PlanKind &kind)
{
    performRounds<Plan>(seed, rounds, kind);
}

} // namespace crdttest
