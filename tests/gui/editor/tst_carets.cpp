// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/keyrows.h"
#include "tests/support/processortime.h"
#include "tests/support/seed.h"
#include "ui/editor/columnbox.h"
#include "ui/editor/occurrences.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QScrollBar>

#include <random>

class TestCarets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysMoveAllCarets_data();
    void keysMoveAllCarets();
    void keysEditAtAllCarets_data();
    void keysEditAtAllCarets();
    void upAndDownAimEachAtItsColumn();
    void altClickAddsAndTakesAway();
    void altDragSelectsBesides();
    void caretsAreAddedAboveAndBelow();
    void nextOccurrenceIsSelected();
    void wordsAreFoundWholeOnly();
    void allOccurrencesAreSelected();
    void escapeLeavesThePrimaryOne();
    void copiedPiecesGoBackToTheirPlaces();
    void inputMethodsCommitAtAllCarets();
    void remoteEditsMoveThemAll();
    void readOnlyRefusesOnce();
    void columnsAreCountedInCells();
    void keysSelectABox();
    void theMouseSelectsABox();
    void aBoxInWrappedLinesGoesByRows();
    void aBoxStaysOnItsLines();
    void screenReadersHearOfSelections();
    void everyCaretIsPainted();
    void typingScrollsOnlyWhenNoCaretIsInSight();
    void randomKeysKeepTheMirrorEqual();
    void thousandsOfCaretsTypeQuickly();
};

void TestCarets::keysMoveAllCarets_data()
{
    addKeyColumns();
    row("left", "a|b\nc|d", Qt::Key_Left, kNone, "|ab\n|cd");
    row("left until they meet", "|a|b", Qt::Key_Left, kNone, "|ab");
    row("right collapses selections", "^ab|\n^c|d", Qt::Key_Right, kNone, "ab|\nc|d");
    row("selecting", "a|b\nc|d", Qt::Key_Right, kShift, "a^b|\nc^d|");
    row("selections that meet", "a|b|c", Qt::Key_Right, kShift, "a^b|^c|");
    row("selections that overlap", "a|b|c", Qt::Key_End, kShift, "a^bc|");
    row("words", "|one two\n|three", Qt::Key_Right, kCtrl, "one| two\nthree|");
    row("line start", "  ab|\n c|", Qt::Key_Home, kNone, "  |ab\n |c");
    row("line end", "|a\n|bc", Qt::Key_End, kNone, "a|\nbc|");
    row("text end", "|a\n|bc", Qt::Key_End, kCtrl, "a\nbc|");
    row("down", "a|b\nc|d\nef", Qt::Key_Down, kNone, "ab\nc|d\ne|f");
    row("select all", "a|b\nc|d", Qt::Key_A, kCtrl, "^ab\ncd|");
    row("go to the bracket", "|(a)\n(b)|", Qt::Key_Bar, kCtrl | kShift, "(a|)\n(|b)");
}

void TestCarets::keysMoveAllCarets()
{
    checkKeyRow(KeyDoes::Moves);
}

