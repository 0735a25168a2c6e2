// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/roomfile.h"

#include "app/files/atomicsave.h"
#include "app/host/documentroom.h"
#include "app/host/environment.h"
#include "app/host/fileservice.h"
#include "app/host/limits.h"
#include "app/host/secrets.h"
#include "app/host/textchange.h"
#include "app/host/workspace.h"

#include <QLoggingCategory>

namespace host {

namespace {

Q_LOGGING_CATEGORY(roomFileLog, "app.host.rooms", QtInfoMsg)

protocol::LineEnding wireForm(files::LineEnding ending)
{
    switch (ending) {
    case files::LineEnding::Lf: return protocol::LineEnding::Lf;
    case files::LineEnding::CrLf: return protocol::LineEnding::CrLf;
    case files::LineEnding::Cr: return protocol::LineEnding::Cr;
    case files::LineEnding::Mixed: return protocol::LineEnding::Mixed;
    }
    return protocol::LineEnding::Lf;
}

} // namespace

RoomFile::RoomFile(Workspace &workspace, DocumentRoom &room) : m_workspace(workspace), m_room(room)
{
    m_saveTimer.setSingleShot(true);
    connect(&m_saveTimer, &QTimer::timeout, this, &RoomFile::saveNow);
}

base::Result<RoomFile::Content> RoomFile::readNow(Workspace &workspace, const files::RelativePath &path)
{
    const std::shared_ptr<const files::Root> root = workspace.files().root();
    auto file = root->read(path, protocol::kMaxTextFileBytes);
    if (!file)
        return file.unexpected();
    auto decoded = files::decodeText(file->content);
    if (!decoded)
        return decoded.unexpected();
    const auto writable = root->isFileWritable(path);
    return Content{file->info, std::move(*decoded), hashOf(file->content), writable && *writable};
}

void RoomFile::read(std::function<void(base::Result<Content>)> handler)
{
    m_workspace.environment().background.run(
        [&workspace = m_workspace, path = m_room.path()] { return readNow(workspace, path); }, this, std::move(handler));
}

void RoomFile::start(const base::Result<Content> &content, const LogReplay &replay)
{
    m_info.path = m_room.path().bytes();
    m_saveNumber = replay.lastSave;
    if (!content) {
        m_savedText = replay.savedText;
        m_savedHash = replay.savedHash;
        m_info.file = protocol::FileState::Deleted;
        m_info.save = protocol::SaveState::Unsaved;
        return;
    }
    if (replay.isFresh) {
        m_savedText = content->decoded.text;
        adopt(*content, content->decoded.format);
        return;
    }
    m_savedText = replay.savedText;
    m_savedHash = replay.savedHash;
    adopt(*content, content->decoded.format);
    const bool isNews = content->hash != replay.savedHash;
    if (isNews)
        merge(*content);
    m_savedText = content->decoded.text;
    m_savedHash = content->hash;
    if (isNews)
        recordBaseline();
    if (m_room.text() != m_savedText)
        textChanged();
}

void RoomFile::adopt(const Content &content, const files::TextFormat &format)
{
    m_fileInfo = content.info;
    m_format = format;
    protocol::DocumentInfo info = m_info;
    info.file = protocol::FileState::Present;
    info.encoding = files::encodingName(m_format.encoding);
    info.lineEnding = wireForm(m_format.lineEnding);
    info.isReadOnly = !content.isWritable;
    info.size = content.info.size;
    info.savedAt = content.info.modified();
    if (m_savedHash.isEmpty())
        m_savedHash = content.hash;
    setInfo(info);
}

void RoomFile::setInfo(const protocol::DocumentInfo &info)
{
    if (info == m_info)
        return;
    m_info = info;
    Q_EMIT infoChanged();
}

// ---- Writing

void RoomFile::textChanged()
{
    m_changedMeanwhile = true;
    if (m_info.save == protocol::SaveState::Saved) {
        protocol::DocumentInfo info = m_info;
        info.save = protocol::SaveState::Unsaved;
        setInfo(info);
    }
    if (m_info.file == protocol::FileState::Present)
        m_saveTimer.start(m_info.save == protocol::SaveState::Failed ? kSaveRetryDelay : kAutosaveDelay);
}

void RoomFile::save(const Answer<protocol::DocumentSaved> &answer)
{
    m_saveAnswers.push_back(answer);
    m_mayRecreate = true;
    saveNow();
}

void RoomFile::saveNow()
{
    m_saveTimer.stop();
    if (m_isSaving || m_isChecking)
        return; // the end of it looks whether more is to be saved
    if (m_info.file == protocol::FileState::Deleted && !m_mayRecreate)
        return;
    if (m_info.save == protocol::SaveState::Saved && m_info.file == protocol::FileState::Present) {
        answerSaves({});
        return;
    }
    startSave();
}

void RoomFile::startSave()
{
    m_isSaving = true;
    m_changedMeanwhile = false;
    const quint32 number = ++m_saveNumber;
    const QString text = m_room.text();
    m_room.log().appendBegin(number, this);
    struct Encoded
    {
        files::EncodedText text;
        QByteArray hash;
    };
    m_workspace.environment().background.run(
        [text, format = m_format] {
            Encoded encoded{files::encodeText(text, format), {}};
            encoded.hash = hashOf(encoded.text.bytes);
            return encoded;
        },
        this, [this, number, text](const Encoded &encoded) {
            // The file is touched only once the log knows what will be in it; see RoomLog.
            m_room.log().appendIntent(number, encoded.hash, this,
                                      [this, number, text, encoded](const base::Result<void> &written) {
                                          if (written)
                                              write(number, text, encoded.text, encoded.hash);
                                          else
                                              saved(number, text, encoded.text, encoded.hash, written.unexpected());
                                      });
        });
}

void RoomFile::write(quint32 number, const QString &text, const files::EncodedText &encoded, const QByteArray &hash)
{
    files::SaveRequest request;
    request.path = m_room.path();
    request.content = encoded.bytes;
    if (m_info.file == protocol::FileState::Present)
        request.expected = m_fileInfo;
    request.writer = files::Writer::Owner; // the room was entered with rights; the document is the host's to write
    m_workspace.environment().background.run(
        [root = m_workspace.files().root(), request, &random = m_workspace.environment().random]() -> base::Result<files::FileInfo> {
            const auto done = files::saveFile(*root, request, random);
            if (!done)
                return done.unexpected();
            return done->info;
        },
        this, [this, number, text, encoded, hash](const base::Result<files::FileInfo> &result) {
            saved(number, text, encoded, hash, result);
        });
}

void RoomFile::saved(quint32 number, const QString &text, const files::EncodedText &encoded, const QByteArray &hash,
                     const base::Result<files::FileInfo> &result)
{
    m_isSaving = false;
    protocol::DocumentInfo info = m_info;
    if (!result) {
        const base::Error error = result.error();
        if (error.code == base::ErrorCode::Conflict || error.code == base::ErrorCode::NotFound) {
            // Another program was there first: take its change in, then save again.
            m_changedMeanwhile = true;
            check();
            return;
        }
        qCWarning(roomFileLog) << "saving failed:" << base::name(error.code) << error.detail.c_str();
        info.save = protocol::SaveState::Failed;
        info.saveError = error.code;
        info.saveDetail = QString::fromStdString(error.detail).left(protocol::kMaxTextUnits);
        setInfo(info);
        answerSaves(base::Unexpected(error));
        m_saveTimer.start(kSaveRetryDelay);
        return;
    }
    m_room.log().appendDone(number, this);
    m_fileInfo = *result;
    m_savedText = text;
    m_savedHash = hash;
    m_format = encoded.format;
    m_mayRecreate = false;
    info.file = protocol::FileState::Present;
    info.encoding = files::encodingName(m_format.encoding);
    info.savedAt = m_workspace.environment().clock.wallTime();
    info.size = result->size;
    info.save = m_changedMeanwhile ? protocol::SaveState::Unsaved : protocol::SaveState::Saved;
    info.saveDetail.clear();
    setInfo(info);
    answerSaves({});
    if (m_checkAgain)
        check();
    else if (m_changedMeanwhile)
        m_saveTimer.start(kAutosaveDelay);
    announceIfSettled();
}

void RoomFile::answerSaves(const base::Result<void> &result)
{
    for (const auto &answer : std::exchange(m_saveAnswers, {})) {
        if (result)
            answer(protocol::DocumentSaved{.savedAt = m_info.savedAt});
        else
            answer(result.unexpected());
    }
}

void RoomFile::announceIfSettled()
{
    if (isSettled())
        Q_EMIT settled();
}

// ---- Other programs

void RoomFile::moved()
{
    protocol::DocumentInfo info = m_info;
    info.path = m_room.path().bytes();
    setInfo(info);
}

void RoomFile::check()
{
    if (m_isSaving || m_isChecking) {
        m_checkAgain = true;
        return;
    }
    m_checkAgain = false;
    m_isChecking = true;
    read([this](const base::Result<Content> &content) { checked(content); });
}

void RoomFile::checked(const base::Result<Content> &content)
{
    m_isChecking = false;
    if (content) {
        const bool isNews = content->hash != m_savedHash;
        if (isNews)
            merge(*content);
        m_savedText = content->decoded.text;
        m_savedHash = content->hash;
        // What we wrote ourselves may have no line end or no letter left by which its format could be told.
        adopt(*content, isNews ? content->decoded.format : m_format);
        protocol::DocumentInfo info = m_info;
        const bool isClean = !m_changedMeanwhile && m_room.text() == m_savedText;
        info.save = isClean ? protocol::SaveState::Saved : protocol::SaveState::Unsaved;
        setInfo(info);
        if (isNews)
            recordBaseline();
    } else if (content.error().code == base::ErrorCode::NotFound) {
        vanished();
    } else {
        // No longer text, too large, unreadable: the document is kept, and the file is left to whoever wrote it.
        protocol::DocumentInfo info = m_info;
        info.save = protocol::SaveState::Failed;
        info.saveError = content.error().code;
        info.saveDetail = QString::fromStdString(content.error().detail).left(protocol::kMaxTextUnits);
        setInfo(info);
        answerSaves(content.unexpected());
        return;
    }
    if (m_checkAgain)
        check();
    else if (m_info.save != protocol::SaveState::Saved || !m_saveAnswers.empty())
        saveNow();
    announceIfSettled();
}

void RoomFile::merge(const Content &content)
{
    // Both changes start from what was last in the file. Ours are in the document already; theirs are carried over it.
    const TextChange theirs = changeBetween(m_savedText, content.decoded.text);
    const TextChange ours = changeBetween(m_savedText, m_room.text());
    const TextChange carried = rebase(theirs, ours);
    if (!carried.empty())
        m_room.applyFileChange(carried);
}

void RoomFile::recordBaseline()
{
    // The next start must know that this text is in the file, or it would take the difference for an edit of ours.
    const quint32 number = ++m_saveNumber;
    if (m_room.text() != m_savedText)
        return; // the save that follows records it
    m_room.log().appendBegin(number, this);
    m_room.log().appendIntent(number, m_savedHash, this, [this, number](const base::Result<void> &written) {
        if (written)
            m_room.log().appendDone(number, this);
    });
}

void RoomFile::vanished()
{
    m_fileInfo.reset();
    m_saveTimer.stop();
    protocol::DocumentInfo info = m_info;
    info.file = protocol::FileState::Deleted;
    info.save = protocol::SaveState::Unsaved;
    setInfo(info);
}

} // namespace host
