// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/sharedesk.h"

#include "app/host/environment.h"
#include "app/host/limits.h"
#include "app/host/members.h"
#include "app/host/ports.h"
#include "app/host/secrets.h"
#include "app/host/workspace.h"
#include "app/store/metastore.h"

#include <QLoggingCategory>

#include <algorithm>

namespace host {

namespace {

Q_LOGGING_CATEGORY(shareLog, "app.host.share", QtInfoMsg)

std::optional<base::WallTime> expiry(base::WallTime now, quint32 lifetimeSeconds)
{
    if (lifetimeSeconds == 0)
        return std::nullopt;
    return now + std::chrono::seconds(lifetimeSeconds);
}

base::Unexpected linkRefused()
{
    // One answer for unknown, ended, expired and blocked: a guesser learns nothing from it.
    return base::Unexpected(base::ErrorCode::LinkRefused, "the link opens nothing");
}

QString nameOf(const Connection &caller)
{
    return caller.member() ? caller.member()->person.name : caller.greetingName();
}

} // namespace

ShareDesk::ShareDesk(Workspace &workspace) : m_workspace(workspace)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ShareDesk::onTimer);
    m_lingerTimer.setSingleShot(true);
    connect(&m_lingerTimer, &QTimer::timeout, this, [this] { m_workspace.environment().ports.close(this); });
    // A right taken away must not come back with a token after a restart.
    connect(&workspace.members(), &Members::accessChanging, this, &ShareDesk::recordAccess);
    connect(&workspace.members(), &Members::memberGone, this, [this](const Member &member, Members::Departure departure) {
        // Who merely lost the connection may sleep on a train and come back without asking again.
        if (member.resumeHash.isEmpty() || departure == Members::Departure::Lost)
            return;
        Environment &environment = m_workspace.environment();
        if (const auto revoked = environment.meta.resumeTokens().revoke(member.person.id, environment.clock.wallTime()); !revoked)
            qCWarning(shareLog) << "a resume token could not be revoked on disk:" << revoked.error().detail.c_str();
    });
}

ShareDesk::~ShareDesk() = default;

bool ShareDesk::opens(const base::ShareId &share, const QByteArray &secret) const
{
    if (!m_state || m_state->id != share || secret.size() != protocol::kSecretBytes)
        return false;
    if (m_state->expiresAt && *m_state->expiresAt <= m_workspace.environment().clock.wallTime())
        return false;
    return sameBytes(hashOf(secret), m_secretHash);
}

protocol::ShareInspected ShareDesk::inspect() const
{
    protocol::ShareInspected seen;
    const Member *owner = m_workspace.members().owner();
    seen.ownerName = owner ? owner->person.name : m_workspace.environment().hostName;
    seen.ownerColor = owner ? owner->person.color : 0;
    seen.workspaceName = m_workspace.info(false).name;
    if (m_state) {
        seen.access = m_state->access;
        seen.policy = m_state->policy;
        seen.expiresAt = m_state->expiresAt;
    }
    seen.present = quint32(m_workspace.members().all().size());
    return seen;
}

base::Result<void> ShareDesk::restore()
{
    Environment &environment = m_workspace.environment();
    const auto row = environment.meta.shares().current(m_workspace.id());
    if (!row)
        return row.unexpected();
    if (!*row)
        return {};
    protocol::ShareState state;
    state.id = (*row)->id;
    state.access = std::min(protocol::Access((*row)->access), protocol::Access::Edit);
    state.policy = protocol::JoinPolicy((*row)->joinPolicy);
    state.createdAt = (*row)->createdAt;
    state.expiresAt = (*row)->expiresAt;
    if (state.expiresAt && *state.expiresAt <= environment.clock.wallTime())
        return environment.meta.shares().end(state.id, environment.clock.wallTime());
    const auto blocked = environment.meta.blockedAddresses().ofShare(state.id);
    if (!blocked)
        return blocked.unexpected();
    m_blockedAddresses = QSet<QString>(blocked->begin(), blocked->end());
    m_state = state;
    m_secretHash = (*row)->secretHash;
    // Links and resume tokens lead to the port it had. If somebody else has it now the share stays, for the owner to end.
    m_lastPort = (*row)->port;
    if (const auto opened = environment.ports.open((*row)->addresses, (*row)->port, this); !opened)
        qCWarning(shareLog) << "a share cannot be reached where it was:" << opened.error().detail.c_str();
    startTimer();
    return {};
}

