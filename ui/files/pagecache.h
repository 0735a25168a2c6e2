// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QCache>
#include <QObject>
#include <QSet>

namespace ui {

//! Bytes of a file that is read in pages, fetched when asked for and kept up to a bound.
class PageCache final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 kPageBytes = 64 * 1024;
    static constexpr int kMostPages = 64;

    PageCache(client::Workspace &workspace, const QByteArray &path, QObject *parent);

    //! Known after the first page; -1 before.
    qint64 fileSize() const { return m_fileSize; }
    //! Page \a number if it is here; else an empty array now and pageArrived() later. The array is shorter than kPageBytes
    //! at the end of the file.
    QByteArray page(qint64 number);
    //! Forgets everything, for another try.
    void clear();

Q_SIGNALS:
    void pageArrived(qint64 number);
    void failed(const base::Error &error);

private:
    client::Workspace &m_workspace;
    QByteArray m_path;
    QCache<qint64, QByteArray> m_pages;
    QSet<qint64> m_underWay;
    qint64 m_fileSize = -1;
    int m_round = 0;
};

} // namespace ui
