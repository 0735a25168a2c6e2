// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace client {

//! What a row of edits leaves alone at both ends of a text. Pure.
class ChangedRange
{
public:
    //! \a length: of the text before the first edit.
    explicit ChangedRange(qsizetype length) : m_before(length), m_length(length), m_head(length), m_tail(length) {}

    //! \a removed units at \a index of the text, as the edits before it have left it, gave way to \a inserted.
    void add(qsizetype index, qsizetype removed, qsizetype inserted)
    {
        m_head = std::min(m_head, index);
        m_tail = std::min(m_tail, m_length - index - removed);
        m_length += inserted - removed;
    }
    //! Where the changed part begins, and how long it was and is.
    qsizetype begin() const { return std::min({m_head, m_before - m_tail, m_length - m_tail}); }
    qsizetype removed() const { return m_before - m_tail - begin(); }
    qsizetype inserted() const { return m_length - m_tail - begin(); }

private:
    qsizetype m_before;
    qsizetype m_length;
    qsizetype m_head;
    qsizetype m_tail;
};

} // namespace client
