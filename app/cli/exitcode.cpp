// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/exitcode.h"

#include "app/base/displayname.h"

#include <cstdio>

namespace cli {

using base::ErrorCode;
using namespace Qt::StringLiterals;

ExitCode exitCodeFor(const base::Error &error)
{
    switch (error.code) {
    case ErrorCode::LinkRefused:
    case ErrorCode::Denied:
    case ErrorCode::Timeout:
        return kRefused;
    case ErrorCode::Unreachable:
    case ErrorCode::PinMismatch:
    case ErrorCode::VersionMismatch:
    case ErrorCode::Disconnected:
        return kNoHost;
    default:
        return kFailed;
    }
}

ExitCode exitCodeFor(protocol::EndReason reason)
{
    switch (reason) {
    case protocol::EndReason::Unshared:
    case protocol::EndReason::Removed:
    case protocol::EndReason::Expired:
        return kRefused;
    default:
        return kFailed;
    }
}

QString sentence(const base::Error &error)
{
    // The detail may quote what a host or a file system said.
    const QString detail = base::displayName(QByteArray::fromStdString(error.detail).left(500));
    const QString because = detail.isEmpty() ? u"."_s : u" ("_s + detail + u")."_s;
    switch (error.code) {
    case ErrorCode::LinkRefused:
        return u"This link opens nothing, or not any more. Ask for a new one."_s;
    case ErrorCode::Denied:
        return u"The owner did not let you in."_s;
    case ErrorCode::Timeout:
        return u"Nobody answered in time ("_s + detail + u"). Try again later."_s;
    case ErrorCode::PinMismatch:
        return u"The host that answered is not the one this link was made for. Ask the sender for a new link."_s;
    case ErrorCode::VersionMismatch:
        return u"The host speaks another version of the protocol. Use the same version on both sides."_s;
    case ErrorCode::Unreachable:
        return u"No host answered: "_s + detail + u". Check the network, and that the sender is still sharing."_s;
    case ErrorCode::Disconnected:
        return u"The connection to the host was lost."_s;
    case ErrorCode::NotFound:
        return u"It is not there"_s + because + u" Check the name."_s;
    case ErrorCode::PermissionDenied:
        return u"The system does not permit it"_s + because + u" Change the permissions, or do it as another user."_s;
    case ErrorCode::ReadOnly:
        return u"It cannot be written, because the file or its file system is read-only. Change that, or work on a copy."_s;
    case ErrorCode::OutsideRoot:
        return u"That leads out of the workspace's folder, where nothing can be reached."_s;
    case ErrorCode::NotAFile:
        return u"It is of another kind than is needed here"_s + because + u" Name another one."_s;
    case ErrorCode::NotText:
        return u"It is not text. Read it with: alongside-cli cat"_s;
    case ErrorCode::TooLarge:
        return u"It is too large"_s + because;
    case ErrorCode::TooMany:
        return u"There are too many at once"_s + because + u" Try again in a while."_s;
    case ErrorCode::AlreadyExists:
        return u"There is something of that name already. Choose another name."_s;
    case ErrorCode::Conflict:
        return u"It was changed meanwhile. Look at it again and repeat what you did."_s;
    case ErrorCode::InputOutput:
        return u"The system reported an error"_s + because + u" Look into its log, and whether the disk is sound."_s;
    case ErrorCode::NotRunning:
        return u"The workspace is not running now. Ask its owner to start it."_s;
    case ErrorCode::Unavailable:
        return u"A part that this needs is missing"_s + because;
    case ErrorCode::Forbidden:
        return u"Your access to this workspace does not include that."_s;
    case ErrorCode::Malformed:
        return u"That cannot be understood: "_s + detail + u'.';
    case ErrorCode::DiskFull:
        return u"The host's disk is full. What you typed is kept and tried again."_s;
    default:
        return QString::fromLatin1(base::name(error.code)) + (detail.isEmpty() ? QString() : u": "_s + detail) + u'.';
    }
}

QString sentence(const protocol::SessionEnded &ending)
{
    const QString by = ending.by.isEmpty() ? u"The owner"_s : base::displayName(ending.by.toUtf8());
    switch (ending.reason) {
    case protocol::EndReason::Unshared:
        return by + u" stopped sharing this workspace."_s;
    case protocol::EndReason::Removed:
        return by + u" removed you from this workspace."_s;
    case protocol::EndReason::Expired:
        return u"The time of this share is over."_s;
    case protocol::EndReason::HostStopping:
        return u"The host was stopped."_s;
    case protocol::EndReason::FolderGone:
        return u"The folder of this workspace is gone."_s;
    }
    return {};
}

QString reasonName(protocol::EndReason reason)
{
    switch (reason) {
    case protocol::EndReason::Unshared:
        return u"unshared"_s;
    case protocol::EndReason::Removed:
        return u"removed"_s;
    case protocol::EndReason::Expired:
        return u"expired"_s;
    case protocol::EndReason::HostStopping:
        return u"stopped"_s;
    case protocol::EndReason::FolderGone:
        return u"folderGone"_s;
    }
    return {};
}

void say(const QString &text)
{
    const QByteArray line = text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
}

} // namespace cli
