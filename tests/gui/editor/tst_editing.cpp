// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/keyrows.h"
#include "tests/support/seed.h"

#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QScrollBar>

#include <random>

class TestEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingIsAnnouncedOncePerKey();
    void keysMoveTheCaret_data();
    void keysMoveTheCaret();
    void keysEdit_data();
    void keysEdit();
    void upAndDownAimAtTheSameColumn();
    void pageKeysScrollAPage();
    void cutCopyAndPasteWork();
    void pastedTextHasUnixLineEnds();
    void readOnlyRefusesAndKeepsTheText();
    void undoAndRedoAreAskedFor();
    void menusDoNotTakeTheEditorsKeys();
    void inputMethodsCommitOnce();
    void compositionsReplaceWhatTheMethodSays();
    void indentationIsDetected_data();
    void indentationIsDetected();
    void zoomKeysChangeTheFont();
    void positionAndLanguageAreReported();
    void hiddenCharactersAreOneStep();
    void randomKeysKeepTheMirrorEqual();
};

void TestEditing::typingIsAnnouncedOncePerKey()
{
    EditorFixture f(QStringLiteral("hello\n"));
    QSignalSpy spy(&f.editor, &ui::CodeEditor::edited);
    f.type(QStringLiteral("ab"));
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy[0][0].value<QList<ui::TextEdit>>(), (QList<ui::TextEdit>{{0, 0, QStringLiteral("a")}}));
    QCOMPARE(spy[1][0].value<QList<ui::TextEdit>>(), (QList<ui::TextEdit>{{1, 0, QStringLiteral("b")}}));
    QCOMPARE(f.marked(), QStringLiteral("ab|hello\n"));
    QCOMPARE(f.mirror, f.editor.text());
}

void TestEditing::keysMoveTheCaret_data()
{
    addKeyColumns();
    row("right over a line end", "a|\nb", Qt::Key_Right, kNone, "a\n|b");
    row("left over a pair", "a🙂|b", Qt::Key_Left, kNone, "a|🙂b");
    row("right over a combining mark", "|e\xCC\x81x", Qt::Key_Right, kNone, "e\xCC\x81|x");
    row("left collapses", "a^bc|d", Qt::Key_Left, kNone, "a|bcd");
    row("right collapses", "a|bc^d", Qt::Key_Right, kNone, "abc|d");
    row("shift selects", "a|bc", Qt::Key_Right, kShift, "a^b|c");
    row("word right", "|foo bar", Qt::Key_Right, kCtrl, "foo| bar");
    row("word left", "foo bar|", Qt::Key_Left, kCtrl, "foo |bar");
    row("select word", "|foo bar", Qt::Key_Right, kCtrl | kShift, "^foo| bar");
    row("home to text", "  foo|", Qt::Key_Home, kNone, "  |foo");
    row("home to column 1", "  |foo", Qt::Key_Home, kNone, "|  foo");
    row("home back to text", "|  foo", Qt::Key_Home, kNone, "  |foo");
    row("end", "f|oo\nbar", Qt::Key_End, kNone, "foo|\nbar");
    row("select to end", "f|oo\nbar", Qt::Key_End, kShift, "f^oo|\nbar");
    row("text start", "foo\nb|ar", Qt::Key_Home, kCtrl, "|foo\nbar");
    row("text end", "f|oo\nbar", Qt::Key_End, kCtrl, "foo\nbar|");
    row("down", "fo|o\nbar", Qt::Key_Down, kNone, "foo\nba|r");
    row("down at the end", "foo\nb|ar", Qt::Key_Down, kNone, "foo\nbar|");
    row("up at the start", "fo|o", Qt::Key_Up, kNone, "|foo");
    row("select up", "foo\nba|r", Qt::Key_Up, kShift, "fo|o\nba^r");
    row("all", "fo|o\nbar", Qt::Key_A, kCtrl, "^foo\nbar|");
}

void TestEditing::keysMoveTheCaret()
{
    checkKeyRow(KeyDoes::Moves);
}

