// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/editor/editorfixture.h"
#include "ui/editor/backdrops.h"
#include "ui/editor/findbar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/themecontroller.h"

#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Theme>

#include <QLineEdit>

#include <set>

using ui::Backdrops;
using ui::Theme;
using Stretches = std::vector<Backdrops::Stretch>;

namespace {

constexpr double kReadable = 4.5;

//! Everything that text may stand on, by what it is.
QList<std::pair<QString, QColor>> surfaces(const ui::EditorColors &colors)
{
    QList<std::pair<QString, QColor>> result = {{QStringLiteral("background"), colors.background},
                                                {QStringLiteral("current line"), colors.currentLine},
                                                {QStringLiteral("selection"), colors.selection},
                                                {QStringLiteral("inactive selection"), colors.inactiveSelection},
                                                {QStringLiteral("bracket"), colors.bracket},
                                                {QStringLiteral("match"), colors.match},
                                                {QStringLiteral("current match"), colors.currentMatch}};
    for (quint32 person = 0; person < Theme::kPersonColors; ++person) {
        for (const QColor &below : {colors.background, colors.match, colors.bracket})
            result.append({QStringLiteral("person %1").arg(person), Theme::over(Theme::personColor(person), colors.personSelection, below)});
    }
    return result;
}

QColor eightBits(const QColor &color)
{
    return QColor::fromRgb(color.rgb());
}

//! Laying one colour over another is rounded differently by everyone who does it.
bool isNear(const QColor &a, const QColor &b)
{
    return qAbs(a.red() - b.red()) <= 1 && qAbs(a.green() - b.green()) <= 1 && qAbs(a.blue() - b.blue()) <= 1;
}

} // namespace

class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStyleCanBeReadEverywhere_data() { schemes(); }
    void everyStyleCanBeReadEverywhere();
    void changesNoMoreThanNeeded();
    void layersLieOverEachOther();
    void theTextIsPaintedSo_data();
    void theTextIsPaintedSo();

private:
    static void schemes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
};

void TestContrast::everyStyleCanBeReadEverywhere()
{
    QFETCH(bool, dark);
    ui::ThemeController controller(*qApp);
    controller.setMode(dark ? ui::ThemeController::Mode::Dark : ui::ThemeController::Mode::Light);
    const ui::Languages languages;
    const KSyntaxHighlighting::Theme theme = languages.theme(dark);
    const ui::EditorColors colors = ui::editorColors(theme);
    std::set<QRgb> texts = {colors.text.rgb()};
    const QStringList names = languages.names();
    for (const QString &name : names) {
        const auto formats = languages.named(name).formats();
        for (const auto &format : formats) {
            if (format.hasTextColor(theme))
                texts.insert(format.textColor(theme).rgb());
        }
    }
    QVERIFY(names.size() > 200);
    QVERIFY(texts.size() > 20);
    QVERIFY(Theme::contrast(colors.lineNumber, colors.foldChip) >= 3);   // the dots of the chip
    for (const QRgb text : texts) {
        for (const auto &[name, surface] : surfaces(colors)) {
            const QColor painted = ui::readable(QColor(text), surface);
            const double found = Theme::contrast(eightBits(painted), eightBits(surface));
            QVERIFY2(found >= kReadable, qPrintable(QStringLiteral("%1 on %2 (%3): %4")
                                                        .arg(QColor(text).name(), surface.name(), name).arg(found)));
        }
    }
}

void TestContrast::changesNoMoreThanNeeded()
{
    QCOMPARE(ui::readable(Qt::black, Qt::white), QColor(Qt::black));
    const QColor grey(0x80, 0x80, 0x80);
    const double onWhite = Theme::contrast(ui::readable(grey, Qt::white), Qt::white);
    QVERIFY2(onWhite >= kReadable && onWhite < kReadable + 0.2, qPrintable(QString::number(onWhite)));
    // A middle grey is nearer to white, yet only black can be read on it.
    const QColor middle(0x86, 0x86, 0x86);
    QVERIFY(Theme::contrast(ui::readable(Qt::white, middle), middle) >= kReadable);
}

