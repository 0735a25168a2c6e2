// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/naivedocument.h"

#include "app/crdt/utf.h"

#include <algorithm>
#include <set>

namespace crdttest {

void NaiveDocument::applyUpdate(const base::Bytes &update)
{
    crdt::WireUpdate decoded;
    if (!crdt::decodeUpdate(update, decoded))
        return;
    for (const crdt::WireStruct &one : decoded.structs) {
        std::u16string content;
        if (one.kind == crdt::ContentKind::String) {
            base::VarReader in(decoded.view(one.content));
            crdt::appendUtf16(content, in.varBytes());
        }
        for (std::uint64_t offset = 0; offset < one.length && one.kind != crdt::ContentKind::Skip; ++offset) {
            Unit unit;
            unit.id = {one.client, one.clock + offset};
            if (offset > 0)
                unit.origin = crdt::ItemId{one.client, one.clock + offset - 1};
            else if (one.hasOrigin)
                unit.origin = one.origin;
            if (one.hasRightOrigin)
                unit.rightOrigin = one.rightOrigin;
            unit.deleted = content.empty();
            unit.value = content.empty() ? u' ' : content[offset];
            m_waiting.push_back(unit);
        }
    }
    for (const crdt::WireDelete &range : decoded.deletes) {
        for (std::uint64_t clock = range.clock; clock < range.clock + range.length; ++clock)
            m_waitingDeletes.push_back({range.client, clock});
    }
    settle();
}

void NaiveDocument::settle()
{
    for (bool progress = true; progress;) {
        progress = false;
        std::vector<Unit> still;
        for (const Unit &unit : m_waiting) {
            if (tryIntegrate(unit))
                progress = true;
            else
                still.push_back(unit);
        }
        m_waiting = std::move(still);
    }
    std::erase_if(m_waitingDeletes, [this](const crdt::ItemId &id) {
        if (!has(id))
            return false;
        m_units[indexOf(id)].deleted = true;
        return true;
    });
}

bool NaiveDocument::has(const std::optional<crdt::ItemId> &id) const
{
    return !id || id->clock < m_state.of(id->client);
}

std::size_t NaiveDocument::indexOf(const crdt::ItemId &id) const
{
    return std::size_t(std::ranges::find(m_units, id, &Unit::id) - m_units.begin());
}

bool NaiveDocument::tryIntegrate(const Unit &unit)
{
    if (unit.id.clock < m_state.of(unit.id.client))
        return true;
    if (unit.id.clock > m_state.of(unit.id.client) || !has(unit.origin) || !has(unit.rightOrigin))
        return false;
    const std::size_t begin = unit.origin ? indexOf(*unit.origin) + 1 : 0;
    const std::size_t end = unit.rightOrigin ? indexOf(*unit.rightOrigin) : m_units.size();
    std::size_t position = begin;
    std::set<crdt::ItemId> passed;
    std::set<crdt::ItemId> conflicts;
    for (std::size_t at = begin; at < end; ++at) {
        const Unit &other = m_units[at];
        passed.insert(other.id);
        conflicts.insert(other.id);
        if (other.origin == unit.origin) {
            if (other.id.client < unit.id.client) {
                position = at + 1;
                conflicts.clear();
            } else if (other.rightOrigin == unit.rightOrigin) {
                break;
            }
        } else if (other.origin && passed.contains(*other.origin)) {
            if (!conflicts.contains(*other.origin)) {
                position = at + 1;
                conflicts.clear();
            }
        } else {
            break;
        }
    }
    m_units.insert(m_units.begin() + std::ptrdiff_t(position), unit);
    m_state.set(unit.id.client, unit.id.clock + 1);
    return true;
}

std::u16string NaiveDocument::text() const
{
    std::u16string result;
    for (const Unit &unit : m_units) {
        if (!unit.deleted)
            result.push_back(unit.value);
    }
    return result;
}

crdt::StateVector NaiveDocument::stateVector() const { return m_state; }

} // namespace crdttest
