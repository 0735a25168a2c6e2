// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/filehandle.h"

#include <linux/openat2.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

#include <dirent.h>
#include <fcntl.h>

namespace files {

namespace {

constexpr int kMaxUncertainWalks = 1000;
constexpr std::size_t kFolderBufferBytes = 32 * 1024;
constexpr int kMaxOpenLevels = 32;

// Empties a tree of any depth with a bounded number of open folders: what lies too deep is moved up to the top first.
class TreeRemover
{
public:
    TreeRemover(FileOps &ops, int top) : m_ops(ops), m_top(top) {}

    base::Result<void> run()
    {
        do {
            m_hoistedAny = false;
            if (auto done = empty(m_top, 0); !done)
                return done;
        } while (m_hoistedAny);
        return {};
    }

private:
    base::Result<void> empty(int folder, int level)
    {
        // A read-only folder of our own would keep what is in it.
        struct stat status = {};
        if (m_ops.status(folder, status) == 0 && (status.st_mode & 0300) != 0300)
            m_ops.setMode(folder, (status.st_mode & 07777) | 0300);
        // A second handle, so that each pass begins at the folder's start.
        auto handle = openHandle(m_ops, folder, ".", O_RDONLY | O_DIRECTORY, 0, 0, "open folder to remove");
        if (!handle)
            return handle.unexpected();
        const auto names = readNames(m_ops, handle->get(), SIZE_MAX);
        if (!names)
            return names.unexpected();
        for (const RawEntry &entry : names->entries) {
            if (auto done = removeOne(folder, entry, level); !done)
                return done;
        }
        return {};
    }

    base::Result<void> removeOne(int folder, const RawEntry &entry, int level)
    {
        struct stat status = {};
        if (const int got = m_ops.statusAt(folder, entry.name, status); got < 0)
            return got == -ENOENT ? base::Result<void>() : failed(got, "look at entry to remove");
        if (!S_ISDIR(status.st_mode))
            return unlink(folder, entry.name, 0);
        if (level >= kMaxOpenLevels)
            return hoist(folder, entry.name);
        auto child = openHandle(m_ops, folder, entry.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0,
                                RESOLVE_BENEATH | RESOLVE_NO_XDEV, "open folder to remove");
        if (!child)
            return child.unexpected();
        if (auto done = empty(child->get(), level + 1); !done)
            return done;
        return unlink(folder, entry.name, AT_REMOVEDIR);
    }

    base::Result<void> hoist(int folder, const QByteArray &name)
    {
        int got = -EEXIST;
        while (got == -EEXIST)
            got = uninterrupted([&] {
                return m_ops.rename(folder, name, m_top, QByteArray::number(++m_lastHoisted), RENAME_NOREPLACE);
            });
        if (got < 0)
            return failed(got, "move deep folder up");
        m_hoistedAny = true;
        return {};
    }

    base::Result<void> unlink(int folder, const QByteArray &name, int flags)
    {
        const int got = uninterrupted([&] { return m_ops.remove(folder, name, flags); });
        if (got < 0 && got != -ENOENT)
            return failed(got, "remove entry");
        return {};
    }

