// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/crdt/participant.h"

#include "app/crdt/update.h"

#include <algorithm>
#include <utility>

namespace crdttest {

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

} // namespace crdttest
