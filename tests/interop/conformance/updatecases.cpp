// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/conformance/vectorfile.h"

#include "app/base/varint.h"
#include "app/crdt/relativeposition.h"
#include "app/crdt/syncprotocol.h"
#include "app/crdt/update.h"
#include "app/crdt/utf.h"

#include <map>

namespace conformance {

namespace {

void equalResult(Check &check, std::string_view what, const base::Result<base::Bytes> &actual, const Any &expected)
{
    if (check.succeeded(what, actual))
        check.equal(what, *actual, bytes(expected));
}

} // namespace

void checkDiff(CaseChecks &checks, const Any &one, crdt::ClientId client)
{
    Check &check = checks.v1;
    const Any::Array &updates = list(member(one, "updates"));
    const Any &expect = member(one, "expect");
    crdt::Document partly({.client = client});
    crdt::Document full({.client = client});
    openRoots(partly, member(one, "roots"));
    openRoots(full, member(one, "roots"));
    applyAll(check, partly, updates, 0, unsignedNumber(member(one, "have")));
    applyAll(check, full, updates, 0, updates.size());

    const base::Bytes have = partly.encodeStateVector();
    check.equal("svHave", have, bytes(member(expect, "svHave")));
    const auto diff = full.encodeStateAsUpdate(have);
    equalResult(check, "diff", diff, member(expect, "diff"));
    if (diff)
        check.succeeded("apply diff", partly.applyUpdate(*diff));
    check.equal("stateAfterDiff", partly.encodeStateAsUpdate(), bytes(member(expect, "stateAfterDiff")));
    checkView(check, partly, member(one, "roots"), member(expect, "view"));
    const base::Bytes state = full.encodeStateAsUpdate();
    check.equal("fullState", state, bytes(member(expect, "fullState")));
    equalResult(check, "diffUpdateOfFullState", crdt::diffUpdate(state, have), member(expect, "diffUpdateOfFullState"));
    equalResult(check, "svFromFullState", crdt::stateVectorFromUpdate(state), member(expect, "svFromFullState"));
    for (const Any &cut : list(member(expect, "arbitrary"))) {
        const base::Bytes known = bytes(member(cut, "sv"));
        equalResult(check, "arbitrary encodeStateAsUpdate", full.encodeStateAsUpdate(known),
                    member(cut, "encodeStateAsUpdate"));
        equalResult(check, "arbitrary diffUpdate", crdt::diffUpdate(state, known), member(cut, "diffUpdate"));
    }
}

void checkMerge(CaseChecks &checks, const Any &one, crdt::ClientId client)
{
    Check &check = checks.v1;
    const Any &expect = member(one, "expect");
    std::vector<base::Bytes> updates;
    for (const Any &update : list(member(one, "updates")))
        updates.push_back(bytes(update));
    const auto merged = crdt::mergeUpdates(updates);
    if (!check.succeeded("merge", merged))
        return;
    check.equal("merged", *merged, bytes(member(expect, "merged")));
    equalResult(check, "svFromMerged", crdt::stateVectorFromUpdate(*merged), member(expect, "svFromMerged"));

    const auto summary = crdt::inspectUpdate(*merged);
    if (check.succeeded("inspect", summary)) {
        std::map<std::string, std::pair<double, double>> clients;
        for (const crdt::ClockRange &range : summary->structs) {
            const auto [found, isNew] = clients.emplace(std::to_string(range.client), std::pair(range.from, range.to));
            found->second.second = double(range.to);
        }
        Any::Object from;
        Any::Object to;
        for (const auto &[id, range] : clients) {
            from.emplace_back(id, Any(range.first));
            to.emplace_back(id, Any(range.second));
        }
        check.equal("from", Any(std::move(from)), member(expect, "from"));
        check.equal("to", Any(std::move(to)), member(expect, "to"));
    }
    crdt::Document document({.client = client});
    openRoots(document, member(one, "roots"));
    check.succeeded("apply merged", document.applyUpdate(*merged));
    checkView(check, document, member(one, "roots"), member(expect, "view"));
    check.equal("svAfterApply", document.encodeStateVector(), bytes(member(expect, "svAfterApply")));
    check.equal("stateAfterApply", document.encodeStateAsUpdate(), bytes(member(expect, "stateAfterApply")));
    // Incomplete merges may simply end early, which leaves nothing waiting.
    check.isTrue("complete, but something waits", !document.hasPending() || !*member(expect, "complete").get<bool>());
    if (has(expect, "mergedV2")) {
        checks.hasV2 = true;
        equalResult(checks.v2, "mergedV2", crdt::convertUpdateV1ToV2(*merged), member(expect, "mergedV2"));
    }
}

void checkRelativePositions(CaseChecks &checks, const Any &one, crdt::ClientId client)
{
    Check &check = checks.v1;
    const Any::Array &updates = list(member(one, "updates"));
    const Any &expect = member(one, "expect");
    const std::size_t have = unsignedNumber(member(one, "have"));
    crdt::Document document({.client = client});
    crdt::Document empty({.client = client});
    openRoots(document, member(one, "roots"));
    openRoots(empty, member(one, "roots"));
    crdt::Text target = document.text("t");
    applyAll(check, document, updates, 0, have);
    check.equal("textNow", target.toString(), utf16(member(expect, "textNow")));

    const auto asAny = [](std::optional<std::size_t> index) { return index ? Any(double(*index)) : Any(); };
    std::vector<crdt::RelativePosition> positions;
    for (const Any &wanted : list(member(expect, "positions"))) {
        check.setContext("index " + member(wanted, "index").toJson() + " assoc " + member(wanted, "assoc").toJson() + ": ");
        const auto made = crdt::RelativePosition::at(target, unsignedNumber(member(wanted, "index")),
                                                     int(number(member(wanted, "assoc"))));
        check.equal("bytes", made.encode(), bytes(member(wanted, "bytes")));
        check.equal("json", Any::fromJson(made.toJson()).value(), member(wanted, "json"));
        check.equal("now", asAny(made.resolve(document)), member(wanted, "now"));
        const auto decoded = crdt::RelativePosition::decode(bytes(member(wanted, "bytes")));
        if (check.succeeded("decode", decoded)) {
            check.equal("again", decoded->encode(), bytes(member(wanted, "bytes")));
            check.equal("inEmptyDoc", asAny(decoded->resolve(empty)), member(wanted, "inEmptyDoc"));
        }
        const auto parsed = crdt::RelativePosition::fromJson(member(wanted, "json").toJson());
        check.isTrue("from JSON", parsed && *parsed == made);
        positions.push_back(made);
    }
    check.setContext("");
    applyAll(check, document, updates, have, updates.size());
    check.equal("textLater", target.toString(), utf16(member(expect, "textLater")));
    for (std::size_t index = 0; index < positions.size(); ++index)
        check.equal("later " + std::to_string(index), asAny(positions[index].resolve(document)),
                    member(list(member(expect, "positions"))[index], "later"));
}

void checkSync(CaseChecks &checks, const Any &one, crdt::ClientId client)
{
    Check &check = checks.v1;
    const Any::Array &updates = list(member(one, "updates"));
    const Any &expect = member(one, "expect");
    crdt::Document server({.client = client});
    crdt::Document guest({.client = client - 1});
    openRoots(server, member(one, "roots"));
    openRoots(guest, member(one, "roots"));
    applyAll(check, guest, updates, 0, unsignedNumber(member(one, "clientHas")));
    applyAll(check, server, updates, 0, updates.size());

    const Any::Array &messages = list(member(expect, "messages"));
    const auto expected = [&](std::size_t index) { return bytes(member(messages[index], "bytes")); };
    check.equal("client step 1", crdt::encodeSyncStep1(guest), expected(0));
    const auto serverAnswer = crdt::answerSyncMessage(server, expected(0));
    if (check.succeeded("server answers", serverAnswer) && *serverAnswer)
        check.equal("server step 2", **serverAnswer, expected(1));
    check.equal("server step 1", crdt::encodeSyncStep1(server), expected(2));
    check.succeeded("client takes step 2", crdt::answerSyncMessage(guest, expected(1)));
    // The client answers from what it had when it was asked, so the exchange is replayed in the file's order.
    const auto guestAnswer = crdt::answerSyncMessage(guest, expected(2));
    if (check.succeeded("client answers", guestAnswer) && *guestAnswer)
        check.equal("client step 2", **guestAnswer, expected(3));
    for (std::size_t index = 3; index < messages.size(); ++index) {
        crdt::Document &receiver = text(member(messages[index], "from")) == "client" ? server : guest;
        check.succeeded("message " + std::to_string(index), crdt::answerSyncMessage(receiver, expected(index)));
    }
    for (crdt::Document *document : {&server, &guest}) {
        checkView(check, *document, member(one, "roots"), member(expect, "view"));
        check.equal("state", document->encodeStateAsUpdate(), bytes(member(expect, "state")));
    }
}

void checkMalformed(CaseChecks &checks, const Any &one)
{
    int number = 0;
    for (const Any &input : list(member(one, "inputs"))) {
        crdt::Document document({.client = 1});
        const crdt::Text target = document.text("t");
        const base::Bytes empty = document.encodeStateAsUpdate();
        const auto applied = document.applyUpdate(bytes(member(input, "bytes")));
        checks.v1.setContext("input " + std::to_string(number++) + " (" + text(member(input, "what")) + "): ");
        if (text(member(input, "what")) == "truncated")
            checks.v1.isTrue("should be refused", !applied);
        if (!applied)
            checks.v1.equal("refused, but changed", document.encodeStateAsUpdate(), empty);
        if (text(member(input, "library")) == "threw")
            checks.v1.isTrue("the library refuses it", !applied);
        target.toString();
    }
}

namespace {

base::VarInt signedNumber(const std::string &written)
{
    const bool negative = written.starts_with('-');
    return {negative, std::stoull(written.substr(negative ? 1 : 0))};
}

} // namespace

void checkPrimitives(CaseChecks &checks, const Any &one)
{
    Check &check = checks.v1;
    for (const Any &entry : list(member(one, "varUint"))) {
        base::VarWriter out;
        out.varUint(std::stoull(text(member(entry, "v"))));
        check.equal("varuint " + text(member(entry, "v")), out.view(), bytes(member(entry, "bytes")));
        const base::Bytes written = bytes(member(entry, "bytes"));
        base::VarReader in(written);
        check.isTrue("read varuint", in.varUint() == std::stoull(text(member(entry, "v"))) && !in.failed());
    }
    for (const Any &entry : list(member(one, "varInt"))) {
        const base::VarInt value = signedNumber(text(member(entry, "v")));
        base::VarWriter out;
        out.varInt(value);
        const base::Bytes written = bytes(member(entry, "bytes"));
        check.equal("varint " + text(member(entry, "v")), out.view(), written);
        base::VarReader in(written);
        check.isTrue("read varint", in.varInt() == value && !in.failed());
    }
    for (const Any &entry : list(member(one, "varString"))) {
        std::u16string units;
        for (const Any &unit : list(member(entry, "utf16")))
            units.push_back(char16_t(unsignedNumber(unit)));
        base::VarWriter out;
        out.varString(crdt::toUtf8(units));
        check.equal("varstring", out.view(), bytes(member(entry, "bytes")));
    }
    for (const Any &entry : list(member(one, "any"))) {
        const Any value = plainValue(member(entry, "v"));
        check.equal("any " + member(entry, "v").toJson(), value.encode(), bytes(member(entry, "bytes")));
        const auto read = Any::decode(bytes(member(entry, "bytes")));
        if (check.succeeded("read any", read))
            check.equal("any again", read->encode(), bytes(member(entry, "bytes")));
    }
}

} // namespace conformance
