// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/bin.h"
#include "app/files/ignore.h"
#include "app/files/root.h"
#include "app/files/watcher.h"
#include "app/host/answer.h"
#include "app/protocol/filemessages.h"

#include <QObject>

#include <memory>

namespace host {

class Workspace;

//! A workspace's files for its participants: listings, pages, changes; every path checked here against who asks.
class FileService final : public QObject
{
    Q_OBJECT

public:
    explicit FileService(Workspace &workspace);
    ~FileService() override;

    //! Errors: as files::Root::open().
    base::Result<void> open(const QByteArray &rootPath, files::InotifyHub &hub);
    std::shared_ptr<const files::Root> root() const { return m_root; }
    //! The path, if its shape is right and \a caller may see what is there: git's own folder is the owner's alone.
    base::Result<files::RelativePath> readablePath(const Connection &caller, const QByteArray &bytes) const;
    void setOpenFiles(const QList<files::RelativePath> &files);

    void list(Connection &caller, const protocol::ListFolder &request, Answer<protocol::FolderListed> answer);
    void readPage(Connection &caller, const protocol::ReadPage &request, Answer<protocol::PageRead> answer);
    void create(Connection &caller, const protocol::CreateEntry &request, Answer<protocol::EntryCreated> answer);
    void move(Connection &caller, const protocol::MoveEntry &request, Answer<protocol::EntryMoved> answer);
    void remove(Connection &caller, const protocol::DeleteEntry &request, Answer<protocol::EntryDeleted> answer);
    void restore(Connection &caller, const protocol::RestoreEntry &request, Answer<protocol::EntryRestored> answer);
    void listBin(Connection &caller, const protocol::ListBin &request, Answer<protocol::BinListed> answer);

Q_SIGNALS:
    void branchChanged(const QString &branch);
    void rootGone();

private:
    void changed(const QList<QByteArray> &folders, const QList<QByteArray> &files);
    void readBranch();

    Workspace &m_workspace;
    std::shared_ptr<const files::Root> m_root;
    std::shared_ptr<const files::Ignore> m_ignore;
    std::shared_ptr<files::Bin> m_bin;
    std::unique_ptr<files::Watcher> m_watcher;
};

} // namespace host