void TestEditing::keysEdit_data()
{
    addKeyColumns();
    row("backspace", "ab|c", Qt::Key_Backspace, kNone, "a|c");
    row("backspace over a pair", "a🙂|c", Qt::Key_Backspace, kNone, "a|c");
    row("backspace joins lines", "a\n|b", Qt::Key_Backspace, kNone, "a|b");
    row("backspace takes a level", "x\n        |b", Qt::Key_Backspace, kNone, "x\n    |b");
    row("backspace takes the odd blanks", "x\n     |b", Qt::Key_Backspace, kNone, "x\n    |b");
    row("backspace takes the selection", "a^bc|d", Qt::Key_Backspace, kNone, "a|d");
    row("delete", "a|bc", Qt::Key_Delete, kNone, "a|c");
    row("delete joins lines", "a|\nb", Qt::Key_Delete, kNone, "a|b");
    row("delete word left", "foo bar|!", Qt::Key_Backspace, kCtrl, "foo |!");
    row("delete word right", "|foo bar", Qt::Key_Delete, kCtrl, "| bar");
    row("delete line", "a\nb|b\nc", Qt::Key_K, kCtrl | kShift, "a\n|c");
    row("delete the last line", "a\nb|b", Qt::Key_K, kCtrl | kShift, "|a");
    row("enter keeps the indentation", "    foo|", Qt::Key_Return, kNone, "    foo\n    |");
    row("enter inside the indentation", "  |  foo", Qt::Key_Return, kNone, "  \n  |  foo");
    row("enter behind a brace", "  if {|", Qt::Key_Return, kNone, "  if {\n      |");
    row("enter between braces", "{|}", Qt::Key_Return, kNone, "{\n    |\n}");
    row("tab fills up to a stop", "ab|c", Qt::Key_Tab, kNone, "ab  |c");
    row("tab indents lines", "^a\n\nb|\nc", Qt::Key_Tab, kNone, "^    a\n\n    b|\nc");
    row("tab leaves the next line", "^a\n|b", Qt::Key_Tab, kNone, "^    a\n|b");
    row("shift tab", "    ^a\n  b|\nc", Qt::Key_Backtab, kShift, "^a\nb|\nc");
    row("shift tab without selection", "      a|", Qt::Key_Backtab, kShift, "  a|");
    row("move line up", "a\nb|\nc", Qt::Key_Up, kAlt, "b|\na\nc");
    row("move the last line up", "a\nb|", Qt::Key_Up, kAlt, "b|\na");
    row("move line down", "a|a\nb\nc", Qt::Key_Down, kAlt, "b\na|a\nc");
    row("move lines down to the end", "^a\nb|\nc", Qt::Key_Down, kAlt, "c\n^a\nb|");
    row("typing replaces", "a^bc|d", Qt::Key_X, kNone, "ax|d");
}

void TestEditing::keysEdit()
{
    checkKeyRow(KeyDoes::Edits);
}

void TestEditing::upAndDownAimAtTheSameColumn()
{
    EditorFixture f;
    f.restore(QStringLiteral("long lin|e\nx\n\nlong line"));
    f.key(Qt::Key_Down);
    QCOMPARE(f.marked(), QStringLiteral("long line\nx|\n\nlong line"));
    f.key(Qt::Key_Down);
    f.key(Qt::Key_Down);
    QCOMPARE(f.marked(), QStringLiteral("long line\nx\n\nlong lin|e"));
    // Typing sets a new aim.
    f.key(Qt::Key_Home);
    f.key(Qt::Key_Up);
    f.key(Qt::Key_Up);
    f.key(Qt::Key_Up);
    QCOMPARE(f.marked(), QStringLiteral("|long line\nx\n\nlong line"));
}

void TestEditing::pageKeysScrollAPage()
{
    EditorFixture f(QStringLiteral("line\n").repeated(500));
    const qsizetype page = f.editor.view().rowsPerPage() - 1;
    f.key(Qt::Key_PageDown);
    f.key(Qt::Key_PageDown);
    QCOMPARE(f.editor.buffer().lineOf(f.editor.caret().head), 2 * page);
    QCOMPARE(f.editor.view().firstVisibleLine(), 2 * page);
    f.key(Qt::Key_PageUp, kShift);
    QCOMPARE(f.editor.buffer().lineOf(f.editor.caret().head), page);
    QVERIFY(f.editor.caret().hasSelection());
}

