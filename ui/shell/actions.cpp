// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace ui {

using namespace Qt::StringLiterals;

Actions::Actions(QWidget *window) : QObject(window)
{
    addFileActions();
    addEditActions();
    addSelectionActions();
    addViewActions();
    addWorkspaceActions();
    window->addActions(m_order);
}

QAction *Actions::add(Command command, const QString &id, const QString &category, const QString &text,
                      const QList<QKeySequence> &keys, const QString &aliases)
{
    auto *action = new QAction(text, this);
    action->setObjectName(id);
    action->setShortcuts(keys);
    action->setProperty("category", category);
    action->setProperty("aliases", aliases);
    // On some desktops Qt would move "Quit" and the like elsewhere, out of the order below.
    action->setMenuRole(QAction::NoRole);
    m_actions.insert(command, action);
    m_order += action;
    return action;
}

void Actions::addFileActions()
{
    const QString file = tr("File");
    add(Command::NewWindow, u"newWindow"_s, file, tr("New &Window"), {QKeySequence(u"Ctrl+Shift+N"_s)});
    add(Command::OpenFolder, u"openFolder"_s, file, tr("&Open Folder…"), {QKeySequence::Open});
    add(Command::JoinLink, u"joinLink"_s, file, tr("&Join with a Link…"), {}, tr("invitation connect session"));
    add(Command::NewFile, u"newFile"_s, file, tr("&New File…"), {QKeySequence::New});
    add(Command::NewFolder, u"newFolder"_s, file, tr("New &Folder…"));
    add(Command::Save, u"save"_s, file, tr("&Save"), {QKeySequence::Save});
    add(Command::SaveCopy, u"saveCopy"_s, file, tr("Save a &Copy…"), {}, tr("export"));
    add(Command::CloseTab, u"closeTab"_s, file, tr("Close &Tab"), {QKeySequence(u"Ctrl+W"_s), QKeySequence(u"Ctrl+F4"_s)});
    add(Command::CloseWindow, u"closeWindow"_s, file, tr("Close Win&dow"), {QKeySequence(u"Ctrl+Shift+W"_s)});
    add(Command::Quit, u"quit"_s, file, tr("&Quit"), {QKeySequence::Quit});
}

void Actions::addEditActions()
{
    const QString edit = tr("Edit");
    add(Command::Undo, u"undo"_s, edit, tr("&Undo"), {QKeySequence::Undo});
    add(Command::Redo, u"redo"_s, edit, tr("&Redo"), QKeySequence::keyBindings(QKeySequence::Redo));
    add(Command::Cut, u"cut"_s, edit, tr("Cu&t"), {QKeySequence::Cut});
    add(Command::Copy, u"copy"_s, edit, tr("&Copy"), {QKeySequence::Copy});
    add(Command::Paste, u"paste"_s, edit, tr("&Paste"), {QKeySequence::Paste});
    add(Command::SelectAll, u"selectAll"_s, edit, tr("Select &All"), {QKeySequence::SelectAll});
    add(Command::Find, u"find"_s, edit, tr("&Find"), {QKeySequence::Find}, tr("search"));
    add(Command::Replace, u"replace"_s, edit, tr("R&eplace"), {QKeySequence(u"Ctrl+H"_s)});
    add(Command::FindNext, u"findNext"_s, edit, tr("Find &Next"), {QKeySequence(u"F3"_s)});
    add(Command::FindPrevious, u"findPrevious"_s, edit, tr("Find Pre&vious"), {QKeySequence(u"Shift+F3"_s)});
}

