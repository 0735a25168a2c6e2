// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/environment.h"

#include <QObject>
#include <QTemporaryDir>

namespace ui {

class MainWindow;
class Program;

//! A temporary workspace in several windows side by side, each as another person: an owner and guests who come in
//! through the real link. Everything is gone when the program ends.
class Demo final : public QObject
{
    Q_OBJECT

public:
    //! \a people: 2 to 6.
    Demo(Program &program, int people, QObject *parent = nullptr);

    //! False when no temporary folder could be made.
    bool start();

Q_SIGNALS:
    //! Everybody is in.
    void complete();

private:
    bool writeProject() const;
    void share();
    void addGuest(const QString &link, int number);
    void tile();

    Program &m_program;
    QTemporaryDir m_folder;
    MainWindow *m_owner = nullptr;
    QList<MainWindow *> m_windows;
    int m_people;
    int m_present = 0;
};

} // namespace ui
