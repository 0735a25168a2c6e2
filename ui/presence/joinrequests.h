// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"
#include "ui/widgets/card.h"

#include <QList>

class QPushButton;

namespace ui {

//! Somebody at the door, for the owner. Never takes the focus and never blocks the window.
class JoinRequestCard final : public Card
{
    Q_OBJECT

public:
    explicit JoinRequestCard(const protocol::JoinRequested &request, QWidget *parent);

    //! While an answer is under way the buttons rest.
    void setAnswering(bool isAnswering);

Q_SIGNALS:
    void decided(protocol::JoinDecision decision);

private:
    void addButtons(const protocol::JoinRequested &request);

    QList<QWidget *> m_buttons;
};

//! Shows a card for each of the first three people waiting, under the top right corner of \a area.
class JoinRequests final : public QObject
{
    Q_OBJECT

public:
    JoinRequests(client::Sharing &sharing, QWidget *area);

Q_SIGNALS:
    void answerFailed(const base::Error &error, const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void place();
    void answer(const protocol::JoinRequested &request, protocol::JoinDecision decision);

    client::Sharing &m_sharing;
    QWidget *m_area;
    QList<std::pair<base::JoinRequestId, JoinRequestCard *>> m_cards;
};

} // namespace ui
