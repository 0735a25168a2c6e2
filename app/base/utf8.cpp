// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/utf8.h"

namespace base {

int sequenceLength(QByteArrayView bytes, char32_t &c)
{
    const auto first = static_cast<unsigned char>(bytes[0]);
    if (first < 0x80) {
        c = first;
        return 1;
    }
    const int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || bytes.size() < length)
        return 0;
    c = first & (0xff >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(bytes[i]);
        if ((next & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (next & 0x3f);
    }
    const bool isOverlong = c < (length == 2 ? 0x80u : length == 3 ? 0x800u : 0x10000u);
    return isOverlong || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : length;
}

qsizetype utf8Size(QStringView text)
{
    // Without a branch, so that the compiler makes one pass of wide steps of it: texts have tens of millions of units.
    qsizetype more = 0;
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        more += (unit >= 0x80) + (unit >= 0x800) - ((unit & 0xf800) == 0xd800);
    }
    return text.size() + more;
}

} // namespace base