void TestEditing::cutCopyAndPasteWork()
{
    EditorFixture f;
    f.restore(QStringLiteral("one ^two| three\nfour"));
    f.key(Qt::Key_X, kCtrl);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("two"));
    QCOMPARE(f.marked(), QStringLiteral("one | three\nfour"));
    f.key(Qt::Key_End, kCtrl);
    f.key(Qt::Key_V, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("one  three\nfourtwo|"));
    f.restore(QStringLiteral("a\nb|b\nc"));
    f.key(Qt::Key_C, kCtrl);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("bb\n"));
    f.announcements = 0;
    f.key(Qt::Key_X, kCtrl);
    QCOMPARE(f.marked(), QStringLiteral("a\n|c"));
    QCOMPARE(f.announcements, 1);
    QCOMPARE(f.mirror, f.editor.text());
}

void TestEditing::pastedTextHasUnixLineEnds()
{
    EditorFixture f;
    QApplication::clipboard()->setText(QString(QStringLiteral("a\r\nb\rc") + QChar(QChar::ParagraphSeparator) + QStringLiteral("d")));
    f.key(Qt::Key_V, kCtrl);
    QCOMPARE(f.editor.text(), QStringLiteral("a\nb\nc\nd"));
}

void TestEditing::readOnlyRefusesAndKeepsTheText()
{
    EditorFixture f;
    f.restore(QStringLiteral("a^bc|d"));
    f.editor.setReadOnly(true);
    QSignalSpy refused(&f.editor, &ui::CodeEditor::editRefused);
    const QList<QPair<Qt::Key, Qt::KeyboardModifiers>> keys = {
        {Qt::Key_X, kNone}, {Qt::Key_Backspace, kNone}, {Qt::Key_Return, kNone}, {Qt::Key_X, kCtrl},
        {Qt::Key_V, kCtrl}, {Qt::Key_Z, kCtrl}, {Qt::Key_Down, kAlt}};
    for (const auto &[key, modifiers] : keys)
        f.key(key, modifiers);
    QInputMethodEvent commit;
    commit.setCommitString(QStringLiteral("x"));
    QApplication::sendEvent(&f.editor, &commit);
    QCOMPARE(refused.count(), keys.size() + 1);
    QCOMPARE(f.announcements, 0);
    QCOMPARE(f.marked(), QStringLiteral("a^bc|d"));
    f.key(Qt::Key_C, kCtrl);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("bc"));
    f.key(Qt::Key_Right);
    QCOMPARE(f.marked(), QStringLiteral("abc|d"));
}

void TestEditing::undoAndRedoAreAskedFor()
{
    EditorFixture f(QStringLiteral("text"));
    QSignalSpy undo(&f.editor, &ui::CodeEditor::undoRequested);
    QSignalSpy redo(&f.editor, &ui::CodeEditor::redoRequested);
    f.key(Qt::Key_Z, kCtrl);
    f.key(Qt::Key_Z, kCtrl | kShift);
    f.key(Qt::Key_Y, kCtrl);
    QCOMPARE(undo.count(), 1);
    QCOMPARE(redo.count(), 2);
    QCOMPARE(f.announcements, 0);
}

void TestEditing::menusDoNotTakeTheEditorsKeys()
{
    EditorFixture f(QStringLiteral("text"));
    for (const Qt::Key key : {Qt::Key_Z, Qt::Key_C, Qt::Key_Left}) {
        QKeyEvent override(QEvent::ShortcutOverride, key, key == Qt::Key_Left ? kNone : kCtrl);
        override.ignore();
        QApplication::sendEvent(&f.editor, &override);
        QVERIFY(override.isAccepted());
    }
    QKeyEvent windows(QEvent::ShortcutOverride, Qt::Key_S, kCtrl);
    windows.ignore();
    QApplication::sendEvent(&f.editor, &windows);
    QVERIFY(!windows.isAccepted());
}

