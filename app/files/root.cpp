// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/root.h"

#include "app/files/atomicsave.h"

#include <linux/openat2.h>

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

namespace files {

namespace {

constexpr std::uint64_t kBeneath = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY;
constexpr int kMaxLinks = 40;      // as many as Linux follows
constexpr int kReadTries = 3;

QByteArray procPath(int descriptor)
{
    return "/proc/self/fd/" + QByteArray::number(descriptor);
}

base::Result<QByteArray> linkTarget(FileOps &ops, int folder, const QByteArray &name)
{
    QByteArray target(kMaxPathBytes + 1, Qt::Uninitialized);
    const ssize_t got = uninterrupted(
        [&] { return ops.readLink(folder, name, target.data(), static_cast<std::size_t>(target.size())); });
    if (got < 0)
        return failed(got, "read link");
    if (got == target.size())
        return base::Unexpected(base::ErrorCode::TooLarge, "link target above 4096 bytes");
    target.truncate(got);
    return target;
}

base::Unexpected notAFile()
{
    return base::Unexpected(base::ErrorCode::NotAFile, "not a regular file");
}

bool comesFirst(const Entry &a, const Entry &b)
{
    return a.isFolder() != b.isFolder() ? a.isFolder() : a.name < b.name;
}

// "." and ".." and nothing can end a link's target, never a path of ours.
bool isFolderOnlyName(const QByteArray &name)
{
    return name.isEmpty() || name == "." || name == "..";
}

} // namespace

Root::Root(QByteArray absolutePath, FileHandle folder, FileOps &ops)
    : m_absolutePath(std::move(absolutePath)), m_folder(std::move(folder)), m_ops(ops)
{
}

base::Result<std::shared_ptr<const Root>> Root::open(const QByteArray &absolutePath, FileOps &ops)
{
    if (!absolutePath.startsWith('/') || absolutePath.contains('\0'))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "the root is not an absolute path");
    auto folder = openHandle(ops, AT_FDCWD, absolutePath, kFolderFlags, 0, 0, "open root folder");
    if (!folder)
        return folder.unexpected();
    return std::shared_ptr<const Root>(new Root(absolutePath, std::move(*folder), ops));
}

bool Root::isStillThere() const
{
    struct stat status = {};
    return m_ops.status(m_folder.get(), status) == 0 && status.st_nlink > 0;
}

bool Root::isWritable() const
{
    return m_ops.access(m_folder.get(), ".", W_OK | X_OK) == 0;
}

base::Result<FileHandle> Root::openBeneath(const QByteArray &path, int flags, const char *what) const
{
    return openHandle(m_ops, m_folder.get(), path.isEmpty() ? QByteArray(".") : path, flags, 0, kBeneath, what);
}

base::Result<FileHandle> Root::openFolder(const RelativePath &path) const
{
    return openBeneath(path.bytes(), kFolderFlags, "open folder");
}

base::Result<FileHandle> Root::openFile(const RelativePath &path) const
{
    // Looking before opening: to open a device, pipe or socket has effects of its own and may wait. The handle holds on
    // to what we looked at, so nothing can be put in its place.
    const auto seen = openBeneath(path.bytes(), O_PATH, "open file");
    if (!seen)
        return seen.unexpected();
    struct stat status = {};
    if (const int got = m_ops.status(seen->get(), status); got < 0)
        return failed(got, "look at file");
    if (!S_ISREG(status.st_mode))
        return notAFile();
    return openHandle(m_ops, AT_FDCWD, procPath(seen->get()), O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, 0, "open file");
}

