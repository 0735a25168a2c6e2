// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/locallistener.h"

#include "app/transport/localchannel.h"

#include <QCryptographicHash>
#include <QFile>
#include <QLocalSocket>
#include <QStandardPaths>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

namespace transport {

namespace {

constexpr qsizetype kMaxSocketPathBytes = sizeof(sockaddr_un::sun_path) - 1;
// QLocalServer first binds in a temporary folder beside the socket: "/XXXXXX/s" with a prefix of its own.
constexpr qsizetype kTemporaryNameBytes = 24;

base::Result<void> makePrivate(const QString &directory, uid_t owner)
{
    const QByteArray path = QFile::encodeName(directory);
    if (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return base::Unexpected(base::fromErrno(errno, "making the folder of the local socket"));
    struct stat info{};
    if (::lstat(path.constData(), &info) != 0)
        return base::Unexpected(base::fromErrno(errno, "looking at the folder of the local socket"));
    if (!S_ISDIR(info.st_mode) || info.st_uid != owner || (info.st_mode & 0077) != 0)
        return base::Unexpected(base::ErrorCode::PermissionDenied, "the folder of the local socket is not private to this user");
    return {};
}

bool isShortEnough(const QString &directory, const QString &name)
{
    const qsizetype room = qMax(QFile::encodeName(name).size() + 1, kTemporaryNameBytes);
    return QFile::encodeName(directory).size() + room <= kMaxSocketPathBytes;
}

//! A short private folder that stands for \a directory, the same one each time.
QString shortStandIn(const QString &directory)
{
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    const QByteArray digest = QCryptographicHash::hash(QFile::encodeName(directory), QCryptographicHash::Sha256).toHex().first(16);
    return runtime.isEmpty() ? QString() : runtime + QStringLiteral("/alongside-") + QString::fromLatin1(digest);
}

//! Whether a living process accepts connections at \a path.
bool isAlive(const QByteArray &path)
{
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0)
        return true;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), size_t(qMin(path.size(), kMaxSocketPathBytes)));
    const bool isRefused = ::connect(probe, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        && (errno == ECONNREFUSED || errno == ENOENT);
    ::close(probe);
    return !isRefused;
}

base::Result<void> removeStale(const QString &path)
{
    const QByteArray encoded = QFile::encodeName(path);
    struct stat info{};
    if (::lstat(encoded.constData(), &info) != 0)
        return {};
    if (!S_ISSOCK(info.st_mode) || isAlive(encoded))
        return base::Unexpected(base::ErrorCode::AlreadyExists, "a host listens on the local socket already");
    if (::unlink(encoded.constData()) != 0)
        return base::Unexpected(base::fromErrno(errno, "removing a stale local socket"));
    return {};
}

} // namespace

LocalListener::LocalListener(QObject *parent, uid_t allowedUid) : QObject(parent), m_allowedUid(allowedUid)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &LocalListener::takeConnections);
}

LocalListener::~LocalListener() = default;

base::Result<void> LocalListener::listen(const QString &directory, const QString &name)
{
    QString folder = directory;
    if (!isShortEnough(folder, name))
        folder = shortStandIn(directory);
    if (folder.isEmpty() || !isShortEnough(folder, name))
        return base::Unexpected(base::ErrorCode::TooLarge, "the local socket's path is longer than the system allows");
    if (const auto made = makePrivate(folder, ::geteuid()); !made)
        return made;
    const QString path = folder + u'/' + name;
    if (const auto removed = removeStale(path); !removed)
        return removed;
    if (!m_server.listen(path))
        return base::Unexpected(base::ErrorCode::InputOutput, "listening on the local socket: " + m_server.errorString().toStdString());
    m_path = path;
    return {};
}

void LocalListener::close()
{
    m_server.close();
    m_path.clear();
}

void LocalListener::takeConnections()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        const PeerInfo peer = localPeer(*socket);
        if (peer.uid != qint64(m_allowedUid) || m_connections >= kMaxLocalConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_connections;
        auto *channel = new LocalChannel(socket, this);
        const auto isSeated = std::make_shared<bool>(true);
        const auto freeSeat = [this, isSeated] {
            if (std::exchange(*isSeated, false))
                --m_connections;
        };
        connect(channel, &Channel::closed, this, freeSeat);
        connect(channel, &QObject::destroyed, this, freeSeat);
        Q_EMIT accepted(channel);
    }
}

} // namespace transport
