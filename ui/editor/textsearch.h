// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QStringMatcher>

namespace ui {

//! A stretch that a search has found, in UTF-16 units.
struct Match
{
    qsizetype index = 0;
    qsizetype length = 0;
    friend bool operator==(const Match &, const Match &) = default;
};

struct SearchQuery
{
    QString pattern;
    bool matchesCase = false;
    bool wholeWords = false;
    bool isRegex = false;
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

//! A query made ready. Matches lie within one line and are never empty; a regular expression that would need more steps
//! than kMatchLimit in a line gives up on that line.
class TextSearch
{
    Q_DECLARE_TR_FUNCTIONS(TextSearch)

public:
    static constexpr qsizetype kMaxPattern = 4096;
    static constexpr int kMatchLimit = 200'000;

    TextSearch() = default;
    explicit TextSearch(const SearchQuery &query);

    const SearchQuery &query() const { return m_query; }
    //! False for an empty pattern and for a regular expression with a mistake: see error().
    bool isValid() const { return m_valid; }
    //! What the expression lacks, for people; empty when it is right.
    QString error() const { return m_error; }

    //! Appends the matches in \a text, whole lines that start at \a offset, up to \a limit in all.
    //! \returns false when an expression gave up on a line
    bool find(const QString &text, qsizetype offset, qsizetype limit, QList<Match> &matches) const;

    //! What replaces a match: \a replacement itself, or with groups ($1, \1, $&) and \n, \t filled in for expressions.
    //! \a line is the whole line, \a column where the match starts in it.
    QString replaced(const QString &line, qsizetype column, const QString &replacement) const;

private:
    void findLiteral(const QString &text, qsizetype offset, qsizetype limit, QList<Match> &matches) const;
    bool findInLine(const QString &line, qsizetype offset, qsizetype limit, QList<Match> &matches) const;

    SearchQuery m_query;
    QStringMatcher m_literal;
    QRegularExpression m_expression;
    QString m_error;
    bool m_valid = false;
};

} // namespace ui
