// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/startoptions.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QUrl>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kMostDemoPeople = 6;

struct OptionWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::StartOptions)
};

bool looksLikeLink(const QString &text)
{
    return text.startsWith("alongside:"_L1, Qt::CaseInsensitive) || text.startsWith("https:"_L1, Qt::CaseInsensitive)
        || text.startsWith("http:"_L1, Qt::CaseInsensitive);
}

void describeOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(OptionWords::tr("Opens a folder, or joins a shared workspace by its link."));
    parser.addOption({{u"h"_s, u"help"_s}, OptionWords::tr("Show this text and exit.")});
    parser.addOption({{u"v"_s, u"version"_s}, OptionWords::tr("Show the version and exit.")});
    parser.addOption({u"new-instance"_s, OptionWords::tr("Start a program of its own instead of a window in the running one.")});
    parser.addOption({u"user-data-dir"_s, OptionWords::tr("Keep settings and state in FOLDER."), OptionWords::tr("FOLDER")});
    parser.addOption({u"demo"_s, OptionWords::tr("Open a temporary workspace in NUMBER windows, side by side, as that many people."),
                      OptionWords::tr("NUMBER")});
    parser.addPositionalArgument(u"target"_s, OptionWords::tr("A folder, or an invitation link."), OptionWords::tr("[FOLDER|LINK]"));
}

} // namespace

base::Result<StartOptions> StartOptions::parse(const QStringList &arguments, const QString &workingFolder)
{
    QCommandLineParser parser;
    describeOptions(parser);
    if (!parser.parse(QStringList(u"alongside"_s) + arguments))
        return base::Unexpected(base::ErrorCode::InvalidArgument, parser.errorText().toStdString());
    StartOptions options;
    options.wantsHelp = parser.isSet(u"help"_s);
    options.wantsVersion = parser.isSet(u"version"_s);
    options.isNewInstance = parser.isSet(u"new-instance"_s);
    if (parser.isSet(u"user-data-dir"_s))
        options.userDataDir = QDir::cleanPath(QDir(workingFolder).absoluteFilePath(parser.value(u"user-data-dir"_s)));
    if (parser.isSet(u"demo"_s)) {
        options.demoPeople = parser.value(u"demo"_s).toInt();
        if (options.demoPeople < 2 || options.demoPeople > kMostDemoPeople)
            return base::Unexpected(base::ErrorCode::InvalidArgument, "--demo takes a number from 2 to 6");
    }
    const QStringList targets = parser.positionalArguments();
    if (targets.size() > 1)
        return base::Unexpected(base::ErrorCode::InvalidArgument, "at most one folder or link can be opened");
    if (targets.isEmpty())
        return options;
    options.target = targets.constFirst();
    options.targetIsLink = looksLikeLink(options.target);
    if (!options.targetIsLink) {
        // The desktop entry hands over file: addresses.
        const QUrl url(options.target);
        const QString path = url.isLocalFile() ? url.toLocalFile() : options.target;
        options.target = QDir::cleanPath(QDir(workingFolder).absoluteFilePath(path));
    }
    return options;
}

QString StartOptions::helpText()
{
    QCommandLineParser parser;
    describeOptions(parser);
    return parser.helpText();
}

} // namespace ui
