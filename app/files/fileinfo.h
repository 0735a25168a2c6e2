// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QByteArray>

#include <cstdint>

struct stat;

namespace files {

enum class Kind : std::uint8_t { File, Folder, Symlink, Other };

//! Who asks for a change. Guests never write into git's folder, whichever way a link leads there.
enum class Writer : std::uint8_t { Guest, Owner };

//! One file at one moment. Two equal identities mean: the same file, not written in between.
struct FileInfo
{
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;              //!< bytes
    qint64 modifiedNs = 0;        //!< since 1970, in nanoseconds
    quint32 mode = 0;             //!< st_mode, with the type bits
    quint32 owner = 0;
    quint32 group = 0;
    quint64 linkCount = 0;        //!< names that the file has

    static FileInfo from(const struct stat &status);

    Kind kind() const;
    base::WallTime modified() const;
    bool isExecutable() const { return (mode & 0111) != 0; }
    //! The same file, written or not.
    bool isSameFile(const FileInfo &other) const { return device == other.device && inode == other.inode; }
    //! The same file with the same content, as far as size and time of modification tell.
    bool isSameContent(const FileInfo &other) const
    {
        return isSameFile(other) && size == other.size && modifiedNs == other.modifiedNs;
    }

    friend bool operator==(const FileInfo &, const FileInfo &) = default;
};

} // namespace files
