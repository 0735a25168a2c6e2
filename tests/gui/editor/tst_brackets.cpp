// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"

class TestBrackets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsAreFound_data();
    void pairsAreFound();
    void stringsAndCommentsArePassedOver();
    void theSearchGivesUpWhenTold();
    void thePairIsMarkedAndPainted();
    void theMarkFollowsEdits();
    void theKeyJumpsThereAndBack();
};

void TestBrackets::pairsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("open");
    QTest::addColumn<int>("close");
    QTest::newRow("behind the caret") << "|(a)" << 0 << 2;
    QTest::newRow("in front of the caret") << "(a)|" << 0 << 2;
    QTest::newRow("behind an opening one") << "(|a)" << 0 << 2;
    QTest::newRow("nested") << "{|(a(b)c)}" << 1 << 7;
    QTest::newRow("other kinds do not count") << "|(a]b[c)" << 0 << 6;
    QTest::newRow("the one behind wins") << "(a)|[b]" << 3 << 5;
    QTest::newRow("across lines") << "|{\n}\n" << 0 << 2;
    QTest::newRow("alone") << "|(a" << -1 << -1;
    QTest::newRow("no bracket") << "a|b" << -1 << -1;
    QTest::newRow("empty text") << "|" << -1 << -1;
}

void TestBrackets::pairsAreFound()
{
    QFETCH(QString, text);
    QFETCH(int, open);
    QFETCH(int, close);
    const ParsedText given = parsedText(text);
    ui::TextBuffer buffer;
    // Far apart as well: what is looked through in pieces must fit at the edges.
    for (const qsizetype gap : {0, 4095, 4096, 9000}) {
        QString wide = given.text;
        const bool hasPair = close > 0;
        if (hasPair)
            wide.insert(open + 1, QString(gap, u'-'));
        buffer.setText(wide);
        const qsizetype head = given.carets.primary().head;
        const ui::BracketSearch search{[](qsizetype) { return true; }, [] { return true; }};
        const auto pair = search.pairAt(buffer, hasPair && head > open + 1 ? head + gap : head);
        QCOMPARE(pair.has_value(), hasPair);
        if (pair)
            QCOMPARE(*pair, (ui::BracketPair{open, close + gap}));
    }
}

void TestBrackets::stringsAndCommentsArePassedOver()
{
    EditorFixture f(QString(), QStringLiteral("a.cpp"));
    f.restore(QStringLiteral("f|(\")\", ')' /* ) */); // )\n"));
    QTRY_COMPARE(f.editor.brackets(), std::optional(ui::BracketPair{1, 18}));
    f.restore(QStringLiteral("f(\"|()\");\n"));
    QTRY_VERIFY(f.editor.highlighter().isSettled());
    QCoreApplication::processEvents();
    QCOMPARE(f.editor.brackets(), std::nullopt);
    // In plain text a bracket is a bracket.
    f.editor.setFileName(QStringLiteral("a.txt"));
    f.key(Qt::Key_Right);
    f.key(Qt::Key_Left);
    QTRY_COMPARE(f.editor.brackets(), std::optional(ui::BracketPair{3, 4}));
}

void TestBrackets::theSearchGivesUpWhenTold()
{
    ui::TextBuffer buffer;
    buffer.setText(QString(u'(' + QString(1'000'000, u'x') + u')'));
    int asked = 0;
    const ui::BracketSearch search{[](qsizetype) { return true; }, [&asked] { return ++asked < 3; }};
    QVERIFY(!search.pairAt(buffer, 0));
    QCOMPARE(asked, 3);
    asked = 0;
    QVERIFY(!search.pairAt(buffer, buffer.length()));
    QCOMPARE(asked, 3);
}

void TestBrackets::thePairIsMarkedAndPainted()
{
    EditorFixture f(QString(), QStringLiteral("a.txt"));
    f.restore(QStringLiteral("\n  |(a)\n"));
    QTRY_COMPARE(f.editor.brackets(), std::optional(ui::BracketPair{3, 5}));
    const QImage picture = f.editor.viewport()->grab().toImage();
    const auto colorBehind = [&](qsizetype index) {
        const QRectF place = f.editor.view().caretRect(index + 1);
        return picture.pixelColor(qRound(place.left()) - 1, qRound(place.top()) + 1);
    };
    QCOMPARE(colorBehind(3).rgb(), f.editor.colors().bracket.rgb());
    QCOMPARE(colorBehind(5).rgb(), f.editor.colors().bracket.rgb());
    f.key(Qt::Key_Up);
    QTRY_COMPARE(f.editor.brackets(), std::nullopt);
    f.restore(QStringLiteral("^(a)|"));
    QCoreApplication::processEvents();
    QCOMPARE(f.editor.brackets(), std::nullopt);
}

void TestBrackets::theMarkFollowsEdits()
{
    EditorFixture f(QString(), QStringLiteral("a.txt"));
    f.restore(QStringLiteral("|(a)"));
    QTRY_COMPARE(f.editor.brackets(), std::optional(ui::BracketPair{0, 2}));
    // At once, before it has been looked for again: nothing else may be painted as a bracket meanwhile.
    const ui::TextEdit inside{1, 0, QStringLiteral("bc")};
    f.editor.applyRemote({&inside, 1});
    QCOMPARE(f.editor.brackets(), std::optional(ui::BracketPair{0, 4}));
    const ui::TextEdit gone{4, 1, {}};
    f.editor.applyRemote({&gone, 1});
    QTRY_COMPARE(f.editor.brackets(), std::nullopt);
}

void TestBrackets::theKeyJumpsThereAndBack()
{
    EditorFixture f;
    f.restore(QStringLiteral("|{ [x] }"));
    const auto jump = [&f] { f.key(Qt::Key_Backslash, Qt::ControlModifier | Qt::ShiftModifier); };
    jump();
    QCOMPARE(f.marked(), QStringLiteral("{ [x] |}"));
    jump();
    QCOMPARE(f.marked(), QStringLiteral("|{ [x] }"));
    f.restore(QStringLiteral("{ [x]| }"));
    jump();
    QCOMPARE(f.marked(), QStringLiteral("{ [|x] }"));
    jump();
    QCOMPARE(f.marked(), QStringLiteral("{ [x]| }"));
    f.restore(QStringLiteral("a|b"));
    jump();
    QCOMPARE(f.marked(), QStringLiteral("a|b"));
    QCOMPARE(f.announcements, 0);
}

QTEST_MAIN(TestBrackets)

#include "tst_brackets.moc"
