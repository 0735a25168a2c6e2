// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/crdt/any.h"
#include "app/crdt/document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Vector files are read with the engine's own JSON reader because it keeps the order of members, which decides the order
// of formats on the wire.
namespace conformance {

using crdt::Any;

//! One case while it is checked: collects what went wrong.
class Check
{
public:
    //! Fails unless both are equal; \a what names the thing compared.
    void equal(std::string_view what, base::ByteView actual, base::ByteView expected);
    void equal(std::string_view what, const base::Bytes &actual, const base::Bytes &expected)
    {
        equal(what, base::ByteView(actual), base::ByteView(expected));
    }
    void equal(std::string_view what, const Any &actual, const Any &expected);
    void equal(std::string_view what, const std::u16string &actual, const std::u16string &expected);
    void isTrue(std::string_view what, bool condition);
    template <typename T> bool succeeded(std::string_view what, const base::Result<T> &result)
    {
        isTrue(std::string(what) + (result ? "" : ": " + result.error().detail), bool(result));
        return bool(result);
    }
    //! Prefixes the names of what follows.
    void setContext(std::string context) { m_context = std::move(context); }

    const std::vector<std::string> &failures() const { return m_failures; }

private:
    void fail(std::string text);

    std::string m_context;
    std::vector<std::string> m_failures;
};

//! Results of one case: format v1 and everything else, and format v2.
struct CaseChecks
{
    Check v1;
    Check v2;
    bool hasV2 = false;
};

const Any &member(const Any &object, std::string_view key);
bool has(const Any &object, std::string_view key);
const Any::Array &list(const Any &value);
const Any::Object &object(const Any &value);
const std::string &text(const Any &value);
double number(const Any &value);
std::uint64_t unsignedNumber(const Any &value);
base::Bytes fromBase64(std::string_view text);
std::string toBase64(base::ByteView bytes);
base::Bytes bytes(const Any &base64);
std::u16string utf16(const Any &value);
//! A value written in the file's notation for what JSON cannot express.
Any plainValue(const Any &written);

//! Opens the case's root types, as the file asks before anything is applied.
void openRoots(crdt::Document &document, const Any &roots);
//! What the file calls a view: each root's text, JSON or XML.
Any viewOf(crdt::Document &document, const Any &roots);
//! Compares a view, treating neighbouring delta pieces with equal attributes as one.
void checkView(Check &check, crdt::Document &document, const Any &roots, const Any &expected);
void applyAll(Check &check, crdt::Document &document, const Any::Array &updates, std::size_t from, std::size_t to);

void checkApply(CaseChecks &checks, const Any &one, crdt::ClientId receiver);
void checkDiff(CaseChecks &checks, const Any &one, crdt::ClientId receiver);
void checkMerge(CaseChecks &checks, const Any &one, crdt::ClientId receiver);
void checkLocal(CaseChecks &checks, const Any &one);
void checkUndo(CaseChecks &checks, const Any &one);
void checkRelativePositions(CaseChecks &checks, const Any &one, crdt::ClientId receiver);
void checkAwareness(CaseChecks &checks, const Any &one);
void checkSync(CaseChecks &checks, const Any &one, crdt::ClientId receiver);
void checkMalformed(CaseChecks &checks, const Any &one);
void checkPrimitives(CaseChecks &checks, const Any &one);
void checkV2(CaseChecks &checks, const Any &one, crdt::ClientId receiver);
void checkRunLengthCodecs(CaseChecks &checks, const Any &one);

} // namespace conformance
