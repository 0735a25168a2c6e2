// SPDX-License-Identifier: GPL-3.0-or-later
// The half of MainWindow that connects commands to what they do.
#include "ui/shell/mainwindow.h"

#include "ui/editor/codeeditor.h"
#include "ui/editor/editorpane.h"
#include "ui/files/filespane.h"
#include "ui/files/filetreeview.h"
#include "ui/palette/commandpalette.h"
#include "ui/shell/actions.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/settings.h"
#include "ui/shell/workspaceview.h"
#include "ui/signin/startpage.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/prompt.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kZoomStep = 10;

constexpr std::pair<Command, Whitespace> kWhitespace[] = {
    {Command::BlanksHidden, Whitespace::Hidden}, {Command::BlanksSelected, Whitespace::Selected}, {Command::BlanksAll, Whitespace::All}};
constexpr std::pair<Command, ThemeController::Mode> kThemes[] = {{Command::ThemeDesktop, ThemeController::Mode::Desktop},
                                                                 {Command::ThemeLight, ThemeController::Mode::Light},
                                                                 {Command::ThemeDark, ThemeController::Mode::Dark}};

// Commands of the Edit menu go to the field that has the keyboard, if one has; its own keys never come this far.
QLineEdit *focusedField()
{
    return qobject_cast<QLineEdit *>(QApplication::focusWidget());
}

} // namespace

void MainWindow::connectActions()
{
    const auto on = [this](Command command, auto handler) { connect((*m_actions)[command], &QAction::triggered, this, handler); };
    on(Command::NewWindow, &MainWindow::newWindowRequested);
    on(Command::OpenFolder, &MainWindow::chooseFolder);
    on(Command::JoinLink, [this] {
        if (!isFree()) {
            Q_EMIT newWindowRequested();
            return;
        }
        m_start->findChild<QLineEdit *>(u"joinLink"_s)->setFocus();
    });
    on(Command::Quit, &MainWindow::quitRequested);
    on(Command::CloseWindow, &QWidget::close);
    on(Command::Palette, [this] { m_palette->open(); });
    on(Command::About, [this] {
        auto *box = new QMessageBox(this);
        box->setObjectName(u"aboutBox"_s);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setWindowTitle(tr("About Alongside"));
        box->setIconPixmap(Icons::program().pixmap(64, 64));
        box->setTextFormat(Qt::PlainText);
        box->setText(tr("Alongside %1").arg(QApplication::applicationVersion()));
        box->setInformativeText(tr("Work on the same files at the same time, on your own machines.\n\nFree software under the GNU General "
                                   "Public License, version 3 or later. It comes without any warranty."));
        box->open();
    });
    const auto inView = [this, on](Command command, auto handler) {
        on(command, [this, handler] {
            if (m_view != nullptr)
                handler(*m_view);
        });
    };
    inView(Command::NewFile, [](WorkspaceView &view) { view.files().tree()->startNewEntry(protocol::EntryKind::File); });
    inView(Command::NewFolder, [](WorkspaceView &view) { view.files().tree()->startNewEntry(protocol::EntryKind::Folder); });
    inView(Command::Save, [](WorkspaceView &view) { view.save(); });
    inView(Command::SaveCopy, [](WorkspaceView &view) { view.saveCopy(); });
    inView(Command::CloseTab, [](WorkspaceView &view) { view.documents().closeCurrent(); });
    inView(Command::NextTab, [](WorkspaceView &view) { view.documents().showNext(1); });
    inView(Command::PreviousTab, [](WorkspaceView &view) { view.documents().showNext(-1); });
    inView(Command::FocusEditor, [](WorkspaceView &view) { view.documents().focusEditor(); });
    inView(Command::FocusFiles, [this](WorkspaceView &view) {
        (*m_actions)[Command::ToggleFiles]->setChecked(true);
        view.files().tree()->setFocus();
    });
    inView(Command::Leave, [this](WorkspaceView &) { close(); });
    connect((*m_actions)[Command::ToggleFiles], &QAction::toggled, this, [this](bool isShown) {
        if (m_view != nullptr)
            m_view->setFilesShown(isShown);
    });
    (*m_actions)[Command::ToggleFiles]->setChecked(true);
}

