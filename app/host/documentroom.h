// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crdt/document.h"
#include "app/files/relativepath.h"
#include "app/host/answer.h"
#include "app/host/documentsize.h"
#include "app/host/limits.h"
#include "app/host/releasequeue.h"
#include "app/host/roomfile.h"
#include "app/host/roomlog.h"
#include "app/protocol/documentmessages.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace host {

class Workspace;

//! One open text file: the document everybody in it edits, its log and its file.
//!
//! Text lives in three places that are brought together here: the document (the truth), the log (every edit, on disk
//! before it is acknowledged) and the file (RoomFile: written from the document, watched for other programs' changes).
class DocumentRoom final : public QObject
{
    Q_OBJECT

public:
    enum class State { Loading, Ready, Failed };

    DocumentRoom(Workspace &workspace, const files::RelativePath &path, const base::DocumentId &id);
    ~DocumentRoom() override;

    const base::DocumentId &id() const { return m_id; }
    const files::RelativePath &path() const { return m_path; }
    State state() const { return m_state; }
    bool isEmpty() const { return m_visitors.empty() && m_waiting.empty(); }
    //! Everything is in the file, so that the room may be closed.
    bool isSettled() const;
    //! Since when nobody is here.
    base::Instant emptySince() const { return m_emptySince; }

    //! Answers when the document is loaded.
    void enter(Connection &caller, const protocol::OpenDocument &request, const Answer<protocol::DocumentOpened> &answer);
    bool contains(const Connection &caller) const;
    void leave(const Connection &caller);
    //! \a caller is in the room. Answers when the edit is on disk.
    void update(Connection &caller, const protocol::UpdateDocument &request, const Answer<protocol::DocumentUpdated> &answer);
    void save(const Answer<protocol::DocumentSaved> &answer);
    //! The file was moved by us.
    void moveTo(const files::RelativePath &path);
    //! The file may have been changed by another program.
    void checkFile();
    //! Writes what is unsaved now; settled() follows.
    void settle();

    // For RoomFile
    QString text() const;
    RoomLog &log() { return m_log; }
    //! Applies another program's change and tells everybody.
    void applyFileChange(std::span<const crdt::TextDelta> change);

Q_SIGNALS:
    //! Could not be opened: everybody waiting has been answered, the room is of no use.
    void failed();
    //! Nobody is here any more.
    void emptied();
    void settled();

private:
    struct Visitor
    {
        QPointer<Connection> connection;
        //! Set while the connection is behind: the state it had when we stopped sending.
        std::optional<base::Bytes> lacksSince;
        bool isCatchingUp = false;      //!< what it lacks is in m_shown
    };
    struct Waiting
    {
        QPointer<Connection> caller;
        protocol::OpenDocument request;
        Answer<protocol::DocumentOpened> answer;
    };

    void load();
    void loadLog(base::Result<RoomFile::Content> content);
    void build(const base::Result<RoomFile::Content> &content, const LogReplay &replay);
    void fail(const base::Error &error, protocol::ContentKind kind = protocol::ContentKind::Text);
    void admit(Connection &caller, const protocol::OpenDocument &request, const Answer<protocol::DocumentOpened> &answer);
    void answerOpened(Connection &caller, const protocol::OpenDocument &request,
                      const Answer<protocol::DocumentOpened> &answer);
    Visitor *visitorOf(const Connection &caller);
    //! Returns by how much it may make the document larger.
    base::Result<qsizetype> checkUpdate(const Connection &caller, base::ByteView update);
    //! Everything, as whoever opens it gets it.
    base::Bytes encoded();
    qsizetype length() const;
    //! What the document emitted since the last call.
    QByteArray takeEmitted();
    void relay(const QByteArray &update, const Connection *from, const base::ParticipantId &by, const base::Bytes &stateBefore);
    void catchUp(Connection &caller);
    //! \a stored is called when a later try has brought it to disk.
    void logFailed(const base::Error &error, std::function<void()> stored);
    void admitWaiting();
    void repairLog();
    QByteArray snapshot();
    void compactIfLong();
    QByteArray newEpoch() const;

    Workspace &m_workspace;
    files::RelativePath m_path;
    base::DocumentId m_id;
    State m_state = State::Loading;
    std::vector<Waiting> m_waiting;
    std::vector<Visitor> m_visitors;
    base::Instant m_emptySince{};
    crdt::Document m_document;
    DocumentSize m_size{protocol::kMaxDocumentBytes, kRemeasureBytes};
    QByteArray m_emitted;
    RoomLog m_log;
    RoomFile m_file;
    ReleaseQueue m_shown;
    std::vector<std::function<void()>> m_unstored;  //!< what waits for edits that the disk did not take
    QTimer m_repairTimer;
    bool m_isRepairing = false;
    bool m_isCompacting = false;
};

} // namespace host
