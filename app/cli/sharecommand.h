// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/cli/lineinput.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/client/localhost.h"
#include "app/client/workspace.h"

#include <QJsonObject>

namespace cli {

//! `share`: a host for one folder, a share on it, and somebody at the door until Ctrl-C.
class ShareCommand final : public QObject
{
    Q_OBJECT

public:
    ShareCommand(const Options &options, bool isInteractive, QObject *parent = nullptr);

    void start();
    //! Ctrl-C: ends the share and the host, then the program.
    void interrupt();

private:
    void connectToHost(const QString &socketPath);
    void opened();
    void shared(const base::Result<protocol::ShareCreated> &created);
    void tellLinks();
    void watchPeople();
    void askNext();
    void readLine(const QByteArray &line);
    void readAnswer(const QByteArray &line);
    void readCommand(const QByteArray &line);
    void decide(const base::JoinRequestId &request, protocol::JoinDecision decision, const QJsonValue &id);
    void tellPerson(const QString &event, const QString &verb, const client::Person &person);
    void fail(const base::Error &error);
    void finish(int exitCode);

    Options m_options;
    bool m_isInteractive;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    Output m_output;
    LineInput m_input;
    client::LocalHost m_host;
    std::unique_ptr<client::Session> m_session;
    std::unique_ptr<client::Workspace> m_workspace;
    base::JoinRequestId m_question;      //!< on the terminal now; null: none
    int m_exitCode = 0;
    bool m_isOver = false;
};

} // namespace cli
