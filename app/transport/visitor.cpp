// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/visitor.h"

#include "app/transport/limits.h"

namespace transport {

Visitor::Visitor(QSslSocket *socket, const LandingPage &page, const QStringList &names, QObject *parent)
    : QObject(parent), m_socket(socket), m_page(page), m_names(names), m_address(socket->peerAddress())
{
    socket->setParent(this);
    socket->setReadBufferSize(kMaxRequestHeadBytes);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Visitor::dismiss);
    connect(socket, &QSslSocket::encrypted, this, [this] {
        m_timer.start(kRequestHeadTime);
        readHead();
    });
    connect(socket, &QSslSocket::readyRead, this, &Visitor::readHead);
    connect(socket, &QSslSocket::disconnected, this, &Visitor::dismiss);
    connect(socket, &QSslSocket::errorOccurred, this, &Visitor::dismiss);
}

Visitor::~Visitor()
{
    if (!m_socket)
        return;
    // Never inside its signals: the listener deletes visitors from the event loop.
    m_socket->disconnect(this);
    delete m_socket;
}

void Visitor::start()
{
    m_timer.start(kTlsHandshakeTime);
    m_socket->startServerEncryption();
}

QSslSocket *Visitor::release()
{
    m_hasEnded = true;
    m_timer.stop();
    m_socket->setParent(nullptr);
    QSslSocket *socket = m_socket;
    m_socket = nullptr;
    return socket;
}

void Visitor::dismiss()
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    m_timer.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    Q_EMIT ended();
}

void Visitor::readHead()
{
    if (m_isAnswered || m_hasEnded || !m_socket->isEncrypted())
        return;
    // Peeked, not read: QWebSocketServer wants to see an upgrade request itself.
    const QByteArray bytes = m_socket->peek(kMaxRequestHeadBytes);
    const auto head = RequestHead::parse(bytes);
    if (head && !*head)
        return;
    m_isAnswered = true;
    if (!head) {
        respond(Answer::BadRequest, true);
        return;
    }
    const Answer answer = decide(**head, m_names);
    if (answer != Answer::Upgrade) {
        respond(answer, (*head)->method != "HEAD");
        return;
    }
    m_socket->disconnect(this);
    m_timer.start(kRequestHeadTime);
    Q_EMIT upgradeAsked();
}

void Visitor::respond(Answer answer, bool withBody)
{
    m_timer.start(kResponseTime);
    m_socket->readAll();
    m_socket->write(m_page.response(answer, withBody));
    m_socket->disconnectFromHost();
}

} // namespace transport
