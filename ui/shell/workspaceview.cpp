// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspaceview.h"

#include "app/base/deliver.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/editorpane.h"
#include "ui/editor/languages.h"
#include "ui/files/filespane.h"
#include "ui/files/filetreeview.h"
#include "ui/presence/avatarstrip.h"
#include "ui/presence/joinrequests.h"
#include "ui/presence/personmenu.h"
#include "ui/share/sharepill.h"
#include "ui/shell/actions.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentstatus.h"
#include "ui/shell/documentview.h"
#include "ui/shell/refusal.h"
#include "ui/shell/savecopy.h"
#include "ui/shell/settings.h"
#include "ui/shell/sharecontroller.h"
#include "ui/shell/statusline.h"
#include "ui/shell/titleline.h"
#include "ui/shell/workspacebanners.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto kIdleAfter = 3min;

bool isInput(QEvent::Type type)
{
    return type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::Wheel || type == QEvent::MouseMove;
}

} // namespace

WorkspaceView::WorkspaceView(std::unique_ptr<client::Workspace> workspace, const Environment &environment, const Frame &frame,
                             QWidget *parent)
    : QWidget(parent), m_environment(environment), m_frame(frame), m_workspace(std::move(workspace)), m_splitter(new QSplitter(this)),
      m_files(new FilesPane(*m_workspace, m_splitter)), m_documents(new DocumentArea(*m_workspace, environment, m_splitter)),
      m_toasts(new ToastStack(this)), m_sharing(new ShareController(*m_workspace, frame.actions, *m_toasts, window())),
      m_banners(new WorkspaceBanners(*m_workspace, *m_documents))
{
    setObjectName(u"workspaceView"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
    m_splitter->setObjectName(u"splitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_files);
    m_splitter->addWidget(m_documents);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({environment.settings.filesWidth(), 1000});
    m_files->setMinimumWidth(120);
    m_documents->setMinimumWidth(240);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this](int position) { m_environment.settings.setFilesWidth(position); });

    auto *pill = new SharePill(*m_workspace);
    auto *people = new AvatarStrip(m_workspace->people(), environment.clock);
    pill->setMenuActions({frame.actions[Command::Share], frame.actions[Command::CopyLink], frame.actions[Command::ChangeShareAccess],
                          frame.actions[Command::StopSharing]});
    frame.title.setWorkspaceParts(pill, people);
    connect(pill, &SharePill::shareRequested, m_sharing, &ShareController::openDialog);
    connectFiles();
    connectPeople(people);
    connectStatus();
    if (m_workspace->isOwner()) {
        auto *requests = new JoinRequests(m_workspace->sharing(), this);
        connect(requests, &JoinRequests::answerFailed, this, [this](const base::Error &error, const QString &name) {
            //: %1 is a person's name
            m_toasts->show({.title = tr("The answer to %1 did not arrive").arg(name), .text = describe(error)});
        });
    }
    connect(m_workspace.get(), &client::Workspace::ended, people, &AvatarStrip::hideOthers);
    connect(m_banners, &WorkspaceBanners::saveCopyRequested, this, &WorkspaceView::saveCopy);
    connect(m_banners, &WorkspaceBanners::closeRequested, this, &WorkspaceView::closeRequested);
    m_idle.setSingleShot(true);
    m_idle.setInterval(kIdleAfter);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        m_isIdle = true;
        m_workspace->people().setOwnIdle(true);
    });
    m_idle.start();
    qApp->installEventFilter(this);
    tellPlace();
}

WorkspaceView::~WorkspaceView()
{
    m_frame.title.setWorkspaceParts(nullptr, nullptr);
    // Views release their documents, so they go before the workspace does.
    delete m_splitter;
}

void WorkspaceView::connectFiles()
{
    FileTreeView *tree = m_files->tree();
    connect(tree, &FileTreeView::fileChosen, this, [this](const QByteArray &path, bool keeps) {
        m_documents->open(path, keeps);
        if (keeps)
            m_documents->focusEditor();
    });
    connect(tree, &FileTreeView::entryDeleted, this, &WorkspaceView::offerUndo);
    connect(tree, &FileTreeView::actionFailed, this, [this](const QString &sentence) { m_toasts->show({.title = sentence}); });
    connect(m_documents, &DocumentArea::partChosen, tree, &FileTreeView::reveal);
    connect(m_documents, &DocumentArea::currentChanged, this, [this] {
        if (DocumentView *view = m_documents->current())
            m_files->tree()->reveal(view->path());
    });
}