void TestEditing::inputMethodsCommitOnce()
{
    EditorFixture f;
    f.restore(QStringLiteral("ab|c"));
    QInputMethodEvent composing(QString::fromUtf8("にほ"), {{QInputMethodEvent::Cursor, 2, 1, {}}});
    QApplication::sendEvent(&f.editor, &composing);
    QVERIFY(f.editor.view().layout(0).displayed() == QString::fromUtf8("abにほc"));
    QCOMPARE(f.editor.text(), QStringLiteral("abc"));
    QCOMPARE(f.announcements, 0);

    // Somebody types in front of it: the composition stays at the caret.
    const ui::TextEdit remote{0, 0, QStringLiteral("XY")};
    f.editor.applyRemote({&remote, 1});
    f.mirror.insert(0, QStringLiteral("XY"));
    QCOMPARE(f.editor.view().layout(0).displayed(), QString::fromUtf8("XYabにほc"));

    QInputMethodEvent commit;
    commit.setCommitString(QString::fromUtf8("日本"));
    QApplication::sendEvent(&f.editor, &commit);
    QCOMPARE(f.marked(), QString::fromUtf8("XYab日本|c"));
    QCOMPARE(f.announcements, 1);
    QCOMPARE(f.mirror, f.editor.text());
    QCOMPARE(f.editor.inputMethodQuery(Qt::ImSurroundingText).toString(), QString::fromUtf8("XYab日本c"));
    QCOMPARE(f.editor.inputMethodQuery(Qt::ImCursorPosition).toInt(), 6);
}

void TestEditing::compositionsReplaceWhatTheMethodSays()
{
    EditorFixture f;
    f.restore(QStringLiteral("teh| end"));
    QInputMethodEvent correction;
    correction.setCommitString(QStringLiteral("the"), -3, 3);
    QApplication::sendEvent(&f.editor, &correction);
    QCOMPARE(f.marked(), QStringLiteral("the| end"));
    // A method that asks for more than there is must not reach outside the text.
    QInputMethodEvent greedy;
    greedy.setCommitString(QStringLiteral("x"), -100, 1000);
    QApplication::sendEvent(&f.editor, &greedy);
    QCOMPARE(f.marked(), QStringLiteral("x|"));
    QCOMPARE(f.mirror, f.editor.text());
}

void TestEditing::indentationIsDetected_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("tabs");
    QTest::addColumn<int>("width");
    QTest::newRow("two") << QStringLiteral("a\n  b\n    c\n  d\n") << false << 2;
    QTest::newRow("four") << QStringLiteral("a\n    b\n        c\n    d\n") << false << 4;
    QTest::newRow("tabs") << QStringLiteral("a\n\tb\n\t\tc\n") << true << 4;
    QTest::newRow("comment stars") << QStringLiteral("/*\n * x\n * y\n */\nf {\n   b\n}\n") << false << 3;
    QTest::newRow("none") << QStringLiteral("a\nb\n") << false << 4;
}

void TestEditing::indentationIsDetected()
{
    QFETCH(QString, text);
    QFETCH(bool, tabs);
    QFETCH(int, width);
    EditorFixture f(text);
    QCOMPARE(f.editor.indentStyle(), (ui::IndentStyle{tabs, width}));
    f.key(Qt::Key_Tab);
    QVERIFY(f.editor.text().startsWith(tabs ? QStringLiteral("\t") : QString(width, u' ')));
}

