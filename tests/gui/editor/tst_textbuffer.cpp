// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/processortime.h"
#include "tests/support/seed.h"
#include "ui/editor/textboundaries.h"
#include "ui/editor/textbuffer.h"
#include "ui/editor/textedit.h"

#include <QTest>

#include <random>

using ui::TextBuffer;

namespace {

QString randomText(std::mt19937 &random, qsizetype length)
{
    static const QString alphabet = QString::fromUtf8("ab c\n\n\tdeäxyz🙂");
    QString text;
    while (text.size() < length)
        text += alphabet[static_cast<qsizetype>(random()) % alphabet.size()];
    return text;
}

void compareLines(const TextBuffer &buffer, const QString &text)
{
    const QStringList lines = text.split(u'\n');
    QCOMPARE(buffer.lineCount(), lines.size());
    qsizetype start = 0;
    for (qsizetype line = 0; line < lines.size(); ++line) {
        QCOMPARE(buffer.lineStart(line), start);
        QCOMPARE(buffer.lineEnd(line), start + lines[line].size());
        QCOMPARE(buffer.line(line), lines[line]);
        QCOMPARE(buffer.lineOf(start), line);
        QCOMPARE(buffer.lineOf(start + lines[line].size()), line);
        start += lines[line].size() + 1;
    }
}

} // namespace

class TestTextBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyTextHasOneLine();
    void behavesLikeAStringUnderRandomEdits();
    void shrinksWhenMostIsRemoved();
    void insertsLargeTextAtOnce();
    void loadsTenMegabytesQuickly();
    void positionsMoveWithEdits();
    void graphemesAreNotSplit();
    void wordMovesStopWhereWordsDo();
};

void TestTextBuffer::anEmptyTextHasOneLine()
{
    TextBuffer buffer;
    QCOMPARE(buffer.lineCount(), 1);
    QCOMPARE(buffer.line(0), QString());
    QCOMPARE(buffer.lineOf(0), 0);
    QCOMPARE(buffer.at(0), QChar());
    buffer.replace(0, 0, u"x\n");
    buffer.replace(0, 2, {});
    QCOMPARE(buffer.lineCount(), 1);
    QCOMPARE(buffer.length(), 0);
}