void MainWindow::connectEditActions()
{
    const auto onPane = [this](Command command, auto handler) {
        connect((*m_actions)[command], &QAction::triggered, this, [this, handler] {
            DocumentView *view = m_view != nullptr ? m_view->documents().current() : nullptr;
            if (view != nullptr && view->isText())
                handler(view->pane());
        });
    };
    const auto onText = [this, onPane](Command command, EditorCommand inEditor, void (QLineEdit::*inField)()) {
        connect((*m_actions)[command], &QAction::triggered, this, [inField] {
            if (QLineEdit *field = focusedField(); field != nullptr && inField != nullptr)
                (field->*inField)();
        });
        onPane(command, [inEditor](EditorPane &pane) {
            if (focusedField() == nullptr)
                pane.editor().run(inEditor);
        });
    };
    onText(Command::Undo, EditorCommand::Undo, &QLineEdit::undo);
    onText(Command::Redo, EditorCommand::Redo, &QLineEdit::redo);
    onText(Command::Cut, EditorCommand::Cut, nullptr);
    onText(Command::Copy, EditorCommand::Copy, nullptr);
    onText(Command::Paste, EditorCommand::Paste, &QLineEdit::paste);
    onText(Command::SelectAll, EditorCommand::SelectAll, &QLineEdit::selectAll);
    onText(Command::AddCaretAbove, EditorCommand::AddCaretAbove, nullptr);
    onText(Command::AddCaretBelow, EditorCommand::AddCaretBelow, nullptr);
    onText(Command::SelectNextOccurrence, EditorCommand::SelectNextOccurrence, nullptr);
    onText(Command::SelectAllOccurrences, EditorCommand::SelectAllOccurrences, nullptr);
    onText(Command::MoveLinesUp, EditorCommand::MoveLinesUp, nullptr);
    onText(Command::MoveLinesDown, EditorCommand::MoveLinesDown, nullptr);
    onText(Command::DuplicateLines, EditorCommand::DuplicateLines, nullptr);
    onText(Command::RemoveLines, EditorCommand::RemoveLines, nullptr);
    onText(Command::IndentLines, EditorCommand::IndentLines, nullptr);
    onText(Command::OutdentLines, EditorCommand::Unindent, nullptr);
    onText(Command::ToggleComment, EditorCommand::ToggleComment, nullptr);
    onText(Command::Fold, EditorCommand::Fold, nullptr);
    onText(Command::Unfold, EditorCommand::Unfold, nullptr);
    onText(Command::FoldAll, EditorCommand::FoldAll, nullptr);
    onText(Command::UnfoldAll, EditorCommand::UnfoldAll, nullptr);
    onText(Command::GoToBracket, EditorCommand::GoToBracket, nullptr);
    onPane(Command::Find, [](EditorPane &pane) { pane.find(); });
    onPane(Command::Replace, [](EditorPane &pane) { pane.replace(); });
    onPane(Command::FindNext, [](EditorPane &pane) { pane.findNext(); });
    onPane(Command::FindPrevious, [](EditorPane &pane) { pane.findPrevious(); });
    onPane(Command::GoToLine, [](EditorPane &pane) { pane.goToLine(); });
}

void MainWindow::connectViewActions()
{
    // The editor does it and tells its view, which remembers it for all: so it is with the editor's own keys and with the wheel.
    const auto zoom = [this](Command command, auto change) {
        connect((*m_actions)[command], &QAction::triggered, this, [this, change] {
            if (DocumentView *view = m_view != nullptr ? m_view->documents().current() : nullptr)
                view->editor().setZoomPercent(change(view->editor().zoomPercent()));
        });
    };
    zoom(Command::ZoomIn, [](int percent) { return percent + kZoomStep; });
    zoom(Command::ZoomOut, [](int percent) { return percent - kZoomStep; });
    zoom(Command::ZoomReset, [](int) { return 100; });
    connect((*m_actions)[Command::WrapLines], &QAction::toggled, this, [this](bool isOn) {
        m_environment.settings.setWrapsLines(isOn);
        adoptSettings();
    });
    for (const auto &[command, whitespace] : kWhitespace) {
        connect((*m_actions)[command], &QAction::triggered, this, [this, chosen = whitespace] {
            m_environment.settings.setWhitespace(chosen);
            adoptSettings();
        });
    }
    for (const auto &[command, mode] : kThemes) {
        connect((*m_actions)[command], &QAction::triggered, this, [this, chosen = mode] {
            m_environment.settings.setTheme(chosen);
            m_environment.theme.setMode(chosen);
        });
    }
    adoptSettings();
}

