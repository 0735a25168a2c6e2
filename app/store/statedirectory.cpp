// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/statedirectory.h"

#include <QCryptographicHash>

#include <linux/openat2.h>

#include <fcntl.h>
#include <unistd.h>

namespace store {

namespace {

constexpr char kLockFile[] = "lock";
constexpr char kHostIdFile[] = "host-id";
constexpr char kDatabaseFile[] = "host.sqlite";
constexpr char kLogsFolder[] = "documents";
constexpr char kBinsFolder[] = "bin";

base::Result<void> checkFileName(const QByteArray &name)
{
    const auto path = files::RelativePath::parse(name);
    if (!path || path->isRoot() || name.contains('/'))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "not a file name");
    return {};
}

// The umask may have taken away bits that we need, or an earlier program may have given away too many.
base::Result<void> makePrivate(files::FileOps &ops, int descriptor, mode_t mode)
{
    struct stat status = {};
    if (const int got = ops.status(descriptor, status); got < 0)
        return files::failed(got, "look at state");
    if (status.st_uid != geteuid())
        return base::Unexpected(base::ErrorCode::PermissionDenied, "the state directory belongs to another user");
    if ((status.st_mode & 07777) == mode)
        return {};
    const int got = files::uninterrupted([&] { return ops.setMode(descriptor, mode); });
    if (got < 0)
        return files::failed(got, "make state private");
    return {};
}

base::Result<void> syncState(files::FileOps &ops, int descriptor)
{
    const int got = files::uninterrupted([&] { return ops.sync(descriptor); });
    if (got < 0)
        return files::failed(got, "sync state");
    return {};
}

base::Result<files::FileHandle> openPrivateFolder(files::FileOps &ops, int folder, const QByteArray &name)
{
    const int made = files::uninterrupted([&] { return ops.makeFolder(folder, name, 0700); });
    if (made < 0 && made != -EEXIST)
        return files::failed(made, "create state folder");
    auto handle = files::openHandle(ops, folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, RESOLVE_BENEATH,
                                    "open state folder");
    if (!handle)
        return handle;
    if (auto done = makePrivate(ops, handle->get(), 0700); !done)
        return done.unexpected();
    if (made == 0) {
        if (auto done = syncState(ops, folder); !done)
            return done.unexpected();
    }
    return handle;
}

base::Result<files::FileHandle> openPrivateFile(files::FileOps &ops, int folder, const QByteArray &name, int flags)
{
    auto file = files::openHandle(ops, folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | flags, 0600, RESOLVE_BENEATH,
                                  "open state file");
    if (!file)
        return file;
    if (auto done = makePrivate(ops, file->get(), 0600); !done)
        return done.unexpected();
    return file;
}

base::Result<void> makeParents(files::FileOps &ops, const QByteArray &path)
{
    for (qsizetype slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
        const QByteArray parent = path.first(slash);
        struct stat status = {};
        if (ops.statusAt(AT_FDCWD, parent, status) == 0)
            continue;
        const int made = files::uninterrupted([&] { return ops.makeFolder(AT_FDCWD, parent, 0700); });
        if (made < 0 && made != -EEXIST)
            return files::failed(made, "create state directory");
    }
    const int made = files::uninterrupted([&] { return ops.makeFolder(AT_FDCWD, path, 0700); });
    if (made < 0 && made != -EEXIST)
        return files::failed(made, "create state directory");
    return {};
}

} // namespace

StateDirectory::StateDirectory(QByteArray path, files::FileHandle folder, files::FileOps &ops)
    : m_path(std::move(path)), m_ops(ops), m_folder(std::move(folder))
{
}

base::Result<std::unique_ptr<StateDirectory>> StateDirectory::open(const QByteArray &absolutePath, files::FileOps &ops,
                                                                   base::RandomSource &random)
{
    QByteArray path = absolutePath;
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    if (path.size() < 2 || !path.startsWith('/') || path.contains('\0'))
        return base::Unexpected(base::ErrorCode::InvalidArgument, "the state directory is not an absolute path");
    if (auto done = makeParents(ops, path); !done)
        return done.unexpected();
    auto folder = files::openHandle(ops, AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0, 0, "open state directory");
    if (!folder)
        return folder.unexpected();
    if (auto done = makePrivate(ops, folder->get(), 0700); !done)
        return done.unexpected();
    std::unique_ptr<StateDirectory> state(new StateDirectory(path, std::move(*folder), ops));
    if (auto done = state->takeLock(); !done)
        return done.unexpected();
    if (auto done = state->loadHostId(random); !done)
        return done.unexpected();
    for (const char *name : {kLogsFolder, kBinsFolder}) {
        if (auto made = openPrivateFolder(ops, state->m_folder.get(), name); !made)
            return made.unexpected();
    }
    if (auto database = openPrivateFile(ops, state->m_folder.get(), kDatabaseFile, 0); !database)
        return database.unexpected();
    return state;
}

