// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/crdt/trace.h"

#include "app/crdt/any.h"
#include "app/crdt/utf.h"

#include <algorithm>

#include <zlib.h>

namespace bench {

namespace {

using crdt::Any;

std::optional<std::string> readGzip(const std::string &path)
{
    gzFile file = gzopen(path.c_str(), "rb");
    if (!file)
        return std::nullopt;
    std::string content;
    char buffer[65536];
    for (int read = 0; (read = gzread(file, buffer, sizeof buffer)) > 0;)
        content.append(buffer, std::size_t(read));
    gzclose(file);
    return content;
}

const Any *member(const Any &object, std::string_view key)
{
    const auto *members = object.get<Any::Object>();
    if (!members)
        return nullptr;
    const auto found = std::ranges::find(*members, key, &Any::Member::first);
    return found == members->end() ? nullptr : &found->second;
}

std::size_t number(const Any &value) { return value.get<double>() ? std::size_t(*value.get<double>()) : 0; }

} // namespace

std::optional<Trace> readTrace(const std::string &path)
{
    const auto content = readGzip(path);
    const auto parsed = content ? Any::fromJson(*content) : base::Result<Any>(Any());
    if (!content || !parsed || !member(*parsed, "txns"))
        return std::nullopt;
    Trace trace;
    trace.endContent = crdt::toUtf16(*member(*parsed, "endContent")->get<std::string>());
    trace.isConcurrent = member(*parsed, "kind") != nullptr;
    for (const Any &txn : *member(*parsed, "txns")->get<Any::Array>()) {
        TraceStep &step = trace.steps.emplace_back();
        for (const Any &patch : *member(txn, "patches")->get<Any::Array>()) {
            const auto &parts = *patch.get<Any::Array>();
            step.patches.push_back({number(parts[0]), number(parts[1]), crdt::toUtf16(*parts[2].get<std::string>())});
        }
        if (const Any *agent = member(txn, "agent"))
            step.agent = number(*agent);
        if (const Any *parents = member(txn, "parents")) {
            for (const Any &parent : *parents->get<Any::Array>())
                step.parents.push_back(number(parent));
        }
    }
    return trace;
}

} // namespace bench
