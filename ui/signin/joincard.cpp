// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/joincard.h"

#include "ui/widgets/announce.h"
#include "ui/widgets/avatarpainter.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/initials.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kJoinCardWidth = 480;

QWidget *factLine(QWidget *parent, IconView *icon, TextLabel *text)
{
    auto *line = new QWidget(parent);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    icon->setParent(line);
    text->setParent(line);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(text, 1);
    return line;
}

// Whether trying again with the same link can help.
bool isWorthRetrying(base::ErrorCode code)
{
    switch (code) {
    case base::ErrorCode::Unreachable:
    case base::ErrorCode::Timeout:
    case base::ErrorCode::Disconnected:
    case base::ErrorCode::NotRunning:
    case base::ErrorCode::TooMany:
        return true;
    default:
        return false;
    }
}

} // namespace

JoinCard::JoinCard(client::Session &session, const transport::Link &link, const QString &name, QWidget *parent)
    : Card(Kind::Floating, parent), m_session(session), m_link(link)
{
    setObjectName(u"joinCard"_s);
    setFixedWidth(kJoinCardWidth + 2 * kShadow);
    setInnerMargins(24, 24, 24, 20);
    build();
    m_name->setText(name);
    connect(&session, &client::Session::stateChanged, this, &JoinCard::refresh);
    connect(&session, &client::Session::inspected, this, [this](const protocol::ShareInspected &share) {
        m_share = share;
        refresh();
    });
    connect(&session, &client::Session::asked, this, [this](bool ownerPresent) {
        m_wasAsked = true;
        m_ownerIsPresent = ownerPresent;
        refresh();
    });
    refresh();
}

void JoinCard::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_avatar = new AvatarView(kAvatarOnCards, this);
    m_stateIcon = new IconView(u"link"_s, kIconInEmptyStates, Role::SecondaryText, this);
    m_title = new TextLabel(QString(), this, Role::Text, TextSize::Large, true);
    m_title->setObjectName(u"joinTitle"_s);
    m_title->setAlignment(Qt::AlignCenter);
    m_text = new TextLabel(QString(), this, Role::SecondaryText);
    m_text->setObjectName(u"joinText"_s);
    m_text->setAlignment(Qt::AlignCenter);
    column->addWidget(m_avatar, 0, Qt::AlignHCenter);
    column->addWidget(m_stateIcon, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_text);

    m_facts = new QWidget(this);
    auto *facts = new QVBoxLayout(m_facts);
    facts->setContentsMargins(0, 16, 0, 0);
    facts->setSpacing(8);
    m_hostIcon = new IconView(u"check"_s, 16, Role::Good);
    m_hostText = new TextLabel(QString());
    m_hostText->setObjectName(u"joinHost"_s);
    m_accessIcon = new IconView(u"pencil"_s, 16, Role::SecondaryText);
    m_accessText = new TextLabel(QString());
    m_accessText->setObjectName(u"joinAccess"_s);
    m_policyText = new TextLabel(QString());
    m_policyText->setObjectName(u"joinPolicy"_s);
    facts->addWidget(factLine(m_facts, m_hostIcon, m_hostText));
    facts->addWidget(factLine(m_facts, m_accessIcon, m_accessText));
    facts->addWidget(factLine(m_facts, new IconView(u"people"_s, 16, Role::SecondaryText), m_policyText));
    column->addWidget(m_facts);

    m_nameRow = new QWidget(this);
    auto *nameRow = new QVBoxLayout(m_nameRow);
    nameRow->setContentsMargins(0, 16, 0, 0);
    nameRow->setSpacing(4);
    nameRow->addWidget(new TextLabel(tr("Your name, as the others see it"), m_nameRow));
    m_name = new QLineEdit(m_nameRow);
    m_name->setObjectName(u"joinName"_s);
    m_name->setAccessibleName(tr("Your name, as the others see it"));
    m_name->setMaxLength(protocol::kMaxNameUnits);
    nameRow->addWidget(m_name);
    column->addWidget(m_nameRow);
    m_progress = new QWidget(this);
    auto *progress = new QVBoxLayout(m_progress);
    progress->setContentsMargins(0, 20, 0, 0);
    progress->addWidget(new ProgressLine(m_progress));
    column->addWidget(m_progress);
    column->addSpacing(20);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_close = new QPushButton(this);
    m_close->setObjectName(u"joinClose"_s);
    m_close->setAutoDefault(false);
    m_retry = new QPushButton(tr("Try again"), this);
    m_retry->setObjectName(u"joinRetry"_s);
    m_join = new QPushButton(tr("Join"), this);
    m_join->setObjectName(u"joinButton"_s);
    m_join->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_join);
    column->addLayout(buttons);

    connect(m_name, &QLineEdit::textChanged, this, [this](const QString &text) { m_join->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_name, &QLineEdit::returnPressed, this, &JoinCard::join);
    connect(m_join, &QPushButton::clicked, this, &JoinCard::join);
    connect(m_close, &QPushButton::clicked, this, &JoinCard::closed);
    connect(m_retry, &QPushButton::clicked, this, &JoinCard::retryRequested);
}

