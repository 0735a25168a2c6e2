// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/base/result.h"
#include "app/host/answer.h"
#include "app/host/connection.h"
#include "app/protocol/codec.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

namespace host {

class Workspace;

//! A participant as the host keeps it. Lives in Members; its connection comes and goes.
struct Member
{
    protocol::Participant person;    //!< with the address, which only owners are told
    Connection *connection = nullptr;
    base::ShareId share;             //!< through which a guest came; null for the owner
    QByteArray resumeHash;           //!< SHA-256 of the token that brings a lost guest back
    base::Instant lostAt{};

    bool isOwner() const { return person.access == protocol::Access::Owner; }
};

//! A name that a stranger gave himself, fit for other people's windows: one line, nothing that turns or hides text.
QString presentableName(const QString &name);

//! Who a participant was before the host was restarted.
struct Identity
{
    base::ParticipantId id;
    quint32 client = 0;
};

//! Everybody in one workspace: who, with which access, colour and client id, and how to tell them something.
class Members final : public QObject
{
    Q_OBJECT

public:
    Members(Workspace &workspace, const base::Clock &clock, base::RandomSource &random);
    ~Members() override;

    //! A new participant on \a connection; the others are told. With \a identity somebody from before a restart.
    Member &add(Connection &connection, const QString &name, protocol::Access access, const base::ShareId &share,
                const std::optional<Identity> &identity = std::nullopt);
    //! A lost participant on a new connection.
    void resume(Member &member, Connection &connection);
    //! The connection is gone. Owners leave at once, guests keep their place for kReturnTime.
    void lost(Connection &connection);
    enum class Departure {
        Lost,     //!< did not come back in time; may still return with the token
        Left,     //!< by own will, or because the share ended
        ShownOut,
    };
    void remove(const base::ParticipantId &id, Departure departure);
    //! Cuts off every guest, saying \a ending; returns how many there were.
    int cutOffGuests(const protocol::SessionEnded &ending);
    //! Gives every guest \a access and tells everybody.
    void setGuestsAccess(protocol::Access access);

    const std::vector<std::unique_ptr<Member>> &all() const { return m_members; }
    Member *find(const base::ParticipantId &id) const;
    Member *findByResumeHash(const QByteArray &hash) const;
    //! The owner's member, connected ones first; null when no owner is here.
    Member *owner() const;
    bool isOwnerHere() const;
    int guestCount() const;

    //! The person as \a receiver may know it.
    static protocol::Participant seenBy(const Member &person, bool receiverIsOwner);
    //! Others than \a you, as \a you may know them.
    QList<protocol::Participant> othersOf(const Member &you) const;

    //! Sends to every connected member but \a except.
    template <protocol::Message T>
    void broadcast(const T &message, const Connection *except = nullptr)
    {
        broadcastFrame(protocol::encode(message), except);
    }
    void broadcastFrame(const QByteArray &frame, const Connection *except);
    template <protocol::Message T>
    void tellOwners(const T &message)
    {
        const QByteArray frame = protocol::encode(message);
        for (const auto &member : m_members) {
            if (member->isOwner() && member->connection)
                member->connection->sendFrame(frame);
        }
    }

    base::Result<protocol::AccessSet> setAccess(Connection &caller, const protocol::SetAccess &request);
    void leave(Connection &caller, const protocol::Leave &request, Answer<protocol::Left> answer);

Q_SIGNALS:
    void memberGone(const host::Member &member, host::Members::Departure departure);
    //! Before the change is announced, so that it can be recorded first.
    void accessChanging(const host::Member &member);
    void guestsChanged();

private:
    void announceChange(const Member &member);
    quint32 freeColor() const;
    quint32 freshClientId();
    void dropOverdue();

    Workspace &m_workspace;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    std::vector<std::unique_ptr<Member>> m_members;
    QSet<quint32> m_usedClientIds;
    QTimer m_returnTimer;
};

} // namespace host
