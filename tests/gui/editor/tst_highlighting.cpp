// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"
#include "tests/support/processortime.h"
#include "tests/support/seed.h"

#include <QScrollBar>

#include <random>

namespace {

QList<QTextLayout::FormatRange> settledFormats(ui::Highlighter &highlighter, const ui::TextBuffer &buffer, qsizetype line)
{
    return highlighter.formats(line, buffer.line(line));
}

} // namespace

class TestHighlighting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editsEndInTheSameColoursAsAFreshStart();
    void openingACommentRecoloursWhatFollows();
    void workStopsWhereStatesAgree();
    void aJumpIsColouredAtOnceAndThenRight();
    void linesTooLongAreLeftPlain();
    void longLinesKeepExactPlaces();
    void hugeFilesShowAtOnce();
};

void TestHighlighting::editsEndInTheSameColoursAsAFreshStart()
{
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    const ui::Languages languages;
    ui::TextBuffer buffer;
    buffer.setText(QStringLiteral("int a; /* x\n y */ char *s = \"t\";\n// line\nR\"(raw\n)\";\n").repeated(60));
    ui::Highlighter kept(buffer);
    kept.setTheme(languages.theme(false));
    kept.setDefinition(languages.named(QStringLiteral("C++")));
    const QStringList pieces = {QStringLiteral("/*"), QStringLiteral("*/"), QStringLiteral("\n"), QStringLiteral("\""),
                                QStringLiteral("R\"(\n"), QStringLiteral(")\"\n"), QStringLiteral("//"), QStringLiteral("x\ny\nz")};
    for (int step = 0; step < 400; ++step) {
        const auto index = static_cast<qsizetype>(random() % static_cast<unsigned>(buffer.length() + 1));
        const qsizetype removed = std::min<qsizetype>(random() % 40, buffer.length() - index);
        const QString inserted = pieces[static_cast<qsizetype>(random()) % pieces.size()];
        const qsizetype line = buffer.lineOf(index);
        const qsizetype gone = buffer.lineOf(index + removed) - line;
        buffer.replace(index, removed, inserted);
        kept.edited(line, gone, inserted.count(u'\n'));
        if (random() % 3 == 0)
            kept.prepare(static_cast<qsizetype>(random() % 200));
    }
    QTRY_VERIFY(kept.isSettled());
    ui::Highlighter fresh(buffer);
    fresh.setTheme(languages.theme(false));
    fresh.setDefinition(languages.named(QStringLiteral("C++")));
    QTRY_VERIFY(fresh.isSettled());
    for (qsizetype line = 0; line < buffer.lineCount(); ++line)
        QCOMPARE(settledFormats(kept, buffer, line), settledFormats(fresh, buffer, line));
}

void TestHighlighting::openingACommentRecoloursWhatFollows()
{
    EditorFixture f(QStringLiteral("int a;\nint b;\nint c;\n"), QStringLiteral("a.cpp"));
    f.editor.viewport()->repaint();
    const QImage plain = f.editor.viewport()->grab().toImage();
    f.type(QStringLiteral("/*"));
    QTRY_VERIFY(f.editor.highlighter().isSettled());
    const QImage commented = f.editor.viewport()->grab().toImage();
    const QRect third = f.editor.view().lineRect(2);
    QVERIFY(plain.copy(third) != commented.copy(third));
    f.key(Qt::Key_Backspace);
    f.key(Qt::Key_Backspace);
    QTRY_VERIFY(f.editor.highlighter().isSettled());
    QCOMPARE(f.editor.viewport()->grab().toImage().copy(third), plain.copy(third));
}

