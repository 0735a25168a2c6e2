// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/foldmarks.h"

#include <vector>

namespace ui {

//! Where somebody was in a text, for when they open it again. The text may have changed meanwhile, so nothing in it is relied
//! upon. Lines and columns count from 0, columns in UTF-16 units.
struct ViewState
{
    //! A fold is found again when its first line and the one behind its last have the text they had.
    struct Remembered
    {
        Fold fold;
        std::size_t firstLine = 0;   //!< hashes
        std::size_t lineBehind = 0;
    };

    qsizetype caretLine = 0;
    qsizetype caretColumn = 0;
    qsizetype topLine = 0;   //!< at the upper edge
    std::vector<Remembered> folds;
};

} // namespace ui
