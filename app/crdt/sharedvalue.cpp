// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/engine.h"
#include "app/crdt/utf.h"

namespace crdt {

namespace {

Any jsonValue(base::ByteView text)
{
    const std::string_view view(reinterpret_cast<const char *>(text.data()), text.size());
    if (view == "undefined")
        return Any(Any::Undefined{});
    auto value = Any::fromJson(view);
    return value ? std::move(*value) : Any();
}

} // namespace

SharedValue Engine::sharedValue(const Item &item, std::uint32_t offset) const
{
    if (item.kind() == ContentKind::String) {
        std::u16string unit;
        clients[item.client].text.copyTo(unit, item.content + offset, 1);
        return Any(toUtf8(unit));
    }
    const StoredValue &stored = value(item, offset);
    base::VarReader in(stored.bytes);
    switch (item.kind()) {
    case ContentKind::Any: return Any::read(in);
    case ContentKind::Json: return jsonValue(stored.bytes);
    case ContentKind::Embed: return jsonValue(in.varBytes());
    case ContentKind::Binary: {
        const base::ByteView bytes = in.varBytes();
        return Any(base::Bytes(bytes.begin(), bytes.end()));
    }
    case ContentKind::Type:
        return SharedType{types[stored.type]->kind, TypeIndex{stored.type}, types[stored.type]->name};
    case ContentKind::Doc: {
        const base::ByteView guid = in.varBytes();
        return SubDocument{std::string(reinterpret_cast<const char *>(guid.data()), guid.size()), Any::read(in)};
    }
    default: return Any();
    }
}

ContentKind Engine::encodeValue(const Any &value, base::VarWriter &payload)
{
    if (const auto *bytes = value.get<base::Bytes>()) {
        payload.varBytes(*bytes);
        return ContentKind::Binary;
    }
    payload.varUint(1);
    value.write(payload);
    return ContentKind::Any;
}

} // namespace crdt
