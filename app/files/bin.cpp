// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/bin.h"

#include "app/files/temporaryfile.h"
#include "app/files/treecopy.h"

#include <QCborMap>
#include <QCborValue>

#include <linux/openat2.h>

#include <algorithm>

#include <fcntl.h>

// An entry is a folder named by its id, with "record" (what it is) and "content" (the file or folder itself). The
// record is written first and removed first: an entry that lacks either is unfinished, and one without record is
// meant to be gone. "partial" is a copy under way.
namespace files {

namespace {

constexpr qint64 kMaxRecordBytes = 16 * 1024;
constexpr int kMaxNameTries = 1000;
constexpr CopyLimits kCopyLimits{kMaxBinCopyBytes, kMaxBinCopyEntries, 256};
constexpr char kRecord[] = "record";
constexpr char kContent[] = "content";
constexpr char kPartial[] = "partial";

enum RecordKey : int { PathKey = 1, DeletedAtKey = 2, ByKey = 3, FolderKey = 4 };

QByteArray encodeRecord(const BinEntry &entry)
{
    QCborMap map;
    map.insert(PathKey, entry.path.bytes());
    map.insert(DeletedAtKey, qint64(entry.deletedAt.time_since_epoch().count()));
    map.insert(ByKey, entry.by);
    map.insert(FolderKey, entry.isFolder);
    return map.toCborValue().toCbor();
}

base::Result<BinEntry> decodeRecord(const base::BinEntryId &id, const QByteArray &bytes)
{
    const QCborMap map = QCborValue::fromCbor(bytes).toMap();
    const auto path = RelativePath::parse(map.value(PathKey).toByteArray());
    if (!path || path->isRoot() || !map.value(DeletedAtKey).isInteger())
        return base::Unexpected(base::ErrorCode::Malformed, "bin record");
    return BinEntry{id, *path, base::WallTime(std::chrono::milliseconds(map.value(DeletedAtKey).toInteger())),
                    map.value(ByKey).toString(), map.value(FolderKey).toBool()};
}

QByteArray nameOf(const base::BinEntryId &id)
{
    return QByteArray::fromStdString(id.toString());
}

base::Result<void> syncHandle(FileOps &ops, int descriptor)
{
    const int got = uninterrupted([&] { return ops.sync(descriptor); });
    if (got < 0)
        return failed(got, "sync");
    return {};
}

base::Result<FileHandle> openEntry(FileOps &ops, const FileHandle &bin, const QByteArray &name)
{
    return openHandle(ops, bin.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, RESOLVE_BENEATH, "open bin entry");
}

// "notes.txt" → "notes (restored 2).txt", cut to what a name may have.
QByteArray otherName(const QByteArray &name, int number)
{
    const QByteArray mark = number == 1 ? QByteArray(" (restored)") : " (restored " + QByteArray::number(number) + ')';
    const qsizetype dot = name.lastIndexOf('.');
    const QByteArray ending = dot > 0 && name.size() - dot <= 32 ? name.sliced(dot) : QByteArray();
    return name.chopped(ending.size()).left(kMaxComponentBytes - mark.size() - ending.size()) + mark + ending;
}

} // namespace

Bin::Bin(FileHandle folder, FileOps &ops, const base::Clock &clock, base::RandomSource &random)
    : m_folder(std::move(folder)), m_ops(ops), m_clock(clock), m_random(random)
{
}

base::Result<std::unique_ptr<Bin>> Bin::open(const QByteArray &folder, FileOps &ops, const base::Clock &clock,
                                             base::RandomSource &random)
{
    auto handle = openHandle(ops, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0, 0, "open bin");
    if (!handle)
        return handle.unexpected();
    std::unique_ptr<Bin> bin(new Bin(std::move(*handle), ops, clock, random));
    if (auto done = bin->cleanUp(); !done)
        return done.unexpected();
    return bin;
}

base::Result<std::vector<QByteArray>> Bin::entryNames() const
{
    auto reading = openHandle(m_ops, m_folder.get(), ".", O_RDONLY | O_DIRECTORY, 0, 0, "open bin");
    if (!reading)
        return reading.unexpected();
    const auto names = readNames(m_ops, reading->get(), SIZE_MAX);
    if (!names)
        return names.unexpected();
    std::vector<QByteArray> entries;
    for (const RawEntry &entry : names->entries) {
        if (base::BinEntryId::fromString({entry.name.constData(), static_cast<std::size_t>(entry.name.size())}))
            entries.push_back(entry.name);
    }
    return entries;
}

base::Result<void> Bin::cleanUp() const
{
    const auto names = entryNames();
    if (!names)
        return names.unexpected();
    for (const QByteArray &name : *names) {
        const auto entry = openEntry(m_ops, m_folder, name);
        struct stat status = {};
        const bool isWhole = entry && m_ops.statusAt(entry->get(), kRecord, status) == 0
                             && m_ops.statusAt(entry->get(), kContent, status) == 0;
        if (isWhole)
            continue;
        if (auto done = removeTree(m_ops, m_folder.get(), name); !done)
            return done;
    }
    return {};
}

base::Result<BinEntry> Bin::readRecord(const QByteArray &name) const
{
    const auto id = base::BinEntryId::fromString({name.constData(), static_cast<std::size_t>(name.size())});
    const auto entry = openEntry(m_ops, m_folder, name);
    if (!entry)
        return entry.unexpected();
    const auto record = openHandle(m_ops, entry->get(), kRecord, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, RESOLVE_BENEATH,
                                   "open bin record");
    if (!record)
        return record.unexpected();
    const auto bytes = readUpTo(m_ops, record->get(), 0, kMaxRecordBytes);
    if (!bytes)
        return bytes.unexpected();
    return decodeRecord(*id, *bytes);
}

base::Result<FileHandle> Bin::makeEntry(const BinEntry &entry) const
{
    const QByteArray name = nameOf(entry.id);
    const int made = uninterrupted([&] { return m_ops.makeFolder(m_folder.get(), name, 0700); });
    if (made < 0)
        return failed(made, "create bin entry");
    auto folder = openEntry(m_ops, m_folder, name);
    if (!folder)
        return folder;
    m_ops.setMode(folder->get(), 0700);
    auto record = openHandle(m_ops, folder->get(), kRecord, O_WRONLY | O_CREAT | O_EXCL, 0600, RESOLVE_BENEATH,
                             "create bin record");
    if (!record)
        return record;
    m_ops.setMode(record->get(), 0600);
    if (auto done = writeAll(m_ops, record->get(), encodeRecord(entry)); !done)
        return done.unexpected();
    for (const int descriptor : {record->get(), folder->get(), m_folder.get()}) {
        if (auto done = syncHandle(m_ops, descriptor); !done)
            return done.unexpected();
    }
    return folder;
}

base::Result<void> Bin::take(const Location &from, const FileHandle &into) const
{
    const int got = renameWithoutReplacing(m_ops, from.folder.get(), from.name, into.get(), kContent);
    if (got < 0 && got != -EXDEV)
        return failed(got, "move to bin");
    if (got == -EXDEV) {
        if (auto done = copyTree(m_ops, from.folder.get(), from.name, into.get(), kPartial, kCopyLimits); !done)
            return done;
        if (const int renamed = renameWithoutReplacing(m_ops, into.get(), kPartial, into.get(), kContent); renamed < 0)
            return failed(renamed, "finish copy");
    }
    if (auto done = syncHandle(m_ops, into.get()); !done)
        return done;
    if (got == -EXDEV) {
        if (auto done = removeTree(m_ops, from.folder.get(), from.name); !done)
            return done;
    }
    return syncHandle(m_ops, from.folder.get());
}

base::Result<BinEntry> Bin::remove(const Root &root, const RelativePath &path, const QString &by, Writer writer)
{
    const auto from = root.locateForWriting(path, Root::LastLink::Keep, writer);
    if (!from)
        return from.unexpected();
    struct stat status = {};
    if (const int got = m_ops.statusAt(from->folder.get(), from->name, status); got < 0)
        return failed(got, "look at entry to delete");
    const BinEntry entry{base::BinEntryId::random(m_random), from->path, m_clock.wallTime(), by.left(kMaxByUnits),
                         S_ISDIR(status.st_mode)};
    auto into = makeEntry(entry);
    auto done = into ? take(*from, *into) : base::Result<void>(into.unexpected());
    if (done)
        return entry;
    // A complete content may be all that is left of what stood there.
    if (!into || m_ops.statusAt(into->get(), kContent, status) == -ENOENT)
        (void)removeTree(m_ops, m_folder.get(), nameOf(entry.id));
    return done.unexpected();
}

base::Result<void> Bin::makeParents(const Root &root, const RelativePath &folder, Writer writer) const
{
    if (folder.isRoot() || root.status(folder))
        return {};
    if (auto done = makeParents(root, folder.parent(), writer); !done)
        return done;
    auto made = root.createFolder(folder, writer);
    if (!made && made.error().code == base::ErrorCode::AlreadyExists)
        return {};
    return made;
}

base::Result<RelativePath> Bin::putBack(const Root &root, const BinEntry &entry, const FileHandle &from,
                                        Writer writer) const
{
    if (auto done = makeParents(root, entry.path.parent(), writer); !done)
        return done.unexpected();
    for (int number = 0; number < kMaxNameTries; ++number) {
        const auto path = number == 0 ? base::Result<RelativePath>(entry.path)
                                      : entry.path.parent().child(otherName(entry.path.name(), number));
        if (!path)
            return path.unexpected();
        const auto to = root.locateForWriting(*path, Root::LastLink::Keep, writer);
        if (!to)
            return to.unexpected();
        struct stat status = {};
        if (m_ops.statusAt(to->folder.get(), to->name, status) == 0)
            continue;
        int got = renameWithoutReplacing(m_ops, from.get(), kContent, to->folder.get(), to->name);
        if (got == -EXDEV) {
            if (auto done = copyBack(from, *to); !done && done.error().code == base::ErrorCode::AlreadyExists)
                got = -EEXIST;
            else if (!done)
                return done.unexpected();
            else
                got = 0;
        }
        if (got == -EEXIST)
            continue;
        if (got < 0)
            return failed(got, "move out of bin");
        if (auto done = syncHandle(m_ops, to->folder.get()); !done)
            return done.unexpected();
        return to->path;
    }
    return base::Unexpected(base::ErrorCode::AlreadyExists, "no free name to restore to");
}

// Complete before it gets its name: nobody sees half a folder.
base::Result<void> Bin::copyBack(const FileHandle &from, const Location &to) const
{
    const QByteArray name = newTemporaryName(m_random);
    auto done = copyTree(m_ops, from.get(), kContent, to.folder.get(), name, kCopyLimits);
    if (done) {
        if (const int got = renameWithoutReplacing(m_ops, to.folder.get(), name, to.folder.get(), to.name); got < 0)
            done = failed(got, "move out of bin");
    }
    if (!done)
        (void)removeTree(m_ops, to.folder.get(), name);
    return done;
}

base::Result<RelativePath> Bin::restore(const Root &root, const base::BinEntryId &id, Writer writer)
{
    const QByteArray name = nameOf(id);
    const auto entry = readRecord(name);
    if (!entry)
        return entry.unexpected();
    const auto from = openEntry(m_ops, m_folder, name);
    if (!from)
        return from.unexpected();
    auto path = putBack(root, *entry, *from, writer);
    if (!path)
        return path;
    // It stands in the workspace, on disk. What may be left here is found at the next start.
    (void)forget(name);
    return path;
}

// The record first: without it, what is left is nobody's any more.
base::Result<void> Bin::forget(const QByteArray &name) const
{
    const auto entry = openEntry(m_ops, m_folder, name);
    if (!entry)
        return entry.unexpected();
    const int got = uninterrupted([&] { return m_ops.remove(entry->get(), kRecord, 0); });
    if (got < 0 && got != -ENOENT)
        return failed(got, "remove bin record");
    if (auto done = syncHandle(m_ops, entry->get()); !done)
        return done;
    return removeTree(m_ops, m_folder.get(), name);
}

base::Result<std::vector<BinEntry>> Bin::list() const
{
    const auto names = entryNames();
    if (!names)
        return names.unexpected();
    std::vector<BinEntry> entries;
    for (const QByteArray &name : *names) {
        // One that is being made or removed right now is none.
        if (auto entry = readRecord(name))
            entries.push_back(std::move(*entry));
    }
    std::ranges::sort(entries, [](const BinEntry &a, const BinEntry &b) {
        return a.deletedAt != b.deletedAt ? a.deletedAt > b.deletedAt : a.id < b.id;
    });
    entries.resize(std::min(entries.size(), kMaxBinListed));
    return entries;
}

base::Result<int> Bin::purge()
{
    const auto names = entryNames();
    if (!names)
        return names.unexpected();
    int count = 0;
    for (const QByteArray &name : *names) {
        const auto entry = readRecord(name);
        if (!entry || m_clock.wallTime() - entry->deletedAt < kBinLifetime)
            continue;
        if (auto done = forget(name); !done)
            return done.unexpected();
        ++count;
    }
    return count;
}

} // namespace files
