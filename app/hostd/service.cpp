// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hostd/service.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QSysInfo>

#include <csignal>
#include <cstdio>

#include <sys/signalfd.h>
#include <unistd.h>

namespace hostd {

namespace {

using namespace Qt::StringLiterals;

void printLine(const QJsonObject &object)
{
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    std::fflush(stdout);
}

} // namespace

Service::Service(const Options &options) : m_options(options) {}

Service::~Service() = default;

bool Service::fail(const base::Error &error)
{
    std::fprintf(stderr, "alongside-host: cannot start: %s: %s\n", base::name(error.code), error.detail.c_str());
    printLine({{u"error"_s, QString::fromLatin1(base::name(error.code))}, {u"detail"_s, QString::fromStdString(error.detail)}});
    return false;
}

bool Service::start()
{
    // A client that vanishes while we write to it is no reason to end.
    std::signal(SIGPIPE, SIG_IGN);
    // Before any thread is made: threads inherit the mask, and the signal must not find one that still takes it.
    watchSignals();
    auto created = host::Host::create({.stateDirectory = m_options.stateDirectory, .hostName = QSysInfo::machineHostName()},
                                      m_clock, m_random, m_fileOps);
    if (!created)
        return fail(created.error());
    m_host = std::move(*created);
    connect(m_host.get(), &host::Host::finished, qApp, &QCoreApplication::quit);
    for (const QString &root : std::as_const(m_options.roots)) {
        if (const auto added = m_host->addWorkspace(QFile::encodeName(root)); !added)
            return fail(added.error());
    }
    if (const auto listening = m_local.listen(m_options.runtimeDirectory, u"host.sock"_s); !listening)
        return fail(listening.error());
    connect(&m_local, &transport::LocalListener::accepted, this,
            [this](transport::Channel *channel) { m_host->accept(channel, true); });
    QList<protocol::ShareEndpoint> endpoints;
    if (m_options.mayListen) {
        const QStringList addresses = m_options.listenAddress.isEmpty() ? QStringList() : QStringList{m_options.listenAddress};
        const auto opened = m_host->listen(addresses, m_options.listenPort);
        if (!opened)
            return fail(opened.error());
        endpoints = *opened;
    }
    if (m_options.isChild)
        watchParent();
    announce(endpoints);
    return true;
}

void Service::announce(const QList<protocol::ShareEndpoint> &endpoints)
{
    QJsonArray workspaces;
    const auto running = m_host->workspaces();
    for (const host::Workspace *workspace : running) {
        workspaces.append(QJsonObject{{u"id"_s, QString::fromStdString(workspace->id().toString())},
                                      {u"name"_s, workspace->info(true).name}});
    }
    QJsonArray listening;
    for (const auto &endpoint : endpoints)
        listening.append(QJsonObject{{u"address"_s, endpoint.address}, {u"port"_s, endpoint.port}});
    printLine({{u"ready"_s, true}, {u"socket"_s, m_local.path()}, {u"workspaces"_s, workspaces}, {u"listening"_s, listening}});
}

void Service::watchSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    const int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    m_signals = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    connect(m_signals.get(), &QSocketNotifier::activated, this, [this, descriptor] {
        signalfd_siginfo info{};
        if (::read(descriptor, &info, sizeof info) == sizeof info && m_host)
            m_host->shutDown();
    });
}

void Service::watchParent()
{
    m_parent = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_parent.get(), &QSocketNotifier::activated, this, [this] {
        char ignored[256];
        // The kernel closes the pipe however the parent ended.
        if (::read(STDIN_FILENO, ignored, sizeof ignored) > 0)
            return;
        m_parent->setEnabled(false);
        m_host->shutDown();
    });
}

} // namespace hostd
