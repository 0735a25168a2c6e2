// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/filemessages.h"

#include <QAbstractItemModel>
#include <QFuture>

#include <memory>

namespace client {

class Workspace;

//! The workspace's files as a lazily listed tree. Children are fetched when a view asks (canFetchMore/fetchMore), kept
//! up to date by the host's announcements, and refreshed in place: persistent indexes, selection and expansion survive.
class FileTree : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        PathRole = Qt::UserRole + 1, //!< QByteArray
        EntryRole,                   //!< QVariant of protocol::FileEntry
        IsFolderRole,
        IsIgnoredRole,
        IsLoadingRole,
        ErrorRole,                   //!< int(base::ErrorCode) + 1 when the folder could not be listed, else 0
    };

    ~FileTree() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    //! DisplayRole: the name fit for people (control and bidi characters escaped).
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    //! Invalid when the path is not loaded.
    QModelIndex indexOf(const QByteArray &path) const;
    QByteArray pathOf(const QModelIndex &index) const;

    //! Each answers when the host has done it; the tree follows by the host's announcement.
    QFuture<base::Result<protocol::EntryCreated>> create(const QByteArray &path, protocol::EntryKind kind);
    QFuture<base::Result<protocol::EntryMoved>> move(const QByteArray &from, const QByteArray &to);
    QFuture<base::Result<protocol::EntryDeleted>> remove(const QByteArray &path);
    QFuture<base::Result<protocol::EntryRestored>> restore(const base::BinEntryId &entry);

Q_SIGNALS:
    //! A folder's first listing arrived (also with an error).
    void folderLoaded(const QByteArray &path);

private:
    friend class Workspace;
    explicit FileTree(Workspace &workspace);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace client