base::Result<RelativePath> Root::pathOf(const FileHandle &handle) const
{
    const auto root = linkTarget(m_ops, AT_FDCWD, procPath(m_folder.get()));
    if (!root)
        return root.unexpected();
    const auto path = linkTarget(m_ops, AT_FDCWD, procPath(handle.get()));
    if (!path)
        return path.unexpected();
    struct stat status = {};
    if (const int got = m_ops.status(handle.get(), status); got < 0)
        return failed(got, "look at entry");
    // The kernel writes " (deleted)" behind such a path, which could be part of a name as well; the count is sure.
    if (status.st_nlink == 0)
        return base::Unexpected(base::ErrorCode::NotFound, "deleted meanwhile");
    if (*path == *root)
        return RelativePath();
    const QByteArray prefix = *root == "/" ? *root : *root + '/';
    if (!path->startsWith(prefix))
        return base::Unexpected(base::ErrorCode::OutsideRoot, "moved out of the root meanwhile");
    return RelativePath::parse(path->sliced(prefix.size()));
}

base::Result<RelativePath> Root::resolved(const RelativePath &path) const
{
    const auto handle = openBeneath(path.bytes(), O_PATH, "open entry");
    if (!handle)
        return handle.unexpected();
    return pathOf(*handle);
}

base::Result<Location> Root::locate(const RelativePath &path, LastLink lastLink) const
{
    if (path.isRoot())
        return base::Unexpected(base::ErrorCode::InvalidArgument, "the root itself");
    QByteArray current = path.bytes();
    for (int links = 0; links <= kMaxLinks; ++links) {
        const qsizetype slash = current.lastIndexOf('/');
        Location location;
        location.name = current.sliced(slash + 1);
        if (isFolderOnlyName(location.name))
            return notAFile();
        auto folder = openBeneath(current.left(std::max<qsizetype>(slash, 0)), kFolderFlags, "open folder");
        if (!folder)
            return folder.unexpected();
        location.folder = std::move(*folder);

        struct stat status = {};
        const int got = lastLink == LastLink::Follow
                            ? m_ops.statusAt(location.folder.get(), location.name, status) : -ENOENT;
        if (got < 0 && got != -ENOENT)
            return failed(got, "look at entry");
        if (got < 0 || !S_ISLNK(status.st_mode)) {
            const auto folderPath = pathOf(location.folder);
            if (!folderPath)
                return folderPath.unexpected();
            auto real = folderPath->child(location.name);
            if (!real)
                return real.unexpected();
            location.path = std::move(*real);
            return location;
        }
        const auto target = linkTarget(m_ops, location.folder.get(), location.name);
        if (!target)
            return target.unexpected();
        if (target->startsWith('/'))
            return base::Unexpected(base::ErrorCode::OutsideRoot, "the link is absolute");
        // Not tidied: "folder/../x" means something else when the folder is a link, and the kernel knows.
        current = slash < 0 ? *target : current.first(slash + 1) + *target;
    }
    return base::Unexpected(base::ErrorCode::NotFound, "a circle of links");
}

base::Result<Location> Root::locateForWriting(const RelativePath &path, LastLink lastLink, Writer writer) const
{
    auto location = locate(path, lastLink);
    if (!location)
        return location;
    // Both: the real place is what counts, the given one keeps a later link from making it reachable by that name.
    if (writer == Writer::Guest && (location->path.isProtected() || path.isProtected()))
        return base::Unexpected(base::ErrorCode::Forbidden, "git's own folder");
    if (std::ranges::any_of(location->path.components(), isTemporaryName))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "the name of a temporary file");
    return location;
}

void Root::describeLink(const RelativePath &folderPath, Entry &entry) const
{
    const auto path = folderPath.child(entry.name);
    struct stat status = {};
    auto target = path ? openBeneath(path->bytes(), O_PATH, "follow link") : base::Result<FileHandle>(path.unexpected());
    if (!target || m_ops.status(target->get(), status) < 0) {
        entry.linkLeadsOut = !target && target.error().code == base::ErrorCode::OutsideRoot;
        entry.linkBroken = !entry.linkLeadsOut;
        return;
    }
    const FileInfo info = FileInfo::from(status);
    entry.linkTargetKind = info.kind();
    entry.size = info.size;
    entry.modified = info.modified();
    entry.executable = info.kind() == Kind::File && info.isExecutable();
}