void TestCarets::keysEditAtAllCarets_data()
{
    addKeyColumns();
    row("typing", "a|b\n^cd|e", Qt::Key_X, kNone, "ax|b\nx|e");
    row("backspace", "ab|c\nd|", Qt::Key_Backspace, kNone, "a|c\n|");
    row("delete", "a|bc\n|d", Qt::Key_Delete, kNone, "a|c\n|");
    row("word", "one two|\nthree|", Qt::Key_Backspace, kCtrl, "one |\n|");
    row("enter", "  a|\n b|", Qt::Key_Return, kNone, "  a\n  |\n b\n |");
    row("tab", "a|\nbc|", Qt::Key_Tab, kNone, "a   |\nbc  |");
    row("tab on lines", "^a\nb|\n\nc|", Qt::Key_Tab, kNone, "^    a\n    b|\n\n    c|");
    row("shift tab", "    a|\n  b\n    c|", Qt::Key_Backtab, kShift, "a|\n  b\nc|");
    row("indent", "a|b\nc", Qt::Key_BracketRight, kCtrl, "    a|b\nc");
    row("outdent", "    a|b\n  c|", Qt::Key_BracketLeft, kCtrl, "a|b\nc|");
    row("delete lines", "a|\nb\nc|\nd", Qt::Key_K, kCtrl | kShift, "|b\n|d");
    row("lines up", "a\nb|\nc\nd|", Qt::Key_Up, kAlt, "b|\na\nd|\nc");
    row("lines down", "a|\nb\nc|\nd", Qt::Key_Down, kAlt, "b\na|\nd\nc|");
    row("duplicate", "a|\nb\nc|", Qt::Key_D, kCtrl | kShift, "a\na|\nb\nc\nc|");
    row("duplicate as elsewhere", "a|\nb", Qt::Key_Down, kCtrl | kShift | kAlt, "a\na|\nb");
    row("comment", "  a|\n\n  b|", Qt::Key_Slash, kCtrl, "  // a|\n\n  // b|");
    row("comment on German keyboards", "^a\n  b|", Qt::Key_Slash, kCtrl | kShift, "^// a\n//   b|");
    row("uncomment", "^// a\n  //b|", Qt::Key_Slash, kCtrl, "^a\n  b|");
}

void TestCarets::keysEditAtAllCarets()
{
    checkKeyRow(KeyDoes::Edits);
}

void TestCarets::upAndDownAimEachAtItsColumn()
{
    EditorFixture f;
    f.restore(QStringLiteral("longer| line\nlo|nger\n\nx\nlonger line\nlonger line"));
    f.key(Qt::Key_Down);
    f.key(Qt::Key_Down);
    QCOMPARE(f.marked(), QStringLiteral("longer line\nlonger\n|\nx|\nlonger line\nlonger line"));
    f.key(Qt::Key_Down);
    f.key(Qt::Key_Down);
    QCOMPARE(f.marked(), QStringLiteral("longer line\nlonger\n\nx\nlonger| line\nlo|nger line"));
    // Two of three meet at the top; what they aimed at is still known of the third.
    f.restore(QStringLiteral("ab|c\nabc|\nx\nabcde|f"));
    f.key(Qt::Key_Up);
    f.key(Qt::Key_Up);
    QCOMPARE(f.marked(), QStringLiteral("|abc\nabc|\nx\nabcdef"));
    f.key(Qt::Key_Down);
    f.key(Qt::Key_Down);
    QCOMPARE(f.marked(), QStringLiteral("abc\nabc\nx|\nabcde|f"));
}

void TestCarets::altClickAddsAndTakesAway()
{
    EditorFixture f(QStringLiteral("one two\nthree\n"));
    QSignalSpy count(&f.editor, &ui::CodeEditor::caretCountChanged);
    f.click(1);
    f.click(9, kAlt);
    f.click(5, kAlt);
    QCOMPARE(f.marked(), QStringLiteral("o|ne t|wo\nt|hree\n"));
    QCOMPARE(f.editor.caret(), (ui::Caret{1, 1}));
    QCOMPARE(count.count(), 2);
    QCOMPARE(count.last().first().value<qsizetype>(), 3);
    f.click(5, kAlt);
    QCOMPARE(f.marked(), QStringLiteral("o|ne two\nt|hree\n"));
    // The last one stays.
    f.click(9, kAlt);
    f.click(1, kAlt);
    QCOMPARE(f.marked(), QStringLiteral("o|ne two\nthree\n"));
    f.click(1, kAlt);
    f.click(9);
    QCOMPARE(f.marked(), QStringLiteral("one two\nt|hree\n"));
}

