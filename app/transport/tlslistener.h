// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/transport/channel.h"
#include "app/transport/hostidentity.h"
#include "app/transport/landingpage.h"

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QStringList>

#include <memory>

namespace transport {

//! The host's TCP ports: TLS only; `/ws` becomes a Channel, a link's path becomes the landing page, the rest is refused.
//!
//! Strangers are bounded before they are believed (limits.h): when too many connections wait unanswered, the oldest of the
//! most crowded address makes room, so an honest newcomer is served. What is answered stands in requesthead.h.
class TlsListener final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        //! DNS names that this host may be called by, besides localhost, any IP literal and its certificate's names.
        QStringList names;
    };
    struct Address
    {
        QHostAddress address;
        quint16 port = 0;

        friend bool operator==(const Address &, const Address &) = default;
    };

    //! \a clock must outlive the listener and its channels.
    TlsListener(const HostIdentity &identity, const LandingPage &page, Options options, const base::Clock &clock,
                QObject *parent = nullptr);
    ~TlsListener() override;

    //! Listens on one more address. \a port 0 lets the system choose. \returns the port.
    //!
    //! Errors: AlreadyExists (the port is taken), PermissionDenied, Unavailable (not an address of this computer),
    //! InputOutput.
    base::Result<quint16> listen(const QHostAddress &address, quint16 port);
    //! Stops accepting on every port of \a address. Channels that exist go on.
    void stopListening(const QHostAddress &address);
    void stopListening();
    QList<Address> addresses() const;
    //! TCP connections in any state, channels included; for tests and the host's status.
    int connectionCount() const;
    //! Those that have not yet been answered.
    int pendingCount() const;

Q_SIGNALS:
    //! A WebSocket was opened. The channel belongs to the listener until the receiver sets another parent.
    void accepted(transport::Channel *channel);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace transport
