// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

namespace ui {

class DocumentView;
class StatusLine;

//! Fills the part of \a line that speaks about the workspace.
void showWorkspaceStatus(StatusLine &line, client::Workspace &workspace);
//! Fills the part of \a line that speaks about \a view; null: no file.
void showDocumentStatus(StatusLine &line, const DocumentView *view);
//! Only the place of the caret, which changes with every key.
void showPosition(StatusLine &line, const DocumentView &view);

} // namespace ui
