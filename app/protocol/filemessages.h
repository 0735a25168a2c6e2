// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/values.h"

// Paths are bytes, relative to the workspace's root, components separated by '/', the empty path being the root itself.
// Every request here fails with NotFound, OutsideRoot, PermissionDenied, InputOutput besides what it says.
namespace protocol {

enum class EntryKind : quint8 { File = 0, Folder = 1, Link = 2, Other = 3 };
constexpr EntryKind lastValue(EntryKind) { return EntryKind::Other; }

struct FileEntry
{
    QByteArray name;
    EntryKind kind = EntryKind::File;    //!< of a link that stays inside: what it points to
    bool isLink = false;
    bool isBroken = false;               //!< a link to nothing, or out of the workspace
    bool isIgnored = false;              //!< by git
    bool isExecutable = false;
    qint64 size = 0;
    base::WallTime modified{};
    static constexpr auto fields()
    {
        return std::tuple(atMost(&FileEntry::name, kMaxNameBytes), field(&FileEntry::kind), field(&FileEntry::isLink),
                          field(&FileEntry::isBroken), field(&FileEntry::isIgnored), field(&FileEntry::isExecutable),
                          field(&FileEntry::size), field(&FileEntry::modified));
    }
    friend bool operator==(const FileEntry &, const FileEntry &) = default;
};

struct FolderListed
{
    static constexpr Tag tag = Tag::FolderListed;
    QList<FileEntry> entries;            //!< folders first, then by name
    quint32 total = 0;                   //!< entries of the folder at this moment
    static constexpr auto fields()
    {
        return std::tuple(atMost(&FolderListed::entries, kMaxEntriesPerPage), field(&FolderListed::total));
    }
    friend bool operator==(const FolderListed &, const FolderListed &) = default;
};

//! A folder's entries from the \a offset th on, at most kMaxEntriesPerPage.
struct ListFolder
{
    static constexpr Tag tag = Tag::ListFolder;
    static constexpr Access needs = Access::View;
    using Reply = FolderListed;
    QByteArray path;
    quint32 offset = 0;
    static constexpr auto fields() { return std::tuple(atMost(&ListFolder::path, kMaxPathBytes), field(&ListFolder::offset)); }
    friend bool operator==(const ListFolder &, const ListFolder &) = default;
};

struct PageRead
{
    static constexpr Tag tag = Tag::PageRead;
    QByteArray bytes;
    qint64 fileSize = 0;
    base::WallTime modified{};
    static constexpr auto fields()
    {
        return std::tuple(atMost(&PageRead::bytes, kMaxPageBytes), field(&PageRead::fileSize), field(&PageRead::modified));
    }
    friend bool operator==(const PageRead &, const PageRead &) = default;
};

//! Bytes of a file that is not opened as a document. Past the end the answer has no bytes.
struct ReadPage
{
    static constexpr Tag tag = Tag::ReadPage;
    static constexpr Access needs = Access::View;
    using Reply = PageRead;
    QByteArray path;
    qint64 offset = 0;
    quint32 length = 0;                  //!< at most kMaxPageBytes
    static constexpr auto fields()
    {
        return std::tuple(atMost(&ReadPage::path, kMaxPathBytes), field(&ReadPage::offset), field(&ReadPage::length));
    }
    friend bool operator==(const ReadPage &, const ReadPage &) = default;
};

struct EntryCreated
{
    static constexpr Tag tag = Tag::EntryCreated;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const EntryCreated &, const EntryCreated &) = default;
};

//! A new empty file or folder. Fails with AlreadyExists.
struct CreateEntry
{
    static constexpr Tag tag = Tag::CreateEntry;
    static constexpr Access needs = Access::Edit;
    using Reply = EntryCreated;
    QByteArray path;
    EntryKind kind = EntryKind::File;
    static constexpr auto fields() { return std::tuple(atMost(&CreateEntry::path, kMaxPathBytes), field(&CreateEntry::kind)); }
    friend bool operator==(const CreateEntry &, const CreateEntry &) = default;
};

