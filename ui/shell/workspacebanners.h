// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QObject>
#include <QTimer>

namespace ui {

class DocumentArea;

//! Tells in the one banner what matters most: the end, a lost connection, a file that is not saved or gone, read-only.
class WorkspaceBanners final : public QObject
{
    Q_OBJECT

public:
    WorkspaceBanners(client::Workspace &workspace, DocumentArea &area);

    //! The local host is being started again, or (not \a isRestarting) is back.
    void setHostRestarting(bool isRestarting);
    //! The local host died too often; the session is ended after this.
    void setHostFailed();

Q_SIGNALS:
    void saveCopyRequested();
    void closeRequested();

private:
    void refreshEnd();
    void refreshConnection();
    void refreshFile();
    void refreshReadOnly();
    QString endSentence() const;

    client::Workspace &m_workspace;
    DocumentArea &m_area;
    QTimer m_second;
    bool m_isHostRestarting = false;
    bool m_hasHostFailed = false;
};

} // namespace ui
