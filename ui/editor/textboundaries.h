// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/textedit.h"

namespace ui {

class TextBuffer;

//! Where a caret may stand and where words begin. All functions take and give indexes into the buffer, clip them to it
//! and look at a bounded stretch around them, so that a line of a megabyte costs no more than a short one.
namespace boundaries {

//! The next place a caret may stand: behind the whole grapheme (surrogate pair, combining marks, joined emoji).
qsizetype nextGrapheme(const TextBuffer &buffer, qsizetype index);
qsizetype previousGrapheme(const TextBuffer &buffer, qsizetype index);
//! \a index itself where a caret may stand, else the start of the grapheme around it.
qsizetype atGrapheme(const TextBuffer &buffer, qsizetype index);

//! \a index itself, or the start of the surrogate pair that it would split. Search results may end inside a grapheme.
qsizetype atCharacter(const TextBuffer &buffer, qsizetype index);

//! The end of the word or run of punctuation after \a index, skipping blanks first; the line's end stops it.
qsizetype nextWordEnd(const TextBuffer &buffer, qsizetype index);
//! The start of the word or run of punctuation before \a index.
qsizetype previousWordStart(const TextBuffer &buffer, qsizetype index);
//! The word, blank run or punctuation run at \a index, as a double click selects it.
Caret wordAt(const TextBuffer &buffer, qsizetype index);

//! The first unit of the line that is neither space nor tab, or the line's end.
qsizetype firstNonBlank(const TextBuffer &buffer, qsizetype line);

//! True for what a word consists of: letters, numbers, marks, underscore, and everything beyond the BMP.
bool isWordUnit(QChar unit);

} // namespace boundaries
} // namespace ui