void Actions::addSelectionActions()
{
    const QString selection = tr("Selection");
    // GNOME keeps Ctrl+Alt with the arrows for its workspaces: the key that works everywhere is the one that is shown.
    add(Command::AddCaretAbove, u"addCaretAbove"_s, selection, tr("Add Caret &Above"),
        {QKeySequence(u"Ctrl+Shift+Up"_s), QKeySequence(u"Ctrl+Alt+Up"_s)}, tr("multiple cursors"));
    add(Command::AddCaretBelow, u"addCaretBelow"_s, selection, tr("Add Caret &Below"),
        {QKeySequence(u"Ctrl+Shift+Down"_s), QKeySequence(u"Ctrl+Alt+Down"_s)}, tr("multiple cursors"));
    add(Command::SelectNextOccurrence, u"selectNextOccurrence"_s, selection, tr("Select &Next Occurrence"),
        {QKeySequence(u"Ctrl+D"_s)}, tr("multiple cursors same word"));
    add(Command::SelectAllOccurrences, u"selectAllOccurrences"_s, selection, tr("Select All &Occurrences"),
        {QKeySequence(u"Ctrl+Shift+L"_s)}, tr("multiple cursors same word rename"));
    add(Command::MoveLinesUp, u"moveLinesUp"_s, selection, tr("Move Lines &Up"), {QKeySequence(u"Alt+Up"_s)});
    add(Command::MoveLinesDown, u"moveLinesDown"_s, selection, tr("Move Lines &Down"), {QKeySequence(u"Alt+Down"_s)});
    add(Command::DuplicateLines, u"duplicateLines"_s, selection, tr("Du&plicate Lines"),
        {QKeySequence(u"Ctrl+Shift+D"_s), QKeySequence(u"Ctrl+Shift+Alt+Down"_s)}, tr("copy line"));
    add(Command::RemoveLines, u"removeLines"_s, selection, tr("Delete &Lines"), {QKeySequence(u"Ctrl+Shift+K"_s)}, tr("remove"));
    add(Command::IndentLines, u"indentLines"_s, selection, tr("&Indent Lines"), {QKeySequence(u"Ctrl+]"_s)});
    add(Command::OutdentLines, u"outdentLines"_s, selection, tr("Ou&tdent Lines"), {QKeySequence(u"Ctrl+["_s)}, tr("unindent"));
    add(Command::ToggleComment, u"toggleComment"_s, selection, tr("Toggle &Comment"), {QKeySequence(u"Ctrl+/"_s)},
        tr("uncomment"));
}

void Actions::addViewActions()
{
    const QString view = tr("View");
    add(Command::ToggleFiles, u"toggleFiles"_s, view, tr("&Files"), {QKeySequence(u"Ctrl+B"_s)}, tr("side bar tree"))->setCheckable(true);
    add(Command::ZoomIn, u"zoomIn"_s, view, tr("Zoom &In"), {QKeySequence(u"Ctrl+="_s), QKeySequence(u"Ctrl++"_s)});
    add(Command::ZoomOut, u"zoomOut"_s, view, tr("Zoom &Out"), {QKeySequence(u"Ctrl+-"_s)});
    add(Command::ZoomReset, u"zoomReset"_s, view, tr("&Normal Size"), {QKeySequence(u"Ctrl+0"_s)});
    add(Command::WrapLines, u"wrapLines"_s, view, tr("&Wrap Lines"), {QKeySequence(u"Alt+Z"_s)}, tr("word wrap soft"))->setCheckable(true);
    add(Command::Fold, u"fold"_s, view, tr("Fol&d"), {QKeySequence(u"Ctrl+Shift+["_s), QKeySequence(u"Ctrl+{"_s)}, tr("collapse"));
    add(Command::Unfold, u"unfold"_s, view, tr("&Unfold"), {QKeySequence(u"Ctrl+Shift+]"_s), QKeySequence(u"Ctrl+}"_s)}, tr("expand"));
    add(Command::FoldAll, u"foldAll"_s, view, tr("Fold &All"), {}, tr("collapse"));
    add(Command::UnfoldAll, u"unfoldAll"_s, view, tr("Unfold All"), {}, tr("expand"));
    auto *blanks = new QActionGroup(this);
    for (const auto &[command, id, text] : {std::tuple(Command::BlanksHidden, u"blanksHidden"_s, tr("Hide &Blanks")),
                                            std::tuple(Command::BlanksSelected, u"blanksSelected"_s, tr("Show Blanks in the &Selection")),
                                            std::tuple(Command::BlanksAll, u"blanksAll"_s, tr("Show All Blan&ks"))}) {
        QAction *action = add(command, id, view, text, {}, tr("whitespace spaces tabs"));
        action->setCheckable(true);
        blanks->addAction(action);
    }
    auto *themes = new QActionGroup(this);
    for (const auto &[command, id, text] : {std::tuple(Command::ThemeDesktop, u"themeDesktop"_s, tr("Colours &Like the Desktop")),
                                            std::tuple(Command::ThemeLight, u"themeLight"_s, tr("L&ight Colours")),
                                            std::tuple(Command::ThemeDark, u"themeDark"_s, tr("&Dark Colours"))}) {
        QAction *action = add(command, id, view, text, {}, tr("theme"));
        action->setCheckable(true);
        themes->addAction(action);
    }
    add(Command::Palette, u"palette"_s, view, tr("&Command Palette…"), {QKeySequence(u"F1"_s), QKeySequence(u"Ctrl+Shift+P"_s)});
    const QString go = tr("Go");
    add(Command::GoToLine, u"goToLine"_s, go, tr("Go to &Line…"), {QKeySequence(u"Ctrl+G"_s)});
    add(Command::GoToBracket, u"goToBracket"_s, go, tr("Go to Matching &Bracket"), {QKeySequence(u"Ctrl+Shift+\\"_s)},
        tr("brace parenthesis"));
    add(Command::NextTab, u"nextTab"_s, go, tr("&Next Tab"), {QKeySequence(u"Ctrl+Tab"_s), QKeySequence(u"Ctrl+PgDown"_s)});
    add(Command::PreviousTab, u"previousTab"_s, go, tr("&Previous Tab"),
        {QKeySequence(u"Ctrl+Shift+Tab"_s), QKeySequence(u"Ctrl+PgUp"_s)});
    add(Command::FocusFiles, u"focusFiles"_s, go, tr("To the &Files"), {QKeySequence(u"Ctrl+Shift+E"_s)});
    add(Command::FocusEditor, u"focusEditor"_s, go, tr("To the &Editor"), {QKeySequence(u"Ctrl+1"_s)});
}

