// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"
#include "tests/support/processortime.h"
#include "tests/support/seed.h"
#include "ui/editor/findbar.h"
#include "ui/editor/gotoline.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <random>

namespace {

struct FindFixture : EditorFixture
{
    using EditorFixture::EditorFixture;

    QLineEdit *pattern() { return pane.findChild<QLineEdit *>(QStringLiteral("findPattern")); }
    QLineEdit *replacement() { return pane.findChild<QLineEdit *>(QStringLiteral("findReplacement")); }
    QString count() { return pane.findChild<QLabel *>(QStringLiteral("findCount"))->text(); }
    void press(const char *name)
    {
        QTest::mouseClick(pane.findChild<QAbstractButton *>(QLatin1String(name)), Qt::LeftButton);
    }
    void search(const QString &text)
    {
        pattern()->clear();
        QTest::keyClicks(pattern(), text);
    }
};

QList<ui::Match> matchesOf(const ui::SearchQuery &query, const QString &text)
{
    ui::TextBuffer buffer;
    buffer.setText(text);
    ui::SearchResults results(buffer);
    results.setQuery(query);
    results.finish();
    return results.matches();
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void optionsDecideWhatMatches();
    void theBarOpensWithTheSelectionAndCounts();
    void nextAndPreviousWrap();
    void replacingIsOneStepEach();
    void whatWasReplacedIsStillSaidWhenTheSearchIsOver();
    void aPartOfTooManyIsNotReplaced();
    void theKeyboardStaysInTheBarWhenAButtonGoesOut();
    void groupsAreFilledIn();
    void mistakesInExpressionsAreSaid();
    void runawayExpressionsGiveUp();
    void resultsFollowEdits();
    void readOnlyFindsButDoesNotReplace();
    void theBarNeverHidesTheCaret();
    void placesAreRead_data();
    void placesAreRead();
    void goToLineMovesTheCaret();
};

void TestSearch::optionsDecideWhatMatches()
{
    const QString text = QStringLiteral("Foo foo food\nfoo.bar\n");
    QCOMPARE(matchesOf({QStringLiteral("foo")}, text).size(), 4);
    QCOMPARE(matchesOf({QStringLiteral("foo"), true}, text).size(), 3);
    QCOMPARE(matchesOf({QStringLiteral("foo"), false, true}, text).size(), 3);
    QCOMPARE(matchesOf({QStringLiteral("o."), false, false, false}, text), (QList<ui::Match>{{15, 2}}));
    QCOMPARE(matchesOf({QStringLiteral("^fo+"), true, false, true}, text), (QList<ui::Match>{{13, 3}}));
    QCOMPARE(matchesOf({QStringLiteral("o+$"), false, false, true}, QStringLiteral("foo\nfo\nx")), (QList<ui::Match>{{1, 2}, {5, 1}}));
    QCOMPARE(matchesOf({QStringLiteral("x*"), false, false, true}, QStringLiteral("axxb")), (QList<ui::Match>{{1, 2}}));
    // Nothing matches across a line end, whatever the expression says.
    QVERIFY(matchesOf({QStringLiteral("a\\sb"), false, false, true}, QStringLiteral("a\nb")).isEmpty());
    QCOMPARE(matchesOf({QStringLiteral("aa")}, QStringLiteral("aaaa")), (QList<ui::Match>{{0, 2}, {2, 2}}));
}

void TestSearch::theBarOpensWithTheSelectionAndCounts()
{
    FindFixture f;
    f.restore(QStringLiteral("one ^two| three two\n"));
    f.key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(f.pane.findBar().isVisible());
    QCOMPARE(f.pattern()->text(), QStringLiteral("two"));
    QVERIFY(f.pattern()->hasFocus());
    QCOMPARE(f.count(), QStringLiteral("1 of 2"));
    f.search(QStringLiteral("t"));
    QCOMPARE(f.count(), QStringLiteral("1 of 3"));
    f.search(QStringLiteral("zzz"));
    QCOMPARE(f.count(), QStringLiteral("No results"));
    QVERIFY(!f.pane.findChild<QToolButton *>(QStringLiteral("findNext"))->isEnabled());
    QTest::keyClick(f.pattern(), Qt::Key_Escape);
    QVERIFY(!f.pane.findBar().isVisible());
    QVERIFY(f.editor.hasFocus());
}

void TestSearch::nextAndPreviousWrap()
{
    FindFixture f(QStringLiteral("a x a x a"));
    f.key(Qt::Key_F, Qt::ControlModifier);
    f.search(QStringLiteral("x"));
    QCOMPARE(f.marked(), QStringLiteral("a ^x| a x a"));
    QTest::keyClick(f.pattern(), Qt::Key_Return);
    QCOMPARE(f.marked(), QStringLiteral("a x a ^x| a"));
    QCOMPARE(f.count(), QStringLiteral("2 of 2"));
    QTest::keyClick(f.pattern(), Qt::Key_F3);
    QCOMPARE(f.marked(), QStringLiteral("a ^x| a x a"));
    QTest::keyClick(f.pattern(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(f.marked(), QStringLiteral("a x a ^x| a"));
    QTest::keyClick(f.pattern(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(f.marked(), QStringLiteral("a ^x| a x a"));
    QCOMPARE(f.announcements, 0);
}

void TestSearch::replacingIsOneStepEach()
{
    FindFixture f(QStringLiteral("cat dog cat\ncat cat"));
    f.key(Qt::Key_H, Qt::ControlModifier);
    f.search(QStringLiteral("cat"));
    QTest::keyClicks(f.replacement(), QStringLiteral("horse"));
    f.press("replaceOne");
    QCOMPARE(f.marked(), QStringLiteral("horse dog ^cat|\ncat cat"));
    QCOMPARE(f.announcements, 1);
    f.press("replaceAll");
    QCOMPARE(f.editor.text(), QStringLiteral("horse dog horse\nhorse horse"));
    QCOMPARE(f.announcements, 2);
    QCOMPARE(f.mirror, f.editor.text());
    QCOMPARE(f.count(), QStringLiteral("3 replaced"));
    // Until something else is done.
    f.key(Qt::Key_Left);
    QCOMPARE(f.count(), QStringLiteral("No results"));
    // A replacement that contains the pattern is not replaced again.
    f.search(QStringLiteral("horse"));
    f.replacement()->setText(QStringLiteral("horses"));
    f.press("replaceAll");
    QCOMPARE(f.editor.text(), QStringLiteral("horses dog horses\nhorses horses"));
    QCOMPARE(f.mirror, f.editor.text());
}

void TestSearch::whatWasReplacedIsStillSaidWhenTheSearchIsOver()
{
    FindFixture f(QStringLiteral("cat\n").repeated(30'000));
    f.key(Qt::Key_H, Qt::ControlModifier);
    f.search(QStringLiteral("cat"));
    QTest::keyClicks(f.replacement(), QStringLiteral("dog"));
    f.press("replaceAll");
    QTRY_VERIFY(!f.pane.findChild<QAbstractButton *>(QStringLiteral("replaceAll"))->isEnabled());
    QTRY_VERIFY(!f.pane.findChild<QAbstractButton *>(QStringLiteral("findNext"))->isEnabled());
    QCOMPARE(f.count(), QStringLiteral("30,000 replaced"));
}

void TestSearch::aPartOfTooManyIsNotReplaced()
{
    const QString text = QStringLiteral("e\n").repeated(ui::SearchResults::kMaxMatches + 1);
    FindFixture f(text);
    f.key(Qt::Key_H, Qt::ControlModifier);
    f.search(QStringLiteral("e"));
    QTest::keyClicks(f.replacement(), QStringLiteral("a"));
    f.press("replaceAll");
    QVERIFY(f.editor.text() == text);
    QCOMPARE(f.count(), QStringLiteral("Too many to replace at once"));
    // Another search is another answer.
    f.search(QStringLiteral("x"));
    QTRY_COMPARE(f.count(), QStringLiteral("No results"));
}

void TestSearch::theKeyboardStaysInTheBarWhenAButtonGoesOut()
{
    FindFixture f(QStringLiteral("cat dog"));
    f.key(Qt::Key_H, Qt::ControlModifier);
    f.search(QStringLiteral("cat"));
    QTRY_VERIFY(f.pane.findBar().results().isComplete());
    auto *const all = f.pane.findChild<QPushButton *>(QStringLiteral("replaceAll"));
    all->setFocus();
    QTest::keyClick(all, Qt::Key_Space);
    QCOMPARE(f.editor.text(), QStringLiteral(" dog"));
    QVERIFY(!all->isEnabled());
    QVERIFY(f.replacement()->hasFocus());
}

void TestSearch::groupsAreFilledIn()
{
    FindFixture f(QStringLiteral("key=value\nname=x"));
    f.key(Qt::Key_H, Qt::ControlModifier);
    f.press("findRegex");
    f.search(QStringLiteral("(\\w+)=(\\w+)"));
    f.replacement()->setText(QStringLiteral("$2: \\1 [$&]$$\\n"));
    f.press("replaceAll");
    QCOMPARE(f.editor.text(), QStringLiteral("value: key [key=value]$\n\nx: name [name=x]$\n"));
    QCOMPARE(f.mirror, f.editor.text());
}

void TestSearch::mistakesInExpressionsAreSaid()
{
    FindFixture f(QStringLiteral("text"));
    f.key(Qt::Key_F, Qt::ControlModifier);
    f.press("findRegex");
    f.search(QStringLiteral("(a"));
    QVERIFY(f.count().contains(QStringLiteral("parenthes")));
    f.search(QStringLiteral("t"));
    QCOMPARE(f.count(), QStringLiteral("1 of 2"));
}

void TestSearch::runawayExpressionsGiveUp()
{
    ui::TextBuffer buffer;
    buffer.setText(QString(QString(5000, u'a') + QStringLiteral("b\nok aab\n")));
    ui::SearchResults results(buffer);
    support::ProcessorTimer timer;
    results.setQuery({QStringLiteral("(a+)+$"), false, false, true});
    results.finish();
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(results.isLimited());
    // PCRE's own limit is fifty times ours: this line stays below that one and is above this one.
    buffer.setText(QString(QString(20, u'a') + u'b'));
    results.restart();
    results.finish();
    QVERIFY(results.isLimited());
    buffer.setText(QString(QString(8, u'a') + u'b'));
    results.restart();
    results.finish();
    QVERIFY(!results.isLimited());
}

void TestSearch::resultsFollowEdits()
{
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    QString text = QStringLiteral("ab abab\nba ab\n\naab\n").repeated(300);
    ui::TextBuffer buffer;
    buffer.setText(text);
    ui::SearchResults results(buffer);
    const ui::SearchQuery query{QStringLiteral("ab"), true, false, random() % 2 == 0};
    results.setQuery(query);
    const QStringList pieces = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("\n"), QStringLiteral("ab\nab"), QString()};
    for (int step = 0; step < 600; ++step) {
        QList<ui::TextEdit> edits;
        for (unsigned i = 0; i <= (random() % 10 == 0 ? 3u : 0u); ++i) {
            const auto index = static_cast<qsizetype>(random() % static_cast<unsigned>(text.size() + 1));
            const qsizetype removed = std::min<qsizetype>(random() % 6, text.size() - index);
            edits.append({index, removed, pieces[static_cast<qsizetype>(random()) % pieces.size()]});
            text.replace(index, removed, edits.last().inserted);
            buffer.replace(index, removed, edits.last().inserted);
        }
        results.edited(edits);
        QVERIFY(results.finish());
        QCOMPARE(results.matches(), matchesOf(query, text));
    }
}

void TestSearch::readOnlyFindsButDoesNotReplace()
{
    FindFixture f(QStringLiteral("a b a"));
    f.editor.setReadOnly(true);
    f.key(Qt::Key_H, Qt::ControlModifier);
    f.search(QStringLiteral("a"));
    QCOMPARE(f.count(), QStringLiteral("1 of 2"));
    QVERIFY(!f.pane.findChild<QPushButton *>(QStringLiteral("replaceAll"))->isEnabled());
    f.press("replaceAll");
    QCOMPARE(f.editor.text(), QStringLiteral("a b a"));
}

void TestSearch::theBarNeverHidesTheCaret()
{
    FindFixture f(QStringLiteral("line\n").repeated(200));
    const qsizetype last = f.editor.view().rowsPerPage() - 1;
    f.editor.setCaret(f.editor.buffer().lineStart(last), f.editor.buffer().lineStart(last));
    QCOMPARE(f.editor.view().firstVisibleLine(), 0);
    for (const Qt::Key key : {Qt::Key_F, Qt::Key_H, Qt::Key_G}) {
        f.editor.setFocus();
        f.key(key, Qt::ControlModifier);
        QTRY_VERIFY(f.editor.viewport()->rect().contains(f.editor.caretRectangle()));
    }
}

void TestSearch::placesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qlonglong>("line");
    QTest::addColumn<qlonglong>("column");
    QTest::newRow("line") << QStringLiteral("12") << 12LL << 1LL;
    QTest::newRow("line and column") << QStringLiteral(" 12:5 ") << 12LL << 5LL;
    QTest::newRow("colon first") << QStringLiteral(":7") << 7LL << 1LL;
    QTest::newRow("colon last") << QStringLiteral("7:") << 7LL << 1LL;
    QTest::newRow("zero") << QStringLiteral("0") << 0LL << 0LL;
    QTest::newRow("negative") << QStringLiteral("-3") << 0LL << 0LL;
    QTest::newRow("word") << QStringLiteral("abc") << 0LL << 0LL;
    QTest::newRow("word column") << QStringLiteral("1:b") << 0LL << 0LL;
    QTest::newRow("too big") << QStringLiteral("99999999999999999999") << 0LL << 0LL;
    QTest::newRow("nothing") << QString() << 0LL << 0LL;
}

void TestSearch::placesAreRead()
{
    QFETCH(QString, text);
    QFETCH(qlonglong, line);
    QFETCH(qlonglong, column);
    const auto place = ui::linePlace(text);
    QCOMPARE(place.has_value(), line > 0);
    if (place)
        QCOMPARE(*place, (ui::LinePlace{qsizetype(line), qsizetype(column)}));
}

void TestSearch::goToLineMovesTheCaret()
{
    EditorFixture f(QStringLiteral("one\ntwo\nthree\n").repeated(100));
    f.key(Qt::Key_G, Qt::ControlModifier);
    auto *const field = f.pane.findChild<QLineEdit *>(QStringLiteral("goToLineField"));
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("x"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(field->isVisible());
    field->clear();
    QTest::keyClicks(field, QStringLiteral("150:3"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!field->isVisible());
    QVERIFY(f.editor.hasFocus());
    QCOMPARE(f.editor.caret().head, f.editor.buffer().lineStart(149) + 2);
    QVERIFY(f.editor.viewport()->rect().contains(f.editor.caretRectangle()));
    f.key(Qt::Key_G, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("99999:99"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(f.editor.caret().head, f.editor.buffer().length());
}

QTEST_MAIN(TestSearch)

#include "tst_search.moc"