base::Result<void> StateDirectory::takeLock()
{
    auto file = openPrivateFile(m_ops, m_folder.get(), kLockFile, 0);
    if (!file)
        return file.unexpected();
    const int got = files::uninterrupted([&] { return m_ops.lock(file->get()); });
    if (got == -EWOULDBLOCK)
        return base::Unexpected(base::ErrorCode::Conflict, "another host uses this state directory");
    if (got < 0)
        return files::failed(got, "lock state directory");
    m_lock = std::move(*file);
    return {};
}

base::Result<void> StateDirectory::loadHostId(base::RandomSource &random)
{
    const auto content = readPrivateFile(kHostIdFile);
    if (!content && content.error().code == base::ErrorCode::NotFound) {
        m_hostId = HostId::random(random);
        return writePrivateFile(kHostIdFile, QByteArray::fromStdString(m_hostId.toString()) + '\n');
    }
    if (!content)
        return content.unexpected();
    const auto id = HostId::fromString(content->trimmed().toStdString());
    if (!id)
        return base::Unexpected(base::ErrorCode::Malformed, "host id");
    m_hostId = *id;
    return {};
}

QString StateDirectory::databasePath() const
{
    return QString::fromUtf8(m_path) + QLatin1Char('/') + QLatin1StringView(kDatabaseFile);
}

base::Result<QByteArray> StateDirectory::workspaceFolder(const QByteArray &kind, const base::WorkspaceId &workspace) const
{
    const auto parent = openPrivateFolder(m_ops, m_folder.get(), kind);
    if (!parent)
        return parent.unexpected();
    const QByteArray name = QByteArray::fromStdString(workspace.toString());
    if (auto made = openPrivateFolder(m_ops, parent->get(), name); !made)
        return made.unexpected();
    return QByteArray(m_path + '/' + kind + '/' + name);
}

base::Result<QByteArray> StateDirectory::logFolder(const base::WorkspaceId &workspace) const
{
    return workspaceFolder(kLogsFolder, workspace);
}

base::Result<QByteArray> StateDirectory::binFolder(const base::WorkspaceId &workspace) const
{
    return workspaceFolder(kBinsFolder, workspace);
}

base::Result<QByteArray> StateDirectory::readPrivateFile(const QByteArray &name) const
{
    if (auto done = checkFileName(name); !done)
        return done.unexpected();
    const auto file = files::openHandle(m_ops, m_folder.get(), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0,
                                        RESOLVE_BENEATH, "open state file");
    if (!file)
        return file.unexpected();
    auto content = files::readUpTo(m_ops, file->get(), 0, kMaxPrivateFileBytes + 1);
    if (content && content->size() > kMaxPrivateFileBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "state file above a mebibyte");
    return content;
}

base::Result<void> StateDirectory::writePrivateFile(const QByteArray &name, const QByteArray &content) const
{
    if (auto done = checkFileName(name); !done)
        return done;
    const QByteArray newName = name + ".new";
    const int removed = files::uninterrupted([&] { return m_ops.remove(m_folder.get(), newName, 0); });
    if (removed < 0 && removed != -ENOENT)
        return files::failed(removed, "remove unfinished state file");
    auto file = openPrivateFile(m_ops, m_folder.get(), newName, O_EXCL);
    if (!file)
        return file.unexpected();
    auto done = files::writeAll(m_ops, file->get(), content);
    if (done)
        done = syncState(m_ops, file->get());
    if (done) {
        const int got = files::uninterrupted(
            [&] { return m_ops.rename(m_folder.get(), newName, m_folder.get(), name, 0); });
        done = got < 0 ? base::Result<void>(files::failed(got, "rename state file")) : syncState(m_ops, m_folder.get());
    }
    if (!done)
        m_ops.remove(m_folder.get(), newName, 0);
    return done;
}

QByteArray logName(const files::RelativePath &document)
{
    return QCryptographicHash::hash(document.bytes(), QCryptographicHash::Sha256).toHex() + ".log";
}

} // namespace store
