// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textboundaries.h"

#include "ui/editor/textbuffer.h"

#include <QTextBoundaryFinder>

namespace ui::boundaries {

namespace {

// No real grapheme is this long; a hostile one ("zalgo" text) is then crossed in several steps.
constexpr qsizetype kGraphemeWindow = 96;
constexpr qsizetype kWordWindow = 4096;

enum class UnitClass { Blank, Word, Other, LineEnd };

UnitClass classOf(QChar unit)
{
    if (unit == u'\n')
        return UnitClass::LineEnd;
    if (unit.isSpace())
        return UnitClass::Blank;
    return isWordUnit(unit) ? UnitClass::Word : UnitClass::Other;
}

bool isPlainAscii(QChar unit)
{
    return unit.unicode() < 0x80;
}

} // namespace

bool isWordUnit(QChar unit)
{
    return unit.isLetterOrNumber() || unit.isMark() || unit == u'_' || unit.isSurrogate()
        || unit == QChar(0x200C) || unit == QChar(0x200D);
}

qsizetype nextGrapheme(const TextBuffer &buffer, qsizetype index)
{
    index = qBound<qsizetype>(0, index, buffer.length());
    if (index == buffer.length())
        return index;
    if (isPlainAscii(buffer.at(index)) && (index + 1 == buffer.length() || isPlainAscii(buffer.at(index + 1))))
        return index + 1;
    // The finder needs what stands before (regional indicators pair up from the left), hence the window on both sides.
    const qsizetype from = qMax<qsizetype>(0, index - kGraphemeWindow);
    const QString window = buffer.text(from, index - from + kGraphemeWindow);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, window);
    finder.setPosition(index - from);
    const qsizetype next = finder.toNextBoundary();
    return next < 0 ? qMin(index + 1, buffer.length()) : from + next;
}

qsizetype previousGrapheme(const TextBuffer &buffer, qsizetype index)
{
    index = qBound<qsizetype>(0, index, buffer.length());
    if (index == 0)
        return 0;
    if (isPlainAscii(buffer.at(index - 1)))
        return index - 1;
    const qsizetype from = qMax<qsizetype>(0, index - kGraphemeWindow);
    const QString window = buffer.text(from, index - from);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, window);
    finder.setPosition(window.size());
    const qsizetype previous = finder.toPreviousBoundary();
    return previous < 0 ? index - 1 : from + previous;
}

qsizetype atGrapheme(const TextBuffer &buffer, qsizetype index)
{
    index = qBound<qsizetype>(0, index, buffer.length());
    if (index == 0 || index == buffer.length() || (isPlainAscii(buffer.at(index)) && isPlainAscii(buffer.at(index - 1))))
        return index;
    const qsizetype from = qMax<qsizetype>(0, index - kGraphemeWindow);
    const QString window = buffer.text(from, index - from + kGraphemeWindow);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, window);
    finder.setPosition(index - from);
    if (finder.isAtBoundary())
        return index;
    const qsizetype previous = finder.toPreviousBoundary();
    return previous < 0 ? index : from + previous;
}

qsizetype atCharacter(const TextBuffer &buffer, qsizetype index)
{
    index = qBound<qsizetype>(0, index, buffer.length());
    return buffer.at(index).isLowSurrogate() && buffer.at(index - 1).isHighSurrogate() ? index - 1 : index;
}

qsizetype nextWordEnd(const TextBuffer &buffer, qsizetype index)
{
    index = qBound<qsizetype>(0, index, buffer.length());
    const QString window = buffer.text(index, kWordWindow);
    qsizetype at = 0;
    if (at < window.size() && window[at] == u'\n')
        ++at;
    while (at < window.size() && classOf(window[at]) == UnitClass::Blank)
        ++at;
    if (at == window.size())
        return index + at;
    const UnitClass kind = classOf(window[at]);
    if (kind != UnitClass::LineEnd) {
        while (at < window.size() && classOf(window[at]) == kind)
            ++at;
    }
    return atGrapheme(buffer, index + at);
}

qsizetype previousWordStart(const TextBuffer &buffer, qsizetype index)
{
    index = qBound<qsizetype>(0, index, buffer.length());
    const qsizetype from = qMax<qsizetype>(0, index - kWordWindow);
    const QString window = buffer.text(from, index - from);
    qsizetype at = window.size();
    if (at > 0 && window[at - 1] == u'\n')
        --at;
    while (at > 0 && classOf(window[at - 1]) == UnitClass::Blank)
        --at;
    if (at == 0)
        return from;
    const UnitClass kind = classOf(window[at - 1]);
    if (kind != UnitClass::LineEnd) {
        while (at > 0 && classOf(window[at - 1]) == kind)
            --at;
    }
    return atGrapheme(buffer, from + at);
}

Caret wordAt(const TextBuffer &buffer, qsizetype index)
{
    index = qBound<qsizetype>(0, index, buffer.length());
    const qsizetype from = qMax<qsizetype>(0, index - kWordWindow);
    const QString window = buffer.text(from, index - from + kWordWindow);
    qsizetype begin = index - from;
    // At the right edge of a word the word is meant, not the blank or the bracket behind it.
    const bool atEnd = begin == window.size() || classOf(window[begin]) == UnitClass::LineEnd
        || classOf(window[begin]) != UnitClass::Word;
    if (atEnd && begin > 0 && (begin == window.size() || classOf(window[begin]) == UnitClass::LineEnd
                               || classOf(window[begin - 1]) == UnitClass::Word))
        --begin;
    if (begin >= window.size() || classOf(window[begin]) == UnitClass::LineEnd)
        return {index, index};
    const UnitClass kind = classOf(window[begin]);
    qsizetype end = begin;
    while (begin > 0 && classOf(window[begin - 1]) == kind)
        --begin;
    while (end < window.size() && classOf(window[end]) == kind)
        ++end;
    return {from + begin, from + end};
}

qsizetype firstNonBlank(const TextBuffer &buffer, qsizetype line)
{
    const qsizetype start = buffer.lineStart(line);
    qsizetype at = start;
    buffer.forEachPiece(start, buffer.lineEnd(line) - start, [&at](QStringView piece) {
        for (const QChar unit : piece) {
            if (unit != u' ' && unit != u'\t')
                return false;
            ++at;
        }
        return true;
    });
    return at;
}

} // namespace ui::boundaries
