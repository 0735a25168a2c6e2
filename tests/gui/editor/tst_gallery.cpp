// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the editor in its states, light and dark, to PNG files in the build folder, for people to look at, and checks
// what a program can check about a picture.
#include "tests/gui/editor/editorfixture.h"
#include "ui/editor/findbar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/themecontroller.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QScrollBar>

namespace {

QString sourceFile(const QString &path)
{
    QFile file(QStringLiteral(ALONGSIDE_SOURCE_DIR) + u'/' + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("missing fixture %s", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

QList<ui::RemoteCaret> people(const QString &text)
{
    const auto person = [](const QString &name, int color, qsizetype anchor, qsizetype head, bool active = true) {
        return ui::RemoteCaret{name, name, color, ui::Theme::personColor(static_cast<quint32>(color)), anchor, head, active};
    };
    const qsizetype word = text.indexOf(QLatin1String("struct"));
    const qsizetype block = text.indexOf(QLatin1String("units"), word);
    return {person(QStringLiteral("Nadia"), 0, word, word), person(QStringLiteral("Ravi Narayan"), 3, block + 95, block + 5),
            person(QStringLiteral("Mei"), 5, 0, 3), person(QStringLiteral("Away"), 7, block + 140, block + 170, false)};
}

} // namespace

class TestGallery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void looks_data();
    void looks();

private:
    void save(QWidget &widget, const QString &name);
    QString m_folder;
};

void TestGallery::initTestCase()
{
    m_folder = QDir::currentPath() + QStringLiteral("/gallery/editor");
    QVERIFY(QDir().mkpath(m_folder));
}

void TestGallery::save(QWidget &widget, const QString &name)
{
    QCoreApplication::processEvents();
    const QImage image = widget.grab().toImage();
    QVERIFY(!image.isNull());
    const QString path = m_folder + u'/' + name + (ui::Theme::isDark() ? QStringLiteral("-dark.png") : QStringLiteral("-light.png"));
    QVERIFY(image.save(path));
    // What a program can see: the surface has the scheme's lightness, and something readable stands on it.
    const auto *const editor = widget.findChild<ui::CodeEditor *>();
    const QImage text = editor->viewport()->grab().toImage();
    const QColor surface = editor->colors().background;
    QCOMPARE(surface.lightnessF() < 0.5F, ui::Theme::isDark());
    double best = 1;
    for (int y = 0; y < text.height(); ++y) {
        for (int x = 0; x < text.width(); ++x)
            best = std::max(best, ui::Theme::contrast(text.pixelColor(x, y), surface));
    }
    QVERIFY2(best >= 4.5, qPrintable(path));
}

void TestGallery::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestGallery::looks()
{
    QFETCH(bool, dark);
    ui::ThemeController controller(*qApp);
    controller.setMode(dark ? ui::ThemeController::Mode::Dark : ui::ThemeController::Mode::Light);
    const QString source = sourceFile(QStringLiteral("ui/editor/textbuffer.cpp"));

    {
        EditorFixture f(source, QStringLiteral("textbuffer.cpp"));
        f.pane.resize(900, 560);
        const qsizetype word = source.indexOf(QLatin1String("std::unique_ptr"));
        f.editor.setCaret(word < 0 ? 900 : word, word < 0 ? 900 : word);
        f.editor.setRemoteCarets(people(source));
        save(f.pane, QStringLiteral("people"));
        f.clock.advance(std::chrono::seconds(5));
        f.editor.viewport()->update();
        save(f.pane, QStringLiteral("people-quiet"));
        f.editor.setCaret(source.indexOf(QLatin1String("constexpr")), source.indexOf(QLatin1String("struct")));
        save(f.pane, QStringLiteral("selection"));
        f.pane.find();
        QTest::keyClicks(f.pane.findChild<QLineEdit *>(QStringLiteral("findPattern")), QStringLiteral("child"));
        QTRY_VERIFY(f.pane.findBar().results().isComplete());
        save(f.pane, QStringLiteral("find"));
        f.pane.replace();
        save(f.pane, QStringLiteral("replace"));
        f.pane.goToLine();
        save(f.pane, QStringLiteral("goto"));
    }
    {
        EditorFixture f(source, QStringLiteral("textbuffer.cpp"));
        f.pane.resize(900, 560);
        f.editor.setRemoteCarets(people(source));
        f.clock.advance(std::chrono::seconds(5));
        const qsizetype word = source.indexOf(QLatin1String("node"), source.indexOf(QLatin1String("insertIntoLeaf")));
        f.editor.setCaret(word, word);
        for (int i = 0; i < 9; ++i)
            f.key(Qt::Key_D, Qt::ControlModifier);
        save(f.pane, QStringLiteral("carets-selecting"));
        f.type(QStringLiteral("part"));
        save(f.pane, QStringLiteral("carets"));
        for (int i = 0; i < 4; ++i)
            f.key(Qt::Key_Backspace);
        f.type(QStringLiteral("node"));
        f.key(Qt::Key_Escape);
        const qsizetype first = source.indexOf(QLatin1String("#include"));
        f.editor.setCaret(first + 3, first + 3);
        for (int i = 0; i < 5; ++i)
            f.key(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        for (int i = 0; i < 8; ++i)
            f.key(Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        save(f.pane, QStringLiteral("box"));
        const qsizetype brace = source.indexOf(u'{', source.indexOf(QLatin1String("countBreaks")));
        f.editor.setCaret(brace, brace);
        QTRY_VERIFY(f.editor.brackets().has_value());
        save(f.pane, QStringLiteral("brackets"));
        f.editor.setCaret(brace + 2, source.indexOf(u'}', brace));
        f.key(Qt::Key_Slash, Qt::ControlModifier);
        QTRY_VERIFY(f.editor.highlighter().isSettled());
        save(f.pane, QStringLiteral("commented"));
    }
    {
        EditorFixture f(source, QStringLiteral("textbuffer.cpp"));
        f.pane.resize(900, 560);
        QTRY_VERIFY(f.editor.highlighter().isSettled());
        const qsizetype inside = source.indexOf(QLatin1String("isLeaf"));
        f.editor.setRemoteCarets({{QStringLiteral("m"), QStringLiteral("Mei"), 5, ui::Theme::personColor(5), inside, inside, true}});
        for (qsizetype line = 0; line < 60; ++line) {
            if (f.editor.buffer().line(line).startsWith(QLatin1String("struct TextBuffer::Node")))
                f.editor.toggleFold(line + 1);
        }
        f.editor.setCaret(0, 0);
        QTest::mouseMove(f.editor.viewport(), QPoint(8, 200));
        save(f.pane, QStringLiteral("folded"));
        f.editor.run(ui::EditorCommand::FoldAll);
        save(f.pane, QStringLiteral("folded-all"));
        f.editor.run(ui::EditorCommand::UnfoldAll);
        f.editor.setWhitespace(ui::Whitespace::All);
        save(f.pane, QStringLiteral("blanks"));
        f.editor.setWraps(true);
        f.pane.resize(460, 560);
        f.editor.setCaret(source.indexOf(QLatin1String("A leaf is moved")), source.indexOf(QLatin1String("constexpr std::size_t")));
        save(f.pane, QStringLiteral("wrapped-narrow"));
    }
    {
        const QString prose = QString::fromUtf8(
            "# Notes\n\n"
            "A paragraph that goes on and on, as people write them in Markdown, one line each, so that an editor without wrapping "
            "shows its first words only and hides the rest behind a scroll bar.\n\n"
            "    - An indented point that is too long as well, and whose further rows stand under its first letter, so that the shape "
            "of the list stays.\n"
            "\tA tab, then 日本語の文章がここに続きます。折り返しは文字の間で行われます。そしてまだ続きます、とても長い行です。\n"
            "https://example.org/a/very/long/address/without/any/blank/that/has/to/break/somewhere/in/the/middle/of/it/because/there/is/no/room\n"
            "trailing blanks   \n");
        EditorFixture f(prose, QStringLiteral("notes.md"));
        f.editor.setWraps(true);
        f.pane.resize(620, 400);
        f.editor.setCaret(60, 140);
        f.editor.setRemoteCarets({{QStringLiteral("m"), QStringLiteral("Mei"), 5, ui::Theme::personColor(5), 200, 300, true}});
        save(f.pane, QStringLiteral("wrapped"));
    }
    {
        EditorFixture f(QString(), QStringLiteral("empty.txt"));
        save(f.pane, QStringLiteral("empty"));
    }
    {
        EditorFixture f(sourceFile(QStringLiteral("ui/editor/CMakeLists.txt")), QStringLiteral("CMakeLists.txt"));
        f.editor.setReadOnly(true);
        save(f.pane, QStringLiteral("readonly"));
    }
    {
        const QString scripts = QString::fromUtf8(
            "# مرحبا بالعالم\n"
            "greeting = \"مرحبا\"  # Arabic in code\n"
            "name = \"世界 こんにちは 안녕하세요\"\n"
            "emoji = \"👩‍👩‍👧‍👦 🇩🇪 e\xCC\x81 naïve 🙂\"\n"
            "hidden = \"a\xE2\x80\xAE" "b\xE2\x80\xAC c\xE2\x80\x8B" "d\xC2\xA0" "e\"\n"
            "control = \"\x01\x1b[0m\x7f\"\n"
            "persian = \"می\xE2\x80\x8Cخواهم\"\n"
            "\ttab\tseparated\ttext\n");
        EditorFixture f(scripts, QStringLiteral("scripts.py"));
        f.editor.setCaret(20, 40);
        f.editor.setRemoteCarets({{QStringLiteral("x"), QStringLiteral("Zoë \u202Eevil"), 1,
                                   ui::Theme::personColor(1), 60, 66, true}});
        save(f.pane, QStringLiteral("scripts"));
        QInputMethodEvent composing(QString::fromUtf8("にほん"), {{QInputMethodEvent::Cursor, 2, 1, {}}});
        f.editor.setCaret(16, 16);
        QApplication::sendEvent(&f.editor, &composing);
        save(f.pane, QStringLiteral("preedit"));
        QCOMPARE(f.announcements, 0);
    }
    {
        QString text;
        for (int i = 0; i < 30; ++i)
            text += QString(i * 40, QChar(u'a' + i % 26)) + QStringLiteral(" end\n");
        text += QString(1'000'000, u'x');
        EditorFixture f(text, QStringLiteral("long.txt"));
        f.editor.setCaret(text.size() - 900'000, text.size() - 900'000);
        save(f.pane, QStringLiteral("long"));
        f.editor.setZoomPercent(200);
        f.editor.setCaret(0, 0);
        save(f.pane, QStringLiteral("zoomed"));
    }
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestGallery test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_gallery.moc"