struct EntryMoved
{
    static constexpr Tag tag = Tag::EntryMoved;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const EntryMoved &, const EntryMoved &) = default;
};

//! Rename or move; open documents follow. Never replaces: fails with AlreadyExists.
struct MoveEntry
{
    static constexpr Tag tag = Tag::MoveEntry;
    static constexpr Access needs = Access::Edit;
    using Reply = EntryMoved;
    QByteArray from;
    QByteArray to;
    static constexpr auto fields() { return std::tuple(atMost(&MoveEntry::from, kMaxPathBytes), atMost(&MoveEntry::to, kMaxPathBytes)); }
    friend bool operator==(const MoveEntry &, const MoveEntry &) = default;
};

struct EntryDeleted
{
    static constexpr Tag tag = Tag::EntryDeleted;
    base::BinEntryId entry;              //!< for RestoreEntry
    static constexpr auto fields() { return std::tuple(field(&EntryDeleted::entry)); }
    friend bool operator==(const EntryDeleted &, const EntryDeleted &) = default;
};

//! Move to the bin, whole folders too; kept seven days.
struct DeleteEntry
{
    static constexpr Tag tag = Tag::DeleteEntry;
    static constexpr Access needs = Access::Edit;
    using Reply = EntryDeleted;
    QByteArray path;
    static constexpr auto fields() { return std::tuple(atMost(&DeleteEntry::path, kMaxPathBytes)); }
    friend bool operator==(const DeleteEntry &, const DeleteEntry &) = default;
};

struct EntryRestored
{
    static constexpr Tag tag = Tag::EntryRestored;
    QByteArray path;                     //!< where it stands again; another name when the old one is taken
    static constexpr auto fields() { return std::tuple(atMost(&EntryRestored::path, kMaxPathBytes)); }
    friend bool operator==(const EntryRestored &, const EntryRestored &) = default;
};

struct RestoreEntry
{
    static constexpr Tag tag = Tag::RestoreEntry;
    static constexpr Access needs = Access::Edit;
    using Reply = EntryRestored;
    base::BinEntryId entry;
    static constexpr auto fields() { return std::tuple(field(&RestoreEntry::entry)); }
    friend bool operator==(const RestoreEntry &, const RestoreEntry &) = default;
};

struct BinEntry
{
    base::BinEntryId id;
    QByteArray path;
    base::WallTime deletedAt{};
    QString by;
    bool isFolder = false;
    static constexpr auto fields()
    {
        return std::tuple(field(&BinEntry::id), atMost(&BinEntry::path, kMaxPathBytes), field(&BinEntry::deletedAt),
                          atMost(&BinEntry::by, kMaxNameUnits), field(&BinEntry::isFolder));
    }
    friend bool operator==(const BinEntry &, const BinEntry &) = default;
};

struct BinListed
{
    static constexpr Tag tag = Tag::BinListed;
    QList<BinEntry> entries;             //!< newest first
    static constexpr auto fields() { return std::tuple(atMost(&BinListed::entries, kMaxBinEntries)); }
    friend bool operator==(const BinListed &, const BinListed &) = default;
};

struct ListBin
{
    static constexpr Tag tag = Tag::ListBin;
    static constexpr Access needs = Access::View;
    using Reply = BinListed;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const ListBin &, const ListBin &) = default;
};

//! Listings that are out of date now. An empty list means any of them may be.
struct FoldersChanged
{
    static constexpr Tag tag = Tag::FoldersChanged;
    QList<QByteArray> folders;
    static constexpr auto fields() { return std::tuple(atMost(&FoldersChanged::folders, kMaxChangedFolders, kMaxPathBytes)); }
    friend bool operator==(const FoldersChanged &, const FoldersChanged &) = default;
};

} // namespace protocol
