// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/document.h"
#include "app/crdt/update.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto converted = crdt::convertUpdateV2ToV1({data, size});
    if (!converted)
        return 0;
    if (!crdt::convertUpdateV1ToV2(*converted))
        std::abort();
    crdt::Document document({.client = 1});
    (void)document.applyUpdateV2({data, size});
    (void)document.text("t").toString();
    return 0;
}
