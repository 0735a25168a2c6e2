// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/textdiff.h"

#include <QString>

#include <algorithm>

namespace client {

namespace {

// Bounds the work to the square of this: beyond it two texts are not versions of each other.
constexpr qsizetype kMaxDistance = 400;

struct Trim
{
    qsizetype prefix = 0;
    qsizetype suffix = 0;
};

//! What both ends have in common, without cutting a surrogate pair in two.
Trim commonEnds(QStringView a, QStringView b)
{
    Trim trim;
    const qsizetype shorter = std::min(a.size(), b.size());
    while (trim.prefix < shorter && a[trim.prefix] == b[trim.prefix])
        ++trim.prefix;
    if (trim.prefix > 0 && a[trim.prefix - 1].isHighSurrogate())
        --trim.prefix;
    while (trim.suffix < shorter - trim.prefix && a[a.size() - 1 - trim.suffix] == b[b.size() - 1 - trim.suffix])
        ++trim.suffix;
    if (trim.suffix > 0 && a[a.size() - trim.suffix].isLowSurrogate())
        --trim.suffix;
    return trim;
}

using Codes = QList<uint>;

//! Myers' greedy search for the shortest edit script, keeping each round's furthest points to walk back along.
class ShortestScript
{
public:
    ShortestScript(const Codes &before, const Codes &after) : m_before(before), m_after(after) {}

    //! Marks what to remove and what to insert; false when the texts are too far apart.
    bool run(std::vector<bool> *removed, std::vector<bool> *inserted)
    {
        const qsizetype limit = std::min(kMaxDistance, m_before.size() + m_after.size());
        std::vector<qsizetype> furthest(std::size_t(2 * limit + 3), 0);
        const auto at = [&](qsizetype k) -> qsizetype & { return furthest[std::size_t(k + limit + 1)]; };
        for (qsizetype distance = 0; distance <= limit; ++distance) {
            m_rounds.emplace_back(furthest.begin() + (limit + 1 - distance), furthest.begin() + (limit + 2 + distance));
            for (qsizetype k = -distance; k <= distance; k += 2) {
                const bool down = k == -distance || (k != distance && at(k - 1) < at(k + 1));
                qsizetype x = down ? at(k + 1) : at(k - 1) + 1;
                while (x < m_before.size() && x - k < m_after.size() && m_before[x] == m_after[x - k])
                    ++x;
                at(k) = x;
                if (x >= m_before.size() && x - k >= m_after.size()) {
                    walkBack(distance, k, removed, inserted);
                    return true;
                }
            }
        }
        return false;
    }

private:
    void walkBack(qsizetype distance, qsizetype k, std::vector<bool> *removed, std::vector<bool> *inserted) const
    {
        for (; distance > 0; --distance) {
            // The round's copy was taken before the round: diagonals -distance … distance.
            const auto &round = m_rounds[std::size_t(distance)];
            const auto at = [&](qsizetype diagonal) { return round[std::size_t(diagonal + distance)]; };
            const bool down = k == -distance || (k != distance && at(k - 1) < at(k + 1));
            if (down) {
                ++k;
                (*inserted)[std::size_t(at(k) - k)] = true;
            } else {
                --k;
                (*removed)[std::size_t(at(k))] = true;
            }
        }
    }

    const Codes &m_before;
    const Codes &m_after;
    std::vector<std::vector<qsizetype>> m_rounds;
};

qsizetype unitsOf(uint code)
{
    return QChar::requiresSurrogates(code) ? 2 : 1;
}

void appendHunks(const Codes &before, const Codes &after, const std::vector<bool> &removed, const std::vector<bool> &inserted,
                 qsizetype offset, TextHunks *hunks)
{
    qsizetype i = 0;
    qsizetype j = 0;
    qsizetype index = offset;
    while (i < before.size() || j < after.size()) {
        TextHunk hunk{.index = index};
        for (; i < before.size() && removed[std::size_t(i)]; ++i)
            hunk.removed += unitsOf(before[i]);
        for (; j < after.size() && inserted[std::size_t(j)]; ++j) {
            const char32_t code = after[j];
            hunk.inserted += QString::fromUcs4(&code, 1);
        }
        index += hunk.removed;
        if (hunk.removed > 0 || !hunk.inserted.isEmpty()) {
            hunks->push_back(std::move(hunk));
            continue;
        }
        index += unitsOf(before[i]);
        ++i;
        ++j;
    }
}

//! Where the unit at \a position of the common beginning stands after \a theirs; behind what they put there.
qsizetype mapped(qsizetype position, const TextHunks &theirs)
{
    qsizetype shift = 0;
    for (const TextHunk &hunk : theirs) {
        if (hunk.index > position)
            break;
        if (hunk.index + hunk.removed > position)
            return hunk.index + shift + hunk.inserted.size();
        shift += hunk.inserted.size() - hunk.removed;
    }
    return position + shift;
}

//! The parts of [from, to) that \a theirs left standing, in positions of their text, ascending.
std::vector<std::pair<qsizetype, qsizetype>> survivors(qsizetype from, qsizetype to, const TextHunks &theirs)
{
    std::vector<std::pair<qsizetype, qsizetype>> parts;
    qsizetype shift = 0;
    const auto keep = [&](qsizetype begin, qsizetype end) {
        begin = std::max(begin, from);
        end = std::min(end, to);
        if (begin < end)
            parts.emplace_back(begin + shift, end - begin);
    };
    qsizetype at = 0;
    for (const TextHunk &hunk : theirs) {
        keep(at, hunk.index);
        at = hunk.index + hunk.removed;
        shift += hunk.inserted.size() - hunk.removed;
    }
    keep(at, to);
    return parts;
}

} // namespace

TextHunks diffText(QStringView before, QStringView after)
{
    const Trim trim = commonEnds(before, after);
    before = before.sliced(trim.prefix).chopped(trim.suffix);
    after = after.sliced(trim.prefix).chopped(trim.suffix);
    TextHunks hunks;
    if (before.isEmpty() && after.isEmpty())
        return hunks;
    const Codes from = before.toUcs4();
    const Codes to = after.toUcs4();
    std::vector<bool> removed(std::size_t(from.size()), false);
    std::vector<bool> inserted(std::size_t(to.size()), false);
    if (!from.isEmpty() && !to.isEmpty() && ShortestScript(from, to).run(&removed, &inserted))
        appendHunks(from, to, removed, inserted, trim.prefix, &hunks);
    else
        hunks.push_back({trim.prefix, before.size(), after.toString()});
    return hunks;
}

TextEdits rebased(const TextHunks &ours, const TextHunks &theirs)
{
    TextEdits edits;
    for (auto own = ours.rbegin(); own != ours.rend(); ++own) {
        const auto twin = std::ranges::find_if(theirs, [&](const TextHunk &hunk) {
            return hunk.index == own->index && hunk.removed == own->removed && own->inserted.startsWith(hunk.inserted);
        });
        // They have what we typed up to here already: it reached the disk before their history was lost.
        const QString inserted = twin == theirs.end() ? own->inserted : own->inserted.sliced(twin->inserted.size());
        const qsizetype place = mapped(own->index, theirs);
        auto parts = survivors(own->index, own->index + own->removed, theirs);
        qsizetype removedHere = 0;
        if (!parts.empty() && parts.front().first == place) {
            removedHere = parts.front().second;
            parts.erase(parts.begin());
        }
        for (auto part = parts.rbegin(); part != parts.rend(); ++part)
            edits.append({part->first, part->second, {}});
        if (removedHere > 0 || !inserted.isEmpty())
            edits.append({place, removedHere, inserted});
    }
    return edits;
}

} // namespace client
