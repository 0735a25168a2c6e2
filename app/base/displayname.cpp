// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/displayname.h"

#include "app/base/utf8.h"

#include <QChar>

#include <algorithm>

namespace base {

bool isShownAsItself(char32_t c)
{
    if (c == U' ')
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space:
        return false;
    default:
        // Letters that are blank: Hangul fillers and the empty Braille pattern.
        return c != 0x115f && c != 0x1160 && c != 0x3164 && c != 0xffa0 && c != 0x2800;
    }
}

namespace {

void appendShown(QString &out, char32_t c)
{
    if (c == U'\\')
        out += QLatin1StringView("\\\\");
    else if (isShownAsItself(c))
        out += QChar::fromUcs4(c);
    else
        out += QLatin1StringView("\\u{") + QString::number(c, 16) + QLatin1Char('}');
}

} // namespace

QString displayName(const QByteArray &bytes)
{
    QString out;
    QByteArrayView rest = bytes;
    while (!rest.isEmpty()) {
        char32_t c = 0;
        const int length = sequenceLength(rest, c);
        if (length == 0)
            out += QLatin1StringView("\\x") + QString::fromLatin1(rest.first(1).toByteArray().toHex());
        else
            appendShown(out, c);
        rest = rest.sliced(std::max(length, 1));
    }
    return out;
}

} // namespace base