void TestContrast::layersLieOverEachOther()
{
    Backdrops backdrops(Qt::white);
    QVERIFY(backdrops.stretches().empty());
    backdrops.lay(4, 4, Qt::red);
    QVERIFY(backdrops.stretches().empty());
    backdrops.lay(2, 5, Qt::red);
    backdrops.lay(8, 10, Qt::blue);
    const Stretches two = {{2, 5, Qt::red}, {8, 10, Qt::blue}};
    QCOMPARE(backdrops.stretches(), two);
    // From the middle of the first over the gap into the second.
    backdrops.lay(4, 9, Qt::green);
    const Stretches crossed = {{2, 4, Qt::red}, {4, 5, Qt::green}, {5, 8, Qt::green}, {8, 9, Qt::green}, {9, 10, Qt::blue}};
    QCOMPARE(backdrops.stretches(), crossed);
    QColor tint(Qt::black);
    tint.setAlphaF(0.5F);
    backdrops.lay(0, 3, tint);
    QVERIFY(isNear(backdrops.stretches()[0].color, QColor(0x80, 0x80, 0x80)));
    QCOMPARE(backdrops.stretches()[0].to, 2);
    QVERIFY(isNear(backdrops.stretches()[1].color, QColor(0x80, 0, 0)));
    QCOMPARE(backdrops.stretches()[2], (Backdrops::Stretch{3, 4, Qt::red}));
    backdrops.lay(20, 21, Qt::red);
    QCOMPARE(backdrops.stretches().back(), (Backdrops::Stretch{20, 21, Qt::red}));
}

void TestContrast::theTextIsPaintedSo_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("behind");
    for (const bool dark : {false, true}) {
        for (const char *const behind : {"selection", "inactive selection", "match", "current match", "person", "current line"})
            QTest::addRow("%s, %s", behind, dark ? "dark" : "light") << dark << QString::fromLatin1(behind);
    }
}

void TestContrast::theTextIsPaintedSo()
{
    QFETCH(bool, dark);
    QFETCH(QString, behind);
    ui::ThemeController controller(*qApp);
    controller.setMode(dark ? ui::ThemeController::Mode::Dark : ui::ThemeController::Mode::Light);
    // Each word in a colour of its own, the last two touching each other.
    EditorFixture f(QStringLiteral("return\n// HHHH\n\"HHHH\"\nHHHH\nreturn/*HH*/\n"), QStringLiteral("a.cpp"));
    f.editor.setZoomPercent(200);
    QTRY_VERIFY(f.editor.highlighter().isSettled());
    const qsizetype length = f.editor.buffer().length();
    const ui::EditorColors &colors = f.editor.colors();
    QColor surface = colors.selection;
    if (behind.contains(QLatin1String("selection"))) {
        f.editor.setCaret(0, length);
        if (behind.startsWith(QLatin1String("inactive"))) {
            f.pane.goToLine();
            surface = colors.inactiveSelection;
        }
    } else if (behind.contains(QLatin1String("match"))) {
        f.pane.find();
        f.pane.findChild<QAbstractButton *>(QStringLiteral("findRegex"))->setChecked(true);
        f.pane.findChild<QLineEdit *>(QStringLiteral("findPattern"))->setText(QStringLiteral("^.+$"));
        QTRY_VERIFY(f.pane.findBar().results().isComplete());
        surface = behind == QLatin1String("match") ? colors.match : colors.currentMatch;
        f.editor.setCaret(length, length);
    } else if (behind == QLatin1String("current line")) {
        surface = colors.currentLine;
    } else {
        f.editor.setRemoteCarets({{QStringLiteral("x"), QStringLiteral("Mei"), 2, Theme::personColor(2), 0, length, true}});
        f.clock.advance(std::chrono::seconds(5));
        f.editor.setCaret(length, length);
        surface = Theme::over(Theme::personColor(2), colors.personSelection, colors.background);
    }
    for (qsizetype line = 0; line < 5; ++line) {
        const auto at = [&](qsizetype column) { return f.editor.buffer().lineStart(line) + column; };
        if (behind == QLatin1String("current match"))
            f.editor.setCaret(at(0), f.editor.buffer().lineEnd(line));
        else if (behind == QLatin1String("current line"))
            f.editor.setCaret(at(0), at(0));
        // The last line's words, then the first letters of the others.
        const qsizetype from = line == 4 ? 8 : line == 1 ? 3 : 1;
        const QRectF left = f.editor.view().caretRect(at(from));
        const QRectF right = f.editor.view().caretRect(at(from + 2));
        const QRect word = QRectF(left.topLeft(), right.bottomLeft()).toRect().adjusted(1, 3, -1, -3);
        const QImage picture = f.editor.viewport()->grab(word).toImage();
        double best = 1;
        int plain = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                const QColor pixel = picture.pixelColor(x, y);
                best = std::max(best, Theme::contrast(pixel, eightBits(surface)));
                plain += isNear(pixel, surface) ? 1 : 0;
            }
        }
        const QByteArray where = QByteArray::number(line) + ": " + QByteArray::number(best);
        QVERIFY2(plain > picture.width() * picture.height() / 5, where.constData());
        QVERIFY2(best >= kReadable, where.constData());
    }
}

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
