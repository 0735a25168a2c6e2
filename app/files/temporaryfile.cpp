// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/temporaryfile.h"

#include "app/files/atomicsave.h"

#include <linux/openat2.h>

#include <algorithm>

#include <fcntl.h>

namespace files {

namespace {

constexpr char kPrefix[] = ".alongside-";
constexpr char kTemporarySuffix[] = ".tmp";
constexpr char kCopySuffix[] = ".copy";
constexpr qsizetype kPrefixBytes = sizeof kPrefix - 1;
constexpr qsizetype kRandomDigits = 16;

QByteArray hexadecimal(quint64 number)
{
    return QByteArray::number(number, 16).rightJustified(kRandomDigits, '0');
}

bool isHexadecimal(QByteArrayView text)
{
    return text.size() == kRandomDigits && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

} // namespace

bool isTemporaryName(const QByteArray &name)
{
    if (copyTarget(name) != 0)
        return true;
    return name.startsWith(kPrefix) && name.endsWith(kTemporarySuffix)
           && isHexadecimal(QByteArrayView(name).sliced(kPrefixBytes).chopped(sizeof kTemporarySuffix - 1));
}

QByteArray newTemporaryName(base::RandomSource &random)
{
    return kPrefix + hexadecimal(random.next64()) + kTemporarySuffix;
}

quint64 copyTarget(const QByteArray &name)
{
    if (!name.startsWith(kPrefix) || !name.endsWith(kCopySuffix))
        return 0;
    const QByteArray middle = name.sliced(kPrefixBytes).chopped(sizeof kCopySuffix - 1);
    if (middle.size() != 2 * kRandomDigits + 1 || middle[kRandomDigits] != '-' || !isHexadecimal(middle.first(kRandomDigits))
        || !isHexadecimal(middle.last(kRandomDigits)))
        return 0;
    return middle.last(kRandomDigits).toULongLong(nullptr, 16);
}

TemporaryFile::TemporaryFile(FileOps &ops, int folder, QByteArray name, FileHandle file)
    : m_ops(&ops), m_folder(folder), m_name(std::move(name)), m_file(std::move(file))
{
}

TemporaryFile::TemporaryFile(TemporaryFile &&other) noexcept
    : m_ops(other.m_ops), m_folder(other.m_folder), m_name(std::move(other.m_name)), m_file(std::move(other.m_file)),
      m_info(other.m_info), m_isOurs(std::exchange(other.m_isOurs, false))
{
}

TemporaryFile::~TemporaryFile()
{
    if (m_isOurs)
        m_ops->remove(m_folder, m_name, 0);
}

base::Result<TemporaryFile> TemporaryFile::create(FileOps &ops, int folder, mode_t mode, base::RandomSource &random)
{
    const QByteArray name = newTemporaryName(random);
    auto file = openHandle(ops, folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode,
                           RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS, "create temporary file");
    if (!file)
        return file.unexpected();
    TemporaryFile temporary(ops, folder, name, std::move(*file));
    struct stat status = {};
    int got = uninterrupted([&] { return ops.lock(temporary.get()); });
    // A file system without locks: then only we may work there, which is how it is used.
    if (got == 0 || got == -ENOLCK || got == -ENOTSUP || got == -ENOSYS)
        got = ops.status(temporary.get(), status);
    if (got < 0)
        return failed(got, "create temporary file");
    temporary.m_info = FileInfo::from(status);
    return temporary;
}

base::Result<void> TemporaryFile::becomeCopyFor(quint64 inode)
{
    QByteArray name = m_name.chopped(sizeof kTemporarySuffix - 1) + '-' + hexadecimal(inode) + kCopySuffix;
    if (const int got = renameWithoutReplacing(*m_ops, m_folder, m_name, m_folder, name); got < 0)
        return failed(got, "keep a copy");
    m_name = std::move(name);
    return {};
}

base::Result<void> TemporaryFile::moveTo(const QByteArray &name)
{
    if (const int got = renameWithoutReplacing(*m_ops, m_folder, m_name, m_folder, name); got < 0)
        return failed(got, "rename temporary file");
    m_isOurs = false;
    return {};
}

base::Result<void> TemporaryFile::remove()
{
    m_isOurs = false;
    const int got = uninterrupted([&] { return m_ops->remove(m_folder, m_name, 0); });
    if (got < 0 && got != -ENOENT)
        return failed(got, "remove temporary file");
    return {};
}

base::Result<void> overwrite(FileOps &ops, int target, const QByteArray &content)
{
    if (auto done = writeAll(ops, target, content); !done)
        return done;
    int got = uninterrupted([&] { return ops.truncate(target, content.size()); });
    if (got < 0)
        return failed(got, "truncate");
    got = uninterrupted([&] { return ops.sync(target); });
    if (got < 0)
        return failed(got, "sync");
    return {};
}

} // namespace files
