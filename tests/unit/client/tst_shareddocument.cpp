// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/deliver.h"
#include "app/client/presence.h"
#include "tests/support/seed.h"
#include "tests/support/wait.h"
#include "tests/unit/client/fakeroom.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using base::ErrorCode;
using client::SharedDocument;
using client::TextEdit;
using client::TextEdits;
using State = client::SharedDocument::State;

namespace {

//! One person with the document open, and the text as an editor would show it: kept by edits and signals alone.
struct Participant
{
    WorkspaceFixture fixture;
    SharedDocument *document = nullptr;
    QString shown;

    Participant(FakeRoom &room, quint8 number)
    {
        fixture.host.joined.you = FakeHost::person(number, protocol::Access::Edit);
        room.serve(fixture.host);
    }

    bool enter(const QByteArray &path = "a.txt")
    {
        if (!fixture.open())
            return false;
        document = fixture.workspace->open(path);
        QObject::connect(document, &SharedDocument::changed, document, [this](const TextEdits &edits) {
            for (const TextEdit &edit : edits)
                shown.replace(edit.index, edit.removed, edit.inserted);
        });
        QObject::connect(document, &SharedDocument::reloaded, document, [this] { shown = document->text(); });
        return support::waitFor([this] { return document->state() != State::Opening; });
    }

    bool type(qsizetype index, qsizetype removed, const QString &inserted)
    {
        if (!document->edit({{index, removed, inserted}}))
            return false;
        shown.replace(index, removed, inserted);
        return true;
    }
};

} // namespace

class SharedDocumentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { room = std::make_unique<FakeRoom>(); }
    void cleanup()
    {
        people.clear();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        room.reset();
    }

    void twoPeopleSeeEachOthersTyping()
    {
        Participant &a = enter(1);
        Participant &b = enter(2);
        QVERIFY(a.type(0, 0, QStringLiteral("hello")));
        WAIT_COMPARE(b.shown, QStringLiteral("hello"));
        // At the same time, in different words.
        QVERIFY(a.type(5, 0, QStringLiteral(" world")));
        QVERIFY(b.type(1, 3, QStringLiteral("ipp")));
        WAIT_COMPARE(a.shown, QStringLiteral("hippo world"));
        WAIT_COMPARE(b.shown, a.shown);
        QCOMPARE(room->text(), a.shown);
        WAIT_VERIFY(!a.document->hasUnacknowledged());
    }

    void editAnnouncedRightBehindTheOpeningIsNotLost()
    {
        room->startOver(QStringLiteral("text"), 'e');
        Participant &a = add(1);
        // Both frames are on their way before the client sees the first one.
        const auto serve = a.fixture.host.script;
        a.fixture.host.script = [this, serve](FakeConnection &connection, const protocol::AnyMessage &message, quint32 call) {
            const bool done = serve(connection, message, call);
            if (std::holds_alternative<protocol::OpenDocument>(message))
                room->edit(0, 0, QStringLiteral("more "));
            return done;
        };
        QVERIFY(a.enter());
        WAIT_COMPARE(a.document->text(), QStringLiteral("more text"));
    }

    void acknowledgementWaitsForTheHost()
    {
        Participant &a = enter(1);
        QSignalSpy unacknowledged(a.document, &SharedDocument::unacknowledgedChanged);
        QSignalSpy counts(a.document, &SharedDocument::acknowledgedCountChanged);
        room->isHolding = true;
        QVERIFY(a.type(0, 0, QStringLiteral("x")));
        QVERIFY(a.document->hasUnacknowledged());
        WAIT_COMPARE(room->text(), QStringLiteral("x"));
        QVERIFY(a.fixture.workspace->hasUnacknowledged());
        QCOMPARE(a.document->acknowledgedCount(), 0u);
        room->answerHeld();
        WAIT_VERIFY(!a.document->hasUnacknowledged());
        QCOMPARE(a.document->acknowledgedCount(), 1u);
        QCOMPARE(unacknowledged.size(), 2);
        QCOMPARE(counts.size(), 1);
    }

    void offlineTypingArrivesAfterTheReturn()
    {
        room->startOver(QStringLiteral("start"), 'e');
        Participant &a = enter(1);
        Participant &b = enter(2);
        room->isForgetful = true;   // the line dies with an update on it
        QVERIFY(a.type(5, 0, QStringLiteral(" lost?")));
        WAIT_COMPARE(room->updates.size(), 1);
        QVERIFY(a.fixture.lose());
        QCOMPARE(a.document->state(), State::Offline);
        QVERIFY(a.document->isWritable());
        room->isForgetful = false;
        QVERIFY(a.type(0, 0, QStringLiteral("offline ")));
        QVERIFY(b.type(0, 0, QStringLiteral("B ")));
        WAIT_VERIFY(room->text().startsWith(QStringLiteral("B ")));
        QVERIFY(a.fixture.comeBack());
        WAIT_COMPARE(a.document->state(), State::Open);
        WAIT_VERIFY(!a.document->hasUnacknowledged());
        WAIT_COMPARE(a.shown.size(), QStringLiteral("B offline start lost?").size());
        WAIT_COMPARE(b.shown, a.shown);
        QCOMPARE(room->text(), a.shown);
    }

    void acknowledgedButUnheardEditsAreNotDoubled()
    {
        Participant &a = enter(1);
        room->isHolding = true;     // applied, but the answer never arrives
        QVERIFY(a.type(0, 0, QStringLiteral("once")));
        WAIT_COMPARE(room->text(), QStringLiteral("once"));
        QVERIFY(a.fixture.lose());
        room->isHolding = false;
        QVERIFY(a.fixture.comeBack());
        WAIT_VERIFY(!a.document->hasUnacknowledged());
        QCOMPARE(room->text(), QStringLiteral("once"));
        QCOMPARE(a.document->text(), QStringLiteral("once"));
        QVERIFY(room->updates.size() >= 2);
    }

    void newClientIdAfterTheReturnIsUsed()
    {
        Participant &a = enter(1);
        QVERIFY(a.type(0, 0, QStringLiteral("old ")));
        QVERIFY(a.fixture.lose());
        QVERIFY(a.type(4, 0, QStringLiteral("kept ")));
        a.fixture.host.joined.you.client = 9009;
        QVERIFY(a.fixture.comeBack());
        WAIT_COMPARE(a.document->state(), State::Open);
        QVERIFY(a.type(9, 0, QStringLiteral("new")));
        WAIT_COMPARE(room->text(), QStringLiteral("old kept new"));
        QCOMPARE(room->document->stateVector().of(9009), 3u);
        QCOMPARE(room->document->stateVector().of(1001), 9u);
    }

    void lostHistoryOfTheHostKeepsWhatWasTyped()
    {
        room->startOver(QStringLiteral("one two three"), 'e');
        Participant &a = enter(1);
        QVERIFY(a.type(0, 3, QStringLiteral("1")));
        WAIT_VERIFY(!a.document->hasUnacknowledged());
        QVERIFY(a.fixture.lose());
        QVERIFY(a.type(11, 0, QStringLiteral(" four")));
        room->startOver(QStringLiteral("title\n1 two three"), 'f');
        QSignalSpy reloads(a.document, &SharedDocument::reloaded);
        QVERIFY(a.fixture.comeBack());
        WAIT_COMPARE(room->text(), QStringLiteral("title\n1 two three four"));
        QCOMPARE(reloads.size(), 1);
        QCOMPARE(a.shown, room->text());
        WAIT_VERIFY(!a.document->hasUnacknowledged());
        QVERIFY(a.type(0, 0, QStringLiteral("#")));
        WAIT_COMPARE(room->text(), a.shown);
    }

    void lostHistoryWithoutOwnEditsIsJustTheHostsText()
    {
        room->startOver(QStringLiteral("one"), 'e');
        Participant &a = enter(1);
        QVERIFY(a.fixture.lose());
        room->startOver(QStringLiteral("another"), 'f');
        QVERIFY(a.fixture.comeBack());
        WAIT_COMPARE(a.shown, QStringLiteral("another"));
        QVERIFY(room->updates.isEmpty());
    }

    void undoTakesBackOnlyOwnWork()
    {
        Participant &a = enter(1);
        Participant &b = enter(2);
        QVERIFY(a.type(0, 0, QStringLiteral("mine ")));
        WAIT_COMPARE(b.shown, QStringLiteral("mine "));
        QVERIFY(b.type(5, 0, QStringLiteral("theirs")));
        WAIT_COMPARE(a.shown, QStringLiteral("mine theirs"));
        QVERIFY(a.document->canUndo());
        a.document->undo();
        QCOMPARE(a.shown, QStringLiteral("theirs"));
        WAIT_COMPARE(b.shown, QStringLiteral("theirs"));
        QVERIFY(!a.document->canUndo());
        a.document->redo();
        WAIT_COMPARE(b.shown, QStringLiteral("mine theirs"));
    }

    void saveGoesBehindTheLastEdit()
    {
        Participant &a = enter(1);
        for (int i = 0; i < 200; ++i)
            QVERIFY(a.type(0, 0, QStringLiteral("x")));
        const auto saved = a.document->save();
        WAIT_VERIFY(saved.isFinished());
        QVERIFY(saved.result());
        QCOMPARE(room->textsAtSave, QList<QString>{QString(200, QChar(u'x'))});
    }

    void saveWithoutAConnectionSaysSo()
    {
        Participant &a = enter(1);
        QVERIFY(a.fixture.lose());
        const auto saved = a.document->save();
        QVERIFY(saved.isFinished());
        QCOMPARE(saved.result().error().code, ErrorCode::Disconnected);
    }

    void refusedEditIsToldAndKeptUntilAccessReturns()
    {
        Participant &a = enter(1);
        QSignalSpy refused(a.document, &SharedDocument::editRefused);
        QSignalSpy writable(a.document, &SharedDocument::writableChanged);
        room->refuseUpdates = ErrorCode::Forbidden;
        QVERIFY(a.type(0, 0, QStringLiteral("x")));
        protocol::Participant you = a.fixture.host.joined.you;
        you.access = protocol::Access::View;
        a.fixture.host.last().send(protocol::ParticipantChanged{you});
        WAIT_COMPARE(refused.size(), 1);
        WAIT_COMPARE(writable.size(), 1);
        QVERIFY(!a.type(0, 0, QStringLiteral("y")));
        QCOMPARE(a.document->text(), QStringLiteral("x"));
        QVERIFY(a.document->hasUnacknowledged());
        room->refuseUpdates.reset();
        you.access = protocol::Access::Edit;
        a.fixture.host.last().send(protocol::ParticipantChanged{you});
        WAIT_COMPARE(room->text(), QStringLiteral("x"));
        WAIT_VERIFY(!a.document->hasUnacknowledged());
    }

    void editThatCanNeverBeTakenIsGivenBack()
    {
        Participant &a = enter(1);
        QVERIFY(a.type(0, 0, QStringLiteral("kept ")));
        WAIT_VERIFY(!a.document->hasUnacknowledged());
        QSignalSpy refused(a.document, &SharedDocument::editRefused);
        QSignalSpy reloaded(a.document, &SharedDocument::reloaded);
        room->refuseUpdates = ErrorCode::TooLarge;
        QVERIFY(a.type(5, 0, QStringLiteral("too much ")));
        WAIT_COMPARE(refused.size(), 1);
        QCOMPARE(refused[0][1].toString(), QStringLiteral("too much "));
        QCOMPARE(reloaded.size(), 1);
        QCOMPARE(a.document->text(), QStringLiteral("kept "));
        QVERIFY(!a.document->hasUnacknowledged());
        // What is typed from here on is not built on what the host lacks.
        room->refuseUpdates.reset();
        QVERIFY(a.type(5, 0, QStringLiteral("less")));
        WAIT_COMPARE(room->text(), QStringLiteral("kept less"));
        WAIT_VERIFY(!a.document->hasUnacknowledged());
    }

    void whatIsGivenUpIsHandedOverAlsoWhenTheHostsTextDoesNotCome()
    {
        Participant &a = enter(1);
        QSignalSpy refused(a.document, &SharedDocument::editRefused);
        room->refuseUpdates = ErrorCode::TooLarge;
        room->refuseOpen = ErrorCode::TooLarge;
        QVERIFY(a.type(0, 0, QStringLiteral("too much")));
        WAIT_COMPARE(a.document->state(), SharedDocument::State::Failed);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused[0][1].toString(), QStringLiteral("too much"));
        room->refuseUpdates.reset();
        room->refuseOpen.reset();
        const qsizetype sent = room->updates.size();
        QVERIFY(a.fixture.workspace->open("a.txt") == a.document);
        WAIT_COMPARE(a.document->state(), SharedDocument::State::Open);
        QCOMPARE(a.document->text(), QString());
        QVERIFY(!a.document->hasUnacknowledged());
        QCOMPARE(refused.size(), 1);
        QCOMPARE(room->updates.size(), sent);
    }

    void whatIsTypedWhileAFileBecomesReadOnlyWaits()
    {
        Participant &a = enter(1);
        QSignalSpy refused(a.document, &SharedDocument::editRefused);
        QSignalSpy writable(a.document, &SharedDocument::writableChanged);
        room->refuseUpdates = ErrorCode::ReadOnly;
        QVERIFY(a.type(0, 0, QStringLiteral("x")));
        WAIT_COMPARE(refused.size(), 1);
        QVERIFY(refused[0][1].toString().isEmpty());
        QCOMPARE(a.document->text(), QStringLiteral("x"));
        QVERIFY(a.document->hasUnacknowledged());
        room->info.isReadOnly = true;
        room->announce(protocol::DocumentInfoChanged{room->id, room->info});
        WAIT_COMPARE(writable.size(), 1);
        room->refuseUpdates.reset();
        room->info.isReadOnly = false;
        room->announce(protocol::DocumentInfoChanged{room->id, room->info});
        WAIT_COMPARE(room->text(), QStringLiteral("x"));
        WAIT_VERIFY(!a.document->hasUnacknowledged());
    }

    void fullDiskKeepsTheEdit()
    {
        Participant &a = enter(1);
        QSignalSpy refused(a.document, &SharedDocument::editRefused);
        room->refuseUpdates = ErrorCode::DiskFull;
        QVERIFY(a.type(0, 0, QStringLiteral("x")));
        WAIT_COMPARE(refused.size(), 1);
        QVERIFY(a.document->hasUnacknowledged());
        room->refuseUpdates.reset();
        QVERIFY(a.fixture.lose());
        QVERIFY(a.fixture.comeBack());
        WAIT_COMPARE(room->text(), QStringLiteral("x"));
    }

    void readOnlyReasonsAreKnown()
    {
        room->info.isReadOnly = true;
        Participant &a = enter(1);
        QVERIFY(!a.document->isWritable());
        QCOMPARE(a.document->edit({{0, 0, QStringLiteral("x")}}).error().code, ErrorCode::Forbidden);
        room->info.isReadOnly = false;
        QSignalSpy writable(a.document, &SharedDocument::writableChanged);
        room->announce(protocol::DocumentInfoChanged{room->id, room->info});
        WAIT_COMPARE(writable.size(), 1);
        QVERIFY(a.document->isWritable());
    }

    void renameIsFollowed()
    {
        Participant &a = enter(1);
        room->info.path = "b.txt";
        room->announce(protocol::DocumentInfoChanged{room->id, room->info});
        WAIT_COMPARE(a.document->path(), QByteArray("b.txt"));
        QCOMPARE(a.fixture.workspace->open("b.txt"), a.document);
    }

    void otherKindsHaveNoText()
    {
        room->kind = protocol::ContentKind::Binary;
        Participant &a = enter(1);
        QCOMPARE(a.document->state(), State::Open);
        QCOMPARE(a.document->kind(), protocol::ContentKind::Binary);
        QVERIFY(!a.document->isWritable());
        QVERIFY(a.document->text().isEmpty());
    }

    void openingThatFailsCanBeTriedAgain()
    {
        room->refuseOpen = ErrorCode::NotFound;
        Participant &a = enter(1);
        QCOMPARE(a.document->state(), State::Failed);
        QCOMPARE(a.document->error().code, ErrorCode::NotFound);
        room->refuseOpen.reset();
        QCOMPARE(a.fixture.workspace->open("a.txt"), a.document);
        WAIT_COMPARE(a.document->state(), State::Open);
    }

    void viewsShareADocumentAndTheLastOneClosesIt()
    {
        Participant &a = enter(1);
        QCOMPARE(a.fixture.workspace->open("a.txt"), a.document);
        QCOMPARE(room->opens, 1);
        QPointer<SharedDocument> watched = a.document;
        a.fixture.workspace->release(a.document);
        QCOMPARE(a.fixture.workspace->documents().size(), 1);
        a.fixture.workspace->release(a.document);
        QVERIFY(a.fixture.workspace->documents().isEmpty());
        WAIT_COMPARE(room->closes, 1);
        WAIT_VERIFY(!watched);
    }

    void closedDocumentStaysUntilItsEditsAreAcknowledged()
    {
        Participant &a = enter(1);
        QVERIFY(a.fixture.lose());
        QVERIFY(a.type(0, 0, QStringLiteral("last words")));
        a.fixture.workspace->release(a.document);
        QCOMPARE(a.fixture.workspace->documents().size(), 1);
        QVERIFY(a.fixture.comeBack());
        WAIT_COMPARE(room->text(), QStringLiteral("last words"));
        WAIT_VERIFY(a.fixture.workspace->documents().isEmpty());
        WAIT_COMPARE(room->closes, 1);
    }

    void reopenedDocumentIsWrittenUnderTheSameId()
    {
        Participant &a = enter(1);
        QVERIFY(a.type(0, 0, QStringLiteral("before ")));
        WAIT_VERIFY(!a.document->hasUnacknowledged());
        a.fixture.workspace->release(a.document);
        WAIT_COMPARE(room->closes, 1);
        SharedDocument *again = a.fixture.workspace->open("a.txt");
        WAIT_COMPARE(again->state(), State::Open);
        QVERIFY(again->edit({{7, 0, QStringLiteral("after")}}));
        WAIT_COMPARE(room->text(), QStringLiteral("before after"));
        QCOMPARE(room->document->stateVector().of(1001), 12u);
    }

    void endedSessionLeavesTheTextReadable()
    {
        Participant &a = enter(1);
        QVERIFY(a.type(0, 0, QStringLiteral("text")));
        a.fixture.host.last().send(protocol::SessionEnded{protocol::EndReason::Unshared, QStringLiteral("Ana"), {}});
        WAIT_COMPARE(a.document->state(), State::Ended);
        QCOMPARE(a.document->text(), QStringLiteral("text"));
        QVERIFY(!a.document->isWritable());
        QVERIFY(!a.fixture.workspace->canEdit());
    }

    void caretsOfOthersMoveWithTheText()
    {
        room->startOver(QStringLiteral("0123456789"), 'e');
        Participant &a = add(1);
        a.fixture.host.joined.others = {FakeHost::person(2, protocol::Access::Edit)};
        QVERIFY(a.enter());
        Participant &b = enter(2);
        b.document->setCaret(3, 7);
        relayPresence(b, a);
        WAIT_COMPARE(a.document->remoteCarets().size(), 1);
        client::RemoteCaret caret = a.document->remoteCarets().constFirst();
        QCOMPARE(caret.anchor, 3);
        QCOMPARE(caret.head, 7);
        QCOMPARE(caret.name, QStringLiteral("Person 2"));
        QSignalSpy moved(a.document, &SharedDocument::remoteCaretsChanged);
        room->edit(0, 0, QStringLiteral(">>"));
        WAIT_VERIFY(!moved.isEmpty());
        caret = a.document->remoteCarets().constFirst();
        QCOMPARE(caret.anchor, 5);
        QCOMPARE(caret.head, 9);
        a.fixture.host.last().send(protocol::ParticipantLeft{FakeHost::personId(2), false});
        WAIT_VERIFY(a.document->remoteCarets().isEmpty());
    }

    void missingEditIsAskedFor()
    {
        Participant &a = enter(1);
        Participant &b = enter(2);
        QVERIFY(b.type(0, 0, QStringLiteral("one")));
        WAIT_COMPARE(a.shown, QStringLiteral("one"));
        // The host skips one announcement and sends the next.
        const int opensBefore = room->opens;
        (void)room->document->text(protocol::kTextRoot).insert(3, u" two");
        room->edit(7, 0, QStringLiteral(" three"));
        WAIT_COMPARE(a.shown, QStringLiteral("one two three"));
        QVERIFY(room->opens > opensBefore);
    }

    void brokenUpdateClosesTheChannel()
    {
        Participant &a = enter(1);
        room->announce(protocol::DocumentEdited{.document = room->id, .update = QByteArray("\x01\x01\xff", 3)});
        WAIT_COMPARE(a.fixture.workspace->session().state(), client::Session::State::Reconnecting);
    }

    void deletedWorkspaceLeavesNothingBehind()
    {
        Participant &a = enter(1);
        QVERIFY(a.type(0, 0, QStringLiteral("x")));
        const auto saved = a.document->save();
        a.fixture.workspace.reset();
        QVERIFY(saved.isFinished() || saved.isCanceled() || saved.isRunning());
        QCoreApplication::processEvents();
    }

    void peopleConvergeThroughAnUnreliableRoom()
    {
        std::mt19937_64 random(support::seed());
        room->startOver(QStringLiteral("The quick brown fox jumps over the lazy dog.\n"), 'e');
        room->isRepeated = [&] { return random() % 4 == 0; };
        for (quint8 i = 1; i <= 3; ++i)
            enter(i);
        qsizetype typed = 0;
        for (int step = 0; step < 400; ++step) {
            Participant &who = *people[random() % people.size()];
            const bool isOnline = who.fixture.workspace->session().state() == client::Session::State::Open;
            switch (random() % 12) {
            case 0:
                if (isOnline)
                    QVERIFY(who.fixture.lose());
                else
                    QVERIFY(who.fixture.comeBack());
                break;
            case 1:
                room->isHolding = !room->isHolding;
                if (!room->isHolding)
                    room->answerHeld();
                break;
            case 2:
                who.document->undo();
                break;
            default: {
                const qsizetype length = who.document->length();
                const auto at = qsizetype(random() % std::size_t(length + 1));
                const auto removed = random() % 4 ? 0 : std::min<qsizetype>(qsizetype(random() % 5), length - at);
                QVERIFY(who.type(at, removed, QString(int(random() % 3), QChar(char16_t(u'a' + random() % 26)))));
                ++typed;
            }
            }
            for (quint64 turns = random() % 4; turns > 0; --turns)
                QCoreApplication::processEvents();
        }
        room->isHolding = false;
        room->answerHeld();
        for (const auto &person : people) {
            if (person->fixture.workspace->session().state() != client::Session::State::Open)
                QVERIFY(person->fixture.comeBack());
        }
        for (const auto &person : people) {
            WAIT_VERIFY(!person->document->hasUnacknowledged());
            WAIT_COMPARE(person->document->text(), room->text());
            WAIT_COMPARE(person->shown, room->text());
        }
        QVERIFY(typed > 100);
    }

