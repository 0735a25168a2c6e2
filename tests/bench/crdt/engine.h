// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/crdt/trace.h"

#include <cstddef>
#include <functional>

// The measurements of the engine itself.
namespace bench {

//! Milliseconds of processor time and bytes; zero where a measurement does not apply.
struct Numbers
{
    double local = 0;     //!< all edits, with an update for each
    double remote = 0;    //!< all those updates, applied to an empty document one by one
    double first = 0;     //!< loading the state and making the text, as the first thing a process does
    double load = 0;      //!< the same again
    double memory = 0;
    double encoded = 0;
};

//! Processor time of this thread that \a work takes.
double milliseconds(const std::function<void()> &work);

//! Sequential and concurrent traces. Says on standard output if the text comes out wrong.
Numbers measureEngine(const Trace &trace);

//! Insertions of one character at the end or at random places; time and memory for \a count of them.
Numbers measureGrowth(std::size_t count, bool random);

} // namespace bench
