// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

using namespace Qt::StringLiterals;

namespace translations {
namespace {

bool installFrom(QCoreApplication &application, const QLocale &locale, const QString &name, const QString &folder)
{
    auto translator = std::make_unique<QTranslator>(&application);
    if (!translator->load(locale, name, u"_"_s, folder))
        return false;
    return application.installTranslator(translator.release());
}

} // namespace

void install(QCoreApplication &application, const QLocale &locale)
{
    // Without our own texts, Qt's would give one German button in an English window.
    if (installFrom(application, locale, u"alongside"_s, u":/translations"_s))
        installFrom(application, locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    else // The sources hold one form for all numbers ("1 people"); the English file holds both.
        installFrom(application, QLocale(QLocale::English), u"alongside"_s, u":/translations"_s);
}

} // namespace translations