void MainWindow::adoptSettings()
{
    const Settings &settings = m_environment.settings;
    (*m_actions)[Command::WrapLines]->setChecked(settings.wrapsLines());
    for (const auto &[command, whitespace] : kWhitespace)
        (*m_actions)[command]->setChecked(settings.whitespace() == whitespace);
    for (const auto &[command, mode] : kThemes)
        (*m_actions)[command]->setChecked(settings.theme() == mode);
    if (m_view != nullptr)
        m_view->documents().adoptSettings();
}

void MainWindow::refreshActions()
{
    const QString noWorkspace = m_view == nullptr ? tr("No workspace is open.") : QString();
    for (const Command command : {Command::ToggleFiles, Command::FocusFiles, Command::Share, Command::Leave})
        m_actions->setReason(command, noWorkspace);
    for (const Command command : {Command::CopyLink, Command::ChangeShareAccess, Command::StopSharing}) {
        if (m_view == nullptr)
            (*m_actions)[command]->setVisible(false);
    }
    (*m_actions)[Command::Leave]->setVisible(m_view != nullptr && !m_view->workspace().isOwner());
    DocumentView *view = m_view != nullptr ? m_view->documents().current() : nullptr;
    const QString noFile = view == nullptr ? tr("No file is open.") : QString();
    const QString noText = view == nullptr || !view->isText() ? tr("No text is open.") : QString();
    for (const Command command : {Command::CloseTab, Command::NextTab, Command::PreviousTab})
        m_actions->setReason(command, noFile);
    for (const Command command : {Command::SaveCopy, Command::Copy, Command::SelectAll, Command::Find, Command::FindNext,
                                  Command::FindPrevious, Command::ZoomIn, Command::ZoomOut, Command::ZoomReset, Command::GoToLine,
                                  Command::FocusEditor, Command::Fold, Command::Unfold, Command::FoldAll, Command::UnfoldAll, Command::GoToBracket, Command::AddCaretAbove, Command::AddCaretBelow,
                                  Command::SelectNextOccurrence, Command::SelectAllOccurrences})
        m_actions->setReason(command, noText);
    const bool canEdit = m_view != nullptr && m_view->workspace().canEdit();
    const QString noEdit = m_view == nullptr ? noWorkspace : canEdit ? QString() : tr("You can look but not change anything.");
    for (const Command command : {Command::NewFile, Command::NewFolder})
        m_actions->setReason(command, noEdit);
    const bool isWritable = noText.isEmpty() && view->document()->isWritable();
    const QString noWriting = !noText.isEmpty() ? noText : isWritable ? QString() : tr("This text cannot be changed.");
    for (const Command command : {Command::Save, Command::Cut, Command::Paste, Command::Replace, Command::MoveLinesUp,
                                  Command::MoveLinesDown, Command::DuplicateLines, Command::RemoveLines, Command::IndentLines,
                                  Command::OutdentLines, Command::ToggleComment})
        m_actions->setReason(command, noWriting);
    m_actions->setReason(Command::Undo, isWritable && !view->document()->canUndo() ? tr("There is nothing to undo.") : noWriting);
    m_actions->setReason(Command::Redo, isWritable && !view->document()->canRedo() ? tr("There is nothing to redo.") : noWriting);
}

void MainWindow::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Open a folder"), QDir::homePath());
    dialog->setObjectName(u"openFolderDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::folderRequested);
    dialog->open();
}

} // namespace ui