void JoinCard::refresh()
{
    using State = client::Session::State;
    switch (m_session.state()) {
    case State::Inspecting:
        if (m_share)
            showInvitation(*m_share);
        else
            showConnecting();
        break;
    case State::Asking:
        showAsking();
        break;
    case State::Ended:
        showFailure();
        break;
    case State::Idle:
    case State::Connecting:
    case State::Open:
    case State::Reconnecting:
        showConnecting();
        break;
    }
}

void JoinCard::showParts(bool avatar, bool facts, bool name, bool progress)
{
    m_avatar->setVisible(avatar);
    m_stateIcon->setVisible(!avatar);
    m_facts->setVisible(facts);
    m_nameRow->setVisible(name);
    m_join->setVisible(name);
    m_progress->setVisible(progress);
    m_retry->setVisible(false);
    m_text->setVisible(!m_text->text().isEmpty());
    setFixedHeight(fittedHeight(*this, width()));
}

void JoinCard::showConnecting()
{
    m_title->setText(tr("Looking at the link"));
    //: %1 is a computer's name or address, %2 a port number
    m_text->setText(tr("Asking %1 on port %2 what it opens.").arg(m_link.host).arg(m_link.port));
    m_close->setText(tr("Cancel"));
    m_stateIcon->setIcon(u"link"_s, Role::SecondaryText);
    showParts(false, false, false, true);
}

void JoinCard::showInvitation(const protocol::ShareInspected &share)
{
    const QString owner = visibleName(share.ownerName);
    m_avatar->setAvatar({.name = share.ownerName, .color = share.ownerColor, .isOwner = true});
    //: %1 is a person's name, %2 the workspace's name
    m_title->setText(tr("%1 invites you to “%2”").arg(owner, visibleName(share.workspaceName)));
    m_text->setText(share.present > 0 ? tr("%n people are there now.", nullptr, static_cast<int>(share.present)) : QString());
    // A wrong certificate ends the session before anything is sent, so whoever gets here has the right one.
    //: %1 is a computer's name or address
    setHost(true, tr("The workspace is on %1. Its certificate matches the link.").arg(m_link.host));
    const bool canEdit = share.access >= protocol::Access::Edit;
    m_accessIcon->setIcon(canEdit ? u"pencil"_s : u"eye"_s, Role::SecondaryText);
    m_accessText->setText(canEdit ? tr("You can read and change the files.") : tr("You can read the files, but not change them."));
    m_policyText->setText(share.policy == protocol::JoinPolicy::Ask
                              //: %1 is a person's name
                              ? tr("%1 is asked before you come in, and sees the name you give and your network address.").arg(owner)
                              : tr("You come in at once. Everybody there sees the name you give."));
    m_close->setText(tr("Not now"));
    m_join->setEnabled(!m_name->text().trimmed().isEmpty());
    showParts(true, true, true, false);
    m_name->setFocus();
    m_name->selectAll();
    announce(this, m_title->text());
}

void JoinCard::setHost(bool isTrusted, const QString &sentence)
{
    m_hostIcon->setIcon(isTrusted ? u"check"_s : u"stop"_s, isTrusted ? Role::Good : Role::Danger);
    m_hostText->setText(sentence);
}

void JoinCard::showAsking()
{
    const QString owner = m_share ? visibleName(m_share->ownerName) : tr("The owner");
    if (!m_wasAsked) {
        m_title->setText(tr("Joining"));
        m_text->clear();
    } else if (m_ownerIsPresent) {
        //: %1 is a person's name
        m_title->setText(tr("%1 has been asked").arg(owner));
        m_text->setText(tr("You come in as soon as they agree."));
    } else {
        //: %1 is a person's name
        m_title->setText(tr("%1 is not at the computer").arg(owner));
        m_text->setText(tr("The question waits there. Tell them that you are at the door."));
    }
    m_close->setText(tr("Cancel"));
    showParts(m_share.has_value(), false, false, true);
    if (m_wasAsked)
        announce(this, m_title->text());
}

void JoinCard::showFailure()
{
    const auto error = m_session.endError();
    const auto ending = m_session.ending();
    if (!error && !ending)
        return;
    const bool isWrongHost = error && error->code == base::ErrorCode::PinMismatch;
    const bool wasDenied = error && error->code == base::ErrorCode::Denied;
    if (isWrongHost)
        m_title->setText(tr("This is not the host that the link names"));
    else if (wasDenied && m_share)
        //: %1 is a person's name
        m_title->setText(tr("%1 declined").arg(visibleName(m_share->ownerName)));
    else
        m_title->setText(tr("You cannot join now"));
    if (wasDenied)
        m_text->setText(tr("Ask them directly if you think this was a mistake."));
    else
        m_text->setText(error ? describe(*error) : tr("The owner has stopped sharing. Ask for a new link."));
    m_stateIcon->setIcon(isWrongHost ? u"shield"_s : u"warning"_s, isWrongHost ? Role::Danger : Role::Warning);
    m_close->setText(tr("Close"));
    showParts(false, false, false, false);
    m_retry->setVisible(error && isWorthRetrying(error->code));
    m_retry->setDefault(true);
    announce(this, m_title->text() + u". "_s + m_text->text());
}

void JoinCard::join()
{
    const QString name = m_name->text().simplified();
    // Return pressed twice must not join twice.
    if (name.isEmpty() || m_session.state() != client::Session::State::Inspecting || m_hasJoined)
        return;
    m_hasJoined = true;
    Q_EMIT nameChosen(name);
    m_session.join(name);
}

} // namespace ui
