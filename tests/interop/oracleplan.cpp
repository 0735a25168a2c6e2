// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/oracleplan.h"

#include "app/crdt/update.h"
#include "app/crdt/utf.h"

#include <QTest>

#include <algorithm>
#include <utility>

using conformance::bytes;
using conformance::list;
using conformance::member;
using crdt::Any;
using crdt::TypeKind;

namespace {

const Any &roots()
{
    static const Any kRoots(Any::Object{{"t", Any("text")}, {"m", Any("map")}, {"a", Any("array")}});
    return kRoots;
}

std::string written(const base::Result<base::Bytes> &update)
{
    return update ? conformance::toBase64(*update) : "refused: " + update.error().detail;
}

//! Copying an update sorts the clients of its delete set.
std::string comparable(const base::Bytes &update)
{
    return written(crdt::diffUpdate(update, base::Bytes{0}));
}

std::string comparableV2(const base::Bytes &update)
{
    const auto v1 = crdt::convertUpdateV2ToV1(update);
    return v1 ? comparable(*v1) : written(v1);
}

//! What a document is that gets \a update at once.
base::Bytes essence(const base::Bytes &update)
{
    crdt::Document copy({.client = 1000});
    conformance::openRoots(copy, roots());
    return copy.applyUpdate(update) ? copy.encodeStateAsUpdate() : base::Bytes();
}

void compare(const char *what, std::size_t index, const std::string &mine, const std::string &yjs)
{
    constexpr std::size_t kShown = 120;
    const auto differs = std::size_t(std::ranges::mismatch(mine, yjs).in1 - mine.begin());
    const std::size_t from = std::max<std::size_t>(differs, kShown / 4) - kShown / 4;
    QVERIFY2(mine == yjs, (what + std::to_string(index) + " at " + std::to_string(from) + ": …" + mine.substr(from, kShown)
                           + " should be …" + yjs.substr(from, kShown)).c_str());
}

std::size_t wholePlace(const crdt::Text &text, std::size_t index)
{
    const bool cuts = index < text.length() && crdt::isLowSurrogate(text.slice(index, 1)[0]);
    return cuts ? index - 1 : index;
}

} // namespace

OraclePlan::Peer::Peer(crdt::ClientId client, bool undo) : document({.client = client})
{
    conformance::openRoots(document, roots());
    document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
        if (event.local)
            fresh.push_back(event.update);
    });
    if (undo)
        manager.emplace(document, document.text("t"), crdt::UndoManager::Options{.captureTimeout = {}});
}

OraclePlan::OraclePlan(std::uint64_t seed, const OracleKind &kind) : m_random(seed), m_kind(kind)
{
    for (const crdt::ClientId client : {crdt::ClientId(3), crdt::ClientId(1) << 31, crdt::ClientId(200)}) {
        m_peers.push_back(std::make_unique<Peer>(client, kind.undo));
        m_clients.push_back(Any(double(client)));
    }
    for (int step = 0; step < kind.steps; ++step) {
        const std::size_t peer = below(m_peers.size());
        if (!m_made.empty() && below(2) == 0)
            deliver(peer, below(m_made.size()));
        else if (kind.undo && below(5) == 0)
            takeBack(peer);
        else
            edit(peer);
    }
    // What cleans up formats after a delivery is an update of its own, which has to be delivered as well.
    for (std::size_t done = 0; done < m_made.size(); ++done) {
        for (std::size_t peer = 0; peer < m_peers.size(); ++peer)
            deliver(peer, done);
    }
}

Any OraclePlan::written() const
{
    const crdt::Document &document = m_peers[0]->document;
    const Any v1(Any::Object{{"v1", Any(conformance::toBase64(document.encodeStateAsUpdate()))}});
    const Any v2(Any::Object{{"v2", Any(conformance::toBase64(document.encodeStateAsUpdateV2()))}});
    return Any(Any::Object{{"clients", Any(m_clients)}, {"steps", Any(m_steps)}, {"undo", Any(m_kind.undo)},
                           {"final", Any(Any::Array{v1, v2})}});
}

void OraclePlan::collect(std::size_t peer)
{
    for (base::Bytes &update : std::exchange(m_peers[peer]->fresh, {}))
        m_made.push_back(std::move(update));
}

