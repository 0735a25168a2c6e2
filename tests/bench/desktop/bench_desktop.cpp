// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/deliver.h"
#include "tests/gui/shell/windows.h"
#include "tests/support/wait.h"
#include "ui/editor/codeeditor.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/workspaceview.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <vector>

// What a person feels: two windows and a real host in one run. Prints numbers, asserts nothing.
// Usage: bench_desktop [FILES], default 100000. With a display it paints there, else run it with QT_QPA_PLATFORM=offscreen.

using namespace ui;

namespace {

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void print(const char *what, double value, const char *unit)
{
    std::printf("%-58s %10.2f %s\n", what, value, unit);
    std::fflush(stdout);
}

void printPercentiles(const char *what, std::vector<double> values)
{
    if (values.empty())
        return;
    std::ranges::sort(values);
    const auto at = [&](double share) { return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))]; };
    std::printf("%-58s p50 %7.2f  p99 %7.2f ms\n", what, at(0.5), at(0.99));
    std::fflush(stdout);
}

double residentMiB(const QString &process)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(process));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() * 4096 / 1048576 : 0;
}

double hostMiB()
{
    QFile children(QStringLiteral("/proc/self/task/%1/children").arg(QCoreApplication::applicationPid()));
    return children.open(QIODevice::ReadOnly) ? residentMiB(QString::fromLatin1(children.readAll().split(' ').value(0))) : 0;
}

// Sees when a widget has painted.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(QWidget *widget) { widget->installEventFilter(this); }
    int painted = 0;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            ++painted;
        return QObject::eventFilter(watched, event);
    }
};

// Types one key in one editor and waits until the other has painted the longer text.
double keyToPaint(CodeEditor &from, CodeEditor &to, PaintWatch &watch)
{
    const qsizetype length = to.buffer().length();
    QElapsedTimer timer;
    timer.start();
    QTest::keyClick(&from, Qt::Key_X);
    int paintsBefore = -1;
    (void)support::waitFor([&] {
        if (paintsBefore < 0 && to.buffer().length() > length)
            paintsBefore = watch.painted;
        return paintsBefore >= 0 && watch.painted > paintsBefore;
    }, 5000);
    return milliseconds(timer);
}

DocumentView *openFile(MainWindow &window, const QByteArray &path)
{
    DocumentView *view = window.workspaceView()->documents().open(path, true);
    (void)support::waitFor([view] { return view->isText() && view->editor().buffer().length() > 0; }, 60'000);
    return view;
}

void makeTree(const QString &root, int files)
{
    for (int i = 0; i < files; ++i) {
        if (i % 100 == 0)
            QDir().mkpath(root + QStringLiteral("/d%1/e%2").arg(i / 1000).arg(i / 100));
        QFile file(root + QStringLiteral("/d%1/e%2/f%3.txt").arg(i / 1000).arg(i / 100).arg(i));
        (void)file.open(QIODevice::WriteOnly);
    }
}

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer timer;
    timer.start();
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    WindowEnvironment environment;
    environment.theme.setReducedMotion(true);
    QTemporaryDir project;
    writeFile(project.filePath(QStringLiteral("notes.cpp")), "int main()\n{\n    return 0;\n}\n");
    writeFile(project.filePath(QStringLiteral("ten.txt")), QByteArray("a line of forty characters, more or less\n").repeated(250'000));

    MainWindow owner(environment.shared);
    PaintWatch window(&owner);
    owner.resize(1280, 800);
    owner.show();
    (void)support::waitFor([&] { return window.painted > 0; });
    print("program start to start page painted", milliseconds(timer), "ms");
    timer.start();
    owner.openFolder(project.path());
    (void)support::waitFor([&] { return owner.workspaceView() && owner.workspaceView()->workspace().files().rowCount() > 0; }, 60'000);
    print("folder chosen to tree shown (its host started)", milliseconds(timer), "ms");
    print("resident memory of the desktop, idle", residentMiB(QStringLiteral("self")), "MiB");
    print("resident memory of the host, idle", hostMiB(), "MiB");

    client::Workspace &workspace = owner.workspaceView()->workspace();
    QString link;
    base::deliver(workspace.sharing().create({.access = protocol::Access::Edit, .policy = protocol::JoinPolicy::Anyone,
                                              .lifetimeSeconds = 0, .addresses = {}, .port = 0}),
                  &owner, [&](const base::Result<protocol::ShareCreated> &created) {
                      if (created)
                          link = workspace.sharing().url(created->link.endpoints.first());
                  });
    (void)support::waitFor([&] { return !link.isEmpty(); });
    MainWindow guest(environment.shared);
    guest.resize(1280, 800);
    guest.show();
    timer.start();
    guest.joinLinkAs(link, QStringLiteral("Guest"));
    (void)support::waitFor([&] { return guest.workspaceView() != nullptr; }, 20'000);
    print("link opened to workspace shown", milliseconds(timer), "ms");

    CodeEditor &typing = openFile(owner, "notes.cpp")->editor();
    CodeEditor &watching = openFile(guest, "notes.cpp")->editor();
    PaintWatch painted(watching.viewport());
    PaintWatch own(typing.viewport());
    std::vector<double> remote;
    std::vector<double> local;
    for (int i = 0; i < 500; ++i)
        remote.push_back(keyToPaint(typing, watching, painted));
    for (int i = 0; i < 500; ++i)
        local.push_back(keyToPaint(typing, typing, own));
    printPercentiles("key press to painted in the same window", local);
    printPercentiles("key press to painted in the other window, over TLS", remote);

    timer.start();
    CodeEditor &ten = openFile(owner, "ten.txt")->editor();
    PaintWatch tenPainted(ten.viewport());
    (void)support::waitFor([&] { return tenPainted.painted > 0; }, 5000);
    print("opening a 10 MB file to painted", milliseconds(timer), "ms");
    ten.setCaret(5'000'000, 5'000'000);
    std::vector<double> large;
    for (int i = 0; i < 300; ++i)
        large.push_back(keyToPaint(ten, ten, tenPainted));
    printPercentiles("key press to painted in the 10 MB file", large);
    print("resident memory of the desktop with it open, two windows", residentMiB(QStringLiteral("self")), "MiB");

    QTemporaryDir tree;
    makeTree(tree.path(), argc > 1 ? QString::fromLocal8Bit(argv[1]).toInt() : 100'000);
    MainWindow big(environment.shared);
    big.resize(1280, 800);
    big.show();
    timer.start();
    big.openFolder(tree.path());
    (void)support::waitFor([&] { return big.workspaceView() && big.workspaceView()->workspace().files().rowCount() > 0; }, 60'000);
    print("opening a tree of 100,000 files to tree shown", milliseconds(timer), "ms");
    return 0;
}
