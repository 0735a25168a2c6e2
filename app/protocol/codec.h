// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/table.h"

#include <QByteArray>

#include <optional>

namespace protocol {

//! One frame: a message and, for requests and their answers, the number that ties them together (0: none).
struct Frame
{
    quint32 call = 0;
    Tag tag = Tag::Failed;
    std::optional<AnyMessage> message;   //!< empty: a tag this version does not know, to be skipped
};

//! CBOR: [tag, call, [field, field, …]].
template <Message T>
QByteArray encode(const T &message, quint32 call = 0);

//! The only function that distrusts bytes; what it returns keeps every bound of limits.h. Pure, any thread.
//!
//! Fails with Malformed, TooLarge (a field above its limit, before anything is allocated for it), TooMany (a list).
//! Fields that a shorter, older frame lacks keep their defaults; unknown fields at the end are skipped.
base::Result<Frame> decode(const QByteArray &bytes);

//! The message's name for logs, "OpenDocument".
const char *nameOf(Tag tag);

} // namespace protocol
