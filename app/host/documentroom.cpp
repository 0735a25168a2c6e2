// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/documentroom.h"

#include "app/crdt/update.h"
#include "app/host/environment.h"
#include "app/host/limits.h"
#include "app/host/members.h"
#include "app/host/textchange.h"
#include "app/host/workspace.h"
#include "app/store/statedirectory.h"

#include <QLoggingCategory>

#include <algorithm>

namespace host {

namespace {

Q_LOGGING_CATEGORY(roomLog, "app.host.rooms", QtInfoMsg)

base::ByteView bytesOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())};
}

QByteArray toByteArray(const base::Bytes &bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
}

std::u16string_view unitsOf(const QString &text)
{
    return {reinterpret_cast<const char16_t *>(text.utf16()), std::size_t(text.size())};
}

//! By which the whole document becomes larger, at most.
qsizetype growthBy(const crdt::UpdateSummary &update)
{
    return qsizetype(update.bytes) + qsizetype(update.structCount) * protocol::kGrowthPerStruct
        + qsizetype(update.deleteRangeCount) * protocol::kGrowthPerDelete;
}

} // namespace

DocumentRoom::DocumentRoom(Workspace &workspace, const files::RelativePath &path, const base::DocumentId &id)
    : m_workspace(workspace), m_path(path), m_id(id), m_document({.random = &workspace.environment().random}),
      m_log(workspace.environment().logs), m_file(workspace, *this)
{
    m_emptySince = workspace.environment().clock.now();
    m_repairTimer.setSingleShot(true);
    connect(&m_repairTimer, &QTimer::timeout, this, &DocumentRoom::repairLog);
    connect(&m_file, &RoomFile::infoChanged, this, [this] {
        const QByteArray frame = protocol::encode(protocol::DocumentInfoChanged{.document = m_id, .info = m_file.info()});
        for (const Visitor &visitor : m_visitors) {
            if (visitor.connection)
                visitor.connection->sendFrame(frame);
        }
    });
    connect(&m_file, &RoomFile::settled, this, [this] {
        compactIfLong();
        Q_EMIT settled();
    });
    load();
}

DocumentRoom::~DocumentRoom()
{
    m_log.close();
}

// ---- Opening

void DocumentRoom::load()
{
    m_file.read([this](base::Result<RoomFile::Content> content) { loadLog(std::move(content)); });
}

void DocumentRoom::loadLog(base::Result<RoomFile::Content> content)
{
    Environment &environment = m_workspace.environment();
    // A file that is gone may have left edits that were never saved; everything else that cannot be read has no document.
    if (!content && content.error().code != base::ErrorCode::NotFound) {
        const auto code = content.error().code;
        const auto kind = code == base::ErrorCode::NotText ? protocol::ContentKind::Binary
            : code == base::ErrorCode::TooLarge            ? protocol::ContentKind::Large
                                                           : protocol::ContentKind::Text;
        fail(content.error(), kind);
        return;
    }
    const auto folder = environment.state.logFolder(m_workspace.id());
    if (!folder) {
        fail(folder.error());
        return;
    }
    const QByteArray hash = content ? content->hash : QByteArray();
    m_log.open(*folder, store::logName(m_path), newEpoch(), hash, m_document, this,
               [this, content = std::move(content)](base::Result<LogReplay> replay) {
                   if (replay)
                       build(content, *replay);
                   else
                       fail(replay.error());
               });
}

QByteArray DocumentRoom::newEpoch() const
{
    QByteArray epoch(store::kEpochBytes, Qt::Uninitialized);
    m_workspace.environment().random.fill({reinterpret_cast<std::uint8_t *>(epoch.data()), std::size_t(epoch.size())});
    return epoch;
}

