// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/words.h"

#include <QLocale>

namespace ui {

QString timeOfDay(const QTime &time)
{
    // Some locales' short format has seconds.
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    for (const QString &seconds : {QStringLiteral(":ss"), QStringLiteral(".ss"), QStringLiteral(" ss")})
        format.remove(seconds);
    return QLocale().toString(time, format);
}

QString timeOfDay(base::WallTime time)
{
    return timeOfDay(QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).time());
}

} // namespace ui