void WorkspaceView::connectPeople(AvatarStrip *people)
{
    connect(people, &AvatarStrip::personPressed, this, &WorkspaceView::showPersonMenu);
    connect(people, &AvatarStrip::youPressed, this, &WorkspaceView::showOwnMenu);
    connect(m_documents, &DocumentArea::placeChanged, this, &WorkspaceView::tellPlace);
    connect(&m_workspace->people(), &client::People::joined, this, &WorkspaceView::titleChanged);
    connect(&m_workspace->people(), &client::People::left, this, &WorkspaceView::titleChanged);
    connect(&m_workspace->sharing(), &client::Sharing::stateChanged, this, &WorkspaceView::titleChanged);
    connect(m_workspace.get(), &client::Workspace::ended, this, &WorkspaceView::titleChanged);
}

void WorkspaceView::connectStatus()
{
    const auto refresh = [this] {
        showDocumentStatus(m_frame.status, m_documents->current());
        Q_EMIT titleChanged();
    };
    connect(m_documents, &DocumentArea::statusChanged, this, refresh);
    connect(m_documents, &DocumentArea::currentChanged, this, refresh);
    connect(m_documents, &DocumentArea::caretMoved, this, [this] { showPosition(m_frame.status, *m_documents->current()); });
    connect(m_documents, &DocumentArea::editRefused, this, &WorkspaceView::refuseEdit);
    connect(m_workspace.get(), &client::Workspace::infoChanged, this, [this] { showWorkspaceStatus(m_frame.status, *m_workspace); });
    connect(&m_frame.status, &StatusLine::pressed, this, [this](StatusLine::Item item) {
        DocumentView *view = m_documents->current();
        if (item == StatusLine::Item::Host && m_workspace->isOwner())
            m_sharing->openDialog();
        if (view == nullptr || !view->isText())
            return;
        if (item == StatusLine::Item::Position)
            view->pane().goToLine();
        else if (item == StatusLine::Item::Zoom)
            view->editor().setZoomPercent(100);
        else if (item == StatusLine::Item::Language)
            showLanguages();
        else if (item == StatusLine::Item::Indent)
            showIndents();
        else if (item == StatusLine::Item::Saved)
            save();
    });
    showWorkspaceStatus(m_frame.status, *m_workspace);
    showDocumentStatus(m_frame.status, nullptr);
}

void WorkspaceView::setFilesShown(bool isShown)
{
    m_files->setVisible(isShown);
}

bool WorkspaceView::eventFilter(QObject *watched, QEvent *event)
{
    if (isInput(event->type()) && window()->isActiveWindow()) {
        m_idle.start();
        if (m_isIdle) {
            m_isIdle = false;
            m_workspace->people().setOwnIdle(false);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void WorkspaceView::tellPlace()
{
    const DocumentView *view = m_documents->current();
    m_workspace->people().setOwnPlace(view != nullptr ? view->path() : QByteArray(), view != nullptr ? view->line() : 0);
}

void WorkspaceView::showPersonMenu(const base::ParticipantId &id, const QPoint &position)
{
    const auto person = m_workspace->people().find(id);
    if (!person)
        return;
    auto *menu = new PersonMenu(*person, m_workspace->isOwner(), this);
    connect(menu, &PersonMenu::goToPlaceChosen, this, [this](const QByteArray &path, qint64 line) {
        m_documents->open(path, true)->goToLine(line);
        m_documents->focusEditor();
    });
    connect(menu, &PersonMenu::accessChosen, m_sharing, &ShareController::setPersonAccess);
    connect(menu, &PersonMenu::showOutChosen, m_sharing, &ShareController::showOut);
    menu->popup(position);
}

void WorkspaceView::showOwnMenu(const QPoint &position)
{
    const Actions &actions = m_frame.actions;
    (new OwnMenu(m_workspace->people().you(),
                 {actions[Command::Share], actions[Command::CopyLink], actions[Command::StopSharing], actions[Command::Leave]}, this))
        ->popup(position);
}

void WorkspaceView::showLanguages()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"languageMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("By the File's Name")), &QAction::triggered, this, [this] {
        if (DocumentView *view = m_documents->current())
            view->editor().setLanguage({});
    });
    menu->addSeparator();
    const QStringList names = m_environment.languages.names();
    for (const QString &name : names) {
        connect(menu->addAction(name), &QAction::triggered, this, [this, name] {
            if (DocumentView *view = m_documents->current())
                view->editor().setLanguage(name);
        });
    }
    const QWidget *item = m_frame.status.widget(StatusLine::Item::Language);
    menu->popup(item->mapToGlobal(QPoint(0, -qMin(menu->sizeHint().height(), 400))));
}