void TestCarets::altDragSelectsBesides()
{
    EditorFixture f(QStringLiteral("one two\nthree\n"));
    QWidget *const viewport = f.editor.viewport();
    f.click(1);
    QTest::mousePress(viewport, Qt::LeftButton, kAlt, f.pointAt(9));
    QTest::mouseMove(viewport, f.pointAt(12));
    QCOMPARE(f.marked(), QStringLiteral("o|ne two\nt^hre|e\n"));
    // Somebody types in front of all of it in the middle of the drag.
    const ui::TextEdit remote{0, 0, QStringLiteral("XY")};
    f.editor.applyRemote({&remote, 1});
    QTest::mouseMove(viewport, f.pointAt(7));
    QTest::mouseRelease(viewport, Qt::LeftButton, kAlt, f.pointAt(7));
    QCOMPARE(f.marked(), QStringLiteral("XYo|ne t|wo\nt^hree\n"));
    f.mirror.insert(0, QStringLiteral("XY"));
    f.type(QStringLiteral("-"));
    QCOMPARE(f.marked(), QStringLiteral("XYo-|ne t-|hree\n"));
    QCOMPARE(f.mirror, f.editor.text());
}

void TestCarets::caretsAreAddedAboveAndBelow()
{
    EditorFixture f;
    f.restore(QStringLiteral("abcdef\nabcd|ef\nab\nabcdef\n"));
    f.key(Qt::Key_Down, kCtrl | kAlt);
    f.key(Qt::Key_Down, kCtrl | kShift);
    QCOMPARE(f.marked(), QStringLiteral("abcdef\nabcd|ef\nab|\nabcd|ef\n"));
    f.key(Qt::Key_Up, kCtrl | kAlt);
    QCOMPARE(f.marked(), QStringLiteral("abcd|ef\nabcd|ef\nab|\nabcd|ef\n"));
    QCOMPARE(f.editor.caret(), (ui::Caret{11, 11}));
    f.key(Qt::Key_Up, kCtrl | kShift);
    QCOMPARE(f.editor.carets().count(), 4);
    QCOMPARE(f.announcements, 0);
    // The newest one is brought into sight.
    EditorFixture far(QStringLiteral("line\n").repeated(200));
    for (int i = 0; i < 60; ++i)
        far.key(Qt::Key_Down, kCtrl | kAlt);
    QCOMPARE(far.editor.carets().count(), 61);
    QVERIFY(far.editor.view().lastVisibleLine() >= 60);
    QCOMPARE(far.editor.caret(), (ui::Caret{0, 0}));
}

void TestCarets::nextOccurrenceIsSelected()
{
    EditorFixture f;
    f.restore(QStringLiteral("cat\nconcat ^cat|\ncat"));
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("cat\nconcat ^cat|\n^cat|"));
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("^cat|\nconcat ^cat|\n^cat|"));
    // A selection made by hand is looked for inside words as well.
    f.key(Qt::Key_D, kCtrl);
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("^cat|\ncon^cat| ^cat|\n^cat|"));
    f.type(QStringLiteral("d"));
    QCOMPARE(f.marked(), QStringLiteral("d|\ncond| d|\nd|"));
    QCOMPARE(f.announcements, 1);
    QCOMPARE(f.mirror, f.editor.text());
    f.restore(QStringLiteral("a\n^b\nc|\nb\ncd"));
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("a\n^b\nc|\n^b\nc|d"));
}

void TestCarets::wordsAreFoundWholeOnly()
{
    EditorFixture f;
    f.restore(QStringLiteral("c|at concat cats cat Cat"));
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("^cat| concat cats cat Cat"));
    f.key(Qt::Key_D, kCtrl);
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("^cat| concat cats ^cat| Cat"));
    // Where no word is there is nothing to look for.
    f.restore(QStringLiteral("a  |  b"));
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("a  |  b"));
    // Windows overlap: a text across the edge of one is found, and each once.
    ui::TextBuffer buffer;
    const QString filler(64 * 1024 - 3, u'x');
    buffer.setText(QString(filler + QStringLiteral("needle") + filler + QStringLiteral("needle")));
    const ui::Occurrence needle{QStringLiteral("needle")};
    QCOMPARE(needle.all(buffer, 10).size(), 2);
    QCOMPARE(needle.all(buffer, 1).size(), 1);
    QCOMPARE(needle.next(buffer, filler.size() + 1, ui::Caret{}), (ui::Caret{2 * filler.size() + 6, 2 * filler.size() + 12}));
    QCOMPARE(needle.next(buffer, buffer.length(), ui::Caret{}), (ui::Caret{filler.size(), filler.size() + 6}));
}

