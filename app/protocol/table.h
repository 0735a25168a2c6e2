// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/documentmessages.h"
#include "app/protocol/filemessages.h"
#include "app/protocol/handshakemessages.h"
#include "app/protocol/peoplemessages.h"
#include "app/protocol/sharemessages.h"
#include "app/protocol/workspacemessages.h"

#include <array>
#include <variant>

namespace protocol {

//! Every message there is. Codec, router, client, inspector, fuzzer and the tests of rights iterate over this one list;
//! a struct that is not in it cannot be sent, and one without tag, fields or equality does not compile.
template <typename... Types>
struct MessageList
{
    static_assert((Message<Types> && ...));
    using Variant = std::variant<Types...>;
    static constexpr std::size_t count = sizeof...(Types);

    template <typename Visitor>
    static constexpr void forEach(Visitor visitor)
    {
        (visitor.template operator()<Types>(), ...);
    }

    static constexpr bool tagsAreUnique()
    {
        constexpr std::array<Tag, count> tags{Types::tag...};
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = i + 1; j < count; ++j) {
                if (tags[i] == tags[j])
                    return false;
            }
        }
        return true;
    }
};

// clang-format off
using Messages = MessageList<
    Failed,
    Hello, Welcomed, InspectShare, ShareInspected, JoinShare, WorkspaceJoined, JoinAsked,
    ListWorkspaces, WorkspacesListed, OpenWorkspace, Leave, Left, WorkspaceChanged, SessionEnded,
    ParticipantJoined, ParticipantLeft, ParticipantChanged, SetAccess, AccessSet, RemoveParticipant, ParticipantRemoved,
    UpdatePresence, PresenceChanged,
    CreateShare, ShareCreated, ChangeShare, ShareAdjusted, EndShare, ShareStopped, GetShareLink, ShareLinkGiven, ShareChanged,
    ListAddresses, AddressesListed, JoinRequested, JoinRequestEnded, AnswerJoin, JoinAnswered,
    ListFolder, FolderListed, ReadPage, PageRead, CreateEntry, EntryCreated, MoveEntry, EntryMoved, DeleteEntry, EntryDeleted,
    RestoreEntry, EntryRestored, ListBin, BinListed, FoldersChanged,
    OpenDocument, DocumentOpened, UpdateDocument, DocumentUpdated, DocumentEdited, SaveDocument, DocumentSaved,
    CloseDocument, DocumentClosed, DocumentInfoChanged>;
// clang-format on

static_assert(Messages::tagsAreUnique());

using AnyMessage = Messages::Variant;

} // namespace protocol
