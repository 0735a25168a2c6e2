// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class SegmentedControl;
class TextLabel;

//! Where the owner shares, copies the link, changes what it gives and stops sharing. Opening it shares nothing.
//! Follows the share while it is open. Deletes itself when closed.
class ShareDialog final : public QDialog
{
    Q_OBJECT

public:
    ShareDialog(client::Workspace &workspace, QWidget *parent);

    //! The link as it is shown; empty while there is none.
    QString shownLink() const;

Q_SIGNALS:
    //! A link has been made or its Copy button pressed: \a url belongs on the clipboard.
    void copyRequested(const QString &url);
    void stopRequested();
    void helpRequested(protocol::Access access, protocol::JoinPolicy policy);

private:
    void buildLink();
    void buildSettings();
    void buildWarning();
    void buildButtons();
    void loadAddresses();
    void fillAddresses(const QList<protocol::ShareEndpoint> &endpoints);
    void refresh();
    void refreshEnds();
    void refreshSentences();
    void fit();
    void refreshLink();
    void create();
    void change();
    void showError(const base::Error &error, const QString &what);
    std::optional<protocol::ShareEndpoint> chosenEndpoint() const;
    bool isOther() const;

    client::Workspace &m_workspace;
    client::Sharing &m_sharing;
    TextLabel *m_state = nullptr;
    QWidget *m_linkRow = nullptr;
    QLineEdit *m_link = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_copyAs = nullptr;
    QComboBox *m_where = nullptr;
    QLineEdit *m_other = nullptr;
    TextLabel *m_whereText = nullptr;
    SegmentedControl *m_access = nullptr;
    TextLabel *m_accessText = nullptr;
    SegmentedControl *m_policy = nullptr;
    TextLabel *m_policyText = nullptr;
    QComboBox *m_ends = nullptr;
    TextLabel *m_trust = nullptr;
    TextLabel *m_error = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_done = nullptr;
    QList<protocol::ShareEndpoint> m_endpoints;
    bool m_isBusy = false;
    bool m_hasChosenEndpoint = false;   // once per share; then the user's choice stays
};

} // namespace ui
