// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/displaytext.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace ui {

namespace {

bool isControlPicture(char32_t c)
{
    return (c < 0x20 && c != '\t') || c == 0x7F;
}

//! Code points that are painted as nothing, as a blank, or that change the order of what follows.
bool isAlwaysBoxed(char32_t c)
{
    return (c >= 0x80 && c <= 0x9F)                                         // C1 controls
        || c == 0x00AD || c == 0x034F || c == 0x061C                        // soft hyphen, grapheme joiner, Arabic mark
        || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0         // Hangul fillers
        || c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F)
        || (c >= 0x2000 && c <= 0x200B) || c == 0x200E || c == 0x200F       // blanks of other widths, zero width, marks
        || (c >= 0x2028 && c <= 0x202F) || c == 0x205F                      // separators, embeddings, overrides
        || (c >= 0x2060 && c <= 0x206F) || c == 0x2800                      // isolates, invisible operators
        || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFC)                      // BOM, annotations, object replacement
        || (c >= 0xD800 && c <= 0xDFFF)                                     // lone surrogates
        || (c >= 0x1BCA0 && c <= 0x1BCA3) || (c >= 0x1D173 && c <= 0x1D17A)
        || (c >= 0xE0000 && c <= 0xE00FF) || (c >= 0xE01F0 && c <= 0xE0FFF) // tags
        || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);          // noncharacters
}

bool isJoiner(char32_t c)
{
    return c == 0x200C || c == 0x200D;
}

bool isVariationSelector(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

//! Joiners and variation selectors belong to Persian, Indic and emoji text; among Latin letters, or in a row, they only hide.
bool isJustifiedBy(char32_t c, char32_t before)
{
    if (isVariationSelector(c)) {
        const bool keycap = (before >= '0' && before <= '9') || before == '#' || before == '*';
        return keycap || (before >= 0x00A9 && !isVariationSelector(before) && !isJoiner(before)
                          && !isAlwaysBoxed(before));
    }
    return before >= 0x0600 && !isJoiner(before) && !isAlwaysBoxed(before);
}

//! No-break spaces are normal in French prose, so their mark is one cell wide: an open box.
bool isNoBreakSpace(char32_t c)
{
    return c == 0x00A0 || c == 0x202F;
}

QChar pictureOf(char32_t c)
{
    if (isNoBreakSpace(c))
        return QChar(0x2423);
    return QChar(c == 0x7F ? 0x2421 : 0x2400 + static_cast<uint>(c));
}

//! Units that never need a look: nearly all there are.
bool isPlain(QChar unit)
{
    const char16_t u = unit.unicode();
    return (u >= 0x20 && u < 0x7F) || u == u'\t' || (u >= 0x00C0 && u < 0x0300) || (u >= 0x4E00 && u < 0xA000);
}

QString boxedName(char32_t c)
{
    const QString hex = QString::number(static_cast<uint>(c), 16).toUpper();
    return QLatin1String("U+") + hex.rightJustified(4, u'0');
}

struct Symbol
{
    char32_t code = 0;
    qsizetype units = 1;
};

Symbol symbolAt(QStringView text, qsizetype at)
{
    const QChar unit = text[at];
    if (unit.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return {QChar::surrogateToUcs4(unit, text[at + 1]), 2};
    return {unit.unicode(), 1};
}

} // namespace

DisplayText::DisplayText(QStringView source, QChar before) : m_sourceLength(source.size())
{
    m_text.reserve(source.size());
    char32_t previous = before.unicode();
    for (qsizetype at = 0; at < source.size();) {
        qsizetype end = at;
        while (end < source.size() && isPlain(source[end]))
            ++end;
        if (end > at) {
            m_text += source.mid(at, end - at);
            previous = source[end - 1].unicode();
            at = end;
            continue;
        }
        const auto [code, units] = symbolAt(source, at);
        if (isControlPicture(code) || isNoBreakSpace(code)) {
            // One unit for one unit, but still a mark: it is painted in the marks' colour.
            m_marks.push_back({at, units, m_text.size(), 1});
            m_text += pictureOf(code);
        } else if (isAlwaysBoxed(code) || ((isJoiner(code) || isVariationSelector(code)) && !isJustifiedBy(code, previous))) {
            const QString name = boxedName(code);
            m_marks.push_back({at, units, m_text.size(), name.size()});
            m_text += name;
        } else {
            m_text += source.mid(at, units);
        }
        previous = code;
        at += units;
    }
}

void DisplayText::insertPreedit(qsizetype sourceColumn, const QString &preedit)
{
    const qsizetype display = toDisplay(sourceColumn);
    m_text.insert(display, preedit);
    const auto behind = std::find_if(m_marks.begin(), m_marks.end(),
                                     [sourceColumn](const Mark &mark) { return mark.source >= sourceColumn; });
    for (auto mark = behind; mark != m_marks.end(); ++mark)
        mark->display += preedit.size();
    m_marks.insert(behind, {sourceColumn, 0, display, preedit.size()});
}

qsizetype DisplayText::toDisplay(qsizetype sourceColumn) const
{
    const auto behind = std::partition_point(m_marks.begin(), m_marks.end(), [sourceColumn](const Mark &mark) {
        return mark.source + mark.sourceLength <= sourceColumn && mark.source < sourceColumn;
    });
    const bool inside = behind != m_marks.end() && behind->source < sourceColumn;
    if (inside)
        return behind->display;
    if (behind == m_marks.begin())
        return sourceColumn;
    const Mark &last = *std::prev(behind);
    return last.display + last.displayLength + sourceColumn - last.source - last.sourceLength;
}

qsizetype DisplayText::toSource(qsizetype displayColumn) const
{
    const auto behind = std::partition_point(m_marks.begin(), m_marks.end(), [displayColumn](const Mark &mark) {
        return mark.display + mark.displayLength <= displayColumn;
    });
    if (behind != m_marks.end() && behind->display < displayColumn) {
        const bool nearStart = 2 * (displayColumn - behind->display) < behind->displayLength;
        return nearStart ? behind->source : behind->source + behind->sourceLength;
    }
    if (behind == m_marks.begin())
        return displayColumn;
    const Mark &last = *std::prev(behind);
    return last.source + last.sourceLength + displayColumn - last.display - last.displayLength;
}

QString visibleText(QStringView text, qsizetype maxGraphemes)
{
    // A grapheme can be arbitrarily long, so units are bounded as well before anything looks at them.
    const QString shown = DisplayText(text.left(8 * maxGraphemes)).text();
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, shown);
    qsizetype end = 0;
    for (qsizetype count = 0; count < maxGraphemes; ++count) {
        const qsizetype next = finder.toNextBoundary();
        if (next < 0)
            break;
        end = next;
    }
    const bool complete = end >= shown.size() && text.size() <= 8 * maxGraphemes;
    return complete ? shown : shown.left(end) + QChar(0x2026);
}

} // namespace ui
