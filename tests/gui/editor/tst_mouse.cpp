// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"

#include <QApplication>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QWheelEvent>

class TestMouse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clicksPlaceTheCaret();
    void shiftClickExtends();
    void doubleAndTripleClickSelect();
    void draggingSelectsByUnit();
    void draggingOutsideScrolls();
    void gutterClickSelectsTheLine();
    void wheelScrollsAndZooms();
    void droppedTextIsOneStep();
    void filesAreLeftToTheWindow();
    void contextMenuKnowsReadOnly();

private:
    static void drop(EditorFixture &f, qsizetype target, const QString &text);
};

void TestMouse::clicksPlaceTheCaret()
{
    EditorFixture f(QStringLiteral("hello world\nsecond\n"));
    QSignalSpy byHand(&f.editor, &ui::CodeEditor::caretMovedByHand);
    f.click(6);
    QCOMPARE(f.marked(), QStringLiteral("hello |world\nsecond\n"));
    QCOMPARE(byHand.count(), 1);
    // Right of a line's end, and below the last line.
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, QPoint(700, f.editor.view().lineTop(1) + 4));
    QCOMPARE(f.marked(), QStringLiteral("hello world\nsecond|\n"));
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, QPoint(300, 400));
    QCOMPARE(f.marked(), QStringLiteral("hello world\nsecond\n|"));
}

void TestMouse::shiftClickExtends()
{
    EditorFixture f(QStringLiteral("hello world\n"));
    f.click(2);
    f.click(8, Qt::ShiftModifier);
    QCOMPARE(f.marked(), QStringLiteral("he^llo wo|rld\n"));
    f.click(1, Qt::ShiftModifier);
    QCOMPARE(f.marked(), QStringLiteral("h|e^llo world\n"));
}

void TestMouse::doubleAndTripleClickSelect()
{
    EditorFixture f(QStringLiteral("hello world\nnext\n"));
    QTest::mouseDClick(f.editor.viewport(), Qt::LeftButton, {}, f.pointAt(8));
    QCOMPARE(f.marked(), QStringLiteral("hello ^world|\nnext\n"));
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, f.pointAt(8));
    QCOMPARE(f.marked(), QStringLiteral("^hello world\n|next\n"));
}

void TestMouse::draggingSelectsByUnit()
{
    EditorFixture f(QStringLiteral("one two three\nfour five\n"));
    QWidget *const viewport = f.editor.viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, f.pointAt(2));
    QTest::mouseMove(viewport, f.pointAt(16));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, f.pointAt(16));
    QCOMPARE(f.marked(), QStringLiteral("on^e two three\nfo|ur five\n"));
    f.click(30);
    // QTest forgets the button of a double click, so this drag is sent by hand.
    const auto send = [viewport](QEvent::Type type, QPoint point) {
        const auto buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, point, viewport->mapToGlobal(point), Qt::LeftButton, buttons, Qt::NoModifier);
        QApplication::sendEvent(viewport, &event);
    };
    send(QEvent::MouseButtonDblClick, f.pointAt(5));
    send(QEvent::MouseMove, f.pointAt(9));
    QCOMPARE(f.marked(), QStringLiteral("one ^two three|\nfour five\n"));
    send(QEvent::MouseMove, f.pointAt(1));
    send(QEvent::MouseButtonRelease, f.pointAt(1));
    QCOMPARE(f.marked(), QStringLiteral("|one two^ three\nfour five\n"));
}

void TestMouse::draggingOutsideScrolls()
{
    EditorFixture f(QStringLiteral("line\n").repeated(500));
    QWidget *const viewport = f.editor.viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, f.pointAt(2));
    const QPoint below(100, viewport->height() + 300);
    QCursor::setPos(viewport->mapToGlobal(below));
    QTest::mouseMove(viewport, below);
    QTRY_VERIFY(f.editor.verticalScrollBar()->value() > 300);
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, below);
    QCOMPARE(f.editor.caret().anchor, 2);
    QVERIFY(f.editor.buffer().lineOf(f.editor.caret().head) >= f.editor.view().lastVisibleLine() - 1);
}

