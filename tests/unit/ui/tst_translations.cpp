// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTest>
#include <QTranslator>

class TranslationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void countsInEveryLanguage_data();
    void countsInEveryLanguage();
};

void TranslationsTest::cleanup()
{
    qDeleteAll(qApp->findChildren<QTranslator *>());
}

void TranslationsTest::countsInEveryLanguage_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("two");
    const auto one = QStringLiteral("1 person is there now.");
    const auto two = QStringLiteral("2 people are there now.");
    QTest::newRow("English") << QStringLiteral("en_GB") << one << two;
    QTest::newRow("without a locale") << QStringLiteral("C") << one << two;
    QTest::newRow("a language we do not have") << QStringLiteral("fr_FR") << one << two;
    QTest::newRow("German") << QStringLiteral("de_AT") << QStringLiteral("1 Person ist gerade da.") << QStringLiteral("2 Personen sind gerade da.");
}

void TranslationsTest::countsInEveryLanguage()
{
    QFETCH(QString, locale);
    translations::install(*qApp, QLocale(locale));
    QTEST(QCoreApplication::translate("ui::JoinCard", "%n people are there now.", nullptr, 1), "one");
    QTEST(QCoreApplication::translate("ui::JoinCard", "%n people are there now.", nullptr, 2), "two");
}

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_translations.moc"
