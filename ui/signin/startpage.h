// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/signin/recent.h"

#include <QList>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

class TextLabel;

//! What stands in a window without a workspace: open a folder, join with a link, and what was open before. A folder can
//! be dropped and a link pasted anywhere on it.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    //! Newest first. Empty: three lines on what this program does stand there instead.
    void setRecent(const QList<RecentFolder> &folders, const QDateTime &now);
    //! Says under the field why what was given is no link.
    void showLinkProblem(const QString &sentence);
    //! Says under the buttons why a folder could not be opened.
    void showFolderProblem(const QString &sentence);

Q_SIGNALS:
    void openFolderRequested();
    void folderChosen(const QString &path);
    //! Text that may be a link; not checked.
    void linkGiven(const QString &text);
    void forgetRequested(const QString &path);
    void shareRequested(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildStart();
    QWidget *buildRecent();
    void giveLink(const QString &text);

    QPushButton *m_open = nullptr;
    QLineEdit *m_link = nullptr;
    TextLabel *m_linkProblem = nullptr;
    TextLabel *m_folderProblem = nullptr;
    TextLabel *m_recentTitle = nullptr;
    QVBoxLayout *m_rows = nullptr;
};

} // namespace ui
