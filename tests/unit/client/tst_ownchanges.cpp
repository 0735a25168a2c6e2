// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/changedrange.h"
#include "app/client/ownchanges.h"
#include "app/client/rebase.h"
#include "tests/support/seed.h"

#include <QTest>

#include <random>

using client::OwnChanges;
using client::TextEdits;
using base::TextHunks;
using base::diffText;
using client::rebased;

namespace {

QString withEdits(QString text, const TextEdits &edits)
{
    for (const client::TextEdit &edit : edits)
        text.replace(edit.index, edit.removed, edit.inserted);
    return text;
}

QString withHunks(QString text, const TextHunks &hunks)
{
    for (auto hunk = hunks.rbegin(); hunk != hunks.rend(); ++hunk)
        text.replace(hunk->index, hunk->removed, hunk->inserted);
    return text;
}

QString merged(const QString &base, const QString &mine, const QString &theirs)
{
    return withEdits(theirs, rebased(diffText(base, mine), diffText(base, theirs)));
}

//! What OwnChanges claims to know, kept the slow way: every unit of the text with who put it there, and the ghosts of
//! what we removed.
struct Ledger
{
    struct Unit
    {
        QChar c;
        bool isOurs = false;
        bool isGone = false;
    };
    QList<Unit> units;

    qsizetype placeOf(qsizetype index) const
    {
        for (qsizetype i = 0; i < units.size(); ++i) {
            if (!units[i].isGone && index-- == 0)
                return i;
        }
        return units.size();
    }
    void edit(qsizetype index, qsizetype removed, const QString &inserted, bool ours)
    {
        for (qsizetype i = 0; i < removed; ++i) {
            const qsizetype place = placeOf(index);
            if (ours && !units[place].isOurs)
                units[place].isGone = true;
            else
                units.removeAt(place);
        }
        qsizetype place = placeOf(index);
        for (const QChar c : inserted)
            units.insert(place++, {c, ours, false});
    }
    QString withoutOwn() const
    {
        QString text;
        for (const Unit &unit : units) {
            if (!unit.isOurs)
                text += unit.c;
        }
        return text;
    }
};

QString sorted(QString text)
{
    std::sort(text.begin(), text.end());
    return text;
}

} // namespace

class OwnChangesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void diffMakesTheOtherText_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("hunks");
        QTest::newRow("equal") << "same" << "same" << 0;
        QTest::newRow("from nothing") << "" << "new" << 1;
        QTest::newRow("to nothing") << "old" << "" << 1;
        QTest::newRow("two places") << "one two three" << "1one two three3" << 2;
        QTest::newRow("in the middle") << "abcdef" << "abXdef" << 1;
        QTest::newRow("repeated") << "aaaa" << "aaa" << 1;
    }
    void diffMakesTheOtherText()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(int, hunks);
        const TextHunks diff = diffText(before, after);
        QCOMPARE(withHunks(before, diff), after);
        QCOMPARE(int(diff.size()), hunks);
    }

    void diffSplitsNoSurrogatePair()
    {
        // Two characters that share their first unit, then two that share their second one.
        for (const auto &[before, after] : {std::pair(QStringLiteral("a😀b"), QStringLiteral("a😁b")),
                                            std::pair(QStringLiteral("a\U0001F600b"), QStringLiteral("a\U0001FA00b"))}) {
            const TextHunks diff = diffText(before, after);
            QCOMPARE(diff.size(), 1u);
            QCOMPARE(diff.front().index, 1);
            QCOMPARE(diff.front().removed, 2);
        }
    }

    void diffOfRandomTextsIsRight()
    {
        std::mt19937_64 random(support::seed());
        for (int round = 0; round < 400; ++round) {
            QString before;
            for (int i = int(random() % 60); i > 0; --i)
                before += QChar(char16_t(u'a' + random() % 4));
            QString after = before;
            for (int i = int(random() % 6); i > 0; --i) {
                const auto at = qsizetype(random() % std::size_t(after.size() + 1));
                after.replace(at, std::min<qsizetype>(qsizetype(random() % 4), after.size() - at), QString(int(random() % 3), QChar(char16_t(u'a' + random() % 5))));
            }
            QCOMPARE(withHunks(before, diffText(before, after)), after);
        }
    }

    void veryDifferentTextsAreOneHunk()
    {
        const QString before(20000, QChar(u'a'));
        const QString after(20000, QChar(u'b'));
        const TextHunks diff = diffText(before, after);
        QCOMPARE(diff.size(), 1u);
        QCOMPARE(withHunks(before, diff), after);
    }

    void rebaseKeepsBothSides_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("mine");
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("result");
        QTest::newRow("host unchanged") << "one two" << "one 2 two" << "one two" << "one 2 two";
        QTest::newRow("host added above") << "body" << "body!" << "title\nbody" << "title\nbody!";
        QTest::newRow("we removed") << "one two three" << "one three" << "zero one two three" << "zero one three";
        QTest::newRow("both removed the same") << "one two three" << "one three" << "one three" << "one three";
        QTest::newRow("host has it all already") << "ab" << "aXYb" << "aXYb" << "aXYb";
        QTest::newRow("host has the first half") << "ab" << "aXYb" << "aXb" << "aXYb";
        QTest::newRow("both typed at one place") << "ab" << "aXb" << "aYb" << "aYXb";
        QTest::newRow("both rewrote one word") << "a word b" << "a 2 b" << "a zwei b" << "a zwei2 b";
        QTest::newRow("host emptied the file") << "some text" << "some more text" << "" << "more ";
        QTest::newRow("host rewrote around") << "fn()" << "fn(x)" << "call fn() now" << "call fn(x) now";
    }
    void rebaseKeepsBothSides()
    {
        QFETCH(QString, base);
        QFETCH(QString, mine);
        QFETCH(QString, theirs);
        QFETCH(QString, result);
        QCOMPARE(merged(base, mine, theirs), result);
    }

    void rebaseLosesNothingThatWasTyped()
    {
        // Every unit occurs once, so that it can be told where each of the result came from; and each is a token of the
        // diff, because what both rewrote within one word stands there twice, and nothing but that.
        std::mt19937_64 random(support::seed());
        for (int round = 0; round < 2000; ++round) {
            char16_t next = 0x2500;
            const auto fresh = [&next](std::size_t units) {
                QString text;
                for (; units > 0; --units)
                    text += QChar(next++);
                return text;
            };
            const QString base = fresh(random() % 30);
            const auto changed = [&](QString text) {
                for (std::size_t i = random() % 6; i > 0; --i) {
                    const auto at = qsizetype(random() % std::size_t(text.size() + 1));
                    text.replace(at, std::min<qsizetype>(qsizetype(random() % 5), text.size() - at), fresh(random() % 4));
                }
                return text;
            };
            const QString mine = changed(base);
            const QString theirs = changed(base);
            const QString result = merged(base, mine, theirs);
            const auto expected = [&](QChar c) {
                return base.contains(c) ? mine.contains(c) && theirs.contains(c) : mine.contains(c) || theirs.contains(c);
            };
            QString everything;
            for (char16_t c = 0x2500; c < next; ++c)
                everything += expected(QChar(c)) ? QString(QChar(c)) : QString();
            const QByteArray plan = QStringList{QString::number(round), base, mine, theirs, result}.join(u" | ").toUtf8();
            QVERIFY2(sorted(result) == everything, plan.constData());
            // Each side finds what is left of its own text in its own order.
            for (const QString &side : {mine, theirs}) {
                QString before;
                QString after;
                std::ranges::copy_if(side, std::back_inserter(before), [&](QChar c) { return result.contains(c); });
                std::ranges::copy_if(result, std::back_inserter(after), [&](QChar c) { return side.contains(c); });
                QVERIFY2(before == after, plan.constData());
            }
        }
    }

    void aRangeHoldsEverythingThatChanged()
    {
        std::mt19937_64 random(support::seed());
        for (int round = 0; round < 2000; ++round) {
            const QString before(int(random() % 30), QChar(u'x'));
            QString after = before;
            client::ChangedRange range(before.size());
            char16_t next = 0x400;
            for (std::size_t i = random() % 6; i > 0; --i) {
                const auto at = qsizetype(random() % std::size_t(after.size() + 1));
                const auto removed = std::min<qsizetype>(qsizetype(random() % 5), after.size() - at);
                const QString inserted(int(random() % 4), QChar(next++));
                range.add(at, removed, inserted.size());
                after.replace(at, removed, inserted);
            }
            QVERIFY(range.removed() >= 0 && range.inserted() >= 0);
            QString made = before;
            made.replace(range.begin(), range.removed(), after.mid(range.begin(), range.inserted()));
            QCOMPARE(made, after);
        }
        // And no more than that.
        client::ChangedRange range(100);
        range.add(40, 2, 0);
        range.add(20, 1, 5);
        QCOMPARE(range.begin(), 20);
        QCOMPARE(range.removed(), 22);
        QCOMPARE(range.inserted(), 24);
    }

    void typedWordIsOneChange()
    {
        OwnChanges own;
        for (int i = 0; i < 5; ++i)
            own.ownEdit(3 + i, {}, 1);
        QCOMPARE(own.count(), 1);
        own.ownEdit(3, QStringLiteral("hello"), 0);
        QVERIFY(own.isEmpty());
    }

    void othersTypingInsideOursStaysTheirs()
    {
        OwnChanges own;
        own.ownEdit(1, {}, 4);
        own.othersEdit(3, 0, 2);
        QCOMPARE(own.withoutOwn(QStringLiteral("amiTHneb")), QStringLiteral("aTHb"));
        own.coarsen(QStringLiteral("amiTHneb"));
        QCOMPARE(own.count(), 1);
        QCOMPARE(own.withoutOwn(QStringLiteral("amiTHneb")), QStringLiteral("aTHb"));
    }

    void randomEditsOfBothAreToldApart()
    {
        std::mt19937_64 random(support::seed());
        for (int round = 0; round < 300; ++round) {
            OwnChanges own;
            Ledger ledger;
            bool isCoarse = false;
            QString text = QStringLiteral("the quick brown fox");
            for (const QChar c : std::as_const(text))
                ledger.units.append({c});
            for (int step = 0; step < 25; ++step) {
                const auto at = qsizetype(random() % std::size_t(text.size() + 1));
                const auto removed = std::min<qsizetype>(qsizetype(random() % 4), text.size() - at);
                const bool ours = random() % 2 == 0;
                const QString inserted(int(random() % 4), QChar(ours ? u'M' : u't'));
                if (ours)
                    own.ownEdit(at, text.mid(at, removed), inserted.size());
                else
                    own.othersEdit(at, removed, inserted.size());
                text.replace(at, removed, inserted);
                ledger.edit(at, removed, inserted, ours);
                // Once coarse, what others remove inside is not told apart any more; the two texts still fit together.
                isCoarse = isCoarse || (step == 12 && round % 3 == 0);
                if (isCoarse && step == 12)
                    own.coarsen(text);
                // Where exactly a removed unit stood between two insertions at its place is a matter of taste; that
                // nothing of others is lost and nothing of ours is left is not.
                if (!isCoarse)
                    QCOMPARE(sorted(own.withoutOwn(text)), sorted(ledger.withoutOwn()));
                QCOMPARE(withHunks(own.withoutOwn(text), own.hunks(text)), text);
            }
        }
    }
};

QTEST_GUILESS_MAIN(OwnChangesTest)
#include "tst_ownchanges.moc"
