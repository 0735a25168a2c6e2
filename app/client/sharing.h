// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/handshakemessages.h"
#include "app/protocol/peoplemessages.h"
#include "app/protocol/sharemessages.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

namespace client {

class Workspace;

//! The owner's hand on the share. For guests only state() is of use.
class Sharing : public QObject
{
    Q_OBJECT

public:
    ~Sharing() override;

    bool isShared() const;
    const std::optional<protocol::ShareState> &state() const;
    //! The link's parts, when this client created or fetched it; nullopt otherwise.
    const std::optional<protocol::ShareLink> &link() const;
    //! The link for one of link()->endpoints, as alongside: URL (or https: with \a browserForm). Never log it.
    QString url(const protocol::ShareEndpoint &endpoint, bool browserForm = false) const;
    //! The endpoint people most likely can reach: the first that is not loopback, else the first.
    std::optional<protocol::ShareEndpoint> preferredEndpoint() const;
    //! People waiting at the door, oldest first.
    const QList<protocol::JoinRequested> &waiting() const;

    QFuture<base::Result<protocol::ShareCreated>> create(const protocol::CreateShare &request);
    QFuture<base::Result<protocol::ShareAdjusted>> change(const protocol::ChangeShare &request);
    QFuture<base::Result<protocol::ShareStopped>> stop();
    QFuture<base::Result<protocol::ShareLinkGiven>> fetchLink();
    QFuture<base::Result<protocol::AddressesListed>> addresses();
    QFuture<base::Result<protocol::JoinAnswered>> answer(const base::JoinRequestId &request, protocol::JoinDecision decision);
    QFuture<base::Result<protocol::AccessSet>> setAccess(const base::ParticipantId &person, protocol::Access access);
    QFuture<base::Result<protocol::ParticipantRemoved>> remove(const base::ParticipantId &person, bool block);

Q_SIGNALS:
    void stateChanged();
    void waitingChanged();
    void joinRequested(const protocol::JoinRequested &request);

private:
    friend class Workspace;
    explicit Sharing(Workspace &workspace);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace client
