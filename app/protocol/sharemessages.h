// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/values.h"

namespace protocol {

//! One place where a link's host answers.
struct ShareEndpoint
{
    QString address;         //!< IP literal or host name, as it goes into the link
    quint16 port = 0;
    QString label;           //!< network interface's name; empty for this computer
    bool isLoopback = false;
    static constexpr auto fields()
    {
        return std::tuple(atMost(&ShareEndpoint::address, kMaxNameBytes), field(&ShareEndpoint::port),
                          atMost(&ShareEndpoint::label, kMaxNameUnits), field(&ShareEndpoint::isLoopback));
    }
    friend bool operator==(const ShareEndpoint &, const ShareEndpoint &) = default;
};

//! Everything a link is made of. Only the owner ever gets it.
struct ShareLink
{
    ShareState state;
    QByteArray secret;
    QByteArray pin;          //!< SHA-256 of the host's public key
    QList<ShareEndpoint> endpoints;
    static constexpr auto fields()
    {
        return std::tuple(field(&ShareLink::state), atMost(&ShareLink::secret, kSecretBytes), atMost(&ShareLink::pin, kSecretBytes),
                          atMost(&ShareLink::endpoints, kMaxAddresses));
    }
    friend bool operator==(const ShareLink &, const ShareLink &) = default;
};

struct ShareCreated
{
    static constexpr Tag tag = Tag::ShareCreated;
    ShareLink link;
    static constexpr auto fields() { return std::tuple(field(&ShareCreated::link)); }
    friend bool operator==(const ShareCreated &, const ShareCreated &) = default;
};

//! Share the running workspace: a new link, and the host listens where it says. Fails with AlreadyExists when it is
//! shared, InvalidArgument (access above Edit), Unavailable (no address could be listened on).
struct CreateShare
{
    static constexpr Tag tag = Tag::CreateShare;
    static constexpr Access needs = Access::Owner;
    using Reply = ShareCreated;
    Access access = Access::Edit;
    JoinPolicy policy = JoinPolicy::Ask;
    quint32 lifetimeSeconds = 0;     //!< 0: until it is stopped
    QList<QString> addresses;        //!< IP literals to listen on; empty: this computer only
    quint16 port = 0;                //!< 0: any free one
    static constexpr auto fields()
    {
        return std::tuple(field(&CreateShare::access), field(&CreateShare::policy), field(&CreateShare::lifetimeSeconds),
                          atMost(&CreateShare::addresses, kMaxAddresses, kMaxNameUnits), field(&CreateShare::port));
    }
    friend bool operator==(const CreateShare &, const CreateShare &) = default;
};

struct ShareAdjusted
{
    static constexpr Tag tag = Tag::ShareAdjusted;
    ShareState state;
    static constexpr auto fields() { return std::tuple(field(&ShareAdjusted::state)); }
    friend bool operator==(const ShareAdjusted &, const ShareAdjusted &) = default;
};

//! Change what the link gives, for everybody inside as well. In force when the answer arrives. Fails with NotFound.
struct ChangeShare
{
    static constexpr Tag tag = Tag::ChangeShare;
    static constexpr Access needs = Access::Owner;
    using Reply = ShareAdjusted;
    Access access = Access::View;
    JoinPolicy policy = JoinPolicy::Ask;
    quint32 lifetimeSeconds = 0;     //!< from now; 0: until it is stopped
    static constexpr auto fields()
    {
        return std::tuple(field(&ChangeShare::access), field(&ChangeShare::policy), field(&ChangeShare::lifetimeSeconds));
    }
    friend bool operator==(const ChangeShare &, const ChangeShare &) = default;
};

struct ShareStopped
{
    static constexpr Tag tag = Tag::ShareStopped;
    quint32 guests = 0;      //!< how many were cut off
    static constexpr auto fields() { return std::tuple(field(&ShareStopped::guests)); }
    friend bool operator==(const ShareStopped &, const ShareStopped &) = default;
};

//! Unshare: guests are cut off, the link is dead for ever. Also right when nothing is shared.
struct EndShare
{
    static constexpr Tag tag = Tag::EndShare;
    static constexpr Access needs = Access::Owner;
    using Reply = ShareStopped;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const EndShare &, const EndShare &) = default;
};

