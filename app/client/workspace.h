// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/filetree.h"
#include "app/client/people.h"
#include "app/client/session.h"
#include "app/client/shareddocument.h"
#include "app/client/sharing.h"

#include <QHash>

namespace client {

//! A joined workspace as the screens see it: made when its session opens, lives across reconnections, and stays readable
//! after the session has ended. Owns the session and everything below.
class Workspace : public QObject
{
    Q_OBJECT

public:
    //! \a session must be in State::Open.
    Workspace(std::unique_ptr<Session> session, const base::Clock &clock, QObject *parent = nullptr);
    ~Workspace() override;

    Session &session();
    const base::Clock &clock() const;
    const protocol::WorkspaceInfo &info() const;
    bool isOwner() const;
    //! Edit access now, and the session is not over.
    bool canEdit() const;
    People &people();
    Sharing &sharing();
    FileTree &files();

    //! The document of \a path: the one that is open already, or a new one in State::Opening. Each call counts as one
    //! view and is paired with release().
    SharedDocument *open(const QByteArray &path);
    //! One view less; without views the document is closed once its edits are acknowledged.
    void release(SharedDocument *document);
    QList<SharedDocument *> documents() const;
    //! Any edit anywhere that is not on the host's disk.
    bool hasUnacknowledged() const;

    QFuture<base::Result<protocol::PageRead>> readPage(const QByteArray &path, qint64 offset, quint32 length);

Q_SIGNALS:
    void infoChanged();
    //! Session state as the banner needs it.
    void connectionChanged(client::Session::State state);
    void ended();

private:
    class Private;
    std::unique_ptr<Private> d;
    friend class SharedDocument;
    friend class People;
    friend class Sharing;
    friend class FileTree;
};

} // namespace client
