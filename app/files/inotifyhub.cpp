// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/inotifyhub.h"

#include <QSocketNotifier>

#include <sys/inotify.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

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

InotifyHub::ListenerId InotifyHub::add(Listener *listener)
{
    QMutexLocker locker(&m_mutex);
    m_listeners.insert(++m_lastListener, listener);
    m_watches.insert(m_lastListener, {});
    return m_lastListener;
}

void InotifyHub::remove(ListenerId listener)
{
    QMutexLocker locker(&m_mutex);
    m_listeners.remove(listener);
    const std::vector<Watch> watches = takeBelow({}, listener);
    m_watches.remove(listener);
    locker.unlock();
    release(watches);
}

base::Result<void> InotifyHub::watch(int descriptor, const QByteArray &folder, ListenerId listener)
{
    if (m_instance < 0)
        return base::Unexpected(base::ErrorCode::Unavailable, "inotify: " + m_unavailable.toStdString());
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(descriptor);
    // Held across both, so that no event can come for a watch that has no place yet.
    QMutexLocker locker(&m_mutex);
    if (!m_listeners.contains(listener))
        return base::Unexpected(base::ErrorCode::Cancelled, "the watcher ended");
    if (m_places.size() >= qsizetype(m_maxWatches))
        return base::Unexpected(base::ErrorCode::TooMany, "as many folders are watched as this program may");
    const int watch = inotify_add_watch(m_instance, path.constData(), kMask);
    if (watch < 0 && errno == ENOSPC)
        return base::Unexpected(base::ErrorCode::TooMany, "the system has no more folder watches");
    if (watch < 0)
        return base::Unexpected(base::fromErrno(errno, "watch folder"));
    const Place place{listener, folder};
    if (isCurrent(watch, place))
        return {};
    const int old = std::exchange(m_watches[listener][folder], watch);
    if (old > 0)
        drop({old, place});
    std::vector<Place> &places = m_places[watch];
    std::erase_if(places, [&](const Place &each) { return each.listener == listener && each.folder == folder; });
    places.push_back(place);
    return {};
}

bool InotifyHub::isCurrent(int watch, const Place &place) const
{
    const auto watches = m_watches.constFind(place.listener);
    return watches != m_watches.constEnd() && watches->value(place.folder, -1) == watch;
}

// Unless the same folder is watched again meanwhile.
void InotifyHub::drop(const Watch &watch)
{
    const auto places = m_places.find(watch.number);
    if (places == m_places.end() || isCurrent(watch.number, watch.place))
        return;
    std::erase_if(*places, [&](const Place &place) {
        return place.listener == watch.place.listener && place.folder == watch.place.folder;
    });
    if (!places->empty())
        return;
    m_places.erase(places);
    inotify_rm_watch(m_instance, watch.number);
}

std::vector<InotifyHub::Watch> InotifyHub::takeBelow(const QByteArray &folder, ListenerId listener)
{
    std::vector<Watch> taken;
    if (!m_watches.contains(listener))
        return taken;
    QMap<QByteArray, int> &watches = m_watches[listener];
    if (const auto own = watches.find(folder); own != watches.end()) {
        taken.push_back({*own, {listener, folder}});
        watches.erase(own);
    }
    auto it = watches.lowerBound(folder.isEmpty() ? QByteArray() : QByteArray(folder + '/'));
    while (it != watches.end() && isBelow(it.key(), folder)) {
        taken.push_back({it.value(), {listener, it.key()}});
        it = watches.erase(it);
    }
    return taken;
}

void InotifyHub::unwatch(const QByteArray &folder, ListenerId listener)
{
    QMutexLocker locker(&m_mutex);
    const std::vector<Watch> watches = takeBelow(folder, listener);
    locker.unlock();
    release(watches);
}

void InotifyHub::release(const std::vector<Watch> &watches)
{
    if (watches.empty())
        return;
    const auto work = [this, watches] {
        for (const Watch &watch : watches) {
            QMutexLocker locker(&m_mutex);
            drop(watch);
        }
    };
    m_walks->run(work, this, [] {});
}

bool InotifyHub::isWatched(const QByteArray &folder, ListenerId listener) const
{
    QMutexLocker locker(&m_mutex);
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
        // The folder may have been made anew and be watched under another number.
        if (isCurrent(watch, place))
            m_watches[place.listener].remove(place.folder);
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
    QMutexLocker locker(&m_mutex);
    if ((event.mask & IN_IGNORED) != 0)
        return forget(watch);
    const std::vector<Place> places = m_places.value(watch);
    for (const Place &place : places) {
        // Asked each time: a listener that was told before may have ended this one.
        Listener *listener = isCurrent(watch, place) ? m_listeners.value(place.listener) : nullptr;
        locker.unlock();
        if (listener != nullptr)
            listener->folderEvent(place.folder, event);
        locker.relock();
    }
}

void InotifyHub::announceLoss()
{
    QMutexLocker locker(&m_mutex);
    const QList<ListenerId> all = m_listeners.keys();
    for (const ListenerId id : all) {
        Listener *listener = m_listeners.value(id);
        locker.unlock();
        if (listener != nullptr)
            listener->eventsLost();
        locker.relock();
    }
}

} // namespace files
