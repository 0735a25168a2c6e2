// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/document.h"
#include "app/crdt/update.h"

#include <cstdlib>

// Decode, apply, encode: what was accepted must come out as something that is accepted and says the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const base::ByteView input(data, size);
    crdt::Document document({.client = 0x70000001});
    crdt::Text text = document.text("t");
    (void)text.insert(0, u"here before");
    const base::Bytes before = document.encodeStateAsUpdate();
    if (!document.applyUpdate(input)) {
        if (document.encodeStateAsUpdate() != before)
            std::abort();
        return 0;
    }
    // Deletes that arrived early may name what is typed here, and then they take effect elsewhere first.
    if (!document.hasPendingDeletes())
        (void)text.insert(text.length(), u"!");
    (void)text.runs();
    const base::Bytes state = document.encodeStateAsUpdate();
    crdt::Document copy({.client = 2});
    if (!copy.applyUpdate(state) || copy.text("t").toString() != text.toString())
        std::abort();
    if (!crdt::mergeUpdates(std::vector<base::Bytes>{state, before}) || !crdt::inspectUpdate(input))
        std::abort();
    return 0;
}
