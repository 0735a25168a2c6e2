// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/id.h"
#include "app/client/session.h"
#include "app/crdt/awareness.h"
#include "app/crdt/relativeposition.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

namespace client {

//! Where one participant is, as last heard.
struct Place
{
    QByteArray path;
    qint64 line = 0;                 //!< from 1; 0: unknown
    base::DocumentId document;       //!< null: no caret
    std::optional<crdt::RelativePosition> anchor;
    std::optional<crdt::RelativePosition> head;
    bool isTyping = false;
    bool isIdle = false;

    friend bool operator==(const Place &, const Place &) = default;
};

//! JSON state of a participant to Place. Bounded by the awareness decoder; wrong members read as absent.
Place placeFromState(const std::string &json);
//! The state for \a place; above protocol::kMaxPresenceBytes the path is left out.
std::string stateOfPlace(const Place &place);

//! Where everybody is. Sends the own place, newest only and at most every kSendInterval, and renews it; notices who has
//! gone silent. Never stored, droppable, keyed by the client ids that the host assigned.
class Presence final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kSendInterval{50};
    static constexpr std::chrono::seconds kRenewInterval{10};
    static constexpr std::chrono::seconds kSilentAfter{15};
    static constexpr std::chrono::seconds kTypingLasts{2};
    static constexpr qsizetype kMaxPathBytes = 1024;

    Presence(Session &session, const base::Clock &clock);

    void setOwnClient(quint32 client);
    void setOwnPath(const QByteArray &path, qint64 line);
    void setOwnIdle(bool idle);
    void setOwnCaret(const base::DocumentId &document, const crdt::RelativePosition &anchor, const crdt::RelativePosition &head);
    //! No caret any more, if it was in \a document.
    void clearOwnCaret(const base::DocumentId &document);
    void noteTyping();
    const Place &own() const { return m_own; }

    //! Null when nothing was heard.
    const Place *placeOf(quint32 client) const;
    bool isSilent(quint32 client) const;
    base::WallTime idleSince(quint32 client) const;
    //! Somebody is here: from now on silence counts.
    void expect(quint32 client);
    void forget(quint32 client);
    //! Everybody is to be heard anew, as after a reconnect.
    void restartSilence();

Q_SIGNALS:
    void placeChanged(quint32 client);

private:
    struct Heard
    {
        crdt::ClockValue clock = 0;
        std::optional<Place> place;
        base::Instant at{};
        base::WallTime idleSince{};
        bool wasSilent = false;
    };

    void ownChanged();
    void sendOwn();
    void receive(const QByteArray &awareness);
    void checkSilence();

    Session &m_session;
    const base::Clock &m_clock;
    quint32 m_ownClient = 0;
    crdt::ClockValue m_ownClock = 0;
    Place m_own;
    bool m_isOwnDirty = false;
    QHash<quint32, Heard> m_heard;
    QTimer m_sendTimer;
    QTimer m_renewTimer;
    QTimer m_typingTimer;
    QTimer m_silenceTimer;
};

} // namespace client
