// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/fuzzymatch.h"

#include <QString>

#include <vector>

namespace ui {

namespace {

constexpr qsizetype kMostUnits = 256;
constexpr int kImpossible = -1'000'000;

bool startsWord(QStringView text, qsizetype position)
{
    if (position == 0)
        return true;
    const QChar before = text.at(position - 1);
    return !before.isLetterOrNumber() || (before.isLower() && text.at(position).isUpper());
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text)
{
    QString wanted;
    for (const QChar c : pattern.left(kMostUnits)) {
        if (!c.isSpace())
            wanted += c.toCaseFolded();
    }
    if (wanted.isEmpty())
        return FuzzyMatch{};
    text = text.left(kMostUnits);
    const qsizetype rows = wanted.size();
    const qsizetype columns = text.size();
    // best[i][j]: best score of the first i + 1 letters with the last one matched exactly at j.
    std::vector<std::vector<int>> best(std::size_t(rows), std::vector<int>(std::size_t(columns), kImpossible));
    std::vector<std::vector<int>> from(std::size_t(rows), std::vector<int>(std::size_t(columns), -1));
    for (qsizetype i = 0; i < rows; ++i) {
        int reachable = i == 0 ? 0 : kImpossible;
        int reachableAt = -1;
        for (qsizetype j = 0; j < columns; ++j) {
            auto &cell = best[std::size_t(i)][std::size_t(j)];
            if (i > 0 && j > 1 && best[std::size_t(i - 1)][std::size_t(j - 2)] > reachable) {
                reachable = best[std::size_t(i - 1)][std::size_t(j - 2)];
                reachableAt = int(j - 2);
            }
            if (text.at(j).toCaseFolded() != wanted.at(i))
                continue;
            const int own = startsWord(text, j) ? 8 : 1;
            if (reachable > kImpossible) {
                cell = reachable + own;
                from[std::size_t(i)][std::size_t(j)] = reachableAt;
            }
            if (i > 0 && j > 0 && best[std::size_t(i - 1)][std::size_t(j - 1)] > kImpossible) {
                const int run = best[std::size_t(i - 1)][std::size_t(j - 1)] + own + 8;
                if (run > cell) {
                    cell = run;
                    from[std::size_t(i)][std::size_t(j)] = int(j - 1);
                }
            }
        }
    }
    int end = -1;
    int score = kImpossible;
    for (qsizetype j = 0; j < columns; ++j) {
        if (best[std::size_t(rows - 1)][std::size_t(j)] > score) {
            score = best[std::size_t(rows - 1)][std::size_t(j)];
            end = int(j);
        }
    }
    if (end < 0)
        return std::nullopt;
    FuzzyMatch match;
    // Of two equally good ones the shorter text is meant more often.
    match.score = score * 256 - int(columns);
    for (qsizetype i = rows - 1; i >= 0; --i) {
        match.positions.prepend(end);
        end = from[std::size_t(i)][std::size_t(end)];
    }
    return match;
}

} // namespace ui