void TestEditing::zoomKeysChangeTheFont()
{
    EditorFixture f(QStringLiteral("text\n").repeated(400));
    f.editor.verticalScrollBar()->setValue(f.editor.view().lineHeight() * 100);
    const int height = f.editor.view().lineHeight();
    QSignalSpy spy(&f.editor, &ui::CodeEditor::zoomChanged);
    for (int i = 0; i < 5; ++i)
        f.key(Qt::Key_Equal, kCtrl);
    QCOMPARE(f.editor.zoomPercent(), 150);
    QVERIFY(f.editor.view().lineHeight() > height);
    QCOMPARE(f.editor.view().firstVisibleLine(), 100);
    f.key(Qt::Key_Minus, kCtrl);
    QCOMPARE(f.editor.zoomPercent(), 140);
    f.key(Qt::Key_0, kCtrl);
    QCOMPARE(f.editor.view().lineHeight(), height);
    f.editor.setZoomPercent(100'000);
    QCOMPARE(f.editor.zoomPercent(), ui::CodeEditor::kMaxZoom);
    QCOMPARE(spy.count(), 8);
}

void TestEditing::positionAndLanguageAreReported()
{
    EditorFixture f(QStringLiteral("one\ntwo\n"), QStringLiteral("a.py"));
    QCOMPARE(f.editor.languageName(), QStringLiteral("Python"));
    QSignalSpy moved(&f.editor, &ui::CodeEditor::caretMoved);
    f.key(Qt::Key_Down);
    f.key(Qt::Key_Right);
    QCOMPARE(moved.last(), (QVariantList{QVariant::fromValue<qsizetype>(2), QVariant::fromValue<qsizetype>(2)}));
    QSignalSpy language(&f.editor, &ui::CodeEditor::languageChanged);
    f.editor.setLanguage(QStringLiteral("C++"));
    f.editor.setFileName(QStringLiteral("b.py"));
    QCOMPARE(f.editor.languageName(), QStringLiteral("C++"));
    f.editor.setLanguage({});
    QCOMPARE(f.editor.languageName(), QStringLiteral("Python"));
    QCOMPARE(language.count(), 2);
    QVERIFY(f.languages.names().contains(QStringLiteral("Rust")));
}

void TestEditing::hiddenCharactersAreOneStep()
{
    EditorFixture f;
    f.restore(QString(QStringLiteral("a|") + QChar(0x202E) + QStringLiteral("b")));
    const qreal before = f.editor.view().caretX(f.editor.caret().head);
    f.key(Qt::Key_Right);
    QCOMPARE(f.editor.caret().head, 2);
    // The override is painted as six cells and does not turn the rest of the line around.
    QVERIFY(f.editor.view().caretX(2) > before + 5 * f.editor.view().cellWidth());
    QVERIFY(f.editor.view().caretX(3) > f.editor.view().caretX(2));
}

void TestEditing::randomKeysKeepTheMirrorEqual()
{
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    EditorFixture f(QString::fromUtf8("int main()\n{\n    return 0; // 🙂 e\xCC\x81\n}\n").repeated(5), QStringLiteral("a.cpp"));
    const QList<Qt::Key> keys = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End,
                                 Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Return, Qt::Key_Tab, Qt::Key_Backtab,
                                 Qt::Key_A, Qt::Key_X, Qt::Key_V, Qt::Key_K, Qt::Key_PageDown};
    const QList<Qt::KeyboardModifiers> modifiers = {kNone, kNone, kNone, kShift, kCtrl, kAlt, kCtrl | kShift};
    for (int step = 0; step < 1500; ++step) {
        if (random() % 10 == 0) {
            const auto length = f.editor.buffer().length();
            const auto index = static_cast<qsizetype>(random() % static_cast<unsigned>(length + 1));
            const ui::TextEdit edit{index, std::min<qsizetype>(random() % 4, length - index), random() % 2 ? QStringLiteral("r\n") : QStringLiteral("q")};
            f.mirror.replace(edit.index, edit.removed, edit.inserted);
            f.editor.applyRemote({&edit, 1});
        } else {
            f.key(keys[static_cast<qsizetype>(random()) % keys.size()], modifiers[static_cast<qsizetype>(random()) % modifiers.size()]);
        }
        QCOMPARE(f.editor.text(), f.mirror);
        QVERIFY(f.editor.caret().end() <= f.mirror.size());
    }
}

QTEST_MAIN(TestEditing)

#include "tst_editing.moc"
