// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"
#include "ui/editor/editorpainter.h"
#include "ui/editor/tickscrollbar.h"
#include "ui/widgets/theme.h"

#include <QScrollBar>

#include <random>

using ui::RemoteCaret;
using ui::TextEdit;

namespace {

RemoteCaret person(const QString &name, qsizetype anchor, qsizetype head, bool active = true)
{
    return {name, name, 0, ui::Theme::personColor(0), anchor, head, active};
}

void applyRemote(EditorFixture &f, const QList<TextEdit> &edits)
{
    f.editor.applyRemote({edits.constData(), static_cast<std::size_t>(edits.size())});
}

} // namespace

class TestRemote : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remoteEditsAreNotAnnounced();
    void ownCaretAndSelectionStay_data();
    void ownCaretAndSelectionStay();
    void firstVisibleLineStays_data();
    void firstVisibleLineStays();
    void otherLinesAreNotLaidOutAgain();
    void outOfRangeIsClipped();
    void flagsFadeAfterTwoSeconds();
    void flagsReturnOnMoveAndHover();
    void caretsFollowTheText();
    void caretsNeitherScrollNorCoverOurs();
    void peopleShowOnTheScrollBar();
    void thousandsOfEditsStayInStep();
    void textArrivingInAnEmptyViewIsSeenFromItsStart();
};

void TestRemote::remoteEditsAreNotAnnounced()
{
    EditorFixture f(QStringLiteral("hello"));
    QSignalSpy changed(&f.editor, &ui::CodeEditor::textChanged);
    applyRemote(f, {{0, 0, QStringLiteral("x")}, {1, 5, {}}});
    QCOMPARE(f.editor.text(), QStringLiteral("x"));
    QCOMPARE(f.announcements, 0);
    QCOMPARE(changed.count(), 1);
}

void TestRemote::ownCaretAndSelectionStay_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("removed");
    QTest::addColumn<QString>("inserted");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *before, int index, int removed, const char *inserted, const char *after) {
        QTest::newRow(name) << QString::fromUtf8(before) << index << removed << QString::fromUtf8(inserted) << QString::fromUtf8(after);
    };
    row("in front", "ab|c", 0, 0, "X", "Xab|c");
    row("behind", "ab|c", 3, 0, "X", "ab|cX");
    row("at the caret", "ab|c", 2, 0, "X", "ab|Xc");
    row("around the caret", "ab|cd", 1, 2, "", "a|d");
    row("in the selection", "a^bc|d", 2, 0, "X", "a^bXc|d");
    row("at its start", "a^bc|d", 1, 0, "X", "aX^bc|d");
    row("at its end", "a^bc|d", 3, 0, "X", "a^bc|Xd");
    row("over its end", "a^bc|de", 2, 2, "", "a^b|e");
    row("all of it", "a^bc|d", 0, 4, "X", "X|");
}

void TestRemote::ownCaretAndSelectionStay()
{
    QFETCH(QString, before);
    QFETCH(int, index);
    QFETCH(int, removed);
    QFETCH(QString, inserted);
    QFETCH(QString, after);
    EditorFixture f;
    f.restore(before);
    applyRemote(f, {{index, removed, inserted}});
    if (after == QStringLiteral("X|"))
        QCOMPARE(f.editor.text(), QStringLiteral("X"));
    else
        QCOMPARE(f.marked(), after);
}

void TestRemote::firstVisibleLineStays_data()
{
    QTest::addColumn<qsizetype>("line");
    QTest::addColumn<qsizetype>("removedLines");
    QTest::addColumn<QString>("inserted");
    QTest::addColumn<QString>("top");
    QTest::newRow("lines above") << qsizetype(10) << qsizetype(0) << QStringLiteral("x\ny\nz\n") << QStringLiteral("line 100");
    QTest::newRow("fewer above") << qsizetype(10) << qsizetype(20) << QString() << QStringLiteral("line 100");
    QTest::newRow("right above") << qsizetype(100) << qsizetype(0) << QStringLiteral("x\n") << QStringLiteral("line 100");
    QTest::newRow("below") << qsizetype(105) << qsizetype(0) << QStringLiteral("x\ny\n") << QStringLiteral("line 100");
    QTest::newRow("it was removed") << qsizetype(95) << qsizetype(10) << QString() << QStringLiteral("line 105");
}

