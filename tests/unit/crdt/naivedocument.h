// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/statevector.h"
#include "app/crdt/wirestruct.h"

#include <optional>
#include <string>
#include <vector>

namespace crdttest {

//! The simplest text that follows the rules: one record per unit in a plain vector, everything found by searching. It
//! integrates as early as it can and knows nothing of runs, merging or garbage. The reference the engine is held against.
class NaiveDocument
{
public:
    void applyUpdate(const base::Bytes &update);
    std::u16string text() const;
    crdt::StateVector stateVector() const;
    bool hasPending() const { return !m_waiting.empty() || !m_waitingDeletes.empty(); }

private:
    struct Unit
    {
        crdt::ItemId id;
        std::optional<crdt::ItemId> origin;
        std::optional<crdt::ItemId> rightOrigin;
        char16_t value = 0;
        bool deleted = false;      // also units whose content was already gone when they came
    };

    bool has(const std::optional<crdt::ItemId> &id) const;
    std::size_t indexOf(const crdt::ItemId &id) const;
    bool tryIntegrate(const Unit &unit);
    void settle();

    std::vector<Unit> m_units;
    std::vector<Unit> m_waiting;
    std::vector<crdt::ItemId> m_waitingDeletes;
    crdt::StateVector m_state;
};

} // namespace crdttest
