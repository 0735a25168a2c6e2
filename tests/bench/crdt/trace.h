// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace bench {

struct Patch
{
    std::size_t position = 0;
    std::size_t removed = 0;
    std::u16string inserted;
};

//! One recorded edit; agent and parents only in concurrent traces.
struct TraceStep
{
    std::vector<Patch> patches;
    std::size_t agent = 0;
    std::vector<std::size_t> parents;
};

struct Trace
{
    std::u16string endContent;
    std::vector<TraceStep> steps;
    bool isConcurrent = false;
};

//! Reads a gzip'd trace of tests/data/traces.
std::optional<Trace> readTrace(const std::string &path);

} // namespace bench
