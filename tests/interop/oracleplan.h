// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/undomanager.h"
#include "tests/interop/conformance/vectorfile.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <vector>

//! What a plan for the oracle contains besides plain text, values, and types in types.
struct OracleKind
{
    int steps = 150;
    bool formats = false;
    bool undo = false;
};

//! A random plan as the engine performed it, written down for yjs/oracle.cjs, and compared with what Yjs made of it. Failures are
//! QtTest failures.
class OraclePlan
{
public:
    OraclePlan(std::uint64_t seed, const OracleKind &kind);

    crdt::Any written() const;
    //! \a isExact: a Yjs that writes delete sets in a fixed order, so that all bytes must be the same.
    void compare(const crdt::Any &theirs) const;

private:
    using Any = crdt::Any;

    struct Peer
    {
        Peer(crdt::ClientId client, bool undo);

        crdt::Document document;
        std::optional<crdt::UndoManager> manager;
        std::vector<base::Bytes> fresh;
    };
    //! A type somewhere in a document, and the way there.
    struct Place
    {
        crdt::TypeKind kind = crdt::TypeKind::Untyped;
        crdt::TypeIndex index{};
        std::string root;
        Any::Array path;
    };

    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    void edit(std::size_t peer);
    void takeBack(std::size_t peer);
    void deliver(std::size_t peer, std::size_t index);
    void collect(std::size_t peer);
    Place somewhere(crdt::Document &document);
    std::vector<std::pair<Any, crdt::SharedValue>> childrenOf(crdt::Document &document, const Place &place);
    Any change(crdt::Document &document);
    void changeText(crdt::Text text, Any::Object &op);
    void formatText(crdt::Text text, std::size_t at, std::size_t length, Any::Object &op);
    void changeMap(crdt::Map map, Any::Object &op);
    void changeArray(crdt::Array array, Any::Object &op);
    Any someValue();
    crdt::TextAttributes someAttributes();
    void compareUpdates(const Any &theirs) const;
    void compareDocuments(const Any &theirs) const;
    void compareMerged(const Any &theirs) const;
    void compareJoined(const Any &theirs) const;

    std::mt19937_64 m_random;
    OracleKind m_kind;
    std::vector<std::unique_ptr<Peer>> m_peers;
    Any::Array m_clients;
    Any::Array m_steps;
    std::vector<base::Bytes> m_made;
};
