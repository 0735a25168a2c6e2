// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/joincommand.h"

#include "app/cli/exitcode.h"
#include "app/cli/jsonevents.h"

#include <algorithm>

// What happens around a participant, as events.
namespace cli {

using client::SharedDocument;
using namespace Qt::StringLiterals;

namespace {

QString joinKindName(protocol::ContentKind kind)
{
    switch (kind) {
    case protocol::ContentKind::Text:
        return u"text"_s;
    case protocol::ContentKind::Binary:
        return u"binary"_s;
    case protocol::ContentKind::Large:
        break;
    }
    return u"large"_s;
}

} // namespace

void JoinCommand::entered()
{
    m_isIn = true;
    client::Workspace &workspace = *m_session.workspace();
    QJsonArray people;
    for (const client::Person &person : workspace.people().others())
        people.append(personObject(person));
    m_output.tell(u"joined"_s, {{"you"_L1, personObject(workspace.people().you())},
                                {"people"_L1, people},
                                {"workspace"_L1, workspace.info().name},
                                {"host"_L1, workspace.info().hostName},
                                {"branch"_L1, workspace.info().branch}});
    watchPeople();
    connect(&workspace, &client::Workspace::connectionChanged, this, [this](client::Session::State state) {
        if (state == client::Session::State::Reconnecting)
            m_output.tell(u"reconnecting"_s, {});
        else if (state == client::Session::State::Open)
            m_output.tell(u"reconnected"_s, {});
        updatePause();
    });
    updatePause();
    leaveWhenSent();
}

void JoinCommand::watchPeople()
{
    const client::People &people = m_session.workspace()->people();
    connect(&people, &client::People::joined, this,
            [this](const client::Person &person) { m_output.tell(u"personJoined"_s, personObject(person)); });
    connect(&people, &client::People::left, this, [this](const client::Person &person, bool wasRemoved) {
        QJsonObject members = personObject(person);
        members.insert("removed"_L1, wasRemoved);
        m_output.tell(u"personLeft"_s, members);
    });
    m_session.workspace()->session().on<protocol::ParticipantChanged>(this, [this](const protocol::ParticipantChanged &changed) {
        m_output.tell(u"personChanged"_s, personObject({.participant = changed.participant}));
    });
}

void JoinCommand::watch(OpenFile &file)
{
    SharedDocument *document = file.document;
    connect(document, &SharedDocument::stateChanged, this, [this, document] { documentChanged(document); });
    connect(document, &SharedDocument::changed, this, [this, document](const client::TextEdits &edits, SharedDocument::Source source) {
        QJsonObject members{{"edits"_L1, editsArray(edits)},
                            {"source"_L1, source == SharedDocument::Source::Undo ? u"undo"_s : u"remote"_s}};
        insertPath(members, document->path());
        m_output.tell(u"edited"_s, members);
    });
    connect(document, &SharedDocument::reloaded, this, [this, document] {
        const OpenFile *known = fileOf(document);
        if (!known || !known->isAnswered)
            return;
        QJsonObject members{{"text"_L1, document->text()}};
        insertPath(members, document->path());
        m_output.tell(u"reloaded"_s, members);
    });
    connect(document, &SharedDocument::acknowledgedCountChanged, this, [this, document] { acknowledged(document); });
    connect(document, &SharedDocument::unacknowledgedChanged, this, [this](bool any) {
        if (!any)
            leaveWhenSent();
    });
    connect(document, &SharedDocument::editRefused, this, [this, document](const base::Error &error, const QString &lost) {
        QJsonObject members = errorObject(error);
        insertPath(members, document->path());
        if (!lost.isEmpty())
            members.insert("lost"_L1, lost);
        m_output.tell(u"editRefused"_s, members);
    });
    connect(document, &SharedDocument::infoChanged, this, [this, document] {
        const OpenFile *known = fileOf(document);
        if (known && known->isAnswered)
            m_output.tell(u"info"_s, infoObject(document->info()));
    });
    connect(document, &SharedDocument::writableChanged, this, [this, document](bool writable) {
        const OpenFile *known = fileOf(document);
        if (!known || !known->isAnswered)
            return;
        QJsonObject members{{"writable"_L1, writable}};
        insertPath(members, document->path());
        m_output.tell(u"writable"_s, members);
    });
    connect(document, &SharedDocument::remoteCaretsChanged, this, [this] {
        if (!m_caretTimer.isActive())
            m_caretTimer.start();
    });
}

//! Answers the command that opened it, once it is known how that went.
void JoinCommand::documentChanged(SharedDocument *document)
{
    OpenFile *file = fileOf(document);
    const SharedDocument::State state = document->state();
    if (!file || file->isAnswered || state == SharedDocument::State::Opening || state == SharedDocument::State::Ended)
        return;
    file->isAnswered = true;
    --m_opening;
    if (state == SharedDocument::State::Failed) {
        fail(file->openId, document->error());
        document->disconnect(this);
        // Not from inside its own signal.
        QMetaObject::invokeMethod(this, [this, document] { m_session.workspace()->release(document); }, Qt::QueuedConnection);
        std::erase_if(m_files, [file](const auto &other) { return other.get() == file; });
        updatePause();
        return;
    }
    QJsonObject members = infoObject(document->info());
    members.insert("kind"_L1, joinKindName(document->kind()));
    members.insert("writable"_L1, document->isWritable());
    if (document->kind() == protocol::ContentKind::Text)
        members.insert("text"_L1, document->text());
    answer(u"opened"_s, file->openId, members);
    // Held commands go on when the document has finished becoming open.
    QMetaObject::invokeMethod(this, &JoinCommand::updatePause, Qt::QueuedConnection);
}

void JoinCommand::acknowledged(SharedDocument *document)
{
    OpenFile *file = fileOf(document);
    if (!file)
        return;
    const quint64 count = document->acknowledgedCount();
    QJsonObject members{{"edits"_L1, qint64(count)}};
    insertPath(members, document->path());
    bool isTold = false;
    while (!file->edits.empty() && file->edits.front().first <= count) {
        answer(u"acknowledged"_s, file->edits.front().second, members);
        file->edits.pop_front();
        isTold = true;
    }
    if (!isTold && count > file->toldCount)
        m_output.tell(u"acknowledged"_s, members);
    file->toldCount = count;
    updatePause();
}

void JoinCommand::tellCarets()
{
    for (const auto &file : m_files) {
        const QList<client::RemoteCaret> carets = file->document->remoteCarets();
        for (const client::RemoteCaret &caret : carets) {
            if (file->carets.contains(caret))
                continue;
            QJsonObject members{{"person"_L1, QString::fromStdString(caret.participant.toString())},
                                {"name"_L1, caret.name},
                                {"anchor"_L1, qint64(caret.anchor)},
                                {"head"_L1, qint64(caret.head)},
                                {"active"_L1, caret.isActive}};
            insertPath(members, file->document->path());
            m_output.tell(u"caret"_s, members);
        }
        file->carets = carets;
    }
}

void JoinCommand::over(const std::optional<protocol::SessionEnded> &ending, const std::optional<base::Error> &error)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_leaveTimer.stop();
    QJsonObject members{{"reason"_L1, u"left"_s}};
    ExitCode code = kDone;
    if (ending) {
        members = {{"reason"_L1, reasonName(ending->reason)}, {"by"_L1, ending->by}, {"at"_L1, timeText(ending->at)},
                   {"message"_L1, sentence(*ending)}};
        code = exitCodeFor(ending->reason);
    } else if (error) {
        members = errorObject(*error);
        members.insert("reason"_L1, m_isIn ? u"lost"_s : u"refused"_s);
        code = exitCodeFor(*error);
        say(sentence(*error));
    }
    m_output.tell(u"ended"_s, members);
    m_output.close();
    quitWhenFlushed(code);
}

} // namespace cli
