// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace files {

//! Every system call of the file layer and of the update log, so that a test can make any of them fail.
//!
//! All functions return a negative errno value on failure, EINTR included; what is not said otherwise returns 0 on
//! success. Names are single components or paths relative to the folder, as bytes. Thread-safe.
class FileOps
{
public:
    virtual ~FileOps() = default;

    //! openat2(2). \a resolve takes RESOLVE_… flags. \returns the descriptor
    virtual int open(int folder, const QByteArray &path, int flags, mode_t mode, std::uint64_t resolve) = 0;
    virtual void close(int descriptor) = 0;
    //! \returns bytes read, 0 at the end
    virtual ssize_t read(int descriptor, char *buffer, std::size_t size, off_t offset) = 0;
    //! Appends or continues at the descriptor's own position. \returns bytes written, possibly fewer than \a size
    virtual ssize_t write(int descriptor, const char *data, std::size_t size) = 0;
    virtual int sync(int descriptor) = 0;
    virtual int syncData(int descriptor) = 0;
    virtual int truncate(int descriptor, off_t size) = 0;
    //! Reserves the blocks up to \a size without changing the file's size.
    virtual int reserve(int descriptor, off_t size) = 0;
    virtual int status(int descriptor, struct stat &status) = 0;
    //! Of \a name itself: does not follow a symbolic link.
    virtual int statusAt(int folder, const QByteArray &name, struct stat &status) = 0;
    //! getdents64(2). \returns bytes filled, 0 at the end
    virtual ssize_t readFolder(int descriptor, char *buffer, std::size_t size) = 0;
    virtual ssize_t readLink(int folder, const QByteArray &name, char *buffer, std::size_t size) = 0;
    virtual int makeFolder(int folder, const QByteArray &name, mode_t mode) = 0;
    virtual int makeLink(int folder, const QByteArray &name, const QByteArray &target) = 0;
    //! renameat2(2). \a flags takes RENAME_… flags.
    virtual int rename(int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to, unsigned flags) = 0;
    //! unlinkat(2). \a flags: 0 or AT_REMOVEDIR.
    virtual int remove(int folder, const QByteArray &name, int flags) = 0;
    virtual int setMode(int descriptor, mode_t mode) = 0;
    virtual int setOwner(int descriptor, uid_t owner, gid_t group) = 0;
    virtual int setTimes(int descriptor, const struct timespec times[2]) = 0;
    //! faccessat(2) with the effective ids. \a mode: W_OK and so on.
    virtual int access(int folder, const QByteArray &name, int mode) = 0;
    virtual ssize_t listAttributes(int descriptor, char *buffer, std::size_t size) = 0;
    virtual ssize_t attribute(int descriptor, const char *name, char *buffer, std::size_t size) = 0;
    virtual int setAttribute(int descriptor, const char *name, const QByteArray &value) = 0;
    virtual int removeAttribute(int descriptor, const char *name) = 0;
    //! flock(2), exclusive, without waiting: -EWOULDBLOCK if somebody else holds it. Released with the last close.
    virtual int lock(int descriptor) = 0;
    //! 1 if some process has the file open for writing, 0 if none, negative where the system cannot tell.
    virtual int isBeingWritten(int descriptor) = 0;
};

class SystemFileOps final : public FileOps
{
public:
    int open(int folder, const QByteArray &path, int flags, mode_t mode, std::uint64_t resolve) override;
    void close(int descriptor) override;
    ssize_t read(int descriptor, char *buffer, std::size_t size, off_t offset) override;
    ssize_t write(int descriptor, const char *data, std::size_t size) override;
    int sync(int descriptor) override;
    int syncData(int descriptor) override;
    int truncate(int descriptor, off_t size) override;
    int reserve(int descriptor, off_t size) override;
    int status(int descriptor, struct stat &status) override;
    int statusAt(int folder, const QByteArray &name, struct stat &status) override;
    ssize_t readFolder(int descriptor, char *buffer, std::size_t size) override;
    ssize_t readLink(int folder, const QByteArray &name, char *buffer, std::size_t size) override;
    int makeFolder(int folder, const QByteArray &name, mode_t mode) override;
    int makeLink(int folder, const QByteArray &name, const QByteArray &target) override;
    int rename(int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to, unsigned flags) override;
    int remove(int folder, const QByteArray &name, int flags) override;
    int setMode(int descriptor, mode_t mode) override;
    int setOwner(int descriptor, uid_t owner, gid_t group) override;
    int setTimes(int descriptor, const struct timespec times[2]) override;
    int access(int folder, const QByteArray &name, int mode) override;
    ssize_t listAttributes(int descriptor, char *buffer, std::size_t size) override;
    ssize_t attribute(int descriptor, const char *name, char *buffer, std::size_t size) override;
    int setAttribute(int descriptor, const char *name, const QByteArray &value) override;
    int removeAttribute(int descriptor, const char *name) override;
    int lock(int descriptor) override;
    int isBeingWritten(int descriptor) override;
};

} // namespace files
