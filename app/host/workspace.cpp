// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/workspace.h"

#include "app/base/displayname.h"
#include "app/files/relativepath.h"
#include "app/host/documentrooms.h"
#include "app/host/environment.h"
#include "app/host/fileservice.h"
#include "app/host/members.h"
#include "app/host/presencerelay.h"
#include "app/host/sharedesk.h"

namespace host {

namespace {

// A folder's name goes into window titles of strangers.
QString workspaceName(const QByteArray &rootPath)
{
    const QByteArray name = rootPath.mid(rootPath.lastIndexOf('/') + 1);
    return base::displayName(name.isEmpty() ? rootPath : name).left(protocol::kMaxNameBytes);
}

} // namespace

Workspace::Workspace(const base::WorkspaceId &id, const QByteArray &rootPath, Environment &environment, QObject *parent)
    : QObject(parent), m_environment(environment),
      m_members(std::make_unique<Members>(*this, environment.clock, environment.random)),
      m_files(std::make_unique<FileService>(*this)), m_documents(std::make_unique<DocumentRooms>(*this)),
      m_presence(std::make_unique<PresenceRelay>(*this)), m_sharing(std::make_unique<ShareDesk>(*this))
{
    m_info.id = id;
    m_info.rootPath = rootPath;
    m_info.name = workspaceName(rootPath);
    m_info.hostName = environment.hostName.left(protocol::kMaxNameUnits);
    connect(m_files.get(), &FileService::branchChanged, this, &Workspace::updateBranch);
    connect(m_files.get(), &FileService::rootGone, this, &Workspace::endEverybody);
}

Workspace::~Workspace()
{
    // Rooms use the files, everything uses the members.
    m_sharing.reset();
    m_presence.reset();
    m_documents.reset();
    m_files.reset();
}

base::Result<void> Workspace::open(files::InotifyHub &hub)
{
    if (const auto opened = m_files->open(m_info.rootPath, hub); !opened)
        return opened;
    m_info.isReadOnly = !m_files->root()->isWritable();
    return m_sharing->restore();
}

protocol::WorkspaceInfo Workspace::info(bool isOwner) const
{
    protocol::WorkspaceInfo info = m_info;
    if (!isOwner)
        info.rootPath.clear();
    return info;
}

protocol::WorkspaceJoined Workspace::joinedAs(const Member &you, const QByteArray &resumeToken) const
{
    protocol::WorkspaceJoined joined;
    joined.workspace = info(you.isOwner());
    joined.you = Members::seenBy(you, true);
    joined.others = m_members->othersOf(you);
    joined.resumeToken = resumeToken;
    joined.share = m_sharing->state();
    return joined;
}

void Workspace::welcome(Connection &newcomer)
{
    m_presence->tellAll(newcomer);
    if (newcomer.isOwner())
        m_sharing->tellOpenQuestions(newcomer);
}

int Workspace::endGuests(protocol::EndReason reason, const QString &by)
{
    ++m_guestEpoch;
    return m_members->cutOffGuests({.reason = reason, .by = by, .at = m_environment.clock.wallTime()});
}

void Workspace::endEverybody()
{
    endGuests(protocol::EndReason::FolderGone, {});
    const protocol::SessionEnded ending{.reason = protocol::EndReason::FolderGone, .by = {}, .at = m_environment.clock.wallTime()};
    QList<Connection *> owners;
    for (const auto &member : m_members->all()) {
        if (member->connection)
            owners.append(member->connection);
    }
    for (Connection *owner : owners)
        owner->cutOff(ending);
}

void Workspace::updateBranch(const QString &branch)
{
    const QString shown = branch.left(protocol::kMaxNameBytes);
    if (m_info.branch == shown)
        return;
    m_info.branch = shown;
    for (const auto &member : m_members->all()) {
        if (member->connection)
            member->connection->send(protocol::WorkspaceChanged{.workspace = info(member->isOwner())});
    }
}

} // namespace host
