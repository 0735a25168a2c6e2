// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/crdt/ids.h"

#include <optional>

namespace crdt {

class Document;

//! The sync part of y-protocols: which message carries what.
struct SyncMessage
{
    enum class Kind : std::uint8_t {
        Step1 = 0,  //!< payload: my state vector
        Step2 = 1,  //!< payload: an update with what you lack
        Update = 2, //!< payload: an update
    };

    Kind kind = Kind::Step1;
    base::ByteView payload; //!< points into the decoded bytes
};

//! Errors: Malformed. Trailing bytes are ignored.
base::Result<SyncMessage> decodeSyncMessage(base::ByteView bytes);
base::Bytes encodeSyncMessage(SyncMessage::Kind kind, base::ByteView payload);

base::Bytes encodeSyncStep1(const Document &document);

//! Takes in one message and returns the answer, if it asks for one.
base::Result<std::optional<base::Bytes>> answerSyncMessage(Document &document, base::ByteView bytes, Origin origin = {});

} // namespace crdt
