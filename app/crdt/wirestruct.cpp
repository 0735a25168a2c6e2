// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/wirestruct.h"

#include "app/crdt/any.h"
#include "app/crdt/growth.h"
#include "app/crdt/update.h"
#include "app/crdt/utf.h"

#include <algorithm>

namespace crdt {

namespace {

constexpr std::uint8_t kOriginBit = 0x80;
constexpr std::uint8_t kRightOriginBit = 0x40;
constexpr std::uint8_t kParentSubBit = 0x20;
constexpr std::uint8_t kKindMask = 0x1f;
constexpr std::uint64_t kLastTypeRef = 6;

std::string_view asText(base::ByteView bytes) { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }

class UpdateReader
{
public:
    UpdateReader(base::ByteView bytes, WireUpdate &out, bool joinGaps) : m_in(bytes), m_out(out), m_joinGaps(joinGaps) {}

    bool read()
    {
        // A section takes at least its struct count, client and clock.
        for (std::size_t left = m_in.count(3); left > 0 && !m_in.failed(); --left)
            readSection();
        if (hasClientTwice())
            m_in.fail();
        readDeletes();
        return !m_in.failed();
    }

private:
    //! Nobody writes that, and what it means would depend on who reads it: Yjs forgets the first section.
    bool hasClientTwice() const
    {
        if (m_out.sections.size() < 2)
            return false;
        std::vector<ClientId> clients;
        clients.reserve(m_out.sections.size());
        for (const WireUpdate::Section &section : m_out.sections)
            clients.push_back(section.client);
        std::ranges::sort(clients);
        return std::ranges::adjacent_find(clients) != clients.end();
    }

    void readSection()
    {
        const std::size_t count = m_in.count(2);
        const ClientId client = m_in.varUint();
        ClockValue clock = m_in.varUint();
        if (m_in.failed())
            return;
        m_out.sections.push_back({client, std::uint32_t(m_out.structs.size()), std::uint32_t(count)});
        // Not reserve(): for a section per struct that would move all structs each time.
        makeRoom(m_out.structs, m_joinGaps ? std::min<std::size_t>(count, 1024) : count);
        for (std::size_t left = count; left > 0 && !m_in.failed(); --left) {
            WireStruct &one = m_out.structs.emplace_back();
            one.client = client;
            one.clock = clock;
            readStruct(one);
            if (one.length == 0 || one.length > kMaxId - clock)
                m_in.fail();
            clock += one.length;
            if (m_joinGaps)
                joinWithPrevious(m_out.sections.back());
        }
    }

    void joinWithPrevious(WireUpdate::Section &section)
    {
        const WireStruct &last = m_out.structs.back();
        if ((last.kind != ContentKind::Gc && last.kind != ContentKind::Skip) || m_out.structs.size() - section.first < 2)
            return;
        WireStruct &before = m_out.structs[m_out.structs.size() - 2];
        if (before.kind != last.kind)
            return;
        before.length += last.length;
        m_out.structs.pop_back();
        --section.count;
    }

    void readStruct(WireStruct &one)
    {
        const std::uint8_t info = m_in.byte();
        one.kind = ContentKind(info & kKindMask);
        if (one.kind == ContentKind::Gc || one.kind == ContentKind::Skip) {
            one.length = m_in.varUint();
            return;
        }
        one.hasOrigin = info & kOriginBit;
        one.hasRightOrigin = info & kRightOriginBit;
        one.hasParentSubHint = info & kParentSubBit;
        if (one.hasOrigin)
            one.origin = readId();
        if (one.hasRightOrigin)
            one.rightOrigin = readId();
        if (!one.hasOrigin && !one.hasRightOrigin)
            readParent(one);
        const std::size_t begin = m_in.position();
        one.length = readContent(one.kind);
        one.content = {std::uint32_t(begin), std::uint32_t(m_in.position() - begin)};
    }

