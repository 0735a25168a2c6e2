// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include "app/protocol/limits.h"

#include <QCommandLineParser>
#include <QHostAddress>

#include <algorithm>
#include <iterator>

#include <pwd.h>
#include <unistd.h>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

const auto kOverview = u"Usage: alongside-cli VERB …\n\n"
                       "  share PATH   share a folder by a link until Ctrl-C\n"
                       "  join LINK    take part in a shared workspace, as JSON lines\n"
                       "  ls LINK [FOLDER]\n"
                       "               list a folder of a shared workspace\n"
                       "  cat LINK FILE\n"
                       "               print a file of a shared workspace\n\n"
                       "alongside-cli VERB --help tells more; alongside-cli --version the version.\n"_s;

Options ended(int exitCode, const QString &message)
{
    Options options;
    options.exitCode = exitCode;
    options.message = message;
    return options;
}

Options misused(const QString &why)
{
    return ended(2, u"alongside-cli: "_s + why + u"\nTry: alongside-cli --help\n"_s);
}

QString ownName()
{
    const passwd *user = ::getpwuid(::getuid());
    const QString fullName = user ? QString::fromLocal8Bit(user->pw_gecos).section(u',', 0, 0).trimmed() : QString();
    const QString shortName = user ? QString::fromLocal8Bit(user->pw_name) : u"guest"_s;
    return (fullName.isEmpty() ? shortName : fullName).left(protocol::kMaxNameUnits);
}

//! ADDRESS, ADDRESS:PORT, [V6] or [V6]:PORT.
bool addListen(const QString &text, Options *options)
{
    QString address = text;
    QString port;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        const QString rest = end < 0 ? u"x"_s : text.mid(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return false;
        address = text.mid(1, end - 1);
        port = rest.isEmpty() ? QString() : rest.mid(1);
        if (!rest.isEmpty() && port.isEmpty())
            return false;
    } else if (text.count(u':') == 1) {
        address = text.section(u':', 0, 0);
        port = text.section(u':', 1);
        if (port.isEmpty())
            return false;
    }
    const QHostAddress parsed(address);
    bool isNumber = true;
    const uint number = port.isEmpty() ? 0 : port.toUInt(&isNumber);
    // One share listens on one port, on every address the same.
    if (parsed.isNull() || !isNumber || number > 65535 || (number != 0 && options->port != 0 && options->port != number))
        return false;
    options->addresses.append(parsed.toString());
    if (number != 0)
        options->port = quint16(number);
    return true;
}

struct VerbRow
{
    const char *name;
    Verb verb;
    const char *description;
    int least;
    int most;
};

constexpr VerbRow kVerbs[] = {
    {"share", Verb::Share, "Shares a folder by a link until Ctrl-C.", 1, 1},
    {"join", Verb::Join, "Takes part in a shared workspace: events as JSON lines on standard output, commands on standard input.", 1, 1},
    {"ls", Verb::Ls, "Lists a folder of a shared workspace.", 1, 2},
    {"cat", Verb::Cat, "Prints a file of a shared workspace.", 2, 2},
};

