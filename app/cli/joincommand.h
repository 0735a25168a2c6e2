// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/deliver.h"
#include "app/cli/lineinput.h"
#include "app/cli/linksession.h"
#include "app/cli/options.h"
#include "app/cli/output.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QTimer>

#include <deque>
#include <utility>

namespace cli {

//! `join`: a participant steered by JSON lines. Commands are done in order; one that opens a file holds the next ones back
//! until it is open, so that a script need not wait for answers.
class JoinCommand final : public QObject
{
    Q_OBJECT

public:
    explicit JoinCommand(const Options &options, QObject *parent = nullptr);

    void start();
    //! Ctrl-C.
    void interrupt();

private:
    // How many edits may wait for the host's disk before the input waits too.
    static constexpr quint64 kMaxWaitingEdits = 20'000;

    using Command = QJsonObject;

    struct OpenFile
    {
        client::SharedDocument *document = nullptr;
        QJsonValue openId;                                   //!< of the command that waits for the file
        bool isAnswered = false;
        std::deque<std::pair<quint64, QJsonValue>> edits;    //!< number and id of edits whose answer is due
        quint64 toldCount = 0;
        QList<client::RemoteCaret> carets;
    };

    void startSession(const QString &link);
    void readLine(const QByteArray &line);
    void run(const Command &command);
    void list(const Command &command);
    void openFile(const Command &command);
    void edit(const Command &command);
    void save(const Command &command);
    void caret(const Command &command);
    void closeFile(const Command &command);
    void text(const Command &command);
    void tellPeople(const Command &command);
    void leave(const QJsonValue &id);
    void leaveWhenSent();

    void entered();
    void watchPeople();
    void watch(OpenFile &file);
    void documentChanged(client::SharedDocument *document);
    void acknowledged(client::SharedDocument *document);
    void tellCarets();
    void tellPage(const QByteArray &path, const QJsonValue &id, const protocol::FolderListed &page, QJsonArray entries);
    void listPage(const QByteArray &path, const QJsonValue &id, const QJsonArray &soFar);
    void over(const std::optional<protocol::SessionEnded> &ending, const std::optional<base::Error> &error);
    void updatePause();

    //! The open file a command names; tells the error and returns null when there is none.
    OpenFile *fileOf(const Command &command);
    OpenFile *fileOf(const client::SharedDocument *document);
    void answer(const QString &event, const QJsonValue &id, QJsonObject members);
    void fail(const QJsonValue &id, const base::Error &error);

    Options m_options;
    Output m_output;
    LineInput m_input;
    LinkSession m_session;
    std::vector<std::unique_ptr<OpenFile>> m_files;
    QTimer m_caretTimer;
    QTimer m_leaveTimer;
    QJsonValue m_leaveId = QJsonValue::Undefined;
    bool m_hasLink = false;
    bool m_isIn = false;
    bool m_isLeaving = false;
    bool m_isOver = false;
    int m_opening = 0;
    int m_answersDue = 0;        //!< of list and save; leaving waits for them
};

} // namespace cli
