// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/limits.h"
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"
#include "tests/support/host/testpeer.h"
#include "tests/support/messagesamples.h"
#include "tests/support/seed.h"

#include <QtEndian>
#include <QtTest>

#include <csignal>
#include <random>

using namespace protocol;
using support::TestPeer;

//! Bytes that no client of ours sends, before and after signing in.
class tst_Hostile : public QObject
{
    Q_OBJECT

    support::TestHost m_host;
    TestPeer m_owner;
    std::optional<ShareLink> m_link;

    bool enter(TestPeer &peer, bool signIn)
    {
        return signIn ? bool(peer.enterAsGuest(*m_link, QStringLiteral("M"))) : peer.connectTls(*m_link);
    }

    // Sends and reports whether the host closed this connection while the owner's goes on.
    bool isClosedAfter(const QByteArray &frame, bool signIn)
    {
        TestPeer peer;
        if (!enter(peer, signIn))
            return false;
        peer.sendBytes(frame);
        const bool isClosed = QTest::qWaitFor([&] { return !peer.isOpen(); }, 20'000);
        return isClosed && bool(m_owner.call(ListFolder{.path = {}, .offset = 0}));
    }

    // A frame of exactly this size that is well formed and that nobody knows: refused for what it says only.
    static QByteArray unknownMessage(qint64 size)
    {
        const quint32 length = qToBigEndian(quint32(size - 10));
        return QByteArray::fromHex("8319ea60075a") + QByteArray(reinterpret_cast<const char *>(&length), 4)
            + QByteArray(qsizetype(size - 10), 'x');
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_host.start());
        QVERIFY(m_owner.enterAsOwner(m_host.socketPath()));
        const auto created = m_owner.call(CreateShare{
            .access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0, .addresses = {}, .port = 0});
        QVERIFY(created);
        m_link = created->link;
    }

    void framesThatAreNoFramesClose_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("not an array") << QByteArray::fromHex("a10001");
        QTest::newRow("nested") << QByteArray(10'000, char(0x81));
        QTest::newRow("lying length") << QByteArray::fromHex("83187801835b7fffffffffffffff");
        QTest::newRow("cut") << encode(Hello{}, 1).chopped(1);
        QTest::newRow("trailing") << encode(Hello{}, 1) + "x";
        QTest::newRow("four parts") << QByteArray::fromHex("8401018000");
    }

    void framesThatAreNoFramesClose()
    {
        QFETCH(QByteArray, frame);
        QVERIFY(isClosedAfter(frame, false));
        QVERIFY(isClosedAfter(frame, true));
    }

    void aFrameAboveTheBoundCloses()
    {
        for (const bool signIn : {false, true}) {
            const qint64 bound = signIn ? transport::kMaxFrameToHost : transport::kMaxFrameBeforeAuth;
            TestPeer peer;
            QVERIFY(enter(peer, signIn));
            peer.sendBytes(unknownMessage(bound));
            QCOMPARE(peer.answerTo(7).error().code, base::ErrorCode::InvalidArgument);
            QVERIFY(peer.isOpen());
            QVERIFY(isClosedAfter(unknownMessage(bound + 1), signIn));
        }
    }

    void memoryStaysBounded()
    {
        const qint64 before = m_host.peakResidentBytes();
        for (int i = 0; i < 3; ++i)
            QVERIFY(isClosedAfter(unknownMessage(24 * 1024 * 1024), true));
        const qint64 grown = m_host.peakResidentBytes() - before;
        QVERIFY2(grown < 12 * 1024 * 1024, qPrintable(QString::number(grown)));
    }

    void aFloodBeforeSigningInCloses()
    {
        TestPeer peer;
        QVERIFY(peer.connectTls(*m_link));
        QVERIFY(peer.hello());
        for (int i = 0; i < 40 && peer.isOpen(); ++i)
            peer.send(InspectShare{.share = m_link->state.id, .secret = m_link->secret});
        QTRY_VERIFY(!peer.isOpen());
    }

    void randomBytesNeverStopTheHost()
    {
        std::mt19937_64 engine(support::seed());
        for (int round = 0; round < 60; ++round) {
            TestPeer peer;
            QVERIFY(enter(peer, round % 2 == 0));
            for (int i = 0; i < 20 && peer.isOpen(); ++i) {
                QByteArray frame = encode(OpenDocument{.path = "a", .knownState = {}, .knownEpoch = {}}, 1);
                for (auto flips = engine() % 4; flips > 0; --flips)
                    frame[qsizetype(engine() % quint64(frame.size()))] = char(engine());
                peer.sendBytes(frame);
            }
            QVERIFY(m_owner.call(ListFolder{.path = {}, .offset = 0}));
        }
        QVERIFY(m_host.isRunning());
    }

