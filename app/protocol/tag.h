// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace protocol {

//! The number of a message on the wire. Append-only; a number is never used again for something else.
enum class Tag : quint16 {
    Failed = 0,
    // Before sign-in
    Hello = 1,
    Welcomed = 2,
    InspectShare = 3,
    ShareInspected = 4,
    JoinShare = 5,
    WorkspaceJoined = 6,
    JoinAsked = 7,
    // Workspaces
    ListWorkspaces = 20,
    WorkspacesListed = 21,
    OpenWorkspace = 22,
    Leave = 23,
    Left = 24,
    WorkspaceChanged = 25,
    SessionEnded = 26,
    // People
    ParticipantJoined = 40,
    ParticipantLeft = 41,
    ParticipantChanged = 42,
    SetAccess = 43,
    AccessSet = 44,
    RemoveParticipant = 45,
    ParticipantRemoved = 46,
    UpdatePresence = 47,
    PresenceChanged = 48,
    // Shares
    CreateShare = 60,
    ShareCreated = 61,
    ChangeShare = 62,
    ShareAdjusted = 63,
    EndShare = 64,
    ShareStopped = 65,
    GetShareLink = 66,
    ShareLinkGiven = 67,
    ShareChanged = 68,
    ListAddresses = 69,
    AddressesListed = 70,
    JoinRequested = 71,
    JoinRequestEnded = 72,
    AnswerJoin = 73,
    JoinAnswered = 74,
    // Files
    ListFolder = 90,
    FolderListed = 91,
    ReadPage = 92,
    PageRead = 93,
    CreateEntry = 94,
    EntryCreated = 95,
    MoveEntry = 96,
    EntryMoved = 97,
    DeleteEntry = 98,
    EntryDeleted = 99,
    RestoreEntry = 100,
    EntryRestored = 101,
    ListBin = 102,
    BinListed = 103,
    FoldersChanged = 104,
    // Documents
    OpenDocument = 120,
    DocumentOpened = 121,
    UpdateDocument = 122,
    DocumentUpdated = 123,
    DocumentEdited = 124,
    SaveDocument = 125,
    DocumentSaved = 126,
    CloseDocument = 127,
    DocumentClosed = 128,
    DocumentInfoChanged = 129,
};

} // namespace protocol
