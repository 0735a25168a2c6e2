// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/textdiff.h"
#include "tests/support/seed.h"

#include <QTest>

#include <random>

using base::TextHunk;

class TextDiffTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSmallestEdits_data();
    void findsTheSmallestEdits();
    void neverSplitsASurrogatePair();
    void makesTheNewTextFromAnyOldOne();
    void keepsUntouchedLinesUntouched();
};

namespace {

bool isBoundary(QStringView text, qsizetype at)
{
    return at <= 0 || at >= text.size() || !text[at - 1].isHighSurrogate() || !text[at].isLowSurrogate();
}

// Everything that diffText() promises; empty if it holds.
QString broken(const QString &before, const QString &after, const std::vector<TextHunk> &edits)
{
    qsizetype end = -1;
    qsizetype shift = 0;
    for (const TextHunk &edit : edits) {
        if (edit.index <= end)
            return QStringLiteral("not ascending or touching");
        if (edit.removed == 0 && edit.inserted.isEmpty())
            return QStringLiteral("an edit of nothing");
        if (!isBoundary(before, edit.index) || !isBoundary(before, edit.index + edit.removed)
            || !isBoundary(after, edit.index + shift) || !isBoundary(after, edit.index + shift + edit.inserted.size()))
            return QStringLiteral("a pair is split");
        end = edit.index + edit.removed;
        shift += edit.inserted.size() - edit.removed;
    }
    if (end > before.size())
        return QStringLiteral("beyond the end");
    return base::applyHunks(before, edits) == after ? QString() : QStringLiteral("another text");
}

QString randomText(std::mt19937_64 &random, std::size_t pieces)
{
    static const QList<QString> words = {
        QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("if ("), QStringLiteral("x = y;"), QStringLiteral("\n"),
        QStringLiteral("\n"), QStringLiteral("    "), QStringLiteral("}\n"), QStringLiteral("return\n"),
        QString::fromUtf8("\xf0\x9f\x98\x80"), QString::fromUtf8("\xf0\x9f\x98\x81"), QString(QChar(0xd83d)), QString(QChar(0xde00)),
        QString::fromUtf8("\xc3\xa4")};
    QString text;
    for (; pieces > 0; --pieces)
        text += words[static_cast<qsizetype>(random() % static_cast<std::size_t>(words.size()))];
    return text;
}

} // namespace

void TextDiffTest::findsTheSmallestEdits_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("edits");
    QTest::addColumn<int>("units");     // removed and inserted together, at most
    const auto add = [](const char *name, const char *before, const char *after, int edits, int units) {
        QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after) << edits << units;
    };
    add("nothing", "a\nb\n", "a\nb\n", 0, 0);
    add("all new", "", "abc", 1, 3);
    add("all gone", "abc", "", 1, 3);
    add("a character", "int x;\n", "int y;\n", 1, 2);
    add("a word in between", "hello world\n", "hello brave world\n", 1, 6);
    add("two lines", "one\ntwo\nthree\nfour\nfive\n", "one\n2\nthree\nfour\n5\n", 2, 9);
    add("a line moved", "a\nb\nc\nd\n", "b\nc\nd\na\n", 2, 4);
    add("indented", "{\na();\nb();\n}\n", "{\n    a();\n    b();\n}\n", 2, 8);
    add("two words of one line", "f(alpha, beta, gamma);\n", "f(alpha2, beta, gamm);\n", 2, 2);
    add("last newline", "a\nb", "a\nb\n", 1, 1);
}

void TextDiffTest::findsTheSmallestEdits()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(int, units);
    const auto edits = base::diffText(before, after);
    QCOMPARE(broken(before, after, edits), QString());
    QTEST(int(edits.size()), "edits");
    qsizetype changed = 0;
    for (const TextHunk &edit : edits)
        changed += edit.removed + edit.inserted.size();
    QVERIFY2(changed <= units, qPrintable(QString::number(changed)));
}

void TextDiffTest::neverSplitsASurrogatePair()
{
    // The two faces share their first half, and the third shares its second half with the first.
    const QString smile = QString::fromUtf8("\xf0\x9f\x98\x80");
    const QString grin = QString::fromUtf8("\xf0\x9f\x98\x81");
    const QString other = QString(QChar(0xd83c)) + QChar(0xde00);
    for (const QString &from : {smile, grin, other, QString(QChar(0xd83d)), QString(QChar(0xde00))}) {
        for (const QString &to : {smile, grin, other, QString(QChar(0xd83d)), QString(QChar(0xde00))}) {
            for (const QString &around : {QString(), QStringLiteral("x"), QStringLiteral("\n"), smile, QString(QChar(0xd83d))}) {
                const QString before = around + from + around;
                const QString after = around + to + around;
                QCOMPARE(broken(before, after, base::diffText(before, after)), QString());
            }
        }
    }
}

void TextDiffTest::makesTheNewTextFromAnyOldOne()
{
    std::mt19937_64 random(support::seed());
    for (int i = 0; i < 4000; ++i) {
        const QString before = randomText(random, random() % 60);
        QString after = i % 2 == 0 ? randomText(random, random() % 60) : before;
        for (auto changes = random() % 4; changes > 0; --changes) {
            const auto at = static_cast<qsizetype>(random() % static_cast<std::size_t>(after.size() + 1));
            after.replace(at, static_cast<qsizetype>(random() % 5), randomText(random, random() % 3));
        }
        const QString fault = broken(before, after, base::diffText(before, after));
        QVERIFY2(fault.isEmpty(), qPrintable(fault + u'\n' + before + u"\n---\n" + after));
    }
}

void TextDiffTest::keepsUntouchedLinesUntouched()
{
    QString before;
    QString after;
    for (int i = 0; i < 20'000; ++i) {
        const QString line = QStringLiteral("line number %1 of a long file\n").arg(i);
        before += line;
        after += i % 1000 == 500 ? QStringLiteral("line number %1 was changed\n").arg(i) : line;
    }
    const auto edits = base::diffText(before, after);
    QCOMPARE(broken(before, after, edits), QString());
    qsizetype removed = 0;
    for (const TextHunk &edit : edits)
        removed += edit.removed;
    QVERIFY2(removed <= 20 * 14, qPrintable(QString::number(removed)));
}

QTEST_GUILESS_MAIN(TextDiffTest)
#include "tst_textdiff.moc"
