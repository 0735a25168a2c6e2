// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/fileservice.h"

#include "app/host/documentrooms.h"
#include "app/host/environment.h"
#include "app/host/limits.h"
#include "app/host/members.h"
#include "app/host/workspace.h"
#include "app/store/statedirectory.h"

#include <QLoggingCategory>

#include <algorithm>

namespace host {

namespace {

Q_LOGGING_CATEGORY(fileServiceLog, "app.host.files", QtInfoMsg)

protocol::EntryKind wireKind(files::Kind kind)
{
    switch (kind) {
    case files::Kind::File: return protocol::EntryKind::File;
    case files::Kind::Folder: return protocol::EntryKind::Folder;
    case files::Kind::Symlink: return protocol::EntryKind::Link;
    case files::Kind::Other: return protocol::EntryKind::Other;
    }
    return protocol::EntryKind::Other;
}

protocol::FileEntry wireEntry(const files::Entry &entry, bool isIgnored)
{
    protocol::FileEntry wire;
    wire.name = entry.name;
    wire.isLink = entry.kind == files::Kind::Symlink;
    wire.isBroken = entry.linkBroken || entry.linkLeadsOut;
    wire.kind = wireKind(wire.isLink && !wire.isBroken ? entry.linkTargetKind : entry.kind);
    wire.isIgnored = isIgnored;
    wire.isExecutable = entry.executable;
    wire.size = entry.size;
    wire.modified = entry.modified;
    return wire;
}

files::Writer writerOf(const Connection &caller)
{
    return caller.isOwner() ? files::Writer::Owner : files::Writer::Guest;
}

QString nameOf(const Connection &caller)
{
    return caller.member() ? caller.member()->person.name : QString();
}

} // namespace

FileService::FileService(Workspace &workspace) : m_workspace(workspace) {}

FileService::~FileService() = default;

base::Result<void> FileService::open(const QByteArray &rootPath, files::InotifyHub &hub)
{
    Environment &environment = m_workspace.environment();
    auto root = files::Root::open(rootPath, environment.fileOps);
    if (!root)
        return root.unexpected();
    m_root = *root;
    const auto folder = environment.state.binFolder(m_workspace.id());
    if (!folder)
        return folder.unexpected();
    auto bin = files::Bin::open(*folder, environment.fileOps, environment.clock, environment.random);
    if (!bin)
        return bin.unexpected();
    m_bin = std::move(*bin);
    environment.background.run([bin = m_bin] { return bin->purge(); }, this, [](const base::Result<int> &purged) {
        if (!purged)
            qCWarning(fileServiceLog) << "the bin could not be emptied:" << purged.error().detail.c_str();
    });
    m_ignore = std::make_shared<files::Ignore>(m_root, files::Ignore::currentUser(environment.fileOps));
    m_watcher = std::make_unique<files::Watcher>(hub, m_root, m_ignore);
    connect(m_watcher.get(), &files::Watcher::changed, this, &FileService::changed);
    connect(m_watcher.get(), &files::Watcher::overflowed, this, [this] { changed({}, {}); });
    connect(m_watcher.get(), &files::Watcher::repositoryChanged, this, &FileService::readBranch);
    connect(m_watcher.get(), &files::Watcher::rootGone, this, &FileService::rootGone);
    connect(m_watcher.get(), &files::Watcher::degraded, this,
            [](const QString &reason) { qCWarning(fileServiceLog) << "watching is limited:" << reason; });
    readBranch();
    return {};
}

void FileService::readBranch()
{
    m_workspace.environment().background.run([ignore = m_ignore] { return ignore->branch(); }, this,
                                             [this](const QString &branch) { Q_EMIT branchChanged(branch); });
}

void FileService::setOpenFiles(const QList<files::RelativePath> &files)
{
    if (m_watcher)
        m_watcher->setOpenFiles(files);
}

void FileService::changed(const QList<QByteArray> &folders, const QList<QByteArray> &files)
{
    const bool anything = folders.isEmpty() && files.isEmpty();
    if (anything || !files.isEmpty())
        m_workspace.documents().filesChanged(files);
    if (!anything && folders.isEmpty())
        return;
    protocol::FoldersChanged notice;
    if (folders.size() <= protocol::kMaxChangedFolders)
        notice.folders = folders;
    m_workspace.members().broadcast(notice);
}

base::Result<files::RelativePath> FileService::readablePath(const Connection &caller, const QByteArray &bytes) const
{
    auto path = files::RelativePath::parse(bytes);
    if (!path)
        return path;
    // The same answer as for what does not exist: configuration in there holds addresses with passwords.
    if (!caller.isOwner() && path->isProtected())
        return base::Unexpected(base::ErrorCode::NotFound, "no such entry");
    return path;
}

void FileService::list(Connection &caller, const protocol::ListFolder &request, Answer<protocol::FolderListed> answer)
{
    const auto path = readablePath(caller, request.path);
    if (!path) {
        answer(path.unexpected());
        return;
    }
    m_watcher->ensureWatched(*path);
    m_workspace.environment().background.run(
        [root = m_root, ignore = m_ignore, path = *path, offset = request.offset]() -> base::Result<protocol::FolderListed> {
            auto listing = root->list(path);
            if (!listing)
                return listing.unexpected();
            std::erase_if(listing->entries, [](const files::Entry &entry) { return files::isGitName(entry.name); });
            const std::vector<files::Entry> &all = listing->entries;
            protocol::FolderListed listed;
            listed.total = quint32(all.size());
            const std::size_t first = std::min<std::size_t>(offset, all.size());
            const std::size_t last = std::min(first + std::size_t(protocol::kMaxEntriesPerPage), all.size());
            const std::vector<files::Entry> page(all.begin() + std::ptrdiff_t(first), all.begin() + std::ptrdiff_t(last));
            const std::vector<bool> ignored = ignore->ignored(path, page);
            for (std::size_t i = 0; i < page.size(); ++i)
                listed.entries.append(wireEntry(page[i], ignored[i]));
            return listed;
        },
        this, [answer](const base::Result<protocol::FolderListed> &listed) { answer(listed); });
}

void FileService::readPage(Connection &caller, const protocol::ReadPage &request, Answer<protocol::PageRead> answer)
{
    const auto path = readablePath(caller, request.path);
    if (!path) {
        answer(path.unexpected());
        return;
    }
    if (request.length > quint32(protocol::kMaxPageBytes) || request.offset < 0) {
        answer(base::Unexpected(base::ErrorCode::InvalidArgument, "a page has at most kMaxPageBytes"));
        return;
    }
    const bool isOwner = caller.isOwner();
    m_workspace.environment().background.run(
        [root = m_root, path = *path, request, isOwner]() -> base::Result<protocol::PageRead> {
            // A link may lead where the caller must not look.
            const auto real = root->resolved(path);
            if (!real)
                return real.unexpected();
            if (!isOwner && real->isProtected())
                return base::Unexpected(base::ErrorCode::NotFound, "no such entry");
            const auto range = root->readRange(*real, request.offset, request.length);
            if (!range)
                return range.unexpected();
            return protocol::PageRead{.bytes = range->bytes, .fileSize = range->info.size, .modified = range->info.modified()};
        },
        this, [answer](const base::Result<protocol::PageRead> &page) { answer(page); });
}

void FileService::create(Connection &caller, const protocol::CreateEntry &request, Answer<protocol::EntryCreated> answer)
{
    const auto path = files::RelativePath::parse(request.path);
    if (!path || path->isRoot()) {
        answer(path ? base::Unexpected(base::ErrorCode::InvalidArgument, "the root exists") : path.unexpected());
        return;
    }
    m_workspace.environment().background.run(
        [root = m_root, path = *path, kind = request.kind, writer = writerOf(caller)]() -> base::Result<void> {
            if (kind == protocol::EntryKind::Folder)
                return root->createFolder(path, writer);
            if (kind != protocol::EntryKind::File)
                return base::Unexpected(base::ErrorCode::InvalidArgument, "only files and folders can be made");
            const auto created = root->createFile(path, writer);
            return created ? base::Result<void>() : base::Result<void>(created.unexpected());
        },
        this, [this, answer, folder = path->parent().bytes()](const base::Result<void> &created) {
            answer(created ? base::Result<protocol::EntryCreated>(protocol::EntryCreated{}) : created.unexpected());
            if (created)
                changed({folder}, {});
        });
}

void FileService::move(Connection &caller, const protocol::MoveEntry &request, Answer<protocol::EntryMoved> answer)
{
    const auto from = readablePath(caller, request.from);
    const auto to = files::RelativePath::parse(request.to);
    if (!from || !to) {
        answer(from ? to.unexpected() : from.unexpected());
        return;
    }
    // What is unsaved goes to the old place first: then the file that moves has the text, and so has the log that follows.
    m_workspace.documents().settle(*from, 2s, [this, from = *from, to = *to, writer = writerOf(caller), answer] {
        m_workspace.environment().background.run(
            [root = m_root, from, to, writer] { return root->move(from, to, writer); }, this,
            [this, from, to, answer](const base::Result<void> &moved) {
                if (!moved) {
                    answer(moved.unexpected());
                    return;
                }
                m_workspace.documents().moved(from, to);
                answer(protocol::EntryMoved{});
                changed({from.parent().bytes(), to.parent().bytes()}, {});
            });
    });
}

void FileService::remove(Connection &caller, const protocol::DeleteEntry &request, Answer<protocol::EntryDeleted> answer)
{
    const auto path = readablePath(caller, request.path);
    if (!path) {
        answer(path.unexpected());
        return;
    }
    m_workspace.documents().settle(*path, 2s, [this, path = *path, by = nameOf(caller), writer = writerOf(caller), answer] {
        m_workspace.environment().background.run(
            [root = m_root, bin = m_bin, path, by, writer] { return bin->remove(*root, path, by, writer); }, this,
            [this, path, answer](const base::Result<files::BinEntry> &entry) {
                if (!entry) {
                    answer(entry.unexpected());
                    return;
                }
                answer(protocol::EntryDeleted{.entry = entry->id});
                changed({path.parent().bytes()}, {path.bytes()});
            });
    });
}

void FileService::restore(Connection &caller, const protocol::RestoreEntry &request, Answer<protocol::EntryRestored> answer)
{
    m_workspace.environment().background.run(
        [root = m_root, bin = m_bin, id = request.entry, writer = writerOf(caller)] { return bin->restore(*root, id, writer); },
        this, [this, answer](const base::Result<files::RelativePath> &path) {
            if (!path) {
                answer(path.unexpected());
                return;
            }
            answer(protocol::EntryRestored{.path = path->bytes()});
            changed({path->parent().bytes()}, {path->bytes()});
        });
}

void FileService::listBin(Connection &, const protocol::ListBin &, Answer<protocol::BinListed> answer)
{
    m_workspace.environment().background.run(
        [bin = m_bin] { return bin->list(); }, this, [answer](const base::Result<std::vector<files::BinEntry>> &entries) {
            if (!entries) {
                answer(entries.unexpected());
                return;
            }
            protocol::BinListed listed;
            for (const files::BinEntry &entry : *entries) {
                listed.entries.append({.id = entry.id,
                                       .path = entry.path.bytes(),
                                       .deletedAt = entry.deletedAt,
                                       .by = entry.by,
                                       .isFolder = entry.isFolder});
            }
            answer(listed);
        });
}

} // namespace host
