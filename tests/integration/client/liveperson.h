// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QTest>

#include <memory>

inline constexpr int kPatience = 20'000;

//! A person at the real host, with the open document as an editor would show it.
struct LivePerson
{
    base::SystemClock clock;
    base::SystemRandom random;
    std::unique_ptr<client::Session> session = std::make_unique<client::Session>(clock, random);
    client::Session *raw = session.get();
    std::unique_ptr<client::Workspace> workspace;
    client::SharedDocument *document = nullptr;
    QString shown;

    LivePerson()
    {
        QObject::connect(raw, &client::Session::opened, raw, [this](const protocol::WorkspaceJoined &, bool isResumed) {
            if (!isResumed)
                workspace = std::make_unique<client::Workspace>(std::move(session), clock);
        });
    }
    bool enterAsOwner(const QString &socketPath)
    {
        raw->openLocal(socketPath, QStringLiteral("Ana"));
        return QTest::qWaitFor([this] { return workspace != nullptr; }, kPatience);
    }
    void knock(const QString &url, const QString &name)
    {
        QObject::connect(raw, &client::Session::inspected, raw, [this, name] { raw->join(name); });
        raw->openLink(*transport::Link::parse(url));
    }
    bool enterByLink(const QString &url, const QString &name)
    {
        knock(url, name);
        return QTest::qWaitFor([this] { return workspace != nullptr; }, kPatience);
    }
    bool open(const QByteArray &path)
    {
        document = workspace->open(path);
        QObject::connect(document, &client::SharedDocument::changed, document, [this](const client::TextEdits &edits) {
            for (const client::TextEdit &edit : edits)
                shown.replace(edit.index, edit.removed, edit.inserted);
        });
        QObject::connect(document, &client::SharedDocument::reloaded, document, [this] { shown = document->text(); });
        return QTest::qWaitFor([this] { return document->state() == client::SharedDocument::State::Open; }, kPatience);
    }
    bool type(qsizetype index, qsizetype removed, const QString &inserted)
    {
        if (!document->edit({{index, removed, inserted}}))
            return false;
        shown.replace(index, removed, inserted);
        return true;
    }
};
