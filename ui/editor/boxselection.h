// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/columnbox.h"
#include "ui/editor/rowbox.h"

#include <variant>

namespace ui {

//! The box that carets are made from: of lines and their columns, or, while lines are wrapped, of rows as they stand under
//! each other. It stays of the kind that it was made as.
class BoxSelection
{
public:
    //! What it is a box in; both outlive the call only.
    struct Text
    {
        const TextBuffer &buffer;
        const TextView &view;
        int tabColumns = 4;
    };

    //! An empty one; \a point in viewport pixels.
    static BoxSelection at(const Text &text, const QPointF &point);
    static BoxSelection around(const Text &text, const CaretSet &carets);

    CaretSet carets(const Text &text) const;
    //! The place in the text nearest to the corner that moves.
    qsizetype headIndex(const Text &text) const;
    void dragTo(const Text &text, const QPointF &point);
    //! Moves the corner so that the box takes other carets than \a now.
    void extend(const Text &text, qsizetype rows, qsizetype columns, const CaretSet &now);
    //! \a line is where \a edit begins; \a removed lines behind it went, \a added came.
    void edited(const TextEdit &edit, qsizetype line, qsizetype removed, qsizetype added);

private:
    using Box = std::variant<ColumnBox, RowBox>;

    explicit BoxSelection(Box box) : m_box(std::move(box)) {}

    Box m_box;
};

} // namespace ui
