// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace support {

//! Extended attributes by absolute path, past the file layer. Empty if there is none of that name.
QByteArray attribute(const QByteArray &file, const char *name);
bool setAttribute(const QByteArray &file, const char *name, const QByteArray &value);
//! An ACL as the kernel takes it: user::rw-, user:12345:rw-, group::r--, mask::rw-, other::---.
QByteArray sampleAcl();

} // namespace support
