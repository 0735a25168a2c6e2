// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/files/fileops.h"

#include <QByteArrayView>

#include <cerrno>
#include <utility>
#include <vector>

namespace files {

//! Owns one descriptor.
class FileHandle
{
public:
    FileHandle() = default;
    FileHandle(FileOps &ops, int descriptor) : m_ops(&ops), m_descriptor(descriptor) {}
    FileHandle(FileHandle &&other) noexcept
        : m_ops(other.m_ops), m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    FileHandle &operator=(FileHandle &&other) noexcept
    {
        std::swap(m_ops, other.m_ops);
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~FileHandle()
    {
        if (m_descriptor >= 0)
            m_ops->close(m_descriptor);
    }

    int get() const { return m_descriptor; }
    bool isOpen() const { return m_descriptor >= 0; }

private:
    FileOps *m_ops = nullptr;
    int m_descriptor = -1;
};

//! Calls again as long as a signal interrupts: \a call returns a negative errno value on failure.
template <typename Call>
auto uninterrupted(Call call)
{
    auto result = call();
    while (result == -EINTR)
        result = call();
    return result;
}

//! The error for the negative errno value \a failure.
base::Unexpected failed(ssize_t failure, const char *what);

//! FileOps::open, repeated while the kernel says that a concurrent rename made its walk uncertain.
base::Result<FileHandle> openHandle(FileOps &ops, int folder, const QByteArray &path, int flags, mode_t mode,
                                    std::uint64_t resolve, const char *what);
//! All of \a data, however many writes it takes; a write that makes no progress is InputOutput.
base::Result<void> writeAll(FileOps &ops, int descriptor, QByteArrayView data);
//! At most \a maxBytes from \a offset on; shorter only at the end of the file.
base::Result<QByteArray> readUpTo(FileOps &ops, int descriptor, qint64 offset, qint64 maxBytes);

struct RawEntry
{
    QByteArray name;
    unsigned char type = 0;   //!< DT_… value; DT_UNKNOWN where the file system does not say
};
struct RawFolder
{
    std::vector<RawEntry> entries;   //!< without "." and ".."
    bool truncated = false;          //!< there were more than the caller wanted
};
//! The names in the folder \a descriptor (opened with O_RDONLY | O_DIRECTORY, not read before), at most \a maxEntries.
base::Result<RawFolder> readNames(FileOps &ops, int descriptor, std::size_t maxEntries);

//! renameat2 with RENAME_NOREPLACE; where the file system cannot promise that, a look before the rename instead.
//! \returns 0 or a negative errno value, -EEXIST if \a to is taken
int renameWithoutReplacing(FileOps &ops, int fromFolder, const QByteArray &from, int toFolder, const QByteArray &to);

//! Removes \a name of \a folder with everything below; follows no link and leaves no mount point.
base::Result<void> removeTree(FileOps &ops, int folder, const QByteArray &name);

} // namespace files
