// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/presence/joinrequests.h"

#include "app/base/deliver.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/avatarpainter.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/initials.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kCardWidth = 360;
constexpr qsizetype kMostCards = 3;

} // namespace

JoinRequestCard::JoinRequestCard(const protocol::JoinRequested &request, QWidget *parent) : Card(Kind::Floating, parent)
{
    setObjectName(u"joinRequest"_s);
    setFixedWidth(kCardWidth + 2 * kShadow);
    setInnerMargins(16, 16, 16, 12);
    const QString name = visibleName(request.name);
    //: %1 is the name that somebody gave who opened the invitation link
    const QString title = tr("%1 wants to join").arg(name);
    //: %1 is a network address
    const QString origin = request.address.isEmpty()
        ? tr("From this computer. Nobody has checked the name.")
        : tr("From %1. Nobody has checked the name.").arg(visibleName(request.address));
    setAccessibleName(title);
    setAccessibleDescription(origin);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    auto *avatar = new AvatarView(40, this);
    // No colour is theirs yet, and a strong one would say that they are inside.
    avatar->setAvatar({.name = request.name, .color = 0, .state = Avatar::State::Disconnected});
    head->addWidget(avatar, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(2);
    auto *heading = new TextLabel(title, this, Role::Text, TextSize::Normal, true);
    heading->setObjectName(u"joinRequestTitle"_s);
    lines->addWidget(heading);
    lines->addWidget(new TextLabel(origin, this, Role::SecondaryText));
    lines->addStretch(1);
    head->addLayout(lines, 1);
    column->addLayout(head);
    addButtons(request);
}

void JoinRequestCard::addButtons(const protocol::JoinRequested &request)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    const auto add = [&](const QString &id, const QString &text, protocol::JoinDecision decision) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(id);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, decision] { Q_EMIT decided(decision); });
        row->addWidget(button);
        m_buttons += button;
        return button;
    };
    if (request.access >= protocol::Access::Edit) {
        add(u"allowEditing"_s, tr("Allow editing"), protocol::JoinDecision::Allow)->setDefault(true);
        add(u"allowViewing"_s, tr("View only"), protocol::JoinDecision::AllowReadOnly);
    } else {
        add(u"allowViewing"_s, tr("Let in to view"), protocol::JoinDecision::Allow)->setDefault(true);
    }
    row->addStretch(1);
    auto *deny = new QPushButton(tr("Deny"), this);
    deny->setObjectName(u"deny"_s);
    deny->setAutoDefault(false);
    auto *menu = new QMenu(deny);
    menu->setObjectName(u"denyMenu"_s);
    connect(menu->addAction(tr("Deny")), &QAction::triggered, this, [this] { Q_EMIT decided(protocol::JoinDecision::Deny); });
    connect(menu->addAction(tr("Deny and Block This Address")), &QAction::triggered, this,
            [this] { Q_EMIT decided(protocol::JoinDecision::DenyAndBlock); });
    deny->setMenu(menu);
    row->addWidget(deny);
    m_buttons += deny;
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void JoinRequestCard::setAnswering(bool isAnswering)
{
    for (QWidget *button : std::as_const(m_buttons))
        button->setEnabled(!isAnswering);
}

JoinRequests::JoinRequests(client::Sharing &sharing, QWidget *area) : QObject(area), m_sharing(sharing), m_area(area)
{
    area->installEventFilter(this);
    connect(&sharing, &client::Sharing::waitingChanged, this, &JoinRequests::refresh);
    refresh();
}

bool JoinRequests::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area && event->type() == QEvent::Resize)
        place();
    return QObject::eventFilter(watched, event);
}

void JoinRequests::refresh()
{
    const QList<protocol::JoinRequested> waiting = m_sharing.waiting().mid(0, kMostCards);
    const auto isWaiting = [&waiting](const base::JoinRequestId &id) {
        return std::ranges::any_of(waiting, [&id](const protocol::JoinRequested &request) { return request.request == id; });
    };
    for (qsizetype i = m_cards.size() - 1; i >= 0; --i) {
        if (!isWaiting(m_cards.at(i).first)) {
            m_cards.at(i).second->hide();
            m_cards.at(i).second->deleteLater();
            m_cards.removeAt(i);
        }
    }
    for (const protocol::JoinRequested &request : waiting) {
        if (std::ranges::any_of(m_cards, [&](const auto &entry) { return entry.first == request.request; }))
            continue;
        auto *card = new JoinRequestCard(request, m_area);
        connect(card, &JoinRequestCard::decided, this,
                [this, request](protocol::JoinDecision decision) { answer(request, decision); });
        m_cards.append({request.request, card});
        card->show();
        announce(card, card->accessibleName());
    }
    place();
}

void JoinRequests::place()
{
    int top = 8 - Card::kShadow;
    for (const auto &[id, card] : std::as_const(m_cards)) {
        card->setFixedHeight(fittedHeight(*card, card->width()));
        card->move(m_area->width() - 12 + Card::kShadow - card->width(), top);
        card->raise();
        top += card->height() - 2 * Card::kShadow + 8;
    }
}

void JoinRequests::answer(const protocol::JoinRequested &request, protocol::JoinDecision decision)
{
    for (const auto &[id, card] : std::as_const(m_cards)) {
        if (id == request.request)
            card->setAnswering(true);
    }
    base::deliver(m_sharing.answer(request.request, decision), this,
                  [this, request](const base::Result<protocol::JoinAnswered> &answered) {
                      if (answered)
                          return;
                      for (const auto &[id, card] : std::as_const(m_cards)) {
                          if (id == request.request)
                              card->setAnswering(false);
                      }
                      Q_EMIT answerFailed(answered.error(), visibleName(request.name));
                  });
}

} // namespace ui
