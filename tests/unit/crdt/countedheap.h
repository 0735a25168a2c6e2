// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

#include <malloc.h>

// Replaces the operators new and delete of the program, so include it in one source only.
namespace crdttest {

struct CountedHeap
{
    std::size_t held = 0;     //!< bytes asked for and not given back
    std::size_t peak = 0;     //!< the most that was held since somebody set it
    std::size_t total = 0;    //!< all that was ever asked for
};

inline CountedHeap heap;

} // namespace crdttest

void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    void *const block = std::malloc(size);
    crdttest::heap.held += block ? malloc_usable_size(block) : 0;
    crdttest::heap.peak = std::max(crdttest::heap.peak, crdttest::heap.held);
    crdttest::heap.total += size;
    return block;
}

void *operator new(std::size_t size)
{
    void *const block = operator new(size, std::nothrow);
    if (!block)
        throw std::bad_alloc();
    return block;
}

void operator delete(void *block) noexcept
{
    crdttest::heap.held -= block ? malloc_usable_size(block) : 0;
    std::free(block);
}

void operator delete(void *block, std::size_t) noexcept { operator delete(block); }
void operator delete(void *block, const std::nothrow_t &) noexcept { operator delete(block); }
