// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/filetree.h"

#include <QStringDecoder>

namespace client {

namespace {

//! Invisible or direction-changing: what makes one name look like another.
bool isDeceptive(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Separator_Space:
        return c != U' ';
    default:
        // Letters by category, yet blank on screen: Hangul fillers, the braille blank.
        return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
    }
}

//! Bytes that the sequence at \a bytes takes when it is well-formed UTF-8, else 0.
qsizetype sequenceLength(QByteArrayView bytes)
{
    const auto first = uchar(bytes.front());
    const qsizetype length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || length > bytes.size())
        return 0;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes.first(length));
    return decoder.hasError() ? 0 : length;
}

} // namespace

QString displayName(const QByteArray &bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    QString shown;
    shown.reserve(bytes.size());
    for (qsizetype at = 0; at < bytes.size();) {
        const auto byte = uchar(bytes.at(at));
        if (byte >= 0x20 && byte < 0x7f) {
            shown += QLatin1Char(char(byte));
            ++at;
            continue;
        }
        const qsizetype length = sequenceLength(QByteArrayView(bytes).sliced(at));
        if (length <= 1) {
            shown += QLatin1String("\\x") + QLatin1Char(digits[byte >> 4]) + QLatin1Char(digits[byte & 15]);
            ++at;
            continue;
        }
        const QString text = QString::fromUtf8(bytes.constData() + at, length);
        const char32_t c = text.toUcs4().constFirst();
        if (isDeceptive(c))
            shown += QLatin1String("\\u{") + QString::number(uint(c), 16) + QLatin1Char('}');
        else
            shown += text;
        at += length;
    }
    return shown;
}

} // namespace client
