// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/roomfile.h"

#include "app/base/utf8.h"
#include "app/files/atomicsave.h"
#include "app/host/documentroom.h"
#include "app/host/environment.h"
#include "app/host/fileservice.h"
#include "app/host/limits.h"
#include "app/host/secrets.h"
#include "app/host/textchange.h"
#include "app/host/workspace.h"

#include <QLoggingCategory>

#include <algorithm>

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
    connect(&m_saveTimer, &QTimer::timeout, this, [this] {
        if (!isBusy()) // or the end of it sees to what is unsaved
            saveNow();
    });
}

base::Result<RoomFile::Content> RoomFile::readNow(Workspace &workspace, const files::RelativePath &path, qint64 maxBytes,
                                               const QByteArray &knownHash)
{
    const std::shared_ptr<const files::Root> root = workspace.files().root();
    auto file = root->read(path, maxBytes);
    if (!file)
        return file.unexpected();
    const auto writable = root->isFileWritable(path);
    Content content{file->info, {}, hashOf(file->content), writable && *writable};
    if (content.hash == knownHash)
        return content;
    auto decoded = files::decodeText(file->content);
    if (!decoded)
        return decoded.unexpected();
    // Half of Windows-1252 takes twice its bytes in a document.
    if (base::utf8Size(decoded->text) > protocol::kMaxTextFileBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "the text is too large to edit");
    content.decoded = std::move(*decoded);
    return content;
}

void RoomFile::read(std::function<void(base::Result<Content>)> handler)
{
    m_workspace.environment().background.run(
        [&workspace = m_workspace, path = m_room.path()] { return readNow(workspace, path, protocol::kMaxTextFileBytes, {}); }, this,
        std::move(handler));
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
    if (m_info.file != protocol::FileState::Present)
        return;
    if (m_info.save != protocol::SaveState::Failed)
        saveSoon();
    else if (!m_saveTimer.isActive()) // each key would put it off
        m_saveTimer.start(kSaveRetryDelay);
}

//! When nobody has typed for a moment. A busy room has no such moment, and programs that read the file would see none of
//! the work; a large file or a slow disk must not be written all the time.
void RoomFile::saveSoon()
{
    using std::chrono::milliseconds;
    const base::Instant now = m_workspace.environment().clock.now();
    if (!m_unsavedSince)
        m_unsavedSince = now;
    const milliseconds quiet = std::max<milliseconds>(kAutosaveDelay, 2 * m_saveTook);
    const milliseconds limit = std::max<milliseconds>(kAutosaveLimit, 10 * m_saveTook);
    const auto left = std::chrono::duration_cast<milliseconds>(*m_unsavedSince + limit - now);
    m_saveTimer.start(std::clamp(left, milliseconds(0), quiet));
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
    if (isBusy()) {
        m_saveNext = true;
        return;
    }
    m_saveNext = false;
    if (m_info.file == protocol::FileState::Deleted && !m_mayRecreate)
        return;
    if (m_info.save == protocol::SaveState::Saved && m_info.file == protocol::FileState::Present) {
        answer(&m_saveAnswers, {});
        return;
    }
    startSave();
}

void RoomFile::startSave()
{
    m_isSaving = true;
    m_changedMeanwhile = false;
    m_unsavedSince.reset();
    // Who asks while this text is on its way means the one that stands then.
    m_savingAnswers.swap(m_saveAnswers);
    m_saveStarted = m_workspace.environment().clock.now();
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
            std::ranges::move(std::exchange(m_savingAnswers, {}), std::back_inserter(m_saveAnswers));
            check();
            return;
        }
        qCWarning(roomFileLog) << "saving failed:" << base::name(error.code) << error.detail.c_str();
        info.save = protocol::SaveState::Failed;
        info.saveError = error.code;
        info.saveDetail = QString::fromStdString(error.detail).left(protocol::kMaxTextUnits);
        setInfo(info);
        answer(&m_savingAnswers, base::Unexpected(error));
        answer(&m_saveAnswers, base::Unexpected(error));
        m_saveNext = false;
        m_saveTimer.start(kSaveRetryDelay);
        return;
    }
    m_saveTook = std::chrono::duration_cast<std::chrono::milliseconds>(m_workspace.environment().clock.now() - m_saveStarted);
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
    answer(&m_savingAnswers, {});
    lookOn();
}

//! A save or a check is over.
void RoomFile::lookOn()
{
    if (m_checkAgain)
        check();
    else if (m_saveNext || !m_saveAnswers.empty())
        saveNow();
    else if (m_info.save != protocol::SaveState::Saved && m_info.file == protocol::FileState::Present && !m_saveTimer.isActive())
        saveSoon();
    announceIfSettled();
}

void RoomFile::answer(std::vector<Answer<protocol::DocumentSaved>> *answers, const base::Result<void> &result)
{
    for (const auto &answer : std::exchange(*answers, {})) {
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
    if (isBusy()) {
        m_checkAgain = true;
        return;
    }
    m_checkAgain = false;
    m_isChecking = true;
    // What we wrote ourselves may have grown beyond what can be opened; it is not looked at any further.
    // What another program lets grow is not read to the end each time.
    const qint64 most = std::max(protocol::kMaxTextFileBytes, m_fileInfo ? m_fileInfo->size : 0);
    m_workspace.environment().background.run(
        [&workspace = m_workspace, path = m_room.path(), most, hash = m_savedHash] { return readNow(workspace, path, most, hash); },
        this, [this](const base::Result<Content> &content) { checked(content); });
}

void RoomFile::checked(const base::Result<Content> &content)
{
    m_isChecking = false;
    if (content) {
        const bool isNews = content->hash != m_savedHash;
        if (isNews) {
            merge(*content);
            m_savedText = content->decoded.text;
            m_savedHash = content->hash;
        }
        // What we wrote ourselves may have no line end or no letter left by which its format could be told.
        adopt(*content, isNews ? content->decoded.format : m_format);
        protocol::DocumentInfo info = m_info;
        // Mostly this is the news of our own save, and the text need not be looked at.
        const bool isKnownClean = !isNews && info.save == protocol::SaveState::Saved;
        const bool isClean = !m_changedMeanwhile && (isKnownClean || m_room.text() == m_savedText);
        if (isClean)
            m_unsavedSince.reset();
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
        answer(&m_saveAnswers, content.unexpected());
        m_saveNext = false;
        return;
    }
    lookOn();
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
