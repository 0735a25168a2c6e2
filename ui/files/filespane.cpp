// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/filespane.h"

#include "app/base/deliver.h"
#include "ui/files/filetreeview.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/statepage.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kTitleHeight = 34;

} // namespace

FilesPane::FilesPane(client::Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_tree(new FileTreeView(workspace, this)), m_state(new StatePage(this)),
      m_stack(new QStackedWidget(this))
{
    setObjectName(u"filesPane"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QWidget(this);
    head->setFixedHeight(kTitleHeight);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 4, 0);
    row->setSpacing(0);
    auto *title = new ElidedLabel(visibleName(workspace.info().name), head);
    title->setObjectName(u"filesTitle"_s);
    title->setSize(TextSize::Normal, true);
    row->addWidget(title, 1);
    m_newFile = makeIconButton(u"plus"_s, tr("New file"), head);
    m_newFile->setObjectName(u"newFileButton"_s);
    m_newFolder = makeIconButton(u"folder"_s, tr("New folder"), head);
    m_newFolder->setObjectName(u"newFolderButton"_s);
    row->addWidget(m_newFile);
    row->addWidget(m_newFolder);
    column->addWidget(head);
    m_state->setBackgroundRole(QPalette::AlternateBase);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_state);
    column->addWidget(m_stack, 1);
    connect(m_newFile, &QToolButton::clicked, this, [this] {
        m_stack->setCurrentWidget(m_tree);
        m_tree->startNewEntry(protocol::EntryKind::File);
    });
    connect(m_newFolder, &QToolButton::clicked, this, [this] {
        m_stack->setCurrentWidget(m_tree);
        m_tree->startNewEntry(protocol::EntryKind::Folder);
    });
    connect(m_state, &StatePage::buttonClicked, this, [this] {
        if (m_error)
            checkRoot();
        else
            m_newFile->click();
    });
    connect(&workspace.files(), &client::FileTree::folderLoaded, this, [this](const QByteArray &path) {
        if (path.isEmpty() && m_workspace.files().rowCount() == 0)
            checkRoot();
    });
    connect(&workspace.files(), &QAbstractItemModel::rowsInserted, this, &FilesPane::refresh);
    connect(&workspace.files(), &QAbstractItemModel::rowsRemoved, this, &FilesPane::refresh);
    connect(&workspace.files(), &QAbstractItemModel::modelReset, this, &FilesPane::refresh);
    connect(&workspace.people(), &client::People::ownAccessChanged, this, &FilesPane::refresh);
    connect(&workspace, &client::Workspace::ended, this, &FilesPane::refresh);
    if (workspace.files().canFetchMore({}))
        workspace.files().fetchMore({});
    refresh();
}

// The model has no index for the root that could carry an error, so whether nothing is there or nothing could be listed
// is asked of the host.
void FilesPane::checkRoot()
{
    m_error.reset();
    m_isLoaded = false;
    refresh();
    base::deliver(m_workspace.session().call(protocol::ListFolder{}), this, [this](const base::Result<protocol::FolderListed> &listed) {
        m_isLoaded = true;
        if (!listed)
            m_error = listed.error();
        else if (m_workspace.files().canFetchMore({}))
            m_workspace.files().fetchMore({});
        refresh();
    });
}

void FilesPane::refresh()
{
    const bool canEdit = m_workspace.canEdit();
    m_newFile->setVisible(canEdit);
    m_newFolder->setVisible(canEdit);
    if (m_workspace.files().rowCount() > 0) {
        m_stack->setCurrentWidget(m_tree);
        return;
    }
    if (m_error)
        m_state->showFailure(tr("The folder could not be listed"), describe(*m_error), tr("Try again"));
    else if (!m_isLoaded)
        m_state->showLoading(tr("Listing files"));
    else
        m_state->showMessage(u"folder"_s, tr("This folder is empty"), QString(), canEdit ? tr("New file") : QString());
    m_stack->setCurrentWidget(m_state);
}

void FilesPane::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::color(Role::Panel));
}

} // namespace ui
