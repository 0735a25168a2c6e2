// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>

namespace crdt {

//! Makes room for \a more elements. A vector left to itself doubles: the first key press after loading a document would
//! take as much memory again as the document.
template <typename Vector>
void makeRoom(Vector &vector, std::size_t more)
{
    constexpr std::size_t kLeast = 16;
    if (vector.capacity() - vector.size() < more)
        vector.reserve(vector.size() + std::max(more, vector.size() / 4 + kLeast));
}

} // namespace crdt
