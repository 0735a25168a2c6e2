// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/root.h"

#include <linux/openat2.h>

#include <fcntl.h>
#include <unistd.h>

// The functions of Root that change something. A change has happened only when its folder is on disk as well.
namespace files {

namespace {

base::Result<void> syncFolder(FileOps &ops, const FileHandle &folder)
{
    const int got = uninterrupted([&] { return ops.sync(folder.get()); });
    if (got < 0)
        return failed(got, "sync folder");
    return {};
}

} // namespace

base::Result<FileInfo> Root::createFile(const RelativePath &path, Writer writer) const
{
    const auto at = locateForWriting(path, LastLink::Keep, writer);
    if (!at)
        return at.unexpected();
    auto file = openHandle(m_ops, at->folder.get(), at->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_NONBLOCK,
                           0666, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS, "create file");
    if (!file)
        return file.unexpected();
    struct stat status = {};
    int got = uninterrupted([&] { return m_ops.sync(file->get()); });
    if (got == 0)
        got = m_ops.status(file->get(), status);
    if (got == 0)
        got = uninterrupted([&] { return m_ops.sync(at->folder.get()); });
    if (got < 0) {
        m_ops.remove(at->folder.get(), at->name, 0);
        return failed(got, "create file");
    }
    return FileInfo::from(status);
}

base::Result<void> Root::createFolder(const RelativePath &path, Writer writer) const
{
    const auto at = locateForWriting(path, LastLink::Keep, writer);
    if (!at)
        return at.unexpected();
    int got = uninterrupted([&] { return m_ops.makeFolder(at->folder.get(), at->name, 0777); });
    if (got < 0)
        return failed(got, "create folder");
    got = uninterrupted([&] { return m_ops.sync(at->folder.get()); });
    if (got < 0) {
        m_ops.remove(at->folder.get(), at->name, AT_REMOVEDIR);
        return failed(got, "create folder");
    }
    return {};
}

base::Result<void> Root::move(const RelativePath &from, const RelativePath &to, Writer writer) const
{
    const auto source = locateForWriting(from, LastLink::Keep, writer);
    if (!source)
        return source.unexpected();
    const auto target = locateForWriting(to, LastLink::Keep, writer);
    if (!target)
        return target.unexpected();
    struct stat status = {};
    if (const int got = m_ops.statusAt(source->folder.get(), source->name, status); got < 0)
        return failed(got, "look at entry to move");
    if (target->path.isWithin(source->path) && target->path != source->path)
        return base::Unexpected(base::ErrorCode::InvalidArgument, "a folder cannot move into itself");
    const int got = renameWithoutReplacing(m_ops, source->folder.get(), source->name, target->folder.get(), target->name);
    if (got == -EXDEV)
        return base::Unexpected(base::ErrorCode::InvalidArgument, "the folders are on different file systems");
    if (got < 0)
        return failed(got, "rename");
    // The new name first: after a crash in between the entry may have two names, but never none.
    if (auto done = syncFolder(m_ops, target->folder); !done)
        return done;
    return syncFolder(m_ops, source->folder);
}

} // namespace files
