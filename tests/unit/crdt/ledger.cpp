// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/ledger.h"

#include "app/crdt/relativeposition.h"
#include "app/crdt/update.h"

#include <set>

namespace crdttest {

namespace {

std::optional<crdt::ItemId> nameAt(const crdt::Text &text, std::size_t index)
{
    return crdt::RelativePosition::at(text, index).item;
}

QString written(crdt::ItemId name)
{
    return QStringLiteral("(%1, %2)").arg(name.client).arg(name.clock);
}

} // namespace

Ledger::Unit &Ledger::unit(crdt::ItemId name)
{
    std::vector<Unit> &units = m_units[name.client];
    if (units.size() <= name.clock)
        units.resize(name.clock + 1);
    return units[name.clock];
}

void Ledger::typed(const crdt::Text &text, std::size_t index, std::u16string_view units)
{
    const auto first = units.empty() ? std::nullopt : nameAt(text, index);
    if (!first)
        return;
    for (std::size_t at = 0; at < units.size(); ++at)
        unit({first->client, first->clock + at}) = {units[at], true, false};
}

void Ledger::removed(const crdt::Text &text, std::size_t index, std::size_t length)
{
    for (std::size_t at = index; at < index + length; ++at) {
        if (const auto name = nameAt(text, at))
            unit(*name).isRemoved = true;
    }
}

void Ledger::tookBack(crdt::Document &document, crdt::Text text, base::ByteView update)
{
    const auto summary = crdt::inspectUpdate(update);
    if (!summary)
        return;
    for (const crdt::ClockRange &range : summary->deletes) {
        for (crdt::ClockValue clock = range.from; clock < range.to; ++clock)
            unit({range.client, clock}).isRemoved = true;
    }
    crdt::RelativePosition place;
    for (const crdt::ClockRange &range : summary->structs) {
        for (crdt::ClockValue clock = range.from; clock < range.to; ++clock) {
            // Format marks and values of maps have clocks as well, but stand nowhere in the text.
            place.item = crdt::ItemId{range.client, clock};
            const auto index = place.resolve(document);
            if (index && nameAt(text, *index) == place.item)
                unit(*place.item) = {text.slice(*index, 1).front(), true, false};
        }
    }
}

QString Ledger::complaint(const crdt::Text &text) const
{
    const std::u16string content = text.slice(0, text.length());
    std::set<crdt::ItemId> present;
    for (std::size_t index = 0; index < content.size(); ++index) {
        const auto name = nameAt(text, index);
        if (!name)
            return QStringLiteral("the unit at %1 has no name").arg(index);
        if (!present.insert(*name).second)
            return written(*name) + QStringLiteral(" is there twice");
        const auto client = m_units.find(name->client);
        if (client == m_units.end() || client->second.size() <= name->clock || !client->second[name->clock].isTyped)
            return written(*name) + QStringLiteral(" was never typed");
        const Unit &known = client->second[name->clock];
        if (known.isRemoved)
            return written(*name) + QStringLiteral(" was removed");
        if (known.unit != content[index])
            return written(*name) + QStringLiteral(" is U+%1 and was U+%2").arg(int(content[index]), 4, 16).arg(int(known.unit), 4, 16);
    }
    for (const auto &[client, units] : m_units) {
        for (std::size_t clock = 0; clock < units.size(); ++clock) {
            if (units[clock].isTyped && !units[clock].isRemoved && !present.contains({client, clock}))
                return written({client, clock}) + QStringLiteral(" is lost");
        }
    }
    return {};
}

} // namespace crdttest
