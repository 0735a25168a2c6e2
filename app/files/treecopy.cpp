// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/treecopy.h"

#include "app/files/attributes.h"

#include <linux/openat2.h>

#include <array>

#include <fcntl.h>

namespace files {

namespace {

constexpr qint64 kCopyStep = 1024 * 1024;

class TreeCopier
{
public:
    TreeCopier(FileOps &ops, const CopyLimits &limits) : m_ops(ops), m_left(limits) {}

    base::Result<void> copy(int fromFolder, const QByteArray &name, int toFolder, const QByteArray &toName, int depth)
    {
        if (m_left.entries == 0 || depth > m_left.depth)
            return base::Unexpected(base::ErrorCode::TooMany, "too many or too deep entries to copy");
        --m_left.entries;
        struct stat status = {};
        if (const int got = m_ops.statusAt(fromFolder, name, status); got < 0)
            return failed(got, "look at entry to copy");
        if (S_ISREG(status.st_mode))
            return copyFile(fromFolder, name, toFolder, toName, status);
        if (S_ISLNK(status.st_mode))
            return copyLink(fromFolder, name, toFolder, toName);
        if (S_ISDIR(status.st_mode))
            return copyFolder(fromFolder, name, toFolder, toName, status, depth);
        return base::Unexpected(base::ErrorCode::NotAFile, "a device, pipe or socket cannot be copied");
    }

private:
    static base::Unexpected tooLarge() { return base::Unexpected(base::ErrorCode::TooLarge, "too many bytes to copy"); }

    base::Result<void> copyLink(int fromFolder, const QByteArray &name, int toFolder, const QByteArray &toName)
    {
        std::array<char, 4097> target;
        const ssize_t got = uninterrupted([&] { return m_ops.readLink(fromFolder, name, target.data(), target.size()); });
        if (got < 0 || got == ssize_t(target.size()))
            return failed(got < 0 ? got : -ENAMETOOLONG, "read link");
        const int made = uninterrupted([&] { return m_ops.makeLink(toFolder, toName, QByteArray(target.data(), got)); });
        if (made < 0)
            return failed(made, "copy link");
        return {};
    }

    base::Result<void> copyFile(int fromFolder, const QByteArray &name, int toFolder, const QByteArray &toName,
                                const struct stat &status)
    {
        // Before gigabytes are copied in vain; it may still grow while we read.
        if (status.st_size > m_left.bytes)
            return tooLarge();
        auto from = openHandle(m_ops, fromFolder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, RESOLVE_BENEATH,
                               "open file to copy");
        if (!from)
            return from.unexpected();
        auto to = openHandle(m_ops, toFolder, toName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600, RESOLVE_BENEATH,
                             "create copy");
        if (!to)
            return to.unexpected();
        for (qint64 offset = 0;;) {
            const auto part = readUpTo(m_ops, from->get(), offset, kCopyStep);
            if (!part)
                return part.unexpected();
            if (part->isEmpty())
                break;
            offset += part->size();
            m_left.bytes -= part->size();
            if (m_left.bytes < 0)
                return tooLarge();
            if (auto done = writeAll(m_ops, to->get(), *part); !done)
                return done;
        }
        return finish(from->get(), to->get(), status);
    }

    base::Result<void> copyFolder(int fromFolder, const QByteArray &name, int toFolder, const QByteArray &toName,
                                  const struct stat &status, int depth)
    {
        auto from = openHandle(m_ops, fromFolder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0,
                               RESOLVE_BENEATH | RESOLVE_NO_XDEV, "open folder to copy");
        if (!from)
            return from.unexpected();
        const int made = uninterrupted([&] { return m_ops.makeFolder(toFolder, toName, 0700); });
        if (made < 0)
            return failed(made, "create folder");
        auto to = openHandle(m_ops, toFolder, toName, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, RESOLVE_BENEATH,
                             "open copied folder");
        if (!to)
            return to.unexpected();
        const auto names = readNames(m_ops, from->get(), m_left.entries + 1);
        if (!names)
            return names.unexpected();
        for (const RawEntry &entry : names->entries) {
            if (auto done = copy(from->get(), entry.name, to->get(), entry.name, depth + 1); !done)
                return done;
        }
        return finish(from->get(), to->get(), status);
    }

    base::Result<void> finish(int from, int to, const struct stat &status)
    {
        // An owner or attribute that we may not set is no reason to keep a file from being deleted or restored.
        const auto equal = copyAttributes(m_ops, from, FileInfo::from(status), to);
        if (!equal)
            return equal.unexpected();
        if (!*equal)
            m_ops.setMode(to, status.st_mode & 01777);
        const struct timespec times[2] = {status.st_atim, status.st_mtim};
        m_ops.setTimes(to, times);
        const int got = uninterrupted([&] { return m_ops.sync(to); });
        if (got < 0)
            return failed(got, "sync copy");
        return {};
    }

    FileOps &m_ops;
    CopyLimits m_left;
};

} // namespace

base::Result<void> copyTree(FileOps &ops, int fromFolder, const QByteArray &name, int toFolder,
                            const QByteArray &toName, const CopyLimits &limits)
{
    return TreeCopier(ops, limits).copy(fromFolder, name, toFolder, toName, 0);
}

} // namespace files
