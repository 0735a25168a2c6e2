// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"
#include "ui/editor/accessibleeditor.h"
#include "ui/editor/findbar.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QLineEdit>

class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEditorIsAnEditableText();
    void textIsReadByUnit();
    void selectionAndCaretCanBeMoved();
    void placesAreOnTheScreen();
    void editsThroughItAreTheUsers();
    void changesAreTold();
    void everyControlHasAName();
};

void TestAccessibility::theEditorIsAnEditableText()
{
    EditorFixture f(QStringLiteral("text"));
    QAccessibleInterface *const face = QAccessible::queryAccessibleInterface(&f.editor);
    QVERIFY(face);
    QCOMPARE(face->role(), QAccessible::EditableText);
    QCOMPARE(face->text(QAccessible::Name), QStringLiteral("Text editor"));
    QVERIFY(face->state().multiLine && face->state().editable && !face->state().readOnly);
    f.editor.setReadOnly(true);
    QVERIFY(!face->state().editable && face->state().readOnly);
}

void TestAccessibility::textIsReadByUnit()
{
    EditorFixture f(QString::fromUtf8("one two\nthr🙂ee\n"));
    QAccessibleTextInterface *const text = QAccessible::queryAccessibleInterface(&f.editor)->textInterface();
    QVERIFY(text);
    QCOMPARE(text->characterCount(), 16);
    QCOMPARE(text->text(4, 7), QStringLiteral("two"));
    int start = 0;
    int end = 0;
    QCOMPARE(text->textAtOffset(5, QAccessible::WordBoundary, &start, &end), QStringLiteral("two"));
    QCOMPARE(start, 4);
    QCOMPARE(text->textAtOffset(9, QAccessible::LineBoundary, &start, &end), QString::fromUtf8("thr🙂ee\n"));
    QCOMPARE(text->textBeforeOffset(9, QAccessible::LineBoundary, &start, &end), QStringLiteral("one two\n"));
    QCOMPARE(text->textAtOffset(11, QAccessible::CharBoundary, &start, &end), QString::fromUtf8("🙂"));
    QCOMPARE(text->textAfterOffset(11, QAccessible::CharBoundary, &start, &end), QStringLiteral("e"));
    QCOMPARE(text->textBeforeOffset(0, QAccessible::LineBoundary, &start, &end), QString());
    QCOMPARE(text->textAtOffset(1000, QAccessible::LineBoundary, &start, &end), QString());
}

void TestAccessibility::selectionAndCaretCanBeMoved()
{
    EditorFixture f(QStringLiteral("one two"));
    QAccessibleTextInterface *const text = QAccessible::queryAccessibleInterface(&f.editor)->textInterface();
    text->setCursorPosition(3);
    QCOMPARE(f.marked(), QStringLiteral("one| two"));
    text->setSelection(0, 4, 7);
    QCOMPARE(f.marked(), QStringLiteral("one ^two|"));
    int start = 0;
    int end = 0;
    text->selection(0, &start, &end);
    QCOMPARE(text->selectionCount(), 1);
    QCOMPARE(start, 4);
    QCOMPARE(end, 7);
    text->setCursorPosition(-5);
    QCOMPARE(text->cursorPosition(), 0);
}

void TestAccessibility::placesAreOnTheScreen()
{
    EditorFixture f(QStringLiteral("one\ntwo"));
    QAccessibleTextInterface *const text = QAccessible::queryAccessibleInterface(&f.editor)->textInterface();
    const QRect place = text->characterRect(5);
    QVERIFY(place.width() >= 5 && place.height() == f.editor.view().lineHeight());
    QCOMPARE(text->offsetAtPoint(QPoint(place.left() + 1, place.center().y())), 5);
    QCOMPARE(text->offsetAtPoint(QPoint(-5000, -5000)), -1);
    QVERIFY(text->characterRect(400).isNull());
}

void TestAccessibility::editsThroughItAreTheUsers()
{
    EditorFixture f(QStringLiteral("one two"));
    QAccessibleEditableTextInterface *const text = QAccessible::queryAccessibleInterface(&f.editor)->editableTextInterface();
    QVERIFY(text);
    text->replaceText(4, 7, QStringLiteral("three\r\n"));
    QCOMPARE(f.marked(), QStringLiteral("one three\n|"));
    text->deleteText(0, 4);
    text->insertText(1000, QStringLiteral("!"));
    QCOMPARE(f.marked(), QStringLiteral("three\n!|"));
    QCOMPARE(f.announcements, 3);
    QCOMPARE(f.mirror, f.editor.text());
    f.editor.setReadOnly(true);
    text->deleteText(0, 3);
    QCOMPARE(f.editor.text(), QStringLiteral("three\n!"));
}

void TestAccessibility::changesAreTold()
{
    EditorFixture f(QStringLiteral("one"));
    const auto inserted = ui::accessibleEdit(f.editor, {1, 0, QStringLiteral("x")}, {});
    QCOMPARE(inserted->type(), QAccessible::TextInserted);
    QCOMPARE(static_cast<QAccessibleTextInsertEvent *>(inserted.get())->textInserted(), QStringLiteral("x"));
    QCOMPARE(static_cast<QAccessibleTextInsertEvent *>(inserted.get())->changePosition(), 1);
    const auto removed = ui::accessibleEdit(f.editor, {1, 2, {}}, QStringLiteral("ne"));
    QCOMPARE(removed->type(), QAccessible::TextRemoved);
    QCOMPARE(static_cast<QAccessibleTextRemoveEvent *>(removed.get())->textRemoved(), QStringLiteral("ne"));
    QCOMPARE(ui::accessibleEdit(f.editor, {1, 1, QStringLiteral("x")}, QStringLiteral("n"))->type(), QAccessible::TextUpdated);
    QVERIFY(!ui::accessibleEdit(f.editor, {1, 0, {}}, {}));
    f.editor.setCaret(2, 2);
    QCOMPARE(ui::accessibleCaret(f.editor)->type(), QAccessible::TextCaretMoved);
    f.editor.setCaret(2, 0);
    QCOMPARE(ui::accessibleCaret(f.editor)->type(), QAccessible::TextSelectionChanged);
}

void TestAccessibility::everyControlHasAName()
{
    EditorFixture f(QStringLiteral("text"));
    f.pane.replace();
    const auto fields = f.pane.findBar().findChildren<QWidget *>();
    int checked = 0;
    for (QWidget *const widget : fields) {
        if (!qobject_cast<QLineEdit *>(widget) && !qobject_cast<QAbstractButton *>(widget))
            continue;
        if (widget->parent() && qobject_cast<QLineEdit *>(widget->parent()))
            continue;
        const QAccessibleInterface *const face = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(!face->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
        QVERIFY(!widget->objectName().isEmpty());
        ++checked;
    }
    QCOMPARE(checked, 10);
}

QTEST_MAIN(TestAccessibility)

#include "tst_accessibility.moc"
