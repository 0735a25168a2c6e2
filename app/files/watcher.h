// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/ignore.h"
#include "app/files/inotifyhub.h"
#include "app/files/root.h"

#include <QByteArray>
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
    static constexpr int kMaxEnsured = 512;                        //!< folders beside the walk; the oldest is given up

    //! Starts walking at once. \a hub must outlive the watcher.
    Watcher(InotifyHub &hub, std::shared_ptr<const Root> root, std::shared_ptr<const Ignore> ignore,
            QObject *parent = nullptr, std::chrono::milliseconds pollEvery = kPollEvery);
    ~Watcher() override;

    //! Somebody looks at this folder: watch it although it is ignored, lies behind a link, or the system's limit is
    //! reached (then it is polled).
    void ensureWatched(const RelativePath &folder);
    //! The files that are open as documents: reported when a folder above them came anew, and polled when there are
    //! not enough watches.
    void setOpenFiles(const QList<RelativePath> &files);
    bool isDegraded() const { return m_degraded; }
    //! The system reports what changes in \a folder; false for one that is polled or not looked at.
    bool isWatching(const RelativePath &folder) const;

Q_SIGNALS:
    //! Listings of \a folders are out of date; \a files have another content (or are gone).
    void changed(const QList<QByteArray> &folders, const QList<QByteArray> &files);
    //! Anything may have changed, open files included.
    void overflowed();
    //! HEAD, the index or a reference changed.
    void repositoryChanged();
    //! The tree has been walked for the first time: from now on nothing is missed.
    void ready();
    //! From now on only ensureWatched() folders and open files are looked at, by polling. Once.
    void degraded(const QString &reason);
    //! The root folder itself was deleted or moved away. Once.
    void rootGone();

private:
    struct Shared;      // what a walk on the other thread needs; it may outlive the watcher
    struct Walked;
    struct Polled;

    void folderEvent(const QByteArray &folder, const InotifyHub::Event &event) override;
    void eventsLost() override;
    void gitEvent(const QByteArray &folder, const InotifyHub::Event &event);
    void temporaryEvent(const InotifyHub::Event &event);
    void subfolderEvent(const QByteArray &path, quint32 mask);
    void fileEvent(const QByteArray &path, const InotifyHub::Event &event);
    void nameTouched(const QByteArray &path);
    void walk(const QList<QByteArray> &folders, bool isFirst);
    void walked(const Walked &walked, bool isFirst);
    void watchAgain();
    void watchOne(const QByteArray &folder);
    void poll();
    void polled(const Polled &result);
    void goneForGood();
    void degrade(const base::Error &error);
    void startWindow();
    void flush();

    InotifyHub &m_hub;
    std::shared_ptr<Shared> m_shared;
    QSet<QByteArray> m_names;           // came, went or changed their kind: the listing of the folder above is out of date
    QSet<QByteArray> m_folders;
    QSet<QByteArray> m_files;
    QSet<QByteArray> m_appeared;        // folders to be walked
    QSet<QByteArray> m_beingWritten;    // changed and not closed yet
    // A save of ours exchanges a file with a temporary one. That is no change of the listing.
    quint32 m_temporaryCookie = 0;
    quint32 m_departedCookie = 0;
    QByteArray m_departed;
    QSet<QByteArray> m_arrived;
    QTimer m_window;
    QTimer m_writing;
    QTimer m_pollTimer;
    std::chrono::milliseconds m_pollEvery;
    QList<QByteArray> m_ensured;        // asked for and not part of the walk
    QList<QByteArray> m_openFiles;
    QHash<QByteArray, FileInfo> m_lastSeen;     // by polling
    bool m_repositoryTouched = false;
    bool m_overflow = false;
    bool m_isPolling = false;
    bool m_degraded = false;
    bool m_gone = false;
};

} // namespace files
