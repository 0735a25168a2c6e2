// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/textdiff.h"
#include "tests/support/processortime.h"
#include "tests/support/seed.h"

#include <QTest>

#include <random>

class TextDiffBoundsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysBoundedWhateverTheTexts_data();
    void staysBoundedWhateverTheTexts();
};

void TextDiffBoundsTest::staysBoundedWhateverTheTexts_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    constexpr qsizetype kUnits = 16 * 1024 * 1024;
    std::mt19937_64 random(support::seed());
    const auto lines = [&](qsizetype length, quint64 kinds) {
        QString text;
        while (text.size() < kUnits)
            text += QString::number(random() % kinds).rightJustified(length, u' ') + u'\n';
        return text;
    };
    QTest::newRow("all different") << lines(20, ~0ull) << lines(20, ~0ull);
    QTest::newRow("two kinds of lines") << lines(8, 2) << lines(8, 2);
    QTest::newRow("empty lines") << QString(kUnits, u'\n') << QString(QString(kUnits / 2, u'\n') + u'x' + QString(kUnits / 3, u'\n') + u'y');
    QTest::newRow("one line") << QString(kUnits, u'a') << QString(u'b' + QString(kUnits - 1, u'a') + u'c');
    QTest::newRow("one line of words") << QString(QStringLiteral("a b ").repeated(kUnits / 4) + u'x')
                                       << QString(u'y' + QStringLiteral("b a ").repeated(kUnits / 4));
    QTest::newRow("short lines, shuffled") << lines(3, 900) << lines(3, 900);
}

void TextDiffBoundsTest::staysBoundedWhateverTheTexts()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    support::ProcessorTimer timer;
    const auto edits = base::diffText(before, after);
    const qint64 took = timer.elapsed();
    QVERIFY(base::applyHunks(before, edits) == after);
    qInfo("%s: %lld ms, %zu edits", QTest::currentDataTag(), took, edits.size());
    // Sanitizers included; without the budget the first rows take minutes.
    QVERIFY(took < 20'000);
}

QTEST_GUILESS_MAIN(TextDiffBoundsTest)
#include "tst_textdiffbounds.moc"
