// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/conformance/vectorfile.h"

#include "app/crdt/columns.h"
#include "app/crdt/update.h"

namespace conformance {

namespace {

template <typename Writer, typename Reader, typename Value>
void checkCodec(Check &check, const char *name, const Any &entries, Value &&valueOf)
{
    int index = 0;
    for (const Any &entry : list(entries)) {
        check.setContext(std::string(name) + " " + std::to_string(index++) + ": ");
        Writer writer;
        for (const Any &value : list(member(entry, "values")))
            writer.write(valueOf(value));
        const base::Bytes written = bytes(member(entry, "bytes"));
        check.equal("written", writer.take(), written);
        Reader reader{base::ByteView(written)};
        for (const Any &value : list(member(entry, "values")))
            check.isTrue("read", reader.read() == valueOf(value) && !reader.failed());
    }
}

} // namespace

void checkV2(CaseChecks &checks, const Any &one, crdt::ClientId client)
{
    Check &check = checks.v2;
    const Any::Array &pairs = list(member(one, "pairs"));
    crdt::Document document({.client = client});
    openRoots(document, member(one, "roots"));
    for (const Any &pair : pairs) {
        // Both were written by a document; conversions drop the hint of bit 5, in either direction.
        const auto v2 = crdt::convertUpdateV1ToV2(bytes(member(pair, "v1")));
        const auto back = crdt::convertUpdateV2ToV1(bytes(member(pair, "v2")));
        if (check.succeeded("to v2", v2) && check.succeeded("to v1", back)) {
            const auto again = crdt::convertUpdateV1ToV2(*back);
            check.equal("to v2", *v2, again ? *again : base::Bytes());
        }
        check.succeeded("apply v2", document.applyUpdateV2(bytes(member(pair, "v2"))));
    }
    checkView(check, document, member(one, "roots"), member(member(one, "expect"), "view"));
    const auto v1 = crdt::convertUpdateV2ToV1(bytes(member(pairs[0], "v2")));
    if (check.succeeded("to v1", v1))
        check.equal("to v1", *v1, bytes(member(member(one, "expect"), "convertedV1")));
}

void checkRunLengthCodecs(CaseChecks &checks, const Any &one)
{
    const auto asNumber = [](const Any &value) { return unsignedNumber(value); };
    const auto asByte = [](const Any &value) { return std::uint8_t(unsignedNumber(value)); };
    const auto asText = [](const Any &value) { return text(value); };
    Check &check = checks.v2;
    checkCodec<crdt::UintOptRleWriter, crdt::UintOptRleReader>(check, "uintOptRle", member(one, "uintOptRle"), asNumber);
    checkCodec<crdt::IntDiffOptRleWriter, crdt::IntDiffOptRleReader>(check, "intDiffOptRle", member(one, "intDiffOptRle"),
                                                                    asNumber);
    checkCodec<crdt::RleWriter, crdt::RleReader>(check, "rleUint8", member(one, "rleUint8"), asByte);
    checkCodec<crdt::StringColumnWriter, crdt::StringColumnReader>(check, "strings", member(one, "strings"), asText);
}

} // namespace conformance
