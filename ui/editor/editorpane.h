// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace base {
class Clock;
}

namespace ui {

class CodeEditor;
class FindBar;
class GoToLine;
class Languages;

//! A CodeEditor with its find bar and its go-to-line field below it: they take room from the editor, so nothing above
//! them moves and the caret is scrolled out from behind them.
class EditorPane final : public QWidget
{
    Q_OBJECT

public:
    EditorPane(const Languages &languages, const base::Clock &clock, QWidget *parent = nullptr);

    CodeEditor &editor() const { return *m_editor; }
    FindBar &findBar() const { return *m_findBar; }

public Q_SLOTS:
    void find();
    void replace();
    void findNext();
    void findPrevious();
    void goToLine();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    CodeEditor *m_editor;
    FindBar *m_findBar;
    GoToLine *m_goToLine;
    QWidget *m_edge = nullptr;
};

} // namespace ui
