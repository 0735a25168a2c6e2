// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/relativepath.h"

#include "app/base/utf8.h"

#include <algorithm>
#include <array>

namespace files {

namespace {

base::Unexpected badPath(const char *why)
{
    return base::Unexpected(base::ErrorCode::InvalidArgument, why);
}

base::Result<void> checkComponent(QByteArrayView component)
{
    if (component.isEmpty())
        return badPath("path with an empty component");
    if (component == "." || component == "..")
        return badPath("path with a dot component");
    if (component.contains('\0'))
        return badPath("path with a NUL");
    if (component.size() > kMaxComponentBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "path component above 255 bytes");
    return {};
}

// What HFS+ leaves out when it compares names; git refuses ".git" written with any of them for that reason.
constexpr std::array<char32_t, 16> kInvisible = {0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d,
                                                 0x202e, 0x206a, 0x206b, 0x206c, 0x206d, 0x206e, 0x206f, 0xfeff};

} // namespace

base::Result<RelativePath> RelativePath::parse(const QByteArray &bytes)
{
    RelativePath path;
    if (bytes.isEmpty())
        return path;
    if (bytes.size() > kMaxPathBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "path above 4096 bytes");
    qsizetype begin = 0;
    qsizetype count = 0;
    while (begin <= bytes.size()) {
        qsizetype end = bytes.indexOf('/', begin);
        if (end < 0)
            end = bytes.size();
        if (auto ok = checkComponent(QByteArrayView(bytes).sliced(begin, end - begin)); !ok)
            return ok.unexpected();
        if (++count > kMaxComponents)
            return base::Unexpected(base::ErrorCode::TooLarge, "path with more than 128 components");
        begin = end + 1;
    }
    path.m_bytes = bytes;
    return path;
}

QList<QByteArray> RelativePath::components() const
{
    return isRoot() ? QList<QByteArray>() : m_bytes.split('/');
}

QByteArray RelativePath::name() const
{
    return m_bytes.sliced(m_bytes.lastIndexOf('/') + 1);
}

RelativePath RelativePath::parent() const
{
    RelativePath parent;
    parent.m_bytes = m_bytes.left(std::max<qsizetype>(m_bytes.lastIndexOf('/'), 0));
    return parent;
}

base::Result<RelativePath> RelativePath::child(const QByteArray &name) const
{
    if (name.contains('/') || name.isEmpty())
        return badPath("not the name of one entry");
    return parse(isRoot() ? name : m_bytes + '/' + name);
}

bool RelativePath::isWithin(const RelativePath &folder) const
{
    if (folder.isRoot() || m_bytes == folder.m_bytes)
        return true;
    return m_bytes.startsWith(folder.m_bytes) && m_bytes[folder.m_bytes.size()] == '/';
}

base::Result<RelativePath> RelativePath::moved(const RelativePath &from, const RelativePath &to) const
{
    if (!isWithin(from))
        return badPath("the path does not lie there");
    const QByteArray rest = m_bytes.sliced(from.m_bytes.size());
    // What lies below the root has no '/' in front.
    const bool needsSlash = from.isRoot() && !to.isRoot() && !rest.isEmpty();
    return parse(to.m_bytes + (needsSlash ? "/" : "") + rest);
}

bool RelativePath::isProtected() const
{
    return std::ranges::any_of(components(), isGitName);
}

bool isGitName(const QByteArray &component)
{
    QByteArray plain;
    for (QByteArrayView rest = component; !rest.isEmpty();) {
        char32_t c = 0;
        const int length = std::max(base::sequenceLength(rest, c), 1);
        if (std::ranges::find(kInvisible, c) == kInvisible.end())
            plain += rest.first(length).toByteArray();
        rest = rest.sliced(length);
    }
    // NTFS: what follows a colon is a stream of the same entry, and git~1 is the short name of .git.
    if (const qsizetype colon = plain.indexOf(':'); colon >= 0)
        plain.truncate(colon);
    while (plain.endsWith('.') || plain.endsWith(' '))
        plain.chop(1);
    plain = plain.toLower();
    return plain == ".git" || plain == "git~1";
}

} // namespace files