    FileOps &m_ops;
    int m_top;
    quint64 m_lastHoisted = 0;
    bool m_hoistedAny = false;
};

} // namespace

base::Unexpected failed(ssize_t failure, const char *what)
{
    const int number = static_cast<int>(-failure);
    base::Error error = base::fromErrno(number, what);
    if (number == ELOOP)
        error.code = base::ErrorCode::NotFound;
    else if (number == ENXIO)
        error.code = base::ErrorCode::NotAFile;
    else if (number == ENOSYS)
        error.code = base::ErrorCode::Unavailable;
    else if (number == EAGAIN)
        error.code = base::ErrorCode::Conflict;
    return base::Unexpected(std::move(error));
}

base::Result<FileHandle> openHandle(FileOps &ops, int folder, const QByteArray &path, int flags, mode_t mode,
                                    std::uint64_t resolve, const char *what)
{
    int got = -EAGAIN;
    for (int i = 0; i < kMaxUncertainWalks && (got == -EAGAIN || got == -EINTR); ++i)
        got = ops.open(folder, path, flags, mode, resolve);
    if (got < 0)
        return failed(got, what);
    return FileHandle(ops, got);
}

base::Result<void> writeAll(FileOps &ops, int descriptor, QByteArrayView data)
{
    while (!data.isEmpty()) {
        const ssize_t written =
            uninterrupted([&] { return ops.write(descriptor, data.data(), static_cast<std::size_t>(data.size())); });
        if (written < 0)
            return failed(written, "write");
        if (written == 0)
            return base::Unexpected(base::ErrorCode::InputOutput, "write: no progress");
        data = data.sliced(written);
    }
    return {};
}

base::Result<QByteArray> readUpTo(FileOps &ops, int descriptor, qint64 offset, qint64 maxBytes)
{
    constexpr qint64 kStep = 1024 * 1024;
    struct stat status = {};
    if (const int got = ops.status(descriptor, status); got < 0)
        return failed(got, "look at file");
    QByteArray bytes;
    // The size is only a hint: the file may grow or shrink while we read.
    bytes.reserve(std::clamp<qint64>(status.st_size - offset, 0, maxBytes));
    while (bytes.size() < maxBytes) {
        const qsizetype have = bytes.size();
        const qsizetype room = std::min<qint64>(kStep, maxBytes - have);
        bytes.resize(have + room);
        const ssize_t got = uninterrupted([&] {
            return ops.read(descriptor, bytes.data() + have, static_cast<std::size_t>(room), offset + have);
        });
        bytes.resize(have + std::max<ssize_t>(got, 0));
        if (got < 0)
            return failed(got, "read");
        if (got == 0)
            break;
    }
    return bytes;
}

base::Result<RawFolder> readNames(FileOps &ops, int descriptor, std::size_t maxEntries)
{
    RawFolder folder;
    const auto buffer = std::make_unique<char[]>(kFolderBufferBytes);
    for (;;) {
        const ssize_t got = uninterrupted([&] { return ops.readFolder(descriptor, buffer.get(), kFolderBufferBytes); });
        if (got < 0)
            return failed(got, "read folder");
        if (got == 0)
            return folder;
        for (ssize_t at = 0; at < got;) {
            const char *record = buffer.get() + at;
            std::uint16_t length = 0;
            std::memcpy(&length, record + offsetof(dirent64, d_reclen), sizeof length);
            at += length;
            const char *name = record + offsetof(dirent64, d_name);
            if (std::strcmp(name, ".") == 0 || std::strcmp(name, "..") == 0)
                continue;
            if (folder.entries.size() >= maxEntries) {
                folder.truncated = true;
                return folder;
            }
            folder.entries.push_back({name, static_cast<unsigned char>(record[offsetof(dirent64, d_type)])});
        }
    }
}

int renameWithoutReplacing(FileOps &ops, int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to)
{
    const auto rename = [&](unsigned flags) {
        return uninterrupted([&] { return ops.rename(fromFolder, from, toFolder, to, flags); });
    };
    const int got = rename(RENAME_NOREPLACE);
    if (got != -EINVAL)
        return got;
    struct stat status = {};
    return ops.statusAt(toFolder, to, status) == 0 ? -EEXIST : rename(0);
}

base::Result<void> removeTree(FileOps &ops, int folder, const QByteArray &name)
{
    struct stat status = {};
    if (const int got = ops.statusAt(folder, name, status); got < 0)
        return got == -ENOENT ? base::Result<void>() : failed(got, "look at entry to remove");
    if (S_ISDIR(status.st_mode)) {
        auto top = openHandle(ops, folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, RESOLVE_BENEATH,
                              "open folder to remove");
        if (!top)
            return top.unexpected();
        if (auto done = TreeRemover(ops, top->get()).run(); !done)
            return done;
    }
    const int got = uninterrupted([&] { return ops.remove(folder, name, S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0); });
    if (got < 0 && got != -ENOENT)
        return failed(got, "remove entry");
    return {};
}

} // namespace files
