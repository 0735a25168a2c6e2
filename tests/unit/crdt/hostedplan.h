// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/crdt/randomeditor.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace crdttest {

//! What people and their host do to a document, in one thread and from one seed: every step is an edit of somebody; around it
//! updates and acknowledgements travel at their own pace, one in ten of them twice; connections fall away and come back
//! (2 and 5 % of the steps), the host starts again from what its log had on disk (3 %), or everything arrives at once (1 %).
//! What was never acknowledged is sent again. Failures are QtTest failures.
class HostedPlan
{
public:
    HostedPlan(std::uint64_t seed, const PlanKind &kind);

    void run();
    //! Everybody connects once more, and everything on its way arrives. Nobody is handed anything beside the protocol.
    void settle();
    //! The host, its guests, a late comer, a replay of the host's log and the merge of all updates are the same document with
    //! nothing waiting, and its text is what the ledger says.
    void compare();

private:
    using Shared = std::shared_ptr<const base::Bytes>;
    using Number = std::uint64_t;

    //! An update, or without one the acknowledgement of all up to the number.
    struct Parcel
    {
        Shared update;
        Number number = 0;
    };
    struct Guest
    {
        Guest(crdt::ClientId client, const PlanKind &kind) : self(client, kind) {}

        Participant self;
        bool isConnected = true;
        Number sent = 0;
        std::deque<Parcel> unacknowledged;
        std::deque<Parcel> toHost;
        std::deque<Parcel> toGuest;
    };

    std::size_t below(std::size_t limit) { return m_editor.below(limit); }
    bool chance(unsigned percent) { return m_editor.chance(percent); }
    void misfortune(Guest &guest);
    void connect(Guest &guest);
    void disconnect(Guest &guest);
    void restartHost();
    void flushLog();
    void deliverSome(std::size_t count);
    void deliverAll();
    bool deliverToHost(Guest &guest);
    bool deliverToGuest(Guest &guest);
    void sendFresh(Guest &guest);
    void spreadFreshOfHost();
    void store(const Shared &update) { m_log.push_back(update); }
    void relay(const Shared &update, const Guest *except);
    void compareWithLateComers();
    void compareWithHost(crdt::Document &document);

    RandomEditor m_editor;
    PlanKind m_kind;
    Participant m_host;
    std::vector<Shared> m_log;
    std::size_t m_onDisk = 0;                                  // of the log; the rest is lost when the host ends
    std::vector<std::pair<Guest *, Number>> m_unstored;        // acknowledged once it is on disk
    std::vector<std::unique_ptr<Guest>> m_guests;
    std::vector<base::Bytes> m_all;
};

//! Performs \a rounds plans from \a seed on, prints the edits per second of processor time, and the seed of the first that fails.
void performHostedPlans(std::uint64_t seed, int rounds, const PlanKind &kind);

} // namespace crdttest
