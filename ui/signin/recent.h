// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace ui {

//! A folder that was open before. Links are never remembered: they are secrets.
struct RecentFolder
{
    QString path;
    QDateTime opened;
    bool isMissing = false;    //!< not there now: a disk that is not mounted, or deleted
    bool isOpen = false;       //!< in another window of this program
    friend bool operator==(const RecentFolder &, const RecentFolder &) = default;
};

} // namespace ui
