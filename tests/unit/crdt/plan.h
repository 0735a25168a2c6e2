// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/crdt/randomeditor.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace crdttest {

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
    std::size_t below(std::size_t limit) { return m_editor.below(limit); }
    bool chance(unsigned percent) { return m_editor.chance(percent); }
    void send(Participant &from);
    void deliver(Participant &peer);
    void reconnect(Participant &peer);
    void exchange(Participant &a, Participant &b);
    void compareWithLateComers(const base::Bytes &state);

    RandomEditor m_editor;
    PlanKind m_kind;
    crdt::ClientId m_nextClient = 1;
    std::vector<std::unique_ptr<Participant>> m_peers;
    std::vector<base::Bytes> m_all;
};

//! Performs \a rounds plans from \a seed on and prints the seed of the first that fails.
void performPlans(std::uint64_t seed, int rounds, const PlanKind &kind);

} // namespace crdttest
