// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/hostkeeper.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLoggingCategory>

namespace ui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(keeperLog, "ui.shell.host", QtInfoMsg)

constexpr qsizetype kMostDeaths = 4;
constexpr auto kDeathWindow = 1min;

// One host holds its state directory for itself alone, so each folder has its own. Named by hash: folder names can be long.
QString stateDirectoryOf(const QString &stateFolder, const QString &folder)
{
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return QDir(stateFolder).filePath(u"hosts/"_s + QString::fromLatin1(hash));
}

} // namespace

HostKeeper::HostKeeper(const Environment &environment, const QString &folder, QObject *parent)
    : QObject(parent), m_clock(environment.clock), m_folder(folder), m_program(environment.hostProgram),
      m_host(environment.hostProgram, stateDirectoryOf(environment.stateFolder, folder))
{
    m_again.setSingleShot(true);
    m_again.setInterval(500ms);
    connect(&m_again, &QTimer::timeout, this, &HostKeeper::start);
    connect(&m_host, &client::LocalHost::ready, this, [this](const QString &socketPath) {
        m_wasReady = true;
        Q_EMIT ready(socketPath);
    });
    connect(&m_host, &client::LocalHost::failed, this, &HostKeeper::handleFailure);
    connect(&m_host, &client::LocalHost::stopped, this, [this] {
        m_isRunning = false;
        Q_EMIT stopped();
    });
}

HostKeeper::~HostKeeper() = default;

void HostKeeper::start()
{
    if (m_program.isEmpty()) {
        Q_EMIT failed({base::ErrorCode::Unavailable, "alongside-host was found neither beside this program nor on PATH"});
        return;
    }
    m_isRunning = true;
    m_host.start(m_folder);
}

void HostKeeper::stop()
{
    m_isStopping = true;
    m_again.stop();
    if (m_isRunning)
        m_host.stop();
    else
        QTimer::singleShot(0, this, &HostKeeper::stopped);
}

void HostKeeper::handleFailure(const base::Error &error)
{
    m_isRunning = false;
    qCWarning(keeperLog) << "host failed:" << base::name(error.code) << error.detail.c_str();
    if (m_isStopping) {
        Q_EMIT stopped();
        return;
    }
    const base::Instant now = m_clock.now();
    m_deaths.removeIf([now](base::Instant death) { return now - death > kDeathWindow; });
    m_deaths += now;
    // A host that dies at once each time would otherwise be started for ever.
    if (!m_wasReady || m_deaths.size() > kMostDeaths) {
        Q_EMIT failed(error);
        return;
    }
    Q_EMIT restarting();
    m_again.start();
}

} // namespace ui
