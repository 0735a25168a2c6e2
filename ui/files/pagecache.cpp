// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/pagecache.h"

#include "app/base/deliver.h"

namespace ui {

PageCache::PageCache(client::Workspace &workspace, const QByteArray &path, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_path(path), m_pages(kMostPages)
{
}

QByteArray PageCache::page(qint64 number)
{
    if (const QByteArray *known = m_pages.object(number))
        return *known;
    const bool isBeyondEnd = m_fileSize >= 0 && number * kPageBytes >= m_fileSize && number > 0;
    // Scrolling fast asks for pages that are out of sight before they come; a few at once are enough.
    if (isBeyondEnd || m_underWay.contains(number) || m_underWay.size() >= 8)
        return {};
    m_underWay.insert(number);
    const auto reply = m_workspace.readPage(m_path, number * kPageBytes, kPageBytes);
    base::deliver(reply, this, [this, number, round = m_round](const base::Result<protocol::PageRead> &read) {
        if (round != m_round)
            return;
        m_underWay.remove(number);
        if (!read) {
            Q_EMIT failed(read.error());
            return;
        }
        m_fileSize = qMax<qint64>(0, read->fileSize);
        m_pages.insert(number, new QByteArray(read->bytes.left(kPageBytes)));
        Q_EMIT pageArrived(number);
    });
    return {};
}

void PageCache::clear()
{
    ++m_round;
    m_pages.clear();
    m_underWay.clear();
    m_fileSize = -1;
}

} // namespace ui
