// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/atomicsave.h"

#include "app/files/attributes.h"
#include "app/files/temporaryfile.h"

#include <linux/openat2.h>

#include <algorithm>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace files {

namespace {

constexpr int kMaxExchanges = 16;
// A copy is applied only to a file that was last written about when the copy was made: later writes are others'.
constexpr qint64 kCopyWindowNs = 10'000'000'000;

base::Unexpected conflict(const char *why)
{
    return base::Unexpected(base::ErrorCode::Conflict, why);
}

// A name that no running process holds, or nothing if one does.
base::Result<std::optional<FileHandle>> lockLeftover(FileOps &ops, const FileHandle &folder, const QByteArray &name)
{
    auto file = openHandle(ops, folder.get(), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, RESOLVE_BENEATH,
                           "open leftover");
    if (!file)
        return file.unexpected();
    const int locked = uninterrupted([&] { return ops.lock(file->get()); });
    if (locked == -EWOULDBLOCK)
        return std::optional<FileHandle>();
    if (locked < 0)
        return failed(locked, "lock leftover");
    return std::optional<FileHandle>(std::move(*file));
}

// Copies of earlier saves that failed half-way. A newer copy is complete, so these would only undo it.
base::Result<void> removeStaleCopies(FileOps &ops, const FileHandle &folder, quint64 inode, const QByteArray &current)
{
    auto reading = openHandle(ops, folder.get(), ".", O_RDONLY | O_DIRECTORY, 0, 0, "open folder");
    if (!reading)
        return reading.unexpected();
    const auto names = readNames(ops, reading->get(), SIZE_MAX);
    if (!names)
        return names.unexpected();
    for (const RawEntry &entry : names->entries) {
        if (entry.name == current || copyTarget(entry.name) != inode)
            continue;
        const auto file = lockLeftover(ops, folder, entry.name);
        if (!file)
            return file.unexpected();
        if (!*file)
            continue;
        if (const int got = uninterrupted([&] { return ops.remove(folder.get(), entry.name, 0); }); got < 0)
            return failed(got, "remove old copy");
    }
    return {};
}

// One save of one file.
class FileSaver
{
public:
    FileSaver(FileOps &ops, Location at, const SaveRequest &request, base::RandomSource &random)
        : m_ops(ops), m_at(std::move(at)), m_request(request), m_random(random)
    {
    }

    base::Result<Saved> run()
    {
        struct stat status = {};
        const int got = m_ops.statusAt(folder(), m_at.name, status);
        if (got == -ENOENT)
            return m_request.expected ? base::Result<Saved>(conflict("the file is gone")) : create();
        if (got < 0)
            return failed(got, "look at file");
        if (S_ISLNK(status.st_mode))
            return conflict("the file became a link");
        if (!S_ISREG(status.st_mode))
            return base::Unexpected(base::ErrorCode::NotAFile, "not a regular file");
        m_old = FileInfo::from(status);
        if (!m_request.expected)
            return conflict("a file appeared there");
        if (!m_old.isSameContent(*m_request.expected))
            return conflict("another program changed the file");
        if (auto done = checkWritable(); !done)
            return done.unexpected();
        return replace();
    }

private:
    int folder() const { return m_at.folder.get(); }

    base::Result<void> checkWritable() const
    {
        if ((m_old.mode & 0222) == 0)
            return base::Unexpected(base::ErrorCode::ReadOnly, "the file's mode allows nobody to write it");
        const int got = m_ops.access(folder(), m_at.name, W_OK);
        if (got == -EACCES || got == -EROFS)
            return base::Unexpected(base::ErrorCode::ReadOnly, "the file may not be written");
        if (got < 0)
            return failed(got, "look at file");
        return {};
    }

    base::Result<void> syncFolder() const
    {
        const int got = uninterrupted([&] { return m_ops.sync(folder()); });
        if (got < 0)
            return failed(got, "sync folder");
        return {};
    }

    base::Result<TemporaryFile> writeTemporary(mode_t mode)
    {
        auto temporary = TemporaryFile::create(m_ops, folder(), mode, m_random);
        if (!temporary)
            return temporary;
        if (auto done = writeAll(m_ops, temporary->get(), m_request.content); !done)
            return done.unexpected();
        return temporary;
    }

    base::Result<void> syncFile(int file) const
    {
        const int got = uninterrupted([&] { return m_ops.sync(file); });
        if (got < 0)
            return failed(got, "sync file");
        return {};
    }

    base::Result<FileInfo> look(int file) const
    {
        struct stat status = {};
        if (const int got = m_ops.status(file, status); got < 0)
            return failed(got, "look at file");
        return FileInfo::from(status);
    }

    base::Result<Saved> create()
    {
        auto temporary = writeTemporary(0666);
        if (!temporary)
            return temporary.unexpected();
        if (auto done = syncFile(temporary->get()); !done)
            return done.unexpected();
        if (auto done = temporary->moveTo(m_at.name); !done) {
            if (done.error().code == base::ErrorCode::AlreadyExists)
                return conflict("a file appeared there");
            return done.unexpected();
        }
        return finished(temporary->get(), false);
    }

