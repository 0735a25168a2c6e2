// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hostd/options.h"
#include "app/hostd/service.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("alongside-host"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ALONGSIDE_VERSION));

    const hostd::Options options = hostd::parseOptions(application.arguments());
    if (!options.message.isEmpty())
        std::fputs(qPrintable(options.message), options.exitCode == 0 ? stdout : stderr);
    if (!options.run)
        return options.exitCode;

    hostd::Service service(options);
    if (!service.start())
        return 1;
    return QCoreApplication::exec();
}
