// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/codec.h"

// What decodes must encode to something that decodes to the same: the decoder accepts nothing it does not understand.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto frame = protocol::decode(bytes);
    if (!frame || !frame->message)
        return 0;
    const QByteArray again = std::visit([&](const auto &message) { return protocol::encode(message, frame->call); }, *frame->message);
    const auto second = protocol::decode(again);
    if (!second || second->call != frame->call || second->message != frame->message)
        __builtin_trap();
    return 0;
}
