// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/crdt/ledger.h"
#include "tests/unit/crdt/participant.h"

#include <random>

namespace crdttest {

//! Edits documents at random and keeps the ledger of what it did to their texts.
class RandomEditor
{
public:
    explicit RandomEditor(std::uint64_t seed) : m_random(seed) {}

    //! One edit as the participant's kind allows it: typing, removing, formats, values, undo. Failures are QtTest failures.
    void edit(Participant &peer);

    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    bool chance(unsigned percent) { return m_random() % 100 < percent; }
    std::mt19937_64 &random() { return m_random; }
    const Ledger &ledger() const { return m_ledger; }

private:
    void editText(Participant &peer);
    void editValues(Participant &peer);
    void takeBack(Participant &peer);
    std::size_t wholePlace(const crdt::Text &text, std::size_t index) const;

    std::mt19937_64 m_random;
    Ledger m_ledger;
};

} // namespace crdttest