void WorkspaceView::showIndents()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"indentMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto &[usesTabs, width] : {std::pair(false, 2), std::pair(false, 4), std::pair(false, 8), std::pair(true, 4), std::pair(true, 8)}) {
        QAction *entry = menu->addAction(usesTabs ? tr("Tabs, %1 Wide").arg(width) : tr("%1 Spaces").arg(width));
        connect(entry, &QAction::triggered, this, [this, style = IndentStyle{.usesTabs = usesTabs, .width = width}] {
            if (DocumentView *view = m_documents->current())
                view->editor().setIndentStyle(style);
        });
    }
    const QWidget *item = m_frame.status.widget(StatusLine::Item::Indent);
    menu->popup(item->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void WorkspaceView::offerUndo(const QString &name, const base::BinEntryId &entry)
{
    const auto restore = [this, name, entry] {
        base::deliver(m_workspace->files().restore(entry), this, [this, name](const base::Result<protocol::EntryRestored> &restored) {
            if (restored)
                m_files->tree()->reveal(restored->path);
            else
                //: %1 is a file's name
                m_toasts->show({.title = tr("“%1” could not be brought back").arg(name), .text = describe(restored.error())});
        });
    };
    //: %1 is a file's name
    m_toasts->show({.title = tr("“%1” is in the bin").arg(name),
                    .text = tr("It stays there for seven days."),
                    .buttons = {{u"toastUndoDelete"_s, tr("Undo"), restore}}});
}

void WorkspaceView::refuseEdit(const base::Error &reason, const QString &lost)
{
    // Said once, not for every key.
    if (m_hasRefused && lost.isEmpty())
        return;
    const Toast *toast = m_toasts->show(
        refusalText({.reason = reason, .lost = lost,
                     .isSessionOver = m_workspace->session().state() == client::Session::State::Ended,
                     .mayEdit = m_workspace->people().you().participant.access >= protocol::Access::Edit}));
    if (!lost.isEmpty())
        return;
    m_hasRefused = true;
    connect(toast, &Toast::dismissed, this, [this] { m_hasRefused = false; });
}

void WorkspaceView::save()
{
    DocumentView *view = m_documents->current();
    if (view == nullptr || !view->isText())
        return;
    if (!view->document()->isWritable()) {
        refuseEdit({base::ErrorCode::Forbidden, {}}, {});
        return;
    }
    base::deliver(view->document()->save(), this, [this, name = view->name()](const base::Result<protocol::DocumentSaved> &saved) {
        if (!saved)
            //: %1 is a file's name
            m_toasts->show({.title = tr("“%1” could not be saved").arg(name), .text = describe(saved.error())});
    });
}

void WorkspaceView::saveCopy()
{
    QList<CopiedText> texts;
    for (int i = 0; i < m_documents->count(); ++i) {
        DocumentView *view = m_documents->view(i);
        if (view->isText())
            texts += CopiedText{view->path(), view->document()->text()};
    }
    if (texts.isEmpty())
        return;
    auto *dialog = new QFileDialog(window(), tr("Save a copy of the open texts in"), QDir::homePath());
    dialog->setObjectName(u"saveCopyDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this, texts](const QString &folder) {
        const base::Result<int> saved = saveCopies(folder, texts);
        if (saved)
            //: %1 is a folder
            m_toasts->show({.title = tr("%n text(s) saved", nullptr, *saved), .text = tr("They are in %1.").arg(folder)});
        else
            m_toasts->show({.title = tr("The copy could not be saved"), .text = describe(saved.error())});
    });
    dialog->open();
}

} // namespace ui