Entry Root::describe(int folder, const RelativePath &folderPath, const RawEntry &raw) const
{
    Entry entry;
    struct stat status = {};
    if (m_ops.statusAt(folder, raw.name, status) < 0)
        return entry;
    const FileInfo info = FileInfo::from(status);
    entry.name = raw.name;
    entry.kind = info.kind();
    entry.size = info.size;
    entry.modified = info.modified();
    entry.executable = info.kind() == Kind::File && info.isExecutable();
    if (entry.kind == Kind::Symlink)
        describeLink(folderPath, entry);
    return entry;
}

base::Result<Listing> Root::list(const RelativePath &folder) const
{
    const auto handle = openFolder(folder);
    if (!handle)
        return handle.unexpected();
    auto raw = readNames(m_ops, handle->get(), kMaxFolderEntries);
    if (!raw)
        return raw.unexpected();
    Listing listing;
    listing.truncated = raw->truncated;
    listing.entries.reserve(raw->entries.size());
    for (const RawEntry &name : raw->entries) {
        if (isTemporaryName(name.name))
            continue;
        Entry entry = describe(handle->get(), folder, name);
        if (!entry.name.isEmpty())
            listing.entries.push_back(std::move(entry));
    }
    std::ranges::sort(listing.entries, comesFirst);
    return listing;
}

base::Result<FileInfo> Root::status(const RelativePath &path) const
{
    const auto handle = openBeneath(path.bytes(), O_PATH, "open entry");
    if (!handle)
        return handle.unexpected();
    struct stat status = {};
    if (const int got = m_ops.status(handle->get(), status); got < 0)
        return failed(got, "look at entry");
    return FileInfo::from(status);
}

base::Result<ReadFile> Root::read(const RelativePath &path, qint64 maxBytes) const
{
    const auto file = openFile(path);
    if (!file)
        return file.unexpected();
    ReadFile result;
    for (int i = 0; i < kReadTries; ++i) {
        struct stat before = {};
        if (const int got = m_ops.status(file->get(), before); got < 0)
            return failed(got, "look at file");
        result.info = FileInfo::from(before);
        if (before.st_size > maxBytes)
            return base::Unexpected(base::ErrorCode::TooLarge, "the file is larger than asked for");
        auto content = readUpTo(m_ops, file->get(), 0, maxBytes + 1);
        if (!content)
            return content.unexpected();
        if (content->size() > maxBytes)
            return base::Unexpected(base::ErrorCode::TooLarge, "the file is larger than asked for");
        result.content = std::move(*content);
        struct stat after = {};
        if (const int got = m_ops.status(file->get(), after); got < 0)
            return failed(got, "look at file");
        if (FileInfo::from(after).isSameContent(result.info))
            return result;
    }
    // Still being written. The identity is older than the content, so a save that expects it will be refused.
    return result;
}

base::Result<ReadRange> Root::readRange(const RelativePath &path, qint64 offset, qint64 length) const
{
    if (offset < 0 || length < 0)
        return base::Unexpected(base::ErrorCode::OutOfRange, "negative offset or length");
    const auto file = openFile(path);
    if (!file)
        return file.unexpected();
    struct stat status = {};
    if (const int got = m_ops.status(file->get(), status); got < 0)
        return failed(got, "look at file");
    auto bytes = readUpTo(m_ops, file->get(), offset, std::min(length, kMaxRangeBytes));
    if (!bytes)
        return bytes.unexpected();
    return ReadRange{std::move(*bytes), FileInfo::from(status)};
}

base::Result<bool> Root::isFileWritable(const RelativePath &path) const
{
    const auto location = locate(path, LastLink::Follow);
    if (!location)
        return location.unexpected();
    struct stat status = {};
    if (const int got = m_ops.statusAt(location->folder.get(), location->name, status); got < 0)
        return failed(got, "look at file");
    // root may write everything, but a file without any write bit is meant to stay as it is.
    return (status.st_mode & 0222) != 0 && m_ops.access(location->folder.get(), location->name, W_OK) == 0
           && m_ops.access(location->folder.get(), ".", W_OK | X_OK) == 0;
}

} // namespace files
