// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/documentstatus.h"

#include "ui/editor/codeeditor.h"
#include "ui/shell/documentview.h"
#include "ui/shell/statusline.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/initials.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using Item = StatusLine::Item;

struct StatusWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::DocumentStatus)
};

void showSaved(StatusLine &line, const DocumentView &view)
{
    using State = client::SharedDocument::State;
    const client::SharedDocument &document = *view.document();
    const protocol::DocumentInfo &info = document.info();
    if (document.state() == State::Ended) {
        line.setItem(Item::Saved, StatusWords::tr("Ended, read-only"));
    } else if (document.state() == State::Offline) {
        line.setItem(Item::Saved, StatusWords::tr("Offline, kept here"), StatusWords::tr("What you type is sent when the connection is back."),
                     u"wifi-off"_s, Role::Warning);
    } else if (info.save == protocol::SaveState::Failed) {
        line.setItem(Item::Saved, StatusWords::tr("Not saved"), describe({info.saveError, {}}), u"warning"_s, Role::Danger);
    } else if (view.isUnsaved()) {
        line.setItem(Item::Saved, StatusWords::tr("Saving"), StatusWords::tr("The text is written to the file by itself."), u"refresh"_s);
    } else if (!document.isWritable()) {
        line.setItem(Item::Saved, StatusWords::tr("Read-only"), {}, u"eye"_s);
    } else if (info.savedAt.time_since_epoch().count() > 0) {
        //: %1 is a time of day
        line.setItem(Item::Saved, StatusWords::tr("Saved %1").arg(timeOfDay(info.savedAt)), {}, u"check"_s);
    } else {
        line.setItem(Item::Saved, StatusWords::tr("Saved"), {}, u"check"_s);
    }
}

QString lineEndingName(protocol::LineEnding ending)
{
    switch (ending) {
    case protocol::LineEnding::Lf:
        return u"LF"_s;
    case protocol::LineEnding::CrLf:
        return u"CRLF"_s;
    case protocol::LineEnding::Cr:
        return u"CR"_s;
    case protocol::LineEnding::Mixed:
        break;
    }
    return StatusWords::tr("Mixed line ends");
}

} // namespace

void showWorkspaceStatus(StatusLine &line, client::Workspace &workspace)
{
    const protocol::WorkspaceInfo &info = workspace.info();
    //: %1 is the name of a git branch
    line.setItem(Item::Branch, visibleName(info.branch) == u"?"_s ? QString() : visibleName(info.branch),
                 StatusWords::tr("Git branch %1").arg(visibleName(info.branch)), u"branch"_s);
    if (workspace.isOwner())
        line.setItem(Item::Host, StatusWords::tr("This computer"), StatusWords::tr("The files are on this computer."));
    else
        //: %1 is a computer's name
        line.setItem(Item::Host, visibleName(info.hostName), StatusWords::tr("The files are on %1.").arg(visibleName(info.hostName)));
}

void showPosition(StatusLine &line, const DocumentView &view)
{
    if (!view.isText())
        return;
    const QLocale locale;
    const QString row = locale.toString(view.line());
    const QString column = locale.toString(view.column());
    if (const auto carets = static_cast<int>(view.editor().carets().count()); carets > 1) {
        //: how many places one types at
        line.setItem(Item::Position, StatusWords::tr("%n carets", nullptr, carets),
                     StatusWords::tr("%n carets; the one that others see is at line %1, column %2. Press to go to another line.",
                                     nullptr, carets).arg(row, column));
        return;
    }
    //: Place of the caret; %1 is a line number, %2 a column number
    line.setItem(Item::Position, StatusWords::tr("Ln %1, Col %2").arg(row, column),
                 StatusWords::tr("Line %1, column %2. Press to go to another line.").arg(row, column));
}

void showDocumentStatus(StatusLine &line, const DocumentView *view)
{
    const bool isText = view != nullptr && view->isText();
    for (const Item item : {Item::Position, Item::Indent, Item::Encoding, Item::LineEnding, Item::Language, Item::Zoom, Item::Saved}) {
        if (!isText)
            line.setItem(item, {});
    }
    if (!isText)
        return;
    showSaved(line, *view);
    showPosition(line, *view);
    const CodeEditor &editor = view->editor();
    const IndentStyle indent = editor.indentStyle();
    line.setItem(Item::Indent, indent.usesTabs ? StatusWords::tr("Tabs: %1").arg(indent.width) : StatusWords::tr("Spaces: %1").arg(indent.width),
                 StatusWords::tr("How this file indents. Press to change it."));
    line.setItem(Item::Encoding, visibleName(view->document()->info().encoding), StatusWords::tr("Encoding of the file"));
    line.setItem(Item::LineEnding, lineEndingName(view->document()->info().lineEnding), StatusWords::tr("How lines end in the file"));
    line.setItem(Item::Language, editor.languageName().isEmpty() ? StatusWords::tr("Plain text") : editor.languageName(),
                 StatusWords::tr("Language of the colours. Press to choose another one."));
    line.setItem(Item::Zoom, editor.zoomPercent() == 100 ? QString() : StatusWords::tr("%1 %").arg(editor.zoomPercent()),
                 StatusWords::tr("Size of the text. Press for the normal size."));
}

} // namespace ui
