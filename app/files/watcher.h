// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/ignore.h"
#include "app/files/inotifyhub.h"
#include "app/files/root.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <memory>

namespace files {

//! Says which listings and files of a root other programs (or we) changed.
//!
//! The tree is walked on the hub's thread. Not walked: git's folder except for what tells the checked-out state, and
//! folders that git ignores, until ensureWatched() asks for them. Paths in signals are relative to the root. All
//! functions and signals on the thread this lives on; none blocks.
class Watcher final : public QObject, private InotifyHub::Listener
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kWindow{50};        //!< changes within it are reported together
    static constexpr std::chrono::milliseconds kStillWriting{1000};//!< how long a file that stays open is waited for
    static constexpr std::chrono::milliseconds kPollEvery{2000};
    static constexpr int kMaxPending = 4096;                       //!< more changes than that are reported as overflow
    static constexpr int kMaxPolledFolders = 512;

    //! Starts walking at once. \a hub and \a ignore must outlive the watcher.
    Watcher(InotifyHub &hub, std::shared_ptr<const Root> root, const Ignore &ignore, QObject *parent = nullptr);
    ~Watcher() override;

    //! Somebody looks at this folder: watch it although it is ignored, lies behind a link, or the system's limit is
    //! reached (then it is polled).
    void ensureWatched(const RelativePath &folder);
    //! The files that are open as documents. They are looked at again after events were lost, and polled when there
    //! are not enough watches.
    void setOpenFiles(const QList<RelativePath> &files);
    bool isDegraded() const { return m_degraded; }

Q_SIGNALS:
    //! Listings of \a folders are out of date; \a files have another content (or are gone).
    void changed(const QList<QByteArray> &folders, const QList<QByteArray> &files);
    //! Anything may have changed.
    void overflowed();
    //! HEAD, the index or a reference changed.
    void repositoryChanged();
    //! The tree has been walked for the first time: from now on nothing is missed.
    void ready();
    //! From now on only ensureWatched() folders and open files are looked at, by polling. Once.
    void degraded(const QString &reason);
    //! The root folder itself was deleted or moved away.
    void rootGone();

private:
    struct Shared;      // what a walk on the other thread needs; it may outlive the watcher
    struct Walked;
    struct Polled;

    void folderEvent(const QByteArray &folder, const InotifyHub::Event &event) override;
    void eventsLost() override;
    void gitEvent(const QByteArray &folder, const InotifyHub::Event &event);
    void folderAppeared(const QByteArray &path);
    void fileTouched(const QByteArray &path, quint32 mask);
    void folderTouched(const QByteArray &path);
    void walk(const QByteArray &folder, bool isFirst);
    void walked(const Walked &walked, bool isFirst);
    void poll(bool isAfterLoss);
    void polled(const Polled &polled);
    void degrade(const QString &reason);
    void startWindow();
    void flush();

    InotifyHub &m_hub;
    std::shared_ptr<Shared> m_shared;
    QSet<QByteArray> m_folders;
    QSet<QByteArray> m_files;
    QHash<QByteArray, qint64> m_beingWritten;   // path → when its report is due, in milliseconds of m_elapsed
    QElapsedTimer m_elapsed;
    QTimer m_window;
    QTimer m_pollTimer;
    QList<QByteArray> m_polledFolders;
    QHash<QByteArray, FileInfo> m_lastSeen;     // of open files and polled folders
    QList<QByteArray> m_openFiles;
    bool m_repositoryTouched = false;
    bool m_overflow = false;
    bool m_isPolling = false;
    bool m_degraded = false;
};

} // namespace files
