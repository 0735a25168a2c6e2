// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/relativepath.h"
#include "app/host/answer.h"
#include "app/protocol/documentmessages.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

namespace host {

class DocumentRoom;
class Workspace;

//! The open documents of one workspace, one room per file however it is reached.
class DocumentRooms final : public QObject
{
    Q_OBJECT

public:
    explicit DocumentRooms(Workspace &workspace);
    ~DocumentRooms() override;

    void open(Connection &caller, const protocol::OpenDocument &request, Answer<protocol::DocumentOpened> answer);
    void update(Connection &caller, const protocol::UpdateDocument &request, Answer<protocol::DocumentUpdated> answer);
    void save(Connection &caller, const protocol::SaveDocument &request, Answer<protocol::DocumentSaved> answer);
    base::Result<protocol::DocumentClosed> close(Connection &caller, const protocol::CloseDocument &request);

    //! Other programs changed these files; an empty list means any of them may have changed.
    void filesChanged(const QList<QByteArray> &paths);
    //! A file or folder was moved by us: rooms follow.
    void moved(const files::RelativePath &from, const files::RelativePath &to);
    //! Writes everything unsaved at or below \a path, then calls \a done; at most \a limit later in any case.
    void settle(const files::RelativePath &path, std::chrono::milliseconds limit, std::function<void()> done);
    int count() const { return int(m_byPath.size()); }

private:
    void enterRoom(const files::RelativePath &path, Connection &caller, const protocol::OpenDocument &request,
                   const Answer<protocol::DocumentOpened> &answer);
    DocumentRoom *roomOf(const Connection &caller, const base::DocumentId &id) const;
    void remove(DocumentRoom *room);
    void sweep();
    void tellWatcher();

    Workspace &m_workspace;
    std::map<files::RelativePath, std::unique_ptr<DocumentRoom>> m_byPath;
    std::unordered_map<base::DocumentId, DocumentRoom *> m_byId;
    QTimer m_sweepTimer;
};

} // namespace host
