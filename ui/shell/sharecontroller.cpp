// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sharecontroller.h"

#include "app/base/deliver.h"
#include "ui/share/guesthelp.h"
#include "ui/share/sharedialog.h"
#include "ui/share/sharetext.h"
#include "ui/shell/actions.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/prompt.h"
#include "ui/widgets/toast.h"

#include <QAction>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Shared with nobody there for this long, a share has most likely been forgotten.
constexpr auto kReminderAfter = 60min;
constexpr int kAccessButton = 0;
constexpr int kCopyButton = 2;

} // namespace

ShareController::ShareController(client::Workspace &workspace, Actions &actions, ToastStack &toasts, QWidget *window)
    : QObject(&workspace), m_workspace(workspace), m_sharing(workspace.sharing()), m_actions(actions), m_toasts(toasts), m_window(window)
{
    const auto on = [this](Command command, auto handler) { connect(m_actions[command], &QAction::triggered, this, handler); };
    on(Command::Share, &ShareController::openDialog);
    on(Command::CopyLink, &ShareController::copyLink);
    on(Command::ChangeShareAccess, [this] { setShareAccess(otherAccess()); });
    on(Command::StopSharing, &ShareController::stopSharing);
    on(Command::GuestHelp, &ShareController::openHelp);
    connect(&m_sharing, &client::Sharing::stateChanged, this, [this] {
        refreshActions();
        refreshToast();
        refreshReminder();
    });
    m_reminder.setSingleShot(true);
    m_reminder.setInterval(kReminderAfter);
    connect(&m_reminder, &QTimer::timeout, this, &ShareController::remind);
    connect(&workspace, &client::Workspace::ended, this, &ShareController::refreshActions);
    connect(&workspace, &client::Workspace::connectionChanged, this, &ShareController::refreshActions);
    connect(&workspace.people(), &client::People::joined, this, &ShareController::announceComing);
    connect(&workspace.people(), &client::People::left, this, &ShareController::announceGoing);
    connect(&workspace.people(), &client::People::ownAccessChanged, this, &ShareController::announceOwnAccess);
    refreshActions();
    refreshReminder();
}

void ShareController::refreshActions()
{
    const bool isOwner = m_workspace.isOwner() && m_workspace.session().state() != client::Session::State::Ended;
    const bool isShared = m_sharing.isShared();
    m_actions[Command::Share]->setVisible(isOwner);
    m_actions.setReason(Command::Share, {});
    for (const Command command : {Command::CopyLink, Command::ChangeShareAccess, Command::StopSharing}) {
        m_actions[command]->setVisible(isOwner && isShared);
        m_actions.setReason(command, {});
    }
    m_actions[Command::ChangeShareAccess]->setText(otherAccess() == protocol::Access::View ? tr("Make &Read-Only") : tr("&Allow Editing"));
    m_actions[Command::Leave]->setVisible(!m_workspace.isOwner());
    m_actions[Command::GuestHelp]->setEnabled(true);
}

protocol::Access ShareController::otherAccess() const
{
    const auto &state = m_sharing.state();
    return state && state->access == protocol::Access::View ? protocol::Access::Edit : protocol::Access::View;
}

QString ShareController::accessCommandText() const
{
    return otherAccess() == protocol::Access::View ? tr("Make read-only") : tr("Allow editing");
}

void ShareController::openDialog()
{
    if (m_dialog != nullptr) {
        m_dialog->raise();
        m_dialog->activateWindow();
        return;
    }
    m_dialog = new ShareDialog(m_workspace, m_window);
    connect(m_dialog, &ShareDialog::copyRequested, this, &ShareController::copy);
    connect(m_dialog, &ShareDialog::stopRequested, this, &ShareController::stopSharing);
    connect(m_dialog, &ShareDialog::helpRequested, this, [this](protocol::Access access, protocol::JoinPolicy policy) {
        (new GuestHelp(access, policy, m_sharing.isShared(), m_dialog))->open();
    });
    m_dialog->show();
}

void ShareController::copyLink()
{
    const auto copyPreferred = [this] {
        if (const auto endpoint = m_sharing.preferredEndpoint())
            copy(m_lastUrl.isEmpty() ? m_sharing.url(*endpoint) : m_lastUrl);
    };
    if (m_sharing.link()) {
        copyPreferred();
        return;
    }
    base::deliver(m_sharing.fetchLink(), this, [this, copyPreferred](const base::Result<protocol::ShareLinkGiven> &given) {
        if (given)
            copyPreferred();
        else
            fail(given.error(), tr("The link cannot be shown again. Stop sharing and share anew to get one."));
    });
}

void ShareController::copy(const QString &url)
{
    m_lastUrl = url;
    if (m_toast != nullptr)
        m_toast->dismiss();
    const bool isCopied = copyToClipboard(url);
    const auto &state = m_sharing.state();
    ToastText text;
    text.lifetime = 20s;
    text.title = isCopied ? tr("Invitation link copied") : tr("The link could not be copied");
    if (!isCopied) {
        text.text = tr("The desktop did not take it. Here it is, to be copied by hand.");
        text.field = url;
    } else if (state) {
        text.text = state->policy == protocol::JoinPolicy::Ask ? tr("You are asked about each person before they come in.")
                                                               : tr("Whoever has the link is in at once.");
    }
    text.buttons = {{u"toastAccess"_s, accessCommandText(), [this] { setShareAccess(otherAccess()); }, false},
                    {u"toastInfo"_s, tr("More info"), [this] { openHelp(); }, false},
                    {u"toastCopy"_s, tr("Copy again"),
                     [this, url] {
                         if (m_toast != nullptr && copyToClipboard(url)) {
                             m_toast->setTitle(tr("Invitation link copied"));
                             m_toast->confirmButton(kCopyButton);
                         }
                     },
                     false}};
    m_toast = m_toasts.show(text);
}