void TestRemote::firstVisibleLineStays()
{
    QFETCH(qsizetype, line);
    QFETCH(qsizetype, removedLines);
    QFETCH(QString, inserted);
    QFETCH(QString, top);
    QString text;
    for (int i = 0; i < 400; ++i)
        text += QStringLiteral("line %1\n").arg(i);
    EditorFixture f(text);
    const int offset = 5;
    f.editor.verticalScrollBar()->setValue(100 * f.editor.view().lineHeight() + offset);
    const qsizetype from = f.editor.buffer().lineStart(line);
    const qsizetype to = f.editor.buffer().lineStart(line + removedLines);
    applyRemote(f, {{from, to - from, inserted}});
    const qsizetype first = f.editor.view().firstVisibleLine();
    QCOMPARE(f.editor.buffer().line(first), top);
    QCOMPARE(f.editor.view().lineTop(first), -offset);
}

void TestRemote::otherLinesAreNotLaidOutAgain()
{
    EditorFixture f(QStringLiteral("int x;\n").repeated(50), QStringLiteral("a.cpp"));
    f.editor.viewport()->repaint();
    const ui::LineLayout *const above = &f.editor.view().layout(3);
    const ui::LineLayout *const below = &f.editor.view().layout(12);
    const ui::LineLayout *const touched = &f.editor.view().layout(8);
    applyRemote(f, {{f.editor.buffer().lineStart(8), 0, QStringLiteral("int y;\nint z;\n")}});
    f.editor.viewport()->repaint();
    QCOMPARE(&f.editor.view().layout(3), above);
    QCOMPARE(&f.editor.view().layout(14), below);
    QCOMPARE(f.editor.view().layout(8).displayed(), QStringLiteral("int y;"));
    Q_UNUSED(touched)
}

void TestRemote::outOfRangeIsClipped()
{
    EditorFixture f(QStringLiteral("abc"));
    applyRemote(f, {{-5, 2, QStringLiteral("x")}, {100, 100, QStringLiteral("y")}, {1, 1'000'000, {}}});
    QCOMPARE(f.editor.text(), QStringLiteral("x"));
    f.editor.setRemoteCarets({person(QStringLiteral("far"), -7, 1'000'000)});
    QCOMPARE(f.editor.people().at(0).anchor, 0);
    QCOMPARE(f.editor.people().at(0).head, 1);
    QList<RemoteCaret> crowd;
    for (int i = 0; i < 5000; ++i)
        crowd.append(person(QString::number(i), 0, 0));
    f.editor.setRemoteCarets(crowd);
    QCOMPARE(f.editor.people().count(), ui::RemoteCarets::kMaxCarets);
    f.editor.viewport()->repaint();
}

void TestRemote::flagsFadeAfterTwoSeconds()
{
    StillClock clock;
    ui::RemoteCarets people;
    people.set({person(QStringLiteral("Nadia"), 3, 3)}, 10, clock.now());
    QCOMPARE(people.flagOpacity(0, clock.now()), 1.0);
    QCOMPARE(people.untilChange(clock.now()).value(), std::chrono::milliseconds(2000));
    clock.advance(std::chrono::milliseconds(1999));
    QCOMPARE(people.flagOpacity(0, clock.now()), 1.0);
    clock.advance(std::chrono::milliseconds(61));
    QCOMPARE(people.flagOpacity(0, clock.now()), 0.5);
    clock.advance(std::chrono::milliseconds(60));
    QCOMPARE(people.flagOpacity(0, clock.now()), 0.0);
    clock.advance(std::chrono::milliseconds(60));
    QVERIFY(!people.untilChange(clock.now()));
    // Without motion the flag goes at once.
    people.setReducedMotion(true);
    people.set({person(QStringLiteral("Nadia"), 4, 4)}, 10, clock.now());
    clock.advance(std::chrono::milliseconds(2001));
    QCOMPARE(people.flagOpacity(0, clock.now()), 0.0);
}

void TestRemote::flagsReturnOnMoveAndHover()
{
    EditorFixture f(QStringLiteral("hello world\n").repeated(5));
    const auto opacity = [&f] { return f.editor.people().flagOpacity(0, f.clock.now()); };
    f.editor.setRemoteCarets({person(QStringLiteral("Nadia"), 20, 20)});
    f.clock.advance(std::chrono::seconds(5));
    QCOMPARE(opacity(), 0.0);
    // The same place again is no move, text that others insert above neither.
    f.editor.setRemoteCarets({person(QStringLiteral("Nadia"), 20, 20)});
    applyRemote(f, {{0, 0, QStringLiteral("x")}});
    QCOMPARE(opacity(), 0.0);
    f.editor.setRemoteCarets({person(QStringLiteral("Nadia"), 21, 22)});
    QCOMPARE(opacity(), 1.0);
    f.clock.advance(std::chrono::seconds(5));
    applyRemote(f, {{22, 0, QStringLiteral("typed")}});
    QCOMPARE(f.editor.people().at(0).head, 27);
    QCOMPARE(opacity(), 1.0);
    f.clock.advance(std::chrono::seconds(5));
    QTest::mouseMove(f.editor.viewport(), f.pointAt(27));
    QCOMPARE(opacity(), 1.0);
    QTest::mouseMove(f.editor.viewport(), QPoint(500, 300));
    QCOMPARE(opacity(), 0.0);
}

