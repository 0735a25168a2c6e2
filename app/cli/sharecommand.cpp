// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sharecommand.h"

#include "app/base/deliver.h"
#include "app/base/displayname.h"
#include "app/cli/exitcode.h"
#include "app/cli/jsonevents.h"
#include "app/cli/linksession.h"

#include <QDir>
#include <QJsonDocument>

#include <chrono>

#include <unistd.h>

namespace cli {

using base::ErrorCode;
using protocol::JoinDecision;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

std::optional<JoinDecision> decisionIn(const QString &text)
{
    if (text == "allow"_L1)
        return JoinDecision::Allow;
    if (text == "view"_L1)
        return JoinDecision::AllowReadOnly;
    if (text == "deny"_L1)
        return JoinDecision::Deny;
    return std::nullopt;
}

QString shown(const QString &fromOutside)
{
    return base::displayName(fromOutside.toUtf8());
}

} // namespace

ShareCommand::ShareCommand(const Options &options, bool isInteractive, QObject *parent)
    : QObject(parent), m_options(options), m_isInteractive(isInteractive), m_input(STDIN_FILENO),
      m_host(client::LocalHost::findProgram(), {})
{
    // Nobody talks to us without --json except in answer to a question; the terminal's input stays the terminal's.
    m_input.setPaused(!options.isJson && !(isInteractive && options.isAsking));
    connect(&m_input, &LineInput::lineRead, this, &ShareCommand::readLine);
    connect(&m_input, &LineInput::lineTooLong, this, [this] {
        m_output.tell(u"error"_s, errorObject({ErrorCode::TooLarge, "a line of input was longer than 1 MiB and was skipped"}));
    });
    connect(&m_host, &client::LocalHost::ready, this, &ShareCommand::connectToHost);
    connect(&m_host, &client::LocalHost::failed, this, &ShareCommand::fail);
    connect(&m_host, &client::LocalHost::stopped, this, [this] { quitWhenFlushed(m_exitCode); });
}

void ShareCommand::start()
{
    const QFileInfo folder(m_options.path);
    if (!folder.isDir())
        return fail({folder.exists() ? ErrorCode::NotAFile : ErrorCode::NotFound, "a folder is shared, and PATH is none"});
    if (client::LocalHost::findProgram().isEmpty())
        return fail({ErrorCode::Unavailable, "alongside-host is neither beside this program nor on PATH"});
    m_host.start(folder.absoluteFilePath());
}

void ShareCommand::connectToHost(const QString &socketPath)
{
    m_session = std::make_unique<client::Session>(m_clock, m_random);
    connect(m_session.get(), &client::Session::opened, this, [this](const protocol::WorkspaceJoined &, bool isResumed) {
        if (!isResumed)
            opened();
    });
    connect(m_session.get(), &client::Session::stateChanged, this, [this](client::Session::State state) {
        if (state != client::Session::State::Ended || m_isOver)
            return;
        const client::Session *session = m_workspace ? &m_workspace->session() : m_session.get();
        fail(session->endError().value_or(base::Error{ErrorCode::Disconnected, "the host ended the session"}));
    });
    m_session->openLocal(socketPath, m_options.name);
}

void ShareCommand::opened()
{
    m_workspace = std::make_unique<client::Workspace>(std::move(m_session), m_clock);
    watchPeople();
    protocol::CreateShare request;
    request.access = m_options.access;
    request.policy = m_options.isAsking ? protocol::JoinPolicy::Ask : protocol::JoinPolicy::Anyone;
    request.addresses = m_options.addresses;
    request.port = m_options.port;
    base::deliver(m_workspace->sharing().create(request), this,
                  [this](const base::Result<protocol::ShareCreated> &created) { shared(created); });
}

void ShareCommand::shared(const base::Result<protocol::ShareCreated> &created)
{
    if (m_isOver)
        return;
    if (!created)
        return fail(created.error());
    tellLinks();
}

void ShareCommand::tellLinks()
{
    const client::Sharing &sharing = m_workspace->sharing();
    QJsonArray links;
    QStringList lines;
    bool isLoopbackOnly = true;
    for (const protocol::ShareEndpoint &endpoint : sharing.link()->endpoints) {
        isLoopbackOnly = isLoopbackOnly && endpoint.isLoopback;
        const QString app = sharing.url(endpoint);
        const QString browser = sharing.url(endpoint, true);
        links.append(QJsonObject{{"app"_L1, app}, {"browser"_L1, browser}, {"address"_L1, endpoint.address},
                                 {"port"_L1, endpoint.port}, {"loopback"_L1, endpoint.isLoopback}});
        lines << app << browser;
        say(u"Listening on "_s + endpoint.address + u" port "_s + QString::number(endpoint.port)
            + (endpoint.isLoopback ? u" (this computer)"_s : QString()) + u'.');
    }
    if (isLoopbackOnly)
        say(u"Only programs on this computer can reach it; --listen ADDRESS makes it reachable from elsewhere."_s);
    if (m_options.isJson) {
        m_output.tell(u"shared"_s, {{"links"_L1, links}, {"access"_L1, accessName(m_options.access)}, {"ask"_L1, m_options.isAsking}});
    } else {
        m_output.write(lines.join(u'\n').toUtf8() + '\n');
        say(u"Whoever has the link can "_s
            + (m_options.access == protocol::Access::Edit ? u"change every file in this folder."_s : u"see every file in this folder."_s)
            + u" Ctrl-C ends the share."_s);
    }
}

