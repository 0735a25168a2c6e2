// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/rebase.h"

#include <algorithm>

namespace client {

namespace {

//! Where the unit at \a position of the common beginning stands after \a theirs; behind what they put there.
qsizetype mapped(qsizetype position, const base::TextHunks &theirs)
{
    qsizetype shift = 0;
    for (const base::TextHunk &hunk : theirs) {
        if (hunk.index > position)
            break;
        if (hunk.index + hunk.removed > position)
            return hunk.index + shift + hunk.inserted.size();
        shift += hunk.inserted.size() - hunk.removed;
    }
    return position + shift;
}

//! The parts of [from, to) that \a theirs left standing, in positions of their text, ascending.
std::vector<std::pair<qsizetype, qsizetype>> survivors(qsizetype from, qsizetype to, const base::TextHunks &theirs)
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
    for (const base::TextHunk &hunk : theirs) {
        keep(at, hunk.index);
        at = hunk.index + hunk.removed;
        shift += hunk.inserted.size() - hunk.removed;
    }
    keep(at, to);
    return parts;
}

} // namespace

TextEdits rebased(const base::TextHunks &ours, const base::TextHunks &theirs)
{
    TextEdits edits;
    for (auto own = ours.rbegin(); own != ours.rend(); ++own) {
        const auto twin = std::ranges::find_if(theirs, [&](const base::TextHunk &hunk) {
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
