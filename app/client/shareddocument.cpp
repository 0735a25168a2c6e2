// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/shareddocument.h"

#include "app/base/deliver.h"
#include "app/client/peopleprivate.h"
#include "app/client/shareddocumentprivate.h"
#include "app/client/workspaceprivate.h"

#include <QLoggingCategory>
#include <QPromise>

#include <utility>

Q_LOGGING_CATEGORY(lcDocument, "app.client.document", QtInfoMsg)

namespace client {

using base::ErrorCode;
using namespace std::chrono_literals;

namespace {

constexpr auto kRetryAfter = 5s;      //!< a full disk is not emptied sooner
constexpr auto kGapPatience = 2s;     //!< how long an edit may wait for one before it
constexpr auto kReopenAfter = 1s;

//! Trying the same edit again later may work.
bool isPassing(ErrorCode code)
{
    return code == ErrorCode::DiskFull || code == ErrorCode::InputOutput || code == ErrorCode::TooMany || code == ErrorCode::Timeout
        || code == ErrorCode::Internal || code == ErrorCode::Unavailable || code == ErrorCode::PermissionDenied;
}

bool waitsForPermission(ErrorCode code)
{
    return code == ErrorCode::Forbidden || code == ErrorCode::ReadOnly;
}

} // namespace

SharedDocument::Private::Private(SharedDocument &document, Workspace &owningWorkspace, const QByteArray &path)
    : q(document), workspace(owningWorkspace)
{
    info.path = path;
    const auto prepare = [this](QTimer &timer, std::chrono::milliseconds after, auto handler) {
        timer.setSingleShot(true);
        timer.setInterval(after);
        connect(&timer, &QTimer::timeout, this, handler);
    };
    prepare(m_retryTimer, kRetryAfter, &Private::pump);
    prepare(m_gapTimer, kGapPatience, &Private::checkGap);
    prepare(m_reopenTimer, kReopenAfter, &Private::open);
    prepare(m_caretTimer, 0ms, [this] { Q_EMIT q.remoteCaretsChanged(); });
    connect(&workspace.session(), &Session::drained, this, &Private::pump);
}

void SharedDocument::Private::open()
{
    if (m_isAsking || state == State::Ended || workspace.session().state() != Session::State::Open)
        return;
    m_isAsking = true;
    protocol::OpenDocument request{.path = info.path};
    if (replica && !m_wantsEverything) {
        request.knownState = replica->stateVector();
        request.knownEpoch = epoch;
    }
    if (request.knownState.size() > protocol::kMaxStateVectorBytes)
        request.knownState.clear();
    workspace.session().ask(request, this, [this](const base::Result<protocol::DocumentOpened> &answer) { opened(answer); });
}

void SharedDocument::Private::openAgainIfFailed()
{
    if (state != State::Failed)
        return;
    setState(replica ? State::Offline : State::Opening);
    open();
}

void SharedDocument::Private::opened(const base::Result<protocol::DocumentOpened> &answer)
{
    m_isAsking = false;
    if (state == State::Ended)
        return;
    if (answer)
        adopt(*answer);
    else if (answer.error().code != ErrorCode::Disconnected)
        fail(answer.error());
    workspace.d->deleteIfDone(&q);
}

void SharedDocument::Private::adopt(const protocol::DocumentOpened &opened)
{
    m_isHeld = false;
    kind = opened.kind;
    infoChanged(opened.info);
    if (kind == protocol::ContentKind::Text) {
        const bool isSame = replica && !m_wantsEverything && opened.epoch == epoch;
        if (isSame && opened.document != id)
            workspace.d->presence.clearOwnCaret(id);
        id = opened.document;
        if (isSame)
            catchUp(opened);
        else
            startOver(opened);
        if (state == State::Failed)
            return;
    }
    setState(State::Open);
    updateWritable();
    caretsChanged();
    pump();
}

std::unique_ptr<Replica> SharedDocument::Private::makeReplica()
{
    Replica::Hooks hooks;
    hooks.send = [this](const QByteArray &update) { collect(update); };
    hooks.changed = [this](const TextEdits &edits, bool isUndo) {
        // What a fresh replica is filled with is told as one reloaded().
        if (m_isFilling)
            return;
        Q_EMIT q.changed(edits, isUndo ? Source::Undo : Source::Remote);
        caretsChanged();
    };
    hooks.caretsRestored = [this](const TextCarets &carets) { Q_EMIT q.caretsRestored(carets); };
    hooks.undoChanged = [this] { Q_EMIT q.undoStateChanged(); };
    const quint32 client = workspace.session().joined()->you.client;
    return std::make_unique<Replica>(client, workspace.clock(), std::move(hooks));
}

//! The same life of the document: merge what we missed, then send again what the host may have missed.
void SharedDocument::Private::catchUp(const protocol::DocumentOpened &opened)
{
    if (!replica->applyRemote(opened.update)) {
        m_wantsEverything = true;
        setState(State::Offline);
        m_reopenTimer.start();
        return;
    }
    replica->setClient(workspace.session().joined()->you.client);
}

//! The first opening, or the host has lost the history we both wrote: its text counts, and what it never got of ours is
//! typed into it anew.
void SharedDocument::Private::startOver(const protocol::DocumentOpened &opened)
{
    std::unique_ptr<Replica> fresh = makeReplica();
    m_isFilling = true;
    const auto applied = fresh->applyRemote(opened.update);
    m_isFilling = false;
    if (!applied)
        return fail(applied.error());
    TextEdits ours;
    QString lost;
    if (replica && m_finalRefusal)
        lost = replica->unacknowledgedText();
    else if (replica)
        ours = replica->rebasedOnto(fresh->text());
    replica = std::move(fresh);
    epoch = opened.epoch;
    m_wantsEverything = false;
    outbox.clear();
    workspace.d->presence.clearOwnCaret(id);
    if (!ours.isEmpty()) {
        qCInfo(lcDocument) << "host lost the history; edits applied anew:" << ours.size();
        ++editCount;
        (void)replica->edit(ours);
        replica->endUndoStep();
    }
    Q_EMIT q.reloaded();
    Q_EMIT q.undoStateChanged();
    giveBack(lost);
    m_finalRefusal.reset();
    m_hasGivenBack = false;
    outboxChanged();
}

void SharedDocument::Private::fail(const base::Error &reason)
{
    error = reason;
    setState(State::Failed);
    // Nobody sees the text now, so this is the time to hand over what was typed.
    if (m_finalRefusal && replica)
        giveBack(replica->unacknowledgedText());
}

//! Once for each final refusal.
void SharedDocument::Private::giveBack(const QString &lost)
{
    if (m_finalRefusal && !std::exchange(m_hasGivenBack, true))
        Q_EMIT q.editRefused(*m_finalRefusal, lost);
}

//! Whoever hears of the state finds isWritable() right already.
void SharedDocument::Private::setState(State next)
{
    if (std::exchange(state, next) == next)
        return;
    updateWritable();
    Q_EMIT q.stateChanged(next);
}

void SharedDocument::Private::edited(const protocol::DocumentEdited &message)
{
    if (!replica)
        return;
    const auto applied = replica->applyRemote(message.update);
    if (!applied)
        return workspace.session().reportBrokenPeer(applied.error());
    if (replica->hasPending() && !m_gapTimer.isActive())
        m_gapTimer.start();
}

//! Something before a received edit never came: ask for everything that we lack.
void SharedDocument::Private::checkGap()
{
    if (replica && replica->hasPending())
        open();
}

void SharedDocument::Private::infoChanged(const protocol::DocumentInfo &next)
{
    if (info == next)
        return;
    info = next;
    Q_EMIT q.infoChanged();
    updateWritable();
}

void SharedDocument::Private::connectionLost()
{
    outbox.allReturned();
    m_retryTimer.stop();
    dropSaves({ErrorCode::Disconnected, "the connection went away before the file was saved"});
    if (state == State::Open)
        setState(State::Offline);
    caretsChanged();
}

void SharedDocument::Private::sessionEnded()
{
    outbox.allReturned();
    dropSaves({ErrorCode::Disconnected, "the connection went away before the file was saved"});
    setState(State::Ended);
    caretsChanged();
}

void SharedDocument::Private::updateWritable()
{
    const bool isNow = (state == State::Open || state == State::Offline) && kind == protocol::ContentKind::Text && replica
        && workspace.canEdit() && !info.isReadOnly;
    if (isNow)
        m_isHeld = false;
    if (std::exchange(isWritable, isNow) != isNow)
        Q_EMIT q.writableChanged(isNow);
    if (isNow)
        pump();
}

void SharedDocument::Private::caretsChanged()
{
    if (!m_caretTimer.isActive())
        m_caretTimer.start();
}

base::Result<void> SharedDocument::Private::edit(const TextEdits &edits)
{
    if (!isWritable)
        return base::Unexpected(ErrorCode::Forbidden, "the document cannot be written here");
    ++editCount;
    auto done = replica->edit(edits);
    workspace.d->presence.noteTyping();
    outboxChanged();
    pump();
    return done;
}

void SharedDocument::Private::takeBack(bool isUndo)
{
    if (!isWritable)
        return;
    ++editCount;
    if (isUndo)
        replica->undo();
    else
        replica->redo();
    outboxChanged();
    pump();
}

void SharedDocument::Private::collect(const QByteArray &update)
{
    outbox.add(update, editCount);
}

void SharedDocument::Private::pump()
{
    Session &session = workspace.session();
    while (state == State::Open && !m_isHeld && !m_retryTimer.isActive() && !session.isCongested()) {
        const auto parcel = outbox.next();
        if (!parcel)
            break;
        session.ask(protocol::UpdateDocument{id, parcel->update}, this,
                    [this, number = parcel->number](const base::Result<protocol::DocumentUpdated> &answer) { sent(number, answer); });
    }
    sendSaves();
}

void SharedDocument::Private::sent(quint64 number, const base::Result<protocol::DocumentUpdated> &answer)
{
    if (answer) {
        m_hasToldRefusal = false;
        outbox.done(number);
    } else {
        notTaken(number, answer.error());
    }
    outboxChanged();
    pump();
    workspace.d->deleteIfDone(&q);
}

void SharedDocument::Private::notTaken(quint64 number, const base::Error &reason)
{
    outbox.returned(number);
    if (reason.code == ErrorCode::Disconnected || reason.code == ErrorCode::Cancelled)
        return;
    qCInfo(lcDocument) << "an edit was not taken:" << base::name(reason.code);
    const bool isFinal = !isPassing(reason.code) && !waitsForPermission(reason.code) && reason.code != ErrorCode::NotFound;
    if (reason.code == ErrorCode::NotFound || isFinal) {
        // The host has forgotten that we have it open. Or it will never take this edit, and what was typed since is built on
        // it: the two can only be one again by taking the host's text.
        if (isFinal)
            m_finalRefusal = reason;
        m_wantsEverything = m_wantsEverything || isFinal;
        setState(State::Offline);
        m_reopenTimer.start();
        return;
    }
    if (waitsForPermission(reason.code))
        m_isHeld = true;
    else
        m_retryTimer.start();
    dropSaves(reason);
    if (!std::exchange(m_hasToldRefusal, true))
        Q_EMIT q.editRefused(reason, {});
}

void SharedDocument::Private::outboxChanged()
{
    if (outbox.isEmpty() && replica)
        replica->allAcknowledged();
    const quint64 acknowledged = outbox.isEmpty() ? editCount : outbox.doneUpTo();
    if (std::exchange(m_acknowledged, acknowledged) != acknowledged)
        Q_EMIT q.acknowledgedCountChanged(acknowledged);
    const bool isWaiting = !outbox.isEmpty();
    if (std::exchange(m_wasUnacknowledged, isWaiting) != isWaiting)
        Q_EMIT q.unacknowledgedChanged(isWaiting);
}

QFuture<base::Result<protocol::DocumentSaved>> SharedDocument::Private::save()
{
    if (state != State::Open || kind != protocol::ContentKind::Text)
        return base::readyFuture<protocol::DocumentSaved>(
            base::Unexpected(state == State::Offline ? ErrorCode::Disconnected : ErrorCode::Forbidden, "the document is not open"));
    endUndoStep();
    auto promise = std::make_shared<QPromise<base::Result<protocol::DocumentSaved>>>();
    promise->start();
    m_saves.push_back(promise);
    pump();
    return promise->future();
}

//! Saving overtakes no edit: it goes out behind the last of them.
void SharedDocument::Private::sendSaves()
{
    if (m_saves.empty() || state != State::Open || outbox.hasWaiting())
        return;
    auto saves = std::exchange(m_saves, {});
    workspace.session().ask(protocol::SaveDocument{id}, this, [saves](const base::Result<protocol::DocumentSaved> &answer) {
        for (const SavePromise &promise : saves) {
            promise->addResult(answer);
            promise->finish();
        }
    });
}

void SharedDocument::Private::dropSaves(const base::Error &reason)
{
    for (const SavePromise &promise : std::exchange(m_saves, {})) {
        promise->addResult(base::Unexpected(reason));
        promise->finish();
    }
}

void SharedDocument::Private::endUndoStep()
{
    if (replica)
        replica->endUndoStep();
}

SharedDocument::SharedDocument(Workspace &workspace, const QByteArray &path)
    : d(std::make_unique<Private>(*this, workspace, path))
{
}

SharedDocument::~SharedDocument() = default;

SharedDocument::State SharedDocument::state() const
{
    return d->state;
}

base::Error SharedDocument::error() const
{
    return d->error;
}

const protocol::DocumentInfo &SharedDocument::info() const
{
    return d->info;
}

QByteArray SharedDocument::path() const
{
    return d->info.path;
}

protocol::ContentKind SharedDocument::kind() const
{
    return d->kind;
}

QString SharedDocument::text() const
{
    return d->replica ? d->replica->text() : QString();
}

qsizetype SharedDocument::length() const
{
    return d->replica ? d->replica->length() : 0;
}

bool SharedDocument::isWritable() const
{
    return d->isWritable;
}

bool SharedDocument::hasUnacknowledged() const
{
    return !d->outbox.isEmpty();
}

quint64 SharedDocument::editCount() const
{
    return d->editCount;
}

quint64 SharedDocument::acknowledgedCount() const
{
    return d->outbox.isEmpty() ? d->editCount : d->outbox.doneUpTo();
}

base::Result<void> SharedDocument::edit(const TextEdits &edits)
{
    return d->edit(edits);
}

bool SharedDocument::canUndo() const
{
    return d->isWritable && d->replica->canUndo();
}

bool SharedDocument::canRedo() const
{
    return d->isWritable && d->replica->canRedo();
}

void SharedDocument::undo()
{
    d->takeBack(true);
}

void SharedDocument::redo()
{
    d->takeBack(false);
}

void SharedDocument::endUndoStep()
{
    d->endUndoStep();
}

void SharedDocument::setCarets(const TextCarets &carets)
{
    if (!d->replica)
        return;
    d->replica->setCarets(carets);
    d->workspace.d->presence.setOwnCaret(d->id, *d->replica->anchor(), *d->replica->head());
}

QList<RemoteCaret> SharedDocument::remoteCarets() const
{
    QList<RemoteCaret> carets;
    if (!d->replica || d->state == State::Ended)
        return carets;
    for (const Person &person : d->workspace.people().others()) {
        const Place *place = d->workspace.d->presence.placeOf(person.participant.client);
        if (!place || place->document != d->id)
            continue;
        const auto head = d->replica->resolve(place->head);
        if (!head)
            continue;
        carets.append({.participant = person.participant.id, .name = person.participant.name, .color = person.participant.color,
                       .anchor = d->replica->resolve(place->anchor).value_or(*head), .head = *head,
                       .isActive = person.activity == Person::Activity::Active});
    }
    return carets;
}

QFuture<base::Result<protocol::DocumentSaved>> SharedDocument::save()
{
    return d->save();
}

} // namespace client
