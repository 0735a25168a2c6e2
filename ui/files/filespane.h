// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QWidget>

class QStackedWidget;
class QToolButton;

namespace ui {

class FileTreeView;
class StatePage;

//! The left side of a workspace window: a title line with *New file* and *New folder*, and the tree, or what stands there
//! while it is loading, empty or failed.
class FilesPane final : public QWidget
{
    Q_OBJECT

public:
    FilesPane(client::Workspace &workspace, QWidget *parent = nullptr);

    FileTreeView *tree() const { return m_tree; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void checkRoot();
    void refresh();

    client::Workspace &m_workspace;
    FileTreeView *m_tree;
    StatePage *m_state;
    QStackedWidget *m_stack;
    QToolButton *m_newFile;
    QToolButton *m_newFolder;
    std::optional<base::Error> m_error;
    bool m_isLoaded = false;
};

} // namespace ui