void TestCarets::allOccurrencesAreSelected()
{
    EditorFixture f;
    f.restore(QStringLiteral("cat concat cat\nca|t"));
    f.key(Qt::Key_L, kCtrl | kShift);
    QCOMPARE(f.marked(), QStringLiteral("^cat| concat ^cat|\n^cat|"));
    QCOMPARE(f.editor.caret(), (ui::Caret{15, 18}));
    f.restore(QStringLiteral("cat concat ^cat|\ncat"));
    f.key(Qt::Key_L, kCtrl | kShift);
    QCOMPARE(f.editor.carets().count(), 4);
    f.key(Qt::Key_Backspace);
    QCOMPARE(f.editor.text(), QStringLiteral(" con \n"));
    QCOMPARE(f.announcements, 1);
}

void TestCarets::escapeLeavesThePrimaryOne()
{
    EditorFixture f;
    f.restore(QStringLiteral("^one| one one"));
    f.key(Qt::Key_D, kCtrl);
    f.key(Qt::Key_D, kCtrl);
    QKeyEvent escape(QEvent::ShortcutOverride, Qt::Key_Escape, kNone);
    escape.ignore();
    QApplication::sendEvent(&f.editor, &escape);
    QVERIFY(escape.isAccepted());
    f.key(Qt::Key_Escape);
    QCOMPARE(f.marked(), QStringLiteral("^one| one one"));
    // With one caret the key is not the editor's.
    escape.ignore();
    QApplication::sendEvent(&f.editor, &escape);
    QVERIFY(!escape.isAccepted());
}

void TestCarets::copiedPiecesGoBackToTheirPlaces()
{
    EditorFixture f;
    f.restore(QStringLiteral("^one| a\n^two| b\n^three| c"));
    f.key(Qt::Key_X, kCtrl);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("one\ntwo\nthree"));
    QCOMPARE(f.marked(), QStringLiteral("| a\n| b\n| c"));
    f.key(Qt::Key_End);
    f.key(Qt::Key_V, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral(" aone|\n btwo|\n cthree|"));
    QCOMPARE(f.announcements, 2);
    // Another number of carets: each gets all of it.
    f.restore(QStringLiteral("|\n|"));
    f.key(Qt::Key_V, kCtrl);
    QCOMPARE(f.editor.text(), QStringLiteral("one\ntwo\nthree\none\ntwo\nthree"));
    f.restore(QStringLiteral("a|\nb\nc|"));
    f.key(Qt::Key_C, kCtrl);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("a\nc\n"));
}

void TestCarets::inputMethodsCommitAtAllCarets()
{
    EditorFixture f;
    f.restore(QStringLiteral("a|b\nc|d"));
    QInputMethodEvent composing(QString::fromUtf8("に"), {{QInputMethodEvent::Cursor, 1, 1, {}}});
    QApplication::sendEvent(&f.editor, &composing);
    QCOMPARE(f.editor.view().layout(0).displayed(), QString::fromUtf8("aにb"));
    QInputMethodEvent commit;
    commit.setCommitString(QString::fromUtf8("日"));
    QApplication::sendEvent(&f.editor, &commit);
    QCOMPARE(f.marked(), QString::fromUtf8("a日|b\nc日|d"));
    QCOMPARE(f.announcements, 1);
}

