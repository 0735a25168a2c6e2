// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/values.h"

namespace protocol {

struct ParticipantJoined
{
    static constexpr Tag tag = Tag::ParticipantJoined;
    Participant participant;
    static constexpr auto fields() { return std::tuple(field(&ParticipantJoined::participant)); }
    friend bool operator==(const ParticipantJoined &, const ParticipantJoined &) = default;
};

struct ParticipantLeft
{
    static constexpr Tag tag = Tag::ParticipantLeft;
    base::ParticipantId participant;
    bool wasRemoved = false; //!< shown out by the owner
    static constexpr auto fields()
    {
        return std::tuple(field(&ParticipantLeft::participant), field(&ParticipantLeft::wasRemoved));
    }
    friend bool operator==(const ParticipantLeft &, const ParticipantLeft &) = default;
};

//! Access, colour or connection of somebody changed; also sent to the person concerned.
struct ParticipantChanged
{
    static constexpr Tag tag = Tag::ParticipantChanged;
    Participant participant;
    static constexpr auto fields() { return std::tuple(field(&ParticipantChanged::participant)); }
    friend bool operator==(const ParticipantChanged &, const ParticipantChanged &) = default;
};

struct AccessSet
{
    static constexpr Tag tag = Tag::AccessSet;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const AccessSet &, const AccessSet &) = default;
};

//! Give one guest View or Edit. In force when the answer arrives. Fails with NotFound, InvalidArgument.
struct SetAccess
{
    static constexpr Tag tag = Tag::SetAccess;
    static constexpr Access needs = Access::Owner;
    using Reply = AccessSet;
    base::ParticipantId participant;
    Access access = Access::View;
    static constexpr auto fields() { return std::tuple(field(&SetAccess::participant), field(&SetAccess::access)); }
    friend bool operator==(const SetAccess &, const SetAccess &) = default;
};

struct ParticipantRemoved
{
    static constexpr Tag tag = Tag::ParticipantRemoved;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const ParticipantRemoved &, const ParticipantRemoved &) = default;
};

//! Show a guest out: cut off now, resume token dead; with \a block the same network address is refused by this share.
struct RemoveParticipant
{
    static constexpr Tag tag = Tag::RemoveParticipant;
    static constexpr Access needs = Access::Owner;
    using Reply = ParticipantRemoved;
    base::ParticipantId participant;
    bool block = false;
    static constexpr auto fields() { return std::tuple(field(&RemoveParticipant::participant), field(&RemoveParticipant::block)); }
    friend bool operator==(const RemoveParticipant &, const RemoveParticipant &) = default;
};

//! Where I am: a y-protocols awareness update with one entry, my own. The host checks the id, keeps the fields it knows
//! and stamps who it is from. Droppable: only the newest counts.
struct UpdatePresence
{
    static constexpr Tag tag = Tag::UpdatePresence;
    static constexpr Access needs = Access::View;
    QByteArray awareness;
    static constexpr auto fields() { return std::tuple(atMost(&UpdatePresence::awareness, kMaxPresenceBytes)); }
    friend bool operator==(const UpdatePresence &, const UpdatePresence &) = default;
};

//! Where others are: an awareness update with the entries that changed since the last one.
struct PresenceChanged
{
    static constexpr Tag tag = Tag::PresenceChanged;
    QByteArray awareness;
    static constexpr auto fields() { return std::tuple(atMost(&PresenceChanged::awareness, kMaxPresenceBatchBytes)); }
    friend bool operator==(const PresenceChanged &, const PresenceChanged &) = default;
};

} // namespace protocol
