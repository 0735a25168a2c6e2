// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/base/varint.h"
#include "app/crdt/deleteset.h"
#include "app/crdt/ids.h"

#include <cstdint>
#include <vector>

// Update format v1 as records. Internal to this folder.
namespace crdt {

//! What a struct holds; the numbers are the low five bits of its info byte.
enum class ContentKind : std::uint8_t {
    Gc = 0,
    Deleted = 1,
    Json = 2,
    Binary = 3,
    String = 4,
    Embed = 5,
    Format = 6,
    Type = 7,
    Any = 8,
    Doc = 9,
    Skip = 10,
};

//! A part of the decoded update, as offset and size.
struct Slice
{
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
};

//! One struct of an update. Parts that hold bytes are slices of the update it was read from.
struct WireStruct
{
    enum class Parent : std::uint8_t { FromNeighbour, Root, Item };

    ClientId client = 0;
    ClockValue clock = 0;
    ClockValue length = 0;
    ItemId origin;       //!< valid if hasOrigin; for Parent::Item the ID of that item
    ItemId rightOrigin;  //!< valid if hasRightOrigin; holds the names if a parent is given, which excludes the former
    Slice content;       //!< the payload as in v1
    ContentKind kind = ContentKind::Gc;
    Parent parent = Parent::FromNeighbour;
    bool hasOrigin = false;
    bool hasRightOrigin = false;
    bool hasParentSub = false;
    bool hasParentSubHint = false;   //!< bit 5 of the info byte

    ClockValue end() const { return clock + length; }
    // A small record matters: an update of two-byte structs must not cost fifty times its size.
    ItemId parentItem() const { return origin; }
    Slice parentRoot() const { return unpack(rightOrigin.client); }
    Slice parentSub() const { return unpack(rightOrigin.clock); }
    void setParentRoot(Slice name) { rightOrigin.client = pack(name); }
    void setParentSub(Slice key) { rightOrigin.clock = pack(key); }

private:
    static std::uint64_t pack(Slice slice) { return std::uint64_t(slice.offset) << 32 | slice.size; }
    static Slice unpack(std::uint64_t packed) { return {std::uint32_t(packed >> 32), std::uint32_t(packed)}; }
};

struct WireDelete
{
    ClientId client = 0;
    ClockValue clock = 0;
    ClockValue length = 0;
};

//! A completely validated update. Reused between calls to save allocations; points into the bytes it was read from.
struct WireUpdate
{
    struct Section
    {
        ClientId client = 0;
        std::uint32_t first = 0;   //!< index into structs
        std::uint32_t count = 0;
    };

    base::ByteView bytes;
    std::vector<WireStruct> structs;
    std::vector<Section> sections;
    std::vector<WireDelete> deletes;

    base::ByteView view(Slice slice) const { return bytes.subspan(slice.offset, slice.size); }
    std::string_view text(Slice slice) const
    {
        return {reinterpret_cast<const char *>(bytes.data()) + slice.offset, slice.size};
    }
    DeleteSet deleteSet() const;
};

//! Reads a whole update v1, checking everything that can be checked without a document: bounds, counts, UTF-8, JSON,
//! nesting, known kinds, clocks below 2^53. Work and memory are a small multiple of the number of bytes.
//! With \a joinGaps, neighbouring GC structs become one record and so do Skip structs; re-encoding is then not exact.
base::Result<void> decodeUpdate(base::ByteView bytes, WireUpdate &out, bool joinGaps = false);

//! Writes \a one without its first \a offset units (offset < length), as a struct of format v1.
void writeStruct(base::VarWriter &out, const WireUpdate &from, const WireStruct &one, ClockValue offset);

//! Writes the payload of a struct without its first \a offset units.
void writeContent(base::VarWriter &out, ContentKind kind, base::ByteView content, ClockValue length, ClockValue offset);

//! The byte offset of UTF-16 unit \a units in valid UTF-8; sets \a insidePair if that is inside a four-byte character,
//! and then returns the offset after it.
std::size_t utf8Offset(base::ByteView utf8, std::size_t units, bool &insidePair);

//! Collects structs into the sections of an update. Structs must come grouped by client.
class SectionWriter
{
public:
    //! Announces that the next struct is of \a client and starts at \a clock; then write it to body().
    void begin(ClientId client, ClockValue clock);
    base::VarWriter &body() { return m_body; }
    //! The update: all sections, then \a deletes.
    base::Bytes finish(const DeleteSet &deletes);

private:
    struct Section
    {
        ClientId client = 0;
        ClockValue clock = 0;
        std::size_t count = 0;
        std::size_t begin = 0;   // in m_body
    };

    std::vector<Section> m_sections;
    base::VarWriter m_body;
};

} // namespace crdt