void TestCarets::remoteEditsMoveThemAll()
{
    EditorFixture f;
    f.restore(QStringLiteral("one|\n^two|\nthree|"));
    QSignalSpy changed(&f.editor, &ui::CodeEditor::caretsChanged);
    const QList<ui::TextEdit> remote = {{0, 0, QStringLiteral("XX\n")}, {7, 3, QStringLiteral("2")}};
    f.editor.applyRemote(remote);
    QCOMPARE(f.marked(), QStringLiteral("XX\none|\n^2|\nthree|"));
    QCOMPARE(changed.count(), 1);
    // What somebody removes around two carets leaves one.
    const ui::TextEdit gap{4, 8, {}};
    f.editor.applyRemote({&gap, 1});
    QCOMPARE(f.editor.carets().count(), 2);
    QCOMPARE(f.announcements, 0);
}

void TestCarets::readOnlyRefusesOnce()
{
    EditorFixture f;
    f.restore(QStringLiteral("a|\nb|"));
    f.editor.setReadOnly(true);
    QSignalSpy refused(&f.editor, &ui::CodeEditor::editRefused);
    f.type(QStringLiteral("x"));
    f.key(Qt::Key_Slash, kCtrl);
    QCOMPARE(refused.count(), 2);
    f.key(Qt::Key_D, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("^a|\n^b|"));
    QCOMPARE(refused.count(), 2);
}

void TestCarets::columnsAreCountedInCells()
{
    ui::TextBuffer buffer;
    buffer.setText(QString::fromUtf8("a\tb\n日本x\ne\xCC\x81x\n🙂x\n\tx\n"));
    const auto column = [&buffer](qsizetype line, qsizetype unit) {
        return ui::columnAt(buffer, buffer.lineStart(line) + unit, 4);
    };
    QCOMPARE(column(0, 1), 1);
    QCOMPARE(column(0, 2), 4);
    QCOMPARE(column(0, 3), 5);
    QCOMPARE(column(1, 2), 4);
    QCOMPARE(column(2, 2), 1);
    QCOMPARE(column(3, 2), 2);
    const auto unit = [&buffer](qsizetype line, qsizetype column) {
        return ui::indexAtColumn(buffer, line, column, 4) - buffer.lineStart(line);
    };
    QCOMPARE(unit(0, 0), 0);
    QCOMPARE(unit(0, 2), 1);
    QCOMPARE(unit(0, 3), 2);
    QCOMPARE(unit(0, 4), 2);
    QCOMPARE(unit(0, 5), 3);
    QCOMPARE(unit(0, 50), 3);
    QCOMPARE(unit(1, 4), 2);
    QCOMPARE(unit(2, 1), 2);
    QCOMPARE(unit(3, 2), 2);
    QCOMPARE(unit(4, 4), 1);
    // A place that a control character's picture takes several cells for.
    buffer.setText(QString(QStringLiteral("a") + QChar(0x202E) + QStringLiteral("b")));
    QVERIFY(column(0, 2) > 3);
    QCOMPARE(unit(0, column(0, 2)), 2);
}

void TestCarets::keysSelectABox()
{
    EditorFixture f;
    f.restore(QStringLiteral("ab|cdef\n\tx\nab\n\nabcdef"));
    f.editor.setIndentStyle({true, 4});
    f.key(Qt::Key_Right, kAlt | kShift);
    f.key(Qt::Key_Right, kAlt | kShift);
    f.key(Qt::Key_Right, kAlt | kShift);
    QCOMPARE(f.marked(), QStringLiteral("ab^cde|f\n\tx\nab\n\nabcdef"));
    // Columns 2 to 5: the middle of the tab counts as its end, the short line reaches to the box, the empty one does not.
    for (int i = 0; i < 4; ++i)
        f.key(Qt::Key_Down, kAlt | kShift);
    QCOMPARE(f.marked(), QStringLiteral("ab^cde|f\n\t^x|\nab|\n\nab^cde|f"));
    QCOMPARE(f.editor.caret(), (ui::Caret{2, 5}));
    f.key(Qt::Key_Up, kAlt | kShift);
    QCOMPARE(f.marked(), QStringLiteral("ab^cde|f\n\t^x|\nab|\n\nabcdef"));
    f.key(Qt::Key_Left, kAlt | kShift);
    f.key(Qt::Key_Left, kAlt | kShift);
    f.key(Qt::Key_Left, kAlt | kShift);
    QCOMPARE(f.editor.carets().hasSelection(), false);
    // Right of all lines there is nothing: a step back shows at once.
    f.restore(QStringLiteral("a|b\nab"));
    for (int i = 0; i < 30; ++i)
        f.key(Qt::Key_Right, kAlt | kShift);
    f.key(Qt::Key_Left, kAlt | kShift);
    QCOMPARE(f.marked(), QStringLiteral("a|b\nab"));
}