void DocumentRoom::build(const base::Result<RoomFile::Content> &content, const LogReplay &replay)
{
    if (replay.isDamaged)
        qCCritical(roomLog) << "the log of a document was damaged; what could be read was kept";
    if (!content && replay.isFresh) {
        m_log.discard(this);
        fail(content.error());
        return;
    }
    if (replay.isFresh) {
        if (!content->decoded.text.isEmpty()) {
            const auto inserted = m_document.text(protocol::kTextRoot).insert(0, unitsOf(content->decoded.text));
            if (!inserted) {
                fail(inserted.error(), protocol::ContentKind::Binary);
                return;
            }
        }
        // Shown once it is on disk: whoever worked on without a host that was killed before would come back to another life of
        // the document, where edits are fitted in by their text. Under a new name of its life all the same, as it is shown even
        // if it cannot be logged: merging ids that are nowhere else with ours would double the text.
        const ReleaseQueue::Ticket shown = m_shown.hold([] {});
        m_log.restart(RoomLog::makeSnapshot(encoded(), std::nullopt, content->hash), newEpoch(), this,
                      [this, shown](const base::Result<void> &written) {
                          // From here on the log takes nothing: the first edit makes room for itself, see logFailed().
                          if (!written)
                              qCWarning(roomLog) << "a document's text could not be logged:" << written.error().detail.c_str();
                          m_shown.release(shown);
                      });
    }
    // From here on there is somebody to tell; what a file or a log brings in is not made into updates first.
    m_document.onUpdate([this](const crdt::Document::UpdateEvent &event) { m_emitted.append(toByteArray(event.update)); });
    m_state = State::Ready;
    m_file.start(content, replay);
    admitWaiting();
    if (isEmpty())
        Q_EMIT emptied();
}

void DocumentRoom::fail(const base::Error &error, protocol::ContentKind kind)
{
    m_state = State::Failed;
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        if (kind == protocol::ContentKind::Text) {
            waiting.answer(base::Unexpected(error));
            continue;
        }
        protocol::DocumentOpened opened;
        opened.kind = kind;
        opened.info.path = m_path.bytes();
        waiting.answer(opened);
    }
    Q_EMIT failed();
}

void DocumentRoom::enter(Connection &caller, const protocol::OpenDocument &request,
                         const Answer<protocol::DocumentOpened> &answer)
{
    if (m_state == State::Loading)
        m_waiting.push_back({&caller, request, answer});
    else if (m_state == State::Ready)
        admit(caller, request, answer);
    else
        answer(base::Unexpected(base::ErrorCode::NotFound, "the document could not be opened"));
}

void DocumentRoom::admit(Connection &caller, const protocol::OpenDocument &request,
                         const Answer<protocol::DocumentOpened> &answer)
{
    // A whole document is the largest thing there is to send; somebody who does not read gets it when the rest is gone.
    caller.whenReading([this, self = QPointer<DocumentRoom>(this), guest = QPointer<Connection>(&caller), request, answer] {
        if (self && guest)
            answerOpened(*guest, request, answer);
    });
}

void DocumentRoom::answerOpened(Connection &caller, const protocol::OpenDocument &request,
                                const Answer<protocol::DocumentOpened> &answer)
{
    protocol::DocumentOpened opened;
    opened.document = m_id;
    opened.kind = protocol::ContentKind::Text;
    opened.epoch = m_log.epoch();
    const bool isSameLife = !request.knownState.isEmpty() && request.knownEpoch == m_log.epoch();
    if (isSameLife) {
        const auto missing = m_document.encodeStateAsUpdate(bytesOf(request.knownState));
        if (!missing) {
            answer(missing.unexpected());
            return;
        }
        opened.update = toByteArray(*missing);
    } else {
        opened.update = toByteArray(encoded());
    }
    if (opened.update.size() > protocol::kMaxDocumentBytes) {
        answer(base::Unexpected(base::ErrorCode::TooLarge, "the document's history is too large to send"));
        return;
    }
    // Or somebody could have any number of copies made while the disk is slow.
    const qint64 size = opened.update.size();
    caller.reserve(size);
    // What came since goes to this caller as an edit like any other, so it is here from the moment of its answer on.
    m_shown.after([this, guest = QPointer<Connection>(&caller), opened = std::move(opened), answer, size]() mutable {
        if (!guest || !guest->isCurrent())
            return;
        if (!contains(*guest)) {
            m_visitors.push_back({.connection = guest, .lacksSince = {}});
            connect(guest, &Connection::drained, this, [this, caller = guest.data()] { catchUp(*caller); });
            connect(guest, &Connection::closed, this, [this, caller = guest.data()] { leave(*caller); });
        }
        opened.info = m_file.info();
        answer(std::move(opened));
        guest->reserve(-size);
    });
}

