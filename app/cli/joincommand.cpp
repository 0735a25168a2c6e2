// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/joincommand.h"

#include "app/cli/exitcode.h"
#include "app/cli/jsonevents.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

#include <unistd.h>

namespace cli {

using base::ErrorCode;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

JoinCommand::JoinCommand(const Options &options, QObject *parent)
    : QObject(parent), m_options(options), m_input(STDIN_FILENO), m_session(options.name)
{
    connect(&m_input, &LineInput::lineRead, this, &JoinCommand::readLine);
    connect(&m_input, &LineInput::lineTooLong, this, [this] {
        fail(QJsonValue::Undefined, {ErrorCode::TooLarge, "a line of input was longer than 1 MiB and was skipped"});
    });
    connect(&m_input, &LineInput::ended, this, [this] {
        if (m_hasLink)
            leave(QJsonValue::Undefined);
        else
            over(std::nullopt, base::Error{ErrorCode::InvalidArgument, "no link came on standard input"});
    });
    connect(&m_session, &LinkSession::inspected, this, [this](const protocol::ShareInspected &share) {
        m_output.tell(u"inspected"_s, {{"owner"_L1, share.ownerName},
                                       {"workspace"_L1, share.workspaceName},
                                       {"access"_L1, accessName(share.access)},
                                       {"ask"_L1, share.policy == protocol::JoinPolicy::Ask},
                                       {"present"_L1, qint64(share.present)}});
    });
    connect(&m_session, &LinkSession::asked, this,
            [this](bool ownerPresent) { m_output.tell(u"asked"_s, {{"ownerPresent"_L1, ownerPresent}}); });
    connect(&m_session, &LinkSession::opened, this, &JoinCommand::entered);
    connect(&m_session, &LinkSession::over, this, &JoinCommand::over);
    m_hasLink = options.link != "-"_L1;
    updatePause();
    m_caretTimer.setSingleShot(true);
    m_caretTimer.setInterval(100ms);
    connect(&m_caretTimer, &QTimer::timeout, this, &JoinCommand::tellCarets);
    m_leaveTimer.setSingleShot(true);
    m_leaveTimer.setInterval(10s);
    connect(&m_leaveTimer, &QTimer::timeout, this, [this] {
        fail(m_leaveId, {ErrorCode::Disconnected, "edits were given up because the host did not take them in time"});
        m_isOver = true;
        m_output.close();
        m_session.leaveAndQuit(kFailed);
    });
}

void JoinCommand::start()
{
    if (!m_hasLink)
        return;
    startSession(m_options.link);
}

void JoinCommand::startSession(const QString &link)
{
    const auto started = m_session.start(link);
    if (started)
        return;
    m_isOver = true;
    QJsonObject members = errorObject(started.error());
    members.insert("reason"_L1, u"refused"_s);
    m_output.tell(u"ended"_s, members);
    m_output.close();
    say(sentence(started.error()));
    quitWhenFlushed(kUsage);
}

void JoinCommand::interrupt()
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_output.tell(u"ended"_s, {{"reason"_L1, u"interrupted"_s}});
    m_output.close();
    m_session.leaveAndQuit(kInterrupted);
}

void JoinCommand::readLine(const QByteArray &line)
{
    if (line.trimmed().isEmpty() || m_isOver)
        return;
    if (!m_hasLink) {
        m_hasLink = true;
        updatePause();
        return startSession(QString::fromUtf8(line));
    }
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (!document.isObject())
        return fail(QJsonValue::Undefined, {ErrorCode::Malformed, "a line of input is no JSON object"});
    run(document.object());
    updatePause();
}

//! The input waits while a command must not be overtaken, or while the host is far behind.
void JoinCommand::updatePause()
{
    quint64 waiting = 0;
    for (const auto &file : m_files)
        waiting += file->document->editCount() - file->document->acknowledgedCount();
    m_input.setPaused((m_hasLink && !m_isIn) || m_opening > 0 || m_isLeaving || waiting > kMaxWaitingEdits);
}

