// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/connection.h"
#include "app/protocol/peoplemessages.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace host {

class Workspace;
struct Member;

//! Passes on where people are. Keeps the newest state of each participant, drops everything older, and says who each
//! state is from, whatever its sender wrote. Never on disk.
class PresenceRelay final : public QObject
{
    Q_OBJECT

public:
    explicit PresenceRelay(Workspace &workspace);

    void update(Connection &caller, const protocol::UpdatePresence &notice);
    //! Everybody's state for somebody who just entered.
    void tellAll(Connection &newcomer);

private:
    struct Entry
    {
        quint64 clock = 0;
        QByteArray state;    //!< JSON as relayed
    };

    void forget(const Member &member);
    void flush();
    QByteArray encodeEntries(const QList<quint32> &clients) const;

    Workspace &m_workspace;
    QHash<quint32, Entry> m_entries;
    QSet<quint32> m_changed;
    QTimer m_timer;
};

} // namespace host
