// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <KSyntaxHighlighting/State>

#include <QtGlobal>

#include <vector>

namespace ui {

//! One highlighting state per line, in blocks, so that a new line in a million moves a thousand entries and not all, and
//! lines nobody has highlighted yet cost nothing.
class LineStates
{
public:
    using State = KSyntaxHighlighting::State;

    void reset(qsizetype lines);
    void insert(qsizetype line, qsizetype count);
    void remove(qsizetype line, qsizetype count);

    //! The default state for a line never set.
    State at(qsizetype line) const;
    void set(qsizetype line, const State &state);
    qsizetype count() const { return m_count; }

private:
    struct Block
    {
        qsizetype lines = 0;
        std::vector<State> states;   // empty, or one for each line
    };

    //! The block that holds \a line, which becomes relative to it.
    std::size_t locate(qsizetype &line) const;
    void split(std::size_t block);

    std::vector<Block> m_blocks;
    qsizetype m_count = 0;
};

} // namespace ui
