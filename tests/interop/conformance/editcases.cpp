// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/conformance/vectorfile.h"

#include "app/crdt/awareness.h"
#include "app/crdt/undomanager.h"
#include "app/crdt/utf.h"

#include <algorithm>
#include <memory>

namespace conformance {

namespace {

std::vector<Any> values(const Any &written)
{
    std::vector<Any> result;
    for (const Any &value : list(written))
        result.push_back(plainValue(value));
    return result;
}

void perform(Check &check, crdt::Document &document, const Any &step)
{
    const std::string &op = text(member(step, "op"));
    const std::size_t at = unsignedNumber(member(step, "at"));
    const std::size_t length = unsignedNumber(member(step, "len"));
    const Any::Object &attrs = object(member(step, "attrs"));
    const crdt::TextAttributes attributes(attrs.begin(), attrs.end());
    base::Result<void> done = base::Unexpected(base::ErrorCode::Internal, "unknown operation " + op);
    if (op == "insert" && has(step, "attrs"))
        done = document.text("t").insertFormatted(at, utf16(member(step, "text")), attributes);
    else if (op == "insert")
        done = document.text("t").insert(at, utf16(member(step, "text")));
    else if (op == "delete")
        done = document.text("t").remove(at, length);
    else if (op == "format")
        done = document.text("t").format(at, length, attributes);
    else if (op == "embed")
        done = document.text("t").insertEmbed(at, member(step, "value"), attributes);
    else if (op == "set")
        done = document.map("m").set(text(member(step, "key")), plainValue(member(step, "value")));
    else if (op == "unset")
        done = document.map("m").remove(text(member(step, "key")));
    else if (op == "ainsert")
        done = document.array("a").insert(at, values(member(step, "values")));
    else if (op == "apush")
        done = document.array("a").push(values(member(step, "values")));
    else if (op == "adelete")
        done = document.array("a").remove(at, length);
    else if (op == "apply")
        done = document.applyUpdate(bytes(member(step, "update")));
    else if (op == "transact") {
        document.transact({}, [&] {
            for (const Any &inner : list(member(step, "ops")))
                perform(check, document, inner);
        });
        done = {};
    }
    check.succeeded(step.toJson(), done);
}

class StillClock final : public base::Clock
{
public:
    base::Instant now() const override { return {}; }
    base::WallTime wallTime() const override { return {}; }
};

crdt::Origin originOf(const Any &written)
{
    if (written.isNull())
        return {};
    return {text(written) == "tracked" ? 1u : 2u};
}

Any changeView(const crdt::Awareness::Change &change)
{
    const auto ids = [](const std::vector<crdt::ClientId> &clients) {
        Any::Array result;
        for (const crdt::ClientId client : clients)
            result.push_back(Any(double(client)));
        return Any(std::move(result));
    };
    return Any(Any::Object{{"added", ids(change.added)}, {"updated", ids(change.updated)}, {"removed", ids(change.removed)}});
}

} // namespace

void checkLocal(CaseChecks &checks, const Any &one)
{
    Check &check = checks.v1;
    const Any &expect = member(one, "expect");
    crdt::Document document({.client = unsignedNumber(member(one, "clientID"))});
    openRoots(document, member(one, "roots"));
    std::vector<base::Bytes> emitted;
    document.onUpdate([&](const crdt::Document::UpdateEvent &event) {
        if (event.local)
            emitted.push_back(event.update);
    });
    std::vector<std::size_t> own;
    for (const Any &step : list(member(one, "script"))) {
        const std::size_t before = emitted.size();
        perform(check, document, step);
        if (text(member(step, "op")) == "apply")
            emitted.resize(before);   // events of applied updates, clean-up included, are not listed
    }
    const Any::Array &updates = list(member(expect, "updates"));
    check.isTrue("number of updates " + std::to_string(emitted.size()) + " should be " + std::to_string(updates.size()),
                 emitted.size() == updates.size());
    for (std::size_t index = 0; index < std::min(emitted.size(), updates.size()); ++index)
        check.equal("update " + std::to_string(index), emitted[index], bytes(updates[index]));
    checkView(check, document, member(one, "roots"), member(expect, "view"));
    check.equal("state vector", document.encodeStateVector(), bytes(member(expect, "sv")));
    check.equal("state", document.encodeStateAsUpdate(), bytes(member(expect, "state")));
    if (has(expect, "stateV2")) {
        checks.hasV2 = true;
        checks.v2.equal("state v2", document.encodeStateAsUpdateV2(), bytes(member(expect, "stateV2")));
    }
}

void checkUndo(CaseChecks &checks, const Any &one)
{
    Check &check = checks.v1;
    StillClock clock;
    crdt::Document document({.client = unsignedNumber(member(one, "clientID"))});
    crdt::Text target = document.text("t");
    crdt::Map map = document.map("m");
    std::vector<crdt::TypeIndex> scope;
    for (const Any &name : list(member(one, "scope")))
        scope.push_back(text(name) == "m" ? map.type() : target.type());
    crdt::UndoManager::Options options;
    options.clock = &clock;
    const bool isInfinite = member(one, "captureTimeout").get<std::string>();
    options.captureTimeout = isInfinite ? std::chrono::milliseconds::max()
                                        : std::chrono::milliseconds(unsignedNumber(member(one, "captureTimeout")));
    options.trackedOrigins.clear();
    for (const Any &origin : list(member(one, "trackedOrigins")))
        options.trackedOrigins.push_back(originOf(origin));
    crdt::UndoManager manager(document, scope, options);

    int number = 0;
    for (const Any &step : list(member(one, "steps"))) {
        const std::string &op = text(member(step, "op"));
        check.setContext("step " + std::to_string(number++) + " " + op + ": ");
        if (op == "undo")
            manager.undo();
        else if (op == "redo")
            manager.redo();
        else if (op == "stopCapturing")
            manager.stopCapturing();
        else if (op == "remote")
            check.succeeded("apply", document.applyUpdate(bytes(member(step, "update")), {99}));
        else
            document.transact(originOf(member(step, "origin")), [&] { perform(check, document, step); });
        const Any &after = member(step, "after");
        check.equal("text", target.toString(), utf16(member(after, "text")));
        check.equal("map", member(member(viewOf(document, Any(Any::Object{{"m", Any("map")}})), "m"), "json"),
                    member(after, "map"));
        check.equal("undo steps", Any(double(manager.undoSteps())), member(after, "undo"));
        check.equal("redo steps", Any(double(manager.redoSteps())), member(after, "redo"));
    }
    check.setContext("");
    check.equal("state vector", document.encodeStateVector(), bytes(member(member(one, "expect"), "sv")));
}

void checkAwareness(CaseChecks &checks, const Any &one)
{
    Check &check = checks.v1;
    const base::Instant now{};
    const crdt::ClientId own = unsignedNumber(member(one, "clientID"));
    crdt::Awareness awareness(own, now);
    Any events(Any::Object{});
    awareness.observe([&](const crdt::Awareness::Change &different, const crdt::Awareness::Change &touched, crdt::Origin) {
        Any::Object seen;
        if (!different.isEmpty())
            seen.emplace_back("change", changeView(different));
        seen.emplace_back("update", changeView(touched));
        events = Any(std::move(seen));
    });
    int number = 0;
    for (const Any &step : list(member(one, "steps"))) {
        events = Any(Any::Object{});
        const std::string &op = text(member(step, "op"));
        check.setContext("step " + std::to_string(number++) + " " + op + ": ");
        if (op == "apply") {
            check.succeeded("apply", awareness.apply(bytes(member(step, "update")), now));
        } else if (op == "setLocalState") {
            const Any &state = member(step, "state");
            check.succeeded("set", awareness.setLocalState(state.isNull() ? std::nullopt : std::optional(state.toJson()), now));
        } else if (op == "setLocalStateField") {
            check.succeeded("set", awareness.setLocalField(text(member(step, "field")), member(step, "value").toJson(), now));
        } else if (op == "remove") {
            const crdt::ClientId client = unsignedNumber(member(step, "client"));
            awareness.remove(std::span(&client, 1), now);
        }
        Any::Object states;
        for (const crdt::AwarenessEntry &entry : awareness.states())
            states.emplace_back(std::to_string(entry.client), Any::fromJson(*entry.state).value());
        check.equal("states", Any(std::move(states)), member(step, "states"));
        for (const auto &[client, clock] : object(member(step, "clocks"))) {
            const auto known = awareness.clock(std::stoull(client));
            check.equal("clock of " + client, known ? Any(double(*known)) : Any(), clock);
        }
        check.equal("events", events, member(step, "events"));
        if (has(step, "encoded"))
            check.equal("encoded", awareness.encode(std::span(&own, 1)), bytes(member(step, "encoded")));
    }
    check.setContext("");
    // Everybody ever heard of, gone or not.
    std::vector<crdt::ClientId> clients;
    for (const Any &client : list(member(member(one, "expect"), "clients")))
        clients.push_back(unsignedNumber(client));
    check.equal("encodedAll", awareness.encode(clients), bytes(member(member(one, "expect"), "encodedAll")));
}

} // namespace conformance
