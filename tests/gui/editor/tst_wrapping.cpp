// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"
#include "tests/support/seed.h"

#include <QFontDatabase>
#include <QScrollBar>

#include <limits>
#include <random>

namespace {

QString words(int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += (i > 0 ? QStringLiteral(" word") : QStringLiteral("word")) + QString::number(i);
    return text;
}

QString wideLines(int count)
{
    const QString line = words(60) + u'\n';
    return line.repeated(count);
}

struct Wrapped : EditorFixture
{
    explicit Wrapped(const QString &text) : EditorFixture(text)
    {
        editor.setWraps(true);
    }

    const ui::TextView &view() const { return editor.view(); }
    qsizetype head() const { return editor.caret().head; }
    int rowsOf(qsizetype line) const { return view().lineRect(line).height() / view().lineHeight(); }
};

} // namespace

class TestWrapping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesBreakBetweenWords();
    void nothingNeedsSidewaysScrolling();
    void rowsStandUnderTheFirstLetter();
    void manyBlanksStayInReach();
    void keysGoByRows();
    void aPageIsCountedInRows();
    void clicksAndSelectionsFollowTheRows();
    void everyPlaceIsFoundAgain();
    void editsOfALongLineShapeWhatTheyTouch_data();
    void editsOfALongLineShapeWhatTheyTouch();
    void aLongLineHoldsTogetherThroughEdits_data();
    void aLongLineHoldsTogetherThroughEdits();
    void typingARowMovesWhatIsBelow();
    void thePlaceStaysWhenTheWindowChanges();
    void thePlaceStaysUnderRemoteEdits();
    void theCaretStaysInSightWhenLinesWrap();
    void unseenLinesAreEstimated();
    void aMegabyteInOneLine();
    void turnedOffEveryLineIsOneRow();
};

void TestWrapping::linesBreakBetweenWords()
{
    Wrapped f(words(60) + QStringLiteral("\nnext"));
    QVERIFY(f.rowsOf(0) > 3);
    QCOMPARE(f.view().lineTop(1), f.rowsOf(0) * f.view().lineHeight());
    for (int row = 1; row < f.rowsOf(0); ++row) {
        const qsizetype start = f.view().rowStart({0, row});
        QCOMPARE(f.editor.buffer().at(start - 1), QChar(u' '));
        QCOMPARE(f.editor.buffer().at(start), QChar(u'w'));
    }
    f.editor.setText(QString(500, u'x'));
    QVERIFY(f.rowsOf(0) > 3);
}