void TestRemote::caretsFollowTheText()
{
    EditorFixture f(QStringLiteral("0123456789"));
    f.editor.setRemoteCarets({person(QStringLiteral("Nadia"), 4, 8)});
    f.type(QStringLiteral("ab"));
    QCOMPARE(f.editor.people().at(0).caret(), (ui::Caret{6, 10}));
    applyRemote(f, {{7, 2, {}}});
    QCOMPARE(f.editor.people().at(0).caret(), (ui::Caret{6, 8}));
}

void TestRemote::caretsNeitherScrollNorCoverOurs()
{
    EditorFixture f(QStringLiteral("hello world\n").repeated(300));
    f.editor.setCaret(6, 6);
    const int scroll = f.editor.verticalScrollBar()->value();
    f.editor.setRemoteCarets({person(QStringLiteral("far"), 3000, 3000), person(QStringLiteral("same"), 6, 6)});
    QCOMPARE(f.editor.verticalScrollBar()->value(), scroll);
    const QImage picture = f.editor.viewport()->grab().toImage();
    const QRect own = f.editor.caretRectangle();
    QCOMPARE(picture.pixelColor(own.left(), own.center().y()), f.editor.colors().caret);
    // The flag of someone on the first line hangs below it: there is no room above.
    const ui::EditorScene scene{.buffer = f.editor.buffer(), .view = f.editor.view(), .colors = f.editor.colors(),
                                .people = f.editor.people(), .results = nullptr, .carets = {}, .showsCaret = false,
                                .hasFocus = false, .dropIndex = -1, .flagFont = f.editor.font(), .now = f.clock.now()};
    QVERIFY(ui::EditorPainter::flagRect(scene, 0).isEmpty());
    QCOMPARE(ui::EditorPainter::flagRect(scene, 1).top(), qreal(f.editor.view().lineHeight()));
}

void TestRemote::peopleShowOnTheScrollBar()
{
    EditorFixture f(QStringLiteral("x\n").repeated(1000));
    f.editor.setRemoteCarets({person(QStringLiteral("Nadia"), 1000, 1000)});
    const auto *const bar = static_cast<ui::TickScrollBar *>(f.editor.verticalScrollBar());
    QTRY_COMPARE(bar->ticks().size(), 1);
    QVERIFY(qAbs(bar->ticks().first().position - 0.5) < 0.01);
    QCOMPARE(bar->ticks().first().color, ui::Theme::personColor(0));
}

void TestRemote::thousandsOfEditsStayInStep()
{
    EditorFixture f(QStringLiteral("int x = 1; // comment\n").repeated(2000), QStringLiteral("a.cpp"));
    std::mt19937 random(7);
    QList<TextEdit> batch;
    for (int i = 0; i < 3000; ++i) {
        const auto index = static_cast<qsizetype>(random() % static_cast<unsigned>(f.mirror.size() + 1));
        TextEdit edit{index, std::min<qsizetype>(random() % 3, f.mirror.size() - index), random() % 5 ? QStringLiteral("y") : QStringLiteral("\n")};
        f.mirror.replace(edit.index, edit.removed, edit.inserted);
        batch.append(edit);
        // Single edits, small batches and bulk ones take different ways through the caches.
        if (i % 50 == 0 || (i > 1000 && i < 1500) || i == 2999) {
            applyRemote(f, batch);
            batch.clear();
        }
    }
    QCOMPARE(f.editor.text(), f.mirror);
    f.editor.viewport()->repaint();
    for (qsizetype line = f.editor.view().firstVisibleLine(); line <= f.editor.view().lastVisibleLine(); ++line)
        QCOMPARE(f.editor.view().layout(line).displayed(), f.editor.buffer().line(line));
}

void TestRemote::textArrivingInAnEmptyViewIsSeenFromItsStart()
{
    EditorFixture f;
    applyRemote(f, {{0, 0, QStringLiteral("line\n").repeated(500)}});
    QCOMPARE(f.editor.view().firstVisibleLine(), 0);
    QCOMPARE(f.editor.caret(), (ui::Caret{0, 0}));
}

QTEST_MAIN(TestRemote)

#include "tst_remote.moc"
