// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/conformance/vectorfile.h"

#include "app/crdt/utf.h"

#include <algorithm>

namespace conformance {

namespace {

// A document whose events are recorded as the file writes them.
struct Receiver
{
    Receiver(const Any &one, crdt::ClientId client, bool open)
        : document({.client = client, .gc = !has(one, "gc") || *member(one, "gc").get<bool>()})
    {
        if (open)
            openRoots(document, member(one, "roots"));
        document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
            emitted.push_back(Any(toBase64(event.update)));
        });
    }

    void observeText(const std::string &root)
    {
        document.text(root).observe([this](std::span<const crdt::TextDelta> delta, crdt::Origin, bool) {
            Any::Array pieces;
            for (const crdt::TextDelta &piece : delta) {
                if (piece.kind == crdt::TextDelta::Kind::Retain)
                    pieces.push_back(Any(Any::Object{{"retain", Any(double(piece.length))}}));
                else if (piece.kind == crdt::TextDelta::Kind::Delete)
                    pieces.push_back(Any(Any::Object{{"delete", Any(double(piece.length))}}));
                else
                    pieces.push_back(Any(Any::Object{{"insert", Any(crdt::toUtf8(piece.text))}}));
            }
            deltas.push_back(Any(std::move(pieces)));
        });
    }

    crdt::Document document;
    Any::Array emitted;
    Any::Array deltas;
};

bool hasTag(const Any &one, std::string_view tag)
{
    return std::ranges::any_of(list(member(one, "tags")), [&](const Any &found) { return text(found) == tag; });
}

void checkRun(Check &check, const Any &one, const Any &run, crdt::ClientId client)
{
    const Any::Array &updates = list(member(one, "updates"));
    const Any &expect = member(one, "expect");
    Receiver receiver(one, client, true);
    if (has(run, "deltas"))
        receiver.observeText("t");
    std::size_t step = 0;
    for (const Any &index : list(member(run, "order"))) {
        receiver.emitted.clear();
        receiver.deltas.clear();
        check.succeeded("apply", receiver.document.applyUpdate(bytes(updates[unsignedNumber(index)])));
        const std::string name = " of step " + std::to_string(step);
        if (has(run, "emitted"))
            check.equal("events" + name, Any(receiver.emitted), list(member(run, "emitted"))[step]);
        if (has(run, "deltas"))
            check.equal("deltas" + name, Any(receiver.deltas), list(member(run, "deltas"))[step]);
        ++step;
    }
    check.equal("state vector", receiver.document.encodeStateVector(), bytes(member(expect, "sv")));
    check.equal("state", receiver.document.encodeStateAsUpdate(),
                bytes(member(has(run, "state") ? run : expect, "state")));
    checkView(check, receiver.document, member(one, "roots"), member(has(run, "view") ? run : expect, "view"));
    check.isTrue("nothing should be pending", !receiver.document.hasPending());
}

void checkPartial(Check &check, const Any &one, crdt::ClientId client)
{
    const Any &partial = member(one, "partial");
    const Any::Array &updates = list(member(one, "updates"));
    Receiver receiver(one, client, true);
    for (const Any &index : list(member(partial, "order")))
        check.succeeded("apply", receiver.document.applyUpdate(bytes(updates[unsignedNumber(index)])));
    checkView(check, receiver.document, member(one, "roots"), member(partial, "view"));
    check.equal("state vector", receiver.document.encodeStateVector(), bytes(member(partial, "sv")));
    check.equal("state", receiver.document.encodeStateAsUpdate(), bytes(member(partial, "state")));
    check.isTrue("pending structs", receiver.document.hasPendingStructs() == *member(partial, "pendingStructs").get<bool>());
    check.isTrue("pending deletes", receiver.document.hasPendingDeletes() == *member(partial, "pendingDeletes").get<bool>());
}

} // namespace

void checkApply(CaseChecks &checks, const Any &one, crdt::ClientId client)
{
    const Any &expect = member(one, "expect");
    int number = 0;
    for (const Any &run : list(member(one, "runs"))) {
        checks.v1.setContext("run " + std::to_string(number++) + ": ");
        checkRun(checks.v1, one, run, client);
    }
    if (has(one, "partial")) {
        checks.v1.setContext("partial: ");
        checkPartial(checks.v1, one, client);
    }
    checks.v1.setContext("");
    const Any::Array &runs = list(member(one, "runs"));
    if (runs.empty())
        return;
    const bool untyped = has(expect, "stateUntyped");
    Receiver receiver(one, client, false);
    Receiver opened(one, client, true);
    for (const Any &index : list(member(runs[0], "order"))) {
        const base::Bytes update = bytes(list(member(one, "updates"))[unsignedNumber(index)]);
        if (untyped)
            checks.v1.succeeded("apply untyped", receiver.document.applyUpdate(update));
        checks.v1.succeeded("apply", opened.document.applyUpdate(update));
    }
    if (untyped)
        checks.v1.equal("untyped state", receiver.document.encodeStateAsUpdate(), bytes(member(expect, "stateUntyped")));
    if (has(expect, "stateV2") && !has(runs[0], "state") && !hasTag(one, "history-dependent-bytes")) {
        checks.hasV2 = true;
        checks.v2.equal("state v2", opened.document.encodeStateAsUpdateV2(), bytes(member(expect, "stateV2")));
        Receiver second(one, client, true);
        checks.v2.succeeded("apply v2", second.document.applyUpdateV2(bytes(member(expect, "stateV2"))));
        checkView(checks.v2, second.document, member(one, "roots"), member(expect, "view"));
        checks.v2.equal("state after v2", second.document.encodeStateVector(), bytes(member(expect, "sv")));
    }
}

} // namespace conformance
