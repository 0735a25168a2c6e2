// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/presence.h"
#include "app/client/workspace.h"

#include <memory>
#include <vector>

namespace client {

class Workspace::Private final : public QObject
{
public:
    Private(Workspace &workspace, std::unique_ptr<Session> openSession, const base::Clock &clockSource);
    ~Private() override;

    //! After the workspace's d is set: makes the parts, which look for each other through it.
    void build();
    //! Carets may have moved, appeared or gone in any document.
    void caretsChanged();
    //! Whether another open document than \a document is the same one on the host (two paths, one file).
    bool hasTwin(const SharedDocument &document) const;
    void deleteIfDone(SharedDocument *document);

    Workspace &q;
    std::unique_ptr<Session> session;
    const base::Clock &clock;
    protocol::WorkspaceInfo info;
    Presence presence;
    std::unique_ptr<People> people;
    std::unique_ptr<Sharing> sharing;
    std::unique_ptr<FileTree> files;

    struct OpenDocument
    {
        std::unique_ptr<SharedDocument> document;
        int views = 0;
    };
    std::vector<OpenDocument> documents;

private:
    void reopened(const protocol::WorkspaceJoined &joined);
    void sessionChanged(Session::State state);
    void setInfo(const protocol::WorkspaceInfo &next);
};

} // namespace client
