// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/attributes.h"

#include <QByteArray>
#include <QList>

#include <limits>

namespace files {

namespace {

constexpr qsizetype kMaxAttributeBytes = 64 * 1024;     // Linux's limit for a value and for the list of names

bool vouchesForContent(const QByteArray &name)
{
    return name == "security.capability" || name == "security.ima" || name == "security.evm";
}

base::Result<QList<QByteArray>> attributeNames(FileOps &ops, int file)
{
    QByteArray buffer(kMaxAttributeBytes, Qt::Uninitialized);
    const ssize_t got =
        uninterrupted([&] { return ops.listAttributes(file, buffer.data(), static_cast<std::size_t>(buffer.size())); });
    if (got == -ENOTSUP || got == -ENOSYS)
        return QList<QByteArray>();
    if (got < 0)
        return failed(got, "list attributes");
    buffer.truncate(got);
    QList<QByteArray> names = buffer.split('\0');
    names.removeAll({});
    return names;
}

// Nothing where there is no such attribute, or none that we may see.
QByteArray attributeValue(FileOps &ops, int file, const QByteArray &name, bool &isThere)
{
    QByteArray value(kMaxAttributeBytes, Qt::Uninitialized);
    const ssize_t got = uninterrupted([&] {
        return ops.attribute(file, name.constData(), value.data(), static_cast<std::size_t>(value.size()));
    });
    isThere = got >= 0;
    value.truncate(got < 0 ? 0 : got);
    return value;
}

bool copyAttribute(FileOps &ops, int from, int to, const QByteArray &name)
{
    bool wanted = false;
    bool isThere = false;
    const QByteArray value = attributeValue(ops, from, name, wanted);
    if (!wanted || (attributeValue(ops, to, name, isThere) == value && isThere))
        return wanted;
    return uninterrupted([&] { return ops.setAttribute(to, name.constData(), value); }) == 0;
}

} // namespace

base::Result<bool> copyAttributes(FileOps &ops, int from, const FileInfo &info, int to)
{
    struct stat status = {};
    if (const int got = ops.status(to, status); got < 0)
        return failed(got, "look at temporary file");
    if (status.st_uid != info.owner || status.st_gid != info.group) {
        if (uninterrupted([&] { return ops.setOwner(to, info.owner, info.group); }) < 0)
            return false;
    }
    const auto wanted = attributeNames(ops, from);
    if (!wanted)
        return wanted.unexpected();
    const auto present = attributeNames(ops, to);
    if (!present)
        return present.unexpected();
    // The folder may have given the new file an ACL that the old one does not have.
    for (const QByteArray &name : *present) {
        if (!wanted->contains(name) && uninterrupted([&] { return ops.removeAttribute(to, name.constData()); }) < 0)
            return false;
    }
    for (const QByteArray &name : *wanted) {
        if (!vouchesForContent(name) && !copyAttribute(ops, from, to, name))
            return false;
    }
    // Last: changing the owner resets bits, and an ACL's mask is the mode's group part.
    return uninterrupted([&] { return ops.setMode(to, info.mode & 01777); }) == 0;
}

} // namespace files