DocumentRoom::Visitor *DocumentRoom::visitorOf(const Connection &caller)
{
    const auto found = std::ranges::find(m_visitors, &caller, [](const Visitor &one) { return one.connection.data(); });
    return found == m_visitors.end() ? nullptr : &*found;
}

bool DocumentRoom::contains(const Connection &caller) const
{
    return const_cast<DocumentRoom *>(this)->visitorOf(caller) != nullptr;
}

void DocumentRoom::leave(const Connection &caller)
{
    const auto gone = std::erase_if(m_visitors, [&](const Visitor &visitor) {
        return !visitor.connection || visitor.connection == &caller;
    });
    if (gone == 0)
        return;
    disconnect(&caller, nullptr, this, nullptr);
    if (m_visitors.empty()) {
        m_emptySince = m_workspace.environment().clock.now();
        compactIfLong();
        Q_EMIT emptied();
    }
}

bool DocumentRoom::isSettled() const
{
    return m_state != State::Loading && m_waiting.empty() && m_unstored.empty() && m_shown.isEmpty() && m_file.isSettled();
}

// ---- Editing

base::Result<qsizetype> DocumentRoom::checkUpdate(const Connection &caller, base::ByteView update)
{
    using base::ErrorCode;
    const auto summary = crdt::inspectUpdate(update);
    if (!summary)
        return summary.unexpected();
    if (m_file.info().isReadOnly)
        return base::Unexpected(ErrorCode::ReadOnly, "the file cannot be written");
    // A file is one text. Formats, values and nested types would cost far more memory than they take on the wire, for nothing.
    if (summary->otherThanText > 0 || std::ranges::any_of(summary->roots, [](const std::string &root) { return root != protocol::kTextRoot; }))
        return base::Unexpected(ErrorCode::Malformed, "something else than text");
    // Nobody writes under another's name: what is new must carry the id that this participant was given. The owner may
    // bring edits of an earlier connection, whose ids a restarted host does not remember.
    if (!caller.isOwner()) {
        const crdt::StateVector known = m_document.stateVector();
        for (const crdt::ClockRange &range : summary->structs) {
            if (range.client != caller.member()->person.client && range.to > known.of(range.client))
                return base::Unexpected(ErrorCode::Forbidden, "new content under somebody else's id");
        }
    }
    const qsizetype growth = growthBy(*summary);
    // What only deletes is the way back.
    const qsizetype reserve = summary->structs.empty() ? 0 : protocol::kDeleteReserveBytes;
    if (!summary->structs.empty() && length() + qsizetype(update.size()) > kMaxDocumentUnits)
        return base::Unexpected(ErrorCode::TooLarge, "the text is too long");
    if (!m_size.hasRoomFor(growth + reserve, [this] { return qsizetype(encoded().size()); }))
        return base::Unexpected(ErrorCode::TooLarge, "the document is too large");
    return growth;
}

base::Bytes DocumentRoom::encoded()
{
    base::Bytes bytes = m_document.encodeStateAsUpdate();
    m_size.measured(qsizetype(bytes.size()));
    return bytes;
}

QByteArray DocumentRoom::takeEmitted()
{
    return std::exchange(m_emitted, {});
}

