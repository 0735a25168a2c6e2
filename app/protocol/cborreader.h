// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/field.h"

#include <QCborStreamReader>

#include <limits>

namespace protocol {

//! Reads described structs out of hostile CBOR. Remembers the first failure; after it every read returns false.
class CborReader
{
public:
    explicit CborReader(const QByteArray &bytes) : m_reader(bytes), m_size(bytes.size()) {}

    const base::Error &error() const { return m_error; }

    bool enterArray(quint64 *length);
    bool leaveArray();
    bool skip();
    bool isAtEnd() const { return m_reader.currentOffset() == m_size; }

    bool readUnsigned(quint64 *value, quint64 max);
    bool readSigned(qint64 *value);
    bool readBool(bool *value);
    bool readBytes(QByteArray *value, qsizetype max);
    bool readText(QString *value, qsizetype max);
    bool isNull() const { return m_reader.isNull(); }

    template <typename T>
    bool read(T *value, qsizetype max, qsizetype maxEach);
    template <Described T>
    bool readStruct(T *value);

    bool fail(base::ErrorCode code, const char *what);

private:
    QCborStreamReader m_reader;
    qint64 m_size;
    base::Error m_error;
};

template <Described T>
bool CborReader::readStruct(T *value)
{
    quint64 length = 0;
    if (!enterArray(&length))
        return false;
    const bool known = std::apply(
        [&](auto... fields) {
            quint64 index = 0;
            // A shorter array is an older peer's; its missing fields keep their defaults.
            return ((index++ >= length || read(&(value->*(fields.pointer)), fields.max, fields.maxEach)) && ...);
        },
        T::fields());
    if (!known)
        return false;
    constexpr auto count = std::tuple_size_v<decltype(T::fields())>;
    for (quint64 i = count; i < length; ++i) {
        if (!skip())
            return false;
    }
    return leaveArray();
}

template <typename T>
bool CborReader::read(T *value, qsizetype max, qsizetype maxEach)
{
    if constexpr (Described<T>) {
        return readStruct(value);
    } else if constexpr (IsOptional<T>::value) {
        if (isNull()) {
            value->reset();
            return skip();
        }
        return read(&value->emplace(), max, maxEach);
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        return readBytes(value, max);
    } else if constexpr (std::is_same_v<T, QString>) {
        return readText(value, max);
    } else if constexpr (IsList<T>::value) {
        quint64 length = 0;
        if (!enterArray(&length))
            return false;
        if (length > quint64(max))
            return fail(base::ErrorCode::TooMany, "a list is longer than its limit");
        for (quint64 i = 0; i < length; ++i) {
            if (!read(&value->emplace_back(), maxEach, 0))
                return false;
        }
        return leaveArray();
    } else if constexpr (IsId<T>::value) {
        QByteArray bytes;
        if (!readBytes(&bytes, qsizetype(T::kSize)))
            return false;
        const auto id = T::fromBytes({reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())});
        if (!id)
            return fail(base::ErrorCode::Malformed, "an id has the wrong length");
        *value = *id;
        return true;
    } else if constexpr (std::is_same_v<T, base::WallTime>) {
        qint64 milliseconds = 0;
        if (!readSigned(&milliseconds))
            return false;
        *value = base::WallTime(std::chrono::milliseconds(milliseconds));
        return true;
    } else if constexpr (std::is_same_v<T, bool>) {
        return readBool(value);
    } else if constexpr (std::is_enum_v<T>) {
        quint64 number = 0;
        if (!readUnsigned(&number, quint64(lastValue(T{}))))
            return false;
        *value = T(number);
        return true;
    } else if constexpr (std::is_unsigned_v<T>) {
        quint64 number = 0;
        if (!readUnsigned(&number, std::numeric_limits<T>::max()))
            return false;
        *value = T(number);
        return true;
    } else {
        static_assert(std::is_same_v<T, qint64>, "no wire form for this type");
        return readSigned(value);
    }
}

} // namespace protocol
