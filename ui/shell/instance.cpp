// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/instance.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(instanceLog, "ui.shell.instance", QtInfoMsg)

constexpr qsizetype kMostTargetBytes = 16 * 1024;

bool isSameUser(qintptr socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

} // namespace

Instance::Instance(const QString &folder, QObject *parent) : QObject(parent), m_path(QDir(folder).filePath(u"alongside.socket"_s))
{
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &Instance::accept);
}

Instance::~Instance() = default;

void Instance::start(const QString &target)
{
    m_target = target;
    m_socket = new QLocalSocket(this);
    connect(m_socket, &QLocalSocket::connected, this, [this] {
        if (!isSameUser(m_socket->socketDescriptor())) {
            qCWarning(instanceLog) << "another user's program listens on our socket; starting alone";
            m_socket->abort();
            Q_EMIT becamePrimary();
            return;
        }
        m_socket->write(m_target.toUtf8() + '\n');
    });
    // One byte back says that a window is coming; without it a program that hangs would swallow the link.
    connect(m_socket, &QLocalSocket::readyRead, this, [this] {
        m_socket->disconnect(this);
        m_socket->disconnectFromServer();
        Q_EMIT handedOver();
    });
    connect(m_socket, &QLocalSocket::errorOccurred, this, [this] {
        m_socket->disconnect(this);
        listen();
    });
    QTimer::singleShot(3s, m_socket, [this] {
        if (m_socket->state() != QLocalSocket::ConnectedState)
            return;
        qCWarning(instanceLog) << "the running program does not answer; starting alone";
        m_socket->disconnect(this);
        m_socket->abort();
        Q_EMIT becamePrimary();
    });
    m_socket->connectToServer(m_path);
}

void Instance::listen()
{
    // Nobody answered, so the file is left over from a program that died.
    QLocalServer::removeServer(m_path);
    if (!m_server.listen(m_path))
        qCWarning(instanceLog) << "cannot listen for other starts:" << m_server.errorString();
    Q_EMIT becamePrimary();
}

void Instance::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (!isSameUser(socket->socketDescriptor())) {
            socket->abort();
            continue;
        }
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->canReadLine()) {
                const QByteArray line = socket->readLine(kMostTargetBytes).trimmed();
                socket->write("\n", 1);
                socket->flush();
                Q_EMIT requested(QString::fromUtf8(line));
            } else if (socket->bytesAvailable() > kMostTargetBytes) {
                socket->abort();
            }
        });
    }
}

} // namespace ui
