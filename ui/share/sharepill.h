// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QAbstractButton>

namespace ui {

//! Says in shape, word and colour whether this workspace is shared, always at the same place. For the owner it opens the
//! share dialog (private) or a menu (shared); for a guest it says whose workspace this is and what they may do.
class SharePill final : public QAbstractButton
{
    Q_OBJECT

public:
    SharePill(client::Workspace &workspace, QWidget *parent = nullptr);

    //! Entries of the menu while shared; the shell owns them.
    void setMenuActions(const QList<QAction *> &actions);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    //! Pressed while private.
    void shareRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void press();

    client::Workspace &m_workspace;
    QList<QAction *> m_actions;
    bool m_isShared = false;
    QString m_icon; // of a workspace that is not shared
};

} // namespace ui
