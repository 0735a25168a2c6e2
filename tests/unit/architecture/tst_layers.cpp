// SPDX-License-Identifier: GPL-3.0-or-later
// This file is a table of names; the guard against plain literals would only bury it in suffixes.
#undef QT_NO_CAST_FROM_ASCII

#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

namespace {

using Uses = QMap<QString, QSet<QString>>;

QString folderOf(const QString &path)
{
    return path.section(u'/', 0, 1);
}

// The drawing of who may know whom, in app/README.md: each folder with the folders it may include, itself aside.
Uses allowedUses()
{
    const QSet<QString> ground{"app/base"};
    const QSet<QString> cores = ground + QSet<QString>{"app/crdt", "app/protocol"};
    const QSet<QString> client = cores + QSet<QString>{"app/transport", "app/client", "app/keychain"};
    Uses uses{
        {"app/base", {}},
        {"app/crdt", ground},
        {"app/protocol", ground},
        {"app/keychain", ground},
        {"app/transport", ground},
        {"app/files", ground},
        {"app/store", ground + QSet<QString>{"app/files"}},
        {"app/client", client},
        {"app/host", cores + QSet<QString>{"app/transport", "app/files", "app/store"}},
        {"app/hostd", cores + QSet<QString>{"app/transport", "app/files", "app/store", "app/host"}},
        {"app/cli", client},
        {"ui/widgets", ground + QSet<QString>{"app/protocol"}},
    };
    const QSet<QString> screen = client + QSet<QString>{"ui/widgets"};
    const QSet<QString> screens{"ui/editor", "ui/files", "ui/presence", "ui/share", "ui/signin", "ui/palette"};
    for (const QString &name : screens)
        uses.insert(name, screen);
    uses.insert("ui/shell", screen + screens);
    return uses;
}

struct Include
{
    QString file;
    QString included;
};

QList<Include> includesBelow(const QString &top)
{
    QList<Include> found;
    const QDir root(QStringLiteral(ALONGSIDE_SOURCE_DIR));
    static const QRegularExpression pattern(QStringLiteral("^\\s*#\\s*include\\s*([\"<])([^\">]+)"),
                                            QRegularExpression::MultilineOption);
    QDirIterator files(root.filePath(top), {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(path));
        auto matches = pattern.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext())
            found.append({root.relativeFilePath(path), matches.next().captured(2)});
    }
    return found;
}

QStringList violations(const QList<Include> &includes, const Uses &allowed)
{
    QStringList wrong;
    for (const Include &include : includes) {
        const QString from = folderOf(include.file);
        if (!allowed.contains(from)) {
            wrong.append(from + " is not in the drawing");
            continue;
        }
        const bool isOurs = include.included.startsWith("app/") || include.included.startsWith("ui/");
        const QString to = folderOf(include.included);
        if (isOurs && to != from && !allowed[from].contains(to))
            wrong.append(include.file + " may not include " + include.included);
    }
    wrong.removeDuplicates();
    return wrong;
}

} // namespace

class tst_Layers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void includesGoDownTheLayersOnly()
    {
        const QList<Include> includes = includesBelow("app") + includesBelow("ui");
        QVERIFY(includes.size() > 500);
        QCOMPARE(violations(includes, allowedUses()).join('\n'), QString());
    }

    void aForbiddenIncludeIsNoticed()
    {
        QCOMPARE(violations({{"ui/editor/codeeditor.h", "app/host/documentroom.h"}}, allowedUses()).join('\n'),
                 QString("ui/editor/codeeditor.h may not include app/host/documentroom.h"));
        QCOMPARE(violations({{"app/newthing/a.h", "app/base/id.h"}}, allowedUses()).size(), 1);
    }

    void theDocumentEngineKnowsNoQt()
    {
        const QList<Include> includes = includesBelow("app/crdt");
        for (const Include &include : includes)
            QVERIFY2(!include.included.startsWith('Q'), qPrintable(include.file + " includes " + include.included));
    }

    void appKnowsNoWidgets()
    {
        const QList<Include> includes = includesBelow("app");
        static const QRegularExpression gui(QStringLiteral("^(QWidget|QApplication|QGuiApplication|QColor|QPainter|QPixmap|QFont|QtGui|QtWidgets)"));
        for (const Include &include : includes)
            QVERIFY2(!gui.match(include.included).hasMatch(), qPrintable(include.file + " includes " + include.included));
    }

    void onlyTheThemeNamesColours()
    {
        static const QRegularExpression literal(QStringLiteral("\"#[0-9a-fA-F]{6}\"|QColor\\(0x|Qt::(red|green|blue|yellow|cyan|magenta)\\b"));
        QDirIterator files(QStringLiteral(ALONGSIDE_SOURCE_DIR "/ui"), {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.endsWith("ui/widgets/theme.cpp"))
                continue;
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++looked;
            const auto match = literal.match(QString::fromUtf8(file.readAll()));
            QVERIFY2(!match.hasMatch(), qPrintable(path + " names the colour " + match.captured()));
        }
        QVERIFY(looked > 50);
    }
};

QTEST_GUILESS_MAIN(tst_Layers)
#include "tst_layers.moc"
