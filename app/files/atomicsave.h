// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/random.h"
#include "app/base/result.h"
#include "app/files/root.h"

#include <optional>

namespace files {

struct SaveRequest
{
    RelativePath path;
    QByteArray content;
    std::optional<FileInfo> expected;   //!< what the caller last read or wrote; nothing: no file may be there
    Writer writer = Writer::Guest;
};

struct Saved
{
    FileInfo info;                      //!< the expectation for the next save
    bool inPlace = false;               //!< written into the existing file, because only that keeps its links or owner
};

//! Replaces a file's content so that after a crash it has either the old or the new one, on disk when this returns.
//!
//! A link at the end of the path is followed inside the root. Mode, owner, group, ACL and extended attributes are
//! kept; set-user-id, set-group-id and file capabilities are dropped, as Linux does on every write. A file with several
//! names, or whose owner or attributes we may not give to a new file, is written in place with a complete copy beside
//! it until that is done. Never replaces a change by another program: Conflict, with nothing changed.
//!
//! Errors also: Conflict (changed, vanished, appeared or being written), ReadOnly (file mode or file system),
//! PermissionDenied (folder), Forbidden, DiskFull. After an error the old content is there and the temporary file gone,
//! with two exceptions: if only the last sync of the folder failed, the new content is there but may not be on disk; if
//! writing in place itself failed, a complete copy stays for removeLeftovers(). Blocking; any thread.
base::Result<Saved> saveFile(const Root &root, const SaveRequest &request, base::RandomSource &random);

//! Removes what a killed process left in the folder where \a file is saved, and finishes a save in place that it broke
//! off. Call it for every known document before opening any. Leaves the files of a running process alone.
base::Result<void> removeLeftovers(const Root &root, const RelativePath &file);

//! The name is one of our temporary files'. Nobody may create such a name and no listing shows it.
bool isTemporaryName(const QByteArray &name);

} // namespace files
