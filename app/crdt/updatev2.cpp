// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crdt/update.h"

#include "app/crdt/any.h"
#include "app/crdt/columns.h"
#include "app/crdt/document.h"
#include "app/crdt/engine.h"
#include "app/crdt/wirestruct.h"

#include <algorithm>

// Update format v2 is v1 with each kind of field in a column of its own. It is read by writing the same update in v1, so
// that validation and everything after it exist once.
namespace crdt {

namespace {

constexpr std::uint64_t kXmlElementRef = 3;
constexpr std::uint64_t kXmlHookRef = 5;

std::string_view charsOf(base::ByteView bytes) { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }

bool hasName(std::uint64_t typeRef) { return typeRef == kXmlElementRef || typeRef == kXmlHookRef; }

class V2Writer
{
public:
    explicit V2Writer(const WireUpdate &update) : m_update(update) {}

    base::Bytes write(bool keepsHints)
    {
        m_rest.varUint(m_update.sections.size());
        auto sections = m_update.sections;
        std::ranges::stable_sort(sections, std::greater{}, &WireUpdate::Section::client);
        for (const WireUpdate::Section &section : sections) {
            m_rest.varUint(section.count);
            m_client.write(section.client);
            m_rest.varUint(m_update.structs[section.first].clock);
            for (std::uint32_t index = 0; index < section.count; ++index)
                writeStruct(m_update.structs[section.first + index], keepsHints);
        }
        writeDeletes();
        base::VarWriter out;
        out.varUint(0);
        for (const base::Bytes &column :
             {m_keyClock.take(), m_client.take(), m_leftClock.take(), m_rightClock.take(), m_info.take(),
              m_string.take(), m_parentInfo.take(), m_typeRef.take(), m_len.take()})
            out.varBytes(column);
        out.bytes(m_rest.view());
        return out.take();
    }

private:
    void writeStruct(const WireStruct &one, bool keepsHints)
    {
        const bool hasSub = one.hasParentSub || (keepsHints && one.hasParentSubHint);
        m_info.write(std::uint8_t(std::uint8_t(one.kind) | (one.hasOrigin ? 0x80 : 0) | (one.hasRightOrigin ? 0x40 : 0)
                                  | (hasSub ? 0x20 : 0)));
        if (one.kind == ContentKind::Skip) {
            m_rest.varUint(one.length);
            return;
        }
        if (one.kind == ContentKind::Gc) {
            m_len.write(one.length);
            return;
        }
        if (one.hasOrigin)
            writeId(one.origin, m_leftClock);
        if (one.hasRightOrigin)
            writeId(one.rightOrigin, m_rightClock);
        if (!one.hasOrigin && !one.hasRightOrigin) {
            m_parentInfo.write(one.parent == WireStruct::Parent::Root);
            if (one.parent == WireStruct::Parent::Root)
                m_string.write(m_update.text(one.parentRoot()));
            else
                writeId(one.parentItem(), m_leftClock);
            if (one.hasParentSub)
                m_string.write(m_update.text(one.parentSub()));
        }
        writeContent(one);
    }

    void writeId(ItemId id, IntDiffOptRleWriter &clocks)
    {
        m_client.write(id.client);
        clocks.write(id.clock);
    }

    void writeKey(std::string_view key)
    {
        m_keyClock.write(m_keys++);
        m_string.write(key);
    }

    void writeJsonAsAny(base::ByteView json)
    {
        const auto value = Any::fromJson(charsOf(json));
        (value ? *value : Any()).write(m_rest);
    }

    void writeContent(const WireStruct &one)
    {
        base::VarReader in(m_update.view(one.content));
        switch (one.kind) {
        case ContentKind::Deleted: m_len.write(one.length); break;
        case ContentKind::Json:
            m_len.write(in.varUint());
            while (in.remaining() > 0)
                m_string.write(charsOf(in.varBytes()));
            break;
        case ContentKind::Any:
            m_len.write(in.varUint());
            m_rest.bytes(in.bytes(in.remaining()));
            break;
        case ContentKind::String: m_string.write(charsOf(in.varBytes())); break;
        case ContentKind::Embed: writeJsonAsAny(in.varBytes()); break;
        case ContentKind::Format:
            writeKey(charsOf(in.varBytes()));
            writeJsonAsAny(in.varBytes());
            break;
        case ContentKind::Type: {
            const std::uint64_t ref = in.varUint();
            m_typeRef.write(ref);
            if (hasName(ref))
                writeKey(charsOf(in.varBytes()));
            break;
        }
        case ContentKind::Doc:
            m_string.write(charsOf(in.varBytes()));
            m_rest.bytes(in.bytes(in.remaining()));
            break;
        default: m_rest.bytes(in.bytes(in.remaining()));
        }
    }

