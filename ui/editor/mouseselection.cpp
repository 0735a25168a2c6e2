// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/mouseselection.h"

#include "ui/editor/textboundaries.h"
#include "ui/editor/textbuffer.h"

namespace ui {

Caret MouseSelection::unitAt(const TextBuffer &buffer, qsizetype index, Unit unit)
{
    switch (unit) {
    case Unit::Grapheme:
        break;
    case Unit::Word:
        return boundaries::wordAt(buffer, index);
    case Unit::Line: {
        const qsizetype line = buffer.lineOf(index);
        return {buffer.lineStart(line), buffer.lineStart(line + 1)};
    }
    }
    const qsizetype place = boundaries::atGrapheme(buffer, index);
    return {place, place};
}

Caret MouseSelection::press(const TextBuffer &buffer, qsizetype index, Unit unit, bool extend, const Caret &current)
{
    m_unit = unit;
    m_active = true;
    m_start = extend ? Caret{current.anchor, current.anchor} : unitAt(buffer, index, unit);
    return extend ? drag(buffer, index) : m_start;
}

Caret MouseSelection::drag(const TextBuffer &buffer, qsizetype index) const
{
    const Caret here = unitAt(buffer, index, m_unit);
    if (here.begin() < m_start.begin())
        return {m_start.end(), here.begin()};
    return {m_start.begin(), qMax(here.end(), m_start.end())};
}

} // namespace ui
