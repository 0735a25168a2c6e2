// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/undomanager.h"
#include "tests/unit/crdt/crdttools.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <vector>

namespace crdttest {

//! What a plan contains besides text, a map, an array and a bad network.
struct PlanKind
{
    int peers = 5;
    int steps = 400;
    bool undo = false;      //!< everybody undoes and redoes; the ledger is off, because undo brings characters back
    bool formats = false;
    bool offline = false;   //!< the first one hears nothing and is not heard until the end
};

//! One participant of a plan. Everything it applied or made is in its log, from which it can be started again.
struct Participant
{
    Participant(crdt::ClientId client, const PlanKind &kind);

    void listen();
    bool apply(const base::Bytes &update, bool asV2);
    //! A new process: a document made from the log, under another client id.
    bool restart(crdt::ClientId client, bool merging);

    PlanKind kind;
    crdt::Document document;
    std::optional<crdt::UndoManager> manager;
    std::optional<Mirror> mirror;
    std::vector<base::Bytes> log;
    std::vector<base::Bytes> fresh;       //!< made since the plan looked last
    std::deque<base::Bytes> arriving;
};

//! Several participants edit at random over a network that loses, doubles and reorders; some lose their connection, some are
//! started again. The same seed gives the same plan. Failures are QtTest failures.
class Plan
{
public:
    Plan(std::uint64_t seed, const PlanKind &kind);

    void run();
    //! Everybody asks everybody for what is missing, as after a reconnect.
    void settle();
    //! Replicas, a late comer, a replay of all updates in another order and their merge are all the same document; no
    //! character has vanished and none is there twice.
    void compare();

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    bool chance(unsigned percent) { return m_random() % 100 < percent; }
    void edit(Participant &peer);
    void editText(Participant &peer);
    void editValues(Participant &peer);
    void send(Participant &from);
    void deliver(Participant &peer);
    void reconnect(Participant &peer);
    void exchange(Participant &a, Participant &b);
    void compareWithLateComers(const base::Bytes &state);
    void compareWithLedger();

    std::mt19937_64 m_random;
    PlanKind m_kind;
    crdt::ClientId m_nextClient = 1;
    std::vector<std::unique_ptr<Participant>> m_peers;
    std::vector<base::Bytes> m_all;
    char16_t m_nextUnit = 0x3400;       // every character is typed once, so that each can be told from all others
    std::set<char16_t> m_typed;
    std::set<char16_t> m_removed;
};

//! Performs \a rounds plans from \a seed on and prints the seed of the first that fails.
void performPlans(std::uint64_t seed, int rounds, const PlanKind &kind);

} // namespace crdttest