void JoinCommand::run(const Command &command)
{
    using Handler = void (JoinCommand::*)(const Command &);
    static const QHash<QString, Handler> handlers{
        {u"list"_s, &JoinCommand::list}, {u"open"_s, &JoinCommand::openFile}, {u"edit"_s, &JoinCommand::edit},
        {u"save"_s, &JoinCommand::save}, {u"caret"_s, &JoinCommand::caret},   {u"close"_s, &JoinCommand::closeFile},
        {u"text"_s, &JoinCommand::text}, {u"people"_s, &JoinCommand::tellPeople}};
    const QString name = command.value("cmd"_L1).toString();
    if (name == "leave"_L1)
        leave(command.value("id"_L1));
    else if (const auto handler = handlers.value(name))
        (this->*handler)(command);
    else
        fail(command.value("id"_L1), {ErrorCode::InvalidArgument, "no such command; known are list, open, edit, save, caret, close, "
                                                                  "text, people, leave"});
}

void JoinCommand::list(const Command &command)
{
    listPage(pathIn(command).value_or(QByteArray()), command.value("id"_L1), {});
}

void JoinCommand::listPage(const QByteArray &path, const QJsonValue &id, const QJsonArray &soFar)
{
    ++m_answersDue;
    base::deliver(m_session.workspace()->session().call(protocol::ListFolder{path, quint32(soFar.size())}), this,
                  [this, path, id, soFar](const base::Result<protocol::FolderListed> &page) {
                      if (page)
                          tellPage(path, id, *page, soFar);
                      else
                          fail(id, page.error());
                      --m_answersDue;
                      leaveWhenSent();
                  });
}

