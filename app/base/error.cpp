// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/error.h"

#include <cerrno>
#include <cstring>

namespace base {

const char *name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Internal: return "Internal";
    case ErrorCode::NotFound: return "NotFound";
    case ErrorCode::Forbidden: return "Forbidden";
    case ErrorCode::InvalidArgument: return "InvalidArgument";
    case ErrorCode::OutOfRange: return "OutOfRange";
    case ErrorCode::Malformed: return "Malformed";
    case ErrorCode::TooLarge: return "TooLarge";
    case ErrorCode::TooMany: return "TooMany";
    case ErrorCode::AlreadyExists: return "AlreadyExists";
    case ErrorCode::OutsideRoot: return "OutsideRoot";
    case ErrorCode::NotAFile: return "NotAFile";
    case ErrorCode::NotText: return "NotText";
    case ErrorCode::ReadOnly: return "ReadOnly";
    case ErrorCode::DiskFull: return "DiskFull";
    case ErrorCode::PermissionDenied: return "PermissionDenied";
    case ErrorCode::InputOutput: return "InputOutput";
    case ErrorCode::Conflict: return "Conflict";
    case ErrorCode::Disconnected: return "Disconnected";
    case ErrorCode::Timeout: return "Timeout";
    case ErrorCode::Cancelled: return "Cancelled";
    case ErrorCode::VersionMismatch: return "VersionMismatch";
    case ErrorCode::LinkRefused: return "LinkRefused";
    case ErrorCode::PinMismatch: return "PinMismatch";
    case ErrorCode::Unreachable: return "Unreachable";
    case ErrorCode::NotRunning: return "NotRunning";
    case ErrorCode::Denied: return "Denied";
    case ErrorCode::Unavailable: return "Unavailable";
    case ErrorCode::Unauthenticated: return "Unauthenticated";
    }
    return "Internal";
}

Error fromErrno(int number, std::string what)
{
    ErrorCode code = ErrorCode::InputOutput;
    switch (number) {
    case ENOENT:
    case ENOTDIR: code = ErrorCode::NotFound; break;
    case EEXIST:
    case ENOTEMPTY: code = ErrorCode::AlreadyExists; break;
    case EACCES:
    case EPERM: code = ErrorCode::PermissionDenied; break;
    case EROFS: code = ErrorCode::ReadOnly; break;
    case ENOSPC:
    case EDQUOT: code = ErrorCode::DiskFull; break;
    case EXDEV: // openat2 with RESOLVE_BENEATH answers this for every way out of the root
        code = ErrorCode::OutsideRoot;
        break;
    case EISDIR: code = ErrorCode::NotAFile; break;
    case ENAMETOOLONG: code = ErrorCode::InvalidArgument; break;
    case EFBIG: code = ErrorCode::TooLarge; break;
    case EMFILE:
    case ENFILE: code = ErrorCode::TooMany; break;
    default: break;
    }
    return {code, what + ": " + std::strerror(number)};
}

} // namespace base
