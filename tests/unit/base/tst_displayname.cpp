// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/displayname.h"

#include <QTest>

class DisplayNameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsNamesWithoutDeceit_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QByteArray("main.cpp") << QStringLiteral("main.cpp");
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("umlaut") << QByteArray("gr\xc3\xbc\xc3\x9f.txt") << QStringLiteral("grüß.txt");
        QTest::newRow("emoji") << QByteArray("\xf0\x9f\x98\x80") << QStringLiteral("😀");
        QTest::newRow("line break") << QByteArray("a\nb") << QStringLiteral("a\\u{a}b");
        QTest::newRow("escape") << QByteArray("\x1b[31m") << QStringLiteral("\\u{1b}[31m");
        QTest::newRow("backslash") << QByteArray("a\\b") << QStringLiteral("a\\\\b");
        QTest::newRow("isolate") << QByteArray("\xe2\x81\xa6x") << QStringLiteral("\\u{2066}x");
        QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << QStringLiteral("\\u{2028}");
        QTest::newRow("delete") << QByteArray("a\x7f") << QStringLiteral("a\\u{7f}");
        QTest::newRow("lone byte") << QByteArray("a\xff" "b") << QStringLiteral("a\\xffb");
        QTest::newRow("cut sequence") << QByteArray("a\xe2\x82") << QStringLiteral("a\\xe2\\x82");
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QStringLiteral("\\xc0\\xaf");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\\xed\\xa0\\x80");
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << QStringLiteral("\\xf4\\x90\\x80\\x80");
        QTest::newRow("right-to-left override") << QByteArray("exe.\xe2\x80\xaegpj") << QStringLiteral("exe.\\u{202e}gpj");
        QTest::newRow("zero-width space") << QByteArray("a\xe2\x80\x8b") << QStringLiteral("a\\u{200b}");
        QTest::newRow("no-break space") << QByteArray("a\xc2\xa0") << QStringLiteral("a\\u{a0}");
        QTest::newRow("Hangul filler") << QByteArray("\xe3\x85\xa4") << QStringLiteral("\\u{3164}");
        QTest::newRow("C1 control") << QByteArray("\xc2\x85") << QStringLiteral("\\u{85}");
    }
    void showsNamesWithoutDeceit()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, shown);
        QCOMPARE(base::displayName(bytes), shown);
    }

    void whatHidesIsNotShownAsItself()
    {
        for (const char32_t c : {U'a', U' ', U'ß', U'\u0301', U'王', U'\U0001f469', U'\u05d0', U'\u2014'})
            QVERIFY2(base::isShownAsItself(c), qPrintable(QString::number(c, 16)));
        for (const char32_t c : {U'\t', U'\n', U'\x7f', U'\u00a0', U'\u00ad', U'\u115f', U'\u1160', U'\u180e', U'\u200b', U'\u200d',
                                 U'\u2028', U'\u202e', U'\u2066', U'\u2800', U'\u3164', U'\ue000', U'\ufeff', U'\uffa0', U'\U000e0041',
                                 char32_t(0xd800), char32_t(0x0378)})
            QVERIFY2(!base::isShownAsItself(c), qPrintable(QString::number(c, 16)));
    }

    void everyByteStringHasAPrintableName()
    {
        for (int first = 0; first < 256; ++first) {
            for (int second = 0; second < 256; ++second) {
                const char bytes[] = {char(first), char(second), 'x'};
                const QString shown = base::displayName(QByteArray(bytes, 3));
                for (const QChar c : shown)
                    QVERIFY2(c.isPrint() && !c.isSurrogate(), qPrintable(shown));
            }
        }
    }
};

QTEST_GUILESS_MAIN(DisplayNameTest)
#include "tst_displayname.moc"
