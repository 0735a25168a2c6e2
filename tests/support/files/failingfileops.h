// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/fileops.h"

#include <QList>
#include <QMutex>

namespace support {

//! What happens at the call that was chosen.
enum class Fault {
    None,
    ErrorOnce,          //!< EIO, without effect
    ErrorFromHereOn,    //!< EIO at this and every later call
    NoSpace,            //!< ENOSPC where something is written or made; other calls work
    ShortWrite,         //!< half of the bytes; other calls work
    Interrupted,        //!< EINTR once, where Linux may answer that
    CrashBefore,        //!< the process ends: neither this nor any later call has an effect
    CrashAfter,         //!< this call still happens
};
QList<Fault> allFaults();
const char *name(Fault fault);

//! The real system calls, one of which goes wrong. Calls are counted from 1; closing is none. Thread-safe.
class FailingFileOps final : public files::FileOps
{
public:
    //! From now on: the \a call th call has \a fault. Starts counting anew.
    void failAt(int call, Fault fault);
    //! Only sync calls count and fail, with EIO, from the \a call th on.
    void failSyncsFrom(int call);
    //! Renames between two folders answer EXDEV, as between file systems.
    void separateFolders(bool isSeparate) { m_isSeparate = isSeparate; }
    //! Renames with flags answer EINVAL, as on file systems that have none.
    void refuseRenameFlags(bool isRefused) { m_refusesFlags = isRefused; }
    //! setOwner answers EPERM, as for an ordinary user.
    void refuseOwner(bool isRefused) { m_refusesOwner = isRefused; }
    int calls() const;
    int syncs() const;
    bool hasCrashed() const;

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

private:
    enum class Effect { Looks, Writes, Instant };   // Instant: never interrupted by a signal

    //! The fault of this call, None mostly.
    Fault next(bool isSync);
    template <typename Real>
    auto call(Effect effect, Real real, bool isSync = false);

    files::SystemFileOps m_system;
    mutable QMutex m_mutex;
    int m_calls = 0;
    int m_syncs = 0;
    int m_failAt = 0;
    int m_failSyncsFrom = 0;
    Fault m_fault = Fault::None;
    bool m_crashed = false;
    bool m_isSeparate = false;
    bool m_refusesFlags = false;
    bool m_refusesOwner = false;
};

} // namespace support