    void readParent(WireStruct &one)
    {
        switch (m_in.varUint()) {
        case 0:
            one.parent = WireStruct::Parent::Item;
            one.origin = readId();
            break;
        case 1:
            one.parent = WireStruct::Parent::Root;
            one.setParentRoot(readString());
            break;
        default: m_in.fail();
        }
        if (one.hasParentSubHint) {
            one.hasParentSub = true;
            one.setParentSub(readString());
        }
    }

    ItemId readId()
    {
        const ClientId client = m_in.varUint();
        return {client, m_in.varUint()};
    }

    base::ByteView readText(std::size_t *units = nullptr)
    {
        const base::ByteView bytes = m_in.varBytes();
        const auto length = utf16Length(bytes);
        if (!length)
            m_in.fail();
        else if (units)
            *units = *length;
        return bytes;
    }

    Slice readString()
    {
        const base::ByteView bytes = readText();
        return {std::uint32_t(m_in.position() - bytes.size()), std::uint32_t(bytes.size())};
    }

    void readJson(bool mayBeUndefined)
    {
        const base::ByteView text = readText();
        if (m_in.failed() || (mayBeUndefined && asText(text) == "undefined"))
            return;
        if (!isJson(asText(text)))
            m_in.fail();
    }

    // Returns the length in units; 0 fails the struct.
    ClockValue readContent(ContentKind kind)
    {
        std::size_t units = 1;
        switch (kind) {
        case ContentKind::Deleted: return m_in.varUint();
        case ContentKind::Json:
            units = m_in.count();
            for (std::size_t left = units; left > 0 && !m_in.failed(); --left)
                readJson(true);
            return units;
        case ContentKind::Binary: m_in.varBytes(); return 1;
        case ContentKind::String: readText(&units); return units;
        case ContentKind::Embed: readJson(false); return 1;
        case ContentKind::Format:
            readText();
            readJson(false);
            return 1;
        case ContentKind::Type: readType(); return 1;
        case ContentKind::Any:
            units = m_in.count();
            for (std::size_t left = units; left > 0 && skipAny(m_in); --left) { }
            return units;
        case ContentKind::Doc:
            readText();
            skipAny(m_in);
            return 1;
        default: m_in.fail(); return 0;
        }
    }

    void readType()
    {
        constexpr std::uint64_t kXmlElement = 3;
        constexpr std::uint64_t kXmlHook = 5;
        const std::uint64_t ref = m_in.varUint();
        if (ref > kLastTypeRef)
            m_in.fail();
        else if (ref == kXmlElement || ref == kXmlHook)
            readText();
    }

    void readDeletes()
    {
        for (std::size_t clients = m_in.count(2); clients > 0 && !m_in.failed(); --clients) {
            const ClientId client = m_in.varUint();
            for (std::size_t left = m_in.count(2); left > 0 && !m_in.failed(); --left) {
                const ClockValue clock = m_in.varUint();
                const ClockValue length = m_in.varUint();
                if (length > kMaxId - clock)
                    m_in.fail();
                else if (length > 0)
                    m_out.deletes.push_back({client, clock, length});
            }
        }
    }

