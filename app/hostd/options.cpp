// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hostd/options.h"

#include <QCommandLineParser>
#include <QCryptographicHash>
#include <QDir>
#include <QHostAddress>
#include <QStandardPaths>

namespace hostd {

namespace {

using namespace Qt::StringLiterals;

Options usageError(const QString &message)
{
    Options options;
    options.message = message + u"\nTry: alongside-host --help\n"_s;
    return options;
}

QString basePath(const char *variable, const QString &fallback)
{
    const QString given = qEnvironmentVariable(variable);
    return QDir::isAbsolutePath(given) ? given : fallback;
}

// One state directory per set of folders: two windows on two folders are two hosts, and one folder is never served by
// two, because the directory is locked.
QString nameOfRoots(QStringList roots)
{
    roots.sort();
    const QByteArray joined = roots.join(QChar(0)).toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(joined, QCryptographicHash::Sha256).toHex().left(24));
}

// ADDRESS, ADDRESS:PORT, [V6], [V6]:PORT
bool splitAddress(const QString &text, QString &address, quint16 &port)
{
    QString host = text;
    QString portText;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0)
            return false;
        host = text.mid(1, end - 1);
        const QString rest = text.mid(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return false;
        portText = rest.mid(1);
    } else if (text.count(u':') == 1) {
        host = text.section(u':', 0, 0);
        portText = text.section(u':', 1);
    }
    bool isNumber = true;
    const uint number = portText.isEmpty() ? 0 : portText.toUInt(&isNumber);
    if (!isNumber || number > 65535 || QHostAddress(host).isNull())
        return false;
    address = host;
    port = quint16(number);
    return true;
}

} // namespace

Options parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Serves folders as Alongside workspaces."_s);
    parser.addPositionalArgument(u"serve"_s, u"Serve until SIGTERM."_s);
    parser.addOptions({
        {u"root"_s, u"Folder to serve; may be given several times."_s, u"path"_s},
        {u"state"_s, u"Where the host keeps keys, logs and the bin. Default: below $XDG_STATE_HOME/alongside."_s, u"directory"_s},
        {u"listen"_s, u"IP address, with :port if wanted, to listen on. Default: 127.0.0.1, any free port."_s, u"address"_s},
        {u"child"_s, u"End when standard input closes; listen only while something is shared."_s},
    });
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    Options options;
    options.exitCode = 0;
    if (parser.isSet(help)) {
        options.message = parser.helpText();
        return options;
    }
    if (parser.isSet(version)) {
        options.message = u"alongside-host "_s + QCoreApplication::applicationVersion() + u"\n"_s;
        return options;
    }
    if (parser.positionalArguments() != QStringList{u"serve"_s})
        return usageError(u"The one command is: serve"_s);
    const QStringList roots = parser.values(u"root"_s);
    if (roots.isEmpty())
        return usageError(u"Which folder? Give --root PATH."_s);
    for (const QString &root : roots)
        options.roots.append(QDir::cleanPath(QDir::current().absoluteFilePath(root)));
    if (parser.isSet(u"listen"_s) && !splitAddress(parser.value(u"listen"_s), options.listenAddress, options.listenPort))
        return usageError(u"--listen wants an IP address, with :port if wanted: 192.0.2.7:8443 or [2001:db8::7]:8443"_s);
    options.isChild = parser.isSet(u"child"_s);
    options.mayListen = !options.isChild || parser.isSet(u"listen"_s);

    const QString name = nameOfRoots(options.roots);
    const QString stateBase = basePath("XDG_STATE_HOME", QDir::homePath() + u"/.local/state"_s);
    options.stateDirectory = parser.isSet(u"state"_s)
        ? QDir::cleanPath(QDir::current().absoluteFilePath(parser.value(u"state"_s)))
        : stateBase + u"/alongside/hosts/"_s + name;
    options.runtimeDirectory = basePath("XDG_RUNTIME_DIR", options.stateDirectory) + u"/alongside-"_s + name;
    options.run = true;
    return options;
}

} // namespace hostd
