// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

// Every bound of the wire in one place. Tests name these constants; nobody repeats their values.
namespace transport {

using namespace std::chrono_literals;

// Frames
inline constexpr qint64 kMaxFrameBeforeAuth = 16 * 1024;           //!< either end, until the other has signed in
inline constexpr qint64 kMaxFrameToHost = 1024 * 1024;             //!< what a host accepts from a signed-in peer
inline constexpr qint64 kMaxFrameToClient = 130 * 1024 * 1024;     //!< what a client accepts from its host
inline constexpr qint64 kFragmentBytes = 64 * 1024;                //!< longer frames go out in pieces, so slow links show life

// Outbound queue of one channel
inline constexpr qint64 kLowWaterBytes = 256 * 1024;               //!< drained() is emitted when the queue falls to this
inline constexpr qint64 kMaxQueuedBytes = 8 * 1024 * 1024;         //!< a peer that lets more than this pile up is cut off
inline constexpr qint64 kSocketWindowBytes = 256 * 1024;           //!< what is handed to a socket ahead of the kernel

// Life and death of one connection
inline constexpr auto kCloseFlushTime = 250ms;                     //!< from close() to the abort of a peer that does not follow
inline constexpr qsizetype kMaxCloseTextBytes = 120;               //!< UTF-8; a WebSocket control frame holds 123
inline constexpr auto kPingInterval = 5s;
inline constexpr auto kSilenceLimit = 12s;
inline constexpr auto kKeepaliveTick = 1s;
inline constexpr auto kConnectTimeout = 10s;

// What a stranger may occupy before it has said anything useful
inline constexpr int kMaxPendingConnections = 256;                 //!< accepted, request not yet answered
inline constexpr int kMaxPendingPerAddress = 32;                   //!< per IPv4 address or IPv6 /64
inline constexpr int kMaxConnections = 2000;                       //!< TCP, all states
inline constexpr int kMaxConnectionsPerAddress = 500;              //!< TCP, all states; a class room behind one router fits
inline constexpr auto kTlsHandshakeTime = 3s;
inline constexpr auto kRequestHeadTime = 2s;
inline constexpr auto kResponseTime = 2s;                          //!< for the peer to take a page of a few KiB
inline constexpr qsizetype kMaxRequestHeadBytes = 8 * 1024;
inline constexpr int kMaxRequestFields = 64;
inline constexpr auto kAcceptPause = 500ms;                        //!< after the system ran out of descriptors
inline constexpr int kMaxLocalConnections = 64;

// Links, pages, logs
inline constexpr qsizetype kMaxLinkUnits = 2048;
inline constexpr qsizetype kSecretBytes = 32;
inline constexpr qsizetype kPinBytes = 32;                         //!< SHA-256
inline constexpr qsizetype kMaxPageBytes = 20 * 1024;
inline constexpr qsizetype kMaxIdentityBytes = 64 * 1024;          //!< PEM of certificate chain and key
inline constexpr qsizetype kMaxLoggedFrames = 2000;
inline constexpr qint64 kMaxLoggedBytes = 32 * 1024 * 1024;
inline constexpr qint64 kMaxLoggedFrameBytes = 1024 * 1024;        //!< of a larger frame the log keeps only the size

// Back-off between attempts to reconnect
inline constexpr auto kMinBackoff = 250ms;
inline constexpr auto kMaxBackoff = 15000ms;

//! The WebSocket sub-protocol: name and version of everything above the frames.
inline constexpr char kSubprotocol[] = "alongside.1";
inline constexpr char kSocketPath[] = "/ws";

} // namespace transport
