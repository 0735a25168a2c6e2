// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/codec.h"

#include "app/protocol/cborreader.h"

#include <QCborStreamWriter>

#include <map>
#include <string_view>

namespace protocol {

namespace {

template <typename T>
void writeValue(QCborStreamWriter &writer, const T &value);

template <Described T>
void writeStruct(QCborStreamWriter &writer, const T &value)
{
    writer.startArray(std::tuple_size_v<decltype(T::fields())>);
    std::apply([&](auto... fields) { (writeValue(writer, value.*(fields.pointer)), ...); }, T::fields());
    writer.endArray();
}

template <typename T>
void writeValue(QCborStreamWriter &writer, const T &value)
{
    if constexpr (Described<T>) {
        writeStruct(writer, value);
    } else if constexpr (IsOptional<T>::value) {
        if (value)
            writeValue(writer, *value);
        else
            writer.appendNull();
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        writer.append(value);
    } else if constexpr (std::is_same_v<T, QString>) {
        writer.append(QStringView(value));
    } else if constexpr (IsList<T>::value) {
        writer.startArray(quint64(value.size()));
        for (const auto &element : value)
            writeValue(writer, element);
        writer.endArray();
    } else if constexpr (IsId<T>::value) {
        const auto bytes = value.bytes();
        writer.appendByteString(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
    } else if constexpr (std::is_same_v<T, base::WallTime>) {
        writer.append(qint64(value.time_since_epoch().count()));
    } else if constexpr (std::is_same_v<T, bool>) {
        writer.append(value);
    } else if constexpr (std::is_enum_v<T>) {
        writer.append(quint64(value));
    } else if constexpr (std::is_unsigned_v<T>) {
        writer.append(quint64(value));
    } else {
        static_assert(std::is_same_v<T, qint64>, "no wire form for this type");
        writer.append(value);
    }
}

struct TypeRow
{
    std::string_view name;
    bool (*read)(CborReader &, AnyMessage *);
};

template <typename T>
constexpr std::string_view typeName()
{
    // "… [with T = protocol::OpenDocument; …]" (GCC) or "… [T = protocol::OpenDocument]" (Clang)
    constexpr std::string_view function = __PRETTY_FUNCTION__;
    constexpr std::string_view prefix = "T = protocol::";
    constexpr auto begin = function.find(prefix) + prefix.size();
    constexpr auto end = function.find_first_of(";]", begin);
    return function.substr(begin, end - begin);
}

const std::map<Tag, TypeRow> &typeTable()
{
    static const std::map<Tag, TypeRow> table = [] {
        std::map<Tag, TypeRow> rows;
        Messages::forEach([&]<typename T>() {
            rows[T::tag] = {typeName<T>(), [](CborReader &reader, AnyMessage *message) {
                                return reader.readStruct(&message->emplace<T>());
                            }};
        });
        return rows;
    }();
    return table;
}

} // namespace

template <Message T>
QByteArray encode(const T &message, quint32 call)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startArray(3);
    writer.append(quint64(T::tag));
    writer.append(quint64(call));
    writeStruct(writer, message);
    writer.endArray();
    return bytes;
}

namespace {

// Instantiates encode() for every row of the table; without it only this file could use the template.
template <typename... Types>
auto encodersOf(MessageList<Types...>)
{
    return std::tuple(static_cast<QByteArray (*)(const Types &, quint32)>(&encode<Types>)...);
}
[[gnu::used]] const auto kEncoders = encodersOf(Messages{});

} // namespace

base::Result<Frame> decode(const QByteArray &bytes)
{
    CborReader reader(bytes);
    Frame frame;
    quint64 length = 0;
    quint64 tag = 0;
    quint64 call = 0;
    if (!reader.enterArray(&length) || !reader.readUnsigned(&tag, std::numeric_limits<quint16>::max())
        || !reader.readUnsigned(&call, std::numeric_limits<quint32>::max()))
        return base::Unexpected(reader.error());
    if (length != 3)
        return base::Unexpected(base::ErrorCode::Malformed, "a frame has three parts");
    frame.tag = Tag(tag);
    frame.call = quint32(call);
    const auto row = typeTable().find(frame.tag);
    if (row == typeTable().end()) {
        if (!reader.skip())
            return base::Unexpected(reader.error());
    } else if (AnyMessage message; row->second.read(reader, &message)) {
        frame.message = std::move(message);
    } else {
        return base::Unexpected(reader.error());
    }
    if (!reader.leaveArray())
        return base::Unexpected(reader.error());
    if (!reader.isAtEnd())
        return base::Unexpected(base::ErrorCode::Malformed, "bytes after the frame");
    return frame;
}

const char *nameOf(Tag tag)
{
    static const std::map<Tag, std::string> names = [] {
        std::map<Tag, std::string> all;
        for (const auto &[key, row] : typeTable())
            all[key] = std::string(row.name);
        return all;
    }();
    const auto found = names.find(tag);
    return found == names.end() ? "unknown message" : found->second.c_str();
}

} // namespace protocol
