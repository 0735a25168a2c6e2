// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/fileops.h"

namespace support {

//! Hands every call on; a test overrides the ones in which it wants to have a say.
class ForwardingFileOps : public files::FileOps
{
public:
    explicit ForwardingFileOps(files::FileOps &ops) : m_ops(ops) {}

    int open(int folder, const QByteArray &path, int flags, mode_t mode, std::uint64_t resolve) override { return m_ops.open(folder, path, flags, mode, resolve); }
    void close(int descriptor) override { return m_ops.close(descriptor); }
    ssize_t read(int descriptor, char *buffer, std::size_t size, off_t offset) override { return m_ops.read(descriptor, buffer, size, offset); }
    ssize_t write(int descriptor, const char *data, std::size_t size) override { return m_ops.write(descriptor, data, size); }
    int sync(int descriptor) override { return m_ops.sync(descriptor); }
    int syncData(int descriptor) override { return m_ops.syncData(descriptor); }
    int truncate(int descriptor, off_t size) override { return m_ops.truncate(descriptor, size); }
    int reserve(int descriptor, off_t size) override { return m_ops.reserve(descriptor, size); }
    int status(int descriptor, struct stat &status) override { return m_ops.status(descriptor, status); }
    int statusAt(int folder, const QByteArray &name, struct stat &status) override { return m_ops.statusAt(folder, name, status); }
    ssize_t readFolder(int descriptor, char *buffer, std::size_t size) override { return m_ops.readFolder(descriptor, buffer, size); }
    ssize_t readLink(int folder, const QByteArray &name, char *buffer, std::size_t size) override { return m_ops.readLink(folder, name, buffer, size); }
    int makeFolder(int folder, const QByteArray &name, mode_t mode) override { return m_ops.makeFolder(folder, name, mode); }
    int makeLink(int folder, const QByteArray &name, const QByteArray &target) override { return m_ops.makeLink(folder, name, target); }
    int rename(int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to, unsigned flags) override { return m_ops.rename(fromFolder, from, toFolder, to, flags); }
    int remove(int folder, const QByteArray &name, int flags) override { return m_ops.remove(folder, name, flags); }
    int setMode(int descriptor, mode_t mode) override { return m_ops.setMode(descriptor, mode); }
    int setOwner(int descriptor, uid_t owner, gid_t group) override { return m_ops.setOwner(descriptor, owner, group); }
    int setTimes(int descriptor, const struct timespec times[2]) override { return m_ops.setTimes(descriptor, times); }
    int access(int folder, const QByteArray &name, int mode) override { return m_ops.access(folder, name, mode); }
    ssize_t listAttributes(int descriptor, char *buffer, std::size_t size) override { return m_ops.listAttributes(descriptor, buffer, size); }
    ssize_t attribute(int descriptor, const char *name, char *buffer, std::size_t size) override { return m_ops.attribute(descriptor, name, buffer, size); }
    int setAttribute(int descriptor, const char *name, const QByteArray &value) override { return m_ops.setAttribute(descriptor, name, value); }
    int removeAttribute(int descriptor, const char *name) override { return m_ops.removeAttribute(descriptor, name); }
    int lock(int descriptor) override { return m_ops.lock(descriptor); }
    int isBeingWritten(int descriptor) override { return m_ops.isBeingWritten(descriptor); }

private:
    files::FileOps &m_ops;
};

} // namespace support
