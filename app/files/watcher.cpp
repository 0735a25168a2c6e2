// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/watcher.h"

#include "app/files/atomicsave.h"

#include <sys/inotify.h>

#include <algorithm>
#include <optional>

#include <dirent.h>

namespace files {

namespace {

constexpr std::size_t kMaxRefFolders = 2000;
constexpr char kGit[] = ".git";

QByteArray joined(const QByteArray &folder, const QByteArray &name)
{
    return folder.isEmpty() ? name : folder + '/' + name;
}

QByteArray parentOf(const QByteArray &path)
{
    return path.left(std::max<qsizetype>(path.lastIndexOf('/'), 0));
}

bool isAtOrBelow(const QByteArray &path, const QByteArray &folder)
{
    return folder.isEmpty() || path == folder || (path.startsWith(folder) && path[folder.size()] == '/');
}

bool isFolderIn(FileOps &ops, int folder, const RawEntry &entry)
{
    if (entry.type != DT_UNKNOWN)
        return entry.type == DT_DIR;
    struct stat status = {};
    return ops.statusAt(folder, entry.name, status) == 0 && S_ISDIR(status.st_mode);
}

} // namespace

struct Watcher::Shared
{
    InotifyHub &hub;
    InotifyHub::ListenerId listener;
    std::shared_ptr<const Root> root;
    std::shared_ptr<const Ignore> ignore;

    //! Opens and watches. Nothing if the folder is not there (any more).
    base::Result<std::optional<FileHandle>> watch(const RelativePath &folder)
    {
        auto handle = root->openFolder(folder);
        if (!handle) {
            // Descriptors that ran out are the one failure that another folder would have as well.
            if (handle.error().code == base::ErrorCode::TooMany)
                return handle.unexpected();
            return std::optional<FileHandle>();
        }
        if (auto done = hub.watch(handle->get(), folder.bytes(), listener); !done)
            return done.unexpected();
        return std::optional<FileHandle>(std::move(*handle));
    }

    //! The folders in \a folder that are to be watched as well.
    std::vector<RelativePath> subfolders(const RelativePath &folder, const FileHandle &handle) const
    {
        std::vector<RelativePath> paths;
        const auto names = readNames(root->ops(), handle.get(), kMaxFolderEntries);
        if (!names)
            return paths;
        std::vector<QByteArray> candidates;
        for (const RawEntry &entry : names->entries) {
            if (isFolderIn(root->ops(), handle.get(), entry) && !isTemporaryName(entry.name))
                candidates.push_back(entry.name);
        }
        const bool isInGit = folder.isProtected();
        const std::vector<bool> skipped = isInGit ? std::vector<bool>(candidates.size(), false)
                                                  : ignore->ignored(folder, candidates, std::vector<bool>(candidates.size(), true));
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const bool isGit = isGitName(candidates[i]);
            // Of git's own folder: itself and its refs, and only at the top; deeper ones belong to submodules.
            const bool isWanted = isInGit ? candidates[i] == "refs" || folder.components().contains("refs")
                                          : !skipped[i] && (!isGit || (folder.isRoot() && candidates[i] == kGit));
            const auto path = folder.child(candidates[i]);
            if (isWanted && path)
                paths.push_back(*path);
        }
        return paths;
    }
};

struct Watcher::Polled
{
    bool isRootThere = true;
    QHash<QByteArray, FileInfo> seen;
};

struct Watcher::Walked
{
    QList<QByteArray> folders;
    bool isTooMuch = false;                 // more folders than are worth naming
    std::optional<base::Error> error;       // of the system's supply, not of a single folder
};

Watcher::Watcher(InotifyHub &hub, std::shared_ptr<const Root> root, std::shared_ptr<const Ignore> ignore, QObject *parent,
                 std::chrono::milliseconds pollEvery)
    : QObject(parent), m_hub(hub), m_pollEvery(pollEvery)
{
    m_shared = std::make_shared<Shared>(Shared{hub, hub.add(this), std::move(root), std::move(ignore)});
    m_window.setSingleShot(true);
    m_writing.setSingleShot(true);
    m_pollTimer.setSingleShot(true);
    connect(&m_window, &QTimer::timeout, this, &Watcher::flush);
    connect(&m_writing, &QTimer::timeout, this, [this] {
        m_files.unite(m_beingWritten);
        m_beingWritten.clear();
        startWindow();
    });
    connect(&m_pollTimer, &QTimer::timeout, this, &Watcher::poll);
    walk({QByteArray()}, true);
    m_pollTimer.start(m_pollEvery);
}

Watcher::~Watcher()
{
    m_hub.remove(m_shared->listener);
}

