// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/protocol/workspacemessages.h"

#include <QString>

namespace cli {

//! What the program returns; documented in README.md and in the man page, so part of its interface.
enum ExitCode {
    kDone = 0,
    kFailed = 1,
    kUsage = 2,
    kRefused = 3,        //!< the link opens nothing (any more), or a person said no
    kNoHost = 4,         //!< nobody answered, or not the host the link was made for, or one of another version
    kInterrupted = 130,
};

ExitCode exitCodeFor(const base::Error &error);
ExitCode exitCodeFor(protocol::EndReason reason);

//! One sentence with the cause and, where there is one, the next step. For people; the code is for programs.
QString sentence(const base::Error &error);
QString sentence(const protocol::SessionEnded &ending);
//! As in the event `ended`.
QString reasonName(protocol::EndReason reason);

//! To standard error, on a line of its own.
void say(const QString &text);

} // namespace cli
