// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/filetree.h"

#include "app/base/deliver.h"
#include "app/base/displayname.h"
#include "app/client/filetreeprivate.h"
#include "app/client/workspaceprivate.h"

#include <QSet>

namespace client {

using base::ErrorCode;

namespace {

// Long enough that a checkout is one refresh, short enough that nobody sees a delay.
constexpr std::chrono::milliseconds kRefreshDelay{30};

} // namespace

FileTree::Private::Private(FileTree &tree, Workspace &owningWorkspace) : q(tree), workspace(owningWorkspace)
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(kRefreshDelay);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        const bool isAll = std::exchange(m_isAllChanged, false);
        const auto changed = std::exchange(m_changed, {});
        QList<FileNode *> loaded;
        collectLoaded(&root, &loaded);
        for (FileNode *folder : std::as_const(loaded)) {
            if (isAll || changed.contains(folder->path()))
                refresh(folder);
        }
    });
    workspace.session().on<protocol::FoldersChanged>(this, [this](const auto &message) { foldersChanged(message.folders); });
}

FileNode *FileTree::Private::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<FileNode *>(index.internalPointer()) : const_cast<FileNode *>(&root);
}

QModelIndex FileTree::Private::indexOf(const FileNode *node) const
{
    return node == &root ? QModelIndex() : q.createIndex(node->row(), 0, node);
}

FileNode *FileTree::Private::find(const QByteArray &path) const
{
    FileNode *node = const_cast<FileNode *>(&root);
    if (path.isEmpty())
        return node;
    for (const QByteArray &name : path.split('/')) {
        node = node->child(name);
        if (!node)
            return nullptr;
    }
    return node;
}

void FileTree::Private::foldersChanged(const QList<QByteArray> &folders)
{
    m_isAllChanged = m_isAllChanged || folders.isEmpty();
    for (const QByteArray &folder : folders)
        m_changed.insert(folder, true);
    if (!m_refreshTimer.isActive())
        m_refreshTimer.start();
}

void FileTree::Private::refreshAll()
{
    foldersChanged({});
}

void FileTree::Private::collectLoaded(FileNode *folder, QList<FileNode *> *found) const
{
    if (folder->load == FileNode::Load::Never)
        return;
    found->append(folder);
    for (const auto &child : folder->children)
        collectLoaded(child.get(), found);
}

void FileTree::Private::refresh(FileNode *folder)
{
    // A listing under way may have read before the change.
    if (folder->load == FileNode::Load::Loading)
        folder->isStale = true;
    else
        list(folder);
}

void FileTree::Private::list(FileNode *folder)
{
    folder->load = FileNode::Load::Loading;
    folder->isStale = false;
    enqueue(folder);
    const QModelIndex index = indexOf(folder);
    if (index.isValid())
        Q_EMIT q.dataChanged(index, index, {IsLoadingRole});
}

void FileTree::Private::enqueue(FileNode *folder)
{
    m_queue.push_back(folder->path());
    startNext();
}

void FileTree::Private::startNext()
{
    while (m_running < kMaxListingsAtOnce && !m_queue.empty()) {
        auto listing = std::make_shared<Listing>(Listing{m_queue.front(), {}});
        m_queue.pop_front();
        ++m_running;
        askPage(listing);
    }
}

void FileTree::Private::askPage(const std::shared_ptr<Listing> &listing)
{
    const protocol::ListFolder request{listing->path, quint32(listing->entries.size())};
    // Through the event loop: an answer at once (nobody connected) must not run inside fetchMore().
    base::deliver(workspace.session().call(request), this,
                  [this, listing](const base::Result<protocol::FolderListed> &page) { pageArrived(listing, page); });
}

void FileTree::Private::pageArrived(const std::shared_ptr<Listing> &listing, const base::Result<protocol::FolderListed> &page)
{
    if (!page)
        return finish(listing, page.error().code);
    listing->entries += page->entries;
    const auto count = listing->entries.size();
    const bool isLast = page->entries.isEmpty() || count >= qsizetype(page->total) || count >= kMaxEntriesInFolder;
    FileNode *folder = find(listing->path);
    if (!folder || folder->load != FileNode::Load::Loading || isLast)
        return finish(listing, std::nullopt);
    // A first listing shows what has come; a later one waits for all of it, so that rows do not go and come back.
    if (folder->children.size() < std::size_t(count) && qsizetype(folder->children.size()) + page->entries.size() == count)
        apply(folder, listing->entries);
    askPage(listing);
}

void FileTree::Private::finish(const std::shared_ptr<Listing> &listing, std::optional<ErrorCode> error)
{
    --m_running;
    FileNode *folder = find(listing->path);
    if (folder && folder->load == FileNode::Load::Loading) {
        folder->load = FileNode::Load::Loaded;
        if (!error)
            apply(folder, listing->entries);
        else if (*error == ErrorCode::Disconnected && folder->children.empty())
            folder->load = FileNode::Load::Never;
        folder->error = error == ErrorCode::Disconnected ? std::nullopt : error;
        const QModelIndex index = indexOf(folder);
        if (index.isValid())
            Q_EMIT q.dataChanged(index, index, {IsLoadingRole, ErrorRole});
        Q_EMIT q.folderLoaded(listing->path);
        // Whoever heard the signal may have changed the tree.
        folder = find(listing->path);
        if (folder && folder->isStale && folder->load == FileNode::Load::Loaded)
            list(folder);
    }
    startNext();
}

