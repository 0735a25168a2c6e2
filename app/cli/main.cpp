// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupts.h"
#include "app/cli/joincommand.h"
#include "app/cli/options.h"
#include "app/cli/readcommand.h"
#include "app/cli/sharecommand.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <csignal>
#include <cstdio>

#include <unistd.h>

namespace {

template <typename Command>
int runCommand(Command &command)
{
    cli::Interrupts interrupts;
    QObject::connect(&interrupts, &cli::Interrupts::interrupted, &command, &Command::interrupt);
    QMetaObject::invokeMethod(&command, &Command::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("alongside-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ALONGSIDE_VERSION));
    // Standard error is for people here; QT_LOGGING_RULES brings the log back.
    if (!qEnvironmentVariableIsSet("QT_LOGGING_RULES"))
        QLoggingCategory::setFilterRules(QStringLiteral("app.*.info=false"));
    // A reader that goes away is seen by write().
    std::signal(SIGPIPE, SIG_IGN);

    const bool isInteractive = ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO);
    const cli::Options options = cli::parseOptions(application.arguments(), isInteractive);
    if (!options.message.isEmpty())
        std::fputs(options.message.toUtf8().constData(), options.exitCode == 0 ? stdout : stderr);
    switch (options.verb) {
    case cli::Verb::None:
        break;
    case cli::Verb::Share: {
        cli::ShareCommand command(options, isInteractive);
        return runCommand(command);
    }
    case cli::Verb::Join: {
        cli::JoinCommand command(options);
        return runCommand(command);
    }
    case cli::Verb::Ls:
    case cli::Verb::Cat: {
        cli::ReadCommand command(options);
        return runCommand(command);
    }
    }
    return options.exitCode;
}
