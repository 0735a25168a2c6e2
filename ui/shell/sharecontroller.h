// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace ui {

class Actions;
class ShareDialog;
class Toast;
class ToastStack;

//! What the commands about sharing do, wherever they are given: menu, pill, avatar, palette, dialog, toast.
class ShareController final : public QObject
{
    Q_OBJECT

public:
    ShareController(client::Workspace &workspace, Actions &actions, ToastStack &toasts, QWidget *window);

    void openDialog();
    //! Copies the link again, fetching it from the host if need be.
    void copyLink();
    //! Copies \a url and says so; if the clipboard does not take it, shows the link instead.
    void copy(const QString &url);
    void setShareAccess(protocol::Access access);
    void stopSharing();
    void openHelp();
    //! The owner changes what one guest may do, and can take it back.
    void setPersonAccess(const base::ParticipantId &person, protocol::Access access);
    //! Asks, then shows a guest out.
    void showOut(const base::ParticipantId &person);

private:
    void refreshActions();
    void refreshToast();
    void refreshReminder();
    void remind();
    void announceComing(const client::Person &person);
    void announceGoing(const client::Person &person, bool wasRemoved);
    void announceOwnAccess(protocol::Access access);
    void fail(const base::Error &error, const QString &what);
    QString accessCommandText() const;
    protocol::Access otherAccess() const;

    client::Workspace &m_workspace;
    client::Sharing &m_sharing;
    Actions &m_actions;
    ToastStack &m_toasts;
    QWidget *m_window;
    QPointer<ShareDialog> m_dialog;
    QPointer<Toast> m_toast;
    QString m_lastUrl;
    QTimer m_reminder;
};

} // namespace ui
