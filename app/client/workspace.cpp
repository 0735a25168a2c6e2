// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/workspace.h"

#include "app/client/filetreeprivate.h"
#include "app/client/peopleprivate.h"
#include "app/client/shareddocumentprivate.h"
#include "app/client/sharingprivate.h"
#include "app/client/workspaceprivate.h"

#include <algorithm>

namespace client {

Workspace::Private::Private(Workspace &workspace, std::unique_ptr<Session> openSession, const base::Clock &clockSource)
    : q(workspace), session(std::move(openSession)), clock(clockSource), info(session->joined()->workspace),
      presence(*session, clockSource)
{
}

Workspace::Private::~Private()
{
    // Parts look for each other through the workspace while it is whole; nothing may be announced from here on.
    session->disconnect();
    documents.clear();
}

void Workspace::Private::build()
{
    people.reset(new People(q));
    sharing.reset(new Sharing(q));
    files.reset(new FileTree(q));
    presence.setOwnClient(session->joined()->you.client);
    people->d->adopt(*session->joined());
    sharing->d->adopt(*session->joined());
    connect(session.get(), &Session::stateChanged, this, &Private::sessionChanged);
    connect(session.get(), &Session::opened, this, [this](const protocol::WorkspaceJoined &joined) { reopened(joined); });
    connect(people.get(), &People::ownAccessChanged, this, [this] {
        for (const OpenDocument &open : documents)
            open.document->d->updateWritable();
    });
    session->on<protocol::WorkspaceChanged>(this, [this](const auto &changed) { setInfo(changed.workspace); });
    session->on<protocol::DocumentEdited>(this, [this](const protocol::DocumentEdited &message) {
        for (std::size_t i = 0; i < documents.size(); ++i) {
            if (documents[i].document->d->id == message.document)
                documents[i].document->d->edited(message);
        }
    });
    session->on<protocol::DocumentInfoChanged>(this, [this](const protocol::DocumentInfoChanged &message) {
        for (std::size_t i = 0; i < documents.size(); ++i) {
            if (documents[i].document->d->id == message.document)
                documents[i].document->d->infoChanged(message.info);
        }
    });
}

void Workspace::Private::reopened(const protocol::WorkspaceJoined &joined)
{
    presence.setOwnClient(joined.you.client);
    presence.restartSilence();
    people->d->adopt(joined);
    sharing->d->adopt(joined);
    setInfo(joined.workspace);
    for (std::size_t i = 0; i < documents.size(); ++i)
        documents[i].document->d->open();
    files->d->refreshAll();
}

void Workspace::Private::sessionChanged(Session::State state)
{
    if (state == Session::State::Reconnecting || state == Session::State::Ended) {
        sharing->d->forgetWaiting();
        for (std::size_t i = 0; i < documents.size(); ++i) {
            SharedDocument::Private &document = *documents[i].document->d;
            state == Session::State::Ended ? document.sessionEnded() : document.connectionLost();
        }
    }
    Q_EMIT q.connectionChanged(state);
    if (state == Session::State::Ended)
        Q_EMIT q.ended();
}

void Workspace::Private::setInfo(const protocol::WorkspaceInfo &next)
{
    if (info == next)
        return;
    info = next;
    Q_EMIT q.infoChanged();
}

void Workspace::Private::caretsChanged()
{
    for (const OpenDocument &open : documents)
        open.document->d->caretsChanged();
}

bool Workspace::Private::hasTwin(const SharedDocument &document) const
{
    return std::ranges::any_of(documents, [&](const OpenDocument &open) {
        return open.document.get() != &document && open.document->d->id == document.d->id;
    });
}

void Workspace::Private::deleteIfDone(SharedDocument *document)
{
    const auto found = std::ranges::find_if(documents, [&](const OpenDocument &open) { return open.document.get() == document; });
    if (found == documents.end() || found->views > 0)
        return;
    const SharedDocument::State state = document->state();
    // Typed text is not let go before the host has it, unless nobody can take it any more.
    if (state == SharedDocument::State::Opening || (document->hasUnacknowledged() && state != SharedDocument::State::Ended))
        return;
    if (state == SharedDocument::State::Open && !document->d->id.isNull() && !hasTwin(*document))
        (void)session->call(protocol::CloseDocument{document->d->id});
    presence.clearOwnCaret(document->d->id);
    // It may be in the middle of telling somebody something.
    found->document->setParent(&q);
    found->document.release()->deleteLater();
    documents.erase(found);
}

Workspace::Workspace(std::unique_ptr<Session> session, const base::Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(session), clock))
{
    d->build();
}

Workspace::~Workspace() = default;

Session &Workspace::session()
{
    return *d->session;
}

const base::Clock &Workspace::clock() const
{
    return d->clock;
}

const protocol::WorkspaceInfo &Workspace::info() const
{
    return d->info;
}

bool Workspace::isOwner() const
{
    return d->session->isOwner();
}

bool Workspace::canEdit() const
{
    return d->session->state() != Session::State::Ended && d->people->you().participant.access >= protocol::Access::Edit;
}

People &Workspace::people()
{
    return *d->people;
}

Sharing &Workspace::sharing()
{
    return *d->sharing;
}

FileTree &Workspace::files()
{
    return *d->files;
}

SharedDocument *Workspace::open(const QByteArray &path)
{
    const auto found = std::ranges::find_if(d->documents, [&](const Private::OpenDocument &open) { return open.document->path() == path; });
    if (found != d->documents.end()) {
        ++found->views;
        SharedDocument *document = found->document.get();
        document->d->openAgainIfFailed();
        return document;
    }
    SharedDocument *document = new SharedDocument(*this, path);
    d->documents.push_back({std::unique_ptr<SharedDocument>(document), 1});
    document->d->open();
    return document;
}

void Workspace::release(SharedDocument *document)
{
    for (Private::OpenDocument &open : d->documents) {
        if (open.document.get() == document && open.views > 0)
            --open.views;
    }
    d->deleteIfDone(document);
}

QList<SharedDocument *> Workspace::documents() const
{
    QList<SharedDocument *> list;
    for (const Private::OpenDocument &open : d->documents)
        list.append(open.document.get());
    return list;
}

bool Workspace::hasUnacknowledged() const
{
    return std::ranges::any_of(d->documents, [](const Private::OpenDocument &open) { return open.document->hasUnacknowledged(); });
}

QFuture<base::Result<protocol::PageRead>> Workspace::readPage(const QByteArray &path, qint64 offset, quint32 length)
{
    return d->session->call(protocol::ReadPage{path, offset, length});
}

} // namespace client
