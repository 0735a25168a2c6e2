// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/client/textedit.h"
#include "app/protocol/documentmessages.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <utility>

namespace client {

class Workspace;

//! Another person's caret in a document, in UTF-16 units of the text as it is now.
struct RemoteCaret
{
    base::ParticipantId participant;
    QString name;
    quint32 color = 0;
    qsizetype anchor = 0;
    qsizetype head = 0;
    bool isActive = true;    //!< false when idle or disconnected
    friend bool operator==(const RemoteCaret &, const RemoteCaret &) = default;
};

//! An open text that others may be editing too. Works on while the connection is away; edits that the host has not
//! acknowledged are kept and sent again. Owned by Workspace; shared by all views of one path. Main thread only.
class SharedDocument : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Opening,
        Open,        //!< edits go out, carets come in
        Offline,     //!< connection lost; typing goes on
        Failed,      //!< could not be opened: see error()
        Ended,       //!< the session is over; the text stays readable
    };
    Q_ENUM(State)

    //! Who made a change that changed() reports; the caller of edit() knows its own already.
    enum class Source { Remote, Undo };
    Q_ENUM(Source)

    ~SharedDocument() override;

    State state() const;
    base::Error error() const;
    const protocol::DocumentInfo &info() const;
    //! Path now; follows renames.
    QByteArray path() const;
    //! Text, or Binary/Large: then there is no text and pages are read through Workspace::readPage().
    protocol::ContentKind kind() const;

    QString text() const;
    qsizetype length() const;
    //! False for view access, files the host cannot write, before opening and after the end.
    bool isWritable() const;
    //! True while edits exist that are not on the host's disk.
    bool hasUnacknowledged() const;

    //! How often edit(), undo() and redo() have changed the text, and how many of those, from the first, are on the
    //! host's disk.
    quint64 editCount() const;
    quint64 acknowledgedCount() const;

    //! Applies the user's edits as one undo step. All or nothing. Errors: Forbidden when not writable, OutOfRange,
    //! InvalidArgument when a surrogate pair would be split, TooLarge when the text would be above kMaxTextFileBytes, TooMany for more
    //! places at once than the document has room for.
    base::Result<void> edit(const TextEdits &edits);
    bool canUndo() const;
    bool canRedo() const;
    //! Takes back or redoes only what this person did. changed() follows with Source::Undo, then caretsRestored().
    void undo();
    void redo();
    //! The next edit starts a new undo step (caret moved by hand, save, focus lost).
    void endUndoStep();

    //! Own carets and selections: the first one for the others, all of them for undo. Coalesced; cheap to call on every
    //! move. Call it after edit() with where that left them.
    void setCarets(const client::TextCarets &carets);
    void setCaret(qsizetype anchor, qsizetype head) { setCarets({{anchor, head}}); }
    QList<RemoteCaret> remoteCarets() const;

    //! Writes the file now. Errors as SaveDocument; the text stays unsaved and is tried again by autosave.
    QFuture<base::Result<protocol::DocumentSaved>> save();

Q_SIGNALS:
    void stateChanged(client::SharedDocument::State state);
    void infoChanged();
    void writableChanged(bool writable);
    //! The text changed by others or by undo; edits in the order in which to apply them.
    void changed(const client::TextEdits &edits, client::SharedDocument::Source source);
    //! The whole text is another one (first opening, or the host had lost its history): read text() anew.
    void reloaded();
    //! Where the user's carets were when the edit was made that undo or redo is about.
    void caretsRestored(const client::TextCarets &carets);
    void remoteCaretsChanged();
    void undoStateChanged();
    void unacknowledgedChanged(bool any);
    void acknowledgedCountChanged(quint64 count);
    //! The host refused an edit of ours. What may yet be taken (no access now, the file write-protected, the disk full)
    //! stays here, and others lack it until then; told once. Where the host can never take it, the text is the host's
    //! again, reloaded() was told (or the host did not give it: Failed), and \a lost is what we had typed and it had not: perhaps more than it refused.
    void editRefused(const base::Error &error, const QString &lost);

private:
    friend class Workspace;
    SharedDocument(Workspace &workspace, const QByteArray &path);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace client
