// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/filenode.h"
#include "app/client/filetree.h"

#include <QHash>
#include <QTimer>

#include <deque>
#include <memory>

namespace client {

class FileTree::Private final : public QObject
{
public:
    //! A hostile host could list for ever.
    static constexpr qsizetype kMaxEntriesInFolder = 200'000;
    static constexpr qsizetype kMaxEntries = 2'000'000;
    static constexpr int kMaxListingsAtOnce = 4;

    Private(FileTree &tree, Workspace &owningWorkspace);

    FileNode *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(const FileNode *node) const;
    FileNode *find(const QByteArray &path) const;
    //! Lists \a folder, again if it has been.
    void list(FileNode *folder);
    //! Everything loaded may be out of date.
    void refreshAll();

    FileTree &q;
    Workspace &workspace;
    FileNode root{nullptr, {}};

private:
    //! A listing under way; found again by path, because nodes may go while it runs.
    struct Listing
    {
        QByteArray path;
        QList<protocol::FileEntry> entries;
    };

    void foldersChanged(const QList<QByteArray> &folders);
    void refresh(FileNode *folder);
    void enqueue(FileNode *folder);
    void startNext();
    void askPage(const std::shared_ptr<Listing> &listing);
    void pageArrived(const std::shared_ptr<Listing> &listing, const base::Result<protocol::FolderListed> &page);
    void finish(const std::shared_ptr<Listing> &listing, std::optional<base::ErrorCode> error);
    void apply(FileNode *folder, const QList<protocol::FileEntry> &entries);
    void collectLoaded(FileNode *folder, QList<FileNode *> *found) const;

    std::deque<QByteArray> m_queue;
    int m_running = 0;
    qsizetype m_entries = 0;
    QTimer m_refreshTimer;
    QHash<QByteArray, bool> m_changed;
    bool m_isAllChanged = false;
};

} // namespace client
