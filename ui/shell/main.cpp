// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program: makes everything that lives as long as it does, and opens the first window.
#include "app/client/localhost.h"
#include "translations/translations.h"
#include "ui/editor/languages.h"
#include "ui/shell/demo.h"
#include "ui/shell/instance.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/program.h"
#include "ui/shell/settings.h"
#include "ui/shell/startoptions.h"
#include "ui/widgets/contextmenukey.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QStandardPaths>

#include <cstdio>

namespace {

using namespace Qt::StringLiterals;

struct Folders
{
    QString settings;
    QString state;
    QString runtime;
};

Folders foldersFor(const QString &userDataDir)
{
    if (!userDataDir.isEmpty())
        return {userDataDir, QDir(userDataDir).filePath(u"state"_s), QDir(userDataDir).filePath(u"run"_s)};
    QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (runtime.isEmpty())
        runtime = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    return {QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation),
            QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation), QDir(runtime).filePath(u"alongside"_s)};
}

void print(std::FILE *stream, const QString &text)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
    std::fputc('\n', stream);
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    QCoreApplication::setApplicationName(u"alongside"_s);
    QCoreApplication::setApplicationVersion(QString::fromLatin1(ALONGSIDE_VERSION));
    const auto options = ui::StartOptions::parse(arguments, QDir::currentPath());
    // Answered before there is a display, so that they work without one.
    if (!options) {
        print(stderr, u"alongside: "_s + QString::fromStdString(options.error().detail));
        return 2;
    }
    if (options->wantsHelp) {
        QCoreApplication application(argc, argv);
        print(stdout, ui::StartOptions::helpText());
        return 0;
    }
    if (options->wantsVersion) {
        print(stdout, u"alongside "_s + QCoreApplication::applicationVersion());
        return 0;
    }

    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(u"alongside"_s);
    QApplication::setApplicationDisplayName(u"Alongside"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    translations::install(application, QLocale());
    const ui::ContextMenuKey contextMenuKey(application);

    const Folders folders = foldersFor(options->userDataDir);
    ui::Settings settings(folders.settings);
    ui::ThemeController theme(application);
    theme.setMode(settings.theme());
    const ui::Languages languages;
    const base::SystemClock clock;
    base::SystemRandom random;
    const ui::Environment environment{.clock = clock, .random = random, .settings = settings, .theme = theme, .languages = languages,
                                      .hostProgram = client::LocalHost::findProgram(), .stateFolder = folders.state};
    ui::Program program(environment);
    QObject::connect(&program, &ui::Program::lastWindowFinished, &application, &QCoreApplication::quit, Qt::QueuedConnection);

    if (options->demoPeople > 0) {
        ui::Demo demo(program, options->demoPeople);
        if (!demo.start()) {
            print(stderr, u"alongside: no temporary folder could be made for the demonstration"_s);
            return 1;
        }
        return QApplication::exec();
    }
    ui::Instance instance(folders.runtime);
    QObject::connect(&instance, &ui::Instance::handedOver, &application, &QCoreApplication::quit);
    QObject::connect(&instance, &ui::Instance::becamePrimary, &program, [&] { program.open(options->target, options->targetIsLink); });
    QObject::connect(&instance, &ui::Instance::requested, &program, &ui::Program::openRequested);
    if (options->isNewInstance)
        program.open(options->target, options->targetIsLink);
    else
        instance.start(options->target);
    return QApplication::exec();
}
