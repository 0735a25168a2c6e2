// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/link.h"

#include <QString>

namespace ui {

//! Why a text is no link, and what to do: whole sentences.
QString sentenceFor(transport::LinkProblem problem);

} // namespace ui