base::Result<protocol::ShareCreated> ShareDesk::create(Connection &caller, const protocol::CreateShare &request)
{
    using base::ErrorCode;
    Environment &environment = m_workspace.environment();
    if (m_state)
        return base::Unexpected(ErrorCode::AlreadyExists, "the workspace is shared already");
    if (request.access != protocol::Access::View && request.access != protocol::Access::Edit)
        return base::Unexpected(ErrorCode::InvalidArgument, "a link can give View or Edit");
    // The port of the share before, if it still answers: who has the old link hears there that it opens nothing.
    if (m_lingerTimer.isActive())
        environment.ports.close(this);
    m_lingerTimer.stop();
    auto endpoints = environment.ports.open(request.addresses, request.port == 0 ? m_lastPort : request.port, this);
    if (!endpoints && request.port == 0)
        endpoints = environment.ports.open(request.addresses, 0, this);
    if (!endpoints)
        return endpoints.unexpected();
    m_lastPort = endpoints->first().port;

    QByteArray secret(protocol::kSecretBytes, Qt::Uninitialized);
    environment.random.fill({reinterpret_cast<std::uint8_t *>(secret.data()), std::size_t(secret.size())});
    protocol::ShareState state;
    state.id = base::ShareId::random(environment.random);
    state.access = request.access;
    state.policy = request.policy;
    state.createdAt = environment.clock.wallTime();
    state.expiresAt = expiry(state.createdAt, request.lifetimeSeconds);
    store::ShareRow row;
    row.id = state.id;
    row.workspace = m_workspace.id();
    row.secretHash = hashOf(secret);
    row.access = quint8(state.access);
    row.joinPolicy = quint8(state.policy);
    row.createdAt = state.createdAt;
    row.expiresAt = state.expiresAt;
    row.addresses = request.addresses;
    row.port = endpoints->first().port;
    if (const auto stored = environment.meta.shares().insert(row); !stored) {
        environment.ports.close(this);
        return stored.unexpected();
    }
    m_state = state;
    m_secretHash = hashOf(secret);
    m_blockedAddresses.clear();
    m_link = protocol::ShareLink{.state = state, .secret = secret, .pin = environment.ports.pin(), .endpoints = *endpoints};
    startTimer();
    m_workspace.members().broadcast(protocol::ShareChanged{.state = state}, &caller);
    qCInfo(shareLog) << "shared with access" << int(state.access) << "on" << endpoints->size() << "endpoints";
    return protocol::ShareCreated{.link = *m_link};
}

base::Result<protocol::ShareAdjusted> ShareDesk::change(Connection &, const protocol::ChangeShare &request)
{
    if (!m_state)
        return base::Unexpected(base::ErrorCode::NotFound, "the workspace is not shared");
    if (request.access != protocol::Access::View && request.access != protocol::Access::Edit)
        return base::Unexpected(base::ErrorCode::InvalidArgument, "a link can give View or Edit");
    protocol::ShareState state = *m_state;
    const bool accessChanged = state.access != request.access;
    state.access = request.access;
    state.policy = request.policy;
    state.expiresAt = expiry(m_workspace.environment().clock.wallTime(), request.lifetimeSeconds);
    // What is taken away goes at once, whatever the disk says; what is given waits until it is recorded.
    if (accessChanged && request.access == protocol::Access::View)
        m_workspace.members().setGuestsAccess(protocol::Access::View);
    store::MetaStore &meta = m_workspace.environment().meta;
    const auto stored = meta.transact([&]() -> base::Result<void> {
        if (const auto done = meta.shares().setAccess(state.id, quint8(state.access)); !done)
            return done;
        if (const auto done = meta.shares().setJoinPolicy(state.id, quint8(state.policy)); !done)
            return done;
        return meta.shares().setExpiry(state.id, state.expiresAt);
    });
    if (!stored)
        return stored.unexpected();
    m_state = state;
    if (m_link)
        m_link->state = state;
    if (accessChanged)
        m_workspace.members().setGuestsAccess(state.access);
    startTimer();
    m_workspace.members().broadcast(protocol::ShareChanged{.state = state});
    return protocol::ShareAdjusted{.state = state};
}

base::Result<protocol::ShareStopped> ShareDesk::end(Connection &caller, const protocol::EndShare &)
{
    return protocol::ShareStopped{.guests = quint32(stop(protocol::EndReason::Unshared, nameOf(caller)))};
}

int ShareDesk::stop(protocol::EndReason reason, const QString &by)
{
    if (!m_state)
        return 0;
    const base::ShareId id = m_state->id;
    m_state.reset();
    m_link.reset();
    m_secretHash.clear();
    const int guests = m_workspace.endGuests(reason, by);
    while (!m_questions.empty())
        closeQuestion(m_questions.front().asked.request, linkRefused().value);
    m_lingerTimer.start(kLingerTime);
    if (const auto ended = m_workspace.environment().meta.shares().end(id, m_workspace.environment().clock.wallTime()); !ended)
        qCCritical(shareLog) << "the end of a share could not be recorded:" << ended.error().detail.c_str();
    m_workspace.members().broadcast(protocol::ShareChanged{});
    qCInfo(shareLog) << "share ended, guests cut off:" << guests;
    return guests;
}

