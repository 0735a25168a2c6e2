// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/conformance/vectorfile.h"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace {

using namespace conformance;

struct Score
{
    int passed = 0;
    int failed = 0;

    void add(const std::string &id, const char *prefix, const Check &check)
    {
        if (check.failures().empty()) {
            ++passed;
            return;
        }
        ++failed;
        std::printf("%sFAILED %s\n", prefix, id.c_str());
        for (const std::string &failure : check.failures())
            std::printf("  %s\n", failure.c_str());
    }
};

bool checkCase(CaseChecks &checks, const Any &one, crdt::ClientId receiver)
{
    const std::string &kind = text(member(one, "kind"));
    if (kind == "apply") checkApply(checks, one, receiver);
    else if (kind == "diff") checkDiff(checks, one, receiver);
    else if (kind == "merge") checkMerge(checks, one, receiver);
    else if (kind == "local") checkLocal(checks, one);
    else if (kind == "relpos") checkRelativePositions(checks, one, receiver);
    else if (kind == "undo") checkUndo(checks, one);
    else if (kind == "awareness") checkAwareness(checks, one);
    else if (kind == "sync") checkSync(checks, one, receiver);
    else if (kind == "malformed") checkMalformed(checks, one);
    else if (kind == "lib0") checkPrimitives(checks, one);
    else if (kind == "v2") checkV2(checks, one, receiver);
    else if (kind == "lib0rle") checkRunLengthCodecs(checks, one);
    else return false;
    return true;
}

bool checkFile(const char *path, Score &v1, Score &v2)
{
    std::ifstream file(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    const auto parsed = Any::fromJson(content);
    if (!file || !parsed || list(member(*parsed, "cases")).empty()) {
        std::fprintf(stderr, "%s: cannot be read as a vector file\n", path);
        return false;
    }
    for (const Any &one : list(member(*parsed, "cases"))) {
        CaseChecks checks;
        const std::string &id = text(member(one, "id"));
        const std::string &kind = text(member(one, "kind"));
        if (!checkCase(checks, one, unsignedNumber(member(*parsed, "receiverClientID"))))
            checks.v1.isTrue("unknown kind " + kind, false);
        const bool onlyV2 = kind == "v2" || kind == "lib0rle";
        if (!onlyV2)
            v1.add(id, "", checks.v1);
        if (onlyV2 || checks.hasV2)
            v2.add(id, "v2: ", checks.v2);
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: crdt-conformance FILE.json...\n");
        return 2;
    }
    Score v1;
    Score v2;
    bool readable = true;
    for (int index = 1; index < argc; ++index)
        readable = checkFile(argv[index], v1, v2) && readable;
    std::printf("v2: %d passed, %d failed\n", v2.passed, v2.failed);
    std::printf("%d passed, %d failed\n", v1.passed, v1.failed);
    return readable && v1.failed == 0 && v2.failed == 0 ? 0 : 1;
}
