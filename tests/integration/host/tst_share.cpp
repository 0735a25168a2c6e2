// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testhost.h"
#include "tests/support/host/testpeer.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace protocol;
using base::ErrorCode;
using support::TestPeer;

class tst_Share : public QObject
{
    Q_OBJECT

    support::TestHost m_host;
    TestPeer m_owner;

    ShareLink share(Access access = Access::Edit, JoinPolicy policy = JoinPolicy::Anyone, quint32 lifetime = 0)
    {
        const auto created = m_owner.call(
            CreateShare{.access = access, .policy = policy, .lifetimeSeconds = lifetime, .addresses = {}, .port = 0});
        if (!created)
            qFatal("cannot share: %s", created.error().detail.c_str());
        return created->link;
    }

    ErrorCode refusalOf(const ShareLink &link, const QByteArray &token = {})
    {
        TestPeer peer;
        if (!peer.connectTls(link))
            return ErrorCode::Unreachable;
        (void)peer.hello();
        const auto joined = peer.call(
            JoinShare{.share = link.state.id, .secret = link.secret, .name = QStringLiteral("X"), .resumeToken = token});
        return joined ? ErrorCode::Internal : joined.error().code;
    }

private Q_SLOTS:
    void init()
    {
        if (!m_host.isRunning())
            QVERIFY(m_host.start());
        m_owner.disconnectNow();
        QVERIFY(m_owner.enterAsOwner(m_host.socketPath()));
        QVERIFY(m_owner.call(EndShare{}));
        m_owner.forgetAnnouncements();
    }

    void aLinkTellsWhoInvitesAndWhatItGives()
    {
        for (const Access access : {Access::View, Access::Edit}) {
            const JoinPolicy policy = access == Access::View ? JoinPolicy::Ask : JoinPolicy::Anyone;
            const ShareLink link = share(access, policy);
            TestPeer peer;
            QVERIFY(peer.connectTls(link));
            QVERIFY(peer.hello());
            const auto seen = peer.call(InspectShare{.share = link.state.id, .secret = link.secret});
            QVERIFY(seen);
            QCOMPARE(seen->ownerName, QStringLiteral("Olga"));
            QCOMPARE(seen->workspaceName, QStringLiteral("workspace"));
            QCOMPARE(seen->access, access);
            QCOMPARE(seen->policy, policy);
            QCOMPARE(seen->present, 1u);
            QVERIFY(m_owner.call(EndShare{}));
        }
    }

    void theOwnerIsAskedAndTheGuestWaits()
    {
        const ShareLink link = share(Access::Edit, JoinPolicy::Ask);
        TestPeer guest;
        QVERIFY(guest.connectTls(link));
        QVERIFY(guest.hello());
        const quint32 call = guest.send(
            JoinShare{.share = link.state.id, .secret = link.secret, .name = QStringLiteral("Gus\n\u202eevil"), .resumeToken = {}});
        const auto asked = m_owner.next<JoinRequested>();
        QVERIFY(asked);
        QCOMPARE(asked->name, QStringLiteral("Gus evil"));
        QCOMPARE(asked->address, QStringLiteral("127.0.0.1"));
        QVERIFY(guest.next<JoinAsked>()->ownerPresent);
        QVERIFY(m_owner.call(AnswerJoin{.request = asked->request, .decision = JoinDecision::AllowReadOnly}));
        const auto answer = guest.answerTo(call);
        QVERIFY(answer);
        const auto &joined = std::get<WorkspaceJoined>(*answer);
        QCOMPARE(joined.you.access, Access::View);
        QVERIFY(joined.workspace.rootPath.isEmpty());
        QCOMPARE(joined.others.size(), 1);
        const auto seen = m_owner.next<ParticipantJoined>();
        QVERIFY(seen);
        // One line, nothing that turns text round
        QCOMPARE(seen->participant.name, QStringLiteral("Gus evil"));
        QCOMPARE(seen->participant.address, QStringLiteral("127.0.0.1"));
    }

    void onlyTheOwnerIsToldAddresses()
    {
        const ShareLink link = share();
        TestPeer first;
        QVERIFY(first.enterAsGuest(link, QStringLiteral("First")));
        QCOMPARE(m_owner.next<ParticipantJoined>()->participant.address, QStringLiteral("127.0.0.1"));
        TestPeer second;
        const auto joined = second.enterAsGuest(link, QStringLiteral("Second"));
        QVERIFY(joined);
        QCOMPARE(joined->others.size(), 2);
        for (const Participant &other : joined->others)
            QCOMPARE(other.address, QString());
        QCOMPARE(first.next<ParticipantJoined>()->participant.address, QString());
        QVERIFY(m_owner.call(SetAccess{.participant = joined->you.id, .access = Access::View}));
        QCOMPARE(first.next<ParticipantChanged>()->participant.address, QString());
        QCOMPARE(m_owner.next<ParticipantChanged>()->participant.address, QStringLiteral("127.0.0.1"));
    }

