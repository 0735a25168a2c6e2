// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/occurrences.h"

#include "ui/editor/textboundaries.h"
#include "ui/editor/textbuffer.h"

#include <QStringMatcher>

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype kWindowUnits = 64 * 1024;

bool standsAlone(const TextBuffer &buffer, qsizetype from, qsizetype to)
{
    return !(from > 0 && boundaries::isWordUnit(buffer.at(from - 1))) && !boundaries::isWordUnit(buffer.at(to));
}

//! Calls \a visit with the start of each occurrence that begins in [from, to), until it returns false; the next one is
//! looked for behind the one before. \returns false when \a visit did
template <typename Visit>
bool forEach(const TextBuffer &buffer, const Occurrence &wanted, qsizetype from, qsizetype to, Visit visit)
{
    const qsizetype length = wanted.text.size();
    if (length == 0 || length > Occurrence::kMaxUnits)
        return true;
    const QStringMatcher matcher(wanted.text);
    while (from < to) {
        const qsizetype units = std::min(kWindowUnits, to - from);
        const QString window = buffer.text(from, units + length - 1);
        qsizetype next = from + units;
        for (qsizetype at = matcher.indexIn(window); at >= 0;) {
            const qsizetype index = from + at;
            const bool counts = !wanted.isWholeWord || standsAlone(buffer, index, index + length);
            if (counts && !visit(index))
                return false;
            const qsizetype step = counts ? length : 1;
            next = std::max(next, index + step);
            at = matcher.indexIn(window, at + step);
        }
        from = next;
    }
    return true;
}

} // namespace

std::optional<Caret> Occurrence::next(const TextBuffer &buffer, qsizetype from, const CaretSet &known) const
{
    std::optional<Caret> found;
    const auto isNew = [&](qsizetype index) {
        const Caret here{index, index + text.size()};
        const bool isKnown = std::ranges::any_of(known.touching(here.begin(), here.end()), [&here](const Caret &caret) {
            return caret.begin() < here.end() && here.begin() < caret.end();
        });
        if (!isKnown)
            found = here;
        return isKnown;
    };
    if (forEach(buffer, *this, from, buffer.length(), isNew))
        forEach(buffer, *this, 0, from, isNew);
    return found;
}

QList<Caret> Occurrence::all(const TextBuffer &buffer, qsizetype limit) const
{
    QList<Caret> result;
    forEach(buffer, *this, 0, buffer.length(), [&](qsizetype index) {
        result.append({index, index + text.size()});
        return result.size() < limit;
    });
    return result;
}

} // namespace ui
