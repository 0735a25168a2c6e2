// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/seed.h"
#include "tests/unit/ui/markedtext.h"
#include "ui/editor/linecommands.h"
#include "ui/editor/replacements.h"

#include <QHash>
#include <QTest>

#include <functional>
#include <random>

using namespace ui;
using commands::Direction;

namespace {

const IndentStyle kFour{false, 4};
const CommentMarks kSlashes{.line = QStringLiteral("//"), .open = QStringLiteral("/*"), .close = QStringLiteral("*/")};
const CommentMarks kHtml{.open = QStringLiteral("<!--"), .close = QStringLiteral("-->")};

} // namespace

class TestCarets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overlappingCaretsBecomeOne_data();
    void overlappingCaretsBecomeOne();
    void thePrimaryOneIsKept();
    void thereIsALimit();
    void othersEditsMoveAllOfThem();
    void replacementsMovePlacesAsSingleEditsDo();
    void commandsWorkAtEveryCaret_data();
    void commandsWorkAtEveryCaret();
    void copyJoinsAndPasteDistributes();
};

void TestCarets::overlappingCaretsBecomeOne_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QList<int>>("ends");     // anchor, head, anchor, head, …
    QTest::addColumn<QString>("expected");
    QTest::newRow("apart") << "abcdef" << QList<int>{4, 5, 1, 2} << "a^b|cd^e|f";
    QTest::newRow("equal") << "abcdef" << QList<int>{2, 2, 2, 2} << "ab|cdef";
    QTest::newRow("overlapping") << "abcdef" << QList<int>{1, 3, 2, 5} << "a^bcde|f";
    QTest::newRow("touching selections stay two") << "abcdef" << QList<int>{1, 3, 3, 5} << "a^bc|^de|f";
    QTest::newRow("a bare one at an edge") << "abcdef" << QList<int>{3, 1, 3, 3} << "a|bc^def";
    QTest::newRow("a bare one inside") << "abcdef" << QList<int>{2, 2, 4, 1} << "a|bcd^ef";
    QTest::newRow("one around two") << "abcdef" << QList<int>{0, 6, 1, 2, 4, 3} << "^abcdef|";
    QTest::newRow("as the primary one grows") << "abcdef" << QList<int>{5, 2, 1, 3} << "a|bcde^f";
}

void TestCarets::overlappingCaretsBecomeOne()
{
    QFETCH(QString, given);
    QFETCH(QList<int>, ends);
    QFETCH(QString, expected);
    QList<Caret> carets;
    for (qsizetype i = 0; i < ends.size(); i += 2)
        carets.append({ends[i], ends[i + 1]});
    QCOMPARE(markedText(given, CaretSet(carets)), expected);
}

void TestCarets::thePrimaryOneIsKept()
{
    const CaretSet set({{7, 9}, {1, 1}, {4, 4}}, 0);
    QCOMPARE(set.primary(), (Caret{7, 9}));
    QCOMPARE(set.primaryIndex(), 2);
    QCOMPARE(set.with({2, 2}, false).primary(), (Caret{7, 9}));
    QCOMPARE(set.with({2, 2}, true).primary(), (Caret{2, 2}));
    QCOMPARE(set.with({8, 12}, false).primary(), (Caret{7, 12}));
    QCOMPARE(set.without(0).primary(), (Caret{7, 9}));
    QCOMPARE(set.without(2).count(), 2);
    QCOMPARE(set.without(2).primary(), (Caret{1, 1}));
    QCOMPARE(CaretSet(Caret{3, 3}).without(0).count(), 1);
    QCOMPARE(set.indexAt(8), 2);
    QCOMPARE(set.indexAt(5), -1);
    QCOMPARE(set.touching(2, 7).size(), std::size_t(2));
    QCOMPARE(set.clipped(5), CaretSet({{1, 1}, {4, 4}, {5, 5}}, 2));
}

void TestCarets::thereIsALimit()
{
    QList<Caret> carets;
    for (qsizetype i = 0; i < CaretSet::kMaxCarets + 50; ++i)
        carets.append({2 * i, 2 * i});
    const CaretSet set(carets, carets.size() - 1);
    QCOMPARE(set.count(), CaretSet::kMaxCarets);
    QCOMPARE(set.primary(), carets.last());
    QCOMPARE(set.with({1, 1}, false), set);
}

void TestCarets::othersEditsMoveAllOfThem()
{
    const CaretSet set({{2, 2}, {4, 6}, {8, 8}}, 2);
    const QList<TextEdit> edits = {{0, 0, QStringLiteral("xy")}, {5, 6, {}}};
    QCOMPARE(set.movedBy(edits), CaretSet({{4, 4}, {5, 5}}, 1));
    QCOMPARE(set.movedBy(edits).primary(), (Caret{5, 5}));
}

