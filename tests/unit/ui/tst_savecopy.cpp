// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/savecopy.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;
using namespace Qt::StringLiterals;

class SaveCopyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsKeepTheirFolders();
    void nothingIsReplaced();
    void pathsOfAHostCannotLeaveTheFolder_data();
    void pathsOfAHostCannotLeaveTheFolder();
    void linksAreNotFollowedOut();
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

} // namespace

void SaveCopyTest::textsKeepTheirFolders()
{
    const QTemporaryDir folder;
    const auto saved = saveCopies(folder.path(), {{"src/a.txt", u"ä\n"_s}, {"b.txt", u"b"_s}});
    QVERIFY(saved.has_value());
    QCOMPARE(*saved, 2);
    QCOMPARE(contentOf(folder.filePath(u"src/a.txt"_s)), QByteArray("\xc3\xa4\n"));
    QCOMPARE(contentOf(folder.filePath(u"b.txt"_s)), QByteArray("b"));
}

void SaveCopyTest::nothingIsReplaced()
{
    const QTemporaryDir folder;
    QVERIFY(saveCopies(folder.path(), {{"a.txt", u"old"_s}}).has_value());
    QVERIFY(saveCopies(folder.path(), {{"a.txt", u"new"_s}}).has_value());
    QCOMPARE(contentOf(folder.filePath(u"a.txt"_s)), QByteArray("old"));
    QCOMPARE(contentOf(folder.filePath(u"a 2.txt"_s)), QByteArray("new"));
}

void SaveCopyTest::pathsOfAHostCannotLeaveTheFolder_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"../x", "a/../../x", "/etc/x", "", "a//b", "./a", ".git/hooks/post-checkout", "a/.GIT/config"})
        QTest::newRow(path) << QByteArray(path);
    QTest::newRow("nul") << QByteArray("a\0b", 3);
}

void SaveCopyTest::pathsOfAHostCannotLeaveTheFolder()
{
    QFETCH(QByteArray, path);
    const QTemporaryDir folder;
    const auto saved = saveCopies(folder.path(), {{"fine.txt", u"x"_s}, {path, u"x"_s}});
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, base::ErrorCode::OutsideRoot);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void SaveCopyTest::linksAreNotFollowedOut()
{
    const QTemporaryDir folder;
    const QTemporaryDir outside;
    QVERIFY(QFile::link(outside.path(), folder.filePath(u"out"_s)));
    QVERIFY(!saveCopies(folder.path(), {{"out/x.txt", u"x"_s}}));
    QVERIFY(QDir(outside.path()).isEmpty());
    QVERIFY(QFile::link(outside.filePath(u"target"_s), folder.filePath(u"a.txt"_s)));
    QVERIFY(saveCopies(folder.path(), {{"a.txt", u"x"_s}}).has_value());
    QVERIFY(QDir(outside.path()).isEmpty());
}

QTEST_GUILESS_MAIN(SaveCopyTest)
#include "tst_savecopy.moc"
