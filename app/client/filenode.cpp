// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/filenode.h"

#include <QHash>

#include <algorithm>

namespace client {

namespace {

bool isSameThing(const protocol::FileEntry &a, const protocol::FileEntry &b)
{
    const auto folder = protocol::EntryKind::Folder;
    return (a.kind == folder) == (b.kind == folder);
}

//! For each child the index of its entry in the listing, or -1 when it goes.
std::vector<int> matches(const std::vector<std::unique_ptr<FileNode>> &children, const QList<protocol::FileEntry> &listing)
{
    QHash<QByteArray, int> places;
    places.reserve(listing.size());
    for (int i = 0; i < int(listing.size()); ++i)
        places.insert(listing[i].name, i);
    std::vector<int> result(children.size(), -1);
    int last = -1;
    for (std::size_t i = 0; i < children.size(); ++i) {
        const int place = places.value(children[i]->entry.name, -1);
        // What changed its place among the others is taken out and put in again: the host sorts by name, so that is rare.
        if (place > last && isSameThing(children[i]->entry, listing[place])) {
            result[i] = place;
            last = place;
        }
    }
    return result;
}

} // namespace

QByteArray FileNode::path() const
{
    if (!parent)
        return {};
    const QByteArray folder = parent->path();
    return folder.isEmpty() ? entry.name : folder + '/' + entry.name;
}

int FileNode::row() const
{
    if (!parent)
        return 0;
    if (!parent->m_rowsAreRight) {
        for (std::size_t i = 0; i < parent->children.size(); ++i)
            parent->children[i]->m_row = int(i);
        parent->m_rowsAreRight = true;
    }
    return m_row;
}

FileNode *FileNode::child(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(children, [name](const auto &node) { return QByteArrayView(node->entry.name) == name; });
    return found == children.end() ? nullptr : found->get();
}

qsizetype FileNode::countBelow() const
{
    qsizetype count = qsizetype(children.size());
    for (const auto &node : children)
        count += node->countBelow();
    return count;
}

std::vector<RowChange> rowChanges(const std::vector<std::unique_ptr<FileNode>> &children, const QList<protocol::FileEntry> &listing)
{
    const std::vector<int> places = matches(children, listing);
    std::vector<RowChange> changes;
    for (int row = int(places.size()) - 1; row >= 0; --row) {
        if (places[std::size_t(row)] >= 0)
            continue;
        if (!changes.empty() && changes.back().first == row + 1) {
            changes.back().first = row;
            ++changes.back().count;
        } else {
            changes.push_back({RowChange::Kind::Remove, row, 1, 0});
        }
    }
    std::vector<RowChange> updates;
    std::size_t child = 0;
    for (int i = 0; i < int(listing.size()); ++i) {
        while (child < places.size() && places[child] < 0)
            ++child;
        const bool isThere = child < places.size() && places[child] == i;
        std::vector<RowChange> &list = isThere ? updates : changes;
        const auto kind = isThere ? RowChange::Kind::Update : RowChange::Kind::Insert;
        if (isThere && children[child++]->entry == listing[i])
            continue;
        if (!list.empty() && list.back().kind == kind && list.back().first + list.back().count == i)
            ++list.back().count;
        else
            list.push_back({kind, i, 1, i});
    }
    changes.insert(changes.end(), updates.begin(), updates.end());
    return changes;
}

} // namespace client