void TestHighlighting::workStopsWhereStatesAgree()
{
    const ui::Languages languages;
    ui::TextBuffer buffer;
    buffer.setText(QStringLiteral("int a;\n").repeated(20'000));
    ui::Highlighter highlighter(buffer);
    highlighter.setTheme(languages.theme(false));
    highlighter.setDefinition(languages.named(QStringLiteral("C++")));
    QTRY_VERIFY(highlighter.isSettled());
    buffer.replace(buffer.lineStart(10), 0, u"int b;\n");
    highlighter.edited(10, 0, 1);
    QVERIFY(!highlighter.isSettled());
    // One slice is more than enough for two lines and far too little for twenty thousand.
    highlighter.prepare(buffer.lineCount());
    QVERIFY(highlighter.isSettled());
}

void TestHighlighting::aJumpIsColouredAtOnceAndThenRight()
{
    // Everything is inside a comment, which a guess in the middle cannot know.
    EditorFixture f(QStringLiteral("/*\n") + QStringLiteral("int a;\n").repeated(100'000), QStringLiteral("a.cpp"));
    f.editor.verticalScrollBar()->setValue(f.editor.verticalScrollBar()->maximum());
    const QImage guessed = f.editor.viewport()->grab().toImage();
    QTRY_VERIFY_WITH_TIMEOUT(f.editor.highlighter().isSettled(), 60'000);
    const QImage known = f.editor.viewport()->grab().toImage();
    QVERIFY(guessed != known);
}

void TestHighlighting::linesTooLongAreLeftPlain()
{
    const ui::Languages languages;
    ui::TextBuffer buffer;
    buffer.setText(QStringLiteral("int a; ").repeated(5000));
    ui::Highlighter highlighter(buffer);
    highlighter.setTheme(languages.theme(false));
    highlighter.setDefinition(languages.named(QStringLiteral("C++")));
    QVERIFY(highlighter.formats(0, buffer.line(0)).isEmpty());
    QVERIFY(!highlighter.formats(0, QStringLiteral("int a;")).isEmpty());
}

void TestHighlighting::longLinesKeepExactPlaces()
{
    EditorFixture f(QString(100'000, u'x') + QStringLiteral("\nend"));
    const qreal cell = f.editor.view().cellWidth();
    for (const qsizetype column : {0, 1, 2047, 2048, 2049, 50'000, 99'999, 100'000}) {
        const qreal x = f.editor.view().caretX(column);
        QVERIFY2(qAbs(x - cell * static_cast<qreal>(column)) < 2, qPrintable(QString::number(column)));
        QCOMPARE(f.editor.view().indexAtX({0, 0}, x), column);
    }
    f.key(Qt::Key_End);
    QCOMPARE(f.editor.caret().head, 100'000);
    const QRect caret = f.editor.caretRectangle();
    QVERIFY(f.editor.viewport()->rect().contains(caret.center()));
    f.type(QStringLiteral("y"));
    QCOMPARE(f.editor.buffer().lineLength(0), 100'001);
    f.key(Qt::Key_Home);
    QCOMPARE(f.editor.horizontalScrollBar()->value(), 0);
    // A cut does not fall between the halves of a pair.
    EditorFixture g(u'a' + QString::fromUtf8("🙂").repeated(20'000));
    for (int i = 0; i < 1500; ++i)
        g.key(Qt::Key_Right);
    QCOMPARE(g.editor.caret().head, 1 + 2 * 1499);
    QVERIFY(!g.editor.view().layout(0).displayed().contains(QStringLiteral("U+")));
}

void TestHighlighting::hugeFilesShowAtOnce()
{
    EditorFixture f;
    f.editor.setFileName(QStringLiteral("huge.cpp"));
    const QString text = QStringLiteral("static int value(int x) { return x + 1; } // c\n").repeated(1'000'000);
    support::ProcessorTimer timer;
    f.editor.setText(text);
    f.editor.viewport()->repaint();
    // Laying out or colouring all of it would take a hundred times longer.
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(f.editor.buffer().lineCount(), 1'000'001);
    timer.restart();
    f.key(Qt::Key_End, Qt::ControlModifier);
    f.type(QStringLiteral("x"));
    f.key(Qt::Key_Home, Qt::ControlModifier);
    f.key(Qt::Key_Return);
    f.editor.viewport()->repaint();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(TestHighlighting)

#include "tst_highlighting.moc"
