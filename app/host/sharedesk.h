// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/host/answer.h"
#include "app/protocol/sharemessages.h"
#include "app/protocol/workspacemessages.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>
#include <vector>

namespace host {

class Workspace;

//! The share of one workspace: makes and ends it, and decides about everybody who knocks. Secrets are kept as hashes;
//! the link itself only in memory, for the owner to see again.
class ShareDesk final : public QObject
{
    Q_OBJECT

public:
    explicit ShareDesk(Workspace &workspace);
    ~ShareDesk() override;

    //! Takes up a share that was in force when the host was last running. Its link is known to nobody here any more.
    base::Result<void> restore();

    const std::optional<protocol::ShareState> &state() const { return m_state; }

    //! Whether \a secret opens this share now: right id, right secret, not over. Constant time in the secret.
    bool opens(const base::ShareId &share, const QByteArray &secret) const;
    protocol::ShareInspected inspect() const;
    //! Somebody with the right secret wants in: enters, waits for the owner, comes back, or is refused.
    void admit(Connection &caller, const protocol::JoinShare &request, Answer<protocol::WorkspaceJoined> answer);

    base::Result<protocol::ShareCreated> create(Connection &caller, const protocol::CreateShare &request);
    base::Result<protocol::ShareAdjusted> change(Connection &caller, const protocol::ChangeShare &request);
    base::Result<protocol::ShareStopped> end(Connection &caller, const protocol::EndShare &request);
    base::Result<protocol::ShareLinkGiven> link(Connection &caller, const protocol::GetShareLink &request);
    base::Result<protocol::JoinAnswered> answerJoin(Connection &caller, const protocol::AnswerJoin &request);
    base::Result<protocol::ParticipantRemoved> removeParticipant(Connection &caller, const protocol::RemoveParticipant &request);

    //! The questions that are open, for an owner who enters later.
    void tellOpenQuestions(Connection &owner) const;

private:
    struct Question
    {
        protocol::JoinRequested asked;
        QPointer<Connection> caller;
        Answer<protocol::WorkspaceJoined> answer;
        base::Instant until;
    };

    int stop(protocol::EndReason reason, const QString &by);
    void enter(Connection &caller, const QString &name, protocol::Access access, const Answer<protocol::WorkspaceJoined> &answer);
    bool comeBack(Connection &caller, const QByteArray &resumeToken, const Answer<protocol::WorkspaceJoined> &answer);
    QByteArray freshToken();
    void recordAccess(const Member &member);
    void block(const QString &address);
    void ask(Connection &caller, const QString &name, Answer<protocol::WorkspaceJoined> answer);
    void closeQuestion(const base::JoinRequestId &id, const std::optional<base::Error> &refusal);
    void onTimer();
    void startTimer();

    Workspace &m_workspace;
    std::optional<protocol::ShareState> m_state;
    QByteArray m_secretHash;
    std::optional<protocol::ShareLink> m_link;
    QSet<QString> m_blockedAddresses;
    std::vector<Question> m_questions;
    QTimer m_timer;
    QTimer m_lingerTimer;        //!< runs while the port of an ended share still answers
    quint16 m_lastPort = 0;
};

} // namespace host
