// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "app/base/deliver.h"
#include "ui/files/filespane.h"
#include "ui/files/filetreeview.h"
#include "ui/palette/commandpalette.h"
#include "ui/shell/actions.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/hostkeeper.h"
#include "ui/shell/settings.h"
#include "ui/shell/sharecontroller.h"
#include "ui/shell/statusline.h"
#include "ui/shell/titleline.h"
#include "ui/shell/workspacebanners.h"
#include "ui/shell/workspaceview.h"
#include "ui/signin/joincard.h"
#include "ui/signin/linktext.h"
#include "ui/signin/startpage.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/prompt.h"
#include "ui/widgets/statepage.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QMenuBar>
#include <QPainter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// How long a closing window waits for the host before it goes anyway; the host then ends by itself, as it loses its parent.
constexpr auto kClosingPatience = 4s;

} // namespace

MainWindow::MainWindow(const Environment &environment)
    : m_environment(environment), m_ownerName(environment.settings.name()), m_actions(new Actions(this)), m_title(new TitleLine(this)),
      m_stack(new QStackedWidget(this)), m_status(new StatusLine(this)), m_start(new StartPage(this)), m_opening(new StatePage(this)),
      m_joining(new QWidget(this)), m_palette(new CommandPalette(this)), m_commands(std::make_unique<ActionSource>(m_actions->all()))
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(Icons::program());
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connectActions();
    connectEditActions();
    connectViewActions();
    backToStart();
    const QByteArray geometry = environment.settings.windowGeometry();
    if (geometry.isEmpty() || !restoreGeometry(geometry))
        resize(1280, 800);
}

MainWindow::~MainWindow()
{
    delete m_view;
}

void MainWindow::build()
{
    m_actions->fillMenuBar(m_title->menuBar());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_stack, 1);
    column->addWidget(m_status);
    m_joining->setObjectName(u"joiningPage"_s);
    auto *centre = new QVBoxLayout(m_joining);
    centre->addStretch(2);
    centre->addStretch(3);
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_opening);
    m_stack->addWidget(m_joining);
    m_palette->addSource(m_commands.get());
    m_palette->raise();
    setMinimumSize(640, 400);
    connect(m_start, &StartPage::openFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_start, &StartPage::folderChosen, this, &MainWindow::folderRequested);
    connect(m_start, &StartPage::linkGiven, this, &MainWindow::joinLink);
    connect(m_start, &StartPage::shareRequested, this, [this](const QString &path) {
        connect(this, &MainWindow::workspaceOpened, this, [this] { m_view->sharing().openDialog(); }, Qt::SingleShotConnection);
        Q_EMIT folderRequested(path);
    });
    connect(m_start, &StartPage::forgetRequested, this, [this](const QString &path) {
        m_environment.settings.forgetFolder(path);
        Q_EMIT recentChanged();
    });
    connect(m_opening, &StatePage::buttonClicked, this, &MainWindow::backToStart);
}

WorkspaceView *MainWindow::workspaceView() const
{
    return m_view;
}

QString MainWindow::folder() const
{
    return m_host != nullptr ? m_host->folder() : QString();
}

bool MainWindow::isFree() const
{
    return m_view == nullptr && m_session == nullptr && m_host == nullptr && !m_isClosing;
}

void MainWindow::refreshRecent(const QStringList &openFolders)
{
    QList<RecentFolder> folders = m_environment.settings.recentFolders();
    for (RecentFolder &recent : folders)
        recent.isOpen = openFolders.contains(recent.path);
    m_start->setRecent(folders, QDateTime::currentDateTime());
}

void MainWindow::backToStart()
{
    m_session.reset();
    m_host.reset();
    if (m_card != nullptr)
        m_card->deleteLater();
    m_status->hide();
    m_stack->setCurrentWidget(m_start);
    refreshActions();
    refreshTitle();
    Q_EMIT recentChanged();
}

