// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstdint>
#include <span>
#include <vector>

namespace base {

//! Equal tokens (lines, words) have equal numbers.
using Tokens = std::vector<std::uint32_t>;

//! Tokens [before, before + removed) of the old sequence are replaced by [after, after + inserted) of the new one.
struct TokenChange
{
    qsizetype before = 0;
    qsizetype removed = 0;
    qsizetype after = 0;
    qsizetype inserted = 0;
};

//! Few changes from one sequence to another within a budget of steps, which several diffs may share.
//!
//! Myers' O(ND) algorithm where the sequences are close; else anchored at tokens that are unique in both (as in
//! patience diff); else one change. Source: E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986.
class TokenDiff
{
public:
    explicit TokenDiff(qint64 budget) : m_budget(budget) {}

    //! Ascending, not touching each other.
    std::vector<TokenChange> run(std::span<const std::uint32_t> before, std::span<const std::uint32_t> after);
    qint64 budgetLeft() const { return m_budget; }

private:
    struct Range
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        qsizetype size() const { return end - begin; }
    };
    struct Match
    {
        qsizetype before = 0;
        qsizetype after = 0;
    };

    void diff(Range before, Range after, int depth);
    bool diffClose(Range before, Range after);
    void backtrack(Range before, Range after, const std::vector<std::vector<qsizetype>> &rows, qsizetype diagonal);
    std::vector<Match> anchors(Range before, Range after);
    void emitChange(Range before, Range after);

    std::span<const std::uint32_t> m_before;
    std::span<const std::uint32_t> m_after;
    std::vector<TokenChange> m_changes;
    qint64 m_budget;
};

} // namespace base
