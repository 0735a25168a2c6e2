// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/displaytext.h"

#include <QTest>

using ui::DisplayText;

class TestDisplayText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordinaryTextIsUntouched();
    void nothingInvisibleStaysInvisible_data();
    void nothingInvisibleStaysInvisible();
    void joinersStayWhereScriptsNeedThem();
    void columnsMapBothWays();
    void preeditIsShownButNotCounted();
    void namesAreCutAndMarked();
};

void TestDisplayText::ordinaryTextIsUntouched()
{
    const QString text = QString::fromUtf8("int x;\t// äöü ß Ω 世界 مرحبا שלום 🙂 e\xCC\x81");
    const DisplayText display(text);
    QCOMPARE(display.text(), text);
    QVERIFY(display.marks().empty());
}

void TestDisplayText::nothingInvisibleStaysInvisible_data()
{
    QTest::addColumn<QString>("hidden");
    QTest::addColumn<QString>("shown");
    QTest::newRow("NUL") << QString(QChar(0)) << QString(QChar(0x2400));
    QTest::newRow("CR") << QStringLiteral("\r") << QString(QChar(0x240D));
    QTest::newRow("ESC") << QString(QChar(0x1B)) << QString(QChar(0x241B));
    QTest::newRow("DEL") << QString(QChar(0x7F)) << QString(QChar(0x2421));
    QTest::newRow("C1") << QString(QChar(0x85)) << QStringLiteral("U+0085");
    QTest::newRow("no-break space") << QString(QChar(0xA0)) << QString(QChar(0x2423));
    QTest::newRow("soft hyphen") << QString(QChar(0xAD)) << QStringLiteral("U+00AD");
    QTest::newRow("right-to-left override") << QString(QChar(0x202E)) << QStringLiteral("U+202E");
    QTest::newRow("isolate") << QString(QChar(0x2066)) << QStringLiteral("U+2066");
    QTest::newRow("zero width space") << QString(QChar(0x200B)) << QStringLiteral("U+200B");
    QTest::newRow("joiner among letters") << QString(QChar(0x200D)) << QStringLiteral("U+200D");
    QTest::newRow("line separator") << QString(QChar(0x2028)) << QStringLiteral("U+2028");
    QTest::newRow("byte order mark") << QString(QChar(0xFEFF)) << QStringLiteral("U+FEFF");
    QTest::newRow("Hangul filler") << QString(QChar(0x3164)) << QStringLiteral("U+3164");
    QTest::newRow("object replacement") << QString(QChar(0xFFFC)) << QStringLiteral("U+FFFC");
    QTest::newRow("lone surrogate") << QString(QChar(0xD83D)) << QStringLiteral("U+D83D");
    QTest::newRow("variation selector") << QString(QChar(0xFE0F)) << QStringLiteral("U+FE0F");
    QTest::newRow("tag") << QString::fromUcs4(U"\U000E0041", 1) << QStringLiteral("U+E0041");
    QTest::newRow("selector beyond the BMP") << QString::fromUcs4(U"\U000E0100", 1) << QStringLiteral("U+E0100");
}

void TestDisplayText::nothingInvisibleStaysInvisible()
{
    QFETCH(QString, hidden);
    QFETCH(QString, shown);
    const DisplayText display(QString(QLatin1String("ab") + hidden + QLatin1String("cd")));
    QCOMPARE(display.text(), QString(QLatin1String("ab") + shown + QLatin1String("cd")));
    QCOMPARE(display.marks().size(), std::size_t(1));
    QCOMPARE(display.toDisplay(2 + hidden.size()), 2 + shown.size());
    QCOMPARE(display.toSource(2 + shown.size() + 1), 2 + hidden.size() + 1);
}

void TestDisplayText::joinersStayWhereScriptsNeedThem()
{
    const QString family = QString::fromUtf8("👩\xE2\x80\x8D👧 می\xE2\x80\x8Cخواهم ❤\xEF\xB8\x8F 1\xEF\xB8\x8F\xE2\x83\xA3");
    QCOMPARE(DisplayText(family).text(), family);
    const QString doubled = QString::fromUtf8("👩\xE2\x80\x8D\xE2\x80\x8D👧");
    QCOMPARE(DisplayText(doubled).marks().size(), std::size_t(1));
    // The cut of a long line must not make the first selector of a segment look orphaned.
    QVERIFY(DisplayText(QString(QChar(0xFE0F)), QChar(0x2764)).marks().empty());
}

void TestDisplayText::columnsMapBothWays()
{
    const DisplayText display(QString(QStringLiteral("a") + QChar(0x202E) + QChar(0x200B) + QStringLiteral("b") + QChar(1)));
    QCOMPARE(display.text(), QString(QStringLiteral("aU+202EU+200Bb") + QChar(0x2401)));
    const QList<qsizetype> expected{0, 1, 7, 13, 14, 15};
    for (qsizetype column = 0; column < expected.size(); ++column) {
        QCOMPARE(display.toDisplay(column), expected[column]);
        QCOMPARE(display.toSource(expected[column]), column);
    }
    QCOMPARE(display.toSource(2), 1);
    QCOMPARE(display.toSource(6), 2);
}

void TestDisplayText::preeditIsShownButNotCounted()
{
    DisplayText display(QString(QStringLiteral("ab") + QChar(0x200B) + QStringLiteral("c")));
    display.insertPreedit(2, QStringLiteral("xyz"));
    QCOMPARE(display.text(), QStringLiteral("abxyzU+200Bc"));
    QCOMPARE(display.toDisplay(2), 2);
    QCOMPARE(display.toDisplay(3), 11);
    QCOMPARE(display.toSource(5), 2);
    QCOMPARE(display.toSource(12), 4);
}

void TestDisplayText::namesAreCutAndMarked()
{
    QCOMPARE(ui::visibleText(QStringLiteral("Nadia"), 24), QStringLiteral("Nadia"));
    QCOMPARE(ui::visibleText(QString(QStringLiteral("a\n") + QChar(0x202E) + QStringLiteral("b")), 24),
             QString(QStringLiteral("a") + QChar(0x240A) + QStringLiteral("U+202Eb")));
    QCOMPARE(ui::visibleText(QString(100, u'n'), 10), QString(QString(10, u'n') + QChar(0x2026)));
    const QString zalgo = u'x' + QString(100'000, QChar(0x0301));
    QVERIFY(ui::visibleText(zalgo, 10).size() <= 82);
}

QTEST_GUILESS_MAIN(TestDisplayText)

#include "tst_displaytext.moc"
