// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>
#include <optional>

namespace ui {

class TextBuffer;

//! Two brackets that belong together, as indexes of the brackets themselves.
struct BracketPair
{
    qsizetype open = 0;
    qsizetype close = 0;
    friend bool operator==(const BracketPair &, const BracketPair &) = default;
};

//! Finds the other half of a bracket: (), [] and {}.
struct BracketSearch
{
    //! False for brackets in strings and comments, which are passed over. Asked for brackets only.
    std::function<bool(qsizetype index)> isCode;
    //! Asked every few thousand units; false gives up.
    std::function<bool()> maySearchOn;

    //! The pair of the bracket behind \a caret, or else of the one in front of it.
    std::optional<BracketPair> pairAt(const TextBuffer &buffer, qsizetype caret) const;

private:
    std::optional<BracketPair> pairOf(const TextBuffer &buffer, qsizetype index) const;
};

} // namespace ui
