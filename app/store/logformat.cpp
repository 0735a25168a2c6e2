// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/logformat.h"

#include "app/store/checksum.h"
#include "app/store/updatelog.h"

#include <QtEndian>

#include <algorithm>
#include <optional>

namespace store {

namespace {

constexpr QByteArrayView kMagic = "ALONGLOG";
constexpr quint32 kFormatVersion = 1;
constexpr qsizetype kVersionOffset = 8;
constexpr qsizetype kEpochOffset = 12;
constexpr qsizetype kSaltOffset = 28;
constexpr qsizetype kHeaderCrcOffset = 36;

template <typename T>
T valueAt(QByteArrayView bytes, qsizetype offset)
{
    return qFromLittleEndian<T>(bytes.data() + offset);
}

template <typename T>
void appendValue(QByteArray &out, T value)
{
    const T little = qToLittleEndian(value);
    out.append(reinterpret_cast<const char *>(&little), sizeof little);
}

quint32 recordChecksum(QByteArrayView salt, quint32 length, quint64 sequence, QByteArrayView payload)
{
    QByteArray head;
    appendValue(head, length);
    appendValue(head, sequence);
    return crc32c(payload, crc32c(head, crc32c(salt)));
}

class LogParser
{
public:
    explicit LogParser(QByteArrayView bytes) : m_bytes(bytes) {}

    base::Result<LogContent> run()
    {
        if (auto done = readHeader(); !done)
            return done.unexpected();
        qsizetype at = kLogHeaderBytes;
        while (at < m_bytes.size()) {
            if (const auto end = readRecord(at)) {
                at = *end;
                m_content.bytes = at;
                continue;
            }
            const qsizetype next = findRecord(at + 1);
            if (next < 0) {
                m_content.tornBytes = m_bytes.size() - at;
                break;
            }
            m_content.damagedBytes += next - at;
            at = next;
        }
        m_content.nextSequence = m_last + 1;
        return std::move(m_content);
    }

private:
    base::Result<void> readHeader()
    {
        if (m_bytes.size() < kLogHeaderBytes || !m_bytes.startsWith(kMagic))
            return base::Unexpected(base::ErrorCode::Malformed, "not an update log");
        if (valueAt<quint32>(m_bytes, kVersionOffset) > kFormatVersion)
            return base::Unexpected(base::ErrorCode::VersionMismatch, "update log of a newer version");
        if (valueAt<quint32>(m_bytes, kHeaderCrcOffset) != crc32c(m_bytes.first(kHeaderCrcOffset)))
            return base::Unexpected(base::ErrorCode::Malformed, "update log with a damaged header");
        m_content.epoch = m_bytes.sliced(kEpochOffset, kEpochBytes).toByteArray();
        m_content.salt = m_bytes.sliced(kSaltOffset, kSaltBytes).toByteArray();
        m_content.bytes = kLogHeaderBytes;
        m_budget = 4 * m_bytes.size();
        return {};
    }

    // The payload of a whole record at \a at that may follow what was read so far.
    std::optional<QByteArrayView> recordAt(qsizetype at)
    {
        if (m_bytes.size() - at < kRecordHeaderBytes)
            return std::nullopt;
        const quint32 length = valueAt<quint32>(m_bytes, at);
        const quint64 sequence = valueAt<quint64>(m_bytes, at + 8);
        if (length > kMaxRecordBytes || length > m_bytes.size() - at - kRecordHeaderBytes || sequence <= m_last
            || sequence - m_last > kMaxGap)
            return std::nullopt;
        const QByteArrayView payload = m_bytes.sliced(at + kRecordHeaderBytes, length);
        m_budget -= length;
        if (recordChecksum(m_content.salt, length, sequence, payload) != valueAt<quint32>(m_bytes, at + 4))
            return std::nullopt;
        return payload;
    }

    std::optional<qsizetype> readRecord(qsizetype at)
    {
        const auto payload = recordAt(at);
        if (!payload)
            return std::nullopt;
        m_last = valueAt<quint64>(m_bytes, at + 8);
        m_content.records.append(payload->toByteArray());
        return at + kRecordHeaderBytes + payload->size();
    }

    // After damage: the next place where a whole record begins. Budgeted, as every offset may claim a long record.
    qsizetype findRecord(qsizetype from)
    {
        for (qsizetype at = from; at < m_bytes.size() && m_budget > 0; ++at) {
            if (recordAt(at))
                return at;
        }
        return -1;
    }

    // Sequences before the first record are unknown, since compacting goes on counting.
    static constexpr quint64 kMaxGap = quint64(1) << 48;

    QByteArrayView m_bytes;
    LogContent m_content;
    quint64 m_last = 0;
    qint64 m_budget = 0;
};

} // namespace

QByteArray logHeader(const QByteArray &epoch, const QByteArray &salt)
{
    QByteArray header = kMagic.toByteArray();
    appendValue(header, kFormatVersion);
    header += epoch;
    header += salt;
    appendValue(header, crc32c(header));
    return header;
}

void appendRecord(QByteArray &out, const QByteArray &salt, quint64 sequence, const QByteArray &payload)
{
    const auto length = static_cast<quint32>(payload.size());
    appendValue(out, length);
    appendValue(out, recordChecksum(salt, length, sequence, payload));
    appendValue(out, sequence);
    out += payload;
}

base::Result<LogContent> parseLog(const QByteArray &bytes)
{
    return LogParser(bytes).run();
}

} // namespace store