void Actions::addWorkspaceActions()
{
    const QString workspace = tr("Workspace");
    add(Command::Share, u"share"_s, workspace, tr("&Share Running Workspace…"), {}, tr("invite link live share collaborate"));
    add(Command::CopyLink, u"copyInvitation"_s, workspace, tr("&Copy Link"), {}, tr("invite invitation share"));
    add(Command::ChangeShareAccess, u"changeShareAccess"_s, workspace, tr("Make &Read-Only"), {}, tr("view access guests"));
    add(Command::StopSharing, u"stopSharingAction"_s, workspace, tr("S&top Sharing"), {}, tr("unshare end session"));
    add(Command::Leave, u"leave"_s, workspace, tr("&Leave Workspace"), {}, tr("disconnect"));
    const QString help = tr("Help");
    add(Command::GuestHelp, u"guestHelpAction"_s, help, tr("What &Guests Can Do"), {}, tr("security share"));
    add(Command::About, u"about"_s, help, tr("&About Alongside"), {}, tr("version licence"));
}

void Actions::fillMenuBar(QMenuBar *bar) const
{
    const auto fill = [this, bar](const QString &title, const QString &name, std::initializer_list<std::optional<Command>> entries) {
        QMenu *menu = bar->addMenu(title);
        menu->setObjectName(name);
        for (const auto &entry : entries) {
            if (entry)
                menu->addAction(m_actions.value(*entry));
            else
                menu->addSeparator();
        }
    };
    constexpr std::nullopt_t line = std::nullopt;
    fill(tr("&File"), u"fileMenuBar"_s,
         {Command::NewWindow, Command::OpenFolder, Command::JoinLink, line, Command::NewFile, Command::NewFolder, line, Command::Save,
          Command::SaveCopy, line, Command::CloseTab, Command::CloseWindow, Command::Quit});
    fill(tr("&Edit"), u"editMenuBar"_s,
         {Command::Undo, Command::Redo, line, Command::Cut, Command::Copy, Command::Paste, Command::SelectAll, line, Command::Find,
          Command::Replace, Command::FindNext, Command::FindPrevious});
    fill(tr("&Selection"), u"selectionMenuBar"_s,
         {Command::AddCaretAbove, Command::AddCaretBelow, Command::SelectNextOccurrence, Command::SelectAllOccurrences, line,
          Command::MoveLinesUp, Command::MoveLinesDown, Command::DuplicateLines, Command::RemoveLines, line, Command::IndentLines,
          Command::OutdentLines, Command::ToggleComment});
    fill(tr("&View"), u"viewMenuBar"_s,
         {Command::Palette, line, Command::ToggleFiles, line, Command::ZoomIn, Command::ZoomOut, Command::ZoomReset, line,
          Command::WrapLines, Command::BlanksHidden, Command::BlanksSelected, Command::BlanksAll, line, Command::Fold,
          Command::Unfold, Command::FoldAll, Command::UnfoldAll, line,
          Command::ThemeDesktop, Command::ThemeLight, Command::ThemeDark});
    fill(tr("&Go"), u"goMenuBar"_s,
         {Command::GoToLine, Command::GoToBracket, line, Command::NextTab, Command::PreviousTab, line, Command::FocusFiles, Command::FocusEditor});
    fill(tr("&Workspace"), u"workspaceMenuBar"_s,
         {Command::Share, Command::CopyLink, Command::ChangeShareAccess, line, Command::StopSharing, Command::Leave});
    fill(tr("&Help"), u"helpMenuBar"_s, {Command::GuestHelp, Command::About});
}

void Actions::setReason(Command command, const QString &reason)
{
    QAction *action = m_actions.value(command);
    action->setProperty("reason", reason);
    action->setEnabled(reason.isEmpty());
}

} // namespace ui