base::Result<protocol::ShareLinkGiven> ShareDesk::link(Connection &, const protocol::GetShareLink &)
{
    if (!m_link)
        return base::Unexpected(base::ErrorCode::NotFound, "no link is known");
    return protocol::ShareLinkGiven{.link = *m_link};
}

void ShareDesk::admit(Connection &caller, const protocol::JoinShare &request, Answer<protocol::WorkspaceJoined> answer)
{
    if (!request.resumeToken.isEmpty() && comeBack(caller, request.resumeToken, answer))
        return;
    if (m_blockedAddresses.contains(caller.address())) {
        answer(linkRefused());
        return;
    }
    if (request.name.trimmed().isEmpty()) {
        answer(base::Unexpected(base::ErrorCode::InvalidArgument, "a guest needs a name"));
        return;
    }
    if (m_workspace.members().guestCount() >= kMaxGuests) {
        answer(base::Unexpected(base::ErrorCode::TooMany, "the workspace is full"));
        return;
    }
    if (m_state->policy == protocol::JoinPolicy::Anyone)
        enter(caller, request.name, m_state->access, answer);
    else
        ask(caller, request.name, std::move(answer));
}

bool ShareDesk::comeBack(Connection &caller, const QByteArray &resumeToken, const Answer<protocol::WorkspaceJoined> &answer)
{
    const QByteArray hash = hashOf(resumeToken);
    Members &members = m_workspace.members();
    Member *member = members.findByResumeHash(hash);
    if (member && member->share != m_state->id)
        return false;
    if (member) {
        members.resume(*member, caller);
    } else {
        // After a restart of the host only the table remembers who was inside.
        const auto row = m_workspace.environment().meta.resumeTokens().find(hash);
        if (!row || !*row || (*row)->revokedAt || (*row)->share != m_state->id)
            return false;
        const auto access = std::min(protocol::Access((*row)->access), m_state->access);
        member = &members.add(caller, (*row)->name, access, m_state->id, Identity{(*row)->participant, (*row)->client});
    }
    const QByteArray token = freshToken();
    if (const auto rotated = m_workspace.environment().meta.resumeTokens().rotate(hash, hashOf(token)); !rotated)
        qCWarning(shareLog) << "a resume token could not be renewed:" << rotated.error().detail.c_str();
    member->resumeHash = hashOf(token);
    answer(m_workspace.joinedAs(*member, token));
    m_workspace.welcome(caller);
    return true;
}

QByteArray ShareDesk::freshToken()
{
    QByteArray token(protocol::kTokenBytes, Qt::Uninitialized);
    m_workspace.environment().random.fill({reinterpret_cast<std::uint8_t *>(token.data()), std::size_t(token.size())});
    return token;
}

void ShareDesk::recordAccess(const Member &member)
{
    if (member.resumeHash.isEmpty())
        return;
    const auto stored = m_workspace.environment().meta.resumeTokens().setAccess(member.person.id, quint8(member.person.access));
    if (!stored)
        qCWarning(shareLog) << "a changed right could not be recorded:" << stored.error().detail.c_str();
}

void ShareDesk::block(const QString &address)
{
    if (address.isEmpty() || !m_state)
        return;
    m_blockedAddresses.insert(address);
    if (const auto stored = m_workspace.environment().meta.blockedAddresses().insert(m_state->id, address); !stored)
        qCWarning(shareLog) << "a blocked address could not be recorded:" << stored.error().detail.c_str();
}

void ShareDesk::enter(Connection &caller, const QString &name, protocol::Access access,
                      const Answer<protocol::WorkspaceJoined> &answer)
{
    Member &member = m_workspace.members().add(caller, name, access, m_state->id);
    const QByteArray token = freshToken();
    store::ResumeTokenRow row;
    row.tokenHash = hashOf(token);
    row.share = member.share;
    row.participant = member.person.id;
    row.client = member.person.client;
    row.name = member.person.name;
    row.access = quint8(member.person.access);
    row.color = member.person.color;
    if (const auto stored = m_workspace.environment().meta.resumeTokens().insert(row); !stored)
        qCWarning(shareLog) << "a resume token could not be recorded:" << stored.error().detail.c_str();
    member.resumeHash = row.tokenHash;
    answer(m_workspace.joinedAs(member, token));
    m_workspace.welcome(caller);
}

