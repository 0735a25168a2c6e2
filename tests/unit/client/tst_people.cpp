// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/presence.h"
#include "tests/support/wait.h"
#include "tests/unit/client/workspacefixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using client::People;
using client::Person;
using protocol::Access;
using namespace std::chrono_literals;

namespace {

QByteArray awarenessOf(quint32 client, quint64 clock, const client::Place &place)
{
    const std::array entries{crdt::AwarenessEntry{client, clock, client::stateOfPlace(place)}};
    const base::Bytes bytes = crdt::encodeAwareness(entries);
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

} // namespace

class PeopleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        fixture = std::make_unique<WorkspaceFixture>();
        fixture->host.joined.others = {FakeHost::person(2, Access::Edit, 20), FakeHost::person(3, Access::View, 30)};
        QVERIFY(fixture->open());
        tester = std::make_unique<QAbstractItemModelTester>(&people(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        tester.reset();
        fixture.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void youAreLastAndTheNewestFirst()
    {
        QCOMPARE(people().rowCount({}), 3);
        QCOMPARE(people().person(0).participant.name, QStringLiteral("Person 3"));
        QCOMPARE(people().person(1).participant.name, QStringLiteral("Person 2"));
        QVERIFY(people().person(2).isYou);
        QCOMPARE(people().owner()->participant.id, FakeHost::personId(1));
        QCOMPARE(people().others().size(), 2);
    }

    void comingAndGoingIsTold()
    {
        QSignalSpy joined(&people(), &People::joined);
        QSignalSpy left(&people(), &People::left);
        send(protocol::ParticipantJoined{FakeHost::person(4, Access::Edit, 25)});
        WAIT_COMPARE(joined.size(), 1);
        QCOMPARE(people().person(1).participant.id, FakeHost::personId(4));
        send(protocol::ParticipantJoined{FakeHost::person(4, Access::Edit, 25)});
        send(protocol::ParticipantLeft{FakeHost::personId(4), true});
        WAIT_COMPARE(left.size(), 1);
        QCOMPARE(left.first().at(1).toBool(), true);
        QCOMPARE(joined.size(), 1);
        QCOMPARE(people().rowCount({}), 3);
    }

    void ownAccessFollowsTheHost()
    {
        QSignalSpy access(&people(), &People::ownAccessChanged);
        protocol::Participant you = fixture->host.joined.you;
        you.access = Access::View;
        QVERIFY(fixture->workspace->canEdit());
        send(protocol::ParticipantChanged{you});
        WAIT_COMPARE(access.size(), 1);
        QVERIFY(!fixture->workspace->canEdit());
    }

    void reconnectComparesTheLists()
    {
        QSignalSpy joined(&people(), &People::joined);
        QSignalSpy left(&people(), &People::left);
        QVERIFY(fixture->lose());
        fixture->host.joined.others = {FakeHost::person(3, Access::Edit, 30), FakeHost::person(5, Access::View, 50)};
        QVERIFY(fixture->comeBack());
        QCOMPARE(joined.size(), 1);
        QCOMPARE(left.size(), 1);
        QCOMPARE(people().person(0).participant.id, FakeHost::personId(5));
        QCOMPARE(people().person(1).participant.access, Access::Edit);
    }

    void presenceIsShown()
    {
        client::Place place;
        place.path = "src/main.cpp";
        place.line = 12;
        place.isTyping = true;
        send(protocol::PresenceChanged{awarenessOf(1002, 1, place)});
        WAIT_COMPARE(find(2).path, place.path);
        QCOMPARE(find(2).line, 12);
        QVERIFY(find(2).isTyping);
        QCOMPARE(people().peopleIn("src/main.cpp").size(), 1);
        place.isIdle = true;
        place.isTyping = false;
        send(protocol::PresenceChanged{awarenessOf(1002, 2, place)});
        WAIT_COMPARE(find(2).activity, Person::Activity::Idle);
        QVERIFY(find(2).idleSince > base::WallTime{});
    }

    void olderPresenceIsIgnoredAndSoAreStrangers()
    {
        client::Place place;
        place.path = "new";
        send(protocol::PresenceChanged{awarenessOf(1002, 5, place)});
        place.path = "old";
        send(protocol::PresenceChanged{awarenessOf(1002, 4, place)});
        send(protocol::PresenceChanged{awarenessOf(777, 1, place)});
        place.path = "other";
        send(protocol::PresenceChanged{awarenessOf(1003, 1, place)});
        WAIT_COMPARE(find(3).path, QByteArray("other"));
        QCOMPARE(find(2).path, QByteArray("new"));
        QCOMPARE(people().rowCount({}), 3);
    }

    void silenceTurnsGreyAndAWordEndsIt()
    {
        QCOMPARE(find(2).activity, Person::Activity::Active);
        fixture->clock.advance(16s);
        WAIT_COMPARE(find(2).activity, Person::Activity::Silent);
        send(protocol::PresenceChanged{awarenessOf(1002, 1, {})});
        WAIT_COMPARE(find(2).activity, Person::Activity::Active);
        QCOMPARE(find(3).activity, Person::Activity::Silent);
    }

    void lostConnectionOfSomebodyIsSilence()
    {
        protocol::Participant person = FakeHost::person(2, Access::Edit, 20);
        person.isConnected = false;
        send(protocol::ParticipantChanged{person});
        WAIT_COMPARE(find(2).activity, Person::Activity::Silent);
    }

    void ownPlaceIsSentNewestOnly()
    {
        WAIT_VERIFY(!sent().isEmpty());
        const qsizetype before = sent().size();
        for (int line = 1; line <= 1000; ++line)
            people().setOwnPlace("a.txt", line);
        WAIT_COMPARE(lastPlace().line, 1000);
        QVERIFY2(sent().size() - before <= 3, qPrintable(QString::number(sent().size() - before)));
        QCOMPARE(lastPlace().path, QByteArray("a.txt"));
        QCOMPARE(people().you().line, 1000);
    }

    void ownPlaceIsSentAgainAfterAReconnect()
    {
        people().setOwnPlace("a.txt", 3);
        WAIT_COMPARE(lastPlace().line, 3);
        QVERIFY(fixture->lose());
        people().setOwnPlace("b.txt", 4);
        QVERIFY(fixture->comeBack());
        WAIT_COMPARE(sent().size(), 1);
        QCOMPARE(lastPlace().path, QByteArray("b.txt"));
    }

    void hostThatCountsAnewIsHeardAfterAReconnect()
    {
        client::Place place;
        place.path = "before";
        send(protocol::PresenceChanged{awarenessOf(1002, 500, place)});
        WAIT_COMPARE(find(2).path, place.path);
        QVERIFY(fixture->lose());
        QVERIFY(fixture->comeBack());
        place.path = "after";
        send(protocol::PresenceChanged{awarenessOf(1002, 1, place)});
        WAIT_COMPARE(find(2).path, place.path);
    }

    void brokenPresenceClosesTheChannel()
    {
        send(protocol::PresenceChanged{QByteArray("\x05\xff\xff", 3)});
        WAIT_COMPARE(fixture->workspace->session().state(), client::Session::State::Reconnecting);
    }

    void hostileStatesReadAsNowhere_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("array") << QByteArray("[1]");
        QTest::newRow("wrong types") << QByteArray(R"({"path":1,"line":"x","document":3,"anchor":"a","typing":"yes"})");
        QTest::newRow("huge line") << QByteArray(R"({"line":-1e300})");
        QTest::newRow("bad id") << QByteArray(R"({"document":"zz"})");
        QTest::newRow("bad position") << QByteArray(R"({"anchor":["content"]})");
    }
    void hostileStatesReadAsNowhere()
    {
        QFETCH(QByteArray, json);
        const client::Place place = client::placeFromState(json.toStdString());
        QCOMPARE(place.line, 0);
        QVERIFY(place.path.isEmpty());
        QVERIFY(place.document.isNull());
        QVERIFY(!place.anchor);
        QVERIFY(!place.isTyping);
    }

    void placesSurviveTheWire()
    {
        client::Place place;
        place.path = "caf\xc3\xa9/\xff.txt";
        place.line = 7;
        place.document = *base::DocumentId::fromString("00112233445566778899aabbccddeeff");
        place.anchor = crdt::RelativePosition{.item = crdt::ItemId{4294967295u, 4294967295u}, .assoc = -1};
        place.head = crdt::RelativePosition{.root = "content"};
        place.isIdle = true;
        QCOMPARE(client::placeFromState(client::stateOfPlace(place)), place);
        place.path = QByteArray(2000, 'x');
        QVERIFY(client::stateOfPlace(place).size() < std::size_t(protocol::kMaxPresenceBytes) / 2);
    }

private:
    People &people() { return fixture->workspace->people(); }
    Person find(quint8 number) { return people().find(FakeHost::personId(number)).value_or(Person{}); }
    template <typename T>
    void send(const T &message)
    {
        fixture->host.last().send(message);
    }
    QList<protocol::UpdatePresence> sent() { return fixture->host.last().got<protocol::UpdatePresence>(); }
    client::Place lastPlace()
    {
        const auto all = sent();
        if (all.isEmpty())
            return {};
        const QByteArray &bytes = all.constLast().awareness;
        const auto entries = crdt::decodeAwareness({reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())});
        return entries && !entries->empty() && entries->front().state ? client::placeFromState(*entries->front().state) : client::Place{};
    }

    std::unique_ptr<WorkspaceFixture> fixture;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

QTEST_GUILESS_MAIN(PeopleTest)
#include "tst_people.moc"
