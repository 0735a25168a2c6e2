// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/documentrooms.h"

#include "app/host/documentroom.h"
#include "app/host/environment.h"
#include "app/host/fileservice.h"
#include "app/host/limits.h"
#include "app/host/workspace.h"

#include <algorithm>

namespace host {

DocumentRooms::DocumentRooms(Workspace &workspace) : m_workspace(workspace)
{
    m_sweepTimer.setInterval(kIdleRoomTime / 2);
    connect(&m_sweepTimer, &QTimer::timeout, this, &DocumentRooms::sweep);
}

DocumentRooms::~DocumentRooms() = default;

void DocumentRooms::open(Connection &caller, const protocol::OpenDocument &request, Answer<protocol::DocumentOpened> answer)
{
    const auto path = m_workspace.files().readablePath(caller, request.path);
    if (!path) {
        answer(path.unexpected());
        return;
    }
    const auto entered = std::ranges::count_if(m_byPath, [&](const auto &entry) { return entry.second->contains(caller); });
    if (entered >= kMaxDocumentsPerConnection || m_byPath.size() >= std::size_t(kMaxRooms)) {
        answer(base::Unexpected(base::ErrorCode::TooMany, "too many documents are open"));
        return;
    }
    // One room per file: a link to a file must not open it a second time under another name.
    m_workspace.environment().background.run(
        [root = m_workspace.files().root(), path = *path] { return root->resolved(path); }, this,
        [this, path = *path, guest = QPointer<Connection>(&caller), request, answer](const base::Result<files::RelativePath> &resolved) {
            if (!guest || !guest->isCurrent())
                return;
            if (!resolved && resolved.error().code != base::ErrorCode::NotFound) {
                answer(resolved.unexpected());
                return;
            }
            // A file that is gone may still have a room, or a log with edits that were never saved.
            const files::RelativePath real = resolved ? *resolved : path;
            if (const auto allowed = m_workspace.files().readablePath(*guest, real.bytes()); !allowed)
                answer(allowed.unexpected());
            else
                enterRoom(real, *guest, request, answer);
        });
}

void DocumentRooms::enterRoom(const files::RelativePath &path, Connection &caller, const protocol::OpenDocument &request,
                              const Answer<protocol::DocumentOpened> &answer)
{
    auto found = m_byPath.find(path);
    if (found != m_byPath.end() && found->second->state() == DocumentRoom::State::Failed) {
        remove(found->second.get());
        found = m_byPath.end();
    }
    if (found == m_byPath.end()) {
        const auto id = base::DocumentId::random(m_workspace.environment().random);
        auto room = std::make_unique<DocumentRoom>(m_workspace, path, id);
        connect(room.get(), &DocumentRoom::failed, this, [this, raw = room.get()] { remove(raw); });
        m_byId.emplace(id, room.get());
        found = m_byPath.emplace(path, std::move(room)).first;
        if (!m_sweepTimer.isActive())
            m_sweepTimer.start();
        tellWatcher();
    }
    found->second->enter(caller, request, answer);
}

DocumentRoom *DocumentRooms::roomOf(const Connection &caller, const base::DocumentId &id) const
{
    const auto found = m_byId.find(id);
    return found != m_byId.end() && found->second->contains(caller) ? found->second : nullptr;
}

void DocumentRooms::update(Connection &caller, const protocol::UpdateDocument &request, Answer<protocol::DocumentUpdated> answer)
{
    if (DocumentRoom *room = roomOf(caller, request.document))
        room->update(caller, request, answer);
    else
        answer(base::Unexpected(base::ErrorCode::NotFound, "the document is not open"));
}

void DocumentRooms::save(Connection &caller, const protocol::SaveDocument &request, Answer<protocol::DocumentSaved> answer)
{
    if (DocumentRoom *room = roomOf(caller, request.document))
        room->save(answer);
    else
        answer(base::Unexpected(base::ErrorCode::NotFound, "the document is not open"));
}

base::Result<protocol::DocumentClosed> DocumentRooms::close(Connection &caller, const protocol::CloseDocument &request)
{
    if (DocumentRoom *room = roomOf(caller, request.document))
        room->leave(caller);
    return protocol::DocumentClosed{};
}

void DocumentRooms::filesChanged(const QList<QByteArray> &paths)
{
    for (const auto &[path, room] : m_byPath) {
        if (paths.isEmpty() || paths.contains(path.bytes()))
            room->checkFile();
    }
}

void DocumentRooms::moved(const files::RelativePath &from, const files::RelativePath &to)
{
    std::vector<std::pair<files::RelativePath, files::RelativePath>> moves;
    for (const auto &[path, room] : m_byPath) {
        if (!path.isWithin(from))
            continue;
        if (const auto target = path.moved(from, to))
            moves.emplace_back(path, *target);
    }
    for (const auto &[old, target] : moves) {
        auto node = m_byPath.extract(old);
        if (const auto stale = m_byPath.find(target); stale != m_byPath.end())
            remove(stale->second.get()); // the room of a file that was deleted there before
        node.key() = target;
        node.mapped()->moveTo(target);
        m_byPath.insert(std::move(node));
    }
    if (!moves.empty())
        tellWatcher();
}

void DocumentRooms::settle(const files::RelativePath &path, std::chrono::milliseconds limit, std::function<void()> done)
{
    struct Wait : QObject
    {
        int open = 1;
        std::function<void()> done;
        void finishOne()
        {
            if (--open == 0 && done)
                std::exchange(done, {})();
        }
    };
    auto *wait = new Wait;
    wait->setParent(this);
    wait->done = [wait, done = std::move(done)] {
        wait->deleteLater();
        done();
    };
    for (const auto &[roomPath, room] : m_byPath) {
        if (!roomPath.isWithin(path) || room->isSettled())
            continue;
        ++wait->open;
        auto once = std::make_shared<bool>(false);
        const auto finish = [wait, once] {
            if (!std::exchange(*once, true))
                wait->finishOne();
        };
        connect(room.get(), &DocumentRoom::settled, wait, finish);
        connect(room.get(), &QObject::destroyed, wait, finish);
        room->settle();
    }
    QTimer::singleShot(limit, wait, [wait] {
        if (wait->done)
            std::exchange(wait->done, {})();
    });
    wait->finishOne();
}

void DocumentRooms::remove(DocumentRoom *room)
{
    const auto found = m_byPath.find(room->path());
    m_byId.erase(room->id());
    if (found == m_byPath.end() || found->second.get() != room)
        return;
    // It may be one of its own functions that led here.
    found->second.release()->deleteLater();
    m_byPath.erase(found);
    tellWatcher();
}

void DocumentRooms::sweep()
{
    std::vector<DocumentRoom *> idle;
    for (const auto &[path, room] : m_byPath) {
        const bool isOld = m_workspace.environment().clock.now() - room->emptySince() >= kIdleRoomTime;
        if (room->isEmpty() && isOld && room->isSettled())
            idle.push_back(room.get());
    }
    for (DocumentRoom *room : idle)
        remove(room);
    if (m_byPath.empty())
        m_sweepTimer.stop();
}

void DocumentRooms::tellWatcher()
{
    QList<files::RelativePath> open;
    for (const auto &[path, room] : m_byPath)
        open.append(path);
    m_workspace.files().setOpenFiles(open);
}

} // namespace host
