// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"
#include "app/transport/link.h"
#include "ui/palette/actionsource.h"
#include "ui/shell/environment.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace ui {

class Actions;
class CommandPalette;
class HostKeeper;
class JoinCard;
class StartPage;
class StatePage;
class StatusLine;
class TitleLine;
class WorkspaceView;

//! A window of the program: the start page, the way into a workspace, or a workspace. One window holds one workspace;
//! closing it ends what it holds, after asking where somebody would lose something.
class MainWindow final : public QWidget
{
    Q_OBJECT

public:
    explicit MainWindow(const Environment &environment);
    ~MainWindow() override;

    //! Opens a folder of this computer with a host of its own.
    void openFolder(const QString &path);
    //! Looks at the link and shows the card; text that is no link is explained on the start page.
    void joinLink(const QString &text);
    //! Joins as \a name without waiting for the card's button; for demonstrations and tests.
    void joinLinkAs(const QString &text, const QString &name);
    //! Fills the window with a workspace that is open already. Only into a free window.
    void showWorkspace(std::unique_ptr<client::Workspace> workspace);
    //! How the owner is called in folders opened from now on.
    void setOwnerName(const QString &name) { m_ownerName = name; }
    //! Folders opened from now on do not come into the list of recent ones.
    void forgetFolders() { m_remembersFolders = false; }

    //! Null while there is none.
    WorkspaceView *workspaceView() const;
    //! The folder that is open or being opened; empty: none.
    QString folder() const;
    //! Nothing is open or under way, so that something may be opened here.
    bool isFree() const;
    StartPage &startPage() const { return *m_start; }
    Actions &actions() const { return *m_actions; }
    void refreshRecent(const QStringList &openFolders);

Q_SIGNALS:
    void newWindowRequested();
    //! Wants a folder opened, here if this window is free.
    void folderRequested(const QString &path);
    //! Wants a link looked at, here if this window is free.
    void linkRequested(const QString &text);
    void recentChanged();
    void quitRequested();
    void workspaceOpened();
    //! The window is gone and so is what it held.
    void finished();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void connectActions();
    void connectEditActions();
    void connectViewActions();
    void refreshActions();
    //! What may have been chosen in another window.
    void adoptSettings();
    void refreshTitle();
    void chooseFolder();

    void openSession(std::unique_ptr<client::Session> session);
    void handleSessionState();
    void startLink(const transport::Link &link, const QString &name);
    void showFolderFailure(const base::Error &error);
    void enterWorkspace();
    void backToStart();

    //! What would be lost by closing now, as a question; nullopt: nothing.
    struct Question
    {
        QString title;
        QString text;
        QString button;
    };
    std::optional<Question> questionBeforeClosing() const;
    void finishClosing();
    void stopHost();

    const Environment &m_environment;
    QString m_ownerName;
    Actions *m_actions;
    TitleLine *m_title;
    QStackedWidget *m_stack;
    StatusLine *m_status;
    StartPage *m_start;
    StatePage *m_opening;
    QWidget *m_joining;
    QPointer<JoinCard> m_card;
    CommandPalette *m_palette;
    std::unique_ptr<ActionSource> m_commands;
    std::unique_ptr<HostKeeper> m_host;
    std::unique_ptr<client::Session> m_session;    // until it is open
    QPointer<WorkspaceView> m_view;
    bool m_remembersFolders = true;
    bool m_isClosing = false;
    bool m_mayClose = false;
};

} // namespace ui