void ShareDesk::ask(Connection &caller, const QString &name, Answer<protocol::WorkspaceJoined> answer)
{
    const auto fromHere = std::ranges::count_if(m_questions, [&](const Question &question) {
        return question.asked.address == caller.address();
    });
    if (m_questions.size() >= std::size_t(kMaxJoinQuestions) || fromHere >= kMaxJoinQuestionsPerAddress) {
        answer(base::Unexpected(base::ErrorCode::TooMany, "too many people are waiting at the door"));
        return;
    }
    Environment &environment = m_workspace.environment();
    protocol::JoinRequested asked;
    asked.request = base::JoinRequestId::random(environment.random);
    asked.name = presentableName(name);
    asked.address = caller.address();
    asked.access = m_state->access;
    m_questions.push_back({asked, &caller, std::move(answer), environment.clock.now() + kJoinQuestionTime});
    connect(&caller, &Connection::closed, this, [this, id = asked.request] { closeQuestion(id, std::nullopt); });
    caller.send(protocol::JoinAsked{.ownerPresent = m_workspace.members().isOwnerHere()});
    m_workspace.members().tellOwners(asked);
    startTimer();
}

void ShareDesk::tellOpenQuestions(Connection &owner) const
{
    for (const Question &question : m_questions)
        owner.send(question.asked);
}

void ShareDesk::closeQuestion(const base::JoinRequestId &id, const std::optional<base::Error> &refusal)
{
    const auto found = std::ranges::find_if(m_questions, [&](const Question &question) { return question.asked.request == id; });
    if (found == m_questions.end())
        return;
    const Question question = std::move(*found);
    m_questions.erase(found);
    if (refusal)
        question.answer(base::Unexpected(*refusal));
    m_workspace.members().tellOwners(protocol::JoinRequestEnded{.request = id});
}

base::Result<protocol::JoinAnswered> ShareDesk::answerJoin(Connection &, const protocol::AnswerJoin &request)
{
    const auto found = std::ranges::find_if(m_questions,
                                            [&](const Question &question) { return question.asked.request == request.request; });
    if (found == m_questions.end() || !found->caller || !m_state)
        return base::Unexpected(base::ErrorCode::NotFound, "nobody waits with that request");
    Connection &caller = *found->caller;
    if (request.decision == protocol::JoinDecision::Deny || request.decision == protocol::JoinDecision::DenyAndBlock) {
        if (request.decision == protocol::JoinDecision::DenyAndBlock)
            block(caller.address());
        closeQuestion(request.request, base::Error{base::ErrorCode::Denied, "the owner said no"});
        return protocol::JoinAnswered{};
    }
    const Answer<protocol::WorkspaceJoined> answer = found->answer;
    const QString name = found->asked.name;
    closeQuestion(request.request, std::nullopt);
    const auto access = request.decision == protocol::JoinDecision::AllowReadOnly ? protocol::Access::View : protocol::Access::Edit;
    enter(caller, name, access, answer);
    return protocol::JoinAnswered{};
}

base::Result<protocol::ParticipantRemoved> ShareDesk::removeParticipant(Connection &caller,
                                                                        const protocol::RemoveParticipant &request)
{
    Member *member = m_workspace.members().find(request.participant);
    if (!member)
        return base::Unexpected(base::ErrorCode::NotFound, "nobody with that id is here");
    if (member->isOwner())
        return base::Unexpected(base::ErrorCode::InvalidArgument, "the owner cannot be shown out");
    if (request.block)
        block(member->person.address);
    if (member->connection) {
        member->connection->cutOff({.reason = protocol::EndReason::Removed,
                                    .by = nameOf(caller),
                                    .at = m_workspace.environment().clock.wallTime()});
    }
    m_workspace.members().remove(request.participant, Members::Departure::ShownOut);
    return protocol::ParticipantRemoved{};
}

void ShareDesk::startTimer()
{
    const base::Clock &clock = m_workspace.environment().clock;
    std::optional<std::chrono::milliseconds> next;
    const auto consider = [&](std::chrono::milliseconds wait) {
        // A far expiry is looked at again each hour: timers do not run while a machine sleeps, and clocks are set.
        wait = std::clamp(wait, std::chrono::milliseconds(0), std::chrono::milliseconds(3'600'000));
        next = next ? std::min(*next, wait) : wait;
    };
    if (m_state && m_state->expiresAt)
        consider(*m_state->expiresAt - clock.wallTime());
    for (const Question &question : m_questions)
        consider(std::chrono::ceil<std::chrono::milliseconds>(question.until - clock.now()));
    if (next)
        m_timer.start(*next);
    else
        m_timer.stop();
}

void ShareDesk::onTimer()
{
    const base::Clock &clock = m_workspace.environment().clock;
    if (m_state && m_state->expiresAt && *m_state->expiresAt <= clock.wallTime())
        stop(protocol::EndReason::Expired, {});
    QList<base::JoinRequestId> overdue;
    for (const Question &question : m_questions) {
        if (question.until <= clock.now())
            overdue.append(question.asked.request);
    }
    for (const auto &id : overdue)
        closeQuestion(id, base::Error{base::ErrorCode::Timeout, "the owner did not answer"});
    startTimer();
}

} // namespace host
