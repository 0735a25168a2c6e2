// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/store/tables.h"

#include <QString>

#include <functional>
#include <memory>

namespace store {

//! The host's SQLite database: WAL, synchronous=FULL, so that a finished change survives a power cut (about 0.3 ms).
//!
//! The connection and its tables live on the thread that opened them. Errors of every function: DiskFull, ReadOnly,
//! InputOutput; Malformed (the file is no database or damaged).
class MetaStore
{
public:
    //! Makes or migrates the database. Errors also: VersionMismatch (written by a newer program).
    static base::Result<std::unique_ptr<MetaStore>> open(const QString &path, const base::Clock &clock);
    ~MetaStore();
    MetaStore(const MetaStore &) = delete;
    MetaStore &operator=(const MetaStore &) = delete;

    Workspaces &workspaces() { return m_workspaces; }
    Shares &shares() { return m_shares; }
    ResumeTokens &resumeTokens() { return m_resumeTokens; }
    BlockedAddresses &blockedAddresses() { return m_blockedAddresses; }

    //! Runs \a changes in one transaction, which is undone if they return an error. Not nested.
    base::Result<void> transact(const std::function<base::Result<void>()> &changes);

private:
    explicit MetaStore(QString connection);

    base::Result<void> configure(const QString &path);
    base::Result<void> migrate(const base::Clock &clock);

    QString m_connection;
    Workspaces m_workspaces;
    Shares m_shares;
    ResumeTokens m_resumeTokens;
    BlockedAddresses m_blockedAddresses;
};

} // namespace store
