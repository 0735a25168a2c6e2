// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"
#include "tests/support/seed.h"
#include "ui/editor/findbar.h"

#include <QLineEdit>
#include <QPaintEvent>
#include <QScrollBar>

#include <random>

namespace {

const QString kProgram = QStringLiteral("int before;\n"
                                        "void outer()\n"
                                        "{\n"             // 2
                                        "    one();\n"
                                        "    if (x) {\n"  // 4
                                        "        two();\n"
                                        "        three();\n"
                                        "    } else {\n"  // 7
                                        "        four();\n"
                                        "        five();\n"
                                        "    }\n"         // 10
                                        "    six();\n"
                                        "}\n"             // 12
                                        "int after;\n");

const QString kPython = QStringLiteral("import os\n"
                                       "def one():\n"      // 1
                                       "    if True:\n"    // 2
                                       "        a = 1\n"
                                       "\n"
                                       "        b = 2\n"
                                       "    return a\n"    // 6
                                       "\n"
                                       "def two():\n"      // 8
                                       "    pass\n");

constexpr qsizetype kMany = 1500;   // of the program one behind the other: much more than a slice of colouring
constexpr int kPatience = 60'000;   // milliseconds for all of them, on a busy machine

struct Folded : EditorFixture
{
    explicit Folded(const QString &text = kProgram, const QString &name = QStringLiteral("a.cpp"), bool coloured = true)
        : EditorFixture(text, name)
    {
        while (coloured && !editor.highlighter().isSettled())
            QCoreApplication::processEvents();
    }

    void caretToLine(qsizetype line)
    {
        const qsizetype index = editor.buffer().lineStart(line);
        editor.setCaret(index, index);
    }
    void fold(qsizetype line)
    {
        caretToLine(line);
        key(Qt::Key_BracketLeft, Qt::ControlModifier | Qt::ShiftModifier);
    }
    //! The lines in sight, by number.
    QList<qsizetype> shown() const
    {
        QList<qsizetype> lines;
        for (qsizetype line = 0; line < editor.buffer().lineCount(); ++line) {
            if (!editor.view().isHidden(line))
                lines.append(line);
        }
        return lines;
    }
    void remote(qsizetype index, qsizetype removed, const QString &inserted)
    {
        const ui::TextEdit edit{index, removed, inserted};
        editor.applyRemote({&edit, 1});
    }
    qsizetype caretLine() const { return editor.buffer().lineOf(editor.caret().head); }
};

//! What a widget painted since this was made.
class PaintedRegion : public QObject
{
public:
    explicit PaintedRegion(QWidget &widget) { widget.installEventFilter(this); }
    QRegion region() const { return m_region; }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            m_region += static_cast<QPaintEvent *>(event)->region();
        return false;
    }

private:
    QRegion m_region;
};

QList<qsizetype> linesBut(qsizetype count, qsizetype first, qsizetype last)
{
    QList<qsizetype> lines;
    for (qsizetype line = 0; line < count; ++line) {
        if (line < first || line > last)
            lines.append(line);
    }
    return lines;
}

} // namespace

class TestFolding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysFoldAndOpen();
    void theNextPressFoldsWhatIsAround();
    void aBlockThatClosesAndOpens();
    void indentationFoldsWhereTheLanguageSaysSo();
    void allAndNone();
    void upAndDownPassOver();
    void theCaretOpensWhatItEnters();
    void aMatchOpensWhatItIsIn();
    void goToLineOpens();
    void theGutterShowsAndToggles();
    void theChipOpens();
    void remoteEditsInsideDoNotOpen();
    void foldsMoveWithTheText();
    void deletingTheEndOpens();
    void peopleInsideStandAtTheChip();
    void theChipShowsWhoSelectsInside();
    void flagsFadeBesideFolds_data();
    void flagsFadeBesideFolds();
    void whatIsNotColouredYetFoldsWhenItIs();
    void itFoldsWhenThePictureColoursTheLast();
    void aWishToFoldIsForgottenWhenTheCaretMoves();
    void allFoldsWhenAllIsColoured();
    void whereOneWasIsFoundAgain();
    void foldsHoldWhenLinesWrap();
    void hiddenLinesAreAlwaysThoseInFolds();
};