void DocumentRoom::update(Connection &caller, const protocol::UpdateDocument &request,
                          const Answer<protocol::DocumentUpdated> &answer)
{
    const base::ByteView bytes = bytesOf(request.update);
    const base::Result<qsizetype> growth = checkUpdate(caller, bytes);
    if (!growth) {
        answer(growth.unexpected());
        return;
    }
    const base::Bytes before = m_document.encodeStateVector();
    const qsizetype lengthBefore = length();
    m_emitted.clear();
    if (const auto applied = m_document.applyUpdate(bytes); !applied) {
        answer(applied.unexpected());
        return;
    }
    m_size.changed(*growth, length() - lengthBefore);
    // What has to wait for something missing emits nothing yet, but must reach log and people all the same.
    QByteArray news = takeEmitted();
    const bool changed = !news.isEmpty();
    if (!changed)
        news = request.update;
    // And what was emitted lacks what waits: only the update itself has everything that is going to be acknowledged.
    const QByteArray toStore = m_document.hasPending() ? request.update : news;
    const bool isNews = changed || m_document.hasPending();
    const ReleaseQueue::Ticket shown = m_shown.hold([this, isNews, news, before, from = QPointer<Connection>(&caller),
                                                     by = caller.member()->person.id] {
        if (isNews)
            relay(news, from, by, before);
    });
    m_log.appendUpdate(toStore, this, [this, answer, shown](const base::Result<void> &written) {
        // Also when it could not be written: its sender keeps it until there is room again, and work goes on.
        m_shown.release(shown);
        const auto stored = [answer] { answer(protocol::DocumentUpdated{}); };
        if (written)
            stored();
        else
            logFailed(written.error(), stored);
    });
    if (changed)
        m_file.textChanged();
    compactIfLong();
}

void DocumentRoom::applyFileChange(std::span<const crdt::TextDelta> change)
{
    const base::Bytes before = m_document.encodeStateVector();
    const qsizetype lengthBefore = length();
    m_emitted.clear();
    m_document.transact({}, [&] {
        crdt::Text text = m_document.text(protocol::kTextRoot);
        std::size_t index = 0;
        for (const crdt::TextDelta &step : change) {
            base::Result<void> done;
            if (step.kind == crdt::TextDelta::Kind::Insert)
                done = text.insert(index, step.text);
            else if (step.kind == crdt::TextDelta::Kind::Delete)
                done = text.remove(index, step.length);
            if (!done)
                qCWarning(roomLog) << "a step of a file's change could not be applied:" << done.error().detail.c_str();
            if (step.kind != crdt::TextDelta::Kind::Delete)
                index += step.length;
        }
    });
    const QByteArray news = takeEmitted();
    if (news.isEmpty())
        return;
    m_size.changed(news.size(), length() - lengthBefore);
    // Also while the disk takes nothing: nobody keeps this one for us. After a crash we would find the same change in the
    // file once more, make it anew under other ids, and get the first one back from whoever had seen it.
    const ReleaseQueue::Ticket shown = m_shown.hold([this, news, before] { relay(news, nullptr, {}, before); });
    m_log.appendUpdate(news, this, [this, shown](const base::Result<void> &written) {
        const auto stored = [this, shown] { m_shown.release(shown); };
        if (written)
            stored();
        else
            logFailed(written.error(), stored);
    });
}

void DocumentRoom::admitWaiting()
{
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        if (waiting.caller)
            admit(*waiting.caller, waiting.request, waiting.answer);
    }
}

void DocumentRoom::relay(const QByteArray &update, const Connection *from, const base::ParticipantId &by,
                         const base::Bytes &stateBefore)
{
    const QByteArray frame = protocol::encode(protocol::DocumentEdited{.document = m_id, .update = update, .by = by});
    for (Visitor &visitor : m_visitors) {
        if (!visitor.connection || visitor.connection == from || visitor.lacksSince)
            continue;
        // A slow reader must not make the host hold history for it: we forget what it lacks and remember only where it
        // stopped, which costs one difference when it reads again.
        if (visitor.connection->isBehind())
            visitor.lacksSince = stateBefore;
        else
            visitor.connection->sendFrame(frame);
    }
}

void DocumentRoom::catchUp(Connection &caller)
{
    Visitor *visitor = visitorOf(caller);
    if (!visitor || !visitor->lacksSince || caller.isBehind() || std::exchange(visitor->isCatchingUp, true))
        return;
    const auto missing = m_document.encodeStateAsUpdate(*visitor->lacksSince);
    const qint64 size = missing ? qint64(missing->size()) : 0;
    caller.reserve(size);
    m_shown.after([this, missing, size, guest = QPointer<Connection>(&caller)] {
        if (!guest)
            return;
        if (Visitor *waiting = visitorOf(*guest)) {
            waiting->lacksSince.reset();
            waiting->isCatchingUp = false;
            if (missing)
                guest->send(protocol::DocumentEdited{.document = m_id, .update = toByteArray(*missing)});
        }
        guest->reserve(-size);
    });
}