void JoinCommand::tellPage(const QByteArray &path, const QJsonValue &id, const protocol::FolderListed &page, QJsonArray entries)
{
    for (const protocol::FileEntry &entry : page.entries)
        entries.append(entryObject(entry));
    if (!page.entries.isEmpty() && entries.size() < qsizetype(page.total) && entries.size() < 200'000)
        return listPage(path, id, entries);
    QJsonObject members{{"entries"_L1, entries}};
    insertPath(members, path);
    answer(u"listed"_s, id, members);
}

void JoinCommand::openFile(const Command &command)
{
    const auto path = pathIn(command);
    if (!path)
        return fail(command.value("id"_L1), {ErrorCode::InvalidArgument, "open needs a path"});
    client::SharedDocument *document = m_session.workspace()->open(*path);
    OpenFile *file = fileOf(document);
    if (file) {
        // One view is enough for one program.
        m_session.workspace()->release(document);
        file->openId = command.value("id"_L1);
        file->isAnswered = false;
    } else {
        m_files.push_back(std::make_unique<OpenFile>(OpenFile{.document = document, .openId = command.value("id"_L1)}));
        file = m_files.back().get();
        file->toldCount = document->acknowledgedCount();
        watch(*file);
    }
    ++m_opening;
    documentChanged(document);
}

void JoinCommand::edit(const Command &command)
{
    OpenFile *file = fileOf(command);
    if (!file)
        return;
    const QJsonValue id = command.value("id"_L1);
    const auto edits = editsIn(command.value("edits"_L1));
    if (!edits)
        return fail(id, {ErrorCode::InvalidArgument, "edits is a list of [index, removed, \"inserted\"]"});
    const auto done = file->document->edit(*edits);
    if (!done)
        return fail(id, done.error());
    if (!id.isUndefined())
        file->edits.emplace_back(file->document->editCount(), id);
}

void JoinCommand::save(const Command &command)
{
    OpenFile *file = fileOf(command);
    if (!file)
        return;
    const QByteArray path = file->document->path();
    ++m_answersDue;
    base::deliver(file->document->save(), this,
                  [this, id = command.value("id"_L1), path](const base::Result<protocol::DocumentSaved> &saved) {
                      QJsonObject members = saved ? QJsonObject{{"at"_L1, timeText(saved->savedAt)}} : errorObject(saved.error());
                      insertPath(members, path);
                      answer(saved ? u"saved"_s : u"error"_s, id, members);
                      --m_answersDue;
                      leaveWhenSent();
                  });
}

void JoinCommand::caret(const Command &command)
{
    OpenFile *file = fileOf(command);
    if (!file)
        return;
    const double anchor = command.value("anchor"_L1).toDouble(-1);
    const double head = command.value("head"_L1).toDouble(anchor);
    const auto length = double(file->document->length());
    if (anchor < 0 || head < 0 || anchor > length || head > length)
        return fail(command.value("id"_L1), {ErrorCode::OutOfRange, "a caret beyond the end of the text"});
    file->document->setCaret(qsizetype(anchor), qsizetype(head));
    const qint64 line = command.value("line"_L1).toInteger();
    m_session.workspace()->people().setOwnPlace(file->document->path(), line);
    if (command.contains("id"_L1))
        answer(u"caretSet"_s, command.value("id"_L1), {});
}

void JoinCommand::closeFile(const Command &command)
{
    OpenFile *file = fileOf(command);
    if (!file)
        return;
    QJsonObject members;
    insertPath(members, file->document->path());
    file->document->disconnect(this);
    m_session.workspace()->release(file->document);
    std::erase_if(m_files, [file](const auto &other) { return other.get() == file; });
    answer(u"closed"_s, command.value("id"_L1), members);
}

void JoinCommand::text(const Command &command)
{
    OpenFile *file = fileOf(command);
    if (!file)
        return;
    QJsonObject members{{"text"_L1, file->document->text()}};
    insertPath(members, file->document->path());
    answer(u"text"_s, command.value("id"_L1), members);
}

void JoinCommand::tellPeople(const Command &command)
{
    const client::People &people = m_session.workspace()->people();
    QJsonArray list;
    for (int row = 0; row < people.rowCount({}); ++row)
        list.append(personObject(people.person(row)));
    answer(u"people"_s, command.value("id"_L1), {{"people"_L1, list}});
}

//! What was typed goes first: leaving waits for the host's disk.
void JoinCommand::leave(const QJsonValue &id)
{
    if (m_isLeaving || m_isOver)
        return;
    m_isLeaving = true;
    m_leaveId = id;
    m_leaveTimer.start();
    updatePause();
    leaveWhenSent();
}

void JoinCommand::leaveWhenSent()
{
    if (!m_isLeaving || m_isOver || m_answersDue > 0 || (m_session.workspace() && m_session.workspace()->hasUnacknowledged()))
        return;
    m_leaveTimer.stop();
    m_isOver = true;
    answer(u"ended"_s, m_leaveId, {{"reason"_L1, u"left"_s}});
    m_output.close();
    m_session.leaveAndQuit(kDone);
}

JoinCommand::OpenFile *JoinCommand::fileOf(const Command &command)
{
    const QJsonValue id = command.value("id"_L1);
    const auto path = pathIn(command);
    const auto found = std::ranges::find_if(m_files, [&](const auto &file) { return path && file->document->path() == *path; });
    if (found == m_files.end()) {
        fail(id, {ErrorCode::InvalidArgument, path ? "the file is not open here" : "a path is missing"});
        return nullptr;
    }
    if ((*found)->document->kind() != protocol::ContentKind::Text && command.value("cmd"_L1).toString() != "close"_L1) {
        fail(id, {ErrorCode::NotText, "the file is not a text that can be edited"});
        return nullptr;
    }
    return found->get();
}

JoinCommand::OpenFile *JoinCommand::fileOf(const client::SharedDocument *document)
{
    const auto found = std::ranges::find_if(m_files, [&](const auto &file) { return file->document == document; });
    return found == m_files.end() ? nullptr : found->get();
}

void JoinCommand::answer(const QString &event, const QJsonValue &id, QJsonObject members)
{
    if (!id.isUndefined() && !id.isNull())
        members.insert("id"_L1, id);
    m_output.tell(event, members);
}

void JoinCommand::fail(const QJsonValue &id, const base::Error &error)
{
    answer(u"error"_s, id, errorObject(error));
}

} // namespace cli
