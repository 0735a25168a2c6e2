// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/filetreeview.h"

#include "app/base/deliver.h"
#include "app/base/displayname.h"
#include "ui/files/filedelegate.h"
#include "ui/files/nameeditor.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/paint.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr auto kPathMime = "application/x-alongside-path"_L1;

Avatar treeAvatar(const client::Person &person)
{
    return {.name = person.participant.name, .color = person.participant.color};
}

QByteArray parentOf(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash < 0 ? QByteArray() : path.left(slash);
}

QByteArray nameOf(const QByteArray &path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

QByteArray joined(const QByteArray &folder, const QByteArray &name)
{
    return folder.isEmpty() ? name : folder + '/' + name;
}

} // namespace

FileTreeView::FileTreeView(client::Workspace &workspace, QWidget *parent)
    : QTreeView(parent), m_workspace(workspace), m_files(workspace.files())
{
    setObjectName(u"fileTree"_s);
    setAccessibleName(tr("Files"));
    setModel(&m_files);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(16);
    setAnimated(false);
    setMouseTracking(true);
    setExpandsOnDoubleClick(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideMiddle);
    setAcceptDrops(true);
    setDragEnabled(true);
    setDropIndicatorShown(false);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    setItemDelegate(new FileDelegate(this, [this](const QByteArray &path, bool isFolder, bool isExpanded) {
        QList<Avatar> avatars;
        if (m_workspace.session().state() == client::Session::State::Ended)
            return avatars;
        if (!isFolder) {
            for (const client::Person &person : m_workspace.people().peopleIn(path))
                avatars += treeAvatar(person);
        } else if (!isExpanded) {
            const QByteArray below = path + '/';
            for (const client::Person &person : m_workspace.people().others()) {
                if (person.path.startsWith(below))
                    avatars += treeAvatar(person);
            }
        }
        return avatars;
    }));
    connect(&workspace.people(), &client::People::peopleChanged, viewport(), QOverload<>::of(&QWidget::update));
    connect(&workspace, &client::Workspace::ended, viewport(), QOverload<>::of(&QWidget::update));
    connect(this, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (index.data(client::FileTree::IsFolderRole).toBool())
            setExpanded(index, !isExpanded(index));
        else
            choose(index, false);
    });
    connect(&m_files, &client::FileTree::folderLoaded, this, [this] {
        if (!m_wanted.isEmpty())
            reveal(m_wanted);
    });
}

void FileTreeView::reveal(const QByteArray &path)
{
    m_wanted = path;
    for (qsizetype slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        const QModelIndex folder = m_files.indexOf(path.left(slash));
        if (!folder.isValid())
            return;
        // The rest follows when the listing arrives. A tree that is not shown yet does not fetch by itself.
        if (m_files.canFetchMore(folder))
            m_files.fetchMore(folder);
        expand(folder);
    }
    const QModelIndex index = m_files.indexOf(path);
    if (!index.isValid())
        return;
    m_wanted.clear();
    setCurrentIndex(index);
    scrollTo(index);
}

QByteArray FileTreeView::currentPath() const
{
    return currentIndex().isValid() ? m_files.pathOf(currentIndex()) : QByteArray();
}

QByteArray FileTreeView::currentFolder() const
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return {};
    const QByteArray path = m_files.pathOf(index);
    return index.data(client::FileTree::IsFolderRole).toBool() ? path : parentOf(path);
}

void FileTreeView::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // Selection and hover are painted here, under the branch arrow as well; the delegate paints on top.
    const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
    const bool isSelected = selectionModel()->isSelected(index);
    const bool isHovered = viewport()->underMouse() && row.contains(viewport()->mapFromGlobal(QCursor::pos()));
    painter->fillRect(row, Theme::color(Role::Panel));
    if (isSelected || isHovered)
        drawPanel(*painter, row.adjusted(4, 0, -4, 0), kControlRadius, Theme::color(isSelected ? Role::Selected : Role::Hover), {});
    if (isSelected && hasFocus() && index == currentIndex())
        drawFocusRing(*painter, row.adjusted(4, 0, -4, 0), kControlRadius);
    QTreeView::drawRow(painter, option, index);
}

