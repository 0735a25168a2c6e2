// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"
#include "tests/support/wait.h"
#include "tests/unit/client/fakehost.h"

#include <QTest>

//! A workspace opened on a FakeHost, as owner unless the host says otherwise.
struct WorkspaceFixture
{
    SteppedClock clock;
    base::SystemRandom random;
    FakeHost host;
    std::unique_ptr<client::Workspace> workspace;

    bool open()
    {
        auto session = std::make_unique<client::Session>(clock, random);
        client::Session *raw = session.get();
        QObject::connect(raw, &client::Session::opened, &host, [this, held = std::make_shared<std::unique_ptr<client::Session>>(std::move(session))] {
            if (*held)
                workspace = std::make_unique<client::Workspace>(std::move(*held), clock);
        });
        raw->openChannel(host.connectClient(), QStringLiteral("Ana"), std::nullopt, [this] { return host.connectClient(); });
        return support::waitFor([this] { return workspace != nullptr; });
    }

    //! Loses the connection; the next one is made when the test calls comeBack().
    bool lose()
    {
        host.isReachable = false;
        host.cut();
        return support::waitFor([this] { return workspace->session().state() == client::Session::State::Reconnecting; });
    }
    bool comeBack()
    {
        host.isReachable = true;
        workspace->session().retryNow();
        return support::waitFor([this] { return workspace->session().state() == client::Session::State::Open; });
    }
};
