// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/foldmarks.h"

#include <limits>

namespace ui {

namespace {

FoldMarks::Marks withoutPairs(const FoldMarks::Marks &marks)
{
    FoldMarks::Marks open;
    for (const FoldMarks::Mark &mark : marks) {
        auto begin = open.rbegin();
        while (begin != open.rend() && !(begin->begins && begin->region == mark.region))
            ++begin;
        if (!mark.begins && begin != open.rend())
            open.erase(std::next(begin).base());
        else
            open.push_back(mark);
    }
    return open;
}

} // namespace

FoldMarks::FoldMarks()
{
    reset(0);
}

void FoldMarks::reset(qsizetype lines)
{
    m_lines.reset(lines);
    m_lists.assign(1, {});
    m_indexes.clear();
}

void FoldMarks::set(qsizetype line, const Marks &given)
{
    quint16 index = 0;
    if (const Marks marks = withoutPairs(given); !marks.empty()) {
        const auto [entry, isNew] = m_indexes.try_emplace(marks, static_cast<quint16>(m_lists.size()));
        if (isNew && m_lists.size() > std::numeric_limits<quint16>::max()) {
            // No honest file has so many different lines; what a strange one loses is that they can be folded.
            m_indexes.erase(entry);
        } else {
            if (isNew)
                m_lists.push_back(marks);
            index = entry->second;
        }
    }
    if (index != 0 || m_lines.at(line) != 0)
        m_lines.set(line, index);
}

bool FoldMarks::beginsAt(qsizetype line) const
{
    for (const Mark &mark : marksOf(m_lines.at(line))) {
        if (!mark.begins)
            continue;
        const Marks &next = marksOf(m_lines.at(line + 1));
        return line + 1 < m_lines.count() && std::none_of(next.begin(), next.end(), [&mark](const Mark &other) {
            return !other.begins && other.region == mark.region;
        });
    }
    return false;
}

std::optional<Fold> FoldMarks::foldAt(qsizetype line) const
{
    const Marks &here = marksOf(m_lines.at(line));
    const auto outer = std::find_if(here.begin(), here.end(), [](const Mark &mark) { return mark.begins; });
    if (outer == here.end())
        return std::nullopt;
    auto depth = std::count_if(outer, here.end(), [outer](const Mark &mark) { return mark == *outer; });
    std::optional<Fold> found;
    m_lines.visitFrom(line + 1, [&](qsizetype at, quint16 list) {
        for (const Mark &mark : marksOf(list)) {
            if (mark.region == outer->region && (depth += mark.begins ? 1 : -1) == 0) {
                found = Fold{line, at - 1};
                return false;
            }
        }
        return true;
    });
    return found && found->last > line ? found : std::nullopt;
}

std::optional<qsizetype> FoldMarks::beginAround(qsizetype line) const
{
    std::map<quint16, qsizetype> closed;
    std::optional<qsizetype> found;
    m_lines.visitUpFrom(line - 1, [&](qsizetype at, quint16 list) {
        const Marks &marks = marksOf(list);
        for (auto mark = marks.rbegin(); mark != marks.rend() && !found; ++mark) {
            qsizetype &count = closed[mark->region];
            if (!mark->begins)
                ++count;
            else if (count > 0)
                --count;
            else if (const auto fold = foldAt(at); fold && fold->last >= line)
                found = at;
        }
        return !found;
    });
    return found;
}

std::vector<Fold> FoldMarks::all() const
{
    struct Open
    {
        quint16 region;
        qsizetype line;
    };
    std::vector<Open> open;
    std::vector<Fold> folds;
    m_lines.visitFrom(0, [&](qsizetype line, quint16 list) {
        for (const Mark &mark : marksOf(list)) {
            if (mark.begins) {
                open.push_back({mark.region, line});
                continue;
            }
            auto begin = open.rbegin();
            while (begin != open.rend() && begin->region != mark.region)
                ++begin;
            if (begin == open.rend())
                continue;
            if (line - 1 > begin->line)
                folds.push_back({begin->line, line - 1});
            open.erase(std::next(begin).base());
        }
        return true;
    });
    std::sort(folds.begin(), folds.end(), [](const Fold &a, const Fold &b) {
        return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
    folds.erase(std::unique(folds.begin(), folds.end(), [](const Fold &a, const Fold &b) { return a.first == b.first; }), folds.end());
    return folds;
}

} // namespace ui
