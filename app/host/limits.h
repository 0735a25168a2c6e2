// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

// What the host allows, beside the bounds of app/protocol/limits.h and app/transport/limits.h.
namespace host {

using namespace std::chrono_literals;

inline constexpr auto kSignInTime = 10s;              //!< from connected to Hello, and from Hello to a join
inline constexpr int kMaxFramesBeforeSignIn = 16;
inline constexpr auto kJoinQuestionTime = 5min;       //!< how long the owner may think
inline constexpr int kMaxJoinQuestions = 16;          //!< open at once per workspace
inline constexpr int kMaxJoinQuestionsPerAddress = 3;
inline constexpr int kMaxWrongSecrets = 10;           //!< per address and kWrongSecretWindow; each further one closes
inline constexpr auto kWrongSecretWindow = 60s;
inline constexpr int kMaxGuests = 200;                //!< per workspace
inline constexpr auto kReturnTime = 60s;              //!< how long a lost guest's place is kept
inline constexpr auto kLingerTime = 10min;            //!< how long an ended share's port answers that the link opens nothing
inline constexpr auto kCutOffTime = 100ms;            //!< between the last message and the abort of a guest cut off

inline constexpr qint64 kBehindBytes = 256 * 1024;    //!< queued towards one connection; above, documents resynchronise later
inline constexpr int kMaxOpenCalls = 4096;            //!< unanswered requests of one connection; further ones fail with TooMany
inline constexpr int kMaxDocumentsPerConnection = 500;
inline constexpr int kMaxRooms = 2000;
inline constexpr qsizetype kMaxDocumentUnits = 64 * 1024 * 1024;      //!< UTF-16 units of text
inline constexpr qsizetype kRemeasureBytes = 1024 * 1024;     //!< see DocumentSize
inline constexpr auto kAutosaveDelay = 500ms;         //!< of quiet,
inline constexpr auto kAutosaveLimit = 5s;            //!< and so long at most while nobody pauses; both stretch for slow saves
inline constexpr auto kSaveRetryDelay = 5s;
inline constexpr auto kIdleRoomTime = 60s;            //!< a room without members is dropped after this
inline constexpr auto kPresenceInterval = 33ms;       //!< at most 30 relays a second
inline constexpr qsizetype kMaxPresencePathBytes = 1024;
inline constexpr qint64 kLogCompactBytes = 256 * 1024;        //!< a log smaller than this is left alone,
inline constexpr qint64 kIdleLogCompactBytes = 16 * 1024;     //!< and one smaller than this when nobody has the document open

} // namespace host
