// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/files/fileinfo.h"
#include "app/files/textformat.h"
#include "app/host/answer.h"
#include "app/host/roomlog.h"
#include "app/protocol/documentmessages.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace host {

class DocumentRoom;
class Workspace;

//! The file under a document: reads it, writes the document's text into it, and brings other programs' changes back.
//!
//! Knows what was last in the file (text and hash), so that a difference can be told apart: what people typed since is
//! not yet saved, what the file has beyond it is somebody else's change and is merged, whichever came first.
class RoomFile final : public QObject
{
    Q_OBJECT

public:
    struct Content
    {
        files::FileInfo info;
        files::DecodedText decoded;
        QByteArray hash;             //!< SHA-256 of the bytes
        bool isWritable = true;
    };

    RoomFile(Workspace &workspace, DocumentRoom &room);

    //! Reads off the event loop, to open it. Errors: as Root::read(); NotText; TooLarge above kMaxTextFileBytes.
    void read(std::function<void(base::Result<Content>)> handler);
    //! The document stands; \a content is the file as read (or why there is none), \a replay what the log knew of it.
    void start(const base::Result<Content> &content, const LogReplay &replay);

    const protocol::DocumentInfo &info() const { return m_info; }
    const QString &savedText() const { return m_savedText; }
    const QByteArray &savedHash() const { return m_savedHash; }
    bool isSettled() const { return !m_isSaving && !m_isChecking && m_info.save == protocol::SaveState::Saved; }

    //! The file is being read or written.
    bool isBusy() const { return m_isSaving || m_isChecking; }
    //! People changed the document: saves it after kAutosaveDelay of quiet, and while they go on, every kAutosaveLimit.
    void textChanged();
    //! Saves as asked for by a person, also a file that was deleted.
    void save(const Answer<protocol::DocumentSaved> &answer);
    void saveNow();
    //! Another program may have changed the file.
    void check();
    //! The room has another path now.
    void moved();

Q_SIGNALS:
    void infoChanged();
    //! Text and file are the same, nothing is under way.
    void settled();

private:
    //! Blocks. Of a file with \a knownHash the text is not taken.
    static base::Result<Content> readNow(Workspace &workspace, const files::RelativePath &path, qint64 maxBytes,
                                         const QByteArray &knownHash);
    void startSave();
    void write(quint32 number, const QString &text, const files::EncodedText &encoded, const QByteArray &hash);
    void saved(quint32 number, const QString &text, const files::EncodedText &encoded, const QByteArray &hash,
               const base::Result<files::FileInfo> &result);
    void saveSoon();
    void lookOn();
    void answer(std::vector<Answer<protocol::DocumentSaved>> *answers, const base::Result<void> &result);
    void checked(const base::Result<Content> &content);
    void merge(const Content &content);
    void recordBaseline();
    void vanished();
    void adopt(const Content &content, const files::TextFormat &format);
    void setInfo(const protocol::DocumentInfo &info);
    void announceIfSettled();

    Workspace &m_workspace;
    DocumentRoom &m_room;
    QString m_savedText;
    QByteArray m_savedHash;
    std::optional<files::FileInfo> m_fileInfo;
    files::TextFormat m_format;
    protocol::DocumentInfo m_info;
    bool m_isSaving = false;
    bool m_isChecking = false;
    bool m_checkAgain = false;
    bool m_changedMeanwhile = false;
    bool m_mayRecreate = false;      //!< a person asked to write a file that is not there
    quint32 m_saveNumber = 0;
    bool m_saveNext = false;         //!< asked for while a save or a check was under way
    std::vector<Answer<protocol::DocumentSaved>> m_saveAnswers;
    std::vector<Answer<protocol::DocumentSaved>> m_savingAnswers;    //!< who waits for the save under way
    QTimer m_saveTimer;
    std::optional<base::Instant> m_unsavedSince;
    base::Instant m_saveStarted{};
    std::chrono::milliseconds m_saveTook{0};   //!< the last one, from the text to the end
};

} // namespace host
