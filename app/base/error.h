// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace base {

//! What went wrong, as a value the program branches on and the wire carries. Append-only: the numbers are wire values.
enum class ErrorCode : std::uint8_t {
    Internal = 0,         //!< our own mistake; the detail says where
    NotFound = 1,         //!< also the neutral answer for everything the caller may not know of
    Forbidden = 2,        //!< the caller's access does not include this
    InvalidArgument = 3,  //!< well-formed bytes, impossible meaning
    OutOfRange = 4,       //!< a position or offset beyond the end
    Malformed = 5,        //!< bytes that no correct peer sends
    TooLarge = 6,         //!< above a named limit
    TooMany = 7,          //!< a count or a rate above a named limit
    AlreadyExists = 8,
    OutsideRoot = 9,      //!< a path or a link that leaves the workspace folder
    NotAFile = 10,        //!< a folder, device, pipe or socket where a regular file is needed
    NotText = 11,         //!< binary content where text is needed
    ReadOnly = 12,        //!< file system or file mode refuses writing
    DiskFull = 13,        //!< ENOSPC and EDQUOT
    PermissionDenied = 14,//!< EACCES and EPERM of the host's operating system
    InputOutput = 15,     //!< EIO and everything else the operating system reports
    Conflict = 16,        //!< the thing changed meanwhile; look again
    Disconnected = 17,    //!< the channel closed before the answer came
    Timeout = 18,
    Cancelled = 19,
    VersionMismatch = 20, //!< the peer speaks no protocol version we speak
    LinkRefused = 21,     //!< the one neutral answer to a link that opens nothing, whatever the reason
    PinMismatch = 22,     //!< the host's certificate is not the one the link names
    Unreachable = 23,     //!< no host answered at that address
    NotRunning = 24,      //!< shared, but the workspace does not run now
    Denied = 25,          //!< a person said no
    Unavailable = 26,     //!< a part of the system this needs (keychain, display, folder) is not there
    Unauthenticated = 27, //!< the message needs a signed-in caller
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string detail;   //!< English, for the log and for the details line; never text of documents, never a secret

    friend bool operator==(const Error &, const Error &) = default;
};

//! The code's name as in the enum, for logs, JSON output and exit messages.
const char *name(ErrorCode code);

//! The highest code, for decoders.
constexpr ErrorCode lastValue(ErrorCode) { return ErrorCode::Unauthenticated; }

//! The error for an errno value; \a what names the operation, not the content.
Error fromErrno(int number, std::string what);

} // namespace base
