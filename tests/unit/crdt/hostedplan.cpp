// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/hostedplan.h"

#include "app/crdt/update.h"
#include "tests/unit/crdt/rounds.h"

#include <QTest>

#include <algorithm>
#include <ctime>

namespace crdttest {

namespace {

constexpr crdt::ClientId kHostClient = 1;

std::vector<crdt::ClockRange> deletesOf(const crdt::Document &document)
{
    const auto summary = crdt::inspectUpdate(document.encodeStateAsUpdate());
    return summary ? summary->deletes : std::vector<crdt::ClockRange>();
}

//! The text as its readers see it: runs of equal formats in any order of their names.
QString formatted(crdt::Document &document)
{
    QString result;
    for (crdt::FormattedRun &run : document.text("t").runs()) {
        std::ranges::sort(run.attributes, {}, [](const auto &attribute) { return attribute.first; });
        result += toQt(run.text);
        for (const auto &[name, value] : run.attributes)
            result += QStringLiteral("[%1=%2]").arg(QString::fromStdString(name), QString::fromStdString(value.toJson()));
    }
    return result;
}

} // namespace

HostedPlan::HostedPlan(std::uint64_t seed, const PlanKind &kind)
    : m_editor(seed), m_kind(kind), m_host(kHostClient, {.formats = kind.formats})
{
    for (int guest = 0; guest < kind.peers; ++guest)
        m_guests.push_back(std::make_unique<Guest>(crdt::ClientId(guest + 1) * 37 % 101 + 2, kind));
}

void HostedPlan::run()
{
    for (int step = 0; step < m_kind.steps && !QTest::currentTestFailed(); ++step) {
        Guest &guest = *m_guests[below(m_guests.size())];
        misfortune(guest);
        m_editor.edit(guest.self);
        sendFresh(guest);
        deliverSome(below(14));
        if (chance(20))
            flushLog();
        if (step % 64 == 0)
            QCOMPARE(toQt(guest.self.mirror->content), toQt(guest.self.document.text("t").slice(0, SIZE_MAX)));
    }
}

void HostedPlan::misfortune(Guest &guest)
{
    if (!guest.isConnected && chance(10)) {
        connect(guest);
    } else if (chance(2)) {
        disconnect(guest);
    } else if (guest.isConnected && chance(5)) {
        disconnect(guest);
        connect(guest);
    } else if (chance(3)) {
        restartHost();
    } else if (chance(1)) {
        deliverAll();
    }
}

void HostedPlan::disconnect(Guest &guest)
{
    guest.isConnected = false;
    guest.toHost.clear();
    guest.toGuest.clear();
    std::erase_if(m_unstored, [&](const auto &one) { return one.first == &guest; });
}

void HostedPlan::connect(Guest &guest)
{
    guest.isConnected = true;
    auto missing = m_host.document.encodeStateAsUpdate(guest.self.document.encodeStateVector());
    QVERIFY(missing);
    guest.toGuest.push_back({std::make_shared<base::Bytes>(std::move(*missing))});
    if (guest.unacknowledged.empty() || chance(50)) {
        guest.toHost = guest.unacknowledged;
        return;
    }
    // Others say all at once what the host lacks, which can be what a third has lost with the host, or even all they have: runs of
    // which the host knows a part.
    const base::Bytes known = chance(20) ? crdt::StateVector().encode() : m_host.document.encodeStateVector();
    auto ours = guest.self.document.encodeStateAsUpdate(known);
    QVERIFY(ours);
    guest.toHost.push_back({std::make_shared<base::Bytes>(std::move(*ours)), guest.sent});
}

void HostedPlan::restartHost()
{
    for (const auto &guest : m_guests)
        disconnect(*guest);
    m_log.resize(m_onDisk);
    std::vector<base::Bytes> kept;
    for (const Shared &update : m_log)
        kept.push_back(*update);
    m_host.log = std::move(kept);
    m_host.fresh.clear();
    QVERIFY(m_host.restart(kHostClient, chance(50)));
    spreadFreshOfHost();
    if (chance(50))
        m_log = {std::make_shared<base::Bytes>(m_host.document.encodeStateAsUpdate())};
    m_onDisk = m_log.size();
    for (const auto &guest : m_guests) {
        if (chance(70))
            connect(*guest);
    }
}

void HostedPlan::flushLog()
{
    m_onDisk = m_log.size();
    for (const auto &[guest, number] : std::exchange(m_unstored, {}))
        guest->toGuest.push_back({nullptr, number});
}

void HostedPlan::sendFresh(Guest &guest)
{
    for (base::Bytes &update : std::exchange(guest.self.fresh, {})) {
        m_all.push_back(update);
        const Parcel parcel{std::make_shared<base::Bytes>(std::move(update)), ++guest.sent};
        guest.unacknowledged.push_back(parcel);
        if (guest.isConnected)
            guest.toHost.push_back(parcel);
    }
}

void HostedPlan::spreadFreshOfHost()
{
    for (base::Bytes &update : std::exchange(m_host.fresh, {})) {
        m_all.push_back(update);
        const auto shared = std::make_shared<base::Bytes>(std::move(update));
        // As the real host: what it says itself is on disk before anybody hears it, for it would never say it again.
        store(shared);
        flushLog();
        relay(shared, nullptr);
    }
}

void HostedPlan::relay(const Shared &update, const Guest *except)
{
    for (const auto &guest : m_guests) {
        if (guest.get() != except && guest->isConnected)
            guest->toGuest.push_back({update});
    }
}

bool HostedPlan::deliverToHost(Guest &guest)
{
    if (guest.toHost.empty())
        return false;
    const Parcel parcel = guest.toHost.front();
    guest.toHost.pop_front();
    if (chance(10))
        guest.toHost.push_back(parcel);
    if (!m_host.apply(*parcel.update, chance(3))) {
        QTest::qFail("the host refuses an update", __FILE__, __LINE__);
        return false;
    }
    store(parcel.update);
    m_unstored.emplace_back(&guest, parcel.number);
    relay(parcel.update, &guest);
    spreadFreshOfHost();
    return true;
}

bool HostedPlan::deliverToGuest(Guest &guest)
{
    if (guest.toGuest.empty())
        return false;
    const Parcel parcel = guest.toGuest.front();
    guest.toGuest.pop_front();
    if (!parcel.update) {
        while (!guest.unacknowledged.empty() && guest.unacknowledged.front().number <= parcel.number)
            guest.unacknowledged.pop_front();
        return true;
    }
    if (chance(10))
        guest.toGuest.push_back(parcel);
    if (!guest.self.apply(*parcel.update, chance(3))) {
        QTest::qFail("a guest refuses an update", __FILE__, __LINE__);
        return false;
    }
    sendFresh(guest);
    return true;
}

void HostedPlan::deliverSome(std::size_t count)
{
    for (; count > 0; --count) {
        Guest &guest = *m_guests[below(m_guests.size())];
        (void)(chance(40) ? deliverToHost(guest) : deliverToGuest(guest));
    }
}

void HostedPlan::deliverAll()
{
    for (bool isQuiet = false; !isQuiet && !QTest::currentTestFailed();) {
        isQuiet = true;
        for (const auto &guest : m_guests) {
            while (deliverToHost(*guest))
                isQuiet = false;
            while (deliverToGuest(*guest))
                isQuiet = false;
        }
        flushLog();
    }
}

void HostedPlan::settle()
{
    for (const auto &guest : m_guests) {
        disconnect(*guest);
        connect(*guest);
    }
    deliverAll();
    deliverAll();
    for (const auto &guest : m_guests)
        QVERIFY(guest->unacknowledged.empty());
}

void HostedPlan::compareWithHost(crdt::Document &document)
{
    crdt::Document &host = m_host.document;
    QCOMPARE(toQt(document.text("t").toString()), toQt(host.text("t").toString()));
    QCOMPARE(formatted(document), formatted(host));
    QVERIFY(document.map("m").keys() == host.map("m").keys());
    for (const std::string &key : host.map("m").keys())
        QVERIFY(document.map("m").get(key) == host.map("m").get(key));
    QVERIFY(document.array("a").values() == host.array("a").values());
    QVERIFY(document.stateVector() == host.stateVector());
    QVERIFY(deletesOf(document) == deletesOf(host));
    QVERIFY(!document.hasPending());
}

void HostedPlan::compare()
{
    QVERIFY(!m_host.document.hasPending());
    for (const auto &guest : m_guests) {
        compareWithHost(guest->self.document);
        QCOMPARE(toQt(guest->self.mirror->content), toQt(guest->self.document.text("t").slice(0, SIZE_MAX)));
    }
    QCOMPARE(m_editor.ledger().complaint(m_host.document.text("t")), QString());
    compareWithLateComers();
}

void HostedPlan::compareWithLateComers()
{
    crdt::Document joiner({.client = 1001});
    QVERIFY(joiner.applyUpdate(m_host.document.encodeStateAsUpdate()));
    compareWithHost(joiner);

    crdt::Document replayed({.client = 1002});
    for (const Shared &update : m_log)
        QVERIFY(replayed.applyUpdate(*update));
    compareWithHost(replayed);

    std::ranges::shuffle(m_all, m_editor.random());
    const auto merged = crdt::mergeUpdates(m_all);
    QVERIFY(merged);
    crdt::Document once({.client = 1003});
    QVERIFY(once.applyUpdate(*merged));
    compareWithHost(once);
}

void performHostedPlans(std::uint64_t seed, int rounds, const PlanKind &kind)
{
    const std::clock_t begin = std::clock();
    performRounds<HostedPlan>(seed, rounds, kind);
    if (QTest::currentTestFailed())
        return;
    const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
    std::printf("%d plans, %d edits each: %.0f edits/s\n", rounds, kind.steps, rounds * double(kind.steps) / seconds);
}

} // namespace crdttest
