// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/describe.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(ui::Describe)

public:
    static QString aboutFiles(base::ErrorCode code);
    static QString aboutConnections(base::ErrorCode code);
    static QString aboutRequests(base::ErrorCode code);
};

QString Sentences::aboutFiles(base::ErrorCode code)
{
    switch (code) {
    case base::ErrorCode::AlreadyExists:
        return tr("Something with this name is there already. Choose another name.");
    case base::ErrorCode::OutsideRoot:
        return tr("It leads out of the shared folder, and only what is inside can be opened.");
    case base::ErrorCode::NotAFile:
        return tr("It is a folder or a device, not a file that could be edited.");
    case base::ErrorCode::NotText:
        return tr("It is not a text. You can look at its bytes.");
    case base::ErrorCode::ReadOnly:
        return tr("It is write-protected. Change its permissions or save the text somewhere else.");
    case base::ErrorCode::DiskFull:
        return tr("The disk of the host is full. Free some space there; saving is tried again by itself.");
    case base::ErrorCode::PermissionDenied:
        return tr("The host's user is not permitted to do this. Change the permissions of the file or of its folder.");
    case base::ErrorCode::InputOutput:
        return tr("The host's disk reported an error. Your text is kept; check the disk and try again.");
    case base::ErrorCode::Conflict:
        return tr("It changed at the same moment. Look at it again, then repeat what you wanted.");
    default:
        return {};
    }
}

QString Sentences::aboutConnections(base::ErrorCode code)
{
    switch (code) {
    case base::ErrorCode::Disconnected:
        return tr("The connection to the host is lost. It is being restored; nothing that you typed is gone.");
    case base::ErrorCode::Timeout:
        return tr("No answer came in time. Try again, or ask whether the host is still running.");
    case base::ErrorCode::VersionMismatch:
        return tr("The host runs a version of Alongside that this one cannot talk to. Install the same version on both sides.");
    case base::ErrorCode::LinkRefused:
        return tr("This link opens nothing now. It may have been stopped, or it is incomplete; ask for a new one.");
    case base::ErrorCode::PinMismatch:
        return tr("The host is not the one that the link names; somebody may be in between. Nothing was sent. Ask for a new link.");
    case base::ErrorCode::Unreachable:
        return tr("No host answers at this address. Check that both computers are on the same network and that sharing is on.");
    case base::ErrorCode::NotRunning:
        return tr("The workspace is shared but does not run now. Only its owner can start it.");
    case base::ErrorCode::Denied:
        return tr("The owner declined. Ask them directly if you think this was a mistake.");
    case base::ErrorCode::Unauthenticated:
        return tr("The host does not know who you are. Join with the link again.");
    case base::ErrorCode::Malformed:
        return tr("The other side sent something that makes no sense. Update Alongside on both sides and try again.");
    default:
        return {};
    }
}

QString Sentences::aboutRequests(base::ErrorCode code)
{
    switch (code) {
    case base::ErrorCode::NotFound:
        return tr("It is not there any more. Look at the folder again.");
    case base::ErrorCode::Forbidden:
        return tr("You may look but not change. Ask the owner for edit access.");
    case base::ErrorCode::InvalidArgument:
        return tr("This name or value cannot be used. Choose another one.");
    case base::ErrorCode::OutOfRange:
        return tr("The place is beyond the end. Look at it again.");
    case base::ErrorCode::TooLarge:
        return tr("It is too large. Do it in smaller parts.");
    case base::ErrorCode::TooMany:
        return tr("There are too many of them at once. Close some or wait a moment, then try again.");
    case base::ErrorCode::Cancelled:
        return tr("It was cancelled. Nothing has changed.");
    case base::ErrorCode::Unavailable:
        return tr("A part of the system that this needs is not there. Check that the folder exists and that Alongside is "
                  "completely installed.");
    default:
        return tr("This is a mistake in Alongside, not yours. Try again; if it stays, report it with the log.");
    }
}

} // namespace

QString describe(const base::Error &error, const QString &what)
{
    QString cause = Sentences::aboutFiles(error.code);
    if (cause.isEmpty())
        cause = Sentences::aboutConnections(error.code);
    if (cause.isEmpty())
        cause = Sentences::aboutRequests(error.code);
    return what.isEmpty() ? cause : what + u' ' + cause;
}

} // namespace ui