void TestCarets::replacementsMovePlacesAsSingleEditsDo()
{
    std::mt19937 random(unsigned(support::seed()));
    for (int round = 0; round < 3000; ++round) {
        Replacements replacements;
        QList<TextEdit> backwards;
        for (qsizetype at = random() % 4; at < 30; at += 1 + random() % 5) {
            const auto removed = static_cast<qsizetype>(random() % 4);
            const QString inserted(static_cast<qsizetype>(random() % 4), u'x');
            replacements.add(at, removed, inserted);
            if (removed > 0 || !inserted.isEmpty())
                backwards.prepend({at, removed, inserted});
            at += removed;
        }
        QString forwardText(40, u'-');
        QString backwardText = forwardText;
        for (const TextEdit &edit : replacements.edits())
            forwardText.replace(edit.index, edit.removed, edit.inserted);
        for (const TextEdit &edit : std::as_const(backwards))
            backwardText.replace(edit.index, edit.removed, edit.inserted);
        QCOMPARE(forwardText, backwardText);
        QCOMPARE(forwardText.size(), 40 + replacements.growth());
        for (const Stick stick : {Stick::Before, Stick::After}) {
            for (qsizetype place = 0; place <= 40; ++place) {
                qsizetype expected = place;
                for (const TextEdit &edit : std::as_const(backwards))
                    expected = movedBy(edit, expected, stick);
                QCOMPARE(replacements.moved(place, stick), expected);
            }
        }
    }
}

void TestCarets::commandsWorkAtEveryCaret_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *before, const char *command, const char *after) {
        QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(command) << QString::fromUtf8(after);
    };
    row("typing", "a|b\n^cd|e", "type", "aX|b\nX|e");
    row("typing over neighbours", "a^bc|^de|f", "type", "aX|X|f");
    row("backspace", "ab|cd|e", "backspace", "a|c|e");
    row("backspace at the start", "|ab|c", "backspace", "|a|c");
    row("delete takes selections and characters", "a^bc|de|f", "delete", "a|de|");
    row("two carets in one word", "f|o|o bar", "deleteWord", "f| bar");
    row("word backwards", "foo| ba|r", "backspaceWord", "| |r");
    row("enter keeps each indentation", "  a|\n    b{|}", "enter", "  a\n  |\n    b{\n        |\n    }");
    row("tab fills up to each stop", "a|\nbb|", "tab", "a   |\nbb  |");
    row("tab indents lines where some are selected", "^a\nb|\n\nc|", "tab", "^    a\n    b|\n\n    c|");
    row("outdent", "    a|\n  b\n      ^c|", "untab", "a|\n  b\n  ^c|");
    row("two carets in a line outdent once", "        a|b|", "untab", "    a|b|");
    row("remove lines", "a|\nb\nc|\n|d\ne", "removeLines", "|b\n|e");
    row("remove the last line too", "a|\nb\nc|", "removeLines", "|b");
    row("remove everything", "a|\nb|", "removeLines", "|");
    row("move up", "a\nb|\nc\nd|\ne", "moveUp", "b|\na\nd|\nc\ne");
    row("neighbours move together", "a\n^b|\nc|\nd", "moveUp", "^b|\nc|\na\nd");
    row("the top one stays", "a|\nb\nc|", "moveUp", "a|\nc|\nb");
    row("move down", "a|\nb\nc|\nd", "moveDown", "b\na|\nd\nc|");
    row("move past an empty line", "a|\n\nb", "moveDown", "\na|\nb");
    row("duplicate below", "a|b\nc", "duplicate", "ab\na|b\nc");
    row("duplicate the last line", "a\n^b|", "duplicate", "a\nb\n^b|");
    row("duplicate several", "^a\nb|\nc\nd|", "duplicate", "a\nb\n^a\nb|\nc\nd\nd|");
    row("duplicate above", "a|b\nc\nd|", "duplicateUp", "a|b\nab\nc\nd|\nd");
    row("comment", "  a|\n", "comment", "  // a|\n");
    row("comment lines at one column", "^    if\n\n      x|\n", "comment", "^    // if\n\n    //   x|\n");
    row("uncomment", "  // a|\n  //b", "comment", "  a|\n  //b");
    row("some are comments already", "^//a\nb|", "comment", "^// //a\n// b|");
    row("uncomment all", "^//a\n\n  // b|", "comment", "^a\n\n  b|");
    row("comment an empty line", "  |", "comment", "  // |");
    row("comment lines of several carets", "a|\nb\nc|", "comment", "// a|\nb\n// c|");
    row("tabs count as columns", "^\ta\n        b|", "comment", "^\t// a\n    //     b|");
    row("block comment", "  <p>|\n", "commentHtml", "  <!-- <p>| -->\n");
    row("block around lines", "^<a>\n\n<b>|\n", "commentHtml", "^<!-- <a>\n\n<b> -->|\n");
    row("block taken away", "|<!-- <a>\n<b> -->\n^", "commentHtml", "|<a>\n<b>\n^");
    row("block in an empty line", "  |", "commentHtml", "  <!-- | -->");
    row("block marks without blanks", "<!--a|-->", "commentHtml", "a|");
    row("too short to be a comment", "<!-|->", "commentHtml", "<!-- <!-|-> -->");
    row("a block inside", "^a <!-- b -->\nc|", "commentHtml", "^<!-- a --> <!-- b -->\n<!-- c -->|");
    row("two blocks are not one", "^<!-- a --> b <!-- c -->|", "commentHtml", "^<!-- a --> <!-- b --> <!-- c -->|");
    row("several blocks are taken away", "^<!-- a --> <!--b-->|", "commentHtml", "^a b|");
    row("behind the end of a block", "^a --> b|", "commentHtml", "^a --> <!-- b -->|");
    row("inside of a block", "^a -->|", "commentHtml", "^a -->|");
}

