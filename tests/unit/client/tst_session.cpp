// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/deliver.h"
#include "tests/support/wait.h"
#include "tests/unit/client/fakehost.h"

#include <QSignalSpy>
#include <QTest>

using client::Session;
using base::ErrorCode;
using namespace std::chrono_literals;

namespace {

template <typename T>
bool is(const protocol::AnyMessage &message)
{
    return std::holds_alternative<T>(message);
}

void fail(FakeConnection &connection, ErrorCode code, quint32 call)
{
    connection.send(protocol::Failed{code, QStringLiteral("scripted")}, call);
}

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        host = std::make_unique<FakeHost>();
        session = std::make_unique<Session>(clock, random);
    }
    void cleanup()
    {
        session.reset();
        host.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void ownerOpensByItself()
    {
        QSignalSpy opened(session.get(), &Session::opened);
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().at(1).toBool(), false);
        QVERIFY(session->isOwner());
        QCOMPARE(host->last().got<protocol::Hello>().constFirst().name, QStringLiteral("Ana"));
        QCOMPARE(session->welcome()->hostName, QStringLiteral("box"));
    }

    void guestStopsAtTheCardUntilJoinIsCalled()
    {
        QSignalSpy inspected(session.get(), &Session::inspected);
        QSignalSpy asked(session.get(), &Session::asked);
        quint32 question = 0;
        host->script = [&](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            if (!is<protocol::JoinShare>(message))
                return false;
            question = call;
            connection.send(protocol::JoinAsked{true});
            return true;
        };
        openAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Inspecting);
        QCOMPARE(inspected.size(), 1);
        QVERIFY(host->last().got<protocol::JoinShare>().isEmpty());
        QVERIFY(host->last().got<protocol::Hello>().constFirst().name.isEmpty());
        session->join(QStringLiteral("Ben"));
        WAIT_COMPARE(asked.size(), 1);
        QCOMPARE(session->state(), Session::State::Asking);
        const auto message = host->last().got<protocol::JoinShare>().constFirst();
        QCOMPARE(message.name, QStringLiteral("Ben"));
        QCOMPARE(message.secret, testLink().secret);
        host->last().send(host->joined, question);
        WAIT_COMPARE(session->state(), Session::State::Open);
    }

    void refusedLinkEndsTheSession()
    {
        host->script = [](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            if (is<protocol::InspectShare>(message))
                fail(connection, ErrorCode::LinkRefused, call);
            return is<protocol::InspectShare>(message);
        };
        openAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Ended);
        QCOMPARE(session->endError()->code, ErrorCode::LinkRefused);
        QVERIFY(!session->ending());
    }

    void deniedJoinEndsTheSession()
    {
        host->script = [](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            if (is<protocol::JoinShare>(message))
                fail(connection, ErrorCode::Denied, call);
            return is<protocol::JoinShare>(message);
        };
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Ended);
        QCOMPARE(session->endError()->code, ErrorCode::Denied);
        QCOMPARE(host->connections.size(), 1u);
    }

    void hostOfAnotherVersionIsRefused()
    {
        host->version = protocol::kProtocolVersion + 1;
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Ended);
        QCOMPARE(session->endError()->code, ErrorCode::VersionMismatch);
    }

    void silentHostIsGivenUp()
    {
        host->script = [](FakeConnection &, const protocol::AnyMessage &, quint32) { return true; };
        session->setHandshakeTimeout(1ms);
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Ended);
        QCOMPARE(session->endError()->code, ErrorCode::Timeout);
    }

    void slowOwnerIsWaitedFor()
    {
        host->script = [](FakeConnection &connection, const protocol::AnyMessage &message, quint32) {
            if (is<protocol::JoinShare>(message))
                connection.send(protocol::JoinAsked{false});
            return is<protocol::JoinShare>(message);
        };
        QSignalSpy asked(session.get(), &Session::asked);
        session->setHandshakeTimeout(100ms);
        joinAsGuest();
        WAIT_COMPARE(asked.size(), 1);
        QTimer later;
        later.setSingleShot(true);
        QSignalSpy passed(&later, &QTimer::timeout);
        later.start(200);
        WAIT_COMPARE(passed.size(), 1);
        QCOMPARE(session->state(), Session::State::Asking);
    }

    void cardOutlivesAHostThatCloses()
    {
        openAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Inspecting);
        host->cut();
        WAIT_VERIFY(host->last().isClosed);
        QCoreApplication::processEvents();
        QCOMPARE(session->state(), Session::State::Inspecting);
        session->join(QStringLiteral("Ben"));
        WAIT_COMPARE(session->state(), Session::State::Open);
        QCOMPARE(host->connections.size(), 2u);
        QVERIFY(host->last().got<protocol::InspectShare>().isEmpty());
    }

    void lossAnswersOpenCallsWithDisconnected()
    {
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        const auto reply = session->call(protocol::ListBin{});
        WAIT_COMPARE(host->last().got<protocol::ListBin>().size(), 1);
        QVERIFY(!reply.isFinished());
        host->isReachable = false;
        host->cut();
        WAIT_VERIFY(reply.isFinished());
        QCOMPARE(reply.result().error().code, ErrorCode::Disconnected);
        QCOMPARE(session->state(), Session::State::Reconnecting);
        QVERIFY(session->nextAttempt());
        const auto late = session->call(protocol::ListBin{});
        QVERIFY(late.isFinished());
        QCOMPARE(late.result().error().code, ErrorCode::Disconnected);
    }

    void guestComesBackWithTheNewestToken()
    {
        QSignalSpy opened(session.get(), &Session::opened);
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Open);
        for (const char token : {'a', 'b'}) {
            const int before = int(opened.size());
            host->joined.resumeToken = QByteArray(32, char(token + 1));
            host->cut();
            WAIT_COMPARE(session->state(), Session::State::Reconnecting);
            session->retryNow();
            WAIT_COMPARE(opened.size(), before + 1);
            QCOMPARE(opened.last().at(1).toBool(), true);
            QCOMPARE(host->last().got<protocol::JoinShare>().constFirst().resumeToken, QByteArray(32, token));
            QVERIFY(host->last().got<protocol::InspectShare>().isEmpty());
        }
    }

    void ownerComesBackToTheSameWorkspace()
    {
        std::array<std::uint8_t, 16> bytes{};
        bytes[5] = 9;
        host->joined.workspace.id = *base::WorkspaceId::fromBytes(bytes);
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        host->joined.you.client = 4242;
        host->cut();
        WAIT_COMPARE(session->state(), Session::State::Reconnecting);
        session->retryNow();
        WAIT_COMPARE(session->state(), Session::State::Open);
        QCOMPARE(host->last().got<protocol::OpenWorkspace>().constFirst().workspace, host->joined.workspace.id);
        QCOMPARE(session->joined()->you.client, 4242u);
    }

    void unreachableHostIsTriedAgainWithGrowingWaits()
    {
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        host->isReachable = false;
        host->cut();
        WAIT_COMPARE(session->state(), Session::State::Reconnecting);
        std::chrono::nanoseconds longest{0};
        for (int i = 0; i < 8; ++i) {
            longest = std::max<std::chrono::nanoseconds>(longest, *session->nextAttempt() - clock.now());
            session->retryNow();
            QCOMPARE(session->state(), Session::State::Reconnecting);
        }
        QVERIFY(longest > 4s);
        QVERIFY(longest <= transport::kMaxBackoff);
        host->isReachable = true;
        session->retryNow();
        WAIT_COMPARE(session->state(), Session::State::Open);
    }

    void refusalWhileReconnectingEndsTheSession_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("link refused") << int(ErrorCode::LinkRefused);
        QTest::newRow("denied") << int(ErrorCode::Denied);
        QTest::newRow("version") << int(ErrorCode::VersionMismatch);
    }
    void refusalWhileReconnectingEndsTheSession()
    {
        QFETCH(int, code);
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Open);
        host->script = [code](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            if (is<protocol::JoinShare>(message))
                fail(connection, ErrorCode(code), call);
            return is<protocol::JoinShare>(message);
        };
        host->cut();
        WAIT_COMPARE(session->state(), Session::State::Reconnecting);
        session->retryNow();
        WAIT_COMPARE(session->state(), Session::State::Ended);
        QCOMPARE(session->endError()->code, ErrorCode(code));
        QCOMPARE(host->connections.size(), 2u);
    }

    void passingRefusalWhileReconnectingIsTriedAgain()
    {
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Open);
        int refusals = 2;
        host->script = [&refusals](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            if (!is<protocol::JoinShare>(message) || refusals-- <= 0)
                return false;
            fail(connection, ErrorCode::TooMany, call);
            return true;
        };
        host->cut();
        for (std::size_t attempt = 2; attempt <= 4; ++attempt) {
            WAIT_VERIFY(session->nextAttempt());
            QCOMPARE(session->state(), Session::State::Reconnecting);
            session->retryNow();
            WAIT_COMPARE(host->connections.size(), attempt);
        }
        WAIT_COMPARE(session->state(), Session::State::Open);
    }

    void sessionEndedByTheHostIsTheEnd()
    {
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Open);
        const auto reply = session->call(protocol::ListBin{});
        host->last().send(protocol::SessionEnded{protocol::EndReason::Unshared, QStringLiteral("Ana"), {}});
        host->last().channel->close(transport::CloseCode::Ended);
        WAIT_COMPARE(session->state(), Session::State::Ended);
        QCOMPARE(session->ending()->by, QStringLiteral("Ana"));
        QVERIFY(!session->endError());
        QCOMPARE(reply.result().error().code, ErrorCode::Disconnected);
        WAIT_VERIFY(host->last().isClosed);
        QCOMPARE(host->connections.size(), 1u);
    }

    void closeAsEndedWithoutAWordIsTheEndToo()
    {
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Open);
        host->last().channel->close(transport::CloseCode::Ended);
        WAIT_COMPARE(session->state(), Session::State::Ended);
        QVERIFY(session->endError());
    }

    void leavingTellsTheHost()
    {
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Open);
        session->leave();
        QCOMPARE(session->state(), Session::State::Ended);
        QVERIFY(!session->endError());
        WAIT_COMPARE(host->last().got<protocol::Leave>().size(), 1);
        WAIT_VERIFY(host->last().isClosed);
    }

    void deletedSessionLeavesToo()
    {
        joinAsGuest();
        WAIT_COMPARE(session->state(), Session::State::Open);
        session.reset();
        WAIT_COMPARE(host->last().got<protocol::Leave>().size(), 1);
    }

    void garbageFromTheHostClosesTheChannel()
    {
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        host->last().channel->send(QByteArray("\xff\x00garbage", 9));
        WAIT_COMPARE(session->state(), Session::State::Reconnecting);
        WAIT_VERIFY(host->connections.front()->isClosed);
    }

    void answersOfUnknownKindAndNumberAreHarmless()
    {
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        host->last().send(protocol::BinListed{}, 99999);
        const auto reply = session->call(protocol::ListBin{});
        WAIT_COMPARE(host->last().got<protocol::ListBin>().size(), 1);
        host->last().send(protocol::AccessSet{}, host->last().calls.constLast());
        WAIT_VERIFY(reply.isFinished());
        QCOMPARE(reply.result().error().code, ErrorCode::Malformed);
        QCOMPARE(session->state(), Session::State::Open);
    }

    void announcementsBeforeEnteringAreNotPassedOn()
    {
        int announced = 0;
        session->on<protocol::FoldersChanged>(this, [&announced](const auto &) { ++announced; });
        host->script = [](FakeConnection &connection, const protocol::AnyMessage &message, quint32) {
            if (is<protocol::OpenWorkspace>(message))
                connection.send(protocol::FoldersChanged{});
            return false;
        };
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        QCOMPARE(announced, 0);
        host->last().send(protocol::FoldersChanged{});
        WAIT_COMPARE(announced, 1);
    }

    void askedAnswerComesBeforeALaterAnnouncement()
    {
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        QStringList order;
        session->on<protocol::FoldersChanged>(this, [&](const auto &) { order << QStringLiteral("announcement"); });
        session->ask(protocol::ListBin{}, this, [&](const base::Result<protocol::BinListed> &) { order << QStringLiteral("answer"); });
        WAIT_COMPARE(host->last().got<protocol::ListBin>().size(), 1);
        host->last().send(protocol::BinListed{}, host->last().calls.constLast());
        host->last().send(protocol::FoldersChanged{});
        WAIT_COMPARE(order.size(), 2);
        QCOMPARE(order.constFirst(), QStringLiteral("answer"));
    }

    void connectionsThatBreakAtOnceDoNotResetTheBackOff()
    {
        openAsOwner();
        WAIT_COMPARE(session->state(), Session::State::Open);
        std::chrono::nanoseconds wait{0};
        for (int i = 0; i < 7; ++i) {
            host->cut();
            WAIT_COMPARE(session->state(), Session::State::Reconnecting);
            wait = *session->nextAttempt() - clock.now();
            session->retryNow();
            WAIT_COMPARE(session->state(), Session::State::Open);
        }
        QVERIFY(wait > 2s);
        clock.advance(10s);
        host->cut();
        WAIT_COMPARE(session->state(), Session::State::Reconnecting);
        QVERIFY(*session->nextAttempt() - clock.now() <= 2 * transport::kMinBackoff);
    }

private:
    void openAsOwner()
    {
        session->openChannel(host->connectClient(), QStringLiteral("Ana"), std::nullopt, [this] { return host->connectClient(); });
    }
    void openAsGuest()
    {
        host->isOwner = false;
        host->joined.you = FakeHost::person(2, protocol::Access::Edit);
        session->openChannel(host->connectClient(), {}, testLink(), [this] { return host->connectClient(); });
    }
    void joinAsGuest()
    {
        connect(session.get(), &Session::inspected, this, [this] { session->join(QStringLiteral("Ben")); });
        openAsGuest();
    }

    SteppedClock clock;
    base::SystemRandom random;
    std::unique_ptr<FakeHost> host;
    std::unique_ptr<Session> session;
};

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