void TestWrapping::nothingNeedsSidewaysScrolling()
{
    EditorFixture f(words(200));
    f.editor.viewport()->repaint();
    QTRY_VERIFY(f.editor.horizontalScrollBar()->maximum() > 0);
    f.editor.horizontalScrollBar()->setValue(300);
    f.editor.setWraps(true);
    f.editor.viewport()->repaint();
    QCOMPARE(f.editor.horizontalScrollBar()->maximum(), 0);
    f.key(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(f.editor.horizontalScrollBar()->maximum(), 0);
    QVERIFY(f.editor.viewport()->rect().contains(f.editor.caretRectangle()));
}

void TestWrapping::rowsStandUnderTheFirstLetter()
{
    Wrapped f(QStringLiteral("        ") + words(40) + u'\n' + QString(300, u' ') + words(40));
    const qreal first = f.view().caretRect(8).left();
    QCOMPARE(f.view().caretRect(f.view().rowStart({0, 1})).left(), first);
    QCOMPARE(f.view().caretRect(f.view().rowStart({0, 2})).left(), first);
    // Bounded: deep indentation must leave half the width for the text.
    const qreal left = f.view().caretRect(f.view().rowStart({1, f.rowsOf(1) - 1})).left();
    const qreal room = f.editor.viewport()->width() - f.view().textLeft();
    QVERIFY2(left - f.view().textLeft() <= room / 2, qPrintable(QString::number(left)));
    QVERIFY(left - f.view().textLeft() > room / 3);
}

void TestWrapping::manyBlanksStayInReach()
{
    Wrapped f(QStringLiteral("word") + QString(400, u' ') + QStringLiteral("end"));
    QVERIFY(f.rowsOf(0) >= 4);
    f.editor.setCaret(300, 300);
    const QRect before = f.editor.caretRectangle();
    f.key(Qt::Key_Right);
    QVERIFY(f.editor.caretRectangle() != before);
    QVERIFY(f.editor.viewport()->rect().contains(f.editor.caretRectangle()));
}

void TestWrapping::keysGoByRows()
{
    Wrapped f(QStringLiteral("  ") + words(60) + QStringLiteral("\nnext"));
    const qsizetype second = f.view().rowStart({0, 1});
    const qsizetype third = f.view().rowStart({0, 2});
    f.editor.setCaret(second + 3, second + 3);
    f.key(Qt::Key_Down);
    QCOMPARE(f.head(), third + 3);
    f.key(Qt::Key_Up);
    QCOMPARE(f.head(), second + 3);
    f.key(Qt::Key_End);
    QCOMPARE(f.head(), third - 1);
    QCOMPARE(f.view().rowOf(f.head()).row, 1);
    f.key(Qt::Key_Home);
    QCOMPARE(f.head(), second);
    // Again: the line's own ends.
    f.key(Qt::Key_Home);
    QCOMPARE(f.head(), 2);
    f.key(Qt::Key_Home);
    QCOMPARE(f.head(), 0);
    f.editor.setCaret(second, second);
    f.key(Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(f.editor.caret(), (ui::Caret{second, third - 1}));
    f.key(Qt::Key_End);
    QCOMPARE(f.head(), f.editor.buffer().lineEnd(0));
    f.key(Qt::Key_Down);
    QCOMPARE(f.editor.buffer().lineOf(f.head()), 1);
    // The last row of the line above, not its first.
    f.key(Qt::Key_Home);
    f.key(Qt::Key_Up);
    QCOMPARE(f.view().rowOf(f.head()), (ui::TextView::Row{0, f.rowsOf(0) - 1}));
}

void TestWrapping::aPageIsCountedInRows()
{
    Wrapped f(wideLines(40));
    f.key(Qt::Key_PageDown);
    f.key(Qt::Key_PageDown);
    const qsizetype page = f.view().rowsPerPage() - 1;
    QCOMPARE(f.view().topOf(f.head()) / f.view().lineHeight(), 2 * page);
    f.key(Qt::Key_PageUp);
    f.key(Qt::Key_PageUp);
    QCOMPARE(f.head(), 0);
}

void TestWrapping::clicksAndSelectionsFollowTheRows()
{
    Wrapped f(words(60) + QStringLiteral("\nnext"));
    const qsizetype second = f.view().rowStart({0, 1});
    const qsizetype third = f.view().rowStart({0, 2});
    f.click(second + 5);
    QCOMPARE(f.head(), second + 5);
    // Right of a row's end: still that row.
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {},
                      QPoint(f.editor.viewport()->width() - 2, f.view().lineHeight() + 4));
    QCOMPARE(f.view().rowOf(f.head()).row, 1);
    QVERIFY(f.head() >= third - 2);
    QTest::mousePress(f.editor.viewport(), Qt::LeftButton, {}, f.pointAt(second + 5));
    QTest::mouseMove(f.editor.viewport(), f.pointAt(third + 5));
    QTest::mouseRelease(f.editor.viewport(), Qt::LeftButton, {}, f.pointAt(third + 5));
    QCOMPARE(f.editor.caret(), (ui::Caret{second + 5, third + 5}));
    const QList<QRectF> rects = f.view().rangeRects(second + 5, third + 5);
    QCOMPARE(rects.size(), 2);
    QCOMPARE(rects[0].top(), f.view().lineHeight());
    QCOMPARE(rects[1].top(), 2.0 * f.view().lineHeight());
    QCOMPARE(rects[1].left(), f.view().textLeft());
    // In the gutter a click takes the whole line, whichever of its rows it meets.
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, QPoint(5, 2 * f.view().lineHeight() + 4));
    QCOMPARE(f.editor.caret().begin(), 0);
    QCOMPARE(f.editor.caret().end(), f.editor.buffer().lineStart(1));
}