    void aDeniedGuestHearsIt()
    {
        const ShareLink link = share(Access::Edit, JoinPolicy::Ask);
        for (const JoinDecision decision : {JoinDecision::Deny, JoinDecision::DenyAndBlock}) {
            TestPeer guest;
            QVERIFY(guest.connectTls(link));
            QVERIFY(guest.hello());
            const quint32 call = guest.send(
                JoinShare{.share = link.state.id, .secret = link.secret, .name = QStringLiteral("G"), .resumeToken = {}});
            const auto asked = m_owner.next<JoinRequested>();
            QVERIFY(asked);
            QVERIFY(m_owner.call(AnswerJoin{.request = asked->request, .decision = decision}));
            QCOMPARE(guest.answerTo(call).error().code, ErrorCode::Denied);
        }
        // Blocked: not even a question any more, and the answer says nothing about why
        QCOMPARE(refusalOf(link), ErrorCode::LinkRefused);
        QVERIFY(!m_owner.next<JoinRequested>(200));
    }

    void aQuestionOfSomebodyWhoLeftIsWithdrawn()
    {
        const ShareLink link = share(Access::Edit, JoinPolicy::Ask);
        TestPeer guest;
        QVERIFY(guest.connectTls(link));
        QVERIFY(guest.hello());
        guest.send(JoinShare{.share = link.state.id, .secret = link.secret, .name = QStringLiteral("G"), .resumeToken = {}});
        const auto asked = m_owner.next<JoinRequested>();
        QVERIFY(asked);
        guest.disconnectNow();
        const auto ended = m_owner.next<JoinRequestEnded>();
        QVERIFY(ended);
        QCOMPARE(ended->request, asked->request);
        QCOMPARE(m_owner.call(AnswerJoin{.request = asked->request, .decision = JoinDecision::Allow}).error().code,
                 ErrorCode::NotFound);
    }

    void aFourthQuestionFromOneAddressIsNotPut()
    {
        const ShareLink link = share(Access::Edit, JoinPolicy::Ask);
        std::vector<std::unique_ptr<TestPeer>> waiting;
        for (int i = 0; i < 3; ++i) {
            auto &peer = waiting.emplace_back(std::make_unique<TestPeer>());
            QVERIFY(peer->connectTls(link));
            QVERIFY(peer->hello());
            peer->send(JoinShare{.share = link.state.id, .secret = link.secret, .name = QStringLiteral("G"), .resumeToken = {}});
            QVERIFY(m_owner.next<JoinRequested>());
        }
        QCOMPARE(refusalOf(link), ErrorCode::TooMany);
    }

    void unsharingCutsGuestsOffAtOnce()
    {
        const ShareLink link = share();
        std::vector<std::unique_ptr<TestPeer>> guests;
        for (int i = 0; i < 5; ++i) {
            auto &peer = guests.emplace_back(std::make_unique<TestPeer>());
            QVERIFY(peer->enterAsGuest(link, QStringLiteral("G%1").arg(i)));
        }
        QElapsedTimer timer;
        timer.start();
        const auto stopped = m_owner.call(EndShare{});
        QVERIFY(stopped);
        QCOMPARE(stopped->guests, 5u);
        for (auto &guest : guests) {
            QTRY_VERIFY_WITH_TIMEOUT(!guest->isOpen(), 250);
            const auto ended = guest->next<SessionEnded>(0);
            QVERIFY(ended);
            QCOMPARE(ended->reason, EndReason::Unshared);
            QCOMPARE(ended->by, QStringLiteral("Olga"));
        }
        QVERIFY2(timer.elapsed() <= 250, qPrintable(QString::number(timer.elapsed())));
    }

