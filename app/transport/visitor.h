// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/landingpage.h"
#include "app/transport/requesthead.h"

#include <QHostAddress>
#include <QObject>
#include <QPointer>
#include <QSslSocket>
#include <QTimer>

namespace transport {

//! One TCP connection from its acceptance until it is a WebSocket, has its page, or is shown the door.
//!
//! Separate from the socket, because QWebSocket takes the socket over and drops every connection to its signals.
class Visitor final : public QObject
{
    Q_OBJECT

public:
    //! Takes over \a socket. \a page and \a names must outlive the visitor.
    Visitor(QSslSocket *socket, const LandingPage &page, const QStringList &names, QObject *parent);
    ~Visitor() override;

    //! Begins the TLS handshake.
    void start();
    const QHostAddress &address() const { return m_address; }
    //! The socket, while it lives and has not been taken.
    QSslSocket *socket() const { return m_socket; }
    //! The socket belongs to a QWebSocket now; the visitor lets go of it.
    QSslSocket *release();
    //! Cuts the connection; ended() follows.
    void dismiss();

Q_SIGNALS:
    //! A correct upgrade request waits unread in socket(). The visitor goes on watching the time.
    void upgradeAsked();
    //! Exactly once unless released: nothing is left of the connection.
    void ended();

private:
    void readHead();
    void respond(Answer answer, bool withBody);

    QPointer<QSslSocket> m_socket;
    const LandingPage &m_page;
    const QStringList &m_names;
    QHostAddress m_address;
    QTimer m_timer;
    bool m_isAnswered = false;
    bool m_hasEnded = false;
};

} // namespace transport
