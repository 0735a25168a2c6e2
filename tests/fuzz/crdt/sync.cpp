// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/document.h"
#include "app/base/varint.h"
#include "app/crdt/syncprotocol.h"

// A sequence of messages, each with a length in front, to one document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    crdt::Document document({.client = 1, .maxPendingBytes = 4096});
    (void)document.text("t").insert(0, u"here before");
    base::VarReader in(base::ByteView(data, size));
    while (in.remaining() > 0 && !in.failed())
        (void)crdt::answerSyncMessage(document, in.varBytes());
    (void)document.encodeStateAsUpdate();
    return 0;
}