    base::VarReader m_in;
    WireUpdate &m_out;
    bool m_joinGaps;
};

} // namespace

DeleteSet WireUpdate::deleteSet() const
{
    DeleteSet result;
    for (const WireDelete &range : deletes)
        result.add(range.client, range.clock, range.length);
    return result;
}

base::Result<void> decodeUpdate(base::ByteView bytes, WireUpdate &out, bool joinGaps)
{
    out.bytes = bytes;
    out.structs.clear();
    out.sections.clear();
    out.deletes.clear();
    if (bytes.size() > kMaxUpdateBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "update of " + std::to_string(bytes.size()) + " bytes");
    if (!UpdateReader(bytes, out, joinGaps).read())
        return base::Unexpected(base::ErrorCode::Malformed, "update");
    return {};
}

std::size_t utf8Offset(base::ByteView utf8, std::size_t units, bool &insidePair)
{
    insidePair = false;
    std::size_t at = 0;
    while (units > 0 && at < utf8.size()) {
        const std::uint8_t lead = utf8[at];
        at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        insidePair = lead >= 0xf0 && units == 1;
        units -= lead >= 0xf0 && units >= 2 ? 2 : 1;
    }
    return at;
}

void writeContent(base::VarWriter &out, ContentKind kind, base::ByteView content, ClockValue length, ClockValue offset)
{
    if (offset == 0) {
        out.bytes(content);
        return;
    }
    base::VarReader in(content);
    switch (kind) {
    case ContentKind::Deleted: out.varUint(length - offset); break;
    case ContentKind::String: {
        const base::ByteView text = in.varBytes();
        bool insidePair = false;
        const base::ByteView rest = text.subspan(utf8Offset(text, std::size_t(offset), insidePair));
        out.varUint(rest.size() + (insidePair ? 3 : 0));
        if (insidePair)
            writeUtf8(out.extend(3), std::u16string_view(&kReplacement, 1));
        out.bytes(rest);
        break;
    }
    case ContentKind::Json:
    case ContentKind::Any: {
        in.varUint();
        for (ClockValue left = offset; left > 0; --left) {
            if (kind == ContentKind::Any)
                skipAny(in);
            else
                in.varBytes();
        }
        out.varUint(length - offset);
        out.bytes(in.bytes(in.remaining()));
        break;
    }
    default: out.bytes(content);   // one unit: cannot be cut
    }
}

void writeStruct(base::VarWriter &out, const WireUpdate &from, const WireStruct &one, ClockValue offset)
{
    if (one.kind == ContentKind::Gc || one.kind == ContentKind::Skip) {
        out.byte(std::uint8_t(one.kind));
        out.varUint(one.length - offset);
        return;
    }
    const bool hasOrigin = one.hasOrigin || offset > 0;
    out.byte(std::uint8_t(one.kind) | (hasOrigin ? kOriginBit : 0) | (one.hasRightOrigin ? kRightOriginBit : 0)
             | (one.hasParentSub ? kParentSubBit : 0));
    if (hasOrigin) {
        out.varUint(offset > 0 ? one.client : one.origin.client);
        out.varUint(offset > 0 ? one.clock + offset - 1 : one.origin.clock);
    }
    if (one.hasRightOrigin) {
        out.varUint(one.rightOrigin.client);
        out.varUint(one.rightOrigin.clock);
    }
    if (!hasOrigin && !one.hasRightOrigin) {
        out.varUint(one.parent == WireStruct::Parent::Root ? 1 : 0);
        if (one.parent == WireStruct::Parent::Root) {
            out.varBytes(from.view(one.parentRoot()));
        } else {
            out.varUint(one.origin.client);
            out.varUint(one.origin.clock);
        }
        if (one.hasParentSub)
            out.varBytes(from.view(one.parentSub()));
    }
    writeContent(out, one.kind, from.view(one.content), one.length, offset);
}

void SectionWriter::begin(ClientId client, ClockValue clock)
{
    if (m_sections.empty() || m_sections.back().client != client)
        m_sections.push_back({client, clock, 0, m_body.size()});
    ++m_sections.back().count;
}

base::Bytes SectionWriter::finish(const DeleteSet &deletes)
{
    base::VarWriter out;
    out.varUint(m_sections.size());
    for (std::size_t index = 0; index < m_sections.size(); ++index) {
        const Section &section = m_sections[index];
        const std::size_t end = index + 1 < m_sections.size() ? m_sections[index + 1].begin : m_body.size();
        out.varUint(section.count);
        out.varUint(section.client);
        out.varUint(section.clock);
        out.bytes(m_body.view().subspan(section.begin, end - section.begin));
    }
    deletes.write(out);
    return out.take();
}

} // namespace crdt