void TestTextBuffer::behavesLikeAStringUnderRandomEdits()
{
    std::mt19937 random(static_cast<unsigned>(support::seed()));
    QString text = randomText(random, 30'000);
    TextBuffer buffer;
    buffer.setText(text);
    for (int step = 0; step < 3000; ++step) {
        const qsizetype index = static_cast<qsizetype>(random()) % (text.size() + 1);
        const qsizetype reach = random() % 20 == 0 ? 9000 : 12;
        const qsizetype removed = std::min(static_cast<qsizetype>(random()) % reach, text.size() - index);
        const QString inserted = randomText(random, static_cast<qsizetype>(random()) % (random() % 25 == 0 ? 9000 : 9));
        text.replace(index, removed, inserted);
        buffer.replace(index, removed, inserted);
        QCOMPARE(buffer.length(), text.size());
        QCOMPARE(buffer.lineCount(), text.count(u'\n') + 1);
        const qsizetype probe = static_cast<qsizetype>(random()) % (text.size() + 1);
        QCOMPARE(buffer.lineOf(probe), text.left(probe).count(u'\n'));
        QCOMPARE(buffer.text(probe, 3000), text.mid(probe, 3000));
        if (probe < text.size())
            QCOMPARE(buffer.at(probe), text[probe]);
    }
    QCOMPARE(buffer.text(), text);
    compareLines(buffer, text);
}

void TestTextBuffer::shrinksWhenMostIsRemoved()
{
    QString text = QStringLiteral("line of text\n").repeated(20'000);
    TextBuffer buffer;
    buffer.setText(text);
    while (text.size() > 10) {
        const qsizetype removed = std::min<qsizetype>(7001, text.size() - 5);
        buffer.replace(3, removed, {});
        text.remove(3, removed);
        QCOMPARE(buffer.length(), text.size());
    }
    QCOMPARE(buffer.text(), text);
    compareLines(buffer, text);
}

void TestTextBuffer::insertsLargeTextAtOnce()
{
    const QString large = QStringLiteral("0123456789\n").repeated(100'000);
    TextBuffer buffer;
    buffer.setText(u"ab");
    buffer.replace(1, 0, large);
    QCOMPARE(buffer.length(), large.size() + 2);
    QCOMPARE(buffer.lineCount(), 100'001);
    QCOMPARE(buffer.lineStart(50'000), 1 + 50'000 * 11);
    QCOMPARE(buffer.at(0), QChar(u'a'));
    QCOMPARE(buffer.at(buffer.length() - 1), QChar(u'b'));
}

void TestTextBuffer::loadsTenMegabytesQuickly()
{
    const QString text = QStringLiteral("int main() { return 0; } // text\n").repeated(320'000);
    TextBuffer buffer;
    support::ProcessorTimer timer;
    buffer.setText(text);
    QVERIFY2(timer.elapsed() < 2000, "loading is not linear any more");
    QCOMPARE(buffer.lineCount(), 320'001);
    timer.restart();
    for (int i = 0; i < 20'000; ++i)
        buffer.replace(buffer.lineStart(160'000 + i % 7), 0, u"x\n");
    QVERIFY2(timer.elapsed() < 5000, "editing is not logarithmic any more");
    QCOMPARE(buffer.lineCount(), 340'001);
}

void TestTextBuffer::positionsMoveWithEdits()
{
    using ui::Caret;
    using ui::movedBy;
    using ui::Stick;
    const ui::TextEdit insert{5, 0, QStringLiteral("abc")};
    QCOMPARE(movedBy(insert, 4, Stick::After), 4);
    QCOMPARE(movedBy(insert, 5, Stick::Before), 5);
    QCOMPARE(movedBy(insert, 5, Stick::After), 8);
    QCOMPARE(movedBy(insert, 6, Stick::Before), 9);
    const ui::TextEdit replace{5, 4, QStringLiteral("x")};
    QCOMPARE(movedBy(replace, 5, Stick::Before), 5);
    QCOMPARE(movedBy(replace, 7, Stick::After), 5);
    QCOMPARE(movedBy(replace, 9, Stick::Before), 6);
    QCOMPARE(movedBy(replace, 10, Stick::Before), 7);
    // Text that arrives at the ends of a selection stays outside of it.
    QCOMPARE(movedBy(insert, Caret{5, 9}), (Caret{8, 12}));
    QCOMPARE(movedBy(insert, Caret{5, 2}), (Caret{5, 2}));
    QCOMPARE(movedBy(insert, Caret{5, 5}), (Caret{5, 5}));
}

void TestTextBuffer::graphemesAreNotSplit()
{
    const QString text = QString::fromUtf8("e\xCC\x81🙂👩‍👩‍👧\n🇩🇪🇫🇷x");
    TextBuffer buffer;
    buffer.setText(text);
    QList<qsizetype> stops;
    for (qsizetype at = 0; at < text.size(); at = ui::boundaries::nextGrapheme(buffer, at))
        stops.append(at);
    QCOMPARE(stops, (QList<qsizetype>{0, 2, 4, 12, 13, 17, 21}));
    QList<qsizetype> back;
    for (qsizetype at = text.size(); at > 0;) {
        at = ui::boundaries::previousGrapheme(buffer, at);
        back.prepend(at);
    }
    QCOMPARE(back, stops);
    QCOMPARE(ui::boundaries::atGrapheme(buffer, 3), 2);
    QCOMPARE(ui::boundaries::atGrapheme(buffer, 9), 4);
}

void TestTextBuffer::wordMovesStopWhereWordsDo()
{
    TextBuffer buffer;
    buffer.setText(u"foo_bar  = baz(1);\n  next");
    QList<qsizetype> stops;
    for (qsizetype at = 0; at < buffer.length();) {
        at = ui::boundaries::nextWordEnd(buffer, at);
        stops.append(at);
    }
    QCOMPARE(stops, (QList<qsizetype>{7, 10, 14, 15, 16, 18, 25}));
    QCOMPARE(ui::boundaries::previousWordStart(buffer, 14), 11);
    QCOMPARE(ui::boundaries::previousWordStart(buffer, 11), 9);
    QCOMPARE(ui::boundaries::wordAt(buffer, 3), (ui::Caret{0, 7}));
    QCOMPARE(ui::boundaries::wordAt(buffer, 7), (ui::Caret{0, 7}));
    QCOMPARE(ui::boundaries::wordAt(buffer, 8), (ui::Caret{7, 9}));
}

QTEST_GUILESS_MAIN(TestTextBuffer)

#include "tst_textbuffer.moc"