void FileTreeView::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    if (!index.data(client::FileTree::IsFolderRole).toBool())
        return;
    const QRect arrow(rect.right() - 12, rect.center().y() - 5, 12, 12);
    const bool isLoading = index.data(client::FileTree::IsLoadingRole).toBool();
    Icons::paint(*painter, arrow, isLoading ? u"more"_s : isExpanded(index) ? u"chevron-down"_s : u"chevron-right"_s,
                 Theme::color(Role::SecondaryText));
}

void FileTreeView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().data(client::FileTree::IsFolderRole).toBool())
            setExpanded(currentIndex(), !isExpanded(currentIndex()));
        else
            choose(currentIndex(), true);
        return;
    case Qt::Key_F2:
        startRename();
        return;
    case Qt::Key_Delete:
        deleteCurrent();
        return;
    default:
        QTreeView::keyPressEvent(event);
    }
}

void FileTreeView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && !index.data(client::FileTree::IsFolderRole).toBool())
        choose(index, true);
    else
        mousePressEvent(event);
}

void FileTreeView::choose(const QModelIndex &index, bool keeps)
{
    if (index.isValid())
        Q_EMIT fileChosen(m_files.pathOf(index), keeps);
}

void FileTreeView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        showMenu(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
        return;
    }
    setCurrentIndex(indexAt(event->pos()));
    showMenu(event->globalPos());
}

void FileTreeView::showMenu(const QPoint &position)
{
    const QModelIndex index = currentIndex();
    const bool canEdit = m_workspace.canEdit();
    auto *menu = new QMenu(this);
    menu->setObjectName(u"fileMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &id, const QString &text, bool isEnabled, auto handler) {
        QAction *entry = menu->addAction(text);
        entry->setObjectName(id);
        entry->setEnabled(isEnabled);
        connect(entry, &QAction::triggered, this, handler);
    };
    const bool isFile = index.isValid() && !index.data(client::FileTree::IsFolderRole).toBool();
    if (isFile) {
        add(u"open"_s, tr("Open"), true, [this] { choose(currentIndex(), true); });
        menu->addSeparator();
    }
    add(u"newFile"_s, tr("New File…"), canEdit, [this] { startNewEntry(protocol::EntryKind::File); });
    add(u"newFolder"_s, tr("New Folder…"), canEdit, [this] { startNewEntry(protocol::EntryKind::Folder); });
    if (index.isValid()) {
        menu->addSeparator();
        add(u"copyPath"_s, tr("Copy Path"), true,
            [this] { QApplication::clipboard()->setText(QString::fromUtf8(currentPath())); });
        add(u"rename"_s, tr("Rename…"), canEdit, [this] { startRename(); });
        add(u"delete"_s, tr("Delete"), canEdit, [this] { deleteCurrent(); });
    }
    menu->popup(position);
}

NameEditor *FileTreeView::startNaming(const QString &title, const QString &name, const QModelIndex &place)
{
    stopNaming();
    m_naming = new NameEditor(title, name, viewport());
    connect(m_naming, &NameEditor::givenUp, this, [this] {
        stopNaming();
        setFocus();
    });
    QRect row = place.isValid() ? visualRect(place) : QRect(0, 0, viewport()->width(), 0);
    m_naming->placeAt(row);
    return m_naming;
}

void FileTreeView::stopNaming()
{
    if (m_naming == nullptr)
        return;
    NameEditor *editor = m_naming;
    m_naming.clear();
    // Hiding moves the focus, which asks to give up once more.
    editor->disconnect(this);
    editor->hide();
    editor->deleteLater();
}

void FileTreeView::refuse()
{
    Q_EMIT actionFailed(describe({base::ErrorCode::Forbidden, {}}));
}

void FileTreeView::startNewEntry(protocol::EntryKind kind)
{
    if (!m_workspace.canEdit()) {
        refuse();
        return;
    }
    const QByteArray folder = currentFolder();
    const QString place = folder.isEmpty() ? m_workspace.info().name : base::displayName(nameOf(folder));
    const QString title = kind == protocol::EntryKind::Folder ? tr("New folder in “%1”").arg(place) : tr("New file in “%1”").arg(place);
    const QModelIndex index = m_files.indexOf(folder);
    if (index.isValid())
        expand(index);
    NameEditor *editor = startNaming(title, QString(), currentIndex());
    connect(editor, &NameEditor::named, this, [this, folder, kind](const QString &name) { createEntry(folder, name, kind); });
}

