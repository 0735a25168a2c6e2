// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <functional>
#include <memory>

namespace ui {

//! A text for editing: UTF-16 code units in a B+ tree of small pieces, each subtree knowing its units and line feeds.
//!
//! Lines end at LF only; there is always at least one, and line 0 is the first. Indexes are UTF-16 code units.
//! Reading and replacing cost O(log n) plus the units touched; loading costs O(n). One thread at a time.
class TextBuffer
{
public:
    TextBuffer();
    ~TextBuffer();
    TextBuffer(TextBuffer &&) noexcept;
    TextBuffer &operator=(TextBuffer &&) noexcept;

    void setText(QStringView text);
    //! \a index + \a removed must not exceed length(). The inserted text is stored as it is, CR and lone surrogates too.
    void replace(qsizetype index, qsizetype removed, QStringView inserted);

    qsizetype length() const;
    qsizetype lineCount() const;
    QString text() const;
    //! Clipped to the text.
    QString text(qsizetype from, qsizetype count) const;
    //! A null character outside the text.
    QChar at(qsizetype index) const;

    //! \a line beyond the last gives length().
    qsizetype lineStart(qsizetype line) const;
    //! Where the line's LF stands, or length() for the last line.
    qsizetype lineEnd(qsizetype line) const;
    qsizetype lineLength(qsizetype line) const { return lineEnd(line) - lineStart(line); }
    //! Without the LF.
    QString line(qsizetype line) const;
    //! The line that holds the gap before \a index; \a index is clipped to the text.
    qsizetype lineOf(qsizetype index) const;

    //! Calls \a visit with consecutive parts of [from, from + count) until it returns false. No copy is made.
    void forEachPiece(qsizetype from, qsizetype count, const std::function<bool(QStringView)> &visit) const;

private:
    struct Node;
    using NodePtr = std::unique_ptr<Node>;
    class Tree;

    NodePtr m_root;
};

} // namespace ui