    base::Result<Saved> finished(int file, bool inPlace) const
    {
        if (auto done = syncFolder(); !done)
            return done.unexpected();
        auto info = look(file);
        if (!info)
            return info.unexpected();
        return Saved{*info, inPlace};
    }

    base::Result<Saved> replace()
    {
        auto old = openHandle(m_ops, folder(), m_at.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, RESOLVE_BENEATH,
                              "open file");
        if (!old)
            return old.unexpected();
        const auto opened = look(old->get());
        if (!opened)
            return opened.unexpected();
        if (!opened->isSameContent(m_old))
            return conflict("another program changed the file");
        auto temporary = writeTemporary(0600);
        if (!temporary)
            return temporary.unexpected();
        bool inPlace = m_old.linkCount > 1;
        if (!inPlace) {
            const auto isEqual = copyAttributes(m_ops, old->get(), m_old, temporary->get());
            if (!isEqual)
                return isEqual.unexpected();
            inPlace = !*isEqual;
        }
        if (auto done = syncFile(temporary->get()); !done)
            return done.unexpected();
        return inPlace ? writeInPlace(old->get(), *temporary) : exchange(old->get(), *temporary);
    }

    // Exchanging instead of replacing shows which file we took away, after nobody could change that any more.
    base::Result<Saved> exchange(int old, TemporaryFile &temporary)
    {
        const int got = swap(temporary);
        if (got == -EINVAL || got == -ENOSYS || got == -ENOTSUP)
            return renameOver(temporary);
        if (got == -ENOENT)
            return conflict("the file is gone");
        if (got < 0)
            return failed(got, "rename");
        struct stat taken = {};
        const bool isExpected = m_ops.statusAt(folder(), temporary.name(), taken) == 0
                                && FileInfo::from(taken).isSameContent(m_old);
        if (!isExpected || m_ops.isBeingWritten(old) == 1)
            return undo(temporary);
        // Its name now belongs to the old content. If that stays, the save is done all the same.
        if (auto removed = temporary.remove(); !removed)
            temporary.release();
        return finished(temporary.get(), false);
    }

    int swap(const TemporaryFile &temporary)
    {
        return uninterrupted(
            [&] { return m_ops.rename(folder(), temporary.name(), folder(), m_at.name, RENAME_EXCHANGE); });
    }

    // Puts back what the other program made. If it replaces the file again at this very moment, what we take out is not
    // our file but a newer one of theirs, and goes back in turn.
    base::Result<Saved> undo(TemporaryFile &temporary)
    {
        for (int i = 0; i < kMaxExchanges; ++i) {
            struct stat taken = {};
            if (swap(temporary) < 0 || m_ops.statusAt(folder(), temporary.name(), taken) < 0)
                break;
            if (FileInfo::from(taken).isSameFile(temporary.info()))
                return conflict("another program is changing the file");
        }
        // Both contents stay; better a file too many than one too few.
        temporary.release();
        return base::Unexpected(base::ErrorCode::InputOutput, "another program's change could not be put back");
    }

    // Without an exchange there is a gap between the last look and the rename.
    base::Result<Saved> renameOver(TemporaryFile &temporary)
    {
        struct stat now = {};
        if (m_ops.statusAt(folder(), m_at.name, now) < 0 || !FileInfo::from(now).isSameContent(m_old))
            return conflict("another program changed the file");
        const int got = uninterrupted([&] { return m_ops.rename(folder(), temporary.name(), folder(), m_at.name, 0); });
        if (got < 0)
            return failed(got, "rename");
        temporary.release();
        return finished(temporary.get(), false);
    }

    base::Result<Saved> writeInPlace(int old, TemporaryFile &copy)
    {
        if (auto done = copy.becomeCopyFor(m_old.inode); !done)
            return done.unexpected();
        if (auto done = syncFolder(); !done)
            return done.unexpected();
        // Only now: as long as the file may be torn there must be a copy.
        if (auto done = removeStaleCopies(m_ops, m_at.folder, m_old.inode, copy.name()); !done)
            return done.unexpected();
        if (m_ops.isBeingWritten(old) == 1)
            return conflict("another program is writing the file");
        auto target = openHandle(m_ops, folder(), m_at.name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK, 0, RESOLVE_BENEATH,
                                 "open file for writing");
        if (!target)
            return target.unexpected();
        const auto now = look(target->get());
        if (!now)
            return now.unexpected();
        if (!now->isSameContent(m_old))
            return conflict("another program changed the file");
        // Asked for before anything changes: overwriting blocks that are there cannot run out of space any more. After
        // the comparison, since it counts as a modification.
        const int reserved = uninterrupted(
            [&] { return m_ops.reserve(target->get(), std::max<qint64>(m_request.content.size(), 1)); });
        if (reserved < 0 && reserved != -ENOTSUP && reserved != -ENOSYS)
            return failed(reserved, "reserve space");
        if (auto done = overwrite(m_ops, target->get(), m_request.content); !done) {
            copy.release();
            return done.unexpected();
        }
        // Before the sync of the folder: a copy that comes back after a crash would undo later saves.
        if (auto done = copy.remove(); !done)
            return done.unexpected();
        return finished(target->get(), true);
    }

