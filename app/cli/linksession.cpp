// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/linksession.h"

#include "app/transport/channel.h"

#include <QCoreApplication>
#include <QTimer>

namespace cli {

LinkSession::LinkSession(const QString &name, QObject *parent) : QObject(parent), m_name(name) {}

LinkSession::~LinkSession() = default;

base::Result<void> LinkSession::start(const QString &linkText)
{
    const auto link = transport::Link::parse(linkText);
    if (!link)
        return link.unexpected();
    if (link->kind != transport::Link::Kind::Share)
        return base::Unexpected(base::ErrorCode::InvalidArgument, "this link opens a snapshot, not a shared workspace");
    m_session = std::make_unique<client::Session>(m_clock, m_random);
    client::Session *session = m_session.get();
    connect(session, &client::Session::inspected, this, [this, session](const protocol::ShareInspected &share) {
        Q_EMIT inspected(share);
        session->join(m_name);
    });
    connect(session, &client::Session::asked, this, &LinkSession::asked);
    connect(session, &client::Session::opened, this, [this](const protocol::WorkspaceJoined &, bool isResumed) {
        if (isResumed)
            return;
        m_workspace = std::make_unique<client::Workspace>(std::move(m_session), m_clock);
        Q_EMIT opened();
    });
    connect(session, &client::Session::stateChanged, this, [this, session](client::Session::State state) {
        if (state == client::Session::State::Ended)
            Q_EMIT over(session->ending(), session->endError());
    });
    session->openLink(*link);
    return {};
}

void LinkSession::leaveAndQuit(int exitCode)
{
    if (m_workspace)
        m_workspace->session().leave();
    else if (m_session)
        m_session->leave();
    quitWhenFlushed(exitCode);
}

void quitWhenFlushed(int exitCode)
{
    QCoreApplication *application = QCoreApplication::instance();
    const auto quit = [exitCode] { QCoreApplication::exit(exitCode); };
    const auto closing = application->findChildren<transport::Channel *>(Qt::FindDirectChildrenOnly);
    if (closing.isEmpty())
        QMetaObject::invokeMethod(application, quit, Qt::QueuedConnection);
    for (transport::Channel *channel : closing)
        QObject::connect(channel, &QObject::destroyed, application, quit);
    QTimer::singleShot(transport::kCloseFlushTime * 2, application, quit);
}

} // namespace cli
