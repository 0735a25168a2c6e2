// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/localframes.h"

#include <QtEndian>

#include <algorithm>

namespace transport {

namespace {

constexpr qsizetype kLocalHeaderBytes = 4;
constexpr quint32 kClosingBit = 0x80000000U;

} // namespace

void LocalFrames::append(const QByteArray &bytes)
{
    if (m_problem)
        return;
    // Consumed bytes are dropped here and not in next(), so that a burst of small frames is not moved once per frame.
    if (m_offset > 0) {
        m_buffer.remove(0, m_offset);
        m_offset = 0;
    }
    m_buffer += bytes;
}

std::optional<LocalFrames::Item> LocalFrames::next()
{
    if (m_problem || bufferedBytes() < kLocalHeaderBytes)
        return std::nullopt;
    const quint32 word = qFromLittleEndian<quint32>(m_buffer.constData() + m_offset);
    const bool isClosing = (word & kClosingBit) != 0;
    const qint64 size = word & ~kClosingBit;
    if (isClosing ? size < 2 || size > 2 + kMaxCloseTextBytes : size > m_maxFrameSize) {
        m_problem = CloseReason{isClosing ? CloseCode::Malformed : CloseCode::TooLarge,
                                isClosing ? QStringLiteral("impossible closing frame") : QStringLiteral("frame above the limit"),
                                false};
        m_buffer.clear();
        m_offset = 0;
        return std::nullopt;
    }
    if (bufferedBytes() < kLocalHeaderBytes + size)
        return std::nullopt;
    const QByteArray payload = m_buffer.mid(m_offset + kLocalHeaderBytes, size);
    m_offset += kLocalHeaderBytes + size;
    if (m_offset == m_buffer.size()) {
        m_buffer.clear();
        m_offset = 0;
    }
    if (!isClosing)
        return Item(payload);
    const quint16 code = qFromLittleEndian<quint16>(payload.constData());
    // A code that we do not know comes from a later version; its text still says what happened.
    const bool isKnown = code <= quint16(lastValue(CloseCode{})) && code != quint16(CloseCode::Lost);
    return Item(CloseReason{isKnown ? CloseCode(code) : CloseCode::Normal,
                            cleanCloseText(QString::fromUtf8(QByteArrayView(payload).sliced(2))), true});
}

QByteArray LocalFrames::header(qsizetype payloadBytes)
{
    QByteArray bytes(kLocalHeaderBytes, Qt::Uninitialized);
    qToLittleEndian(quint32(payloadBytes), bytes.data());
    return bytes;
}

QByteArray LocalFrames::closingFrame(const CloseReason &reason)
{
    QByteArray payload(2, Qt::Uninitialized);
    qToLittleEndian(quint16(reason.code), payload.data());
    payload += cleanCloseText(reason.text).toUtf8();
    QByteArray frame(kLocalHeaderBytes, Qt::Uninitialized);
    qToLittleEndian(quint32(payload.size()) | kClosingBit, frame.data());
    return frame + payload;
}

} // namespace transport
