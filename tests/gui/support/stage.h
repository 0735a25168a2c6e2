// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"
#include "app/crdt/document.h"
#include "tests/unit/client/fakehost.h"

#include <QMap>

//! A workspace on a host inside this process: the client is the real one, the host answers from what is put in here.
//! Fill it, open() it, then take the workspace; the stage must outlive it.
class Stage
{
public:
    Stage();
    ~Stage();

    //! Before open(). Folders on the way come by themselves.
    void addFile(const QByteArray &path, const QString &text = {});
    void addFolder(const QByteArray &path);
    void setIgnored(const QByteArray &path);
    void setFailing(const QByteArray &folderOrFile, base::ErrorCode code);
    void setPages(const QByteArray &path, const QByteArray &content, protocol::ContentKind kind);
    //! Folders and files that are never answered, as with a slow host.
    void setSilent(const QByteArray &path);
    void setYou(const QString &name, protocol::Access access);
    //! Somebody else, already inside. \a number: 2 and up, names color as well.
    void addPerson(quint8 number, const QString &name, protocol::Access access);
    void setShared(protocol::Access access, protocol::JoinPolicy policy);

    //! Connects, enters, makes the workspace. False when that did not happen in time.
    bool open();
    //! For what takes it over.
    std::unique_ptr<client::Workspace> take();
    client::Workspace &workspace() { return *m_workspace; }

    //! After open(): says where somebody is. \a caret < 0: no caret in the text.
    void place(quint8 number, const QByteArray &path, qint64 line, qsizetype anchor = -1, qsizetype head = -1,
               bool isTyping = false, bool isIdle = false);
    void askToJoin(const QString &name, const QString &address, protocol::Access access);
    void endSession(protocol::EndReason reason, const QString &by);
    void changeInfo(const QByteArray &path, const std::function<void(protocol::DocumentInfo &)> &change);

    std::optional<base::ErrorCode> refusesUpdates;
    SteppedClock clock;
    base::SystemRandom random;
    FakeHost host;

private:
    struct File
    {
        QString text;
        QByteArray content;
        protocol::ContentKind kind = protocol::ContentKind::Text;
        bool isFolder = false;
        bool isIgnored = false;
        std::optional<base::ErrorCode> error;
        bool isSilent = false;
        base::DocumentId id;
        std::unique_ptr<crdt::Document> document;
        protocol::DocumentInfo info;
    };

    bool answer(FakeConnection &connection, const protocol::AnyMessage &message, quint32 call);
    void list(FakeConnection &connection, const protocol::ListFolder &request, quint32 call);
    void openDocument(FakeConnection &connection, const protocol::OpenDocument &request, quint32 call);
    void readPage(FakeConnection &connection, const protocol::ReadPage &request, quint32 call);
    void share(FakeConnection &connection, const protocol::CreateShare &request, quint32 call);
    protocol::ShareLink link() const;
    File &at(const QByteArray &path);

    std::map<QByteArray, File> m_files;
    std::map<quint8, quint32> m_clocks;
    std::unique_ptr<client::Workspace> m_workspace;
    quint32 m_nextDocument = 1;
    quint8 m_nextRequest = 1;
};
