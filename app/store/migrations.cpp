// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations.h"

#include <array>

using namespace Qt::StringLiterals;

namespace store {

namespace {

// Times are milliseconds since 1970. What must hold whatever the program does stands here and not in the program: one
// open share per workspace, and no living token of a share that has ended.
constexpr std::array kVersion1 = {
    QLatin1StringView("CREATE TABLE workspaces ("
                      " id BLOB PRIMARY KEY CHECK (length(id) = 16),"
                      " root_path BLOB NOT NULL UNIQUE,"
                      " name TEXT NOT NULL) WITHOUT ROWID"),
    QLatin1StringView("CREATE TABLE shares ("
                      " id BLOB PRIMARY KEY CHECK (length(id) = 16),"
                      " workspace BLOB NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,"
                      " secret_hash BLOB NOT NULL,"
                      " access INTEGER NOT NULL,"
                      " join_policy INTEGER NOT NULL,"
                      " created_at INTEGER NOT NULL,"
                      " expires_at INTEGER,"
                      " ended_at INTEGER,"
                      " addresses TEXT NOT NULL,"
                      " port INTEGER NOT NULL) WITHOUT ROWID"),
    QLatin1StringView("CREATE UNIQUE INDEX one_open_share ON shares (workspace) WHERE ended_at IS NULL"),
    QLatin1StringView("CREATE TABLE resume_tokens ("
                      " token_hash BLOB PRIMARY KEY,"
                      " share BLOB NOT NULL REFERENCES shares (id) ON DELETE CASCADE,"
                      " participant BLOB NOT NULL CHECK (length(participant) = 16),"
                      " name TEXT NOT NULL,"
                      " access INTEGER NOT NULL,"
                      " color INTEGER NOT NULL,"
                      " client INTEGER NOT NULL,"
                      " revoked_at INTEGER) WITHOUT ROWID"),
    QLatin1StringView("CREATE INDEX tokens_of_participant ON resume_tokens (participant)"),
    QLatin1StringView("CREATE INDEX tokens_of_share ON resume_tokens (share)"),
    QLatin1StringView("CREATE TRIGGER ended_share_has_no_tokens AFTER UPDATE OF ended_at ON shares"
                      " WHEN NEW.ended_at IS NOT NULL BEGIN"
                      " UPDATE resume_tokens SET revoked_at = NEW.ended_at WHERE share = NEW.id AND revoked_at IS NULL;"
                      " END"),
    QLatin1StringView("CREATE TABLE documents ("
                      " workspace BLOB NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,"
                      " path BLOB NOT NULL,"
                      " epoch BLOB NOT NULL,"
                      " last_saved_hash BLOB NOT NULL,"
                      " last_used_at INTEGER NOT NULL,"
                      " PRIMARY KEY (workspace, path)) WITHOUT ROWID"),
};

// Epoch and saved hash of a document stand in its log, where they cannot disagree with the updates.
constexpr std::array kVersion2 = {
    QLatin1StringView("DROP TABLE documents"),
};

// Who was shown out stays out when the host starts again, and no longer than the share that he was shown out of.
constexpr std::array kVersion3 = {
    QLatin1StringView("CREATE TABLE blocked_addresses ("
                      " share BLOB NOT NULL REFERENCES shares (id) ON DELETE CASCADE,"
                      " address TEXT NOT NULL,"
                      " PRIMARY KEY (share, address)) WITHOUT ROWID"),
    QLatin1StringView("CREATE TRIGGER ended_share_blocks_nobody AFTER UPDATE OF ended_at ON shares"
                      " WHEN NEW.ended_at IS NOT NULL BEGIN"
                      " DELETE FROM blocked_addresses WHERE share = NEW.id;"
                      " END"),
};

constexpr std::array<std::span<const QLatin1StringView>, 3> kAll = {kVersion1, kVersion2, kVersion3};

} // namespace

std::span<const std::span<const QLatin1StringView>> migrations()
{
    return kAll;
}

} // namespace store