void Watcher::walk(const QList<QByteArray> &folders, bool isFirst)
{
    const auto work = [shared = m_shared, folders, isFirst] {
        Walked result;
        std::vector<RelativePath> waiting;
        for (const QByteArray &folder : folders) {
            const auto path = RelativePath::parse(folder);
            if (path && (path->isProtected() || !shared->ignore->isFolderIgnored(*path)))
                waiting.push_back(*path);
        }
        std::size_t refFolders = 0;
        while (!waiting.empty()) {
            const RelativePath path = std::move(waiting.back());
            waiting.pop_back();
            if (path.isProtected() && ++refFolders > kMaxRefFolders)
                continue;
            const auto handle = shared->watch(path);
            if (!handle) {
                result.error = handle.error();
                break;
            }
            if (!*handle)
                continue;
            result.isTooMuch = result.isTooMuch || result.folders.size() >= kMaxPending;
            if (!isFirst && !result.isTooMuch && !path.isProtected())
                result.folders.append(path.bytes());
            for (RelativePath &subfolder : shared->subfolders(path, **handle))
                waiting.push_back(std::move(subfolder));
        }
        return result;
    };
    m_hub.walks().run(work, this, [this, isFirst](const Walked &result) { walked(result, isFirst); });
}

void Watcher::walked(const Walked &result, bool isFirst)
{
    if (result.error && result.error->code != base::ErrorCode::Cancelled)
        degrade(*result.error);
    m_overflow = m_overflow || result.isTooMuch;
    for (const QByteArray &folder : result.folders) {
        m_folders.insert(folder);
        for (const QByteArray &file : std::as_const(m_openFiles)) {
            if (isAtOrBelow(file, folder))
                m_files.insert(file);
        }
    }
    if (isFirst)
        Q_EMIT ready();
    startWindow();
}

bool Watcher::isWatching(const RelativePath &folder) const
{
    // The hub compares the address and does nothing else with it.
    return m_hub.isWatched(folder.bytes(), m_shared->listener);
}

void Watcher::ensureWatched(const RelativePath &folder)
{
    if (isWatching(folder) || m_ensured.contains(folder.bytes()))
        return;
    m_ensured.append(folder.bytes());
    if (m_ensured.size() > kMaxEnsured)
        m_hub.unwatch(m_ensured.takeFirst(), m_shared->listener);
    watchOne(folder.bytes());
}

void Watcher::watchOne(const QByteArray &folder)
{
    const auto work = [shared = m_shared, folder]() -> base::Result<void> {
        const auto path = RelativePath::parse(folder);
        const auto handle = path ? shared->watch(*path) : base::Result<std::optional<FileHandle>>(path.unexpected());
        return handle ? base::Result<void>() : handle.unexpected();
    };
    m_hub.walks().run(work, this, [this](const base::Result<void> &done) {
        if (!done && done.error().code != base::ErrorCode::Cancelled)
            degrade(done.error());
    });
}

void Watcher::setOpenFiles(const QList<RelativePath> &files)
{
    m_openFiles.clear();
    for (const RelativePath &file : files)
        m_openFiles.append(file.bytes());
}

void Watcher::eventsLost()
{
    m_overflow = true;
    watchAgain();
    startWindow();
}

// Folders may have got other names unnoticed, so no watch can be trusted to know its path.
void Watcher::watchAgain()
{
    m_hub.unwatch({}, m_shared->listener);
    walk({QByteArray()}, false);
    for (const QByteArray &folder : std::as_const(m_ensured))
        watchOne(folder);
}

void Watcher::folderEvent(const QByteArray &folder, const InotifyHub::Event &event)
{
    if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0) {
        return folder.isEmpty() ? goneForGood() : void();
    }
    if ((event.mask & IN_UNMOUNT) != 0) {
        m_overflow = true;
        return startWindow();
    }
    if (event.name.isEmpty())
        return;
    if (isAtOrBelow(folder, kGit) && !folder.isEmpty())
        gitEvent(folder, event);
    else if (isTemporaryName(event.name))
        temporaryEvent(event);
    else if ((event.mask & IN_ISDIR) != 0)
        subfolderEvent(joined(folder, event.name), event.mask);
    else
        fileEvent(joined(folder, event.name), event);
    if (m_names.size() + m_files.size() + m_appeared.size() > kMaxPending)
        m_overflow = true;
    startWindow();
}