void FileTreeView::createEntry(const QByteArray &folder, const QString &name, protocol::EntryKind kind)
{
    const QByteArray path = joined(folder, name.toUtf8());
    if (m_naming != nullptr)
        m_naming->setBusy(true);
    base::deliver(m_files.create(path, kind), this, [this, path, kind, name](const base::Result<protocol::EntryCreated> &created) {
        if (!created) {
            const QString problem = describe(created.error(), tr("“%1” could not be created.").arg(name));
            if (m_naming != nullptr) {
                m_naming->setBusy(false);
                m_naming->showProblem(problem);
            } else {
                Q_EMIT actionFailed(problem);
            }
            return;
        }
        stopNaming();
        setFocus();
        reveal(path);
        if (kind == protocol::EntryKind::File)
            Q_EMIT fileChosen(path, true);
    });
}

void FileTreeView::startRename()
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    if (!m_workspace.canEdit()) {
        refuse();
        return;
    }
    const QByteArray path = m_files.pathOf(index);
    NameEditor *editor = startNaming(QString(), QString::fromUtf8(nameOf(path)), index);
    connect(editor, &NameEditor::named, this, [this, path](const QString &name) { rename(path, name); });
}

void FileTreeView::rename(const QByteArray &path, const QString &name)
{
    const QByteArray target = joined(parentOf(path), name.toUtf8());
    if (target == path) {
        stopNaming();
        setFocus();
        return;
    }
    if (m_naming != nullptr)
        m_naming->setBusy(true);
    base::deliver(m_files.move(path, target), this, [this, path, target](const base::Result<protocol::EntryMoved> &moved) {
        if (moved) {
            stopNaming();
            setFocus();
            reveal(target);
            return;
        }
        const QString problem = describe(moved.error(), tr("“%1” could not be renamed.").arg(base::displayName(nameOf(path))));
        if (m_naming != nullptr) {
            m_naming->setBusy(false);
            m_naming->showProblem(problem);
        } else {
            Q_EMIT actionFailed(problem);
        }
    });
}

void FileTreeView::deleteCurrent()
{
    const QByteArray path = currentPath();
    if (path.isEmpty())
        return;
    if (!m_workspace.canEdit()) {
        refuse();
        return;
    }
    const QString name = base::displayName(nameOf(path));
    base::deliver(m_files.remove(path), this, [this, name](const base::Result<protocol::EntryDeleted> &deleted) {
        if (deleted)
            Q_EMIT entryDeleted(name, deleted->entry);
        else
            Q_EMIT actionFailed(describe(deleted.error(), tr("“%1” could not be deleted.").arg(name)));
    });
}

void FileTreeView::startDrag(Qt::DropActions)
{
    const QByteArray path = currentPath();
    if (path.isEmpty() || !m_workspace.canEdit())
        return;
    auto *data = new QMimeData;
    data->setData(kPathMime, path);
    auto *drag = new QDrag(this);
    drag->setMimeData(data);
    // The one place with an event loop of its own: Qt starts a drag no other way.
    drag->exec(Qt::MoveAction);
}

void FileTreeView::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source() == this && event->mimeData()->hasFormat(kPathMime))
        event->acceptProposedAction();
}

void FileTreeView::dragMoveEvent(QDragMoveEvent *event)
{
    const QByteArray path = event->mimeData()->data(kPathMime);
    const QByteArray folder = folderAt(event->position().toPoint());
    const QByteArray below = path + '/';
    // The base class scrolls at the edges and knows nothing of our data.
    QTreeView::dragMoveEvent(event);
    event->setAccepted(!path.isEmpty() && folder != parentOf(path) && folder != path && !folder.startsWith(below));
}

void FileTreeView::dropEvent(QDropEvent *event)
{
    moveInto(event->mimeData()->data(kPathMime), folderAt(event->position().toPoint()));
    event->setDropAction(Qt::MoveAction);
    event->accept();
}

QByteArray FileTreeView::folderAt(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    const QByteArray path = m_files.pathOf(index);
    return index.data(client::FileTree::IsFolderRole).toBool() ? path : parentOf(path);
}

void FileTreeView::moveInto(const QByteArray &path, const QByteArray &folder)
{
    const QByteArray target = joined(folder, nameOf(path));
    base::deliver(m_files.move(path, target), this, [this, path, target](const base::Result<protocol::EntryMoved> &moved) {
        if (moved)
            reveal(target);
        else
            Q_EMIT actionFailed(describe(moved.error(), tr("“%1” could not be moved.").arg(base::displayName(nameOf(path)))));
    });
}

} // namespace ui
