// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/protocol/filemessages.h"

#include <QByteArrayView>

#include <memory>
#include <optional>
#include <vector>

namespace client {

//! An entry of the tree; folders own their children once listed.
class FileNode
{
public:
    enum class Load { Never, Loading, Loaded };

    FileNode(FileNode *parentNode, protocol::FileEntry fileEntry) : parent(parentNode), entry(std::move(fileEntry)) {}

    bool isFolder() const { return !parent || entry.kind == protocol::EntryKind::Folder; }
    QByteArray path() const;
    //! Position among the siblings; 0 for the root. Amortised O(1).
    int row() const;
    FileNode *child(QByteArrayView name) const;
    //! Every entry below that is in the tree, this one not counted.
    qsizetype countBelow() const;

    FileNode *const parent;
    protocol::FileEntry entry;
    std::vector<std::unique_ptr<FileNode>> children;
    Load load = Load::Never;
    std::optional<base::ErrorCode> error;
    bool isStale = false;        //!< changed on the host since the listing under way began
    bool isQueued = false;       //!< waits to be listed

    //! Row numbers below are out of date.
    void childrenMoved() { m_rowsAreRight = false; }

private:
    mutable int m_row = 0;
    mutable bool m_rowsAreRight = true;  //!< of the children
};

//! One row operation that brings a folder's rows nearer to a fresh listing.
struct RowChange
{
    enum class Kind { Remove, Insert, Update };

    Kind kind = Kind::Remove;
    int first = 0;               //!< row at the time when this change is applied
    int count = 0;
    int source = 0;              //!< Insert, Update: index in the listing of the first one
    friend bool operator==(const RowChange &, const RowChange &) = default;
};

//! The fewest contiguous row operations from \a children to \a listing: removals from the back, then insertions from the
//! front, then updates. Entries are the same when name and being a folder are. Cost: O(n).
std::vector<RowChange> rowChanges(const std::vector<std::unique_ptr<FileNode>> &children, const QList<protocol::FileEntry> &listing);

} // namespace client
