// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <vector>

namespace ui {

//! What is painted behind the text of one line, from back to front: selections, matches, brackets. Text is written on it in
//! colours that can be read there. Columns are UTF-16 units from the line's start.
class Backdrops
{
public:
    struct Stretch
    {
        qsizetype from = 0;
        qsizetype to = 0;   //!< the first column that does not belong to it
        QColor color;       //!< opaque
        friend bool operator==(const Stretch &, const Stretch &) = default;
    };

    //! \a surface is the colour of the line where nothing is laid on it.
    explicit Backdrops(const QColor &surface) : m_surface(surface) {}

    //! Lays \a color over what [from, to) has already; its alpha counts.
    void lay(qsizetype from, qsizetype to, const QColor &color);
    //! Ascending and apart from each other; where nothing was laid there is none.
    const std::vector<Stretch> &stretches() const { return m_stretches; }

private:
    QColor m_surface;
    std::vector<Stretch> m_stretches;
};

} // namespace ui
