// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/host.h"

#include "app/host/documentrooms.h"
#include "app/host/fileservice.h"
#include "app/host/limits.h"
#include "app/host/members.h"
#include "app/host/presencerelay.h"
#include "app/host/sharedesk.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

namespace host {

namespace {

Q_LOGGING_CATEGORY(hostLog, "app.host", QtInfoMsg)

// Reading and writing files waits for the disk, not for the processor: two threads keep one slow file from holding up
// the others.
constexpr int kFileThreads = 2;
constexpr auto kShutDownLimit = 4s;

} // namespace

base::Result<std::unique_ptr<Host>> Host::create(const HostOptions &options, const base::Clock &clock,
                                                 base::RandomSource &random, files::FileOps &fileOps)
{
    auto directory = store::StateDirectory::open(QFile::encodeName(options.stateDirectory), fileOps, random);
    if (!directory)
        return directory.unexpected();
    auto meta = store::MetaStore::open((*directory)->databasePath(), clock);
    if (!meta)
        return meta.unexpected();
    auto identity = transport::HostIdentity::loadOrCreate(options.stateDirectory, random, clock.wallTime());
    if (!identity)
        return identity.unexpected();
    return std::unique_ptr<Host>(
        new Host(options, {std::move(*directory), std::move(*meta), std::move(*identity)}, clock, random, fileOps));
}

Host::Host(const HostOptions &options, State state, const base::Clock &clock, base::RandomSource &random, files::FileOps &fileOps)
    : m_state(std::move(state)), m_logs(fileOps), m_background(kFileThreads), m_ports(m_state.identity, clock),
      m_environment{clock, random, fileOps, *m_state.directory, *m_state.meta, m_logs, m_background, m_ports, options.hostName},
      m_door(clock, [this] { return workspaces(); })
{
    route();
    connect(&m_ports, &Ports::accepted, this, [this](transport::Channel *channel) { accept(channel, false); });
}

Host::~Host()
{
    // Workspaces first: they still use everything above them in the class.
    m_workspaces.clear();
}

// Every message of the protocol and who answers it.
void Host::route()
{
    m_router.on<protocol::Hello>(*this, &Host::hello);
    m_router.on<protocol::InspectShare>(m_door, &Door::inspect);
    m_router.on<protocol::JoinShare>(m_door, &Door::join);
    m_router.on<protocol::ListWorkspaces>(*this, &Host::listWorkspaces);
    m_router.on<protocol::OpenWorkspace>(*this, &Host::openWorkspace);
    m_router.on<protocol::ListAddresses>(*this, &Host::listAddresses);

    m_router.in<protocol::Leave>(&Workspace::members, &Members::leave);
    m_router.in<protocol::SetAccess>(&Workspace::members, &Members::setAccess);
    m_router.in<protocol::UpdatePresence>(&Workspace::presence, &PresenceRelay::update);

    m_router.in<protocol::CreateShare>(&Workspace::sharing, &ShareDesk::create);
    m_router.in<protocol::ChangeShare>(&Workspace::sharing, &ShareDesk::change);
    m_router.in<protocol::EndShare>(&Workspace::sharing, &ShareDesk::end);
    m_router.in<protocol::GetShareLink>(&Workspace::sharing, &ShareDesk::link);
    m_router.in<protocol::AnswerJoin>(&Workspace::sharing, &ShareDesk::answerJoin);
    m_router.in<protocol::RemoveParticipant>(&Workspace::sharing, &ShareDesk::removeParticipant);

    m_router.in<protocol::ListFolder>(&Workspace::files, &FileService::list);
    m_router.in<protocol::ReadPage>(&Workspace::files, &FileService::readPage);
    m_router.in<protocol::CreateEntry>(&Workspace::files, &FileService::create);
    m_router.in<protocol::MoveEntry>(&Workspace::files, &FileService::move);
    m_router.in<protocol::DeleteEntry>(&Workspace::files, &FileService::remove);
    m_router.in<protocol::RestoreEntry>(&Workspace::files, &FileService::restore);
    m_router.in<protocol::ListBin>(&Workspace::files, &FileService::listBin);

    m_router.in<protocol::OpenDocument>(&Workspace::documents, &DocumentRooms::open);
    m_router.in<protocol::UpdateDocument>(&Workspace::documents, &DocumentRooms::update);
    m_router.in<protocol::SaveDocument>(&Workspace::documents, &DocumentRooms::save);
    m_router.in<protocol::CloseDocument>(&Workspace::documents, &DocumentRooms::close);
}

base::Result<Workspace *> Host::addWorkspace(const QByteArray &rootPath)
{
    const QByteArray canonical = QFile::encodeName(QFileInfo(QFile::decodeName(rootPath)).canonicalFilePath());
    const QByteArray path = canonical.isEmpty() ? rootPath : canonical;
    auto known = m_environment.meta.workspaces().findByRoot(path);
    if (!known)
        return known.unexpected();
    const base::WorkspaceId id = *known ? (*known)->id : base::WorkspaceId::random(m_environment.random);
    auto workspace = std::make_unique<Workspace>(id, path, m_environment, nullptr);
    // The row comes first: what the workspace keeps refers to it.
    if (!*known) {
        const store::WorkspaceRow row{.id = id, .rootPath = path, .name = workspace->info(false).name};
        if (const auto added = m_environment.meta.workspaces().insert(row); !added)
            return added.unexpected();
    }
    if (const auto opened = workspace->open(m_watches); !opened)
        return opened.unexpected();
    qCInfo(hostLog) << "workspace" << id.toString().c_str() << "is running";
    return m_workspaces.emplace_back(std::move(workspace)).get();
}

base::Result<QList<protocol::ShareEndpoint>> Host::listen(const QStringList &addresses, quint16 port)
{
    return m_ports.open(addresses, port, this);
}

QList<Workspace *> Host::workspaces() const
{
    QList<Workspace *> all;
    for (const auto &workspace : m_workspaces)
        all.append(workspace.get());
    return all;
}

void Host::accept(transport::Channel *channel, bool isOwner)
{
    if (m_isShuttingDown) {
        channel->close(transport::CloseCode::GoingAway, QStringLiteral("stopping"));
        return;
    }
    auto *connection = new Connection(channel, isOwner, this);
    ++m_connections;
    connect(connection, &Connection::received, this,
            [this, connection](const QByteArray &frame) { m_router.dispatch(*connection, frame); });
    connect(connection, &Connection::closed, this, [this, connection] {
        --m_connections;
        if (Workspace *workspace = connection->workspace())
            workspace->members().lost(*connection);
    });
}

base::Result<protocol::Welcomed> Host::hello(Connection &caller, const protocol::Hello &request)
{
    if (caller.hasGreeted())
        return base::Unexpected(base::ErrorCode::InvalidArgument, "Hello was said already");
    if (request.version != protocol::kProtocolVersion) {
        return base::Unexpected(base::ErrorCode::VersionMismatch,
                                "this host speaks protocol version " + std::to_string(protocol::kProtocolVersion));
    }
    caller.greeted(request.name);
    return protocol::Welcomed{.version = protocol::kProtocolVersion,
                              .hostName = m_environment.hostName.left(protocol::kMaxNameUnits),
                              .hostVersion = QCoreApplication::applicationVersion().left(protocol::kMaxNameUnits),
                              .isOwner = caller.isOwner()};
}

base::Result<protocol::WorkspacesListed> Host::listWorkspaces(Connection &, const protocol::ListWorkspaces &)
{
    protocol::WorkspacesListed listed;
    for (const auto &workspace : m_workspaces)
        listed.workspaces.append(workspace->info(true));
    return listed;
}

void Host::openWorkspace(Connection &caller, const protocol::OpenWorkspace &request, Answer<protocol::WorkspaceJoined> answer)
{
    if (caller.workspace()) {
        answer(base::Unexpected(base::ErrorCode::InvalidArgument, "this connection is in a workspace already"));
        return;
    }
    for (const auto &workspace : m_workspaces) {
        if (!request.workspace.isNull() && workspace->id() != request.workspace)
            continue;
        const Member &member = workspace->members().add(caller, caller.greetingName(), protocol::Access::Owner, {});
        answer(workspace->joinedAs(member, {}));
        workspace->welcome(caller);
        return;
    }
    answer(base::Unexpected(base::ErrorCode::NotFound, "no such workspace"));
}

base::Result<protocol::AddressesListed> Host::listAddresses(Connection &, const protocol::ListAddresses &)
{
    return protocol::AddressesListed{.addresses = m_ports.machineAddresses()};
}

void Host::shutDown()
{
    if (std::exchange(m_isShuttingDown, true))
        return;
    auto open = std::make_shared<int>(int(m_workspaces.size()) + 1);
    const auto oneDone = [this, open] {
        if (--*open == 0)
            Q_EMIT finished();
    };
    for (const auto &workspace : m_workspaces) {
        const protocol::SessionEnded ending{
            .reason = protocol::EndReason::HostStopping, .by = {}, .at = m_environment.clock.wallTime()};
        QList<Connection *> everybody;
        for (const auto &member : workspace->members().all()) {
            if (member->connection)
                everybody.append(member->connection);
        }
        for (Connection *connection : std::as_const(everybody))
            connection->cutOff(ending);
        workspace->documents().settle({}, kShutDownLimit, oneDone);
    }
    QMetaObject::invokeMethod(this, oneDone, Qt::QueuedConnection);
}

} // namespace host
