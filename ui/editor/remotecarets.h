// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "ui/editor/textedit.h"

#include <QColor>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace ui {

//! Where somebody else is in this text. Indexes are UTF-16 units and may come from a peer: they are clipped before use.
struct RemoteCaret
{
    QString id;              //!< stable per participant
    QString name;            //!< as they chose it; marks are made visible and length is cut before painting
    int colorIndex = 0;      //!< of the eight; from 8 on colours repeat
    QColor color;
    qsizetype anchor = 0;
    qsizetype head = 0;
    bool active = true;      //!< false: idle or away; painted fainter, no flag

    Caret caret() const { return {anchor, head}; }
    friend bool operator==(const RemoteCaret &, const RemoteCaret &) = default;
};

//! The others' carets and how visible each name flag is right now. No widget and no clock of its own.
class RemoteCarets
{
public:
    static constexpr std::chrono::milliseconds kFlagShown{2000};
    static constexpr std::chrono::milliseconds kFlagFade{120};
    static constexpr qsizetype kMaxCarets = 256;

    //! Replaces the list; whoever's head moved, or is new, shows a flag from \a now on.
    void set(const QList<RemoteCaret> &carets, qsizetype length, base::Instant now);
    //! Keeps the carets on their characters until the next set(). A remote edit at somebody's head counts as a move.
    void edited(const TextEdit &edit, bool remote, base::Instant now);

    //! The theme changed: \a colorOf gives the colour of an index.
    template <typename Colors>
    void recolor(Colors colorOf)
    {
        for (Entry &entry : m_entries)
            entry.caret.color = colorOf(entry.caret.colorIndex);
    }

    qsizetype count() const { return m_entries.size(); }
    const RemoteCaret &at(qsizetype i) const { return m_entries[i].caret; }
    //! 1 while the flag is shown, falling to 0 in the fade.
    double flagOpacity(qsizetype i, base::Instant now) const;
    //! -1: nobody. The hovered one's flag is shown whatever the time.
    void setHovered(qsizetype i) { m_hovered = i; }
    qsizetype hovered() const { return m_hovered; }
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }

    //! How long until a flag looks different; nothing when none will by itself.
    std::optional<std::chrono::milliseconds> untilChange(base::Instant now) const;

private:
    struct Entry
    {
        RemoteCaret caret;
        base::Instant moved;
    };

    std::chrono::milliseconds fade() const;

    QList<Entry> m_entries;
    qsizetype m_hovered = -1;
    bool m_reducedMotion = false;
};

} // namespace ui
