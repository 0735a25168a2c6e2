// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/undomanager.h"
#include "tests/unit/crdt/crdttools.h"

#include <deque>
#include <optional>
#include <vector>

namespace crdttest {

//! What a plan contains besides text, a map, an array and a bad network.
struct PlanKind
{
    int peers = 5;
    int steps = 400;
    bool undo = false;      //!< everybody undoes and redoes
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

} // namespace crdttest
