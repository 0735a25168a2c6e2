// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/textedit.h"

namespace ui {

class TextBuffer;

//! What the mouse selects between press and release: by character, word or line, growing in both directions from where
//! it started. Pure: indexes in, selections out.
class MouseSelection
{
public:
    enum class Unit { Grapheme, Word, Line };

    bool isActive() const { return m_active; }
    //! \a index is where the button went down; \a extend keeps the far end of \a current (Shift).
    Caret press(const TextBuffer &buffer, qsizetype index, Unit unit, bool extend, const Caret &current);
    Caret drag(const TextBuffer &buffer, qsizetype index) const;
    void release() { m_active = false; }
    //! Keeps the start on its characters while somebody else types.
    void edited(const TextEdit &edit) { m_start = movedBy(edit, m_start); }

private:
    static Caret unitAt(const TextBuffer &buffer, qsizetype index, Unit unit);

    Caret m_start;
    Unit m_unit = Unit::Grapheme;
    bool m_active = false;
};

} // namespace ui
