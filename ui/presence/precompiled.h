// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for the screens that show a workspace; see app/protocol/precompiled.h.
#pragma once

#include "app/client/workspace.h"
#include "ui/widgets/precompiled.h"

#include <QFuture>