    FileOps &m_ops;
    Location m_at;
    const SaveRequest &m_request;
    base::RandomSource &m_random;
    FileInfo m_old;
};

// Finishes saves that a process did not live to finish, and removes what it left.
class LeftoverRemover
{
public:
    LeftoverRemover(FileOps &ops, const FileHandle &folder) : m_ops(ops), m_folder(folder) {}

    base::Result<void> run()
    {
        auto names = readNames(m_ops, m_folder.get(), SIZE_MAX);
        if (!names)
            return names.unexpected();
        std::vector<Leftover> leftovers;
        for (const RawEntry &entry : names->entries) {
            struct stat status = {};
            if (isTemporaryName(entry.name) && m_ops.statusAt(m_folder.get(), entry.name, status) == 0
                && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)))
                leftovers.push_back({entry.name, FileInfo::from(status)});
        }
        if (leftovers.empty())
            return {};
        // Oldest first, so that of several copies for one file the newest is left when it is applied: an older one that
        // outlived a crash in between would undo it.
        std::ranges::sort(leftovers, {}, [](const Leftover &leftover) { return leftover.info.modifiedNs; });
        for (auto leftover = leftovers.begin(); leftover != leftovers.end(); ++leftover) {
            const quint64 target = copyTarget(leftover->name);
            const bool isOutdated = std::any_of(leftover + 1, leftovers.end(), [&](const Leftover &later) {
                return target != 0 && copyTarget(later.name) == target;
            });
            if (auto done = removeOne(*leftover, isOutdated ? 0 : target, names->entries); !done)
                return done;
        }
        const int got = uninterrupted([&] { return m_ops.sync(m_folder.get()); });
        if (got < 0)
            return failed(got, "sync folder");
        return {};
    }

private:
    struct Leftover
    {
        QByteArray name;
        FileInfo info;
    };

    base::Result<void> removeOne(const Leftover &leftover, quint64 target, const std::vector<RawEntry> &all)
    {
        const auto file = lockLeftover(m_ops, m_folder, leftover.name);
        if (!file)
            return file.unexpected();
        if (!*file)
            return {};
        if (target != 0) {
            if (auto done = apply(**file, leftover.info, target, all); !done)
                return done;
        }
        return removeTree(m_ops, m_folder.get(), leftover.name);
    }

    base::Result<void> apply(const FileHandle &copy, const FileInfo &copyInfo, quint64 inode,
                             const std::vector<RawEntry> &all)
    {
        const auto content = readUpTo(m_ops, copy.get(), 0, copyInfo.size);
        if (!content)
            return content.unexpected();
        for (const RawEntry &entry : all) {
            struct stat status = {};
            if (m_ops.statusAt(m_folder.get(), entry.name, status) < 0 || status.st_ino != inode
                || !S_ISREG(status.st_mode))
                continue;
            if (FileInfo::from(status).modifiedNs > copyInfo.modifiedNs + kCopyWindowNs)
                return {};
            if (auto done = renew(copy); !done)
                return done;
            auto target = openHandle(m_ops, m_folder.get(), entry.name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK, 0,
                                     RESOLVE_BENEATH, "open file for writing");
            if (!target)
                return target.unexpected();
            return overwrite(m_ops, target->get(), *content);
        }
        return {};
    }

    // If this start is broken off as well, the next one must see that the file is torn by us and not changed since.
    base::Result<void> renew(const FileHandle &copy)
    {
        const struct timespec now[2] = {{0, UTIME_OMIT}, {0, UTIME_NOW}};
        int got = m_ops.setTimes(copy.get(), now);
        if (got == 0)
            got = uninterrupted([&] { return m_ops.sync(copy.get()); });
        if (got < 0)
            return failed(got, "renew copy");
        return {};
    }

    FileOps &m_ops;
    const FileHandle &m_folder;
};

} // namespace

base::Result<Saved> saveFile(const Root &root, const SaveRequest &request, base::RandomSource &random)
{
    auto at = root.locateForWriting(request.path, Root::LastLink::Follow, request.writer);
    if (!at)
        return at.unexpected();
    return FileSaver(root.ops(), std::move(*at), request, random).run();
}

base::Result<void> removeLeftovers(const Root &root, const RelativePath &file)
{
    const auto at = root.locate(file, Root::LastLink::Follow);
    if (!at)
        return at.error().code == base::ErrorCode::NotFound ? base::Result<void>() : at.unexpected();
    return LeftoverRemover(root.ops(), at->folder).run();
}

} // namespace files