void TestWrapping::everyPlaceIsFoundAgain()
{
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    const QStringList pieces = {QStringLiteral("word "), QStringLiteral("  "), QStringLiteral("\t"), QStringLiteral("averyveryverylongword"),
                                QString::fromUtf8("日本語"), QStringLiteral("(a,b)"), QStringLiteral("x"), QStringLiteral("\n")};
    QString text;
    while (text.size() < 3000)
        text += pieces[static_cast<qsizetype>(random() % static_cast<unsigned>(pieces.size()))];
    Wrapped f(text);
    f.pane.resize(400, 20000);
    QCoreApplication::processEvents();
    qreal top = -1;
    qreal left = -1;
    for (qsizetype index = 0; index <= text.size(); ++index) {
        const QRectF rect = f.view().caretRect(index);
        QVERIFY2(rect.top() > top || (rect.top() == top && rect.left() > left),
                 qPrintable(QStringLiteral("caret %1 at %2,%3 after %4,%5").arg(index).arg(rect.left()).arg(rect.top()).arg(left).arg(top)));
        top = rect.top();
        left = rect.left();
        // Behind a tab that hangs over the edge the caret is shown at the edge, nearer to the tab's other side.
        if (index > 0 && text[index - 1] == u'\t' && rect.left() + 2 * f.view().cellWidth() >= f.editor.viewport()->width())
            continue;
        const qsizetype found = f.view().indexAt(rect.center());
        QVERIFY2(found == index, qPrintable(QStringLiteral("%1 found as %2 in “%3”").arg(index).arg(found).arg(text.mid(index - 10, 20))));
        QVERIFY(rect.left() <= f.editor.viewport()->width());
    }
}

void TestWrapping::editsOfALongLineShapeWhatTheyTouch_data()
{
    QTest::addColumn<bool>("wraps");
    QTest::newRow("wrapped") << true;
    QTest::newRow("not wrapped") << false;
}

void TestWrapping::editsOfALongLineShapeWhatTheyTouch()
{
    QFETCH(bool, wraps);
    Wrapped f(QStringLiteral("above\n") + QString::fromUtf8("日本語 text عربي 🙂 ").repeated(4000));
    f.editor.setWraps(wraps);
    f.pane.resize(wraps ? 800 : 30000, 2000);
    const auto remote = [&f](const ui::TextEdit &edit) { f.editor.applyRemote({&edit, 1}); };
    const auto shapedFor = [&f](qsizetype line) {
        f.editor.viewport()->repaint();
        return f.view().layout(line).shapings();
    };
    f.editor.setCaret(700, 700);
    const int atFirst = shapedFor(1);
    QVERIFY2(atFirst >= 2, qPrintable(QString::number(atFirst)));
    for (const char *const typed : {"a", "b", " "}) {
        f.type(QString::fromLatin1(typed));
        QCOMPARE(shapedFor(1), 1);
    }
    // Several edits between two pictures, by others and above it as well.
    f.type(QStringLiteral("c"));
    remote({20, 2, QStringLiteral("xyz")});
    remote({0, 0, QStringLiteral("first\n")});
    QCOMPARE(shapedFor(2), 1);
    remote({0, 6, {}});
    QCOMPARE(shapedFor(1), 1);
}

void TestWrapping::aLongLineHoldsTogetherThroughEdits_data()
{
    editsOfALongLineShapeWhatTheyTouch_data();
}

