// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/fileops.h"

#include <linux/openat2.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/xattr.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace files {

namespace {

template <typename T>
T orFailure(T result)
{
    return result < 0 ? static_cast<T>(-errno) : result;
}

} // namespace

int SystemFileOps::open(int folder, const QByteArray &path, int flags, mode_t mode, std::uint64_t resolve)
{
    // glibc has no wrapper for openat2.
    struct open_how how = {};
    how.flags = static_cast<std::uint64_t>(flags) | O_CLOEXEC;
    how.mode = (flags & O_CREAT) != 0 ? mode : 0;
    how.resolve = resolve;
    return static_cast<int>(orFailure(::syscall(SYS_openat2, folder, path.constData(), &how, sizeof how)));
}

void SystemFileOps::close(int descriptor)
{
    ::close(descriptor);
}

ssize_t SystemFileOps::read(int descriptor, char *buffer, std::size_t size, off_t offset)
{
    return orFailure(::pread(descriptor, buffer, size, offset));
}

ssize_t SystemFileOps::write(int descriptor, const char *data, std::size_t size)
{
    return orFailure(::write(descriptor, data, size));
}

int SystemFileOps::sync(int descriptor)
{
    return orFailure(::fsync(descriptor));
}

int SystemFileOps::syncData(int descriptor)
{
    return orFailure(::fdatasync(descriptor));
}

int SystemFileOps::truncate(int descriptor, off_t size)
{
    return orFailure(::ftruncate(descriptor, size));
}

int SystemFileOps::reserve(int descriptor, off_t size)
{
    return orFailure(::fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, size));
}

int SystemFileOps::status(int descriptor, struct stat &status)
{
    return orFailure(::fstat(descriptor, &status));
}

int SystemFileOps::statusAt(int folder, const QByteArray &name, struct stat &status)
{
    return orFailure(::fstatat(folder, name.constData(), &status, AT_SYMLINK_NOFOLLOW));
}

ssize_t SystemFileOps::readFolder(int descriptor, char *buffer, std::size_t size)
{
    return orFailure(::getdents64(descriptor, buffer, size));
}

ssize_t SystemFileOps::readLink(int folder, const QByteArray &name, char *buffer, std::size_t size)
{
    return orFailure(::readlinkat(folder, name.constData(), buffer, size));
}

int SystemFileOps::makeFolder(int folder, const QByteArray &name, mode_t mode)
{
    return orFailure(::mkdirat(folder, name.constData(), mode));
}

int SystemFileOps::makeLink(int folder, const QByteArray &name, const QByteArray &target)
{
    return orFailure(::symlinkat(target.constData(), folder, name.constData()));
}

int SystemFileOps::rename(int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to, unsigned flags)
{
    return orFailure(::renameat2(fromFolder, from.constData(), toFolder, to.constData(), flags));
}

int SystemFileOps::remove(int folder, const QByteArray &name, int flags)
{
    return orFailure(::unlinkat(folder, name.constData(), flags));
}

int SystemFileOps::setMode(int descriptor, mode_t mode)
{
    return orFailure(::fchmod(descriptor, mode));
}

int SystemFileOps::setOwner(int descriptor, uid_t owner, gid_t group)
{
    return orFailure(::fchown(descriptor, owner, group));
}

int SystemFileOps::setTimes(int descriptor, const struct timespec times[2])
{
    return orFailure(::futimens(descriptor, times));
}

int SystemFileOps::access(int folder, const QByteArray &name, int mode)
{
    return orFailure(::faccessat(folder, name.constData(), mode, AT_EACCESS));
}

ssize_t SystemFileOps::listAttributes(int descriptor, char *buffer, std::size_t size)
{
    return orFailure(::flistxattr(descriptor, buffer, size));
}

ssize_t SystemFileOps::attribute(int descriptor, const char *name, char *buffer, std::size_t size)
{
    return orFailure(::fgetxattr(descriptor, name, buffer, size));
}

int SystemFileOps::setAttribute(int descriptor, const char *name, const QByteArray &value)
{
    return orFailure(::fsetxattr(descriptor, name, value.constData(), static_cast<std::size_t>(value.size()), 0));
}

int SystemFileOps::removeAttribute(int descriptor, const char *name)
{
    return orFailure(::fremovexattr(descriptor, name));
}

int SystemFileOps::lock(int descriptor)
{
    return orFailure(::flock(descriptor, LOCK_EX | LOCK_NB));
}

int SystemFileOps::isBeingWritten(int descriptor)
{
    // A read lease is granted only while nobody has the file open for writing. We want the answer, not the lease. Its
    // signal would be SIGIO, which ends a process that does not expect it; SIGURG is ignored by default.
    if (::fcntl(descriptor, F_SETSIG, SIGURG) < 0)
        return -errno;
    if (::fcntl(descriptor, F_SETLEASE, F_RDLCK) < 0)
        return errno == EAGAIN ? 1 : -errno;
    ::fcntl(descriptor, F_SETLEASE, F_UNLCK);
    return 0;
}

} // namespace files
