// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/refusal.h"

#include "app/protocol/limits.h"
#include "ui/share/sharetext.h"
#include "ui/widgets/describe.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

struct RefusalWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::Refusal)
};

QString largest()
{
    return QLocale().formattedDataSize(protocol::kMaxTextFileBytes, 0, QLocale::DataSizeTraditionalFormat);
}

} // namespace

ToastText refusalText(const Refusal &refusal)
{
    if (refusal.isSessionOver)
        return {.title = RefusalWords::tr("The session is over"),
                .text = RefusalWords::tr("What you see is the last text. You can save a copy of it."), .buttons = {}};
    if (!refusal.lost.isEmpty())
        return {.title = RefusalWords::tr("Your last changes could not be taken"),
                .text = refusal.reason.code == base::ErrorCode::TooLarge
                    //: %1 is a size, such as 50 MB
                    ? RefusalWords::tr("The text has become larger than %1. What you typed last is not in it any more.").arg(largest())
                    : RefusalWords::tr("The host refused them. What you typed last is not in the text any more."),
                .buttons = {{u"toastCopyLost"_s, RefusalWords::tr("Copy What I Typed"),
                             [lost = refusal.lost] { copyToClipboard(lost); }}},
                .lifetime = std::chrono::hours(1)};
    if (!refusal.mayEdit)
        return {.title = RefusalWords::tr("You can look but not change anything"),
                .text = RefusalWords::tr("Ask the owner for edit access."), .buttons = {}};
    switch (refusal.reason.code) {
    case base::ErrorCode::TooLarge:
        return {.title = RefusalWords::tr("The text would become too large"),
                //: %1 is a size, such as 50 MB
                .text = RefusalWords::tr("A text can be up to %1. Put a part of it into another file.").arg(largest()), .buttons = {}};
    case base::ErrorCode::TooMany:
        return {.title = RefusalWords::tr("These are too many places at once"),
                .text = RefusalWords::tr("Select a part of the text and change the places in it first."), .buttons = {}};
    case base::ErrorCode::Forbidden:
    case base::ErrorCode::ReadOnly:
        return {.title = RefusalWords::tr("This file cannot be written"),
                .text = RefusalWords::tr("It is write-protected on the host."), .buttons = {}};
    // The text here is the host's again; there was nothing to copy, as with what only deletes.
    case base::ErrorCode::Malformed:
    case base::ErrorCode::InvalidArgument:
    case base::ErrorCode::OutOfRange:
        return {.title = RefusalWords::tr("Your last changes could not be taken"), .text = describe(refusal.reason), .buttons = {}};
    default:
        return {.title = RefusalWords::tr("The host does not take your changes now"),
                //: %1 is a sentence or two with the reason
                .text = RefusalWords::tr("%1 What you typed is kept here and sent again.").arg(describe(refusal.reason)), .buttons = {}};
    }
}

} // namespace ui
