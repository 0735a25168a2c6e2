// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/files/filehandle.h"

#include <cstddef>

namespace files {

struct CopyLimits
{
    qint64 bytes = 0;
    std::size_t entries = 0;
    int depth = 0;
};

//! Copies \a name of \a fromFolder, a file, link or folder with everything below, to \a toName in \a toFolder, and syncs
//! all of it. Keeps modes, times, and owner and attributes where the system allows. What was copied before an error
//! stays for the caller to remove. Errors also: TooLarge, TooMany (limits), NotAFile (device, pipe or socket in it).
base::Result<void> copyTree(FileOps &ops, int fromFolder, const QByteArray &name, int toFolder,
                            const QByteArray &toName, const CopyLimits &limits);

} // namespace files
