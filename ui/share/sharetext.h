// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/client/workspace.h"

#include <QString>

// The sentences about sharing stand in one place, so that dialog, toast and help never tell different stories.
namespace ui {

//! "View", "Edit".
QString accessWord(protocol::Access access);
//! What people with the link can do, one sentence.
QString accessSentence(protocol::Access access);
//! How they come in, one sentence.
QString policySentence(protocol::JoinPolicy policy);
//! What the owner should know before a link exists: two or three sentences.
QString trustStatement(protocol::Access access);
//! "until 16:40", "until you stop it" as a sentence for the share's line.
QString endSentence(const protocol::ShareState &state);
//! An address as people know it: "This computer only", "192.0.2.7 (wlan0)".
QString endpointName(const protocol::ShareEndpoint &endpoint);

//! The request that changes nothing about \a state, to be altered in one field. The protocol counts the remaining time
//! from now, so \a now is needed to keep the end where it is.
protocol::ChangeShare unchanged(const protocol::ShareState &state, base::WallTime now);

//! Puts \a text on the clipboard. False when the desktop did not take it (no focus on Wayland, no display behind ssh).
bool copyToClipboard(const QString &text);

} // namespace ui