    void theOldLinkIsDeadAndTheNewOneIsAnother()
    {
        const ShareLink old = share();
        QVERIFY(m_owner.call(EndShare{}));
        const ShareLink fresh = share();
        QVERIFY(old.secret != fresh.secret);
        QVERIFY(old.state.id != fresh.state.id);
        ShareLink knock = fresh;
        knock.state.id = old.state.id;
        knock.secret = old.secret;
        QCOMPARE(refusalOf(knock), ErrorCode::LinkRefused);
        // The old id with the new secret is no better
        knock.secret = fresh.secret;
        QCOMPARE(refusalOf(knock), ErrorCode::LinkRefused);
        // Nor the new id with the old secret
        knock.state.id = fresh.state.id;
        knock.secret = old.secret;
        QCOMPARE(refusalOf(knock), ErrorCode::LinkRefused);
        TestPeer guest;
        QVERIFY(guest.enterAsGuest(fresh, QStringLiteral("G")));
    }

    void whoComesTooLateHearsThatTheLinkOpensNothing()
    {
        const ShareLink link = share();
        QVERIFY(m_owner.call(EndShare{}));
        QCOMPARE(refusalOf(link), ErrorCode::LinkRefused);
    }

    void nothingListensBeforeAnythingIsShared()
    {
        const ShareLink link = share();
        QVERIFY(m_owner.call(EndShare{}));
        m_host.terminate();
        QVERIFY(m_host.start());
        TestPeer peer;
        QVERIFY(!peer.connectTls(link));
    }

    void readOnlyTakesEffectOnTheHostAtOnce()
    {
        const ShareLink link = share(Access::Edit);
        TestPeer guest;
        QVERIFY(guest.enterAsGuest(link, QStringLiteral("G")));
        QVERIFY(guest.call(CreateEntry{.path = "before.txt", .kind = EntryKind::File}));
        QVERIFY(m_owner.call(ChangeShare{.access = Access::View, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0}));
        QCOMPARE(guest.call(CreateEntry{.path = "after.txt", .kind = EntryKind::File}).error().code, ErrorCode::Forbidden);
        QCOMPARE(guest.next<ParticipantChanged>()->participant.access, Access::View);
        TestPeer later;
        QCOMPARE(later.enterAsGuest(link, QStringLiteral("L"))->you.access, Access::View);
        // …and back
        QVERIFY(m_owner.call(ChangeShare{.access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0}));
        QVERIFY(guest.call(CreateEntry{.path = "after.txt", .kind = EntryKind::File}));
    }

    void aResumeTokenBringsTheSamePersonBackOnce()
    {
        const ShareLink link = share(Access::Edit, JoinPolicy::Anyone);
        TestPeer guest;
        const auto joined = guest.enterAsGuest(link, QStringLiteral("G"));
        QVERIFY(joined);
        QVERIFY(m_owner.call(ChangeShare{.access = Access::Edit, .policy = JoinPolicy::Ask, .lifetimeSeconds = 0}));
        guest.disconnectNow();
        const auto lost = m_owner.next<ParticipantChanged>();
        QVERIFY(lost);
        QVERIFY(!lost->participant.isConnected);

        TestPeer again;
        QVERIFY(again.connectTls(link));
        QVERIFY(again.hello());
        const JoinShare resume{
            .share = link.state.id, .secret = link.secret, .name = QStringLiteral("G"), .resumeToken = joined->resumeToken};
        const auto resumed = again.call(resume);
        QVERIFY(resumed);
        QCOMPARE(resumed->you.id, joined->you.id);
        QCOMPARE(resumed->you.client, joined->you.client);
        QVERIFY(resumed->resumeToken != joined->resumeToken);

        // The token is spent: whoever has a copy of it has to ask like everybody else
        TestPeer thief;
        QVERIFY(thief.connectTls(link));
        QVERIFY(thief.hello());
        thief.send(resume);
        QVERIFY(thief.next<JoinAsked>());
    }

    void aRestartedHostKnowsItsGuestsAndForgetsNobodysEnd()
    {
        const ShareLink link = share();
        TestPeer guest;
        const auto joined = guest.enterAsGuest(link, QStringLiteral("G"));
        QVERIFY(joined);
        TestPeer shownOut;
        const auto other = shownOut.enterAsGuest(link, QStringLiteral("S"));
        QVERIFY(other);
        QVERIFY(m_owner.call(RemoveParticipant{.participant = other->you.id, .block = false}));
        QVERIFY(m_owner.call(SetAccess{.participant = joined->you.id, .access = Access::View}));
        m_host.kill();
        QVERIFY(m_host.start());
        m_owner.disconnectNow();
        QVERIFY(m_owner.enterAsOwner(m_host.socketPath()));
        const auto entered = m_owner.call(ListWorkspaces{});
        QVERIFY(entered);

        // The share is in force again once the host listens for it
        const auto reopened = m_owner.call(ChangeShare{.access = Access::Edit, .policy = JoinPolicy::Ask, .lifetimeSeconds = 0});
        QVERIFY(reopened);
        ShareLink now = link;
        TestPeer again;
        QVERIFY(again.connectTls(now));
        QVERIFY(again.hello());
        const auto resumed = again.call(JoinShare{
            .share = link.state.id, .secret = link.secret, .name = QStringLiteral("G"), .resumeToken = joined->resumeToken});
        QVERIFY(resumed);
        QCOMPARE(resumed->you.id, joined->you.id);
        QCOMPARE(resumed->you.access, Access::View);
        TestPeer thief;
        QVERIFY(thief.connectTls(now));
        QVERIFY(thief.hello());
        thief.send(JoinShare{
            .share = link.state.id, .secret = link.secret, .name = QStringLiteral("S"), .resumeToken = other->resumeToken});
        QVERIFY(thief.next<JoinAsked>());
    }

