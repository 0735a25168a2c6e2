// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/fuzzymatch.h"

#include <QTest>

using namespace ui;
using namespace Qt::StringLiterals;

class FuzzyMatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersMustComeInOrder();
    void startsOfWordsAreFound();
    void runsBeatScatteredLetters();
    void caseAndBlanksDoNotMatter();
    void everythingFitsNothingTyped();
    void hostileInputIsBounded();
};

void FuzzyMatchTest::lettersMustComeInOrder()
{
    QVERIFY(fuzzyMatch(u"abc", u"a-b-c").has_value());
    QVERIFY(!fuzzyMatch(u"acb", u"a-b-c").has_value());
    QVERIFY(!fuzzyMatch(u"aa", u"a").has_value());
}

void FuzzyMatchTest::startsOfWordsAreFound()
{
    const auto match = fuzzyMatch(u"srw", u"Workspace: Share Running Workspace…");
    QVERIFY(match.has_value());
    QCOMPARE(match->positions, (QList<int>{11, 17, 25}));
}

void FuzzyMatchTest::runsBeatScatteredLetters()
{
    const auto run = fuzzyMatch(u"share", u"Workspace: Share");
    const auto scattered = fuzzyMatch(u"share", u"Show all recent");
    QVERIFY(run.has_value());
    QVERIFY(!scattered || run->score > scattered->score);
    QCOMPARE(run->positions, (QList<int>{11, 12, 13, 14, 15}));
}

void FuzzyMatchTest::caseAndBlanksDoNotMatter()
{
    QVERIFY(fuzzyMatch(u"Go To", u"goto line").has_value());
}

void FuzzyMatchTest::everythingFitsNothingTyped()
{
    QCOMPARE(fuzzyMatch(u"", u"x"), std::optional(FuzzyMatch{}));
    QCOMPARE(fuzzyMatch(u"  ", u""), std::optional(FuzzyMatch{}));
}

void FuzzyMatchTest::hostileInputIsBounded()
{
    const QString large(1'000'000, u'a');
    QVERIFY(fuzzyMatch(large, large).has_value());
    QVERIFY(!fuzzyMatch(u"b", QString(large + u'b')).has_value());
}

QTEST_GUILESS_MAIN(FuzzyMatchTest)
#include "tst_fuzzymatch.moc"