void TestWrapping::aLongLineHoldsTogetherThroughEdits()
{
    QFETCH(bool, wraps);
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    const auto upTo = [&random](qsizetype most) { return static_cast<qsizetype>(random() % static_cast<unsigned>(most + 1)); };
    const QStringList pieces = {QStringLiteral("word "), QStringLiteral("  "), QStringLiteral("averyveryverylongword"),
                                QString::fromUtf8("日本語"), QStringLiteral("e\u0301"), QString::fromUtf8("🙂"), QStringLiteral("x")};
    const auto some = [&](qsizetype units) {
        QString text;
        while (text.size() < units)
            text += pieces[upTo(pieces.size() - 1)];
        return text;
    };
    ui::LayoutStyle style;
    style.font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    style.font.setKerning(false);
    style.cellWidth = QFontMetricsF(style.font).horizontalAdvance(u'x');
    style.wrapWidth = wraps ? 60 * style.cellWidth : 0;
    QString text = some(15'000);
    auto layout = std::make_unique<ui::LineLayout>(text, style, QList<QTextLayout::FormatRange>(), nullptr);
    for (int step = 0; step < 24; ++step) {
        const qsizetype at = upTo(text.size());
        text.replace(at, std::min(upTo(step % 10 == 0 ? 6000 : 3), text.size() - at), some(upTo(step % 7 == 0 ? 5000 : 2)));
        layout = std::make_unique<ui::LineLayout>(text, style, QList<QTextLayout::FormatRange>(), nullptr, layout.get());
        const qsizetype here = upTo(text.size());
        if (!wraps) {
            ui::LineLayout fresh(text, style, {}, nullptr);
            for (const ui::LineLayout *const one : {&fresh, layout.get()}) {
                for (qsizetype column = 0; column < text.size(); column += ui::LineLayout::kSegment / 4)
                    one->placeOf(column);
                // The last segment may be shorter than that, and the width of one that nobody looked at is estimated.
                one->placeOf(text.size());
            }
            const auto isNear = [&](qreal a, qreal b) { return qAbs(a - b) < style.cellWidth / 2; };
            QVERIFY(isNear(layout->width(), fresh.width()));
            QVERIFY(isNear(layout->placeOf(here).x, fresh.placeOf(here).x));
            continue;
        }
        layout->shapeRows(0, std::numeric_limits<int>::max());
        qsizetype covered = 0;
        for (int row = 0; row < layout->rows(); ++row) {
            QCOMPARE(layout->rowStart(row), covered);
            QCOMPARE(layout->placeOf(covered).row, row);
            const qsizetype last = layout->rowEnd(row);
            QVERIFY(last >= covered && layout->placeOf(last).x <= style.wrapWidth);
            covered = row + 1 < layout->rows() ? layout->rowStart(row + 1) : last;
            QVERIFY(covered > layout->rowStart(row) || text.isEmpty());
        }
        QCOMPARE(covered, text.size());
    }
}

void TestWrapping::typingARowMovesWhatIsBelow()
{
    Wrapped f(QStringLiteral("short\nnext"));
    const int before = f.view().lineTop(1);
    f.editor.setCaret(5, 5);
    f.type(words(30));
    f.editor.viewport()->repaint();
    QVERIFY(f.rowsOf(0) > 1);
    QCOMPARE(f.view().lineTop(1), before + (f.rowsOf(0) - 1) * f.view().lineHeight());
    QCOMPARE(f.view().rowOf(f.head()).row, f.rowsOf(0) - 1);
}

void TestWrapping::thePlaceStaysWhenTheWindowChanges()
{
    QString text;
    for (int i = 0; i < 300; ++i)
        text += QString::number(i) + u' ' + words(i % 40) + u'\n';
    Wrapped f(text);
    const qsizetype place = f.editor.buffer().lineStart(150);
    f.editor.verticalScrollBar()->setValue(static_cast<int>(f.view().topOf(place)));
    const int high = f.editor.verticalScrollBar()->value();
    QCOMPARE(f.view().firstVisibleLine(), 150);
    for (const int width : {500, 300, 620, 800}) {
        f.pane.resize(width, 480);
        QCoreApplication::processEvents();
        QCOMPARE(f.view().firstVisibleLine(), 150);
        QCOMPARE(f.view().lineTop(150), 0);
    }
    QTRY_COMPARE(f.editor.verticalScrollBar()->value(), high);
    f.editor.setZoomPercent(150);
    QCOMPARE(f.view().firstVisibleLine(), 150);
}

void TestWrapping::thePlaceStaysUnderRemoteEdits()
{
    Wrapped f(wideLines(60));
    f.editor.verticalScrollBar()->setValue(static_cast<int>(f.view().topOf(f.editor.buffer().lineStart(30)) + 7));
    const ui::TextEdit edit{3, 0, words(100) + QStringLiteral("\nmore\n")};
    f.editor.applyRemote({&edit, 1});
    QCOMPARE(f.view().firstVisibleLine(), 32);
    QCOMPARE(f.view().lineTop(32), -7);
    f.editor.viewport()->repaint();
    QCOMPARE(f.view().lineTop(32), -7);
}

void TestWrapping::theCaretStaysInSightWhenLinesWrap()
{
    // A thousand rows when it wraps.
    EditorFixture f(words(20'000) + u'\n' + wideLines(300));
    const auto isInSight = [&f] { return f.editor.viewport()->rect().contains(f.editor.caretRectangle()); };
    f.key(Qt::Key_End);
    QVERIFY(isInSight());
    f.editor.setWraps(true);
    QVERIFY(f.editor.caret().head > 100'000);
    QVERIFY(isInSight());
    f.editor.setWraps(false);
    QVERIFY(isInSight());
    // Who looks elsewhere stays there.
    f.editor.verticalScrollBar()->setValue(100);
    QVERIFY(!isInSight());
    const qsizetype line = f.editor.view().lineAt(0);
    f.editor.setWraps(true);
    QVERIFY(!isInSight());
    QCOMPARE(f.editor.view().lineAt(0), line);
}

void TestWrapping::unseenLinesAreEstimated()
{
    EditorFixture f(wideLines(20'000));
    f.editor.setWraps(true);
    QTRY_VERIFY(!f.editor.view().hasEstimatesDue());
    const qsizetype exact = f.editor.view().layout(10'000).rows();
    const auto total = static_cast<double>(f.editor.view().rowCount());
    QVERIFY2(total > 0.85 * 20'000 * static_cast<double>(exact) && total < 1.15 * 20'000 * static_cast<double>(exact),
             qPrintable(QString::number(total)));
    f.key(Qt::Key_End, Qt::ControlModifier);
    f.editor.viewport()->repaint();
    QVERIFY(f.editor.viewport()->rect().contains(f.editor.caretRectangle()));
}

void TestWrapping::aMegabyteInOneLine()
{
    Wrapped f(words(100'000) + QStringLiteral("\nbelow"));
    QVERIFY(f.view().rowCount() > 8'000);
    const qsizetype middle = f.editor.buffer().length() / 2;
    f.editor.setCaret(middle, middle);
    f.editor.viewport()->repaint();
    QVERIFY(f.editor.viewport()->rect().contains(f.editor.caretRectangle()));
    for (int i = 0; i < 100; ++i)
        f.key(Qt::Key_Down);
    QVERIFY(f.head() > middle + 4'000);
    for (int i = 0; i < 100; ++i)
        f.key(Qt::Key_Up);
    QCOMPARE(f.head(), middle);
    f.type(QStringLiteral("x"));
    QCOMPARE(f.editor.buffer().at(middle), QChar(u'x'));
    f.key(Qt::Key_End, Qt::ControlModifier);
    f.key(Qt::Key_Up);
    QCOMPARE(f.view().rowOf(f.head()).line, 0);
    QVERIFY(f.editor.viewport()->rect().contains(f.editor.caretRectangle()));
}

void TestWrapping::turnedOffEveryLineIsOneRow()
{
    Wrapped f(wideLines(50));
    QVERIFY(f.view().rowCount() > 100);
    f.editor.setWraps(false);
    QCOMPARE(f.view().rowCount(), 51);
    QCOMPARE(f.view().lineTop(20), 20 * f.view().lineHeight());
}

QTEST_MAIN(TestWrapping)
#include "tst_wrapping.moc"
