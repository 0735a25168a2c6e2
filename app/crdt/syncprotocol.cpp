// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/syncprotocol.h"

#include "app/base/varint.h"
#include "app/crdt/document.h"

namespace crdt {

base::Result<SyncMessage> decodeSyncMessage(base::ByteView bytes)
{
    base::VarReader in(bytes);
    const std::uint64_t kind = in.varUint();
    SyncMessage message{SyncMessage::Kind(kind & 3), in.varBytes()};
    if (in.failed() || kind > std::uint64_t(SyncMessage::Kind::Update))
        return base::Unexpected(base::ErrorCode::Malformed, "sync message");
    return message;
}

base::Bytes encodeSyncMessage(SyncMessage::Kind kind, base::ByteView payload)
{
    base::VarWriter out;
    out.varUint(std::uint64_t(kind));
    out.varBytes(payload);
    return out.take();
}

base::Bytes encodeSyncStep1(const Document &document)
{
    return encodeSyncMessage(SyncMessage::Kind::Step1, document.encodeStateVector());
}

base::Result<std::optional<base::Bytes>> answerSyncMessage(Document &document, base::ByteView bytes, Origin origin)
{
    const auto message = decodeSyncMessage(bytes);
    if (!message)
        return message.unexpected();
    if (message->kind == SyncMessage::Kind::Step1) {
        const auto missing = document.encodeStateAsUpdate(message->payload);
        if (!missing)
            return missing.unexpected();
        return std::optional(encodeSyncMessage(SyncMessage::Kind::Step2, *missing));
    }
    if (const auto applied = document.applyUpdate(message->payload, origin); !applied)
        return applied.unexpected();
    return std::optional<base::Bytes>();
}

} // namespace crdt
