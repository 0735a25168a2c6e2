// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"

using ui::Whitespace;

namespace {

struct Blanks : EditorFixture
{
    using EditorFixture::EditorFixture;

    //! Whether anything is painted where the blank at \a index stands; the caret must be elsewhere.
    bool shows(qsizetype index)
    {
        const QRectF cell(editor.view().caretRect(index).topLeft() + QPointF(2, 0),
                          QSizeF(editor.view().cellWidth() - 3, editor.view().lineHeight()));
        const QImage picture = editor.viewport()->grab(cell.toRect()).toImage();
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (picture.pixelColor(x, y) != picture.pixelColor(0, 0))
                    return true;
            }
        }
        return false;
    }
};

} // namespace

class TestWhitespace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hiddenNothingShows();
    void allShows();
    void selectedOnly();
    void trailingBlanksStandOutUnlessJustTyped();
    void wrappedRowsShowTheirs();
};

void TestWhitespace::hiddenNothingShows()
{
    Blanks f(QStringLiteral("a b\n\tc  \nend"));
    f.editor.setWhitespace(Whitespace::Hidden);
    f.editor.setCaret(9, 9);
    for (const qsizetype index : {1, 4, 6, 7})
        QVERIFY(!f.shows(index));
}

void TestWhitespace::allShows()
{
    Blanks f(QStringLiteral("a b\n\tc\nend"));
    f.editor.setWhitespace(Whitespace::All);
    f.editor.setCaret(9, 9);
    QVERIFY(f.shows(1));
    QVERIFY(f.shows(4));
    f.editor.setZoomPercent(200);
    QVERIFY(f.shows(1));
}

void TestWhitespace::selectedOnly()
{
    Blanks f(QStringLiteral("a b c\nend"));
    f.editor.setWhitespace(Whitespace::Selected);
    f.editor.setCaret(0, 3);
    QVERIFY(f.shows(1));
    QVERIFY(!f.shows(3));
    f.editor.setCaret(7, 7);
    QVERIFY(!f.shows(1));
}

void TestWhitespace::trailingBlanksStandOutUnlessJustTyped()
{
    Blanks f(QStringLiteral("a b"));
    f.key(Qt::Key_End);
    f.type(QStringLiteral("  "));
    QVERIFY(!f.shows(3));
    f.key(Qt::Key_Home);
    QVERIFY(f.shows(3));
    QVERIFY(f.shows(4));
    QVERIFY(!f.shows(1));
}

void TestWhitespace::wrappedRowsShowTheirs()
{
    Blanks f(QStringLiteral("word ").repeated(60) + u'x');
    f.editor.setWraps(true);
    f.editor.setWhitespace(Whitespace::All);
    const qsizetype third = f.editor.view().rowStart({0, 2});
    QVERIFY(f.shows(third + 4));
    f.editor.setWhitespace(Whitespace::Hidden);
    QVERIFY(!f.shows(third + 4));
}

QTEST_MAIN(TestWhitespace)
#include "tst_whitespace.moc"
