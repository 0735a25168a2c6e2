// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/initials.h"

#include <QTest>

using namespace ui;

class InitialsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstAndLastWordGiveALetterEach_data();
    void firstAndLastWordGiveALetterEach();
    void namesOfOthersAreMadeHarmless_data();
    void namesOfOthersAreMadeHarmless();
    void manyMarksOnOneLetterDoNotFillTheAvatar();
    void longNamesEndInAnEllipsis();
};

void InitialsTest::firstAndLastWordGiveALetterEach_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one word") << QStringLiteral("nadia") << QStringLiteral("N");
    QTest::newRow("two words") << QStringLiteral("Ana Lima") << QStringLiteral("AL");
    QTest::newRow("three words") << QStringLiteral("  Jan  van Dijk ") << QStringLiteral("JD");
    QTest::newRow("empty") << QString() << QStringLiteral("?");
    QTest::newRow("blanks") << QStringLiteral(" \t\n") << QStringLiteral("?");
    QTest::newRow("brackets") << QStringLiteral("Ana (laptop)") << QStringLiteral("AL");
    QTest::newRow("only punctuation") << QStringLiteral("...") << QStringLiteral("?");
    QTest::newRow("combining") << QStringLiteral("e\u0301lan x") << QStringLiteral("E\u0301X");
    QTest::newRow("sharp s") << QStringLiteral("ßab") << QStringLiteral("ß");
    QTest::newRow("emoji") << QStringLiteral("👩‍💻 dev") << QStringLiteral("👩‍💻D");
    QTest::newRow("chinese") << QStringLiteral("王 小明") << QStringLiteral("王小");
    QTest::newRow("bidi override") << QStringLiteral("\u202eana") << QStringLiteral("A");
}

void InitialsTest::firstAndLastWordGiveALetterEach()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    QCOMPARE(initials(name), expected);
}

void InitialsTest::namesOfOthersAreMadeHarmless_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QStringLiteral("Ana Lima") << QStringLiteral("Ana Lima");
    QTest::newRow("line break") << QStringLiteral("Ana\nOwner") << QStringLiteral("Ana Owner");
    QTest::newRow("bidi") << QStringLiteral("Ana\u202e\u2066x") << QStringLiteral("Anax");
    QTest::newRow("zero width") << QStringLiteral("A\u200bna\u2060") << QStringLiteral("Ana");
    QTest::newRow("joined") << QStringLiteral("\u0646\u200c\u0627 👩\u200d💻") << QStringLiteral("\u0646\u200c\u0627 👩\u200d💻");
    QTest::newRow("filler") << QStringLiteral("\u3164\u2800") << QStringLiteral("?");
    QTest::newRow("null") << QString(QChar(0)) << QStringLiteral("?");
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) + QStringLiteral("a") << QStringLiteral("\ufffda");
}

void InitialsTest::namesOfOthersAreMadeHarmless()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    QCOMPARE(visibleName(name), expected);
}

void InitialsTest::manyMarksOnOneLetterDoNotFillTheAvatar()
{
    QCOMPARE(initials(QStringLiteral("a") + QString(60, QChar(0x0301))), QStringLiteral("A"));
}

void InitialsTest::longNamesEndInAnEllipsis()
{
    QCOMPARE(visibleName(QString(50, u'x'), 8), QString(8, u'x') + u'…');
    QCOMPARE(visibleName(QString(8, u'x'), 8), QString(8, u'x'));
}

QTEST_GUILESS_MAIN(InitialsTest)
#include "tst_initials.moc"
