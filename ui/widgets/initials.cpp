// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/initials.h"

#include "app/base/displayname.h"

#include <QStringList>
#include <QTextBoundaryFinder>

namespace ui {

namespace {

// Scripts and emoji need them.
bool isJoiner(char32_t c)
{
    return c == 0x200c || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f);
}

QString withoutInvisible(const QString &text)
{
    QString result;
    const auto points = text.toUcs4();
    for (const char32_t c : points) {
        if (QChar::isSpace(c))
            result += u' ';
        else if (isJoiner(c) || base::isShownAsItself(c))
            result += QStringView(QChar::fromUcs4(c));
    }
    return result.simplified();
}

QString firstGrapheme(const QString &word)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    const qsizetype end = finder.toNextBoundary();
    // Somebody can stack marks without end on one letter.
    return end > 0 && end <= 16 ? word.left(end) : word.left(word.at(0).isHighSurrogate() ? 2 : 1);
}

QString capital(const QString &grapheme)
{
    // "ß" would become two letters and fill the avatar of one.
    const QString upper = grapheme.toUpper();
    return upper.size() == grapheme.size() ? upper : grapheme;
}

} // namespace

QString initials(const QString &name)
{
    QStringList words;
    const auto parts = withoutInvisible(name).split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        // "Ana (laptop)" is AL, not A(.
        qsizetype start = 0;
        while (start < part.size() && part.at(start).isPunct())
            ++start;
        if (start < part.size())
            words += part.mid(start);
    }
    if (words.isEmpty())
        return QStringLiteral("?");
    QString letters = capital(firstGrapheme(words.constFirst()));
    if (words.size() > 1)
        letters += capital(firstGrapheme(words.constLast()));
    return letters;
}

QString visibleName(const QString &name, int maxGraphemes)
{
    const QString visible = withoutInvisible(name);
    if (visible.isEmpty())
        return QStringLiteral("?");
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, visible);
    for (int count = 0; count < maxGraphemes; ++count) {
        if (finder.toNextBoundary() < 0)
            return visible;
    }
    return finder.position() >= visible.size() ? visible : visible.left(finder.position()) + u'…';
}

} // namespace ui