    void everyMessageWithRandomContentIsAnsweredOrRefused()
    {
        const quint64 seed = support::seed();
        TestPeer peer;
        QVERIFY(enter(peer, true));
        Messages::forEach([&]<typename T>() {
            if constexpr (Request<T>) {
                if (T::tag == Tag::Leave || T::tag == Tag::Hello)
                    return;
                support::MessageSamples samples(seed + quint64(T::tag));
                for (int i = 0; i < 5; ++i) {
                    if (!peer.isOpen())
                        QVERIFY(enter(peer, true));
                    const auto answer = peer.answerTo(peer.send(samples.make<T>()));
                    QVERIFY2(answer || answer.error().code != base::ErrorCode::Timeout, nameOf(T::tag));
                    QVERIFY2(answer || answer.error().code != base::ErrorCode::Internal, nameOf(T::tag));
                }
            }
        });
        QVERIFY(m_owner.call(ListFolder{.path = {}, .offset = 0}));
    }

    void requestsPileUpOnlyToABound()
    {
        const qint64 before = m_host.residentBytes();
        TestPeer peer;
        QVERIFY(enter(peer, true));
        // All of them lie in front of the host when it looks again, before anything could have been answered
        QCOMPARE(::kill(pid_t(m_host.processId()), SIGSTOP), 0);
        QList<quint32> calls;
        for (int i = 0; i < 20'000; ++i)
            calls.append(peer.send(ReadPage{.path = "none", .offset = 0, .length = 10}));
        const bool isSent = QTest::qWaitFor([&] { return peer.channel()->queuedBytes() == 0; });
        QCOMPARE(::kill(pid_t(m_host.processId()), SIGCONT), 0);
        QVERIFY(isSent);
        int refused = 0;
        for (const quint32 call : std::as_const(calls)) {
            const auto answer = peer.answerTo(call);
            QVERIFY(!answer);
            refused += answer.error().code == base::ErrorCode::TooMany;
        }
        QVERIFY(peer.call(ListFolder{.path = {}, .offset = 0}));
        QVERIFY2(m_host.residentBytes() - before < 32 * 1024 * 1024, "requests pile up in memory");
        QVERIFY(refused > 0 && refused < calls.size());
    }

    // A file is one text: anything else would only cost memory, far more than it takes on the wire.
    void nothingButTextIsTaken()
    {
        m_host.writeFile(QStringLiteral("plain.txt"), "text");
        TestPeer peer;
        const auto joined = peer.enterAsGuest(*m_link, QStringLiteral("M"));
        QVERIFY(joined);
        support::TestEditor editor(peer, joined->you.client);
        QVERIFY(editor.open("plain.txt"));
        const auto refused = [&](const std::function<void(crdt::Document &)> &change) {
            crdt::Document document({.client = joined->you.client});
            QVERIFY(document.applyUpdate(support::viewOf(editor.opened().update)));
            const base::Bytes known = document.encodeStateVector();
            change(document);
            const base::Bytes update = document.encodeStateAsUpdate(known).value();
            const auto answer = peer.call(UpdateDocument{
                .document = editor.id(), .update = QByteArray(reinterpret_cast<const char *>(update.data()), qsizetype(update.size()))});
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, base::ErrorCode::Malformed);
        };
        refused([](crdt::Document &document) { (void)document.text(kTextRoot).format(0, 2, {{"bold", crdt::Any(true)}}); });
        refused([](crdt::Document &document) { (void)document.text("elsewhere").insert(0, u"x"); });
        refused([](crdt::Document &document) { (void)document.map("m").set("key", crdt::Any(1)); });
        refused([](crdt::Document &document) { (void)document.array("a").insertType(0, crdt::TypeKind::Array); });
        QVERIFY(editor.edit(0, 0, QStringLiteral("plain ")));
        QCOMPARE(editor.text(), QStringLiteral("plain text"));
    }

    void nobodyIsSeenInAnothersPlace()
    {
        TestPeer one;
        const auto joined = one.enterAsGuest(*m_link, QStringLiteral("One"));
        QVERIFY(joined);
        m_owner.forgetAnnouncements();
        // An awareness update under the owner's client id, and one with a state of five kilobytes
        one.send(UpdatePresence{.awareness = QByteArray::fromHex("01") + QByteArray::fromHex("ac0201027b7d")});
        one.send(UpdatePresence{.awareness = QByteArray(kMaxPresenceBytes, 'x')});
        QVERIFY(one.call(ListFolder{.path = {}, .offset = 0}));
        QVERIFY(!m_owner.next<PresenceChanged>(100));
    }
};

QTEST_GUILESS_MAIN(tst_Hostile)
#include "tst_hostile.moc"