    void writeDeletes()
    {
        const DeleteSet deletes = m_update.deleteSet();
        m_rest.varUint(deletes.clients().size());
        for (const auto &[client, ranges] : deletes.clients()) {
            m_rest.varUint(client);
            m_rest.varUint(ranges.size());
            auto sorted = ranges;
            std::ranges::sort(sorted, {}, &DeleteSet::Range::clock);
            ClockValue end = 0;
            for (const DeleteSet::Range &range : sorted) {
                // Overlapping ranges cannot be expressed; no encoder makes them.
                m_rest.varUint(range.clock > end ? range.clock - end : 0);
                m_rest.varUint(range.length - 1);
                end = std::max(end, range.clock) + range.length;
            }
        }
    }

    const WireUpdate &m_update;
    IntDiffOptRleWriter m_keyClock;
    UintOptRleWriter m_client;
    IntDiffOptRleWriter m_leftClock;
    IntDiffOptRleWriter m_rightClock;
    RleWriter m_info;
    StringColumnWriter m_string;
    RleWriter m_parentInfo;
    UintOptRleWriter m_typeRef;
    UintOptRleWriter m_len;
    base::VarWriter m_rest;
    std::uint64_t m_keys = 0;
};

// Every loop here ends with the bytes of the rest column or, where a struct takes none of them (runs cost nothing), with
// the limit on structs.
class V2Reader
{
public:
    explicit V2Reader(base::ByteView bytes) : V2Reader(base::VarReader(bytes)) {}

    base::Result<base::Bytes> toV1()
    {
        std::size_t sections = m_rest.count(2);
        m_out.varUint(sections);
        for (; sections > 0 && !failed(); --sections)
            readSection();
        readDeletes();
        if (m_isTooLarge)
            return base::Unexpected(base::ErrorCode::TooLarge, "update v2");
        if (failed())
            return base::Unexpected(base::ErrorCode::Malformed, "update v2");
        return m_out.take();
    }

private:
    // A run-length coded column can claim billions of structs in a few bytes. Real documents of a megabyte have some
    // hundred thousand.
    static constexpr std::size_t kMaxStructsFree = 4096;
    static constexpr std::size_t kMaxStructsPerByte = 4;
    static constexpr std::size_t kMaxGrowth = 64;

    explicit V2Reader(base::VarReader in)
        : m_size(in.remaining()), m_flag(in.varUint()), m_keyClock(in.varBytes()), m_client(in.varBytes()),
          m_leftClock(in.varBytes()), m_rightClock(in.varBytes()), m_info(in.varBytes()), m_string(in.varBytes()),
          m_parentInfo(in.varBytes()), m_typeRef(in.varBytes()), m_len(in.varBytes()), m_rest(in)
    {
        if (m_flag != 0)
            m_rest.fail();
    }

    bool failed()
    {
        if (m_out.size() > kMaxGrowth * (m_size + kMaxStructsFree)) {
            m_isTooLarge = true;
            m_rest.fail();
        }
        return m_rest.failed() || m_keyClock.failed() || m_client.failed() || m_leftClock.failed() || m_rightClock.failed()
            || m_info.failed() || m_string.failed() || m_parentInfo.failed() || m_typeRef.failed() || m_len.failed();
    }

    void readSection()
    {
        const std::uint64_t count = m_rest.varUint();
        m_structs += std::min<std::uint64_t>(count, kMaxUpdateBytes);
        if (m_structs > kMaxStructsFree + kMaxStructsPerByte * m_size) {
            m_isTooLarge = true;
            m_rest.fail();
        }
        m_out.varUint(count);
        m_out.varUint(m_client.read());
        m_out.varUint(m_rest.varUint());
        for (std::uint64_t left = count; left > 0 && !failed(); --left)
            readStruct();
    }

    void readStruct()
    {
        const std::uint8_t info = m_info.read();
        m_out.byte(info);
        const auto kind = ContentKind(info & 0x1f);
        if (kind == ContentKind::Skip) {
            m_out.varUint(m_rest.varUint());
            return;
        }
        if (kind == ContentKind::Gc) {
            m_out.varUint(m_len.read());
            return;
        }
        if (info & 0x80)
            readId(m_leftClock);
        if (info & 0x40)
            readId(m_rightClock);
        if (!(info & 0xc0)) {
            const std::uint8_t isRoot = m_parentInfo.read();
            m_out.varUint(isRoot);
            if (isRoot == 1)
                m_out.varString(m_string.read());
            else
                readId(m_leftClock);
            if (info & 0x20)
                m_out.varString(m_string.read());
        }
        readContent(kind);
    }

