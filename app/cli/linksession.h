// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/client/workspace.h"
#include "app/transport/link.h"

#include <QObject>

#include <memory>

namespace cli {

//! From a link to an open workspace, for the verbs that take one.
class LinkSession final : public QObject
{
    Q_OBJECT

public:
    explicit LinkSession(const QString &name, QObject *parent = nullptr);
    ~LinkSession() override;

    //! Errors: as transport::Link::parse(), and InvalidArgument for a link to something that cannot be joined.
    base::Result<void> start(const QString &linkText);
    //! Null before opened().
    client::Workspace *workspace() const { return m_workspace.get(); }
    //! Leaves, and lets what is queued go out before the program ends with \a exitCode.
    void leaveAndQuit(int exitCode);

Q_SIGNALS:
    void inspected(const protocol::ShareInspected &share);
    void asked(bool ownerPresent);
    void opened();
    //! Before or after opened(): the session is over, by \a ending or \a error or (neither) because we left.
    void over(const std::optional<protocol::SessionEnded> &ending, const std::optional<base::Error> &error);

private:
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    QString m_name;
    std::unique_ptr<client::Session> m_session;
    std::unique_ptr<client::Workspace> m_workspace;
};

//! Ends the event loop when the channels that are closing have closed, soon in any case.
void quitWhenFlushed(int exitCode);

} // namespace cli