void TestCarets::commandsWorkAtEveryCaret()
{
    QFETCH(QString, before);
    QFETCH(QString, command);
    QFETCH(QString, after);
    const auto [text, carets] = parsedText(before);
    TextBuffer buffer;
    buffer.setText(text);
    const QHash<QString, std::function<EditPlan()>> all = {
        {QStringLiteral("type"), [&] { return commands::insertText(carets, QStringLiteral("X")); }},
        {QStringLiteral("backspace"), [&] { return commands::removeGrapheme(buffer, carets, Direction::Backward, kFour); }},
        {QStringLiteral("delete"), [&] { return commands::removeGrapheme(buffer, carets, Direction::Forward, kFour); }},
        {QStringLiteral("deleteWord"), [&] { return commands::removeWord(buffer, carets, Direction::Forward); }},
        {QStringLiteral("backspaceWord"), [&] { return commands::removeWord(buffer, carets, Direction::Backward); }},
        {QStringLiteral("enter"), [&] { return commands::breakLine(buffer, carets, kFour); }},
        {QStringLiteral("tab"), [&] { return commands::indent(buffer, carets, kFour); }},
        {QStringLiteral("untab"), [&] { return commands::unindentLines(buffer, carets, kFour); }},
        {QStringLiteral("removeLines"), [&] { return commands::removeLines(buffer, carets); }},
        {QStringLiteral("moveUp"), [&] { return commands::moveLines(buffer, carets, Direction::Backward); }},
        {QStringLiteral("moveDown"), [&] { return commands::moveLines(buffer, carets, Direction::Forward); }},
        {QStringLiteral("duplicate"), [&] { return commands::duplicateLines(buffer, carets, Direction::Forward); }},
        {QStringLiteral("duplicateUp"), [&] { return commands::duplicateLines(buffer, carets, Direction::Backward); }},
        {QStringLiteral("comment"), [&] { return commands::toggleComment(buffer, carets, kSlashes, kFour); }},
        {QStringLiteral("commentHtml"), [&] { return commands::toggleComment(buffer, carets, kHtml, kFour); }},
    };
    QVERIFY(all.contains(command));
    const EditPlan plan = all[command]();
    QString result = text;
    for (const TextEdit &edit : plan.edits)
        result.replace(edit.index, edit.removed, edit.inserted);
    QCOMPARE(markedText(result, plan.carets), after);
}

void TestCarets::copyJoinsAndPasteDistributes()
{
    TextBuffer buffer;
    buffer.setText(u"one two\nthree\nfour");
    QCOMPARE(commands::clipboardText(buffer, CaretSet({{0, 3}, {4, 7}, {9, 9}})), QStringLiteral("one\ntwo"));
    // Without a selection whole lines are taken, each once.
    QCOMPARE(commands::clipboardText(buffer, CaretSet({{1, 1}, {5, 5}, {15, 15}})), QStringLiteral("one two\nfour\n"));
    QCOMPARE(commands::pastedTexts(QStringLiteral("a\nb"), 2), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(commands::pastedTexts(QStringLiteral("a\nb\n"), 2), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(commands::pastedTexts(QStringLiteral("a\nb"), 3), QStringList(3, QStringLiteral("a\nb")));
    QCOMPARE(commands::pastedTexts(QStringLiteral("a\n"), 1), QStringList(QStringLiteral("a\n")));
}

QTEST_APPLESS_MAIN(TestCarets)

#include "tst_carets.moc"
