// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/wirelog.h"

#include <QtEndian>

namespace transport {

namespace {

constexpr char kWireLogMagic[] = "ALONGSIDE-WIRELOG 1\n";
// direction, isKept, milliseconds since 1970, size, kept bytes
constexpr qsizetype kWireLogHeaderBytes = 1 + 1 + 8 + 8 + 4;

QByteArray entryHeader(const WireLog::Entry &entry)
{
    QByteArray bytes(kWireLogHeaderBytes, Qt::Uninitialized);
    char *out = bytes.data();
    out[0] = char(entry.direction);
    out[1] = char(entry.isKept);
    qToLittleEndian(qint64(entry.time.time_since_epoch().count()), out + 2);
    qToLittleEndian(entry.size, out + 10);
    qToLittleEndian(quint32(entry.bytes.size()), out + 18);
    return bytes;
}

base::Result<WireLog::Entry> readEntry(QIODevice &device, qint64 *total)
{
    const auto malformed = [] { return base::Unexpected(base::ErrorCode::Malformed, "not a wire log, or cut short"); };
    const QByteArray head = device.read(kWireLogHeaderBytes);
    if (head.size() != kWireLogHeaderBytes || quint8(head[0]) > 1 || quint8(head[1]) > 1)
        return malformed();
    WireLog::Entry entry;
    entry.direction = WireLog::Direction(head[0]);
    entry.isKept = head[1] != 0;
    entry.time = base::WallTime(std::chrono::milliseconds(qFromLittleEndian<qint64>(head.constData() + 2)));
    entry.size = qFromLittleEndian<qint64>(head.constData() + 10);
    const qint64 kept = qFromLittleEndian<quint32>(head.constData() + 18);
    if (entry.size < 0 || kept != (entry.isKept ? entry.size : 0))
        return malformed();
    *total += kept;
    if (kept > kMaxLoggedFrameBytes || *total > kMaxLoggedBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "wire log above its limit");
    entry.bytes = device.read(kept);
    if (entry.bytes.size() != kept)
        return malformed();
    return entry;
}

} // namespace

WireLog::WireLog(const base::Clock &clock, IsSecret isSecret, QObject *parent)
    : QObject(parent), m_clock(clock), m_isSecret(std::move(isSecret))
{
}

void WireLog::record(Direction direction, const QByteArray &frame)
{
    Entry entry{.direction = direction, .time = m_clock.wallTime(), .size = frame.size(), .isKept = true, .bytes = frame};
    // Asked before anything is stored, and "secret" when nobody can tell: a log is mailed around.
    if (!m_isSecret || m_isSecret(frame) || frame.size() > kMaxLoggedFrameBytes) {
        entry.isKept = false;
        entry.bytes.clear();
    }
    m_bytes += entry.bytes.size();
    m_entries.push_back(entry);
    while (qsizetype(m_entries.size()) > kMaxLoggedFrames || m_bytes > kMaxLoggedBytes) {
        m_bytes -= m_entries.front().bytes.size();
        m_entries.pop_front();
    }
    Q_EMIT recorded(entry);
}

QList<WireLog::Entry> WireLog::entries() const
{
    return {m_entries.begin(), m_entries.end()};
}

void WireLog::clear()
{
    m_entries.clear();
    m_bytes = 0;
}

base::Result<void> WireLog::save(QIODevice &device) const
{
    const auto writeAll = [&device](const QByteArray &bytes) { return device.write(bytes) == bytes.size(); };
    bool isWritten = writeAll(kWireLogMagic);
    for (const Entry &entry : m_entries)
        isWritten = isWritten && writeAll(entryHeader(entry)) && writeAll(entry.bytes);
    if (!isWritten)
        return base::Unexpected(base::ErrorCode::InputOutput, "writing the wire log: " + device.errorString().toStdString());
    return {};
}

base::Result<QList<WireLog::Entry>> WireLog::load(QIODevice &device)
{
    constexpr qsizetype magicBytes = sizeof kWireLogMagic - 1;
    if (device.read(magicBytes) != QByteArrayView(kWireLogMagic, magicBytes))
        return base::Unexpected(base::ErrorCode::Malformed, "not a wire log");
    QList<Entry> entries;
    qint64 total = 0;
    while (!device.atEnd()) {
        if (entries.size() >= kMaxLoggedFrames)
            return base::Unexpected(base::ErrorCode::TooMany, "wire log with too many frames");
        auto entry = readEntry(device, &total);
        if (!entry)
            return entry.unexpected();
        entries.push_back(std::move(*entry));
    }
    return entries;
}

} // namespace transport
