// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

// Runs a harness over its kept corpus, each input whole, cut at every byte and with bytes changed, without a fuzzing
// engine: so every compiler's ordinary test run does. Usage: RUNNER FOLDER
int main(int argc, char **argv)
{
    int inputs = 0;
    std::mt19937_64 engine(1);
    for (const auto &entry : std::filesystem::directory_iterator(argc > 1 ? argv[1] : ".")) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::vector<char> content{std::istreambuf_iterator<char>(file), {}};
        std::vector<std::uint8_t> bytes(content.begin(), content.end());
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
        // A copy of exactly the right size lets AddressSanitizer see a read past the end.
        const std::size_t step = bytes.size() / 512 + 1;
        for (std::size_t length = 0; length < bytes.size(); length += step) {
            const std::vector<std::uint8_t> cut(bytes.begin(), bytes.begin() + std::ptrdiff_t(length));
            LLVMFuzzerTestOneInput(cut.data(), cut.size());
        }
        for (int round = 0; round < 200 && !bytes.empty(); ++round) {
            std::vector<std::uint8_t> changed = bytes;
            changed[engine() % changed.size()] = std::uint8_t(engine());
            LLVMFuzzerTestOneInput(changed.data(), changed.size());
        }
        ++inputs;
    }
    std::printf("%d inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
