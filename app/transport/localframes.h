// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/channel.h"

#include <QByteArray>

#include <optional>
#include <variant>

namespace transport {

//! Cuts a byte stream into frames: four bytes of length (little endian), then the payload. The top bit of the length
//! marks the closing frame: two bytes of CloseCode, then the text. Pure; the fuzz target's entry.
class LocalFrames
{
public:
    using Item = std::variant<QByteArray, CloseReason>;

    void setMaxFrameSize(qint64 bytes) { m_maxFrameSize = bytes; }
    void append(const QByteArray &bytes);
    //! The next complete item; nullopt: more bytes are needed, or problem() is set.
    std::optional<Item> next();
    //! Set once the stream is beyond repair: TooLarge or Malformed.
    const std::optional<CloseReason> &problem() const { return m_problem; }
    qsizetype bufferedBytes() const { return m_buffer.size() - m_offset; }

    static QByteArray header(qsizetype payloadBytes);
    static QByteArray closingFrame(const CloseReason &reason);

private:
    QByteArray m_buffer;
    qsizetype m_offset = 0;
    qint64 m_maxFrameSize = kMaxFrameBeforeAuth;
    std::optional<CloseReason> m_problem;
};

} // namespace transport