void MainWindow::openFolder(const QString &path)
{
    m_start->showFolderProblem({});
    if (!QFileInfo(path).isDir()) {
        m_start->showFolderProblem(describe({base::ErrorCode::NotFound, {}}, tr("“%1” could not be opened.").arg(path)));
        return;
    }
    m_opening->showLoading(tr("Opening “%1”").arg(QDir(path).dirName()));
    m_stack->setCurrentWidget(m_opening);
    m_host = std::make_unique<HostKeeper>(m_environment, QFileInfo(path).canonicalFilePath());
    connect(m_host.get(), &HostKeeper::ready, this, [this](const QString &socketPath) {
        if (m_view != nullptr) {
            m_view->banners().setHostRestarting(false);
            m_view->workspace().session().retryNow();
            return;
        }
        auto session = std::make_unique<client::Session>(m_environment.clock, m_environment.random);
        client::Session *opening = session.get();
        openSession(std::move(session));
        opening->openLocal(socketPath, m_ownerName);
    });
    connect(m_host.get(), &HostKeeper::restarting, this, [this] {
        if (m_view != nullptr)
            m_view->banners().setHostRestarting(true);
    });
    connect(m_host.get(), &HostKeeper::failed, this, [this](const base::Error &error) {
        if (m_view == nullptr) {
            showFolderFailure(error);
        } else {
            m_view->banners().setHostFailed();
            m_view->workspace().session().leave();
        }
    });
    connect(m_host.get(), &HostKeeper::stopped, this, [this] {
        if (m_isClosing)
            finishClosing();
    });
    refreshActions();
    m_host->start();
}

void MainWindow::showFolderFailure(const base::Error &error)
{
    const QString name = QDir(folder()).dirName();
    // Destroyed from its own signal otherwise.
    m_host.release()->deleteLater();
    m_session.reset();
    m_opening->showFailure(tr("“%1” could not be opened").arg(name), describe(error), tr("Back"));
    m_stack->setCurrentWidget(m_opening);
    refreshActions();
}

void MainWindow::joinLink(const QString &text)
{
    if (const auto problem = transport::Link::problemOf(text)) {
        m_start->showLinkProblem(sentenceFor(*problem));
        return;
    }
    if (!isFree()) {
        Q_EMIT linkRequested(text);
        return;
    }
    const auto link = transport::Link::parse(text);
    if (!link) {
        m_start->showLinkProblem(describe(link.error()));
    } else if (link->kind != transport::Link::Kind::Share) {
        m_start->showLinkProblem(tr("This link leads to a snapshot, which this version cannot open. Ask for an invitation link."));
    } else {
        startLink(*link, {});
    }
}

void MainWindow::joinLinkAs(const QString &text, const QString &name)
{
    if (const auto link = transport::Link::parse(text))
        startLink(*link, name);
}

void MainWindow::startLink(const transport::Link &link, const QString &name)
{
    auto session = std::make_unique<client::Session>(m_environment.clock, m_environment.random);
    client::Session *opening = session.get();
    if (m_card != nullptr) {
        m_card->hide();
        m_card->deleteLater();
    }
    m_card = new JoinCard(*opening, link, name.isEmpty() ? m_environment.settings.name() : name, m_joining);
    static_cast<QVBoxLayout *>(m_joining->layout())->insertWidget(1, m_card, 0, Qt::AlignHCenter);
    openSession(std::move(session));
    m_stack->setCurrentWidget(m_joining);
    connect(m_card, &JoinCard::closed, this, [this] {
        if (m_session != nullptr)
            m_session->leave();
        QTimer::singleShot(0, this, &MainWindow::backToStart);
    });
    connect(m_card, &JoinCard::retryRequested, this, [this, link, name] {
        QTimer::singleShot(0, this, [this, link, name] { startLink(link, name); });
    });
    connect(m_card, &JoinCard::nameChosen, this, [this](const QString &chosen) { m_environment.settings.setName(chosen); });
    if (!name.isEmpty())
        connect(opening, &client::Session::inspected, this, [opening, name] { opening->join(name); });
    opening->openLink(link);
    refreshActions();
}

void MainWindow::openSession(std::unique_ptr<client::Session> session)
{
    m_session = std::move(session);
    // At once: what the host announces next (who else has come in) finds nobody otherwise, and is not said again.
    connect(m_session.get(), &client::Session::opened, this, &MainWindow::enterWorkspace);
    // The session goes with its failure, which must not happen inside its own signal.
    connect(m_session.get(), &client::Session::stateChanged, this, &MainWindow::handleSessionState, Qt::QueuedConnection);
}

void MainWindow::handleSessionState()
{
    if (m_session != nullptr && m_session->state() == client::Session::State::Ended && m_host != nullptr)
        showFolderFailure(m_session->endError().value_or(base::Error{base::ErrorCode::Disconnected, {}}));
}

void MainWindow::enterWorkspace()
{
    m_session->disconnect(this);
    showWorkspace(std::make_unique<client::Workspace>(std::move(m_session), m_environment.clock));
}

