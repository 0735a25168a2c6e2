// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

#include <optional>

namespace ui {

//! How well a typed pattern fits a text, and which characters to show in bold.
struct FuzzyMatch
{
    int score = 0;                 //!< higher is better; only comparable for one pattern
    QList<int> positions;          //!< matched UTF-16 units of the text, ascending
    friend bool operator==(const FuzzyMatch &, const FuzzyMatch &) = default;
};

//! Matches \a pattern as a subsequence of \a text without regard to case and blanks; starts of words and runs score
//! higher. nullopt if it does not fit. An empty pattern fits everything with score 0. O(pattern × text); both are cut at
//! 256 units.
std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace ui