void ShareController::refreshToast()
{
    if (!m_sharing.isShared()) {
        m_lastUrl.clear();
        if (m_toast != nullptr)
            m_toast->dismiss();
    } else if (m_toast != nullptr) {
        m_toast->setButtonText(kAccessButton, accessCommandText());
    }
}

void ShareController::refreshReminder()
{
    const bool isAlone = m_workspace.isOwner() && m_sharing.isShared() && m_workspace.people().others().isEmpty();
    if (!isAlone)
        m_reminder.stop();
    else if (!m_reminder.isActive())
        m_reminder.start();
}

void ShareController::remind()
{
    m_toasts.show({.title = tr("Still shared"),
                   .text = tr("Nobody else has been here for an hour."),
                   .buttons = {{u"toastStop"_s, tr("Stop sharing"), [this] { stopSharing(); }}},
                   .lifetime = 20s});
    m_reminder.start();
}

void ShareController::setShareAccess(protocol::Access access)
{
    const auto &state = m_sharing.state();
    if (!state)
        return;
    protocol::ChangeShare change = unchanged(*state, m_workspace.clock().wallTime());
    change.access = access;
    base::deliver(m_sharing.change(change), this, [this, access](const base::Result<protocol::ShareAdjusted> &adjusted) {
        if (!adjusted) {
            fail(adjusted.error(), tr("The share could not be changed."));
            return;
        }
        const QString sentence = access == protocol::Access::View ? tr("Guests can only look now") : tr("Guests can edit now");
        if (m_toast != nullptr) {
            m_toast->setTitle(sentence);
            announce(m_toast, sentence);
        } else {
            m_toasts.show({.title = sentence});
        }
    });
}

void ShareController::stopSharing()
{
    base::deliver(m_sharing.stop(), this, [this](const base::Result<protocol::ShareStopped> &stopped) {
        if (!stopped) {
            fail(stopped.error(), tr("Sharing could not be stopped."));
            return;
        }
        m_toasts.show({.title = tr("Sharing has stopped"),
                       .text = stopped->guests == 0 ? tr("The link is dead for good.")
                                                    : tr("%n guest(s) were cut off. The link is dead for good.", nullptr,
                                                         static_cast<int>(stopped->guests))});
    });
}

void ShareController::openHelp()
{
    const auto &state = m_sharing.state();
    (new GuestHelp(state ? state->access : protocol::Access::Edit, state ? state->policy : protocol::JoinPolicy::Ask,
                   state.has_value(), m_window))
        ->open();
}

void ShareController::setPersonAccess(const base::ParticipantId &id, protocol::Access access)
{
    const auto person = m_workspace.people().find(id);
    if (!person || person->participant.access == access)
        return;
    const QString name = visibleName(person->participant.name);
    base::deliver(m_sharing.setAccess(id, access), this, [this, id, access, name](const base::Result<protocol::AccessSet> &set) {
        if (!set) {
            //: %1 is a person's name
            fail(set.error(), tr("What %1 may do could not be changed.").arg(name));
            return;
        }
        const bool canEdit = access == protocol::Access::Edit;
        //: %1 is a person's name
        m_toasts.show({.title = canEdit ? tr("%1 can edit now").arg(name) : tr("%1 can only look now").arg(name),
                       .buttons = {{u"toastUndo"_s, tr("Undo"), [this, id, canEdit] {
                                        setPersonAccess(id, canEdit ? protocol::Access::View : protocol::Access::Edit);
                                    }}}});
    });
}

void ShareController::showOut(const base::ParticipantId &id)
{
    const auto person = m_workspace.people().find(id);
    if (!person)
        return;
    const QString name = visibleName(person->participant.name);
    //: %1 is a person's name
    auto *prompt = new Prompt(tr("Show %1 out?").arg(name),
                              tr("They are cut off at once and keep a read-only view of the last text. With the link they can ask to "
                                 "come in again, unless you block their address."),
                              {{u"showOutNow"_s, tr("Show out"), true}, {u"showOutAndBlock"_s, tr("Show out and block address"), true}},
                              m_window);
    connect(prompt, &Prompt::chosen, this, [this, id, name](const QString &choice) {
        base::deliver(m_sharing.remove(id, choice == "showOutAndBlock"_L1), this,
                      [this, name](const base::Result<protocol::ParticipantRemoved> &removed) {
                          if (!removed)
                              //: %1 is a person's name
                              fail(removed.error(), tr("%1 could not be shown out.").arg(name));
                      });
    });
    prompt->open();
}

// Coming and going is seen at the avatars; said aloud only to those who cannot see them.
void ShareController::announceComing(const client::Person &person)
{
    //: %1 is a person's name
    announce(m_window, tr("%1 has joined").arg(visibleName(person.participant.name)));
    refreshReminder();
}

void ShareController::announceGoing(const client::Person &person, bool wasRemoved)
{
    const QString name = visibleName(person.participant.name);
    //: %1 is a person's name
    announce(m_window, wasRemoved ? tr("%1 was shown out").arg(name) : tr("%1 has left").arg(name));
    refreshReminder();
}

void ShareController::announceOwnAccess(protocol::Access access)
{
    if (m_workspace.isOwner())
        return;
    m_toasts.show({.title = access >= protocol::Access::Edit ? tr("You can edit now") : tr("You can only look now")});
}

void ShareController::fail(const base::Error &error, const QString &what)
{
    m_toasts.show({.title = what, .text = describe(error)});
}

} // namespace ui
