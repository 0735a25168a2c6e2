// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/session.h"
#include "ui/widgets/card.h"

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

class AvatarView;
class IconView;
class TextLabel;

//! The invitee's first sight: who invites, to what, on which host, with which rights; then waiting for the owner; then,
//! if it does not work, why and what next. Follows \a session, which it does not own.
class JoinCard final : public Card
{
    Q_OBJECT

public:
    //! \a name: the name used last, offered again.
    JoinCard(client::Session &session, const transport::Link &link, const QString &name, QWidget *parent = nullptr);

Q_SIGNALS:
    //! Join was pressed with this name; the session has been told.
    void nameChosen(const QString &name);
    //! Not now, Cancel or Close.
    void closed();
    //! Try the same link with a new session.
    void retryRequested();

private:
    void build();
    void refresh();
    void showConnecting();
    void showInvitation(const protocol::ShareInspected &share);
    void showAsking();
    void showFailure();
    void showParts(bool avatar, bool facts, bool name, bool progress);
    void setHost(bool isTrusted, const QString &sentence);
    void join();

    client::Session &m_session;
    transport::Link m_link;
    std::optional<protocol::ShareInspected> m_share;
    bool m_wasAsked = false;
    bool m_ownerIsPresent = false;
    bool m_hasJoined = false;
    AvatarView *m_avatar = nullptr;
    IconView *m_stateIcon = nullptr;
    TextLabel *m_title = nullptr;
    TextLabel *m_text = nullptr;
    QWidget *m_facts = nullptr;
    IconView *m_hostIcon = nullptr;
    TextLabel *m_hostText = nullptr;
    IconView *m_accessIcon = nullptr;
    TextLabel *m_accessText = nullptr;
    TextLabel *m_policyText = nullptr;
    QWidget *m_nameRow = nullptr;
    QLineEdit *m_name = nullptr;
    QWidget *m_progress = nullptr;
    QPushButton *m_join = nullptr;
    QPushButton *m_close = nullptr;
    QPushButton *m_retry = nullptr;
};

} // namespace ui
