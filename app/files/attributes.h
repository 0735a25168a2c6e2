// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/files/filehandle.h"
#include "app/files/fileinfo.h"

namespace files {

//! Gives the new file \a to the owner, group, mode, ACL and extended attributes of \a from, which \a info describes.
//!
//! Not set-user-id, set-group-id, file capabilities and integrity hashes: they vouch for the content that was there.
//! \returns false if the system does not let us make an equal file; \a to is then in between. Errors: InputOutput.
base::Result<bool> copyAttributes(FileOps &ops, int from, const FileInfo &info, int to);

} // namespace files