void ShareCommand::watchPeople()
{
    const client::People &people = m_workspace->people();
    connect(&people, &client::People::joined, this,
            [this](const client::Person &person) { tellPerson(u"personJoined"_s, u" joined."_s, person); });
    connect(&people, &client::People::left, this, [this](const client::Person &person, bool wasRemoved) {
        tellPerson(u"personLeft"_s, wasRemoved ? u" was removed."_s : u" left."_s, person);
    });
    m_workspace->session().on<protocol::ParticipantChanged>(this, [this](const protocol::ParticipantChanged &changed) {
        if (m_options.isJson)
            m_output.tell(u"personChanged"_s, personObject({.participant = changed.participant}));
    });
    connect(&m_workspace->sharing(), &client::Sharing::joinRequested, this, [this](const protocol::JoinRequested &request) {
        if (m_options.isJson)
            m_output.tell(u"joinRequested"_s, {{"request"_L1, QString::fromStdString(request.request.toString())},
                                               {"name"_L1, request.name},
                                               {"address"_L1, request.address},
                                               {"access"_L1, accessName(request.access)}});
    });
    connect(&m_workspace->sharing(), &client::Sharing::waitingChanged, this, &ShareCommand::askNext);
}

void ShareCommand::tellPerson(const QString &event, const QString &verb, const client::Person &person)
{
    if (m_options.isJson)
        m_output.tell(event, personObject(person));
    else
        say(shown(person.participant.name) + verb);
}

//! One question at a time on the terminal; one that is moot goes away.
void ShareCommand::askNext()
{
    if (m_options.isJson || !m_isInteractive)
        return;
    const auto &waiting = m_workspace->sharing().waiting();
    const auto isOpen = [this](const protocol::JoinRequested &request) { return request.request == m_question; };
    if (std::ranges::any_of(waiting, isOpen))
        return;
    m_question = {};
    if (waiting.isEmpty())
        return;
    const protocol::JoinRequested &next = waiting.constFirst();
    m_question = next.request;
    say(u"\""_s + shown(next.name) + u"\" from "_s + shown(next.address)
        + u" asks to come in. The name is not verified.\n[y] let in  [v] let in to view only  [n] refuse: "_s);
}

void ShareCommand::readLine(const QByteArray &line)
{
    if (!m_workspace || m_isOver || line.trimmed().isEmpty())
        return;
    if (m_options.isJson)
        readCommand(line);
    else
        readAnswer(line);
}

void ShareCommand::readAnswer(const QByteArray &line)
{
    if (m_question.isNull())
        return;
    const QByteArray answer = line.trimmed().toLower();
    if (answer == "y" || answer == "yes")
        decide(m_question, JoinDecision::Allow, QJsonValue::Undefined);
    else if (answer == "v" || answer == "view")
        decide(m_question, JoinDecision::AllowReadOnly, QJsonValue::Undefined);
    else if (answer == "n" || answer == "no")
        decide(m_question, JoinDecision::Deny, QJsonValue::Undefined);
    else
        say(u"Please answer y, v or n."_s);
}

void ShareCommand::readCommand(const QByteArray &line)
{
    const QJsonObject command = QJsonDocument::fromJson(line).object();
    const QJsonValue id = command.value("id"_L1);
    const QString name = command.value("cmd"_L1).toString();
    const auto refuse = [&](const char *why) {
        QJsonObject members = errorObject({ErrorCode::InvalidArgument, why});
        if (!id.isUndefined())
            members.insert("id"_L1, id);
        m_output.tell(u"error"_s, members);
    };
    if (name == "stop"_L1) {
        m_exitCode = kDone;
        return finish(kDone);
    }
    if (name != "answer"_L1)
        return refuse("no such command; known are answer and stop");
    const auto request = base::JoinRequestId::fromString(command.value("request"_L1).toString().toStdString());
    const auto decision = decisionIn(command.value("decision"_L1).toString());
    if (!request || !decision)
        return refuse("answer needs the request and a decision: allow, view or deny");
    decide(*request, *decision, id);
}

void ShareCommand::decide(const base::JoinRequestId &request, JoinDecision decision, const QJsonValue &id)
{
    base::deliver(m_workspace->sharing().answer(request, decision), this,
                  [this, id](const base::Result<protocol::JoinAnswered> &answered) {
                      if (m_isOver)
                          return;
                      if (!m_options.isJson) {
                          if (!answered)
                              say(sentence(answered.error()));
                          return;
                      }
                      QJsonObject members = answered ? QJsonObject() : errorObject(answered.error());
                      if (!id.isUndefined())
                          members.insert("id"_L1, id);
                      m_output.tell(answered ? u"answered"_s : u"error"_s, members);
                  });
}

void ShareCommand::interrupt()
{
    if (!m_options.isJson)
        say(u"Ending the share …"_s);
    finish(kInterrupted);
}

void ShareCommand::fail(const base::Error &error)
{
    if (m_isOver)
        return;
    if (m_options.isJson)
        m_output.tell(u"error"_s, errorObject(error));
    say(u"Cannot share: "_s + sentence(error));
    finish(kFailed);
}

//! Share first, so that guests hear who ended it and when; then the host.
void ShareCommand::finish(int exitCode)
{
    if (std::exchange(m_isOver, true))
        return;
    m_exitCode = exitCode;
    const bool isShared = m_workspace && m_workspace->session().state() == client::Session::State::Open;
    if (!isShared)
        return m_host.stop();
    base::deliver(m_workspace->sharing().stop(), this, [this](const base::Result<protocol::ShareStopped> &stopped) {
        if (m_options.isJson)
            m_output.tell(u"unshared"_s, {{"guests"_L1, stopped ? qint64(stopped->guests) : 0}});
        else
            say(u"The share has ended; the link opens nothing any more."_s);
        m_host.stop();
    });
}

} // namespace cli
