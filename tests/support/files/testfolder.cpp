// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/files/testfolder.h"

#include <QDir>

#include <sys/prctl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace support {

namespace {

constexpr uid_t kNobody = 65534;

void need(bool isTrue, const char *what)
{
    if (isTrue)
        return;
    std::perror(what);
    std::abort();
}

QString templateOn(bool isMemory)
{
    const bool isThere = isMemory && ::access("/dev/shm", W_OK | X_OK) == 0;
    return (isThere ? QStringLiteral("/dev/shm") : QDir::tempPath()) + QStringLiteral("/alongside-test-XXXXXX");
}

} // namespace

TestFolder::TestFolder(On on) : m_folder(templateOn(on == On::Memory))
{
    need(m_folder.isValid(), "temporary folder");
    // Also for OrdinaryUser.
    need(chmod(path().constData(), 0777) == 0, "chmod");
}

TestFolder::~TestFolder()
{
    // QTemporaryDir cannot remove names that are no UTF-8.
    files::SystemFileOps ops;
    const int folder = ::open(path().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (const QByteArray &name : names())
        (void)files::removeTree(ops, folder, name);
    ::close(folder);
}

QByteArray TestFolder::path(const QByteArray &relative) const
{
    const QByteArray folder = m_folder.path().toUtf8();
    return relative.isEmpty() ? folder : QByteArray(folder + '/' + relative);
}

std::shared_ptr<const files::Root> TestFolder::root(files::FileOps &ops) const
{
    auto root = files::Root::open(path(), ops);
    need(root.has_value(), "open root");
    return *root;
}

void TestFolder::makeFolder(const QByteArray &relative) const
{
    for (qsizetype slash = relative.indexOf('/'); slash >= 0; slash = relative.indexOf('/', slash + 1))
        mkdir(path(relative.first(slash)).constData(), 0755);
    need(mkdir(path(relative).constData(), 0755) == 0 || errno == EEXIST, "mkdir");
}

void TestFolder::write(const QByteArray &relative, const QByteArray &content) const
{
    if (const qsizetype slash = relative.lastIndexOf('/'); slash > 0)
        makeFolder(relative.first(slash));
    const int file = ::open(path(relative).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    need(file >= 0, "open to write");
    need(::write(file, content.constData(), static_cast<std::size_t>(content.size())) == content.size(), "write");
    ::close(file);
}

QByteArray TestFolder::read(const QByteArray &relative) const
{
    const int file = ::open(path(relative).constData(), O_RDONLY | O_CLOEXEC);
    need(file >= 0, "open to read");
    QByteArray content;
    QByteArray part(1 << 16, Qt::Uninitialized);
    for (ssize_t got = 1; got > 0;) {
        got = ::read(file, part.data(), static_cast<std::size_t>(part.size()));
        content.append(part.constData(), std::max<ssize_t>(got, 0));
    }
    ::close(file);
    return content;
}

bool TestFolder::has(const QByteArray &relative) const
{
    struct stat status = {};
    return lstat(path(relative).constData(), &status) == 0;
}

void TestFolder::link(const QByteArray &relative, const QByteArray &target) const
{
    need(symlink(target.constData(), path(relative).constData()) == 0, "symlink");
}

struct stat TestFolder::status(const QByteArray &relative) const
{
    struct stat status = {};
    need(lstat(path(relative).constData(), &status) == 0, "lstat");
    return status;
}

QList<QByteArray> TestFolder::names(const QByteArray &relative) const
{
    QList<QByteArray> names;
    DIR *folder = opendir(path(relative).constData());
    need(folder != nullptr, "opendir");
    while (const dirent *entry = readdir(folder))
        names.append(entry->d_name);
    closedir(folder);
    names.removeAll(".");
    names.removeAll("..");
    std::ranges::sort(names);
    return names;
}

files::RelativePath path(const QByteArray &relative)
{
    const auto parsed = files::RelativePath::parse(relative);
    need(parsed.has_value(), "path");
    return *parsed;
}

OrdinaryUser::OrdinaryUser() : m_wasRoot(geteuid() == 0)
{
    if (!m_wasRoot)
        return;
    need(setegid(kNobody) == 0 && seteuid(kNobody) == 0, "become an ordinary user");
    // Else /proc/self belongs to root from now on.
    prctl(PR_SET_DUMPABLE, 1);
}

OrdinaryUser::~OrdinaryUser()
{
    if (m_wasRoot)
        need(seteuid(0) == 0 && setegid(0) == 0, "become root again");
}

} // namespace support
