// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/searchresults.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace ui {

class CodeEditor;

//! Find and replace in one editor. Replacing everything is one step of the user's.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    //! The bar may be used as long as \a editor lives, and deleted at any time.
    explicit FindBar(CodeEditor &editor, QWidget *parent = nullptr);
    ~FindBar() override;

    //! Shows the bar with the selected word, if any, and puts the keyboard into it.
    void open(bool withReplace);
    void close();
    void findNext();
    void findPrevious();

    const SearchResults &results() const { return m_results; }

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addOption(const QString &name, const QString &icon, const QString &text);
    QToolButton *addButton(const QString &name, const QString &icon, const QString &text);
    void layOut();
    void connectParts();
    void refreshQuery();
    void refreshCount();
    void searchFromStart();
    void show(const std::optional<Match> &match);
    void replaceOne();
    void replaceAll();
    //! Says \a text instead of the count, until the user does something else.
    void note(const QString &text);
    QString replacementFor(const Match &match) const;

    CodeEditor &m_editor;
    SearchResults m_results;
    qsizetype m_start = 0;    // where the caret was when searching began: typing more letters searches from there again
    bool m_moving = false;
    QString m_note;
    QLineEdit *m_pattern;
    QLineEdit *m_replacement;
    QToolButton *m_case;
    QToolButton *m_words;
    QToolButton *m_regex;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_close;
    QPushButton *m_replaceOne;
    QPushButton *m_replaceAll;
    QLabel *m_count;
    QWidget *m_replaceRow;
};

} // namespace ui
