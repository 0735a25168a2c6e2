// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/document.h"
#include "app/crdt/relativeposition.h"

#include <cstdlib>

// The first byte chooses the encoding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const base::ByteView rest(data + 1, size - 1);
    const auto position = data[0] & 1
        ? crdt::RelativePosition::fromJson({reinterpret_cast<const char *>(rest.data()), rest.size()})
        : crdt::RelativePosition::decode(rest);
    if (!position)
        return 0;
    crdt::Document document({.client = 1});
    (void)document.text("t").insert(0, u"some text");
    (void)document.text("t").remove(2, 3);
    const auto index = position->resolve(document);
    if (index && *index > document.text("t").length() + 1)
        std::abort();
    return crdt::RelativePosition::decode(position->encode()) ? 0 : (std::abort(), 1);
}