void TestCarets::theMouseSelectsABox()
{
    EditorFixture f(QStringLiteral("abcdef\nabc\nabcdef\n"));
    QWidget *const viewport = f.editor.viewport();
    QTest::mousePress(viewport, Qt::LeftButton, kAlt | kShift, f.pointAt(2));
    QTest::mouseMove(viewport, f.pointAt(16));
    QCOMPARE(f.marked(), QStringLiteral("ab^cde|f\nab^c|\nab^cde|f\n"));
    QTest::mouseRelease(viewport, Qt::LeftButton, kAlt | kShift, f.pointAt(16));
    f.type(QStringLiteral("-"));
    QCOMPARE(f.marked(), QStringLiteral("ab-|f\nab-|\nab-|f\n"));
    QCOMPARE(f.announcements, 1);
    QCOMPARE(f.mirror, f.editor.text());
}

void TestCarets::aBoxInWrappedLinesGoesByRows()
{
    const QString line = QStringLiteral("  ") + QStringLiteral("word ").repeated(60);
    EditorFixture f(QString(line + u'\n' + line + u'\n'));
    f.editor.setWraps(true);
    const ui::TextView &view = f.editor.view();
    const int beside = f.pane.width() - f.editor.viewport()->width() + view.gutterWidth();
    f.pane.resize(beside + qRound(83.5 * view.cellWidth()), 480);
    QCoreApplication::processEvents();
    // Sixteen words in a row, and twelve in the last one.
    const qsizetype second = view.rowStart({0, 1});
    QCOMPARE(second, 82);
    QCOMPARE(view.layout(0).rows(), 4);
    // Rows after the first stand under the line's first letter, two cells further in.
    const auto rows = [second](qsizetype from, qsizetype to) {
        return QList<ui::Caret>{{from, to}, {second + from - 2, second + to - 2}};
    };
    QWidget *const viewport = f.editor.viewport();
    QTest::mousePress(viewport, Qt::LeftButton, kAlt | kShift, f.pointAt(5));
    QTest::mouseMove(viewport, f.pointAt(second + 6));
    QTest::mouseRelease(viewport, Qt::LeftButton, kAlt | kShift, f.pointAt(second + 6));
    QCOMPARE(f.editor.carets(), ui::CaretSet(rows(5, 8), 0));
    f.key(Qt::Key_Right, kAlt | kShift);
    QCOMPARE(f.editor.carets(), ui::CaretSet(rows(5, 9), 0));
    // Somebody types further up in the line: the box stays under its letters.
    const ui::TextEdit remote{0, 0, QStringLiteral("X\n")};
    f.editor.applyRemote({&remote, 1});
    f.key(Qt::Key_Up, kAlt | kShift);
    QCOMPARE(f.editor.carets(), ui::CaretSet(ui::Caret{7, 11}));
    for (int i = 0; i < 4; ++i)
        f.key(Qt::Key_Down, kAlt | kShift);
    QCOMPARE(f.editor.carets().count(), 5);
    QCOMPARE(f.editor.carets().all().constLast(), (ui::Caret{2 + line.size() + 1 + 5, 2 + line.size() + 1 + 9}));
    f.key(Qt::Key_Up, kAlt | kShift);
    QCOMPARE(f.editor.carets().count(), 4);
    // A row too short to reach into the box has no caret; without wrapping the lines count again.
    f.editor.setCaret(2 + second - 10, 2 + second - 10);
    for (int i = 0; i < 3; ++i)
        f.key(Qt::Key_Down, kAlt | kShift);
    QCOMPARE(f.editor.carets().count(), 3);
    f.editor.setWraps(false);
    f.editor.setCaret(7, 7);
    f.key(Qt::Key_Down, kAlt | kShift);
    QCOMPARE(f.editor.carets(), ui::CaretSet({{7, 7}, {2 + line.size() + 1 + 5, 2 + line.size() + 1 + 5}}, 0));
}

