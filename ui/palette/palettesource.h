// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace ui {

struct PaletteEntry
{
    QString title;
    QList<int> highlights;         //!< positions in the title that matched
    QString detail;                //!< key binding, or why it cannot be done now
    bool isEnabled = true;
    std::function<void()> accept;
};

//! Something the palette can search. The longest prefix that the typed text starts with chooses the source.
class PaletteSource
{
public:
    using Delivery = std::function<void(const QList<PaletteEntry> &)>;

    virtual ~PaletteSource() = default;
    virtual QString prefix() const = 0;
    virtual QString hint() const = 0;
    //! Calls \a deliver with entries, best first; at once or later, and again when there are more. A later query
    //! makes the answers to earlier ones moot.
    virtual void query(const QString &text, const Delivery &deliver) = 0;
};

} // namespace ui
