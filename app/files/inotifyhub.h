// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/post.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QMutex>
#include <QObject>

#include <cstdint>
#include <memory>
#include <vector>

class QSocketNotifier;

namespace files {

//! The one inotify instance of the process (the system allows 128 per user), shared by all watchers, and the thread on
//! which they walk their trees. Outlives every Watcher.
class InotifyHub final : public QObject
{
    Q_OBJECT

public:
    struct Event
    {
        quint32 mask = 0;       //!< IN_… bits
        quint32 cookie = 0;
        QByteArray name;
    };
    //! Whoever watches. Called on the hub's thread.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        virtual void folderEvent(const QByteArray &folder, const Event &event) = 0;
        virtual void eventsLost() = 0;
    };
    //! Names a listener. Not its address, which a later one may have while watches of this one are still being removed.
    using ListenerId = quint64;

    //! Each watch costs the system about a kilobyte, and the user has one supply of them for all programs.
    static constexpr std::size_t kMaxWatches = 100'000;

    explicit InotifyHub(std::size_t maxWatches = kMaxWatches, QObject *parent = nullptr);
    ~InotifyHub() override;

    //! Empty if the instance could be made; else why not.
    QString unavailableReason() const { return m_unavailable; }

    ListenerId add(Listener *listener);
    //! Nothing is called on the listener from now on.
    void remove(ListenerId listener);

    //! Watches the folder open as \a descriptor; its events carry \a folder. Any thread.
    //! Errors: TooMany (the system's limit of watches), NotFound, Unavailable, Cancelled (no such listener any more).
    base::Result<void> watch(int descriptor, const QByteArray &folder, ListenerId listener);
    //! Forgets \a folder and everything below it at once. The system's part, which takes its time with thousands of
    //! folders, follows on the thread of walks().
    void unwatch(const QByteArray &folder, ListenerId listener);
    //! Any thread.
    bool isWatched(const QByteArray &folder, ListenerId listener) const;
    std::size_t watchCount() const;

    base::BackgroundQueue &walks() { return *m_walks; }

private:
    struct Place
    {
        ListenerId listener = 0;
        QByteArray folder;
    };
    struct Watch
    {
        int number = -1;
        Place place;
    };

    void readEvents();
    void dispatch(int watch, const Event &event);
    void announceLoss();
    void release(const std::vector<Watch> &watches);
    // With the mutex held:
    std::vector<Watch> takeBelow(const QByteArray &folder, ListenerId listener);
    bool isCurrent(int watch, const Place &place) const;
    void forget(int watch);
    void drop(const Watch &watch);

    std::size_t m_maxWatches;
    int m_instance = -1;
    QString m_unavailable;
    mutable QMutex m_mutex;                                  // guards the four below
    ListenerId m_lastListener = 0;
    QHash<ListenerId, Listener *> m_listeners;
    QHash<ListenerId, QMap<QByteArray, int>> m_watches;      // sorted, to find what lies below a folder
    QHash<int, std::vector<Place>> m_places;                 // may still have what m_watches has no more
    QSocketNotifier *m_notifier = nullptr;
    std::unique_ptr<base::BackgroundQueue> m_walks;
};

} // namespace files
