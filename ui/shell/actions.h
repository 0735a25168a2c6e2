// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>

class QAction;
class QMenu;
class QMenuBar;

namespace ui {

enum class Command {
    NewWindow, OpenFolder, JoinLink, NewFile, NewFolder, Save, SaveCopy, CloseTab, CloseWindow, Quit,
    Undo, Redo, Cut, Copy, Paste, SelectAll, Find, Replace, FindNext, FindPrevious,
    AddCaretAbove, AddCaretBelow, SelectNextOccurrence, SelectAllOccurrences, MoveLinesUp, MoveLinesDown, DuplicateLines,
    RemoveLines, IndentLines, OutdentLines, ToggleComment,
    ToggleFiles, ZoomIn, ZoomOut, ZoomReset, WrapLines, Fold, Unfold, FoldAll, UnfoldAll, BlanksHidden, BlanksSelected, BlanksAll,
    ThemeDesktop, ThemeLight, ThemeDark, Palette,
    GoToLine, GoToBracket, NextTab, PreviousTab, FocusFiles, FocusEditor,
    Share, CopyLink, ChangeShareAccess, StopSharing, Leave,
    GuestHelp, About,
};

//! Every command of a window, each made once: menus, palette, pill and avatar menu are views of this list. Its owner
//! connects what they do and says when they are possible.
class Actions final : public QObject
{
    Q_OBJECT

public:
    //! The actions become actions of \a window, so that their keys work in it.
    explicit Actions(QWidget *window);

    QAction *operator[](Command command) const { return m_actions.value(command); }
    QList<QAction *> all() const { return m_order; }
    void fillMenuBar(QMenuBar *bar) const;
    //! Disabled with a reason that the palette shows; an empty reason enables.
    void setReason(Command command, const QString &reason);

private:
    QAction *add(Command command, const QString &id, const QString &category, const QString &text,
                 const QList<QKeySequence> &keys = {}, const QString &aliases = {});
    void addFileActions();
    void addEditActions();
    void addSelectionActions();
    void addViewActions();
    void addWorkspaceActions();

    QHash<Command, QAction *> m_actions;
    QList<QAction *> m_order;
};

} // namespace ui
