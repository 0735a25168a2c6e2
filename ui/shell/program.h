// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/environment.h"

#include <QList>
#include <QObject>

namespace ui {

class MainWindow;

//! The windows of one running program: what is opened where, and the end when the last one is closed.
class Program final : public QObject
{
    Q_OBJECT

public:
    explicit Program(const Environment &environment, QObject *parent = nullptr);
    ~Program() override;

    MainWindow *newWindow();
    //! A folder, a link, or nothing for a start page. A folder that is open already comes to the front.
    MainWindow *open(const QString &target, bool isLink);
    //! From another start of the program: as open(), recognising by itself what it is.
    void openRequested(const QString &target);
    QList<MainWindow *> windows() const { return m_windows; }
    //! Asks every window to close; each may ask its user first.
    void quit();

Q_SIGNALS:
    void lastWindowFinished();

private:
    MainWindow *freeWindow(MainWindow *preferred);
    void openFolder(const QString &path, MainWindow *preferred);
    void openLink(const QString &text, MainWindow *preferred);
    void refreshRecent();

    const Environment &m_environment;
    QList<MainWindow *> m_windows;
};

} // namespace ui