    void readId(IntDiffOptRleReader &clocks)
    {
        m_out.varUint(m_client.read());
        m_out.varUint(clocks.read());
    }

    void readKey()
    {
        const std::uint64_t number = m_keyClock.read();
        if (number < m_keys.size()) {
            m_out.varString(m_keys[number]);
            return;
        }
        m_keys.push_back(m_string.read());
        m_out.varString(m_keys.back());
    }

    void readAnyAsJson() { m_out.varString(Any::read(m_rest).toJson()); }

    void readAny()
    {
        const std::size_t begin = m_rest.position();
        if (skipAny(m_rest))
            m_out.bytes(m_rest.since(begin));
    }

    void readContent(ContentKind kind)
    {
        switch (kind) {
        case ContentKind::Deleted: m_out.varUint(m_len.read()); break;
        case ContentKind::Json:
        case ContentKind::Any: {
            const std::uint64_t count = m_len.read();
            m_out.varUint(count);
            for (std::uint64_t left = count; left > 0 && !failed(); --left) {
                if (kind == ContentKind::Any)
                    readAny();
                else
                    m_out.varString(m_string.read());
            }
            break;
        }
        case ContentKind::Binary: m_out.varBytes(m_rest.varBytes()); break;
        case ContentKind::String: m_out.varString(m_string.read()); break;
        case ContentKind::Embed: readAnyAsJson(); break;
        case ContentKind::Format:
            readKey();
            readAnyAsJson();
            break;
        case ContentKind::Type: {
            const std::uint64_t ref = m_typeRef.read();
            m_out.varUint(ref);
            if (hasName(ref))
                readKey();
            break;
        }
        case ContentKind::Doc:
            m_out.varString(m_string.read());
            readAny();
            break;
        default: m_rest.fail();
        }
    }

    void readDeletes()
    {
        std::size_t clients = m_rest.count(2);
        m_out.varUint(clients);
        for (; clients > 0 && !failed(); --clients) {
            m_out.varUint(m_rest.varUint());
            std::size_t ranges = m_rest.count(2);
            m_out.varUint(ranges);
            ClockValue end = 0;
            for (; ranges > 0 && !failed(); --ranges) {
                const ClockValue clock = end + m_rest.varUint();
                const ClockValue length = m_rest.varUint() + 1;
                if (clock > kMaxId || length > kMaxId - clock)
                    m_rest.fail();
                m_out.varUint(clock);
                m_out.varUint(length);
                end = clock + length;
            }
        }
    }

    std::size_t m_size;
    std::uint64_t m_flag;
    IntDiffOptRleReader m_keyClock;
    UintOptRleReader m_client;
    IntDiffOptRleReader m_leftClock;
    IntDiffOptRleReader m_rightClock;
    RleReader m_info;
    StringColumnReader m_string;
    RleReader m_parentInfo;
    UintOptRleReader m_typeRef;
    UintOptRleReader m_len;
    base::VarReader m_rest;
    base::VarWriter m_out;
    std::vector<std::string> m_keys;
    std::uint64_t m_structs = 0;
    bool m_isTooLarge = false;
};

base::Result<base::Bytes> toV2(base::ByteView update, bool keepsHints)
{
    WireUpdate decoded;
    if (const auto read = decodeUpdate(update, decoded); !read)
        return read.unexpected();
    return V2Writer(decoded).write(keepsHints);
}

} // namespace

base::Result<base::Bytes> convertUpdateV1ToV2(base::ByteView update) { return toV2(update, false); }

base::Result<base::Bytes> convertUpdateV2ToV1(base::ByteView update)
{
    if (update.size() > kMaxUpdateBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "update v2");
    const auto converted = V2Reader(update).toV1();
    if (!converted)
        return converted;
    // What the transcription lets pass is refused here; and the hint of bit 5 is not kept by conversions.
    WireUpdate decoded;
    if (const auto read = decodeUpdate(*converted, decoded); !read)
        return read.unexpected();
    SectionWriter out;
    for (const WireStruct &one : decoded.structs) {
        out.begin(one.client, one.clock);
        writeStruct(out.body(), decoded, one, 0);
    }
    return out.finish(decoded.deleteSet());
}

base::Bytes Document::encodeStateAsUpdateV2() const
{
    auto converted = toV2(m_engine->encodeState({}), true);
    return converted ? std::move(*converted) : base::Bytes();
}

} // namespace crdt