void TestCarets::aBoxStaysOnItsLines()
{
    EditorFixture f(QStringLiteral("abcdef\nabc\nabcdef\n"));
    QWidget *const viewport = f.editor.viewport();
    QTest::mousePress(viewport, Qt::LeftButton, kAlt | kShift, f.pointAt(8));
    QTest::mouseMove(viewport, f.pointAt(13));
    const ui::TextEdit remote{0, 0, QStringLiteral("new\n")};
    f.editor.applyRemote({&remote, 1});
    QTest::mouseMove(viewport, f.pointAt(18));
    QTest::mouseRelease(viewport, Qt::LeftButton, kAlt | kShift, f.pointAt(18));
    QCOMPARE(f.marked(), QStringLiteral("new\nabcdef\na^bc|\na^bc|def\n"));
    const ui::TextEdit again{0, 4, {}};
    f.editor.applyRemote({&again, 1});
    f.key(Qt::Key_Right, kAlt | kShift);
    QCOMPARE(f.marked(), QStringLiteral("abcdef\na^bc|\na^bcd|ef\n"));
}

void TestCarets::screenReadersHearOfSelections()
{
    EditorFixture f;
    f.restore(QStringLiteral("one^ two| one^ two|"));
    QAccessibleTextInterface *const text = QAccessible::queryAccessibleInterface(&f.editor)->textInterface();
    QCOMPARE(text->selectionCount(), 2);
    int start = 0;
    int end = 0;
    text->selection(1, &start, &end);
    QCOMPARE(start, 11);
    QCOMPARE(end, 15);
    QCOMPARE(text->cursorPosition(), 7);
    text->setSelection(1, 8, 11);
    QCOMPARE(f.marked(), QStringLiteral("one^ two| ^one| two"));
    text->addSelection(11, 15);
    QCOMPARE(text->selectionCount(), 3);
    text->removeSelection(2);
    text->removeSelection(0);
    QCOMPARE(f.marked(), QStringLiteral("one two| ^one| two|"));
    text->selection(7, &start, &end);
    QCOMPARE(start, 0);
    QCOMPARE(end, 0);
    text->removeSelection(7);
    QCOMPARE(text->selectionCount(), 1);
}

void TestCarets::everyCaretIsPainted()
{
    EditorFixture f(QStringLiteral("one\ntwo\nthree\n"));
    f.editor.setCarets(ui::CaretSet({{1, 1}, {5, 5}, {9, 12}}));
    const QImage picture = f.editor.viewport()->grab().toImage();
    const auto colorAt = [&](qsizetype index) {
        const QRectF place = f.editor.view().caretRect(index);
        return picture.pixelColor(qRound(place.left()), qRound(place.center().y()));
    };
    QCOMPARE(colorAt(1), f.editor.colors().caret);
    QCOMPARE(colorAt(5), f.editor.colors().caret);
    QCOMPARE(colorAt(12), f.editor.colors().caret);
    const QRectF selected = f.editor.view().caretRect(10);
    QCOMPARE(picture.pixelColor(qRound(selected.left()), qRound(selected.top()) + 1).rgb(), f.editor.colors().selection.rgb());
}

