// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/foldmarks.h"

namespace ui {

class Highlighter;
class TextBuffer;

//! What can be folded in a text: by the language's marks, or by indentation where the language says so.
class FoldRegions
{
public:
    FoldRegions(const TextBuffer &buffer, const Highlighter &highlighter) : m_buffer(buffer), m_highlighter(highlighter) {}

    //! Quick enough to be asked for every line of a picture.
    bool beginsAt(qsizetype line) const;
    //! The region that begins in \a line. Reads until its end; lines that are not highlighted yet have no marks.
    std::optional<Fold> foldAt(qsizetype line) const;
    //! The innermost region that begins in \a line or above it and reaches it.
    std::optional<Fold> foldAround(qsizetype line) const;
    std::vector<Fold> all() const;

private:
    //! Columns of blanks in front of the text, a tab up to the next eighth; -1 for a line of blanks only.
    int indentOf(qsizetype line) const;
    std::vector<Fold> indented(qsizetype from, bool onlyFirst) const;

    const TextBuffer &m_buffer;
    const Highlighter &m_highlighter;
};

} // namespace ui
