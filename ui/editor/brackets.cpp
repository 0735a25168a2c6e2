// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/brackets.h"

#include "ui/editor/textbuffer.h"

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype kWindowUnits = 4096;
constexpr QStringView kOpening = u"([{";
constexpr QStringView kClosing = u")]}";

} // namespace

std::optional<BracketPair> BracketSearch::pairAt(const TextBuffer &buffer, qsizetype caret) const
{
    auto pair = pairOf(buffer, caret);
    return pair ? pair : pairOf(buffer, caret - 1);
}

std::optional<BracketPair> BracketSearch::pairOf(const TextBuffer &buffer, qsizetype index) const
{
    const QChar bracket = buffer.at(index);
    const bool forward = kOpening.contains(bracket);
    const qsizetype kind = forward ? kOpening.indexOf(bracket) : kClosing.indexOf(bracket);
    if (bracket.isNull() || kind < 0 || !isCode(index))
        return std::nullopt;
    const QChar other = forward ? kClosing[kind] : kOpening[kind];
    qsizetype depth = 0;
    //! \returns true when the unit at \a at is the other half
    const auto closes = [&](QChar unit, qsizetype at) {
        if ((unit != bracket && unit != other) || !isCode(at))
            return false;
        depth += unit == bracket ? 1 : -1;
        return depth == 0;
    };
    if (forward) {
        for (qsizetype from = index; from < buffer.length() && maySearchOn(); from += kWindowUnits) {
            const QString window = buffer.text(from, kWindowUnits);
            for (qsizetype i = 0; i < window.size(); ++i) {
                if (closes(window.at(i), from + i))
                    return BracketPair{index, from + i};
            }
        }
        return std::nullopt;
    }
    for (qsizetype to = index + 1; to > 0 && maySearchOn(); to -= kWindowUnits) {
        const qsizetype from = std::max<qsizetype>(0, to - kWindowUnits);
        const QString window = buffer.text(from, to - from);
        for (qsizetype i = window.size() - 1; i >= 0; --i) {
            if (closes(window.at(i), from + i))
                return BracketPair{from + i, index};
        }
    }
    return std::nullopt;
}

} // namespace ui