    void whoWasBlockedIsStillBlockedAfterARestartAndNotInTheNextShare()
    {
        const ShareLink link = share();
        {
            TestPeer guest;
            const auto joined = guest.enterAsGuest(link, QStringLiteral("B"));
            QVERIFY(joined);
            QVERIFY(m_owner.call(RemoveParticipant{.participant = joined->you.id, .block = true}));
        }
        QCOMPARE(refusalOf(link), ErrorCode::LinkRefused);
        m_host.kill();
        QVERIFY(m_host.start());
        m_owner.disconnectNow();
        QVERIFY(m_owner.enterAsOwner(m_host.socketPath()));
        QCOMPARE(refusalOf(link), ErrorCode::LinkRefused);
        // It is the address, not the share, that is refused
        QVERIFY(m_owner.call(ChangeShare{.access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0}));
        QVERIFY(m_owner.call(EndShare{}));
        const ShareLink next = share();
        TestPeer guest;
        QVERIFY(guest.enterAsGuest(next, QStringLiteral("B")));
    }

    void anEndedShareStaysEndedAfterARestart()
    {
        const ShareLink link = share();
        QVERIFY(m_owner.call(EndShare{}));
        m_host.kill();
        QVERIFY(m_host.start());
        m_owner.disconnectNow();
        QVERIFY(m_owner.enterAsOwner(m_host.socketPath()));
        const ShareLink fresh = share();
        ShareLink knock = fresh;
        knock.state.id = link.state.id;
        knock.secret = link.secret;
        QCOMPARE(refusalOf(knock), ErrorCode::LinkRefused);
    }

    void anExpiredShareEndsForEverybody()
    {
        const ShareLink link = share(Access::Edit, JoinPolicy::Anyone, 1);
        TestPeer guest;
        QVERIFY(guest.enterAsGuest(link, QStringLiteral("G")));
        const auto ended = guest.next<SessionEnded>(5000);
        QVERIFY(ended);
        QCOMPARE(ended->reason, EndReason::Expired);
        QVERIFY(!m_owner.next<ShareChanged>()->state);
    }

    void guessingIsSlowedAndAnHonestGuestIsNot()
    {
        const ShareLink link = share();
        ShareLink wrong = link;
        int closed = 0;
        for (int i = 0; i < 15; ++i) {
            wrong.secret = QByteArray(kSecretBytes, char(i));
            const ErrorCode code = refusalOf(wrong);
            QVERIFY(code == ErrorCode::LinkRefused || code == ErrorCode::Disconnected);
            closed += code == ErrorCode::Disconnected;
        }
        // Wrong secrets of the tests before count as well: at least the last five, at most those
        QVERIFY2(closed >= 5 && closed < 10, qPrintable(QString::number(closed)));
        TestPeer guest;
        QVERIFY(guest.enterAsGuest(link, QStringLiteral("G")));
    }

    void aVersionFromTheFutureIsToldSo()
    {
        const ShareLink link = share();
        TestPeer peer;
        QVERIFY(peer.connectTls(link));
        const auto welcomed = peer.call(Hello{.version = kProtocolVersion + 1, .client = {}, .name = {}});
        QCOMPARE(welcomed.error().code, ErrorCode::VersionMismatch);
    }

    void whoLeavesIsGoneForTheOthers()
    {
        const ShareLink link = share();
        TestPeer guest;
        const auto joined = guest.enterAsGuest(link, QStringLiteral("G"));
        QVERIFY(joined);
        QVERIFY(guest.call(Leave{}));
        QCOMPARE(m_owner.next<ParticipantLeft>()->participant, joined->you.id);
    }
};

QTEST_GUILESS_MAIN(tst_Share)
#include "tst_share.moc"
