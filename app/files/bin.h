// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/result.h"
#include "app/files/root.h"

#include <QString>

#include <chrono>
#include <memory>
#include <vector>

namespace files {

inline constexpr std::chrono::hours kBinLifetime{7 * 24};
inline constexpr qint64 kMaxBinCopyBytes = qint64(2) * 1024 * 1024 * 1024;
inline constexpr std::size_t kMaxBinCopyEntries = 200'000;
inline constexpr std::size_t kMaxBinListed = 2000;
inline constexpr qsizetype kMaxByUnits = 256;     //!< more of a name is not recorded

struct BinEntry
{
    base::BinEntryId id;
    RelativePath path;           //!< where it stood
    base::WallTime deletedAt{};
    QString by;                  //!< who deleted it, as people read it
    bool isFolder = false;
};

//! Deleted files and folders of one workspace, kept in the host's state folder for kBinLifetime: nothing lies around in
//! the user's project, and it survives a restart. On the same file system it is one rename; else the entry is copied,
//! synced, and only then removed.
//!
//! Keeps nothing in memory; thread-safe. Blocking.
class Bin
{
public:
    //! \a folder is absolute, exists and is private to the bin; unfinished entries in it are removed.
    //! \a ops, \a clock and \a random must outlive the bin.
    static base::Result<std::unique_ptr<Bin>> open(const QByteArray &folder, FileOps &ops, const base::Clock &clock,
                                                   base::RandomSource &random);

    //! Moves the file, link or folder at \a path here. Errors also: Forbidden (git's folder), InvalidArgument (the
    //! root), TooLarge or TooMany (needs copying and is above kMaxBinCopy…; nothing was changed).
    base::Result<BinEntry> remove(const Root &root, const RelativePath &path, const QString &by, Writer writer);
    //! Puts the entry back; makes missing parent folders; takes another name if the old one is taken.
    //! \returns where it stands now. Errors also: NotFound (unknown entry).
    base::Result<RelativePath> restore(const Root &root, const base::BinEntryId &id, Writer writer);
    //! Newest first, at most kMaxBinListed.
    base::Result<std::vector<BinEntry>> list() const;
    //! Deletes for good what is older than kBinLifetime. \returns how many entries
    base::Result<int> purge();

private:
    Bin(FileHandle folder, FileOps &ops, const base::Clock &clock, base::RandomSource &random);

    base::Result<BinEntry> readRecord(const QByteArray &name) const;
    base::Result<FileHandle> makeEntry(const BinEntry &entry) const;
    base::Result<void> take(const Location &from, const FileHandle &into) const;
    base::Result<RelativePath> putBack(const Root &root, const BinEntry &entry, const FileHandle &from,
                                       Writer writer) const;
    base::Result<void> copyBack(const FileHandle &from, const Location &to) const;
    base::Result<void> makeParents(const Root &root, const RelativePath &folder, Writer writer) const;
    base::Result<void> forget(const QByteArray &name) const;
    base::Result<void> cleanUp() const;
    base::Result<std::vector<QByteArray>> entryNames() const;

    FileHandle m_folder;
    FileOps &m_ops;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
};

} // namespace files
