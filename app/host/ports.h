// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/sharemessages.h"
#include "app/transport/hostidentity.h"
#include "app/transport/landingpage.h"
#include "app/transport/tlslistener.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace host {

//! The TCP addresses this host listens on, and for whom. An address stays open as long as one user of it remains, so
//! ending one share does not close another's door.
class Ports final : public QObject
{
    Q_OBJECT

public:
    Ports(const transport::HostIdentity &identity, const base::Clock &clock, QObject *parent = nullptr);
    ~Ports() override;

    //! Listens for \a user on each of \a addresses (IP literals; empty: loopback). \a port 0: the one that is open
    //! already, else any free one.
    //! Errors: InvalidArgument (no IP literal), AlreadyExists (port taken), Unavailable (not this computer's address).
    base::Result<QList<protocol::ShareEndpoint>> open(const QStringList &addresses, quint16 port, const void *user);
    //! \a user needs nothing any more. Connections that exist go on.
    void close(const void *user);
    //! Every address of this machine that others might reach, loopback first.
    QList<protocol::ShareEndpoint> machineAddresses() const;
    QByteArray pin() const { return m_identity.pin(); }

Q_SIGNALS:
    void accepted(transport::Channel *channel);

private:
    base::Result<quint16> portOn(const QHostAddress &address, quint16 wanted);

    const transport::HostIdentity &m_identity;
    transport::LandingPage m_page;
    transport::TlsListener m_listener;
    QHash<const void *, QList<QHostAddress>> m_users;
};

} // namespace host
