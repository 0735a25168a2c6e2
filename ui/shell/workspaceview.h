// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"
#include "ui/shell/environment.h"

#include <QTimer>
#include <QWidget>

class QSplitter;

namespace ui {

class Actions;
class AvatarStrip;
class DocumentArea;
class FilesPane;
class ShareController;
class StatusLine;
class TitleLine;
class ToastStack;
class WorkspaceBanners;

//! A joined workspace on the screen: files at the left, documents at the right, and everything that ties them to people,
//! banners, toasts and the status line. Owns the client's Workspace.
class WorkspaceView final : public QWidget
{
    Q_OBJECT

public:
    struct Frame
    {
        TitleLine &title;
        StatusLine &status;
        Actions &actions;
    };

    WorkspaceView(std::unique_ptr<client::Workspace> workspace, const Environment &environment, const Frame &frame, QWidget *parent);
    ~WorkspaceView() override;

    client::Workspace &workspace() { return *m_workspace; }
    DocumentArea &documents() const { return *m_documents; }
    FilesPane &files() const { return *m_files; }
    ToastStack &toasts() const { return *m_toasts; }
    ShareController &sharing() const { return *m_sharing; }
    WorkspaceBanners &banners() const { return *m_banners; }
    void setFilesShown(bool isShown);
    void saveCopy();
    void save();

Q_SIGNALS:
    void titleChanged();
    void closeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectFiles();
    void connectPeople(AvatarStrip *people);
    void connectStatus();
    void tellPlace();
    void showPersonMenu(const base::ParticipantId &id, const QPoint &position);
    void showOwnMenu(const QPoint &position);
    void showLanguages();
    void showIndents();
    void offerUndo(const QString &name, const base::BinEntryId &entry);
    void refuseEdit(const base::Error &reason, const QString &lost);

    const Environment &m_environment;
    Frame m_frame;
    std::unique_ptr<client::Workspace> m_workspace;
    QSplitter *m_splitter;
    FilesPane *m_files;
    DocumentArea *m_documents;
    ToastStack *m_toasts;
    ShareController *m_sharing;
    WorkspaceBanners *m_banners;
    QTimer m_idle;
    bool m_isIdle = false;
    bool m_hasRefused = false;
};

} // namespace ui