void TestCarets::typingScrollsOnlyWhenNoCaretIsInSight()
{
    EditorFixture f(QStringLiteral("line\n").repeated(300));
    f.editor.setCaret(0, 0);
    f.editor.verticalScrollBar()->setValue(f.editor.view().lineHeight() * 100);
    f.click(5 * 105, kAlt);
    QCOMPARE(f.editor.carets().count(), 2);
    f.type(QStringLiteral("x"));
    f.key(Qt::Key_Down);
    QCOMPARE(f.editor.view().firstVisibleLine(), 100);
    f.editor.verticalScrollBar()->setValue(f.editor.view().lineHeight() * 200);
    f.type(QStringLiteral("x"));
    QCOMPARE(f.editor.view().firstVisibleLine(), 0);
}

void TestCarets::randomKeysKeepTheMirrorEqual()
{
    std::mt19937 random(unsigned(support::seed()));
    EditorFixture f(QString::fromUtf8("int main()\n{\n\treturn 0; // 🙂 e\xCC\x81\n}\n").repeated(5), QStringLiteral("a.cpp"));
    const QList<Qt::Key> keys = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End,
                                 Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Return, Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_A,
                                 Qt::Key_X, Qt::Key_C, Qt::Key_V, Qt::Key_K, Qt::Key_D, Qt::Key_L, Qt::Key_Slash, Qt::Key_Bar,
                                 Qt::Key_BracketLeft, Qt::Key_BracketRight};
    const QList<Qt::KeyboardModifiers> modifiers = {kNone, kNone, kNone, kShift, kCtrl, kAlt, kCtrl | kShift, kAlt | kShift,
                                                    kCtrl | kAlt, kCtrl | kShift | kAlt};
    for (int step = 0; step < 2500; ++step) {
        // Left to itself the text grows without end: everything is duplicated and pasted at every caret.
        if (f.editor.buffer().length() > 5000) {
            f.editor.setCarets(ui::Caret{2000, f.editor.buffer().length()});
            f.key(Qt::Key_Delete);
        }
        if (random() % 10 == 0) {
            const auto length = f.editor.buffer().length();
            const auto index = static_cast<qsizetype>(random() % static_cast<unsigned>(length + 1));
            const ui::TextEdit edit{index, std::min<qsizetype>(random() % 4, length - index),
                                    random() % 2 ? QStringLiteral("r\n") : QStringLiteral("q")};
            f.mirror.replace(edit.index, edit.removed, edit.inserted);
            f.editor.applyRemote({&edit, 1});
        } else if (random() % 10 == 0) {
            f.click(static_cast<qsizetype>(random() % 60) % (f.editor.buffer().length() + 1), kAlt);
        } else {
            f.key(keys[static_cast<qsizetype>(random()) % keys.size()], modifiers[static_cast<qsizetype>(random()) % modifiers.size()]);
        }
        QCOMPARE(f.editor.text(), f.mirror);
        qsizetype last = -1;
        for (const ui::Caret &caret : f.editor.carets().all()) {
            QVERIFY(caret.begin() >= last && caret.end() <= f.mirror.size());
            QVERIFY(caret.begin() > last || caret.hasSelection());
            last = caret.end();
        }
    }
}

void TestCarets::thousandsOfCaretsTypeQuickly()
{
    EditorFixture f(QStringLiteral("value = value;\n").repeated(5000), QStringLiteral("a.cpp"));
    support::ProcessorTimer timer;
    f.key(Qt::Key_L, kCtrl | kShift);
    QCOMPARE(f.editor.carets().count(), 10'000);
    const auto selecting = timer.restart();
    f.type(QStringLiteral("x"));
    const auto typing = timer.restart();
    QCOMPARE(f.editor.text(), QStringLiteral("x = x;\n").repeated(5000));
    f.key(Qt::Key_Left, kShift);
    const auto moving = timer.elapsed();
    qInfo("10,000 carets: selected in %lld ms, a letter in %lld ms, a move in %lld ms", selecting, typing, moving);
    QVERIFY(f.announcements == 1 && f.mirror == f.editor.text());
    QVERIFY2(typing < 5000, "seconds for a letter");
}

QTEST_MAIN(TestCarets)

#include "tst_carets.moc"
