// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/statevector.h"
#include "app/crdt/update.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto vector = crdt::StateVector::decode({data, size});
    if (vector && !(crdt::StateVector::decode(vector->encode()).value() == *vector))
        std::abort();
    static const base::Bytes kUpdate{1, 1, 1, 0, 4, 1, 1, 't', 3, 'a', 'b', 'c', 0};
    if (crdt::diffUpdate(kUpdate, {data, size}).has_value() != vector.has_value())
        std::abort();
    return 0;
}
