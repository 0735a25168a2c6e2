// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/program.h"

#include "ui/shell/mainwindow.h"
#include "ui/shell/startoptions.h"

#include <QFileInfo>

namespace ui {

Program::Program(const Environment &environment, QObject *parent) : QObject(parent), m_environment(environment) {}

Program::~Program()
{
    const auto windows = m_windows;
    m_windows.clear();
    for (MainWindow *window : windows) {
        window->disconnect(this);
        delete window;
    }
}

MainWindow *Program::newWindow()
{
    auto *window = new MainWindow(m_environment);
    m_windows += window;
    connect(window, &MainWindow::newWindowRequested, this, [this] { newWindow()->show(); });
    connect(window, &MainWindow::folderRequested, this, [this, window](const QString &path) { openFolder(path, window); });
    connect(window, &MainWindow::linkRequested, this, [this, window](const QString &text) { openLink(text, window); });
    connect(window, &MainWindow::recentChanged, this, &Program::refreshRecent);
    connect(window, &MainWindow::quitRequested, this, &Program::quit);
    connect(window, &MainWindow::finished, this, [this, window] {
        m_windows.removeAll(window);
        if (m_windows.isEmpty())
            Q_EMIT lastWindowFinished();
    });
    refreshRecent();
    return window;
}

MainWindow *Program::open(const QString &target, bool isLink)
{
    if (target.isEmpty()) {
        MainWindow *window = newWindow();
        window->show();
        return window;
    }
    if (isLink)
        openLink(target, nullptr);
    else
        openFolder(target, nullptr);
    return m_windows.constLast();
}

void Program::openRequested(const QString &target)
{
    if (target.isEmpty()) {
        newWindow()->show();
        return;
    }
    // Paths were made absolute by the program that was started; whatever else comes is a link or is explained as none.
    if (target.startsWith(u'/'))
        openFolder(target, nullptr);
    else
        openLink(target, nullptr);
}

MainWindow *Program::freeWindow(MainWindow *preferred)
{
    if (preferred != nullptr && preferred->isFree())
        return preferred;
    for (MainWindow *window : std::as_const(m_windows)) {
        if (window->isFree())
            return window;
    }
    return newWindow();
}

void Program::openFolder(const QString &path, MainWindow *preferred)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    for (MainWindow *window : std::as_const(m_windows)) {
        if (!canonical.isEmpty() && window->folder() == canonical) {
            window->raise();
            window->activateWindow();
            return;
        }
    }
    MainWindow *window = freeWindow(preferred);
    window->show();
    window->raise();
    window->activateWindow();
    window->openFolder(path);
}

void Program::openLink(const QString &text, MainWindow *preferred)
{
    MainWindow *window = freeWindow(preferred);
    window->show();
    window->raise();
    window->activateWindow();
    window->joinLink(text);
}

void Program::refreshRecent()
{
    QStringList open;
    for (const MainWindow *window : std::as_const(m_windows))
        open += window->folder();
    for (MainWindow *window : std::as_const(m_windows))
        window->refreshRecent(open);
}

void Program::quit()
{
    const auto windows = m_windows;
    for (MainWindow *window : windows)
        window->close();
}

} // namespace ui
