// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace ui {

//! How many rows each line takes on the screen: none when it is hidden in a fold, several when it is wrapped.
//!
//! A search tree of stretches of lines. A stretch whose lines all take the same number of rows stores that number once, so
//! that a file of a million lines nobody has looked at is one stretch; others hold a number for each of at most
//! kStretch lines. Everything costs O(log n) plus one stretch. Lines and rows count from 0.
class RowIndex
{
public:
    static constexpr qsizetype kStretch = 512;

    RowIndex();
    ~RowIndex();

    void reset(qsizetype lines, qint32 rowsEach = 1);
    //! The new lines stand in front of \a line, which may be lines().
    void insert(qsizetype line, qsizetype count, qint32 rowsEach = 1);
    //! Clipped to the lines there are.
    void remove(qsizetype line, qsizetype count);
    //! Nothing happens outside the lines there are.
    void set(qsizetype line, qint32 rows);
    void setRange(qsizetype line, qsizetype count, qint32 rowsEach);

    qsizetype lines() const;
    qsizetype rows() const;
    //! 0 outside the lines there are.
    qint32 rowsOf(qsizetype line) const;
    //! The rows of all lines in front of \a line, which is clipped.
    qsizetype rowsBefore(qsizetype line) const;
    //! The line that \a row belongs to. A row in front of the first gives the first line that has rows, one behind the last
    //! the last such; 0 when no line has any.
    qsizetype lineAtRow(qsizetype row) const;
    //! How many stretches there are, which is what the index costs in memory.
    qsizetype stretches() const;

private:
    struct Node;
    using NodePtr = std::unique_ptr<Node>;

    static void recount(Node &node);
    static void sum(Node &node);
    static NodePtr merge(NodePtr left, NodePtr right);
    NodePtr stretch(qsizetype lines, qint32 rowsEach);
    //! The first \a lines lines, and the others.
    std::pair<NodePtr, NodePtr> split(NodePtr node, qsizetype lines);
    static bool setInPlace(Node &node, qsizetype line, qint32 rows);
    static bool insertInPlace(Node &node, qsizetype line, qsizetype count, qint32 rowsEach);
    static bool removeInPlace(Node &node, qsizetype line, qsizetype count);

    NodePtr m_root;
    quint32 m_random = 2463534242U;
};

} // namespace ui
