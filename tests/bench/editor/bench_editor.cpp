// SPDX-License-Identifier: GPL-3.0-or-later
// How long the editor takes: loading, first picture, key to picture, remote edits, long lines. Prints, asserts nothing.
#include "app/base/clock.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/languages.h"
#include "ui/editor/searchresults.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

namespace {

struct Sample
{
    std::vector<double> milliseconds;

    void print(const char *name)
    {
        std::sort(milliseconds.begin(), milliseconds.end());
        const auto at = [this](double q) { return milliseconds[static_cast<std::size_t>(q * double(milliseconds.size() - 1))]; };
        std::printf("%-58s n %5zu   p50 %8.3f ms   p99 %8.3f ms   max %8.3f ms\n", name, milliseconds.size(), at(0.5), at(0.99),
                    milliseconds.back());
    }
};

//! BENCH_CLOCK=cpu counts this thread's work only: what it takes on a machine that has something else to do.
double milliseconds()
{
    static const bool countsWork = qEnvironmentVariable("BENCH_CLOCK") == QStringLiteral("cpu");
    timespec now = {};
    clock_gettime(countsWork ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <typename Work>
double timed(Work work)
{
    const double start = milliseconds();
    work();
    return milliseconds() - start;
}

QString program(qsizetype units)
{
    const QString block = QStringLiteral("// A comment that says why this is here\n"
                                         "static int value%1(const std::vector<int> &input, int offset)\n"
                                         "{\n"
                                         "    int result = 0x1f + offset; /* inline */\n"
                                         "    for (int i = 0; i < 10; ++i)\n"
                                         "        result += input[i] * 3.14 - \"text\"[i];\n"
                                         "    return result;\n"
                                         "}\n\n");
    QString text;
    text.reserve(units + 400);
    for (int i = 0; text.size() < units; ++i)
        text += block.arg(i);
    return text;
}

//! Whatever the event loop owes: the picture, and one slice of colouring if that is still going on.
void settle()
{
    QCoreApplication::processEvents();
}

void measureFile(const ui::Languages &languages, const base::Clock &clock, qsizetype megabytes, const QString &fileName)
{
    const QString text = program(megabytes * 1'000'000);
    std::printf("-- %lld MB (%lld lines), %s\n", static_cast<long long>(megabytes), static_cast<long long>(text.count(u'\n')),
                qPrintable(fileName));
    ui::TextBuffer buffer;
    std::printf("%-58s %8.3f ms\n", "text into the buffer", timed([&] { buffer.setText(text); }));

    ui::CodeEditor editor(languages, clock);
    editor.resize(1280, 800);
    editor.show();
    if (!QTest::qWaitForWindowExposed(&editor))
        std::printf("the window is not exposed: pictures are not counted\n");
    std::printf("%-58s %8.3f ms\n", "setText to first picture", timed([&] {
        editor.setFileName(fileName);
        editor.setText(text);
        editor.viewport()->repaint();
    }));
    editor.setFocus();

    const qsizetype middle = editor.buffer().lineStart(editor.buffer().lineCount() / 2) + 10;
    Sample jump{{timed([&] { editor.setCaret(middle, middle); editor.viewport()->repaint(); })}};
    jump.print("jump to the middle, painted");
    const auto key = [&](Qt::Key code, QChar unit) {
        return timed([&] {
            QKeyEvent press(QEvent::KeyPress, code, Qt::NoModifier, unit.isNull() ? QString() : QString(unit));
            QApplication::sendEvent(&editor, &press);
            settle();
        });
    };
    Sample typing;
    for (int i = 0; i < 600; ++i)
        typing.milliseconds.push_back(key(Qt::Key_A, QChar(u'a' + i % 26)));
    typing.print("letter: key to picture (while colouring goes on)");
    Sample lines;
    for (int i = 0; i < 100; ++i)
        lines.milliseconds.push_back(key(Qt::Key_Return, u'\r'));
    lines.print("Enter: key to picture");
    // From the upper edge, so that everything in sight changes colour.
    editor.verticalScrollBar()->setValue(editor.verticalScrollBar()->value() + 600);
    Sample comment;
    for (int i = 0; i < 60; ++i) {
        comment.milliseconds.push_back(key(Qt::Key_Slash, u'/'));
        comment.milliseconds.push_back(key(Qt::Key_Asterisk, u'*'));
        comment.milliseconds.push_back(key(Qt::Key_Backspace, {}));
        comment.milliseconds.push_back(key(Qt::Key_Backspace, {}));
    }
    comment.print("opening and closing a comment over the rest of the file");
    Sample scrolling;
    for (int i = 0; i < 200; ++i) {
        scrolling.milliseconds.push_back(timed([&] {
            editor.verticalScrollBar()->setValue(editor.verticalScrollBar()->value() + 60);
            editor.viewport()->repaint();
        }));
    }
    scrolling.print("scroll by three lines, painted");
    Sample pages;
    for (int i = 0; i < 100; ++i)
        pages.milliseconds.push_back(key(Qt::Key_PageDown, {}));
    pages.print("page down, painted");
    Sample plain;
    Sample selected;
    for (int i = 0; i < 200; ++i) {
        // In turn, so that they compare: text on a selection is recoloured where it could not be read.
        const bool selects = i % 2 == 1;
        const qsizetype head = editor.caret().head;
        editor.setCaret(selects ? 0 : head, head);
        (selects ? selected : plain).milliseconds.push_back(timed([&] { editor.viewport()->repaint(); }));
    }
    plain.print("a picture without a selection");
    selected.print("a picture that is all selected");

    std::mt19937 random(1);
    Sample remote;
    for (int i = 0; i < 1000; ++i) {
        const auto at = static_cast<qsizetype>(random()) % editor.buffer().length();
        const ui::TextEdit edit{at, 0, i % 10 == 0 ? QStringLiteral("x\ny") : QStringLiteral("z")};
        remote.milliseconds.push_back(timed([&] { editor.applyRemote({&edit, 1}); }));
    }
    remote.print("remote edit anywhere, applied");
    std::printf("%-58s %8.3f ms\n", "the picture after them", timed([&] { settle(); }));

    ui::SearchResults results(editor.buffer());
    std::printf("%-58s %8.3f ms\n", "literal search through everything", timed([&] {
        results.setQuery({QStringLiteral("offset")});
        results.finish();
    }));
    results.setQuery({QStringLiteral("va[a-z]+[0-9]+\\("), false, false, true});
    std::printf("%-58s %8.3f ms\n", "regular expression through everything", timed([&] { results.finish(); }));
    if (megabytes <= 10) {
        std::printf("%-58s %8.3f ms\n", "colouring everything", timed([&] {
            while (!editor.highlighter().isSettled())
                QCoreApplication::processEvents();
        }));
    }
}

//! Keys while others make a thousand edits a second, half of them in sight: between two keys, 33 ms apart, 33 edits come in
//! a message each. The time is the key's, to the picture, edits that arrived in the meantime included.
void measureTogether(const ui::Languages &languages, const base::Clock &clock, qsizetype megabytes, bool wraps)
{
    constexpr int kKeys = 300;
    constexpr int kEditsPerKey = 33;
    ui::CodeEditor editor(languages, clock);
    editor.resize(1280, 800);
    editor.show();
    editor.setFileName(QStringLiteral("huge.cpp"));
    editor.setText(program(megabytes * 1'000'000));
    editor.setWraps(wraps);
    editor.setFocus();
    const qsizetype middle = editor.buffer().lineStart(editor.buffer().lineCount() / 2) + 10;
    editor.setCaret(middle, middle);
    settle();
    std::mt19937 random(1);
    Sample keys;
    Sample edits;
    for (int i = 0; i < kKeys; ++i) {
        double applied = 0;
        for (int e = 0; e < kEditsPerKey; ++e) {
            const qsizetype near = editor.caret().head + static_cast<qsizetype>(random() % 2000) - 1000;
            const qsizetype far = static_cast<qsizetype>(random()) % editor.buffer().length();
            const qsizetype at = std::clamp<qsizetype>(e % 2 == 0 ? near : far, 0, editor.buffer().length());
            const ui::TextEdit edit{at, 0, e % 10 == 0 ? QStringLiteral("x\ny") : QStringLiteral("z")};
            const double one = timed([&] { editor.applyRemote({&edit, 1}); });
            edits.milliseconds.push_back(one);
            applied += one;
        }
        // The edits of one frame may all stand in front of the key.
        const double key = timed([&] {
            QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"));
            QApplication::sendEvent(&editor, &press);
            settle();
        });
        keys.milliseconds.push_back(applied / 2 + key);
    }
    std::printf("-- %lld MB, 1,000 edits of others a second%s\n", static_cast<long long>(megabytes), wraps ? ", wrapped" : "");
    edits.print("remote edit, applied");
    keys.print("letter: key to picture, behind half a frame of edits");
}

void measureWrapping(const ui::Languages &languages, const base::Clock &clock)
{
    ui::CodeEditor editor(languages, clock);
    editor.resize(640, 800);
    editor.show();
    editor.setFileName(QStringLiteral("huge.cpp"));
    editor.setText(program(50'000'000));
    editor.viewport()->repaint();
    std::printf("-- 50 MB, wrapping\n%-58s %8.3f ms\n", "wrap, first picture", timed([&] {
        editor.setWraps(true);
        editor.viewport()->repaint();
    }));
    Sample turns;
    while (editor.view().hasEstimatesDue())
        turns.milliseconds.push_back(timed([&] { settle(); }));
    turns.print("a turn of the event loop while rows are estimated");
    Sample resize;
    for (int width = 600; width < 700; width += 10) {
        resize.milliseconds.push_back(timed([&] {
            editor.resize(width, 800);
            editor.viewport()->repaint();
        }));
    }
    resize.print("another width, painted");
    editor.setWraps(false);
    std::printf("%-58s %8.3f ms\n", "fold all that is known", timed([&] {
        editor.run(ui::EditorCommand::FoldAll);
        editor.viewport()->repaint();
    }));
    std::printf("%-58s %8.3f ms\n", "unfold all", timed([&] {
        editor.run(ui::EditorCommand::UnfoldAll);
        editor.viewport()->repaint();
    }));
}

void measureLongLine(const ui::Languages &languages, const base::Clock &clock, bool wraps)
{
    std::printf("-- one line of 1 MB%s\n", wraps ? ", wrapped" : "");
    const QString ascii(1'000'000, u'x');
    QString mixed;
    while (mixed.size() < 1'000'000)
        mixed += QString::fromUtf8("日本語 text عربي 🙂 ");
    for (const QString &text : {ascii, mixed}) {
        ui::CodeEditor editor(languages, clock);
        editor.resize(1280, 800);
        editor.setWraps(wraps);
        editor.show();
        std::printf("%-58s %8.3f ms\n", text == ascii ? "ASCII: to first picture" : "mixed scripts: to first picture", timed([&] {
            editor.setText(text);
            editor.viewport()->repaint();
        }));
        editor.setFocus();
        std::printf("%-58s %8.3f ms\n", "End, painted", timed([&] {
            QTest::keyClick(&editor, Qt::Key_End);
            editor.viewport()->repaint();
        }));
        Sample typing;
        for (int i = 0; i < 100; ++i) {
            typing.milliseconds.push_back(timed([&] {
                QTest::keyClick(&editor, Qt::Key_A);
                settle();
            }));
        }
        typing.print("letter at its end: key to picture");
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const ui::Languages languages;
    const base::SystemClock clock;
    std::printf("%-58s %8.3f ms\n", "first language lookup", timed([&] { languages.forFile(QStringLiteral("a.cpp")); }));
    measureFile(languages, clock, 10, QStringLiteral("big.cpp"));
    measureFile(languages, clock, 50, QStringLiteral("huge.cpp"));
    measureWrapping(languages, clock);
    for (const bool wraps : {false, true})
        measureTogether(languages, clock, 50, wraps);
    for (const bool wraps : {false, true})
        measureLongLine(languages, clock, wraps);
    return 0;
}