void TestFolding::keysFoldAndOpen()
{
    Folded f;
    f.fold(2);
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
    QCOMPARE(f.editor.view().lineTop(12), 3 * f.editor.view().lineHeight());
    QVERIFY(f.editor.view().isFolded(2));
    f.key(Qt::Key_BracketRight, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.shown().size(), 15);
    // Some layouts send the brace that stands on the same key.
    f.key(Qt::Key_BraceLeft, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
    QCOMPARE(f.announcements, 0);
}

void TestFolding::theNextPressFoldsWhatIsAround()
{
    Folded f;
    f.fold(5);
    QCOMPARE(f.shown(), linesBut(15, 5, 6));
    QCOMPARE(f.editor.caret().head, f.editor.buffer().lineEnd(4));
    f.key(Qt::Key_BracketLeft, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
    QCOMPARE(f.editor.caret().head, f.editor.buffer().lineEnd(2));
    // The inner one stays folded when the outer one opens.
    f.key(Qt::Key_BracketRight, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.shown(), linesBut(15, 5, 6));
}

void TestFolding::aBlockThatClosesAndOpens()
{
    Folded f;
    f.fold(8);
    QCOMPARE(f.shown(), linesBut(15, 8, 9));
}

void TestFolding::indentationFoldsWhereTheLanguageSaysSo()
{
    Folded f(kPython, QStringLiteral("a.py"));
    f.fold(3);
    QCOMPARE(f.shown(), linesBut(11, 3, 5));
    f.fold(6);
    QCOMPARE(f.shown(), linesBut(11, 2, 6));
    Folded plain(kPython, QStringLiteral("a.txt"));
    plain.fold(3);
    QCOMPARE(plain.shown().size(), 11);
}

void TestFolding::allAndNone()
{
    Folded f;
    f.caretToLine(8);
    f.editor.run(ui::EditorCommand::FoldAll);
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
    QCOMPARE(f.caretLine(), 2);
    // The inner ones as well.
    f.key(Qt::Key_BracketRight, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.shown(), (QList<qsizetype>{0, 1, 2, 3, 4, 7, 10, 11, 12, 13, 14}));
    f.editor.run(ui::EditorCommand::UnfoldAll);
    QCOMPARE(f.shown().size(), 15);
    QVERIFY(f.editor.folding().isEmpty());
}

void TestFolding::upAndDownPassOver()
{
    Folded f;
    f.fold(2);
    f.caretToLine(2);
    f.key(Qt::Key_Down);
    QCOMPARE(f.caretLine(), 12);
    f.key(Qt::Key_Up);
    QCOMPARE(f.caretLine(), 2);
    QVERIFY(f.editor.view().isFolded(2));
}

void TestFolding::theCaretOpensWhatItEnters()
{
    Folded f;
    f.fold(2);
    f.key(Qt::Key_End);
    f.key(Qt::Key_Right);
    QCOMPARE(f.caretLine(), 3);
    QCOMPARE(f.shown().size(), 15);
}

void TestFolding::aMatchOpensWhatItIsIn()
{
    Folded f;
    f.editor.run(ui::EditorCommand::FoldAll);
    f.pane.find();
    QTest::keyClicks(f.pane.findChild<QLineEdit *>(QStringLiteral("findPattern")), QStringLiteral("five"));
    QTRY_VERIFY(f.pane.findBar().results().isComplete());
    QTRY_COMPARE(f.caretLine(), 9);
    QCOMPARE(f.shown(), linesBut(15, 5, 6));
}

void TestFolding::goToLineOpens()
{
    Folded f;
    f.editor.run(ui::EditorCommand::FoldAll);
    f.pane.goToLine();
    auto *const field = f.pane.findChild<QLineEdit *>(QStringLiteral("goToLineField"));
    QVERIFY(field);
    field->clear();
    QTest::keyClicks(field, QStringLiteral("6"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(f.caretLine(), 5);
    QCOMPARE(f.shown(), linesBut(15, 8, 9));
}

void TestFolding::theGutterShowsAndToggles()
{
    Folded f;
    f.caretToLine(0);
    const QRect mark = f.editor.view().foldMark(2).toRect();
    const auto picture = [&f](const QRect &where) { return f.editor.viewport()->grab(where).toImage(); };
    const QImage away = picture(mark);
    QTest::mouseMove(f.editor.viewport(), QPoint(4, 4));
    const QImage hovered = picture(mark);
    QVERIFY(hovered != away);
    const QRect none = f.editor.view().foldMark(3).toRect();
    QCOMPARE(picture(none), away);
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, mark.center());
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
    QVERIFY(!f.editor.caret().hasSelection());
    QTest::mouseMove(f.editor.viewport(), QPoint(400, 300));
    QVERIFY(picture(mark) != away);
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, mark.center());
    QCOMPARE(f.shown().size(), 15);
}

void TestFolding::theChipOpens()
{
    Folded f;
    f.fold(2);
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, f.editor.view().foldChip(2).center().toPoint());
    QCOMPARE(f.shown().size(), 15);
}

void TestFolding::remoteEditsInsideDoNotOpen()
{
    Folded f;
    f.fold(2);
    f.remote(f.editor.buffer().lineStart(5), 0, QStringLiteral("// more\n// lines\n"));
    QCOMPARE(f.shown(), linesBut(17, 3, 13));
    // Behind the folded line's last letter belongs to what is folded.
    f.caretToLine(0);
    f.remote(f.editor.buffer().lineEnd(2), 0, QStringLiteral("\n// first"));
    QCOMPARE(f.shown(), linesBut(18, 3, 14));
    f.remote(f.editor.buffer().lineStart(4), f.editor.buffer().lineLength(4) + 1, {});
    QCOMPARE(f.shown(), linesBut(17, 3, 13));
}

void TestFolding::foldsMoveWithTheText()
{
    Folded f;
    f.fold(2);
    f.remote(0, 0, QStringLiteral("// a\n// b\n"));
    QCOMPARE(f.shown(), linesBut(17, 5, 13));
    f.remote(0, 10, {});
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
    // Enter in front of the brace moves the line that begins the region.
    f.caretToLine(2);
    f.key(Qt::Key_Return);
    QCOMPARE(f.shown(), linesBut(16, 4, 12));
    QCOMPARE(f.caretLine(), 3);
    f.key(Qt::Key_Backspace);
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
}

void TestFolding::deletingTheEndOpens()
{
    Folded f;
    f.fold(2);
    const qsizetype from = f.editor.buffer().lineStart(10);
    f.remote(from, f.editor.buffer().lineEnd(12) - from, {});
    QCOMPARE(f.shown().size(), 13);
}

void TestFolding::peopleInsideStandAtTheChip()
{
    Folded f;
    f.fold(2);
    const qsizetype inside = f.editor.buffer().lineStart(6);
    const QRectF place = f.editor.view().caretRect(inside);
    QCOMPARE(place.top(), f.editor.view().lineTop(2));
    QVERIFY(place.left() >= f.editor.view().foldChip(2).right());
    f.editor.setRemoteCarets({{QStringLiteral("x"), QStringLiteral("Mei"), 1, QColor(Qt::red), inside, inside, true}});
    QVERIFY(f.editor.viewport()->grab(place.adjusted(-2, 4, 2, 0).toRect()).toImage().pixelColor(2, 8).red() > 200);
    QCOMPARE(f.shown(), linesBut(15, 3, 11));
}

void TestFolding::theChipShowsWhoSelectsInside()
{
    Folded f;
    f.fold(2);
    f.caretToLine(0);
    const QRectF chip = f.editor.view().foldChip(2);
    const auto colour = [&] {
        return f.editor.viewport()->grab(QRect(qRound(chip.center().x()), qRound(chip.top()) + 1, 1, 1)).toImage().pixelColor(0, 0);
    };
    const ui::TextBuffer &buffer = f.editor.buffer();
    const QColor plain = colour();
    QCOMPARE(plain.rgb(), f.editor.colors().foldChip.rgb());
    // Up to the end of the folded line is nothing hidden yet.
    f.editor.setCaret(0, buffer.lineEnd(2));
    QCOMPARE(colour(), plain);
    f.editor.setCaret(0, buffer.lineStart(12));
    QVERIFY(f.editor.view().isFolded(2));
    QCOMPARE(colour().rgb(), f.editor.colors().selection.rgb());
    f.caretToLine(0);
    const qsizetype inside = buffer.lineStart(6);
    f.editor.setRemoteCarets({{QStringLiteral("x"), QStringLiteral("Mei"), 1, QColor(Qt::red), inside, inside + 5, true}});
    QVERIFY(colour().red() > plain.red() + 5 || colour().green() < plain.green() - 5);
    QVERIFY(colour() != plain);
}

void TestFolding::flagsFadeBesideFolds_data()
{
    QTest::addColumn<qsizetype>("line");
    QTest::newRow("somebody in it") << qsizetype(9);
    QTest::newRow("somebody below it") << qsizetype(12);
}

void TestFolding::flagsFadeBesideFolds()
{
    QFETCH(qsizetype, line);
    Folded f;
    f.fold(2);
    f.caretToLine(0);   // its blinking paints as well
    const qsizetype index = f.editor.buffer().lineStart(line);
    const QList<ui::RemoteCaret> people = {{QStringLiteral("x"), QStringLiteral("Mei"), 1, QColor(Qt::red), index, index, true}};
    f.editor.setRemoteCarets(people);
    f.clock.advance(ui::RemoteCarets::kFlagShown - std::chrono::milliseconds(1));
    f.editor.setRemoteCarets(people);   // the next look at the clock is due in a millisecond now
    QCoreApplication::processEvents();
    const QRectF caret = f.editor.view().caretRect(index);
    const QPoint onFlag(static_cast<int>(caret.left()) + 8, static_cast<int>(caret.top()) - f.editor.view().lineHeight() / 2);
    PaintedRegion painted(*f.editor.viewport());
    f.clock.advance(ui::RemoteCarets::kFlagFade * 2);
    QTRY_VERIFY(painted.region().contains(onFlag));
}

void TestFolding::whatIsNotColouredYetFoldsWhenItIs()
{
    Folded f(kProgram.repeated(kMany), QStringLiteral("a.cpp"), false);
    const qsizetype last = 14 * (kMany - 1);
    f.fold(last + 5);
    f.key(Qt::Key_BracketLeft, Qt::ControlModifier | Qt::ShiftModifier);
    // Not at once: the key must not wait for what is above.
    QVERIFY(!f.editor.highlighter().isSettled());
    QVERIFY(f.editor.folding().isEmpty());
    // Others may type meanwhile.
    f.remote(0, 0, QStringLiteral("//\n"));
    QTRY_VERIFY_WITH_TIMEOUT(f.editor.view().isFolded(last + 1 + 4), kPatience);
    QCOMPARE(f.editor.folding().folds().size(), 1U);
    QCOMPARE(f.caretLine(), last + 1 + 4);
}

// Whoever paints colours what is in sight, and everything above it.
void TestFolding::itFoldsWhenThePictureColoursTheLast()
{
    Folded f(kProgram.repeated(kMany), QStringLiteral("a.cpp"), false);
    const qsizetype last = 14 * (kMany - 1);
    f.fold(last + 5);
    f.editor.verticalScrollBar()->setValue(f.editor.verticalScrollBar()->maximum());
    QVERIFY(!f.editor.highlighter().isSettled());
    while (!f.editor.highlighter().isSettled())
        f.editor.viewport()->repaint();
    QVERIFY(f.editor.folding().isEmpty());
    QTRY_VERIFY(f.editor.view().isFolded(last + 4));
}

void TestFolding::aWishToFoldIsForgottenWhenTheCaretMoves()
{
    Folded f(kProgram.repeated(kMany), QStringLiteral("a.cpp"), false);
    f.fold(14 * (kMany - 1) + 5);
    f.key(Qt::Key_Up);
    QVERIFY(!f.editor.highlighter().isSettled());
    QTRY_VERIFY_WITH_TIMEOUT(f.editor.highlighter().isSettled(), kPatience);
    QVERIFY(f.editor.folding().isEmpty());
}

void TestFolding::allFoldsWhenAllIsColoured()
{
    Folded f(kProgram.repeated(kMany), QStringLiteral("a.cpp"), false);
    f.editor.run(ui::EditorCommand::FoldAll);
    QVERIFY(!f.editor.highlighter().isSettled());
    QTRY_COMPARE_WITH_TIMEOUT(f.editor.folding().folds().size(), std::size_t(3 * kMany), kPatience);
}

void TestFolding::whereOneWasIsFoundAgain()
{
    const QString text = kProgram.repeated(20);
    Folded f(text);
    f.fold(14 * 3 + 2);
    f.fold(14 * 10 + 5);
    f.fold(14 * 15 + 2);
    f.caretToLine(14 * 9);
    f.key(Qt::Key_End);
    f.editor.verticalScrollBar()->setValue(30 * f.editor.view().lineHeight());
    const qsizetype top = f.editor.view().firstVisibleLine();
    const qsizetype caret = f.editor.caret().head;
    const ui::ViewState state = f.editor.viewState();

    EditorFixture same(text);   // no colours, so nothing says what a region is
    same.editor.restore(state);
    QCOMPARE(same.editor.folding().folds(), f.editor.folding().folds());
    QCOMPARE(same.editor.view().rowCount(), f.editor.view().rowCount());
    QCOMPARE(same.editor.view().firstVisibleLine(), top);
    QCOMPARE(same.editor.caret(), (ui::Caret{caret, caret}));

    // Others went on meanwhile: the first fold's head reads otherwise, a line more stands in front of the last.
    QStringList lines = text.split(u'\n');
    lines[14 * 3 + 2] = QStringLiteral("{ // new");
    lines.insert(14 * 12, QStringLiteral("more"));
    EditorFixture changed(lines.join(u'\n'), QStringLiteral("a.cpp"));
    changed.editor.restore(state);
    QCOMPARE(changed.editor.folding().folds(), (std::vector<ui::Fold>{{14 * 10 + 4, 14 * 10 + 6}}));
    EditorFixture empty;
    empty.editor.restore(state);
    QCOMPARE(empty.editor.caret(), ui::Caret());
    QVERIFY(empty.editor.folding().isEmpty());
}

void TestFolding::foldsHoldWhenLinesWrap()
{
    Folded f(QStringLiteral("f()\n{\n    ") + QString(300, u'x') + QStringLiteral(";\n    y;\n}\nend\n"));
    f.fold(1);
    f.editor.setWraps(true);
    QCOMPARE(f.shown(), linesBut(7, 2, 3));
    QCOMPARE(f.editor.view().rowCount(), 5);
    f.key(Qt::Key_BracketRight, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f.shown().size(), 7);
    QVERIFY(f.editor.view().rowCount() > 8);
    f.key(Qt::Key_BracketLeft, Qt::ControlModifier | Qt::ShiftModifier);
    f.editor.setWraps(false);
    QCOMPARE(f.shown(), linesBut(7, 2, 3));
    QCOMPARE(f.editor.view().rowCount(), 5);
}

void TestFolding::hiddenLinesAreAlwaysThoseInFolds()
{
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    const auto upTo = [&random](qsizetype most) { return static_cast<qsizetype>(random() % static_cast<unsigned>(most + 1)); };
    Folded f(kProgram.repeated(6));
    const QStringList pieces = {QStringLiteral("\n"), QStringLiteral("{\n"), QStringLiteral("}\n"), QStringLiteral("x"),
                                QStringLiteral("a\nb\nc"), QString()};
    for (int step = 0; step < 500; ++step) {
        switch (random() % 6) {
        case 0:
            f.editor.toggleFold(upTo(f.editor.buffer().lineCount() - 1));
            break;
        case 1:
            f.editor.run(ui::EditorCommand::FoldAll);
            break;
        case 2:
            f.caretToLine(upTo(f.editor.buffer().lineCount() - 1));
            f.type(QStringLiteral("{"));
            break;
        default: {
            const qsizetype index = upTo(f.editor.buffer().length());
            f.remote(index, std::min(upTo(30), f.editor.buffer().length() - index), pieces[upTo(pieces.size() - 1)]);
        }
        }
        const qsizetype lines = f.editor.buffer().lineCount();
        qsizetype rows = 0;
        for (qsizetype line = 0; line < lines; ++line) {
            const auto &folds = f.editor.folding().folds();
            const bool hidden = std::any_of(folds.begin(), folds.end(), [line](const ui::Fold &fold) {
                return fold.first < line && line <= fold.last;
            });
            QCOMPARE(f.editor.view().isHidden(line), hidden);
            rows += hidden ? 0 : 1;
        }
        QCOMPARE(f.editor.view().rowCount(), rows);
        QVERIFY(!f.editor.view().isHidden(f.caretLine()));
        for (const ui::Fold &fold : f.editor.folding().folds())
            QVERIFY(fold.first >= 0 && fold.first < fold.last && fold.last < lines);
    }
}

QTEST_MAIN(TestFolding)
#include "tst_folding.moc"