void DocumentRoom::logFailed(const base::Error &error, std::function<void()> stored)
{
    // The edit is in the document and with the others, only not on disk: its sender is kept waiting, not refused, until
    // there is room again. What the failed log holds says nothing any more, so a new one is written with everything.
    if (m_unstored.empty())
        qCCritical(roomLog) << "edits cannot be stored:" << base::name(error.code) << error.detail.c_str();
    m_unstored.push_back(std::move(stored));
    if (!m_repairTimer.isActive() && !m_isRepairing)
        m_repairTimer.start(kSaveRetryDelay);
}

void DocumentRoom::repairLog()
{
    // A save in the middle would lose its records, and with them the knowledge that what is in the file is ours.
    if (m_file.isBusy()) {
        m_repairTimer.start(kSaveRetryDelay);
        return;
    }
    m_isRepairing = true;
    const std::size_t covered = m_unstored.size();
    m_log.restart(snapshot(), m_log.epoch(), this, [this, covered](const base::Result<void> &repaired) {
        m_isRepairing = false;
        if (repaired) {
            const std::vector<std::function<void()>> covering(m_unstored.begin(), m_unstored.begin() + std::ptrdiff_t(covered));
            m_unstored.erase(m_unstored.begin(), m_unstored.begin() + std::ptrdiff_t(covered));
            for (const auto &stored : covering)
                stored();
            qCInfo(roomLog) << "edits are stored again";
        }
        if (!m_unstored.empty())
            m_repairTimer.start(kSaveRetryDelay);
    });
}

// ---- File and log

void DocumentRoom::save(const Answer<protocol::DocumentSaved> &answer)
{
    if (m_state == State::Ready)
        m_file.save(answer);
    else
        answer(base::Unexpected(base::ErrorCode::NotFound, "the document is not open"));
}

void DocumentRoom::checkFile()
{
    if (m_state == State::Ready)
        m_file.check();
}

void DocumentRoom::settle()
{
    if (m_state == State::Ready)
        m_file.saveNow();
}

void DocumentRoom::moveTo(const files::RelativePath &path)
{
    m_path = path;
    if (m_state != State::Ready)
        return;
    m_file.moved();
    const auto folder = m_workspace.environment().state.logFolder(m_workspace.id());
    if (!folder)
        return;
    m_log.moveTo(*folder, store::logName(path), [this] { return snapshot(); }, this, [](const base::Result<void> &moved) {
        if (!moved)
            qCWarning(roomLog) << "a log could not follow its file:" << moved.error().detail.c_str();
    });
}

QString DocumentRoom::text() const
{
    return QString::fromStdU16String(const_cast<crdt::Document &>(m_document).text(protocol::kTextRoot).toString());
}

qsizetype DocumentRoom::length() const
{
    return qsizetype(const_cast<crdt::Document &>(m_document).text(protocol::kTextRoot).length());
}

QByteArray DocumentRoom::snapshot()
{
    const std::optional<QString> saved = m_file.isSettled() ? std::nullopt : std::optional(m_file.savedText());
    return RoomLog::makeSnapshot(encoded(), saved, m_file.savedHash());
}

void DocumentRoom::compactIfLong()
{
    // Not in the middle of a save: its records belong together.
    if (m_isCompacting || m_file.isBusy() || !m_unstored.empty())
        return;
    // The next one to come shall wait for no history either.
    if (!m_log.isLong(isEmpty() ? kIdleLogCompactBytes : kLogCompactBytes))
        return;
    m_isCompacting = true;
    m_log.compact(snapshot(), this, [this](const base::Result<void> &compacted) {
        m_isCompacting = false;
        if (!compacted)
            qCWarning(roomLog) << "a log could not be compacted:" << compacted.error().detail.c_str();
    });
}

} // namespace host