void Watcher::gitEvent(const QByteArray &folder, const InotifyHub::Event &event)
{
    const bool isState = folder != kGit || event.name == "HEAD" || event.name == "index" || event.name == "packed-refs";
    if (isState && !event.name.endsWith(".lock"))
        m_repositoryTouched = true;
    if ((event.mask & IN_ISDIR) != 0 && (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0 && (folder != kGit || event.name == "refs"))
        m_appeared.insert(joined(folder, event.name));
    if (m_ensured.contains(folder))
        nameTouched(joined(folder, event.name));
}

void Watcher::temporaryEvent(const InotifyHub::Event &event)
{
    if ((event.mask & IN_MOVED_FROM) != 0)
        m_temporaryCookie = event.cookie;
    // The second half of an exchange: what stood there before went to the temporary name.
    if ((event.mask & IN_MOVED_TO) != 0 && event.cookie == m_departedCookie && m_arrived.remove(m_departed))
        m_names.remove(m_departed);
}

void Watcher::subfolderEvent(const QByteArray &path, quint32 mask)
{
    if ((mask & (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)) == 0)
        return;
    nameTouched(path);
    if ((mask & IN_MOVED_FROM) != 0)
        m_hub.unwatch(path, m_shared->listener);
    if ((mask & (IN_CREATE | IN_MOVED_TO)) != 0)
        m_appeared.insert(path);
    if (path == kGit)
        m_repositoryTouched = true;
}

void Watcher::fileEvent(const QByteArray &path, const InotifyHub::Event &event)
{
    if ((event.mask & IN_MOVED_FROM) != 0) {
        m_departedCookie = event.cookie;
        m_departed = path;
        if (!m_arrived.contains(path))
            nameTouched(path);
    } else if ((event.mask & IN_MOVED_TO) != 0 && event.cookie == m_temporaryCookie && !m_names.contains(path)) {
        m_arrived.insert(path);
        nameTouched(path);
    } else if ((event.mask & (IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_ATTRIB)) != 0) {
        nameTouched(path);
    }
    if ((event.mask & IN_MODIFY) != 0) {
        // Half a file would be merged as a deletion of the other half. Most programs close it soon.
        m_beingWritten.insert(path);
        if (!m_writing.isActive())
            m_writing.start(kStillWriting);
    }
    if ((event.mask & (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE)) != 0) {
        m_beingWritten.remove(path);
        m_files.insert(path);
        // Other rules may let folders in that were left out.
        if (path == ".gitignore" || path.endsWith("/.gitignore"))
            m_appeared.insert(parentOf(path));
    }
}

void Watcher::nameTouched(const QByteArray &path)
{
    m_names.insert(path);
}

void Watcher::startWindow()
{
    if (!m_window.isActive())
        m_window.start(kWindow);
}

void Watcher::flush()
{
    for (const QByteArray &path : std::as_const(m_names))
        m_folders.insert(parentOf(path));
    const QSet<QByteArray> folders = std::exchange(m_folders, {});
    const QSet<QByteArray> files = std::exchange(m_files, {});
    QList<QByteArray> appeared = std::exchange(m_appeared, {}).values();
    m_names.clear();
    m_arrived.clear();
    if (std::exchange(m_repositoryTouched, false))
        Q_EMIT repositoryChanged();
    const bool isOverflow = std::exchange(m_overflow, false) || folders.size() + files.size() > kMaxPending;
    if (isOverflow)
        Q_EMIT overflowed();
    else if (!folders.isEmpty() || !files.isEmpty())
        Q_EMIT changed(folders.values(), files.values());
    if (folders.contains(QByteArray()) && !m_gone)
        poll();
    if (appeared.isEmpty())
        return;
    // A folder that lies in another one of them is walked with it.
    std::ranges::sort(appeared);
    QList<QByteArray> tops;
    for (const QByteArray &folder : std::as_const(appeared)) {
        if (tops.isEmpty() || !isAtOrBelow(folder, tops.last()))
            tops.append(folder);
    }
    walk(tops, false);
}

void Watcher::degrade(const base::Error &error)
{
    if (!m_degraded) {
        m_degraded = true;
        Q_EMIT degraded(QString::fromStdString(error.detail));
    }
}

// The system does not report that a folder is deleted as long as somebody, here the root, has it open.
void Watcher::poll()
{
    if (m_isPolling)
        return;
    m_isPolling = true;
    const QList<QByteArray> paths = m_degraded ? m_ensured + m_openFiles : QList<QByteArray>();
    const auto work = [shared = m_shared, paths] {
        Polled result;
        result.isRootThere = shared->root->isStillThere();
        for (const QByteArray &bytes : paths) {
            const auto path = RelativePath::parse(bytes);
            const auto info = path ? shared->root->status(*path) : base::Result<FileInfo>(path.unexpected());
            // What is gone is remembered as such, so that its going and coming are noticed.
            result.seen.insert(bytes, info ? *info : FileInfo());
        }
        return result;
    };
    m_hub.walks().run(work, this, [this](const Polled &result) { polled(result); });
}

void Watcher::polled(const Polled &result)
{
    m_isPolling = false;
    if (!result.isRootThere)
        return goneForGood();
    for (auto it = result.seen.cbegin(); it != result.seen.cend(); ++it) {
        const auto last = m_lastSeen.constFind(it.key());
        if (last == m_lastSeen.constEnd() || last->isSameContent(*it))
            continue;
        if (m_ensured.contains(it.key()))
            m_folders.insert(it.key());
        else
            m_files.insert(it.key());
        startWindow();
    }
    m_lastSeen = result.seen;
    m_pollTimer.start(m_pollEvery);
}

void Watcher::goneForGood()
{
    m_pollTimer.stop();
    if (!std::exchange(m_gone, true))
        Q_EMIT rootGone();
}

} // namespace files
