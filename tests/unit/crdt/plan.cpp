// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/plan.h"

#include "app/crdt/update.h"

#include <QTest>

#include <algorithm>
#include <utility>

namespace crdttest {

namespace {

constexpr char16_t kLastUnit = 0xd7a3;

//! Equal for documents with the same content: what is kept for undo is left out.
base::Bytes essence(const crdt::Document &document)
{
    crdt::Document copy({.client = 999});
    return copy.applyUpdate(document.encodeStateAsUpdate()) ? copy.encodeStateAsUpdate() : base::Bytes();
}

} // namespace

Participant::Participant(crdt::ClientId client, const PlanKind &planKind) : kind(planKind), document({.client = client})
{
    listen();
}

void Participant::listen()
{
    document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
        log.push_back(event.update);
        if (event.local)
            fresh.push_back(event.update);
    });
    mirror.emplace(document.text("t"));
    document.map("m");
    document.array("a");
    if (kind.undo)
        manager.emplace(document, document.text("t"), crdt::UndoManager::Options{.captureTimeout = {}});
}

bool Participant::apply(const base::Bytes &update, bool asV2)
{
    const auto v2 = asV2 ? crdt::convertUpdateV1ToV2(update) : base::Result<base::Bytes>(base::Bytes());
    if (!v2)
        return false;
    return asV2 ? bool(document.applyUpdateV2(*v2)) : bool(document.applyUpdate(update));
}

bool Participant::restart(crdt::ClientId client, bool merging)
{
    manager.reset();
    const std::vector<base::Bytes> kept = std::exchange(log, {});
    arriving.clear();
    document = crdt::Document({.client = client});
    listen();
    if (!merging)
        return std::ranges::all_of(kept, [this](const base::Bytes &update) { return apply(update, false); });
    const auto merged = crdt::mergeUpdates(kept);
    return kept.empty() || (merged && apply(*merged, false));
}

Plan::Plan(std::uint64_t seed, const PlanKind &kind) : m_random(seed), m_kind(kind)
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
        else
            edit(peer);
        QCOMPARE(peer.mirror->content, peer.document.text("t").slice(0, peer.document.text("t").length()));
    }
}

void Plan::edit(Participant &peer)
{
    if (peer.manager && chance(20))
        (void)(chance(60) ? peer.manager->undo() : peer.manager->redo());
    else if (chance(15))
        editValues(peer);
    else
        editText(peer);
    send(peer);
}

void Plan::editText(Participant &peer)
{
    crdt::Text text = peer.document.text("t");
    const std::size_t at = below(text.length() + 1);
    const std::size_t removed = chance(35) ? std::min(below(12), text.length() - at) : 0;
    if (m_kind.formats && chance(30)) {
        const crdt::Any value = chance(50) ? crdt::Any(true) : crdt::Any();
        QVERIFY(text.format(at, std::min(below(9), text.length() - at), {{chance(50) ? "bold" : "mark", value}}));
        return;
    }
    std::u16string inserted;
    for (std::size_t count = chance(25) ? 0 : 1 + below(5); count > 0 && m_nextUnit < kLastUnit; --count)
        inserted.push_back(m_nextUnit++);
    for (const char16_t unit : text.slice(at, removed))
        m_removed.insert(unit);
    m_typed.insert(inserted.begin(), inserted.end());
    QVERIFY(text.replace(at, removed, inserted));
}

void Plan::editValues(Participant &peer)
{
    const std::string key(1, char('a' + below(3)));
    crdt::Array array = peer.document.array("a");
    const std::size_t at = below(array.length() + 1);
    switch (below(4)) {
    case 0: QVERIFY(peer.document.map("m").set(key, crdt::Any(double(below(1000))))); break;
    case 1: QVERIFY(peer.document.map("m").remove(key)); break;
    case 2: QVERIFY(array.insert(at, std::vector<crdt::Any>{crdt::Any(key), crdt::Any(double(below(9)))})); break;
    default: QVERIFY(array.remove(at, std::min<std::size_t>(below(3), array.length() - at)));
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
    if (!m_kind.undo)
        compareWithLedger();
}

void Plan::compareWithLateComers(const base::Bytes &state)
{
    crdt::Document replayed({.client = 1002});
    std::ranges::shuffle(m_all, m_random);
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

void Plan::compareWithLedger()
{
    std::u16string text = m_peers[0]->document.text("t").toString();
    std::ranges::sort(text);
    std::u16string expected;
    std::ranges::set_difference(m_typed, m_removed, std::back_inserter(expected));
    QCOMPARE(toQt(text), toQt(expected));
}

void performPlans(std::uint64_t seed, int rounds, const PlanKind &kind)
{
    for (int round = 0; round < rounds; ++round) {
        Plan plan(seed + std::uint64_t(round), kind);
        plan.run();
        if (!QTest::currentTestFailed())
            plan.settle();
        if (!QTest::currentTestFailed())
            plan.compare();
        if (QTest::currentTestFailed()) {
            std::printf("FAILED WITH SEED=%llu ROUNDS=1\n", static_cast<unsigned long long>(seed + std::uint64_t(round)));
            return;
        }
    }
}

} // namespace crdttest
