// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/linevalues.h"

#include <map>
#include <optional>
#include <vector>

namespace ui {

//! A region that can be folded: its first line stays in sight, the lines up to \a last are hidden.
struct Fold
{
    qsizetype first = 0;
    qsizetype last = 0;
    friend bool operator==(const Fold &, const Fold &) = default;
};

//! Where fold regions begin and end, line by line, as the highlighter comes by. Most lines have no mark and few different
//! lists of marks exist, so that a line costs two bytes.
class FoldMarks
{
public:
    struct Mark
    {
        quint16 region = 0;   //!< the kind: ends belong to the nearest open begin of their kind
        bool begins = false;
        friend auto operator<=>(const Mark &, const Mark &) = default;
    };
    using Marks = std::vector<Mark>;

    FoldMarks();

    void reset(qsizetype lines);
    void insert(qsizetype line, qsizetype count) { m_lines.insert(line, count); }
    void remove(qsizetype line, qsizetype count) { m_lines.remove(line, count); }
    //! What stands in \a line, in order; regions that begin and end in it are left out.
    void set(qsizetype line, const Marks &marks);

    //! Whether a region with lines between its ends begins in \a line.
    bool beginsAt(qsizetype line) const;
    //! The outermost region that begins in \a line; nothing when its end is not known, or has no lines in front of it.
    std::optional<Fold> foldAt(qsizetype line) const;
    //! The line where the innermost region around \a line begins.
    std::optional<qsizetype> beginAround(qsizetype line) const;
    //! Every region that is known, at most one per line, by their first lines.
    std::vector<Fold> all() const;

private:
    const Marks &marksOf(quint16 list) const { return m_lists[list]; }

    LineValues<quint16> m_lines;         // an index into the lists
    std::vector<Marks> m_lists;          // 0 is the empty one
    std::map<Marks, quint16> m_indexes;
};

} // namespace ui
