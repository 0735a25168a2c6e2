// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/share/sharetext.h"

#include "ui/widgets/initials.h"
#include "ui/widgets/words.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

namespace ui {

namespace {

struct ShareWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::ShareText)
};

} // namespace

QString accessWord(protocol::Access access)
{
    //: What people with the link can do: change files, or only look at them
    return access >= protocol::Access::Edit ? ShareWords::tr("Edit") : ShareWords::tr("View");
}

QString accessSentence(protocol::Access access)
{
    return access >= protocol::Access::Edit
        ? ShareWords::tr("They can read and change every file in this folder, and create, rename and delete files.")
        : ShareWords::tr("They can read every file in this folder and follow along, but change nothing.");
}

QString policySentence(protocol::JoinPolicy policy)
{
    return policy == protocol::JoinPolicy::Ask
        ? ShareWords::tr("You are asked about each person before they come in.")
        : ShareWords::tr("Whoever has the link is in at once, also people it was passed on to.");
}

QString trustStatement(protocol::Access access)
{
    return access >= protocol::Access::Edit
        ? ShareWords::tr("Guests see everything in this folder, also passwords and keys in files, and what they write is run by "
                         "you: by your builds, your editor and git in your name. Share only with people you trust, and stop "
                         "sharing when you are done.")
        : ShareWords::tr("Guests see everything in this folder, also passwords and keys in files. Share only with people you "
                         "trust, and stop sharing when you are done.");
}

QString endSentence(const protocol::ShareState &state)
{
    if (!state.expiresAt)
        return ShareWords::tr("Shared until you stop it.");
    //: %1 is a time of day
    return ShareWords::tr("Shared until %1.").arg(timeOfDay(*state.expiresAt));
}

QString endpointName(const protocol::ShareEndpoint &endpoint)
{
    if (endpoint.isLoopback)
        return ShareWords::tr("This computer only");
    const QString address = visibleName(endpoint.address, 64);
    //: %1 is a network address, %2 the name of a network interface
    return endpoint.label.isEmpty() ? address : ShareWords::tr("%1 (%2)").arg(address, visibleName(endpoint.label));
}

protocol::ChangeShare unchanged(const protocol::ShareState &state, base::WallTime now)
{
    protocol::ChangeShare change;
    change.access = state.access;
    change.policy = state.policy;
    if (state.expiresAt) {
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(*state.expiresAt - now).count();
        // 0 would mean "for ever".
        change.lifetimeSeconds = static_cast<quint32>(qMax<qint64>(1, left));
    }
    return change;
}

bool copyToClipboard(const QString &text)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    clipboard->setText(text);
    // Read back: without the focus Wayland ignores the text, and nothing else tells.
    return clipboard->text() == text;
}

} // namespace ui
