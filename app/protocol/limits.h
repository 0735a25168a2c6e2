// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

// Every bound of the protocol in one place. The decoder enforces those that stand beside a field; the host enforces the others.
namespace protocol {

inline constexpr quint32 kProtocolVersion = 1;

inline constexpr qsizetype kMaxNameUnits = 64;             //!< a person's or a workspace's name
inline constexpr qsizetype kMaxTextUnits = 512;            //!< one sentence of detail
inline constexpr qsizetype kMaxPathBytes = 4096;
inline constexpr qsizetype kMaxNameBytes = 255;            //!< one component of a path, as in Linux
inline constexpr qsizetype kSecretBytes = 32;
inline constexpr qsizetype kTokenBytes = 32;
inline constexpr qsizetype kMaxStateVectorBytes = 256 * 1024;
inline constexpr qsizetype kMaxUpdateBytes = 768 * 1024;   //!< one edit; below the frame limit with room for the envelope
// A whole document on its way to a client: text, and what says where its pieces come from. Of the latter there is much
// where many places have been replaced.
inline constexpr qsizetype kMaxDocumentBytes = 128 * 1024 * 1024;
inline constexpr qsizetype kGrowthPerStruct = 32;          //!< by which a new struct may make a document larger beside its own bytes:
                                                           //!< what it stands in the middle of becomes two
inline constexpr qsizetype kGrowthPerDelete = 64;          //!< a deleted range makes three of one
inline constexpr qsizetype kDeleteReserveBytes = 16 * 1024 * 1024;     //!< kept for what makes a full document smaller
inline constexpr qsizetype kMaxPageBytes = 256 * 1024;     //!< one page of a binary or very large file
inline constexpr qint64 kMaxTextFileBytes = 50 * 1024 * 1024;      //!< on disk and as UTF-8; larger files open read-only, in pages
inline constexpr qsizetype kMaxPresenceBytes = 4096;
inline constexpr qsizetype kMaxPresenceBatchBytes = 1024 * 1024;
inline constexpr qsizetype kMaxEntriesPerPage = 2000;
inline constexpr qsizetype kMaxChangedFolders = 256;       //!< more than that is announced as "everything"
inline constexpr qsizetype kMaxParticipants = 500;
inline constexpr qsizetype kMaxWorkspaces = 1000;
inline constexpr qsizetype kMaxAddresses = 64;
inline constexpr qsizetype kMaxBinEntries = 2000;

} // namespace protocol
