// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"
#include "ui/widgets/themecontroller.h"

#include <QTest>

using namespace ui;

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnEverySurface_data();
    void textIsReadableOnEverySurface();
    void shapesThatCarryMeaningAreVisible_data();
    void shapesThatCarryMeaningAreVisible();
    void peopleAreReadableInBothDirections();
    void peopleDifferFromEachOther();
    void ninthPersonSharesTheFirstColour();
    void contrastIsWcags();
    void chosenSchemeReachesThePalette();
};

namespace {

void addSchemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void checkContrast(Role front, Role back, bool dark, double least)
{
    const double found = Theme::contrast(Theme::color(front, dark), Theme::color(back, dark));
    QVERIFY2(found >= least, qPrintable(QStringLiteral("role %1 on %2: %3, least %4")
                                            .arg(int(front)).arg(int(back)).arg(found).arg(least)));
}

} // namespace

void ThemeTest::textIsReadableOnEverySurface_data()
{
    addSchemes();
}

void ThemeTest::textIsReadableOnEverySurface()
{
    QFETCH(bool, dark);
    for (const Role text : {Role::Text, Role::SecondaryText, Role::Accent, Role::Good, Role::Warning, Role::Danger}) {
        for (const Role surface : {Role::Window, Role::Panel, Role::Editor, Role::Raised})
            checkContrast(text, surface, dark, 4.5);
    }
    for (const Role surface : {Role::Hover, Role::Selected}) {
        checkContrast(Role::Text, surface, dark, 4.5);
        checkContrast(Role::SecondaryText, surface, dark, 4.5);
    }
    for (const Role surface : {Role::WarningTint, Role::DangerTint})
        checkContrast(Role::Text, surface, dark, 4.5);
    checkContrast(Role::Warning, Role::WarningTint, dark, 4.5);
    checkContrast(Role::Danger, Role::DangerTint, dark, 4.5);
    checkContrast(Role::AccentText, Role::Accent, dark, 4.5);
}

void ThemeTest::shapesThatCarryMeaningAreVisible_data()
{
    addSchemes();
}

void ThemeTest::shapesThatCarryMeaningAreVisible()
{
    QFETCH(bool, dark);
    for (const Role surface : {Role::Window, Role::Panel, Role::Editor, Role::Raised})
        checkContrast(Role::Outline, surface, dark, 3.0);
}

void ThemeTest::peopleAreReadableInBothDirections()
{
    for (const bool dark : {false, true}) {
        for (quint32 person = 0; person < Theme::kPersonColors; ++person) {
            const QColor color = Theme::personColor(person, dark);
            for (const Role surface : {Role::Editor, Role::Panel, Role::Window})
                QVERIFY2(Theme::contrast(color, Theme::color(surface, dark)) >= (surface == Role::Editor ? 4.5 : 3.0),
                         qPrintable(QString::number(person)));
            QVERIFY2(Theme::contrast(color, Theme::personText(dark)) >= 4.5, qPrintable(QString::number(person)));
        }
    }
}

void ThemeTest::peopleDifferFromEachOther()
{
    for (const bool dark : {false, true}) {
        for (quint32 a = 0; a < Theme::kPersonColors; ++a) {
            for (quint32 b = a + 1; b < Theme::kPersonColors; ++b)
                QVERIFY(Theme::personColor(a, dark) != Theme::personColor(b, dark));
        }
    }
}

void ThemeTest::ninthPersonSharesTheFirstColour()
{
    QCOMPARE(Theme::personColor(8), Theme::personColor(0));
    QCOMPARE(Theme::personColor(4294967295U), Theme::personColor(7));
}

void ThemeTest::contrastIsWcags()
{
    QCOMPARE(qRound(Theme::contrast(Qt::black, Qt::white) * 100), 2100);
    QCOMPARE(qRound(Theme::contrast(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448);
    QCOMPARE(qRound(Theme::contrast(Qt::red, Qt::red) * 100), 100);
}

void ThemeTest::chosenSchemeReachesThePalette()
{
    ThemeController controller(*qApp);
    controller.setMode(ThemeController::Mode::Dark);
    QVERIFY(Theme::isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::color(Role::Window, true));
    QCOMPARE(QApplication::palette().color(QPalette::Disabled, QPalette::WindowText), Theme::color(Role::DisabledText, true));
    controller.setMode(ThemeController::Mode::Light);
    QVERIFY(!Theme::isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::color(Role::Window, false));
    QCOMPARE(QApplication::palette().color(QPalette::PlaceholderText), Theme::color(Role::SecondaryText, false));
}

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
