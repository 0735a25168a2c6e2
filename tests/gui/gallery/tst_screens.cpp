// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/gallery/checks.h"
#include "tests/gui/gallery/scene.h"
#include "translations/translations.h"
#include "ui/widgets/themecontroller.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QLocale>
#include <QPushButton>
#include <QTest>

//! Renders every screen in every state, light and dark, to PNG, and checks what can be checked without eyes.
class ScreensTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void screenIsSound_data();
    void screenIsSound();
    void checksFindFlaws();

private:
    Scenes m_scenes;
    QDir m_folder;
    ui::ThemeController *m_theme = nullptr;
};

namespace {

bool isBlank(const QImage &image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != first)
                return false;
        }
    }
    return true;
}

} // namespace

void ScreensTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    translations::install(*qApp, QLocale());
    m_theme = new ui::ThemeController(*qApp);
    m_theme->setReducedMotion(true);
    m_folder = QDir(qEnvironmentVariable("ALONGSIDE_GALLERY", QDir::temp().filePath(QStringLiteral("alongside-gallery"))));
    QVERIFY(m_folder.mkpath(QStringLiteral(".")));
    for (const Scenes &scenes : {widgetScenes(), peopleScenes(), windowScenes()})
        m_scenes.insert(m_scenes.end(), scenes.begin(), scenes.end());
}

void ScreensTest::screenIsSound_data()
{
    QTest::addColumn<int>("scene");
    QTest::addColumn<bool>("dark");
    for (std::size_t i = 0; i < m_scenes.size(); ++i) {
        QTest::newRow(qPrintable(m_scenes[i].name + QStringLiteral("-light"))) << int(i) << false;
        QTest::newRow(qPrintable(m_scenes[i].name + QStringLiteral("-dark"))) << int(i) << true;
    }
}

void ScreensTest::screenIsSound()
{
    QFETCH(int, scene);
    QFETCH(bool, dark);
    m_theme->setMode(dark ? ui::ThemeController::Mode::Dark : ui::ThemeController::Mode::Light);
    const Scene &description = m_scenes[std::size_t(scene)];
    const std::unique_ptr<QWidget> screen = description.make();
    screen->setAttribute(Qt::WA_DontShowOnScreen, false);
    if (!description.size.isEmpty())
        screen->resize(description.size);
    screen->show();
    QVERIFY(QTest::qWaitForWindowExposed(screen.get()));
    if (description.isReady)
        QTRY_VERIFY(description.isReady(*screen));
    QApplication::processEvents();
    const QImage image = screen->grab().toImage();
    QVERIFY(!isBlank(image));
    QVERIFY(image.save(m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
    const QStringList found = flaws(*screen);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void ScreensTest::checksFindFlaws()
{
    QWidget screen;
    auto *button = new QPushButton(QStringLiteral("A button with many words"), &screen);
    button->setObjectName(QStringLiteral("fine"));
    button->resize(button->sizeHint());
    screen.show();
    QVERIFY(flaws(screen).isEmpty());
    button->resize(40, 20);
    button->setObjectName(QString());
    QCOMPARE(flaws(screen).size(), 3);
    button->setText(QString());
    QVERIFY(flaws(screen).contains(QStringLiteral("no accessible name: QPushButton# \"\"")));
}

QTEST_MAIN(ScreensTest)
#include "tst_screens.moc"
