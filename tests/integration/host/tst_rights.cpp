// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testhost.h"
#include "tests/support/host/testpeer.h"
#include "tests/support/messagesamples.h"

#include <QtTest>

#include <functional>

using namespace protocol;
using base::ErrorCode;

namespace {

enum class Outcome {
    Allowed,         // a handler ran, whatever it made of the sample
    Forbidden,       // refused, connection stays
    Closed,          // refused and closed
};

const char *text(Outcome outcome)
{
    return outcome == Outcome::Allowed ? "allowed" : outcome == Outcome::Forbidden ? "forbidden" : "closed";
}

} // namespace

//! Every message that a client can send, sent over the real wire by everybody there is.
class tst_Rights : public QObject
{
    Q_OBJECT

    support::TestHost m_host;
    support::TestPeer m_owner;
    std::optional<ShareLink> m_link;

    using Maker = std::function<bool(support::TestPeer &)>;

    ShareLink share(Access access)
    {
        (void)m_owner.call(EndShare{});
        const auto created = m_owner.call(CreateShare{
            .access = access, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0, .addresses = {}, .port = 0});
        if (!created)
            qFatal("cannot share: %s", created.error().detail.c_str());
        return created->link;
    }

    // What the host makes of one message. The samples are well formed and mean nothing: ids and paths are random.
    template <Guarded T>
    Outcome outcomeOf(support::TestPeer &peer, const T &message)
    {
        const quint32 call = peer.send(message);
        if constexpr (Request<T>) {
            const auto answer = peer.answerTo(call);
            if (answer)
                return Outcome::Allowed;
            if (answer.error().code == ErrorCode::Forbidden)
                return Outcome::Forbidden;
            if (answer.error().code == ErrorCode::Unauthenticated || answer.error().code == ErrorCode::Disconnected) {
                (void)QTest::qWaitFor([&] { return !peer.isOpen(); }, 3000);
                return peer.isOpen() ? Outcome::Forbidden : Outcome::Closed;
            }
            return Outcome::Allowed;
        } else {
            // A notice has no answer: a request after it shows whether the connection still stands.
            const auto after = peer.answerTo(peer.send(ListFolder{.path = {}, .offset = 0}));
            (void)QTest::qWaitFor([&] { return after || !peer.isOpen(); }, 3000);
            return peer.isOpen() ? Outcome::Allowed : Outcome::Closed;
        }
    }

    // Runs over the table with a fresh connection for each message.
    void checkEveryMessage(const char *principal, const Maker &makePeer, const std::function<Outcome(Tag, Access)> &expected)
    {
        int cells = 0;
        Messages::forEach([&]<typename T>() {
            if constexpr (Guarded<T>) {
                support::TestPeer peer;
                QVERIFY2(makePeer(peer), principal);
                support::MessageSamples samples(quint64(T::tag));
                const Outcome outcome = outcomeOf(peer, samples.make<T>());
                const Outcome wanted = expected(T::tag, T::needs);
                QVERIFY2(outcome == wanted, qPrintable(QStringLiteral("%1 by %2: %3 instead of %4")
                                                           .arg(QLatin1String(nameOf(T::tag)), QLatin1String(principal),
                                                                QLatin1String(text(outcome)), QLatin1String(text(wanted)))));
                ++cells;
            }
        });
        QVERIFY(cells >= 25);
    }

private Q_SLOTS:
    void init()
    {
        if (!m_host.isRunning())
            QVERIFY(m_host.start());
        m_owner.disconnectNow();
        QVERIFY(m_owner.enterAsOwner(m_host.socketPath()));
    }

    void aStrangerMayOnlySayHello()
    {
        const ShareLink link = share(Access::Edit);
        checkEveryMessage("a stranger", [&](auto &peer) { return peer.connectTls(link); },
                          [](Tag tag, Access) { return tag == Tag::Hello ? Outcome::Allowed : Outcome::Closed; });
    }

    void whoHasGreetedMayOnlyKnock()
    {
        const ShareLink link = share(Access::Edit);
        checkEveryMessage("a greeted stranger", [&](auto &peer) { return peer.connectTls(link) && peer.hello(); },
                          [](Tag, Access needs) { return needs == Access::Anyone ? Outcome::Allowed : Outcome::Closed; });
    }

    void aWaitingGuestMayNothingMore()
    {
        const ShareLink link = share(Access::Edit);
        QVERIFY(m_owner.call(ChangeShare{.access = Access::Edit, .policy = JoinPolicy::Ask, .lifetimeSeconds = 0}));
        checkEveryMessage(
            "a waiting guest",
            [&](auto &peer) {
                if (!peer.connectTls(link) || !peer.hello())
                    return false;
                peer.send(JoinShare{.share = link.state.id, .secret = link.secret, .name = QStringLiteral("W"), .resumeToken = {}});
                return peer.template next<JoinAsked>().has_value();
            },
            [](Tag, Access needs) { return needs == Access::Anyone ? Outcome::Allowed : Outcome::Closed; });
    }

    void aViewerMayLook()
    {
        const ShareLink link = share(Access::View);
        checkEveryMessage("a viewer", [&](auto &peer) { return bool(peer.enterAsGuest(link, QStringLiteral("V"))); },
                          [](Tag, Access needs) { return needs <= Access::View ? Outcome::Allowed : Outcome::Forbidden; });
    }

    void anEditorMayEdit()
    {
        const ShareLink link = share(Access::Edit);
        checkEveryMessage("an editor", [&](auto &peer) { return bool(peer.enterAsGuest(link, QStringLiteral("E"))); },
                          [](Tag, Access needs) { return needs <= Access::Edit ? Outcome::Allowed : Outcome::Forbidden; });
    }

    void anEditorMadeAViewerMayOnlyLook()
    {
        const ShareLink link = share(Access::Edit);
        checkEveryMessage(
            "a former editor",
            [&](auto &peer) {
                const auto joined = peer.enterAsGuest(link, QStringLiteral("F"));
                return joined && m_owner.call(SetAccess{.participant = joined->you.id, .access = Access::View});
            },
            [](Tag, Access needs) { return needs <= Access::View ? Outcome::Allowed : Outcome::Forbidden; });
    }

    void whoWasShownOutMayNothing()
    {
        const ShareLink link = share(Access::Edit);
        checkEveryMessage(
            "somebody shown out",
            [&](auto &peer) {
                const auto joined = peer.enterAsGuest(link, QStringLiteral("O"));
                return joined && m_owner.call(RemoveParticipant{.participant = joined->you.id, .block = false});
            },
            [](Tag, Access) { return Outcome::Closed; });
    }

    void afterUnsharingAGuestMayNothing()
    {
        checkEveryMessage(
            "a guest of an ended share",
            [&](auto &peer) { return peer.enterAsGuest(share(Access::Edit), QStringLiteral("U")) && m_owner.call(EndShare{}); },
            [](Tag, Access) { return Outcome::Closed; });
    }

    void theOwnerMayEverything()
    {
        checkEveryMessage("the owner", [&](auto &peer) { return bool(peer.enterAsOwner(m_host.socketPath())); },
                          [](Tag, Access) { return Outcome::Allowed; });
    }
};

QTEST_GUILESS_MAIN(tst_Rights)
#include "tst_rights.moc"
