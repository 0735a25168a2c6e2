// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/outbox.h"
#include "app/client/replica.h"
#include "app/client/shareddocument.h"

#include <QTimer>

#include <functional>
#include <vector>

namespace client {

class SharedDocument::Private final : public QObject
{
public:
    Private(SharedDocument &document, Workspace &owningWorkspace, const QByteArray &path);

    //! Asks the host for the document, or for what changed since we last had it.
    void open();
    void openAgainIfFailed();
    void edited(const protocol::DocumentEdited &message);
    void infoChanged(const protocol::DocumentInfo &next);
    void connectionLost();
    void sessionEnded();
    //! Own access or the file's mode may have changed.
    void updateWritable();
    //! Carets of others may have moved; told once per turn of the event loop.
    void caretsChanged();
    //! Sends what waits, as far as the line takes it.
    void pump();
    void endUndoStep();
    base::Result<void> edit(const TextEdits &edits);
    void takeBack(bool isUndo);
    QFuture<base::Result<protocol::DocumentSaved>> save();

    SharedDocument &q;
    Workspace &workspace;
    State state = State::Opening;
    base::Error error;
    base::DocumentId id;
    QByteArray epoch;
    protocol::ContentKind kind = protocol::ContentKind::Text;
    protocol::DocumentInfo info;
    std::unique_ptr<Replica> replica;
    Outbox outbox;
    quint64 editCount = 0;
    bool isWritable = false;

private:
    using SavePromise = std::shared_ptr<QPromise<base::Result<protocol::DocumentSaved>>>;

    void opened(const base::Result<protocol::DocumentOpened> &answer);
    void adopt(const protocol::DocumentOpened &opened);
    std::unique_ptr<Replica> makeReplica();
    void catchUp(const protocol::DocumentOpened &opened);
    void startOver(const protocol::DocumentOpened &opened);
    void fail(const base::Error &reason);
    void giveBack(const QString &lost);
    void setState(State next);
    void collect(const QByteArray &update);
    void sent(quint64 number, const base::Result<protocol::DocumentUpdated> &answer);
    void notTaken(quint64 number, const base::Error &reason);
    void outboxChanged();
    void sendSaves();
    void dropSaves(const base::Error &reason);
    void checkGap();

    bool m_isAsking = false;
    bool m_isFilling = false;
    bool m_isHeld = false;           //!< refused for want of access: nothing is sent until that changes
    bool m_wantsEverything = false;  //!< our state and the host's do not fit together: start over
    bool m_wasUnacknowledged = false;
    bool m_hasToldRefusal = false;
    std::optional<base::Error> m_finalRefusal;  //!< of an edit on which everything typed since is built
    bool m_hasGivenBack = false;     //!< what that took away was handed over
    quint64 m_acknowledged = 0;
    std::vector<SavePromise> m_saves;
    QTimer m_retryTimer;
    QTimer m_gapTimer;
    QTimer m_caretTimer;
    QTimer m_reopenTimer;
};

} // namespace client
