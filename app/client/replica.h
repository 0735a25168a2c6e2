// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/client/changedrange.h"
#include "app/client/ownchanges.h"
#include "app/client/textedit.h"
#include "app/crdt/document.h"
#include "app/crdt/relativeposition.h"
#include "app/crdt/undomanager.h"
#include "app/protocol/limits.h"

#include <QByteArray>
#include <QString>

#include <any>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace client {

struct ReplicaLimits
{
    qsizetype textBytes = protocol::kMaxTextFileBytes;     //!< in UTF-8
    //! Of the document as it is sent. Many places replaced at once make it much larger than its text, and what the host
    //! refuses halfway would be half an edit.
    qsizetype documentBytes = protocol::kMaxDocumentBytes - protocol::kDeleteReserveBytes;
};

//! One document as this client has it: text, own undo history, own caret. Knows no network: what it makes goes to
//! Hooks::send, in order, and what others make comes through applyRemote(). One thread.
class Replica
{
public:
    // One update must fit into one message, also the one that undoes it: what is typed costs up to three bytes a unit, what
    // is removed up to thirty if others had typed it in single characters.
    static constexpr qsizetype kMaxInsertedUnits = 128 * 1024;
    static constexpr qsizetype kMaxRemovedUnits = 24 * 1024;
    static constexpr qsizetype kMaxEditsAtOnce = 4096;

    struct Hooks
    {
        std::function<void(const QByteArray &update)> send;
        //! Made by others, or by undo() and redo(): edits in the order in which to apply them.
        std::function<void(const TextEdits &edits, bool isUndo)> changed;
        //! Behind changed(): where the carets were before what was undone, or behind what was redone.
        std::function<void(const TextCarets &carets)> caretsRestored;
        std::function<void()> undoChanged;
    };

    Replica(quint32 client, const base::Clock &clock, Hooks hooks, const ReplicaLimits &limits = {});
    Replica(const Replica &) = delete;
    Replica &operator=(const Replica &) = delete;

    //! The id for edits from now on. Only an id under which nobody else writes.
    void setClient(quint32 client);
    //! Errors as crdt::Document::applyUpdate(); then nothing has changed.
    base::Result<void> applyRemote(const QByteArray &update);
    bool hasPending() const { return m_document.hasPending(); }
    QByteArray stateVector() const;

    QString text() const;
    qsizetype length() const;
    //! Errors: OutOfRange, InvalidArgument, TooLarge and TooMany (places at once) above the limits; then the text is as before.
    base::Result<void> edit(const TextEdits &edits);
    bool canUndo() const { return m_undo.canUndo(); }
    bool canRedo() const { return m_undo.canRedo(); }
    void undo();
    void redo();
    void endUndoStep();

    //! Where the user is now, clipped to the text. What was set before an edit comes back when it is undone; what is set
    //! first after it, when it is redone.
    void setCarets(const TextCarets &carets);
    const std::optional<crdt::RelativePosition> &anchor() const { return m_anchor; }
    const std::optional<crdt::RelativePosition> &head() const { return m_head; }
    std::optional<qsizetype> resolve(const std::optional<crdt::RelativePosition> &position) const;

    //! Everything made here has reached the host's disk.
    void allAcknowledged() { m_own.clear(); }
    //! What has not: as edits of \a hostText, to be done to it after this replica is given up.
    TextEdits rebasedOnto(const QString &hostText) const;
    //! What of it was typed or pasted, a line for each place.
    QString unacknowledgedText() const;

private:
    struct CaretMark
    {
        crdt::RelativePosition anchor;
        crdt::RelativePosition head;
    };
    using CaretMarks = std::vector<CaretMark>;

    //! What is remembered of a step, on whichever of the two stacks it is.
    struct StepNote
    {
        CaretMarks before;
        CaretMarks after;
        bool isContinuation = false;   //!< the step below belongs to the same edit of the user
    };

    //! An edit of the user on its way into the document, in as many transactions as it needs.
    struct Running
    {
        TextEdits inverse;
        base::Result<void> result;
        int transactions = 0;
    };

    //! An undo or redo on its way.
    struct TakingBack
    {
        QString before;
        ChangedRange range;
        TextEdits edits;       //!< of the first transaction
        int transactions = 0;
    };

    QString slice(qsizetype index, qsizetype length) const;
    base::Result<void> check(const TextEdits &edits);
    base::Result<void> checkRoom(const TextEdits &edits);
    //! One transaction; stops at the first edit that is refused.
    void applyTogether(const TextEdits &edits, Running *running);
    void applyInPieces(const TextEdit &edit, Running *running);
    base::Result<void> apply(const TextEdit &edit, TextEdits *inverse);
    void takeBack(bool isUndo);
    void noteTakenBack(const TakingBack &done);
    //! What of \a before is another text now is ours, as one change.
    void noteRange(const QString &before, const ChangedRange &range);
    std::any noteStep();
    CaretMarks marksOf(const TextCarets &carets) const;
    TextCarets resolved(const CaretMarks &marks) const;
    void textChanged(std::span<const crdt::TextDelta> deltas, crdt::Origin origin);

    Hooks m_hooks;
    crdt::Document m_document;
    crdt::Text m_text;
    crdt::UndoManager m_undo;
    OwnChanges m_own;
    ReplicaLimits m_limits;
    qsizetype m_bytesAtMost = 0;              // of the text in UTF-8: what is deleted is counted only when it matters
    std::optional<crdt::RelativePosition> m_anchor;
    std::optional<crdt::RelativePosition> m_head;
    TextCarets m_carets;
    CaretMarks m_before;                      // for the step that the edit under way may begin
    std::shared_ptr<StepNote> m_noted;        // of the newest step
    std::shared_ptr<StepNote> m_restored;     // of the step that was just taken back
    bool m_awaitsCarets = false;              // an edit was made; the next carets are those behind it
    std::optional<TakingBack> m_takingBack;
    std::optional<ChangedRange> m_manyChanges;   // of more edits than are kept one by one
    qsizetype m_stepUnits = 0;
    bool m_isContinuation = false;
};

} // namespace client