void TestMouse::gutterClickSelectsTheLine()
{
    EditorFixture f(QStringLiteral("one\ntwo\nthree\n"));
    QTest::mouseClick(f.editor.viewport(), Qt::LeftButton, {}, QPoint(5, f.editor.view().lineTop(1) + 3));
    QCOMPARE(f.marked(), QStringLiteral("one\n^two\n|three\n"));
}

void TestMouse::wheelScrollsAndZooms()
{
    EditorFixture f(QStringLiteral("line\n").repeated(500));
    const auto wheel = [&f](int delta, Qt::KeyboardModifiers modifiers) {
        const QPointF point(200, 200);
        QWheelEvent event(point, f.editor.viewport()->mapToGlobal(point), {}, {0, delta}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(f.editor.viewport(), &event);
    };
    wheel(-120, Qt::NoModifier);
    QCOMPARE(f.editor.verticalScrollBar()->value(), 3 * f.editor.view().lineHeight());
    wheel(120, Qt::ControlModifier);
    QCOMPARE(f.editor.zoomPercent(), 110);
}

void TestMouse::drop(EditorFixture &f, qsizetype target, const QString &text)
{
    QMimeData data;
    data.setText(text);
    const QPoint point = f.pointAt(target);
    QDragEnterEvent enter(point, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(f.editor.viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent move(point, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(f.editor.viewport(), &move);
    QDropEvent drop(point, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(f.editor.viewport(), &drop);
}

void TestMouse::droppedTextIsOneStep()
{
    EditorFixture f(QStringLiteral("one two\n"));
    drop(f, 4, QStringLiteral("x\r\ny "));
    QCOMPARE(f.marked(), QStringLiteral("one ^x\ny |two\n"));
    QCOMPARE(f.announcements, 1);
    QCOMPARE(f.mirror, f.editor.text());
    // Moving inside the text removes and inserts in one step, whichever side the target is on.
    ui::TextBuffer buffer;
    buffer.setText(u"abcdef");
    const auto result = [](const ui::EditPlan &plan, QString text) {
        for (const ui::TextEdit &edit : plan.edits)
            text.replace(edit.index, edit.removed, edit.inserted);
        return text;
    };
    QCOMPARE(result(ui::commands::dropText({1, 3}, 5, QStringLiteral("bc"), true), buffer.text()), QStringLiteral("adebcf"));
    QCOMPARE(result(ui::commands::dropText({3, 5}, 1, QStringLiteral("de"), true), buffer.text()), QStringLiteral("adebcf"));
    QVERIFY(ui::commands::dropText({1, 4}, 2, QStringLiteral("bcd"), true).edits.isEmpty());
}

void TestMouse::filesAreLeftToTheWindow()
{
    EditorFixture f(QStringLiteral("one"));
    QMimeData data;
    data.setUrls({QUrl(QStringLiteral("file:///tmp/x"))});
    data.setText(QStringLiteral("file:///tmp/x"));
    QDragEnterEvent enter(QPoint(100, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(f.editor.viewport(), &enter);
    QVERIFY(!enter.isAccepted());
}

void TestMouse::contextMenuKnowsReadOnly()
{
    EditorFixture f(QStringLiteral("one"));
    f.editor.setReadOnly(true);
    int shown = 0;
    connect(&f.editor, &ui::CodeEditor::contextMenuRequested, this, [&shown](QMenu *) { ++shown; });
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(10, 10), f.editor.viewport()->mapToGlobal(QPoint(10, 10)));
    QApplication::sendEvent(f.editor.viewport(), &event);
    auto *const menu = f.editor.findChild<QMenu *>(QStringLiteral("editorMenu"));
    QVERIFY(menu);
    QCOMPARE(shown, 1);
    const auto enabled = [menu](const char *text) {
        for (const QAction *action : menu->actions()) {
            if (action->text().startsWith(QLatin1String(text)))
                return action->isEnabled();
        }
        return false;
    };
    QVERIFY(enabled("Copy"));
    QVERIFY(!enabled("Cut"));
    QVERIFY(!enabled("Paste"));
    QVERIFY(!enabled("Undo"));
    menu->close();
}

QTEST_MAIN(TestMouse)

#include "tst_mouse.moc"
