// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/startoptions.h"

#include <QTest>

using namespace ui;
using namespace Qt::StringLiterals;

class StartOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMeansTheStartPage();
    void foldersAreTakenFromTheWorkingFolder();
    void linksAreKeptAsTheyAre();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void everyOptionIsRead();
};

void StartOptionsTest::nothingMeansTheStartPage()
{
    const auto options = StartOptions::parse({}, u"/home/x"_s);
    QVERIFY(options.has_value());
    QVERIFY(options->target.isEmpty());
}

void StartOptionsTest::foldersAreTakenFromTheWorkingFolder()
{
    QCOMPARE(StartOptions::parse({u"."_s}, u"/home/x"_s)->target, u"/home/x"_s);
    QCOMPARE(StartOptions::parse({u"../y"_s}, u"/home/x"_s)->target, u"/home/y"_s);
    QCOMPARE(StartOptions::parse({u"/tmp//a/"_s}, u"/home/x"_s)->target, u"/tmp/a"_s);
    QCOMPARE(StartOptions::parse({u"file:///tmp/a%20b"_s}, u"/home/x"_s)->target, u"/tmp/a b"_s);
    QVERIFY(!StartOptions::parse({u"alongside"_s}, u"/home/x"_s)->targetIsLink);
}

void StartOptionsTest::linksAreKeptAsTheyAre()
{
    const QString link = u"alongside://h:1/s/x#y.z"_s;
    const auto options = StartOptions::parse({link}, u"/home/x"_s);
    QVERIFY(options->targetIsLink);
    QCOMPARE(options->target, link);
    QVERIFY(StartOptions::parse({u"HTTPS://h:1/s/x#y"_s}, u"/"_s)->targetIsLink);
}

void StartOptionsTest::nonsenseIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("two targets") << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("unknown option") << QStringList{u"--share"_s};
    QTest::newRow("demo of one") << QStringList{u"--demo"_s, u"1"_s};
    QTest::newRow("demo of many") << QStringList{u"--demo"_s, u"7"_s};
    QTest::newRow("demo of x") << QStringList{u"--demo"_s, u"x"_s};
    QTest::newRow("demo without number") << QStringList{u"--demo"_s};
}

void StartOptionsTest::nonsenseIsRefused()
{
    QFETCH(QStringList, arguments);
    const auto options = StartOptions::parse(arguments, u"/"_s);
    QVERIFY(!options);
    QCOMPARE(options.error().code, base::ErrorCode::InvalidArgument);
}

void StartOptionsTest::everyOptionIsRead()
{
    const auto options = StartOptions::parse({u"--demo"_s, u"3"_s, u"--new-instance"_s, u"--user-data-dir"_s, u"d"_s}, u"/home/x"_s);
    QVERIFY(options.has_value());
    QCOMPARE(options->demoPeople, 3);
    QVERIFY(options->isNewInstance);
    QCOMPARE(options->userDataDir, u"/home/x/d"_s);
    QVERIFY(StartOptions::parse({u"--help"_s}, u"/"_s)->wantsHelp);
    QVERIFY(StartOptions::parse({u"-v"_s}, u"/"_s)->wantsVersion);
    QVERIFY(StartOptions::helpText().contains(u"--user-data-dir"_s));
}

QTEST_GUILESS_MAIN(StartOptionsTest)
#include "tst_startoptions.moc"
