// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/base/result.h"
#include "app/protocol/workspacemessages.h"

#include <QObject>

#include <memory>

namespace files {
class InotifyHub;
}

namespace host {

class Connection;
class DocumentRooms;
class FileService;
class Members;
class PresenceRelay;
class ShareDesk;
struct Environment;
struct Member;

//! One root folder with everything that hangs on it while it runs. Owned by Host; its parts find each other here.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    //! \a rootPath is absolute. open() must succeed before anything else is used.
    Workspace(const base::WorkspaceId &id, const QByteArray &rootPath, Environment &environment, QObject *parent);
    ~Workspace() override;

    //! Takes the folder's handle and starts watching. Errors: NotFound, NotAFile (no folder), PermissionDenied.
    base::Result<void> open(files::InotifyHub &hub);

    const base::WorkspaceId &id() const { return m_info.id; }
    //! As \a isOwner may know it.
    protocol::WorkspaceInfo info(bool isOwner) const;
    Environment &environment() { return m_environment; }
    const Environment &environment() const { return m_environment; }

    Members &members() { return *m_members; }
    ShareDesk &sharing() { return *m_sharing; }
    FileService &files() { return *m_files; }
    DocumentRooms &documents() { return *m_documents; }
    PresenceRelay &presence() { return *m_presence; }

    //! What somebody who just entered is told.
    protocol::WorkspaceJoined joinedAs(const Member &you, const QByteArray &resumeToken) const;

    //! Follows the answer that let somebody in.
    void welcome(Connection &newcomer);

    //! Every guest's connection carries the value from when it entered; another value means it is over.
    quint64 guestEpoch() const { return m_guestEpoch; }
    //! Ends every guest's stay: one increment, then the good-byes. Returns how many there were.
    int endGuests(protocol::EndReason reason, const QString &by);

private:
    void endEverybody();
    void updateBranch(const QString &branch);

    Environment &m_environment;
    protocol::WorkspaceInfo m_info;
    quint64 m_guestEpoch = 1;
    std::unique_ptr<Members> m_members;
    std::unique_ptr<FileService> m_files;
    std::unique_ptr<DocumentRooms> m_documents;
    std::unique_ptr<PresenceRelay> m_presence;
    std::unique_ptr<ShareDesk> m_sharing;
};

} // namespace host