void FileTree::Private::apply(FileNode *folder, const QList<protocol::FileEntry> &entries)
{
    QList<protocol::FileEntry> listing;
    listing.reserve(entries.size());
    QSet<QByteArray> names;
    names.reserve(entries.size());
    for (const protocol::FileEntry &entry : entries) {
        // Pages of a folder that changes meanwhile overlap; names that are no names come from a broken host.
        const bool isName = !entry.name.isEmpty() && !entry.name.contains('/') && entry.name != "." && entry.name != "..";
        if (isName && !names.contains(entry.name) && (m_entries + listing.size() < kMaxEntries)) {
            names.insert(entry.name);
            listing.append(entry);
        }
    }
    const QModelIndex parent = indexOf(folder);
    auto &children = folder->children;
    for (const RowChange &change : rowChanges(children, listing)) {
        const int last = change.first + change.count - 1;
        const auto first = children.begin() + change.first;
        if (change.kind == RowChange::Kind::Remove) {
            q.beginRemoveRows(parent, change.first, last);
            for (auto node = first; node != first + change.count; ++node)
                m_entries -= 1 + (*node)->countBelow();
            children.erase(first, first + change.count);
            folder->childrenMoved();
            q.endRemoveRows();
        } else if (change.kind == RowChange::Kind::Insert) {
            q.beginInsertRows(parent, change.first, last);
            std::vector<std::unique_ptr<FileNode>> fresh;
            fresh.reserve(std::size_t(change.count));
            for (int i = 0; i < change.count; ++i)
                fresh.push_back(std::make_unique<FileNode>(folder, listing[change.source + i]));
            children.insert(first, std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
            m_entries += change.count;
            folder->childrenMoved();
            q.endInsertRows();
        } else {
            for (int i = 0; i < change.count; ++i)
                children[std::size_t(change.first + i)]->entry = listing[change.source + i];
            Q_EMIT q.dataChanged(q.index(change.first, 0, parent), q.index(last, 0, parent));
        }
    }
}

FileTree::FileTree(Workspace &workspace) : d(std::make_unique<Private>(*this, workspace)) {}

FileTree::~FileTree() = default;

QModelIndex FileTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, d->nodeOf(parent)->children[std::size_t(row)].get());
}

QModelIndex FileTree::parent(const QModelIndex &index) const
{
    const FileNode *node = d->nodeOf(index);
    return index.isValid() ? d->indexOf(node->parent) : QModelIndex();
}

int FileTree::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(d->nodeOf(parent)->children.size());
}

int FileTree::columnCount(const QModelIndex &) const
{
    return 1;
}

bool FileTree::hasChildren(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return false;
    const FileNode *node = d->nodeOf(parent);
    return node->isFolder() && (node->load == FileNode::Load::Never || !node->children.empty());
}

bool FileTree::canFetchMore(const QModelIndex &parent) const
{
    const FileNode *node = d->nodeOf(parent);
    return node->isFolder() && node->load == FileNode::Load::Never && !node->error;
}

void FileTree::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        d->list(d->nodeOf(parent));
}

QVariant FileTree::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FileNode *node = d->nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return base::displayName(node->entry.name);
    case Qt::EditRole:
        return QString::fromUtf8(node->entry.name);
    case PathRole:
        return node->path();
    case EntryRole:
        return QVariant::fromValue(node->entry);
    case IsFolderRole:
        return node->isFolder();
    case IsIgnoredRole:
        return node->entry.isIgnored;
    case IsLoadingRole:
        return node->load == FileNode::Load::Loading;
    case ErrorRole:
        return node->error ? int(*node->error) + 1 : 0;
    default:
        return {};
    }
}

Qt::ItemFlags FileTree::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled;
    const FileNode *node = d->nodeOf(index);
    return node->isFolder() ? flags | Qt::ItemIsDropEnabled : flags | Qt::ItemNeverHasChildren;
}

QModelIndex FileTree::indexOf(const QByteArray &path) const
{
    const FileNode *node = d->find(path);
    return node ? d->indexOf(node) : QModelIndex();
}

QByteArray FileTree::pathOf(const QModelIndex &index) const
{
    return d->nodeOf(index)->path();
}

QFuture<base::Result<protocol::EntryCreated>> FileTree::create(const QByteArray &path, protocol::EntryKind kind)
{
    return d->workspace.session().call(protocol::CreateEntry{path, kind});
}

QFuture<base::Result<protocol::EntryMoved>> FileTree::move(const QByteArray &from, const QByteArray &to)
{
    return d->workspace.session().call(protocol::MoveEntry{from, to});
}

QFuture<base::Result<protocol::EntryDeleted>> FileTree::remove(const QByteArray &path)
{
    return d->workspace.session().call(protocol::DeleteEntry{path});
}

QFuture<base::Result<protocol::EntryRestored>> FileTree::restore(const base::BinEntryId &entry)
{
    return d->workspace.session().call(protocol::RestoreEntry{entry});
}

} // namespace client
