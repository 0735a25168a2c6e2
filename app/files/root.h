// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/files/filehandle.h"
#include "app/files/fileinfo.h"
#include "app/files/relativepath.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace files {

inline constexpr std::size_t kMaxFolderEntries = 100'000;
inline constexpr qint64 kMaxRangeBytes = 4 * 1024 * 1024;

struct Entry
{
    QByteArray name;
    Kind kind = Kind::File;
    Kind linkTargetKind = Kind::Other;   //!< what a Symlink that is neither broken nor leading out points to
    bool linkLeadsOut = false;
    bool linkBroken = false;             //!< points to nothing, or in a circle
    bool executable = false;
    qint64 size = 0;                     //!< bytes; of the target for a link to a file
    base::WallTime modified{};

    bool isFolder() const { return kind == Kind::Folder || (kind == Kind::Symlink && linkTargetKind == Kind::Folder); }
};

struct Listing
{
    std::vector<Entry> entries;          //!< folders and links to folders first, each group by bytes
    bool truncated = false;              //!< the folder has more than kMaxFolderEntries
};

struct ReadFile
{
    QByteArray content;
    FileInfo info;                       //!< of this content: the expectation to save with later
};

struct ReadRange
{
    QByteArray bytes;
    FileInfo info;
};

//! The folder that a name stands in, opened, and the name there: links of the way resolved, the last one too if asked.
struct Location
{
    FileHandle folder;                   //!< O_RDONLY | O_DIRECTORY
    QByteArray name;
    RelativePath path;                   //!< where that is really, without links
};

//! A workspace's folder, opened once and worked on by handle only: openat2 beneath it, no magic links, so that neither
//! "..", nor a link, nor a folder swapped while we look leads out. Only regular files are opened, and never with waiting.
//!
//! Thread-safe; every function blocks on the disk. Errors of all of them: NotFound, OutsideRoot, NotAFile,
//! PermissionDenied, ReadOnly, DiskFull, TooMany (descriptors), InputOutput; what a function adds stands beside it.
class Root
{
public:
    //! \a absolutePath may be or contain links. \a ops must outlive the root. Errors also: Unavailable (no openat2).
    static base::Result<std::shared_ptr<const Root>> open(const QByteArray &absolutePath, FileOps &ops);

    //! As given to open().
    const QByteArray &absolutePath() const { return m_absolutePath; }
    //! False once the folder was deleted, even if another one stands at its path now.
    bool isStillThere() const;
    //! The folder's mode and file system let the host's user create files in it.
    bool isWritable() const;

    //! Our own temporary files are left out.
    base::Result<Listing> list(const RelativePath &folder) const;
    //! Follows links. Works on folders as well.
    base::Result<FileInfo> status(const RelativePath &path) const;
    //! The whole file. Errors also: TooLarge if it has more than \a maxBytes.
    base::Result<ReadFile> read(const RelativePath &path, qint64 maxBytes) const;
    //! \a length is cut to kMaxRangeBytes; past the end there are no bytes. Errors also: OutOfRange (negative).
    base::Result<ReadRange> readRange(const RelativePath &path, qint64 offset, qint64 length) const;
    //! \a path without links on the way and at its end: one name per file, for opening a document once.
    base::Result<RelativePath> resolved(const RelativePath &path) const;
    //! The host's user may write the file there.
    base::Result<bool> isFileWritable(const RelativePath &path) const;

    //! An empty file. Errors also: AlreadyExists, Forbidden (git's folder), InvalidArgument (a name that we reserve).
    base::Result<FileInfo> createFile(const RelativePath &path, Writer writer) const;
    base::Result<void> createFolder(const RelativePath &path, Writer writer) const;
    //! Renames or moves a file, link or folder; never replaces. Errors also: AlreadyExists, Forbidden, InvalidArgument
    //! (into itself, across file systems, the root).
    base::Result<void> move(const RelativePath &from, const RelativePath &to, Writer writer) const;

    // For the other parts of this folder.
    FileOps &ops() const { return m_ops; }
    int descriptor() const { return m_folder.get(); }
    //! Opens the folder at \a path (O_RDONLY | O_DIRECTORY).
    base::Result<FileHandle> openFolder(const RelativePath &path) const;
    //! Opens the regular file at \a path for reading.
    base::Result<FileHandle> openFile(const RelativePath &path) const;
    enum class LastLink { Keep, Follow };
    //! Where \a path stands. The name itself need not exist.
    base::Result<Location> locate(const RelativePath &path, LastLink lastLink) const;
    //! As locate(), and refuses what \a writer may not change.
    base::Result<Location> locateForWriting(const RelativePath &path, LastLink lastLink, Writer writer) const;

private:
    Root(QByteArray absolutePath, FileHandle folder, FileOps &ops);

    base::Result<FileHandle> openBeneath(const QByteArray &path, int flags, const char *what) const;
    base::Result<RelativePath> pathOf(const FileHandle &folder) const;
    Entry describe(int folder, const RelativePath &folderPath, const RawEntry &raw) const;
    void describeLink(const RelativePath &folderPath, Entry &entry) const;

    QByteArray m_absolutePath;
    FileHandle m_folder;
    FileOps &m_ops;
};

} // namespace files
