// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/table.h"

#include <random>

// Makes values of every message type from its description, so that no test has to list them.
namespace support {

class MessageSamples
{
public:
    explicit MessageSamples(quint64 seed) : m_engine(seed) {}

    template <protocol::Described T>
    T make()
    {
        T value;
        std::apply([&](auto... fields) { (fill(value.*(fields.pointer), fields.max, fields.maxEach), ...); }, T::fields());
        return value;
    }

    template <typename T>
    void fill(T &value, qsizetype max, qsizetype maxEach)
    {
        if constexpr (protocol::Described<T>) {
            value = make<T>();
        } else if constexpr (protocol::IsOptional<T>::value) {
            if (pick(2) == 0)
                value.reset();
            else
                fill(value.emplace(), max, maxEach);
        } else if constexpr (std::is_same_v<T, QByteArray>) {
            value.resize(qsizetype(pick(quint64(std::min<qsizetype>(max, 40)) + 1)));
            for (char &byte : value)
                byte = char(pick(256));
        } else if constexpr (std::is_same_v<T, QString>) {
            static const QString alphabet = QStringLiteral("aZ 9é漢\u202e\n");
            for (auto left = pick(quint64(std::min<qsizetype>(max, 20)) + 1); left > 0; --left)
                value += alphabet[qsizetype(pick(quint64(alphabet.size())))];
        } else if constexpr (protocol::IsList<T>::value) {
            for (auto left = pick(quint64(std::min<qsizetype>(max, 3)) + 1); left > 0; --left)
                fill(value.emplace_back(), maxEach, 0);
        } else if constexpr (protocol::IsId<T>::value) {
            std::array<std::uint8_t, T::kSize> bytes;
            for (auto &byte : bytes)
                byte = std::uint8_t(pick(256));
            value = *T::fromBytes(bytes);
        } else if constexpr (std::is_same_v<T, base::WallTime>) {
            value = base::WallTime(std::chrono::milliseconds(qint64(m_engine()) >> 8));
        } else if constexpr (std::is_same_v<T, bool>) {
            value = pick(2) != 0;
        } else if constexpr (std::is_enum_v<T>) {
            value = T(pick(quint64(lastValue(T{})) + 1));
        } else {
            value = T(m_engine());
        }
    }

private:
    quint64 pick(quint64 count) { return m_engine() % count; }

    std::mt19937_64 m_engine;
};

} // namespace support