void OraclePlan::deliver(std::size_t peer, std::size_t index)
{
    Any::Object step{{"p", Any(double(peer))}, {"edit", Any(double(index))}};
    const base::Bytes update = m_made[index];
    const std::size_t how = below(4);
    if (how == 0)
        step.emplace_back("v1", Any(conformance::toBase64(update)));
    if (how == 1)
        step.emplace_back("v2", Any(::written(crdt::convertUpdateV1ToV2(update))));
    m_steps.push_back(Any(std::move(step)));
    QVERIFY(m_peers[peer]->document.applyUpdate(update));
    collect(peer);
}

void OraclePlan::takeBack(std::size_t peer)
{
    const bool isUndo = below(3) > 0;
    (void)(isUndo ? m_peers[peer]->manager->undo() : m_peers[peer]->manager->redo());
    m_steps.push_back(Any(Any::Object{{"p", Any(double(peer))}, {isUndo ? "undo" : "redo", Any(true)}}));
    collect(peer);
}

void OraclePlan::edit(std::size_t peer)
{
    crdt::Document &document = m_peers[peer]->document;
    Any::Array ops;
    document.transact({}, [&] {
        for (std::size_t count = below(4) == 0 ? 3 : 1; count > 0; --count)
            ops.push_back(change(document));
    });
    m_steps.push_back(Any(Any::Object{{"p", Any(double(peer))}, {"ops", Any(std::move(ops))}}));
    collect(peer);
}

std::vector<std::pair<Any, crdt::SharedValue>> OraclePlan::childrenOf(crdt::Document &document, const Place &place)
{
    std::vector<std::pair<Any, crdt::SharedValue>> result;
    if (place.kind == TypeKind::Map) {
        const crdt::Map map(document.engine(), place.index);
        for (const std::string &key : map.keys())
            result.emplace_back(Any(key), *map.get(key));
    } else if (place.kind == TypeKind::Array) {
        for (const crdt::SharedValue &value : crdt::Array(document.engine(), place.index).values())
            result.emplace_back(Any(double(result.size())), value);
    }
    std::erase_if(result, [](const auto &child) { return !std::holds_alternative<crdt::SharedType>(child.second); });
    return result;
}

OraclePlan::Place OraclePlan::somewhere(crdt::Document &document)
{
    Place place;
    switch (below(5)) {
    case 0: place = {TypeKind::Map, document.map("m").type(), "m", {}}; break;
    case 1: place = {TypeKind::Array, document.array("a").type(), "a", {}}; break;
    default: place = {TypeKind::Text, document.text("t").type(), "t", {}};
    }
    while (below(3) > 0) {
        const auto children = childrenOf(document, place);
        if (children.empty())
            break;
        const auto &[step, child] = children[below(children.size())];
        place.kind = std::get<crdt::SharedType>(child).kind;
        place.index = std::get<crdt::SharedType>(child).index;
        place.path.push_back(step);
    }
    return place;
}

Any OraclePlan::change(crdt::Document &document)
{
    const Place place = somewhere(document);
    Any::Object op{{"root", Any(place.root)}, {"path", Any(place.path)}};
    if (place.kind == TypeKind::Map)
        changeMap(crdt::Map(document.engine(), place.index), op);
    else if (place.kind == TypeKind::Array)
        changeArray(crdt::Array(document.engine(), place.index), op);
    else
        changeText(crdt::Text(document.engine(), place.index), op);
    return Any(std::move(op));
}