void describe(const VerbRow &row, QCommandLineParser *parser)
{
    parser->setApplicationDescription(QString::fromLatin1(row.description));
    parser->addPositionalArgument(QString::fromLatin1(row.name), {});
    if (row.verb == Verb::Share) {
        parser->addPositionalArgument(u"PATH"_s, u"The folder to share."_s);
        parser->addOption({u"access"_s, u"What people with the link may do: view or edit (the default)."_s, u"view|edit"_s});
        parser->addOption({u"ask"_s, u"Ask for each person who wants to come in (the default)."_s});
        parser->addOption({u"no-ask"_s, u"Whoever has the link enters at once."_s});
        parser->addOption({u"listen"_s, u"Where the share can be reached; may be repeated. Without it: this computer only."_s,
                           u"ADDRESS[:PORT]"_s});
        parser->addOption({u"json"_s, u"Events as JSON lines on standard output, commands on standard input."_s});
    } else {
        parser->addPositionalArgument(u"LINK"_s, u"The link. Arguments are visible to other users of this computer; with - the link "
                                                 "is the first line of standard input."_s);
        parser->addOption({u"name"_s, u"The name the others see."_s, u"N"_s});
    }
    if (row.verb == Verb::Join)
        parser->addOption({u"json"_s, u"Required: this verb is for programs."_s});
    if (row.verb == Verb::Ls)
        parser->addPositionalArgument(u"FOLDER"_s, u"Relative to the workspace; without it, the workspace itself."_s, u"[FOLDER]"_s);
    if (row.verb == Verb::Cat)
        parser->addPositionalArgument(u"FILE"_s, u"Relative to the workspace."_s);
    parser->addOption({{u"h"_s, u"help"_s}, u"Shows this help."_s});
}

Options readShare(const QCommandLineParser &parser, Options options, bool isInteractive)
{
    const QString access = parser.value(u"access"_s);
    if (access == "view"_L1)
        options.access = protocol::Access::View;
    else if (!access.isEmpty() && access != "edit"_L1)
        return misused(u"--access is view or edit"_s);
    if (parser.isSet(u"ask"_s) && parser.isSet(u"no-ask"_s))
        return misused(u"--ask and --no-ask exclude each other"_s);
    options.isAsking = !parser.isSet(u"no-ask"_s);
    if (options.isAsking && !options.isJson && !isInteractive)
        return misused(u"without a terminal nobody can be asked; give --no-ask, or --json and answer the events"_s);
    const QStringList listens = parser.values(u"listen"_s);
    if (listens.size() > protocol::kMaxAddresses)
        return misused(u"too many addresses"_s);
    for (const QString &listen : listens) {
        if (!addListen(listen, &options))
            return misused(u"--listen wants an IP address, with a port behind a colon if it matters, and one port in all"_s);
    }
    return options;
}

} // namespace

Options parseOptions(const QStringList &arguments, bool isInteractive)
{
    const QString verbName = arguments.value(1);
    if (verbName == "--help"_L1 || verbName == "-h"_L1 || verbName == "help"_L1)
        return ended(0, kOverview);
    if (verbName == "--version"_L1)
        return ended(0, u"alongside-cli "_s + QStringLiteral(ALONGSIDE_VERSION) + u'\n');
    const auto row = std::ranges::find_if(kVerbs, [&](const VerbRow &verb) { return verbName == QLatin1String(verb.name); });
    if (row == std::end(kVerbs))
        return misused(verbName.isEmpty() ? u"a verb is missing"_s : u"no such verb: "_s + verbName.left(40));
    QCommandLineParser parser;
    describe(*row, &parser);
    if (!parser.parse(arguments))
        return misused(parser.errorText());
    if (parser.isSet(u"help"_s))
        return ended(0, parser.helpText());
    const QStringList given = parser.positionalArguments().mid(1);
    if (given.size() < row->least || given.size() > row->most)
        return misused(u"wrong number of arguments for "_s + verbName);
    Options options;
    options.verb = row->verb;
    options.isJson = (row->verb == Verb::Share || row->verb == Verb::Join) && parser.isSet(u"json"_s);
    options.name = ownName();
    if (row->verb == Verb::Share) {
        options.path = given.at(0);
        return readShare(parser, options, isInteractive);
    }
    if (row->verb == Verb::Join && !options.isJson)
        return misused(u"join is for programs; give --json"_s);
    options.link = given.at(0);
    options.path = given.value(1);
    if (parser.isSet(u"name"_s))
        options.name = parser.value(u"name"_s).trimmed();
    if (options.name.isEmpty() || options.name.size() > protocol::kMaxNameUnits)
        return misused(u"a name has 1 to 64 characters"_s);
    return options;
}

} // namespace cli
