// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textsearch.h"

#include "ui/editor/textboundaries.h"

namespace ui {

namespace {

bool isWordAt(const QString &text, qsizetype index)
{
    return index >= 0 && index < text.size() && boundaries::isWordUnit(text[index]);
}

//! A word's edges need a word unit on one side only: "->" found whole between blanks is fine.
bool isWholeWord(const QString &text, qsizetype index, qsizetype length)
{
    const bool joinedLeft = isWordAt(text, index - 1) && isWordAt(text, index);
    const bool joinedRight = isWordAt(text, index + length - 1) && isWordAt(text, index + length);
    return !joinedLeft && !joinedRight;
}

} // namespace

TextSearch::TextSearch(const SearchQuery &query) : m_query(query)
{
    if (query.pattern.isEmpty())
        return;
    if (query.pattern.size() > kMaxPattern) {
        m_error = tr("The pattern is too long");
        return;
    }
    if (!query.pattern.isValidUtf16()) {
        m_error = tr("The pattern holds half a character");
        return;
    }
    if (!query.isRegex) {
        m_literal = QStringMatcher(query.pattern, query.matchesCase ? Qt::CaseSensitive : Qt::CaseInsensitive);
        m_valid = true;
        return;
    }
    auto options = QRegularExpression::PatternOptions(QRegularExpression::UseUnicodePropertiesOption);
    options.setFlag(QRegularExpression::CaseInsensitiveOption, !query.matchesCase);
    const QRegularExpression plain(query.pattern, options);
    if (!plain.isValid()) {
        m_error = plain.errorString();
        return;
    }
    // PCRE reads its limits from the pattern's head; without them a nested repeat can run for hours on one line.
    const QString limits = QStringLiteral("(*LIMIT_MATCH=%1)(*LIMIT_DEPTH=10000)").arg(kMatchLimit);
    const QString core = query.wholeWords ? QStringLiteral("\\b(?:") + query.pattern + QStringLiteral(")\\b") : query.pattern;
    m_expression = QRegularExpression(limits + core, options);
    m_valid = m_expression.isValid();
    m_error = m_valid ? QString() : m_expression.errorString();
}

bool TextSearch::find(const QString &text, qsizetype offset, qsizetype limit, QList<Match> &matches) const
{
    if (!m_valid)
        return true;
    if (!m_query.isRegex) {
        findLiteral(text, offset, limit, matches);
        return true;
    }
    bool complete = true;
    for (qsizetype start = 0; start <= text.size();) {
        qsizetype end = text.indexOf(u'\n', start);
        if (end < 0)
            end = text.size();
        complete = findInLine(text.mid(start, end - start), offset + start, limit, matches) && complete;
        start = end + 1;
    }
    return complete;
}

void TextSearch::findLiteral(const QString &text, qsizetype offset, qsizetype limit, QList<Match> &matches) const
{
    const qsizetype length = m_query.pattern.size();
    for (qsizetype at = m_literal.indexIn(text); at >= 0 && matches.size() < limit;) {
        const bool taken = !m_query.wholeWords || isWholeWord(text, at, length);
        if (taken)
            matches.append({offset + at, length});
        at = m_literal.indexIn(text, at + (taken ? length : 1));
    }
}

bool TextSearch::findInLine(const QString &line, qsizetype offset, qsizetype limit, QList<Match> &matches) const
{
    qsizetype from = 0;
    while (from <= line.size() && matches.size() < limit) {
        const QRegularExpressionMatch match = m_expression.match(line, from);
        if (!match.isValid())
            return false;
        if (!match.hasMatch())
            return true;
        if (match.capturedLength() > 0)
            matches.append({offset + match.capturedStart(), match.capturedLength()});
        from = match.capturedLength() > 0 ? match.capturedEnd() : match.capturedEnd() + 1;
    }
    return true;
}

QString TextSearch::replaced(const QString &line, qsizetype column, const QString &replacement) const
{
    if (!m_query.isRegex)
        return replacement;
    const QRegularExpressionMatch match = m_expression.match(line, column);
    QString result;
    for (qsizetype at = 0; at < replacement.size(); ++at) {
        const QChar unit = replacement[at];
        const QChar next = at + 1 < replacement.size() ? replacement[at + 1] : QChar();
        const bool starts = unit == u'\\' || unit == u'$';
        if (starts && next.unicode() >= u'0' && next.unicode() <= u'9') {
            result += match.captured(next.unicode() - u'0');
        } else if (unit == u'$' && next == u'&') {
            result += match.captured(0);
        } else if (unit == u'\\' && next == u'n') {
            result += u'\n';
        } else if (unit == u'\\' && next == u't') {
            result += u'\t';
        } else if (starts && next == unit) {
            result += unit;
        } else {
            result += unit;
            continue;
        }
        ++at;
    }
    return result;
}

} // namespace ui
