// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/files/failingfileops.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>

namespace support {

QList<Fault> allFaults()
{
    return {Fault::ErrorOnce,  Fault::ErrorFromHereOn, Fault::NoSpace,   Fault::ShortWrite,
            Fault::Interrupted, Fault::CrashBefore,     Fault::CrashAfter};
}

const char *name(Fault fault)
{
    switch (fault) {
    case Fault::None: return "none";
    case Fault::ErrorOnce: return "EIO once";
    case Fault::ErrorFromHereOn: return "EIO from here on";
    case Fault::NoSpace: return "ENOSPC";
    case Fault::ShortWrite: return "short write";
    case Fault::Interrupted: return "EINTR";
    case Fault::CrashBefore: return "crash before";
    case Fault::CrashAfter: return "crash after";
    }
    return "";
}

void FailingFileOps::failAt(int call, Fault fault)
{
    QMutexLocker locker(&m_mutex);
    m_calls = 0;
    m_syncs = 0;
    m_failAt = call;
    m_failSyncsFrom = 0;
    m_fault = fault;
    m_crashed = false;
}

void FailingFileOps::failSyncsFrom(int call)
{
    failAt(0, Fault::None);
    QMutexLocker locker(&m_mutex);
    m_failSyncsFrom = call;
}

int FailingFileOps::calls() const
{
    QMutexLocker locker(&m_mutex);
    return m_calls;
}

int FailingFileOps::syncs() const
{
    QMutexLocker locker(&m_mutex);
    return m_syncs;
}

bool FailingFileOps::hasCrashed() const
{
    QMutexLocker locker(&m_mutex);
    return m_crashed;
}

Fault FailingFileOps::next(bool isSync)
{
    QMutexLocker locker(&m_mutex);
    ++m_calls;
    m_syncs += isSync;
    if (m_crashed)
        return Fault::CrashBefore;
    if (isSync && m_failSyncsFrom > 0 && m_syncs >= m_failSyncsFrom)
        return Fault::ErrorOnce;
    if (m_fault == Fault::ErrorFromHereOn && m_failAt > 0 && m_calls >= m_failAt)
        return Fault::ErrorFromHereOn;
    if (m_calls != m_failAt)
        return Fault::None;
    if (m_fault == Fault::CrashBefore || m_fault == Fault::CrashAfter)
        m_crashed = true;
    return m_fault;
}

template <typename Real>
auto FailingFileOps::call(Effect effect, Real real, bool isSync)
{
    using Value = decltype(real());
    switch (next(isSync)) {
    case Fault::ErrorOnce:
    case Fault::ErrorFromHereOn:
    case Fault::CrashBefore:
        return static_cast<Value>(-EIO);
    case Fault::CrashAfter:
        real();
        return static_cast<Value>(-EIO);
    case Fault::NoSpace:
        return effect == Effect::Writes ? static_cast<Value>(-ENOSPC) : real();
    case Fault::Interrupted:
        return effect == Effect::Instant ? real() : static_cast<Value>(-EINTR);
    case Fault::ShortWrite:
    case Fault::None:
        break;
    }
    return real();
}

int FailingFileOps::open(int folder, const QByteArray &path, int flags, mode_t mode, std::uint64_t resolve)
{
    int opened = -1;
    const int result = call((flags & O_CREAT) != 0 ? Effect::Writes : Effect::Looks,
                            [&] { return opened = m_system.open(folder, path, flags, mode, resolve); });
    // A crash after opening: the system closes what the process had open.
    if (result < 0 && opened >= 0)
        m_system.close(opened);
    return result;
}

void FailingFileOps::close(int descriptor)
{
    m_system.close(descriptor);
}

ssize_t FailingFileOps::read(int descriptor, char *buffer, std::size_t size, off_t offset)
{
    return call(Effect::Looks, [&] { return m_system.read(descriptor, buffer, size, offset); });
}

ssize_t FailingFileOps::write(int descriptor, const char *data, std::size_t size)
{
    const Fault fault = next(false);
    switch (fault) {
    case Fault::ErrorOnce:
    case Fault::ErrorFromHereOn:
    case Fault::CrashBefore:
        return -EIO;
    case Fault::Interrupted:
        return -EINTR;
    case Fault::NoSpace:
        return -ENOSPC;
    case Fault::ShortWrite:
        return m_system.write(descriptor, data, std::max<std::size_t>(size / 2, 1));
    case Fault::CrashAfter:
        // Half of it: a write is the one call that a crash cuts in two.
        m_system.write(descriptor, data, size / 2);
        return -EIO;
    case Fault::None:
        break;
    }
    return m_system.write(descriptor, data, size);
}

int FailingFileOps::sync(int descriptor)
{
    return call(Effect::Writes, [&] { return m_system.sync(descriptor); }, true);
}

int FailingFileOps::syncData(int descriptor)
{
    return call(Effect::Writes, [&] { return m_system.syncData(descriptor); }, true);
}

int FailingFileOps::truncate(int descriptor, off_t size)
{
    return call(Effect::Writes, [&] { return m_system.truncate(descriptor, size); });
}

int FailingFileOps::reserve(int descriptor, off_t size)
{
    return call(Effect::Writes, [&] { return m_system.reserve(descriptor, size); });
}

int FailingFileOps::status(int descriptor, struct stat &status)
{
    return call(Effect::Instant, [&] { return m_system.status(descriptor, status); });
}

int FailingFileOps::statusAt(int folder, const QByteArray &name, struct stat &status)
{
    return call(Effect::Instant, [&] { return m_system.statusAt(folder, name, status); });
}

ssize_t FailingFileOps::readFolder(int descriptor, char *buffer, std::size_t size)
{
    return call(Effect::Looks, [&] { return m_system.readFolder(descriptor, buffer, size); });
}

ssize_t FailingFileOps::readLink(int folder, const QByteArray &name, char *buffer, std::size_t size)
{
    return call(Effect::Looks, [&] { return m_system.readLink(folder, name, buffer, size); });
}

int FailingFileOps::makeFolder(int folder, const QByteArray &name, mode_t mode)
{
    return call(Effect::Writes, [&] { return m_system.makeFolder(folder, name, mode); });
}

int FailingFileOps::makeLink(int folder, const QByteArray &name, const QByteArray &target)
{
    return call(Effect::Writes, [&] { return m_system.makeLink(folder, name, target); });
}

int FailingFileOps::rename(int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to, unsigned flags)
{
    if (m_refusesFlags && flags != 0)
        return -EINVAL;
    if (m_isSeparate && fromFolder != toFolder)
        return -EXDEV;
    return call(Effect::Writes, [&] { return m_system.rename(fromFolder, from, toFolder, to, flags); });
}

int FailingFileOps::remove(int folder, const QByteArray &name, int flags)
{
    return call(Effect::Looks, [&] { return m_system.remove(folder, name, flags); });
}

int FailingFileOps::setMode(int descriptor, mode_t mode)
{
    return call(Effect::Instant, [&] { return m_system.setMode(descriptor, mode); });
}

int FailingFileOps::setOwner(int descriptor, uid_t owner, gid_t group)
{
    if (m_refusesOwner)
        return -EPERM;
    return call(Effect::Instant, [&] { return m_system.setOwner(descriptor, owner, group); });
}

int FailingFileOps::setTimes(int descriptor, const struct timespec times[2])
{
    return call(Effect::Instant, [&] { return m_system.setTimes(descriptor, times); });
}

int FailingFileOps::access(int folder, const QByteArray &name, int mode)
{
    return call(Effect::Instant, [&] { return m_system.access(folder, name, mode); });
}

ssize_t FailingFileOps::listAttributes(int descriptor, char *buffer, std::size_t size)
{
    return call(Effect::Instant, [&] { return m_system.listAttributes(descriptor, buffer, size); });
}

ssize_t FailingFileOps::attribute(int descriptor, const char *name, char *buffer, std::size_t size)
{
    return call(Effect::Instant, [&] { return m_system.attribute(descriptor, name, buffer, size); });
}

int FailingFileOps::setAttribute(int descriptor, const char *name, const QByteArray &value)
{
    return call(Effect::Writes, [&] { return m_system.setAttribute(descriptor, name, value); });
}

int FailingFileOps::removeAttribute(int descriptor, const char *name)
{
    return call(Effect::Writes, [&] { return m_system.removeAttribute(descriptor, name); });
}

int FailingFileOps::lock(int descriptor)
{
    return call(Effect::Looks, [&] { return m_system.lock(descriptor); });
}

int FailingFileOps::isBeingWritten(int descriptor)
{
    return call(Effect::Instant, [&] { return m_system.isBeingWritten(descriptor); });
}

} // namespace support
