// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/files/attributes.h"

#include <sys/xattr.h>

#include <algorithm>

namespace support {

QByteArray attribute(const QByteArray &file, const char *name)
{
    QByteArray value(1000, '\0');
    value.truncate(std::max<ssize_t>(getxattr(file.constData(), name, value.data(), 1000), 0));
    return value;
}

bool setAttribute(const QByteArray &file, const char *name, const QByteArray &value)
{
    return setxattr(file.constData(), name, value.constData(), static_cast<std::size_t>(value.size()), 0) == 0;
}

QByteArray sampleAcl()
{
    return QByteArray::fromHex("02000000" "01000600ffffffff" "0200060039300000" "04000400ffffffff" "10000600ffffffff" "20000000ffffffff");
}

} // namespace support
