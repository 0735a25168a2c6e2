// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/fileinfo.h"

#include <sys/stat.h>

namespace files {

FileInfo FileInfo::from(const struct stat &status)
{
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .size = status.st_size,
            .modifiedNs = qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec,
            .mode = status.st_mode,
            .owner = status.st_uid,
            .group = status.st_gid,
            .linkCount = status.st_nlink};
}

Kind FileInfo::kind() const
{
    if (S_ISREG(mode))
        return Kind::File;
    if (S_ISDIR(mode))
        return Kind::Folder;
    return S_ISLNK(mode) ? Kind::Symlink : Kind::Other;
}

base::WallTime FileInfo::modified() const
{
    // Rounds down, also before 1970.
    return base::WallTime(std::chrono::floor<std::chrono::milliseconds>(std::chrono::nanoseconds(modifiedNs)));
}

} // namespace files
