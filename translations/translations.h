// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;
class QLocale;

namespace translations {

//! Makes \a application speak the language of \a locale: our own texts, and Qt's own (standard buttons) where the system has
//! them. A language that we do not have leaves everything in English. Call it before the first widget is made.
void install(QCoreApplication &application, const QLocale &locale);

} // namespace translations
