// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/tokendiff.h"

#include <QHash>

#include <algorithm>

namespace base {

namespace {

constexpr qsizetype kMaxDistance = 512;     // rows are kept for the way back: about a megabyte at the end
constexpr int kMaxDepth = 16;

} // namespace

std::vector<TokenChange> TokenDiff::run(std::span<const std::uint32_t> before, std::span<const std::uint32_t> after)
{
    m_before = before;
    m_after = after;
    m_changes.clear();
    diff({0, static_cast<qsizetype>(before.size())}, {0, static_cast<qsizetype>(after.size())}, 0);
    return std::move(m_changes);
}

void TokenDiff::emitChange(Range before, Range after)
{
    if (!m_changes.empty()) {
        TokenChange &last = m_changes.back();
        if (last.before + last.removed == before.begin && last.after + last.inserted == after.begin) {
            last.removed += before.size();
            last.inserted += after.size();
            return;
        }
    }
    m_changes.push_back({before.begin, before.size(), after.begin, after.size()});
}

void TokenDiff::diff(Range before, Range after, int depth)
{
    while (before.size() > 0 && after.size() > 0 && m_before[before.begin] == m_after[after.begin]) {
        ++before.begin;
        ++after.begin;
    }
    while (before.size() > 0 && after.size() > 0 && m_before[before.end - 1] == m_after[after.end - 1]) {
        --before.end;
        --after.end;
    }
    if (before.size() == 0 && after.size() == 0)
        return;
    if (before.size() == 0 || after.size() == 0 || m_budget <= 0 || depth > kMaxDepth)
        return emitChange(before, after);
    if (diffClose(before, after))
        return;
    const std::vector<Match> fixed = anchors(before, after);
    if (fixed.empty())
        return emitChange(before, after);
    Match from{before.begin, after.begin};
    for (const Match &match : fixed) {
        diff({from.before, match.before}, {from.after, match.after}, depth + 1);
        from = {match.before + 1, match.after + 1};
    }
    diff({from.before, before.end}, {from.after, after.end}, depth + 1);
}

// Row d holds, for each diagonal k = x - y in -d … d, how far d insertions and deletions reach at most.
bool TokenDiff::diffClose(Range before, Range after)
{
    const qsizetype n = before.size();
    const qsizetype m = after.size();
    std::vector<std::vector<qsizetype>> rows;
    std::vector<qsizetype> last{0};
    for (qsizetype d = 0; d <= std::min(kMaxDistance, n + m); ++d) {
        std::vector<qsizetype> row(2 * d + 1);
        for (qsizetype k = -d; k <= d; k += 2) {
            // last[i] is diagonal i - (d - 1).
            const bool isDown = k == -d || (k != d && last[k + d - 2] < last[k + d]);
            qsizetype x = d == 0 ? 0 : isDown ? last[k + d] : last[k + d - 2] + 1;
            qsizetype y = x - k;
            const qsizetype start = x;
            while (x < n && y < m && m_before[before.begin + x] == m_after[after.begin + y]) {
                ++x;
                ++y;
            }
            row[k + d] = x;
            m_budget -= 1 + x - start;
            if (x >= n && y >= m) {
                rows.push_back(std::move(row));
                backtrack(before, after, rows, k);
                return true;
            }
        }
        if (m_budget <= 0)
            return false;
        last = row;
        rows.push_back(std::move(row));
    }
    return false;
}

void TokenDiff::backtrack(Range before, Range after, const std::vector<std::vector<qsizetype>> &rows, qsizetype diagonal)
{
    std::vector<TokenChange> steps;
    qsizetype k = diagonal;
    for (qsizetype d = static_cast<qsizetype>(rows.size()) - 1; d > 0; --d) {
        const std::vector<qsizetype> &previous = rows[d - 1];
        const bool isDown = k == -d || (k != d && previous[k + d - 2] < previous[k + d]);
        const qsizetype x = isDown ? previous[k + d] : previous[k + d - 2];
        const qsizetype y = x - (isDown ? k + 1 : k - 1);
        steps.push_back({before.begin + x, isDown ? 0 : 1, after.begin + y, isDown ? 1 : 0});
        k += isDown ? 1 : -1;
    }
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        emitChange({step->before, step->before + step->removed}, {step->after, step->after + step->inserted});
}

// The longest chain of tokens that occur once on either side, in the same order on both.
std::vector<TokenDiff::Match> TokenDiff::anchors(Range before, Range after)
{
    struct Seen
    {
        int inBefore = 0;
        int inAfter = 0;
        qsizetype at = 0;
    };
    m_budget -= before.size() + after.size();
    QHash<std::uint32_t, Seen> seen;
    for (qsizetype i = before.begin; i < before.end; ++i) {
        Seen &entry = seen[m_before[i]];
        ++entry.inBefore;
        entry.at = i;
    }
    for (qsizetype i = after.begin; i < after.end; ++i) {
        if (const auto found = seen.find(m_after[i]); found != seen.end())
            ++found->inAfter;
    }
    std::vector<Match> matches;
    std::vector<qsizetype> previous;    // index of the match before this one in its chain
    std::vector<qsizetype> tails;       // best last match of a chain of each length
    for (qsizetype i = after.begin; i < after.end; ++i) {
        const auto found = seen.constFind(m_after[i]);
        if (found == seen.constEnd() || found->inBefore != 1 || found->inAfter != 1)
            continue;
        const auto place = std::ranges::lower_bound(tails, found->at, {}, [&](qsizetype t) { return matches[t].before; });
        previous.push_back(place == tails.begin() ? -1 : *(place - 1));
        matches.push_back({found->at, i});
        const auto index = static_cast<qsizetype>(matches.size()) - 1;
        if (place == tails.end())
            tails.push_back(index);
        else
            *place = index;
    }
    std::vector<Match> chain;
    for (qsizetype i = tails.empty() ? -1 : tails.back(); i >= 0; i = previous[i])
        chain.push_back(matches[i]);
    std::ranges::reverse(chain);
    return chain;
}

} // namespace base