Any OraclePlan::someValue()
{
    const std::string name(1, char('a' + below(26)));
    const Any::Object members{{"list", Any(Any::Array{Any(1), Any(name)})}, {name, Any()}};
    const Any kinds[] = {Any(), Any(true), Any(double(below(1000)) / 4), Any(-double(below(100'000))), Any(1e300), Any(name),
                         Any("\xf0\x9f\x98\x80 and more"), Any(Any::Array{Any(name), Any(false)}), Any(members)};
    return kinds[below(std::size(kinds))];
}

crdt::TextAttributes OraclePlan::someAttributes()
{
    // No objects: whether two of them are the same mark depends in Yjs on where they came from, see app/crdt/README.md.
    const Any link(std::string(1, char('a' + below(3))));
    crdt::TextAttributes all{{"bold", below(2) == 0 ? Any(true) : Any()}, {"link", below(2) == 0 ? link : Any()}};
    if (below(3) > 0)
        all.erase(all.begin() + std::ptrdiff_t(below(2)));
    return all;
}

void OraclePlan::changeText(crdt::Text text, Any::Object &op)
{
    static const std::string kPieces[] = {"a", "bc", "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80", "long piece of text", ""};
    const std::size_t at = wholePlace(text, below(text.length() + 1));
    const std::size_t end = std::max(at, wholePlace(text, std::min(text.length(), at + below(8))));
    if (m_kind.formats && below(2) == 0) {
        formatText(text, at, end - at, op);
        return;
    }
    const std::size_t removed = below(3) == 0 ? end - at : 0;
    const std::string &inserted = kPieces[below(std::size(kPieces))];
    QVERIFY(text.replace(at, removed, crdt::toUtf16(inserted)));
    op.insert(op.end(), {{"op", Any("text")}, {"at", Any(double(at))}, {"removed", Any(double(removed))}, {"inserted", Any(inserted)}});
}

void OraclePlan::formatText(crdt::Text text, std::size_t at, std::size_t length, Any::Object &op)
{
    const crdt::TextAttributes attributes = someAttributes();
    op.insert(op.end(), {{"at", Any(double(at))}, {"attributes", Any(Any::Object(attributes.begin(), attributes.end()))}});
    switch (below(4)) {
    case 0: {
        const Any image(Any::Object{{"image", Any(std::string(1, char('a' + below(26))))}});
        QVERIFY(text.insertEmbed(at, image, attributes));
        op.insert(op.end(), {{"op", Any("embed")}, {"value", image}});
        break;
    }
    case 1:
        QVERIFY(text.insertFormatted(at, u"fmt", attributes));
        op.insert(op.end(), {{"op", Any("formatted")}, {"inserted", Any("fmt")}});
        break;
    default:
        QVERIFY(text.format(at, length, attributes));
        op.insert(op.end(), {{"op", Any("format")}, {"length", Any(double(length))}});
    }
}

void OraclePlan::changeMap(crdt::Map map, Any::Object &op)
{
    const std::string key(1, char('a' + below(3)));
    op.emplace_back("key", Any(key));
    switch (below(4)) {
    case 0:
        QVERIFY(map.remove(key));
        op.emplace_back("op", Any("unset"));
        break;
    case 1: {
        const auto kind = TypeKind(below(3));
        QVERIFY(map.setType(key, kind));
        op.insert(op.end(), {{"op", Any("settype")}, {"kind", Any(double(kind))}});
        break;
    }
    default: {
        const Any value = someValue();
        QVERIFY(map.set(key, value));
        op.insert(op.end(), {{"op", Any("set")}, {"value", value}});
    }
    }
}

void OraclePlan::changeArray(crdt::Array array, Any::Object &op)
{
    const std::size_t at = below(array.length() + 1);
    op.emplace_back("at", Any(double(at)));
    switch (below(4)) {
    case 0: {
        const std::size_t removed = std::min<std::size_t>(below(3), array.length() - at);
        QVERIFY(array.remove(at, removed));
        op.insert(op.end(), {{"op", Any("adelete")}, {"removed", Any(double(removed))}});
        break;
    }
    case 1: {
        const auto kind = TypeKind(below(3));
        QVERIFY(array.insertType(at, kind));
        op.insert(op.end(), {{"op", Any("ainserttype")}, {"kind", Any(double(kind))}});
        break;
    }
    default: {
        Any::Array values;
        for (std::size_t count = 1 + below(4); count > 0; --count)
            values.push_back(someValue());
        QVERIFY(array.insert(at, values));
        op.insert(op.end(), {{"op", Any("ainsert")}, {"values", Any(std::move(values))}});
    }
    }
}

void OraclePlan::compare(const Any &theirs) const
{
    compareUpdates(theirs);
    if (!QTest::currentTestFailed())
        compareDocuments(theirs);
    if (!QTest::currentTestFailed())
        compareMerged(theirs);
    if (!QTest::currentTestFailed())
        compareJoined(theirs);
}

void OraclePlan::compareUpdates(const Any &theirs) const
{
    const Any::Array &made = list(member(theirs, "made"));
    const Any::Array &madeV2 = list(member(theirs, "madeV2"));
    // Yjs, too, loses a superfluous bit when it converts: its own events in v2 have it.
    const Any::Array &converted = list(member(theirs, "converted"));
    for (std::size_t index = 0; index < std::min(m_made.size(), made.size()); ++index) {
        ::compare("update ", index, comparable(m_made[index]), comparable(bytes(made[index])));
        ::compare("update in v2 ", index, comparable(m_made[index]), comparableV2(bytes(madeV2[index])));
        ::compare("exact update ", index, conformance::toBase64(m_made[index]), conformance::text(made[index]));
        ::compare("exact update in v2 ", index, ::written(crdt::convertUpdateV1ToV2(m_made[index])), conformance::text(converted[index]));
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(made.size(), m_made.size());
    QCOMPARE(madeV2.size(), m_made.size());
}

void OraclePlan::compareDocuments(const Any &theirs) const
{
    for (std::size_t index = 0; index < m_peers.size(); ++index) {
        crdt::Document &document = m_peers[index]->document;
        const std::string &state = conformance::text(list(member(theirs, "states"))[index]);
        const std::string &stateV2 = conformance::text(list(member(theirs, "statesV2"))[index]);
        // Content that undo no longer needs is forgotten here and kept there, so with undo only what others get to see can be equal.
        const auto shown = [this](const base::Bytes &update) { return comparable(m_kind.undo ? essence(update) : update); };
        const auto theirsV1 = crdt::convertUpdateV2ToV1(conformance::fromBase64(stateV2));
        QVERIFY(theirsV1);
        ::compare("state ", index, shown(document.encodeStateAsUpdate()), shown(conformance::fromBase64(state)));
        ::compare("state in v2 ", index, shown(document.encodeStateAsUpdate()), shown(*theirsV1));
        if (!m_kind.undo) {
            ::compare("exact state ", index, conformance::toBase64(document.encodeStateAsUpdate()), state);
            ::compare("exact state in v2 ", index, conformance::toBase64(document.encodeStateAsUpdateV2()), stateV2);
        }
        const auto vector = crdt::StateVector::decode(bytes(list(member(theirs, "vectors"))[index]));
        QVERIFY(vector && *vector == document.stateVector());
        conformance::Check check;
        conformance::checkView(check, document, roots(), list(member(theirs, "views"))[index]);
        QVERIFY2(check.failures().empty(), check.failures().empty() ? "" : check.failures().front().c_str());
    }
}

void OraclePlan::compareMerged(const Any &theirs) const
{
    const auto merged = crdt::mergeUpdates(m_made);
    QVERIFY(merged);
    ::compare("merged ", 0, comparable(*merged), comparable(bytes(member(theirs, "merged"))));
    ::compare("merged in v2 ", 0, comparable(*merged), comparableV2(bytes(member(theirs, "mergedV2"))));
    const auto half = crdt::stateVectorFromUpdate(m_made[m_made.size() / 2]);
    QVERIFY(half);
    const base::Bytes known[] = {m_peers[0]->document.encodeStateVector(), *half};
    for (std::size_t index = 0; index < std::size(known); ++index) {
        const auto diff = crdt::diffUpdate(*merged, known[index]);
        QVERIFY(diff);
        ::compare("difference ", index, comparable(*diff), comparable(bytes(list(member(theirs, "diffs"))[index])));
        ::compare("difference in v2 ", index, comparable(*diff), comparableV2(bytes(list(member(theirs, "diffsV2"))[index])));
    }
}

//! Each side takes the other's documents, in both formats.
void OraclePlan::compareJoined(const Any &theirs) const
{
    crdt::Document v1({.client = 1001});
    crdt::Document v2({.client = 1002});
    QVERIFY(v1.applyUpdate(bytes(list(member(theirs, "states"))[0])));
    QVERIFY(v2.applyUpdateV2(bytes(list(member(theirs, "statesV2"))[0])));
    const std::string joined = comparable(v1.encodeStateAsUpdate());
    ::compare("joined ", 2, comparable(v2.encodeStateAsUpdate()), joined);
    for (std::size_t index = 0; index < 2; ++index)
        ::compare("joined ", index, joined, comparable(bytes(list(member(theirs, "joined"))[index])));
    crdt::Document edits({.client = 1003});
    conformance::openRoots(edits, roots());
    for (const Any &update : list(member(theirs, "madeV2")))
        QVERIFY(edits.applyUpdateV2(bytes(update)));
    ::compare("replayed ", 0, comparable(edits.encodeStateAsUpdate()), comparable(bytes(member(theirs, "replayed"))));
}