struct ShareLinkGiven
{
    static constexpr Tag tag = Tag::ShareLinkGiven;
    ShareLink link;
    static constexpr auto fields() { return std::tuple(field(&ShareLinkGiven::link)); }
    friend bool operator==(const ShareLinkGiven &, const ShareLinkGiven &) = default;
};

//! The link again. Fails with NotFound when nothing is shared or the host has restarted since (it keeps only a hash).
struct GetShareLink
{
    static constexpr Tag tag = Tag::GetShareLink;
    static constexpr Access needs = Access::Owner;
    using Reply = ShareLinkGiven;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const GetShareLink &, const GetShareLink &) = default;
};

//! Shared, changed or (without a state) no longer shared.
struct ShareChanged
{
    static constexpr Tag tag = Tag::ShareChanged;
    std::optional<ShareState> state;
    static constexpr auto fields() { return std::tuple(field(&ShareChanged::state)); }
    friend bool operator==(const ShareChanged &, const ShareChanged &) = default;
};

struct AddressesListed
{
    static constexpr Tag tag = Tag::AddressesListed;
    QList<ShareEndpoint> addresses;
    static constexpr auto fields() { return std::tuple(atMost(&AddressesListed::addresses, kMaxAddresses)); }
    friend bool operator==(const AddressesListed &, const AddressesListed &) = default;
};

//! Where the host's machine can be reached, so that the owner can choose.
struct ListAddresses
{
    static constexpr Tag tag = Tag::ListAddresses;
    static constexpr Access needs = Access::Owner;
    static constexpr Scope scope = Scope::Host;
    using Reply = AddressesListed;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const ListAddresses &, const ListAddresses &) = default;
};

//! Somebody with the link asks to come in.
struct JoinRequested
{
    static constexpr Tag tag = Tag::JoinRequested;
    base::JoinRequestId request;
    QString name;            //!< what the person calls himself; not verified
    QString address;
    Access access = Access::View;    //!< what the link gives
    static constexpr auto fields()
    {
        return std::tuple(field(&JoinRequested::request), atMost(&JoinRequested::name, kMaxNameUnits),
                          atMost(&JoinRequested::address, kMaxNameUnits), field(&JoinRequested::access));
    }
    friend bool operator==(const JoinRequested &, const JoinRequested &) = default;
};

//! The question is moot: answered in another window, withdrawn, timed out.
struct JoinRequestEnded
{
    static constexpr Tag tag = Tag::JoinRequestEnded;
    base::JoinRequestId request;
    static constexpr auto fields() { return std::tuple(field(&JoinRequestEnded::request)); }
    friend bool operator==(const JoinRequestEnded &, const JoinRequestEnded &) = default;
};

enum class JoinDecision : quint8 { Allow = 0, AllowReadOnly = 1, Deny = 2, DenyAndBlock = 3 };
constexpr JoinDecision lastValue(JoinDecision) { return JoinDecision::DenyAndBlock; }

struct JoinAnswered
{
    static constexpr Tag tag = Tag::JoinAnswered;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const JoinAnswered &, const JoinAnswered &) = default;
};

//! The owner's decision. Fails with NotFound when the person has gone meanwhile.
struct AnswerJoin
{
    static constexpr Tag tag = Tag::AnswerJoin;
    static constexpr Access needs = Access::Owner;
    using Reply = JoinAnswered;
    base::JoinRequestId request;
    JoinDecision decision = JoinDecision::Deny;
    static constexpr auto fields() { return std::tuple(field(&AnswerJoin::request), field(&AnswerJoin::decision)); }
    friend bool operator==(const AnswerJoin &, const AnswerJoin &) = default;
};

} // namespace protocol
