// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/inotifyhub.h"

#include <QSocketNotifier>

#include <sys/inotify.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include <unistd.h>

namespace files {

namespace {

constexpr std::uint32_t kMask = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_MODIFY
                                | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;
constexpr std::size_t kBufferBytes = 64 * 1024;
constexpr int kReadsAtOnce = 16;    // then the event loop gets its turn

bool isBelow(const QByteArray &path, const QByteArray &folder)
{
    return folder.isEmpty() ? !path.isEmpty()
                            : path.size() > folder.size() && path.startsWith(folder) && path[folder.size()] == '/';
}

} // namespace

InotifyHub::InotifyHub(std::size_t maxWatches, QObject *parent)
    : QObject(parent), m_maxWatches(maxWatches), m_instance(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      m_walks(std::make_unique<base::BackgroundQueue>(1))
{
    if (m_instance < 0) {
        m_unavailable = QString::fromLocal8Bit(std::strerror(errno));
        return;
    }
    m_notifier = new QSocketNotifier(m_instance, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &InotifyHub::readEvents);
}

InotifyHub::~InotifyHub()
{
    m_walks.reset();
    delete m_notifier;
    if (m_instance >= 0)
        close(m_instance);
}

base::Result<void> InotifyHub::watch(int descriptor, const QByteArray &folder, Listener *listener)
{
    if (m_instance < 0)
        return base::Unexpected(base::ErrorCode::Unavailable, "inotify: " + m_unavailable.toStdString());
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(descriptor);
    // Held across both, so that no event can come for a watch that has no place yet.
    QMutexLocker locker(&m_mutex);
    if (m_places.size() >= qsizetype(m_maxWatches))
        return base::Unexpected(base::ErrorCode::TooMany, "as many folders are watched as this program may");
    const int watch = inotify_add_watch(m_instance, path.constData(), kMask);
    if (watch < 0 && errno == ENOSPC)
        return base::Unexpected(base::ErrorCode::TooMany, "the system has no more folder watches");
    if (watch < 0)
        return base::Unexpected(base::fromErrno(errno, "watch folder"));
    QMap<QByteArray, int> &watches = m_watches[listener];
    if (const auto known = watches.constFind(folder); known != watches.constEnd()) {
        if (*known == watch)
            return {};
        drop(*known, listener, folder);
    }
    m_watches[listener].insert(folder, watch);
    m_places[watch].push_back({listener, folder});
    return {};
}

void InotifyHub::drop(int watch, Listener *listener, const QByteArray &folder)
{
    m_watches[listener].remove(folder);
    const auto places = m_places.find(watch);
    if (places == m_places.end())
        return;
    std::erase_if(*places, [&](const Place &place) { return place.listener == listener && place.folder == folder; });
    if (!places->empty())
        return;
    m_places.erase(places);
    inotify_rm_watch(m_instance, watch);
}

void InotifyHub::unwatch(const QByteArray &folder, Listener *listener)
{
    QMutexLocker locker(&m_mutex);
    const QMap<QByteArray, int> watches = m_watches.value(listener);
    if (const auto own = watches.constFind(folder); own != watches.constEnd())
        drop(*own, listener, folder);
    const QByteArray first = folder.isEmpty() ? QByteArray() : folder + '/';
    for (auto it = watches.lowerBound(first); it != watches.constEnd() && (isBelow(it.key(), folder) || it.key() == folder); ++it)
        drop(it.value(), listener, it.key());
}

void InotifyHub::unwatchAll(Listener *listener)
{
    unwatch({}, listener);
    QMutexLocker locker(&m_mutex);
    m_watches.remove(listener);
}

bool InotifyHub::isWatched(const QByteArray &folder, Listener *listener) const
{
    QMutexLocker locker(&m_mutex);
    return isListening(listener, folder);
}

bool InotifyHub::isListening(Listener *listener, const QByteArray &folder) const
{
    const auto watches = m_watches.constFind(listener);
    return watches != m_watches.constEnd() && watches->contains(folder);
}

std::size_t InotifyHub::watchCount() const
{
    QMutexLocker locker(&m_mutex);
    return static_cast<std::size_t>(m_places.size());
}

void InotifyHub::forget(int watch)
{
    for (const Place &place : m_places.take(watch)) {
        const auto watches = m_watches.find(place.listener);
        // The folder may have been made anew and be watched under another number.
        if (watches != m_watches.end() && watches->value(place.folder, -1) == watch)
            watches->remove(place.folder);
    }
}

void InotifyHub::readEvents()
{
    const auto buffer = std::make_unique<char[]>(kBufferBytes);
    for (int i = 0; i < kReadsAtOnce; ++i) {
        const ssize_t got = read(m_instance, buffer.get(), kBufferBytes);
        if (got <= 0)
            return;
        for (ssize_t at = 0; at < got;) {
            inotify_event raw;
            std::memcpy(&raw, buffer.get() + at, sizeof raw);
            const char *name = buffer.get() + at + sizeof raw;
            at += static_cast<ssize_t>(sizeof raw + raw.len);
            if ((raw.mask & IN_Q_OVERFLOW) != 0)
                announceLoss();
            else
                dispatch(raw.wd, {raw.mask, raw.cookie, raw.len == 0 ? QByteArray() : QByteArray(name)});
        }
    }
}

void InotifyHub::dispatch(int watch, const Event &event)
{
    std::vector<Place> places;
    {
        QMutexLocker locker(&m_mutex);
        places = m_places.value(watch);
        if ((event.mask & IN_IGNORED) != 0)
            forget(watch);
    }
    for (const Place &place : places) {
        // A listener that was told before this one may have ended this one.
        const bool isStillThere = [&] {
            QMutexLocker locker(&m_mutex);
            return m_watches.contains(place.listener);
        }();
        if (isStillThere && (event.mask & IN_IGNORED) == 0)
            place.listener->folderEvent(place.folder, event);
    }
}

void InotifyHub::announceLoss()
{
    QList<Listener *> listeners;
    {
        QMutexLocker locker(&m_mutex);
        listeners = m_watches.keys();
    }
    for (Listener *listener : std::as_const(listeners)) {
        const bool isStillThere = [&] {
            QMutexLocker locker(&m_mutex);
            return m_watches.contains(listener);
        }();
        if (isStillThere)
            listener->eventsLost();
    }
}

} // namespace files