void MainWindow::showWorkspace(std::unique_ptr<client::Workspace> workspace)
{
    m_view = new WorkspaceView(std::move(workspace), m_environment, {*m_title, *m_status, *m_actions}, this);
    connect(m_view, &WorkspaceView::titleChanged, this, [this] {
        refreshTitle();
        refreshActions();
    });
    connect(m_view, &WorkspaceView::closeRequested, this, &QWidget::close);
    m_stack->addWidget(m_view);
    m_stack->setCurrentWidget(m_view);
    m_status->show();
    if (m_card != nullptr)
        m_card->deleteLater();
    if (m_host != nullptr && m_remembersFolders) {
        m_environment.settings.addRecentFolder(m_host->folder(), QDateTime::currentDateTime());
        Q_EMIT recentChanged();
    }
    m_view->files().tree()->setFocus();
    refreshActions();
    refreshTitle();
    Q_EMIT workspaceOpened();
}

void MainWindow::refreshTitle()
{
    if (m_view == nullptr) {
        setWindowTitle(u"Alongside"_s);
        return;
    }
    client::Workspace &workspace = m_view->workspace();
    const QString name = visibleName(workspace.info().name);
    QString title = name;
    if (const DocumentView *view = m_view->documents().current())
        //: Title of a window; %1 is a file, %2 a workspace
        title = tr("%1 — %2").arg(view->name(), name);
    if (!workspace.isOwner())
        //: Title of a window; %1 is a file and workspace, %2 a computer's name
        title = tr("%1 [%2]").arg(title, visibleName(workspace.info().hostName));
    const int people = static_cast<int>(workspace.people().others().size()) + 1;
    if (workspace.sharing().isShared() && workspace.isOwner())
        //: Title of a window; %1 is a file and workspace
        title = tr("%1 (shared, %n)", nullptr, people).arg(title);
    setWindowTitle(title);
}

std::optional<MainWindow::Question> MainWindow::questionBeforeClosing() const
{
    if (m_view == nullptr)
        return std::nullopt;
    client::Workspace &workspace = m_view->workspace();
    if (workspace.session().state() == client::Session::State::Ended)
        return std::nullopt;
    const int guests = static_cast<int>(workspace.people().others().size());
    if (workspace.isOwner() && workspace.sharing().isShared())
        return Question{tr("Stop sharing and close?"),
                        guests == 0 ? tr("Nobody else is here. The link will be dead for good.")
                                    : tr("%n people will be disconnected. They keep a read-only view of the last text.", nullptr, guests),
                        tr("Stop sharing and close")};
    if (workspace.hasUnacknowledged())
        return Question{tr("Close although not everything has arrived?"),
                        tr("Some of what you typed is not on the host's disk yet. Wait a moment for the connection, or lose it."),
                        tr("Close and lose it")};
    return std::nullopt;
}

void MainWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow())
        adoptSettings();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose || (m_view == nullptr && m_host == nullptr)) {
        m_environment.settings.setWindowGeometry(saveGeometry());
        event->accept();
        Q_EMIT finished();
        return;
    }
    event->ignore();
    if (m_isClosing)
        return;
    const auto question = questionBeforeClosing();
    if (!question) {
        stopHost();
        return;
    }
    auto *prompt = new Prompt(question->title, question->text, {{u"closeNow"_s, question->button, true}}, this);
    connect(prompt, &Prompt::chosen, this, &MainWindow::stopHost);
    prompt->open();
}

// First the share, so that guests are told who ended it; then the session; then the host, which saves what is open.
void MainWindow::stopHost()
{
    m_isClosing = true;
    m_environment.settings.setWindowGeometry(saveGeometry());
    hide();
    QTimer::singleShot(kClosingPatience, this, &MainWindow::finishClosing);
    const auto leave = [this] {
        if (m_view != nullptr)
            m_view->workspace().session().leave();
        if (m_host != nullptr)
            m_host->stop();
        else
            finishClosing();
    };
    if (m_view != nullptr && m_view->workspace().isOwner() && m_view->workspace().sharing().isShared())
        base::deliver(m_view->workspace().sharing().stop(), this, [leave](const base::Result<protocol::ShareStopped> &) { leave(); });
    else
        leave();
}

void MainWindow::finishClosing()
{
    if (m_mayClose)
        return;
    m_mayClose = true;
    QTimer::singleShot(0, this, &QWidget::close);
}

void MainWindow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::color(Role::Window));
}

void MainWindow::resizeEvent(QResizeEvent *)
{
    if (m_palette->isVisible())
        m_palette->raise();
}

} // namespace ui
