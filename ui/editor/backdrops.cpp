// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/backdrops.h"

#include "ui/widgets/theme.h"

#include <algorithm>

namespace ui {

void Backdrops::lay(qsizetype from, qsizetype to, const QColor &color)
{
    if (from >= to)
        return;
    const auto over = [&color](const QColor &below) { return Theme::over(color, color.alphaF(), below); };
    std::vector<Stretch> result;
    qsizetype at = from;   // up to here the new colour is laid
    for (const Stretch &stretch : m_stretches) {
        const qsizetype begin = std::clamp(from, stretch.from, stretch.to);
        const qsizetype end = std::clamp(to, begin, stretch.to);
        if (at < std::min(to, stretch.from)) {
            result.push_back({at, std::min(to, stretch.from), over(m_surface)});
            at = std::min(to, stretch.from);
        }
        if (stretch.from < begin)
            result.push_back({stretch.from, begin, stretch.color});
        if (begin < end)
            result.push_back({begin, end, over(stretch.color)});
        if (end < stretch.to)
            result.push_back({end, stretch.to, stretch.color});
        at = std::max(at, end);
    }
    if (at < to)
        result.push_back({at, to, over(m_surface)});
    m_stretches = std::move(result);
}

} // namespace ui
