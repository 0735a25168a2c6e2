// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/hostidentity.h"
#include "app/transport/tlslistener.h"
#include "tests/support/transport/testtools.h"

#include <QByteArray>
#include <QSslSocket>
#include <QTemporaryDir>

#include <memory>

namespace transporttest {

//! A host's front door with an identity of its own on a free port of 127.0.0.1, and what it accepted.
class FrontDoor
{
public:
    explicit FrontDoor(const base::Clock &clock);

    transport::TlsListener &listener() { return *m_listener; }
    const transport::HostIdentity &identity() const { return *m_identity; }
    quint16 port() const { return m_port; }
    //! The channels accepted so far, oldest first; nullptr for those deleted.
    const QList<QPointer<transport::Channel>> &channels() const { return m_channels; }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<transport::HostIdentity> m_identity;
    std::unique_ptr<transport::TlsListener> m_listener;
    QList<QPointer<transport::Channel>> m_channels;
    quint16 m_port = 0;
};

//! A TLS client that believes any certificate and sends whatever bytes it is told to.
class RawClient
{
public:
    //! \a localAddress: the loopback address to come from.
    explicit RawClient(quint16 port, const QString &localAddress = QStringLiteral("127.0.0.1"));
    ~RawClient();

    //! Waits for the TLS handshake.
    bool isEncryptedInTime();
    //! Sends the upgrade request and waits for the 101 answer.
    bool upgrade();
    void send(const QByteArray &bytes);
    //! Everything received so far and not yet taken.
    const QByteArray &input();
    void clearInput() { m_input.clear(); }
    //! Stops taking bytes from the kernel.
    void stopReading();
    //! The connection is gone, as far as this end can see.
    bool isGone();
    QSslSocket &socket() { return *m_socket; }

    static QByteArray upgradeRequest(quint16 port, const QByteArray &extra = {}, const QByteArray &protocols = "alongside.1");
    //! A masked frame; \a claimed, if given, replaces the length in the header.
    static QByteArray frame(int opcode, const QByteArray &payload, bool isLast = true, qint64 claimed = -1);

private:
    std::unique_ptr<QSslSocket> m_socket;
    QByteArray m_input;
    bool m_isReading = true;
    quint16 m_port;
};

//! Resident memory of this process in bytes.
qint64 residentBytes();

} // namespace transporttest
