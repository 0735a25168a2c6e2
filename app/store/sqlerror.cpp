// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/sqlerror.h"

#include <QSqlError>

namespace store {

namespace {

// SQLite's result codes; the header is not needed for anything else. Source: sqlite.org/rescode.html.
constexpr int kBusy = 5;
constexpr int kReadOnly = 8;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kConstraint = 19;
constexpr int kNotADatabase = 26;
constexpr int kForeignKey = 787;
constexpr int kUnique = 2067;
constexpr int kPrimaryKey = 1555;

base::ErrorCode codeOf(int extended)
{
    switch (extended) {
    case kForeignKey: return base::ErrorCode::NotFound;
    case kUnique:
    case kPrimaryKey: return base::ErrorCode::AlreadyExists;
    default: break;
    }
    switch (extended & 0xff) {
    case kBusy: return base::ErrorCode::Conflict;
    case kReadOnly: return base::ErrorCode::ReadOnly;
    case kCorrupt:
    case kNotADatabase: return base::ErrorCode::Malformed;
    case kFull: return base::ErrorCode::DiskFull;
    case kConstraint: return base::ErrorCode::InvalidArgument;
    default: return base::ErrorCode::InputOutput;
    }
}

} // namespace

base::Unexpected sqlFailed(const QSqlError &error)
{
    // The driver's own text names tables and columns, never values.
    return base::Unexpected(codeOf(error.nativeErrorCode().toInt()), "database: " + error.databaseText().toStdString());
}

} // namespace store
