// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/replica.h"

#include "app/base/utf8.h"
#include "app/client/rebase.h"
#include "app/protocol/documentmessages.h"

#include <algorithm>
#include <any>
#include <string>
#include <utility>

namespace client {

namespace {

constexpr crdt::Origin kTyped{1};
constexpr crdt::Origin kRemote{2};
// Beyond this the bookkeeping of own changes would cost more than it is worth.
constexpr qsizetype kMaxOwnChanges = 2000;
// Of a document as it is sent, for each place in it that is replaced: its pieces say where they stand, and what is deleted
// leaves how long it was.
constexpr qsizetype kBytesPerPlace = 64;

std::u16string_view unitsOf(QStringView text)
{
    return {text.utf16(), std::size_t(text.size())};
}

QByteArray bytesOf(const base::Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

//! \a deltas as edits in the order in which to apply them; a removal and an insertion at one place are one edit.
TextEdits editsOf(std::span<const crdt::TextDelta> deltas)
{
    TextEdits edits;
    qsizetype at = 0;
    bool touchesLast = false;
    for (const crdt::TextDelta &delta : deltas) {
        if (delta.kind == crdt::TextDelta::Kind::Retain) {
            at += qsizetype(delta.length);
            touchesLast = false;
            continue;
        }
        if (!touchesLast)
            edits.append(TextEdit{.index = at});
        touchesLast = true;
        if (delta.kind == crdt::TextDelta::Kind::Delete) {
            edits.last().removed += qsizetype(delta.length);
        } else {
            edits.last().inserted += QStringView(delta.text);
            at += qsizetype(delta.text.size());
        }
    }
    return edits;
}

bool hasUnpairedSurrogate(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (!text[i].isHighSurrogate() || i + 1 == text.size() || !text[i + 1].isLowSurrogate())
            return true;
        ++i;
    }
    return false;
}

} // namespace

Replica::Replica(quint32 client, const base::Clock &clock, Hooks hooks, const ReplicaLimits &limits)
    : m_hooks(std::move(hooks)), m_document(crdt::DocumentOptions{.client = client}), m_text(m_document.text(protocol::kTextRoot)),
      m_undo(m_document, m_text, {.trackedOrigins = {kTyped}, .clock = &clock}), m_limits(limits)
{
    m_document.onUpdate([this](const crdt::Document::UpdateEvent &event) {
        if (event.local)
            m_hooks.send(bytesOf(event.update));
    });
    m_text.observe([this](std::span<const crdt::TextDelta> deltas, crdt::Origin origin, bool) { textChanged(deltas, origin); });
    m_undo.setMetadataHooks([this] { return noteStep(); },
                            [this](const std::any &note) {
                                if (const auto *step = std::any_cast<std::shared_ptr<StepNote>>(&note))
                                    m_restored = *step;
                            });
    m_undo.setChangedHook([this] { m_hooks.undoChanged(); });
}

void Replica::setClient(quint32 client)
{
    m_document.setClient(client);
}

base::Result<void> Replica::applyRemote(const QByteArray &update)
{
    const crdt::ClientId client = m_document.client();
    const auto applied =
        m_document.applyUpdate({reinterpret_cast<const std::uint8_t *>(update.constData()), std::size_t(update.size())}, kRemote);
    // A document opened again receives what this client wrote into it before, and steps aside for it; the id is ours.
    if (m_document.client() != client)
        m_document.setClient(client);
    return applied;
}

QByteArray Replica::stateVector() const
{
    return bytesOf(m_document.encodeStateVector());
}

QString Replica::text() const
{
    return slice(0, length());
}

qsizetype Replica::length() const
{
    return qsizetype(m_text.length());
}

QString Replica::slice(qsizetype index, qsizetype length) const
{
    const std::u16string units = m_text.slice(std::size_t(index), std::size_t(length));
    return QString::fromUtf16(units.data(), qsizetype(units.size()));
}

base::Result<void> Replica::check(const TextEdits &edits)
{
    qsizetype length = this->length();
    for (const TextEdit &edit : edits) {
        if (edit.index < 0 || edit.removed < 0 || edit.index > length || edit.removed > length - edit.index)
            return base::Unexpected(base::ErrorCode::OutOfRange, "an edit beyond the end of the text");
        if (hasUnpairedSurrogate(edit.inserted))
            return base::Unexpected(base::ErrorCode::InvalidArgument, "half a character was to be inserted");
        length += edit.inserted.size() - edit.removed;
    }
    return checkRoom(edits);
}

//! The host would refuse it, and could not open the file with it any more.
base::Result<void> Replica::checkRoom(const TextEdits &edits)
{
    qsizetype more = 0;
    qsizetype less = 0;
    for (const TextEdit &edit : edits) {
        more += base::utf8Size(edit.inserted);
        less += edit.removed;
    }
    if (m_bytesAtMost + more > m_limits.textBytes && more > less) {
        m_bytesAtMost = base::utf8Size(text());
        if (m_bytesAtMost + more - less > m_limits.textBytes)
            return base::Unexpected(base::ErrorCode::TooLarge, "the text would be too large to be edited by several");
    }
    if (edits.size() > kMaxEditsAtOnce) {
        const auto now = qsizetype(m_document.encodeStateAsUpdate().size());
        if (now + more + edits.size() * kBytesPerPlace > m_limits.documentBytes)
            return base::Unexpected(base::ErrorCode::TooMany, "too many places at once");
    }
    return {};
}

base::Result<void> Replica::edit(const TextEdits &edits)
{
    auto checked = check(edits);
    if (!checked)
        return checked;
    m_before = marksOf(m_carets);
    QString before;
    if (edits.size() > kMaxOwnChanges) {
        before = text();
        m_manyChanges.emplace(before.size());
    }
    Running running;
    TextEdits batch;
    qsizetype inserted = 0;
    qsizetype removed = 0;
    const auto flush = [&] {
        if (!batch.isEmpty() && running.result)
            applyTogether(std::exchange(batch, {}), &running);
        inserted = removed = 0;
    };
    for (const TextEdit &edit : edits) {
        if (inserted + edit.inserted.size() > kMaxInsertedUnits || removed + edit.removed > kMaxRemovedUnits
            || batch.size() >= kMaxEditsAtOnce)
            flush();
        if (edit.removed > kMaxRemovedUnits || edit.inserted.size() > kMaxInsertedUnits) {
            applyInPieces(edit, &running);
            continue;
        }
        inserted += edit.inserted.size();
        removed += edit.removed;
        batch.append(edit);
    }
    flush();
    // A small edit may grow by the next one; a large one stands alone.
    if (running.transactions > 1)
        endUndoStep();
    m_isContinuation = false;
    m_awaitsCarets = true;
    if (!running.result) {
        m_document.transact(kTyped, [&] {
            for (auto edit = running.inverse.crbegin(); edit != running.inverse.crend(); ++edit)
                (void)apply(*edit, nullptr);
        });
    }
    if (m_manyChanges)
        noteRange(before, *std::exchange(m_manyChanges, {}));
    if (m_own.count() > kMaxOwnChanges)
        m_own.coarsen(text());
    return running.result;
}

void Replica::applyTogether(const TextEdits &edits, Running *running)
{
    qsizetype units = 0;
    for (const TextEdit &edit : edits)
        units += edit.removed + edit.inserted.size();
    // The step must be undone by one message too, so it may not grow for ever either.
    if (running->transactions > 0 || m_stepUnits + units > kMaxRemovedUnits)
        endUndoStep();
    m_isContinuation = running->transactions > 0;
    m_stepUnits += units;
    ++running->transactions;
    m_document.transact(kTyped, [&] {
        for (const TextEdit &edit : edits) {
            running->result = apply(edit, &running->inverse);
            if (!running->result)
                return;
        }
    });
}

void Replica::applyInPieces(const TextEdit &edit, Running *running)
{
    // From the back, so that the places of the pieces in front stay where they are.
    for (qsizetype end = edit.index + edit.removed; end > edit.index && running->result;) {
        qsizetype begin = std::max(edit.index, end - kMaxRemovedUnits);
        if (begin > edit.index && slice(begin, 1).at(0).isLowSurrogate())
            ++begin;
        applyTogether({{begin, end - begin, {}}}, running);
        end = begin;
    }
    for (qsizetype at = 0; at < edit.inserted.size() && running->result;) {
        qsizetype count = std::min(kMaxInsertedUnits, edit.inserted.size() - at);
        if (edit.inserted.at(at + count - 1).isHighSurrogate())
            --count;
        applyTogether({{edit.index + at, 0, edit.inserted.sliced(at, count)}}, running);
        at += count;
    }
}

base::Result<void> Replica::apply(const TextEdit &edit, TextEdits *inverse)
{
    const QString removed = slice(edit.index, edit.removed);
    auto replaced = m_text.replace(std::size_t(edit.index), std::size_t(edit.removed), unitsOf(edit.inserted));
    if (!replaced)
        return replaced;
    if (m_manyChanges)
        m_manyChanges->add(edit.index, edit.removed, edit.inserted.size());
    else
        m_own.ownEdit(edit.index, removed, edit.inserted.size());
    m_bytesAtMost += base::utf8Size(edit.inserted);
    if (inverse)
        inverse->append({edit.index, edit.inserted.size(), removed});
    return replaced;
}

void Replica::undo()
{
    takeBack(true);
}

void Replica::redo()
{
    takeBack(false);
}

//! A large edit is several steps to the undo manager; they go and come back together.
void Replica::takeBack(bool isUndo)
{
    m_takingBack = TakingBack{.before = text(), .range = ChangedRange(length()), .edits = {}};
    m_stepUnits = 0;
    bool hasMore = true;
    m_awaitsCarets = false;
    std::shared_ptr<StepNote> last;
    while (hasMore) {
        m_restored.reset();
        m_noted.reset();
        if (!(isUndo ? m_undo.undo() : m_undo.redo()))
            break;
        hasMore = m_restored && m_restored->isContinuation;
        last = m_restored ? m_restored : last;
        // The step goes to the other stack under a new note; its carets are those of the edit, not of the key that undid it.
        if (m_noted && m_restored) {
            m_noted->before = m_restored->before;
            m_noted->after = m_restored->after;
        }
        m_isContinuation = true;
    }
    m_isContinuation = false;
    m_undo.stopCapturing();
    noteTakenBack(*std::exchange(m_takingBack, {}));
    const TextCarets carets = last ? resolved(isUndo ? last->before : last->after) : TextCarets();
    if (!carets.isEmpty())
        m_hooks.caretsRestored(carets);
}

void Replica::noteTakenBack(const TakingBack &done)
{
    if (done.transactions == 0)
        return;
    if (done.transactions > 1 || done.edits.size() > kMaxOwnChanges)
        return noteRange(done.before, done.range);
    qsizetype shift = 0;
    for (const TextEdit &edit : done.edits) {
        m_own.ownEdit(edit.index, QStringView(done.before).sliced(edit.index - shift, edit.removed), edit.inserted.size());
        shift += edit.inserted.size() - edit.removed;
    }
}

void Replica::noteRange(const QString &before, const ChangedRange &range)
{
    m_own.ownEdit(range.begin(), QStringView(before).sliced(range.begin(), range.removed()), range.inserted());
}

std::any Replica::noteStep()
{
    m_noted = std::make_shared<StepNote>(StepNote{.before = m_before, .after = {}, .isContinuation = m_isContinuation});
    return m_noted;
}

Replica::CaretMarks Replica::marksOf(const TextCarets &carets) const
{
    const auto at = [this, length = length()](qsizetype index) {
        return crdt::RelativePosition::at(m_text, std::size_t(std::clamp<qsizetype>(index, 0, length)));
    };
    CaretMarks marks;
    marks.reserve(std::size_t(carets.size()));
    for (const TextCaret &caret : carets) {
        const crdt::RelativePosition head = at(caret.head);
        marks.push_back({caret.anchor == caret.head ? head : at(caret.anchor), head});
    }
    return marks;
}

TextCarets Replica::resolved(const CaretMarks &marks) const
{
    TextCarets carets;
    carets.reserve(qsizetype(marks.size()));
    for (const CaretMark &mark : marks) {
        const auto anchor = resolve(mark.anchor);
        const auto head = resolve(mark.head);
        if (anchor && head)
            carets.append({*anchor, *head});
    }
    return carets;
}

void Replica::endUndoStep()
{
    m_undo.stopCapturing();
    m_stepUnits = 0;
}

void Replica::textChanged(std::span<const crdt::TextDelta> deltas, crdt::Origin origin)
{
    if (origin == kTyped)
        return;
    const TextEdits edits = editsOf(deltas);
    const bool isUndo = origin != kRemote;
    for (const TextEdit &edit : edits) {
        m_bytesAtMost += base::utf8Size(edit.inserted);
        if (isUndo && m_takingBack)
            m_takingBack->range.add(edit.index, edit.removed, edit.inserted.size());
        else if (!isUndo && !m_own.isEmpty())
            m_own.othersEdit(edit.index, edit.removed, edit.inserted.size());
    }
    if (isUndo && m_takingBack && ++m_takingBack->transactions == 1)
        m_takingBack->edits = edits;
    if (!edits.isEmpty())
        m_hooks.changed(edits, isUndo);
}

void Replica::setCarets(const TextCarets &carets)
{
    m_carets = carets;
    if (m_carets.isEmpty())
        m_carets.append(TextCaret{});
    const CaretMarks primary = marksOf(m_carets.first(1));
    m_anchor = primary.front().anchor;
    m_head = primary.front().head;
    if (m_noted && std::exchange(m_awaitsCarets, false))
        m_noted->after = marksOf(m_carets);
}

std::optional<qsizetype> Replica::resolve(const std::optional<crdt::RelativePosition> &position) const
{
    const auto index = position ? position->resolve(m_document) : std::nullopt;
    return index ? std::optional(std::min(qsizetype(*index), length())) : std::nullopt;
}

TextEdits Replica::rebasedOnto(const QString &hostText) const
{
    const QString now = text();
    return rebased(m_own.hunks(now), base::diffText(m_own.withoutOwn(now), hostText));
}

QString Replica::unacknowledgedText() const
{
    QString typed;
    for (const base::TextHunk &hunk : m_own.hunks(text())) {
        if (!typed.isEmpty() && !typed.endsWith(u'\n') && !hunk.inserted.isEmpty())
            typed += u'\n';
        typed += hunk.inserted;
    }
    return typed;
}

} // namespace client
