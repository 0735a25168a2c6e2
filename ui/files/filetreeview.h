// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QPointer>
#include <QTreeView>

namespace ui {

class NameEditor;

//! The workspace's files: open, create, rename, delete (restorable), move by dragging. Sends intents to the host and
//! shows what the host answers.
class FileTreeView final : public QTreeView
{
    Q_OBJECT

public:
    FileTreeView(client::Workspace &workspace, QWidget *parent = nullptr);

    //! Unfolds to \a path and selects it, as far as it is loaded; loads the folders on the way.
    void reveal(const QByteArray &path);
    QByteArray currentPath() const;
    //! The folder that a new entry goes into: the current one, or the one of the current file.
    QByteArray currentFolder() const;

    void startNewEntry(protocol::EntryKind kind);
    void startRename();
    void deleteCurrent();

Q_SIGNALS:
    //! A file was chosen. \a keeps: opened for good; else it may give way to the next one.
    void fileChosen(const QByteArray &path, bool keeps);
    void entryDeleted(const QString &name, const base::BinEntryId &entry);
    //! A whole sentence with cause and next step.
    void actionFailed(const QString &sentence);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void choose(const QModelIndex &index, bool keeps);
    void showMenu(const QPoint &position);
    void createEntry(const QByteArray &folder, const QString &name, protocol::EntryKind kind);
    void rename(const QByteArray &path, const QString &name);
    void moveInto(const QByteArray &path, const QByteArray &folder);
    QByteArray folderAt(const QPoint &position) const;
    NameEditor *startNaming(const QString &title, const QString &name, const QModelIndex &place);
    void stopNaming();
    void refuse();

    client::Workspace &m_workspace;
    client::FileTree &m_files;
    QPointer<NameEditor> m_naming;
    QByteArray m_wanted;       //!< path to reveal once its folders are loaded
};

} // namespace ui
