// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/post.h"
#include "app/base/random.h"
#include "app/base/result.h"
#include "app/files/fileops.h"
#include "app/files/inotifyhub.h"
#include "app/host/door.h"
#include "app/host/environment.h"
#include "app/host/ports.h"
#include "app/host/router.h"
#include "app/host/workspace.h"
#include "app/protocol/workspacemessages.h"
#include "app/store/logwriter.h"
#include "app/store/metastore.h"
#include "app/store/statedirectory.h"
#include "app/transport/hostidentity.h"

#include <QObject>

#include <memory>
#include <vector>

namespace host {

struct HostOptions
{
    QString stateDirectory;          //!< absolute; made if missing
    QString hostName;                //!< shown to guests
};

//! A running host: its state directory, its workspaces, everybody connected. The object graph is made here and nowhere
//! else. One thread, but for files and logs.
class Host final : public QObject
{
    Q_OBJECT

public:
    //! Errors: Conflict (the state directory is in use), and what the disk says. \a clock, \a random and \a fileOps must
    //! outlive the host.
    static base::Result<std::unique_ptr<Host>> create(const HostOptions &options, const base::Clock &clock,
                                                      base::RandomSource &random, files::FileOps &fileOps);
    ~Host() override;

    //! Runs the folder as a workspace; the same folder keeps its id over restarts. Errors: as Workspace::open().
    base::Result<Workspace *> addWorkspace(const QByteArray &rootPath);
    //! Listens without a share, for a host on a server. Errors: as Ports::open().
    base::Result<QList<protocol::ShareEndpoint>> listen(const QStringList &addresses, quint16 port);
    //! Takes over a connected channel. \a isOwner: it came over the owner's private socket.
    void accept(transport::Channel *channel, bool isOwner);
    //! Writes every unsaved document, tells everybody, closes. finished() follows within a few seconds.
    void shutDown();

    const Router &router() const { return m_router; }
    QList<Workspace *> workspaces() const;
    int connectionCount() const { return m_connections; }

    base::Result<protocol::Welcomed> hello(Connection &caller, const protocol::Hello &request);
    base::Result<protocol::WorkspacesListed> listWorkspaces(Connection &caller, const protocol::ListWorkspaces &request);
    void openWorkspace(Connection &caller, const protocol::OpenWorkspace &request, Answer<protocol::WorkspaceJoined> answer);
    base::Result<protocol::AddressesListed> listAddresses(Connection &caller, const protocol::ListAddresses &request);

Q_SIGNALS:
    void finished();

private:
    struct State
    {
        std::unique_ptr<store::StateDirectory> directory;
        std::unique_ptr<store::MetaStore> meta;
        transport::HostIdentity identity;
    };

    Host(const HostOptions &options, State state, const base::Clock &clock, base::RandomSource &random, files::FileOps &fileOps);
    void route();

    State m_state;
    store::LogWriter m_logs;
    base::BackgroundQueue m_background;
    files::InotifyHub m_watches;
    Ports m_ports;
    Environment m_environment;
    Router m_router;
    Door m_door;
    std::vector<std::unique_ptr<Workspace>> m_workspaces;
    int m_connections = 0;
    bool m_isShuttingDown = false;
};

} // namespace host