private:
    Participant &add(quint8 number)
    {
        people.push_back(std::make_unique<Participant>(*room, number));
        return *people.back();
    }
    Participant &enter(quint8 number)
    {
        Participant &person = add(number);
        if (!person.enter())
            qFatal("the document did not open");
        return person;
    }
    //! What the host does with presence: everything one side sends arrives at the other.
    void relayPresence(Participant &from, Participant &to)
    {
        WAIT_VERIFY(!from.fixture.host.last().got<protocol::UpdatePresence>().isEmpty());
        WAIT_VERIFY(hasCaret(from.fixture.host.last()));
        to.fixture.host.last().send(protocol::PresenceChanged{from.fixture.host.last().got<protocol::UpdatePresence>().constLast().awareness});
    }
    static bool hasCaret(FakeConnection &connection)
    {
        const auto all = connection.got<protocol::UpdatePresence>();
        const auto entries = crdt::decodeAwareness(FakeRoom::viewOf(all.constLast().awareness));
        return entries && entries->front().state && client::placeFromState(*entries->front().state).head;
    }

    std::unique_ptr<FakeRoom> room;
    std::vector<std::unique_ptr<Participant>> people;
};

QTEST_GUILESS_MAIN(SharedDocumentTest)
#include "tst_shareddocument.moc"
