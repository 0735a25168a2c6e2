// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/cborreader.h"

#include <QStringDecoder>

namespace protocol {

namespace {

// Skipping what we do not know recurses in Qt; ours never nests deeper than a list of structs in a struct.
constexpr int kMaxSkipDepth = 16;

} // namespace

bool CborReader::fail(base::ErrorCode code, const char *what)
{
    if (m_error.detail.empty())
        m_error = {code, what};
    return false;
}

bool CborReader::enterArray(quint64 *length)
{
    if (!m_reader.isArray() || !m_reader.isLengthKnown())
        return fail(base::ErrorCode::Malformed, "an array of known length is missing");
    *length = m_reader.length();
    // Every element takes at least one byte, so a longer claim is a lie, found before anything is read for it.
    if (*length > quint64(m_size - m_reader.currentOffset()))
        return fail(base::ErrorCode::Malformed, "an array claims more elements than there are bytes");
    return m_reader.enterContainer() || fail(base::ErrorCode::Malformed, "broken array");
}

bool CborReader::leaveArray()
{
    return m_reader.leaveContainer() || fail(base::ErrorCode::Malformed, "an array ends early");
}

bool CborReader::skip()
{
    return m_reader.next(kMaxSkipDepth) || fail(base::ErrorCode::Malformed, "a value that cannot be skipped");
}

bool CborReader::readUnsigned(quint64 *value, quint64 max)
{
    if (!m_reader.isUnsignedInteger())
        return fail(base::ErrorCode::Malformed, "a number is missing");
    *value = m_reader.toUnsignedInteger();
    if (*value > max)
        return fail(base::ErrorCode::Malformed, "a number is outside its range");
    return m_reader.next() || fail(base::ErrorCode::Malformed, "broken number");
}

bool CborReader::readSigned(qint64 *value)
{
    if (m_reader.isUnsignedInteger()) {
        const quint64 number = m_reader.toUnsignedInteger();
        if (number > quint64(std::numeric_limits<qint64>::max()))
            return fail(base::ErrorCode::Malformed, "a number is outside its range");
        *value = qint64(number);
    } else if (m_reader.isNegativeInteger()) {
        const quint64 magnitude = quint64(m_reader.toNegativeInteger());
        if (magnitude > quint64(std::numeric_limits<qint64>::max()) || magnitude == 0)
            return fail(base::ErrorCode::Malformed, "a number is outside its range");
        *value = -qint64(magnitude);
    } else {
        return fail(base::ErrorCode::Malformed, "a number is missing");
    }
    return m_reader.next() || fail(base::ErrorCode::Malformed, "broken number");
}

bool CborReader::readBool(bool *value)
{
    if (!m_reader.isBool())
        return fail(base::ErrorCode::Malformed, "a boolean is missing");
    *value = m_reader.toBool();
    return m_reader.next() || fail(base::ErrorCode::Malformed, "broken boolean");
}

bool CborReader::readBytes(QByteArray *value, qsizetype max)
{
    if (!m_reader.isByteArray() || !m_reader.isLengthKnown())
        return fail(base::ErrorCode::Malformed, "bytes of known length are missing");
    if (m_reader.length() > quint64(max))
        return fail(base::ErrorCode::TooLarge, "bytes above their limit");
    if (m_reader.length() > quint64(m_size - m_reader.currentOffset()))
        return fail(base::ErrorCode::Malformed, "bytes end early");
    const auto chunk = m_reader.readByteArray();
    if (chunk.status != QCborStreamReader::Ok)
        return fail(base::ErrorCode::Malformed, "broken bytes");
    *value = chunk.data;
    // The stream reader wants to be asked once more, to see that there is no further chunk.
    if (m_reader.readByteArray().status != QCborStreamReader::EndOfString)
        return fail(base::ErrorCode::Malformed, "broken bytes");
    return true;
}

bool CborReader::readText(QString *value, qsizetype max)
{
    if (!m_reader.isString() || !m_reader.isLengthKnown())
        return fail(base::ErrorCode::Malformed, "text of known length is missing");
    // At most three UTF-8 bytes per UTF-16 unit.
    if (m_reader.length() > quint64(max) * 3)
        return fail(base::ErrorCode::TooLarge, "text above its limit");
    if (m_reader.length() > quint64(m_size - m_reader.currentOffset()))
        return fail(base::ErrorCode::Malformed, "text ends early");
    const auto chunk = m_reader.readString();
    if (chunk.status != QCborStreamReader::Ok)
        return fail(base::ErrorCode::Malformed, "text is not valid UTF-8");
    *value = chunk.data;
    if (m_reader.readString().status != QCborStreamReader::EndOfString)
        return fail(base::ErrorCode::Malformed, "broken text");
    if (value->size() > max)
        return fail(base::ErrorCode::TooLarge, "text above its limit");
    return true;
}

} // namespace protocol
