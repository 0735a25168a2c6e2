// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/deliver.h"
#include "tests/support/wait.h"
#include "tests/unit/client/workspacefixture.h"

#include <QSignalSpy>
#include <QTest>

using client::Sharing;

namespace {

protocol::ShareLink sampleLink()
{
    protocol::ShareLink link;
    link.state.id = testLink().id;
    link.state.access = protocol::Access::Edit;
    link.secret = testLink().secret;
    link.pin = testLink().pin;
    link.endpoints = {{QStringLiteral("127.0.0.1"), 4711, {}, true}, {QStringLiteral("192.168.1.9"), 4711, QStringLiteral("wlan0"), false}};
    return link;
}

protocol::JoinRequested knock(quint8 number)
{
    std::array<std::uint8_t, 16> bytes{};
    bytes[0] = number;
    return {.request = *base::JoinRequestId::fromBytes(bytes), .name = QStringLiteral("Guest %1").arg(number)};
}

} // namespace

class SharingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        fixture = std::make_unique<WorkspaceFixture>();
        fixture->host.script = [](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            if (std::holds_alternative<protocol::CreateShare>(message))
                connection.send(protocol::ShareCreated{sampleLink()}, call);
            else if (std::holds_alternative<protocol::EndShare>(message))
                connection.send(protocol::ShareStopped{2}, call);
            else if (std::holds_alternative<protocol::AnswerJoin>(message))
                connection.send(protocol::JoinAnswered{}, call);
            else
                return false;
            return true;
        };
        QVERIFY(fixture->open());
    }
    void cleanup()
    {
        fixture.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void linkIsKnownWhenTheAnswerIsDelivered()
    {
        bool wasKnown = false;
        bool isAnswered = false;
        base::deliver(sharing().create({}), this, [&](const base::Result<protocol::ShareCreated> &) {
            isAnswered = true;
            wasKnown = sharing().link().has_value();
        });
        WAIT_VERIFY(isAnswered);
        QVERIFY(wasKnown);
        QVERIFY(sharing().isShared());
        QCOMPARE(sharing().preferredEndpoint()->address, QStringLiteral("192.168.1.9"));
    }

    void urlsAreLinksThatOpenTheShare()
    {
        share();
        const QString url = sharing().url(sampleLink().endpoints.constFirst());
        const auto parsed = transport::Link::parse(url);
        QVERIFY(parsed);
        QCOMPARE(*parsed, testLink());
        QVERIFY(sharing().url(sampleLink().endpoints.constFirst(), true).startsWith(QStringLiteral("https://127.0.0.1:4711/s/")));
        QCOMPARE(sharing().url({.address = QStringLiteral("no host at all")}), QString());
    }

    void unsharingForgetsTheLink()
    {
        share();
        QSignalSpy changes(&sharing(), &Sharing::stateChanged);
        const auto stopped = sharing().stop();
        WAIT_VERIFY(stopped.isFinished());
        WAIT_VERIFY(!sharing().isShared());
        QVERIFY(!sharing().link());
        QCOMPARE(sharing().url(sampleLink().endpoints.constFirst()), QString());
        QVERIFY(!changes.isEmpty());
    }

    void stateOfTheHostIsFollowed()
    {
        share();
        protocol::ShareState state = sampleLink().state;
        state.access = protocol::Access::View;
        fixture->host.last().send(protocol::ShareChanged{state});
        WAIT_COMPARE(sharing().state()->access, protocol::Access::View);
        QCOMPARE(sharing().link()->state.access, protocol::Access::View);
        std::array<std::uint8_t, 16> other{};
        state.id = *base::ShareId::fromBytes(other);
        fixture->host.last().send(protocol::ShareChanged{state});
        WAIT_VERIFY(!sharing().link());
    }

    void peopleAtTheDoorWaitInOrder()
    {
        QSignalSpy requests(&sharing(), &Sharing::joinRequested);
        for (quint8 i = 1; i <= 3; ++i)
            fixture->host.last().send(knock(i));
        fixture->host.last().send(knock(2));
        fixture->host.last().send(protocol::JoinRequestEnded{knock(1).request});
        WAIT_COMPARE(requests.size(), 3);
        WAIT_COMPARE(sharing().waiting().size(), 2);
        QCOMPARE(sharing().waiting().constFirst(), knock(2));
        (void)sharing().answer(knock(2).request, protocol::JoinDecision::Allow);
        WAIT_COMPARE(sharing().waiting().size(), 1);
        QCOMPARE(fixture->host.last().got<protocol::AnswerJoin>().constFirst().request, knock(2).request);
    }

    void hostCannotFillTheDoor()
    {
        for (int i = 0; i < 200; ++i)
            fixture->host.last().send(knock(quint8(i)));
        fixture->host.last().send(protocol::ShareChanged{sampleLink().state});
        WAIT_VERIFY(sharing().isShared());
        QCOMPARE(sharing().waiting().size(), 64);
    }

    void lossEmptiesTheDoor()
    {
        fixture->host.last().send(knock(1));
        WAIT_COMPARE(sharing().waiting().size(), 1);
        QVERIFY(fixture->lose());
        QVERIFY(sharing().waiting().isEmpty());
    }

private:
    Sharing &sharing() { return fixture->workspace->sharing(); }
    void share()
    {
        (void)sharing().create({});
        WAIT_VERIFY(sharing().link());
    }

    std::unique_ptr<WorkspaceFixture> fixture;
};

QTEST_GUILESS_MAIN(SharingTest)
#include "tst_sharing.moc"
