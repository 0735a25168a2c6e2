// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/relativepath.h"

#include <QStringDecoder>

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

bool isShownAsItself(char32_t c)
{
    if (c == U' ')
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space:
        return false;
    default:
        // Letters that are blank: Hangul fillers and the empty Braille pattern.
        return c != 0x115f && c != 0x1160 && c != 0x3164 && c != 0xffa0 && c != 0x2800;
    }
}

void appendShown(QString &out, char32_t c)
{
    if (c == U'\\')
        out += QLatin1StringView("\\\\");
    else if (isShownAsItself(c))
        out += QChar::fromUcs4(c);
    else
        out += QLatin1StringView("\\u{") + QString::number(c, 16) + QLatin1Char('}');
}

// Length of the well-formed UTF-8 sequence that \a bytes begins with, 0 if it begins with none.
int sequenceLength(QByteArrayView bytes, char32_t &c)
{
    const auto first = static_cast<unsigned char>(bytes[0]);
    if (first < 0x80) {
        c = first;
        return 1;
    }
    const int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || bytes.size() < length)
        return 0;
    c = first & (0xff >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(bytes[i]);
        if ((next & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (next & 0x3f);
    }
    const bool isOverlong = c < (length == 2 ? 0x80u : length == 3 ? 0x800u : 0x10000u);
    return isOverlong || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : length;
}

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

QString RelativePath::displayName() const
{
    return files::displayName(m_bytes);
}

QString displayName(const QByteArray &bytes)
{
    QString out;
    QByteArrayView rest = bytes;
    while (!rest.isEmpty()) {
        char32_t c = 0;
        const int length = sequenceLength(rest, c);
        if (length == 0)
            out += QLatin1StringView("\\x") + QString::fromLatin1(rest.first(1).toByteArray().toHex());
        else
            appendShown(out, c);
        rest = rest.sliced(std::max(length, 1));
    }
    return out;
}

bool isGitName(const QByteArray &component)
{
    QByteArray plain;
    for (QByteArrayView rest = component; !rest.isEmpty();) {
        char32_t c = 0;
        const int length = std::max(sequenceLength(rest, c), 1);
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
