// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/deliver.h"
#include "tests/integration/client/liveperson.h"
#include "tests/support/host/testhost.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <signal.h>

using base::ErrorCode;
using client::Session;
using client::SharedDocument;
using client::TextEdit;
using client::TextEdits;
using protocol::Access;

class WorkspaceAtHostTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        host = std::make_unique<support::TestHost>();
        host->writeFile(QStringLiteral("a.txt"), "one two three\n");
        QVERIFY2(host->start(), host->output().constData());
        owner = std::make_unique<LivePerson>();
        QVERIFY(owner->enterAsOwner(host->socketPath()));
    }
    void cleanup()
    {
        guest.reset();
        owner.reset();
        host.reset();
    }

    void sharedAndEditedByBothAndUnshared()
    {
        enterGuest(protocol::JoinPolicy::Anyone);
        QVERIFY(owner->open("a.txt"));
        QVERIFY(guest->open("a.txt"));
        QCOMPARE(guest->shown, QStringLiteral("one two three\n"));
        // Both in the same line at the same time.
        for (int i = 0; i < 50; ++i) {
            QVERIFY(owner->type(3, 0, QStringLiteral("o")));
            QVERIFY(guest->type(guest->document->length() - 1, 0, QStringLiteral("g")));
            QCoreApplication::processEvents();
        }
        const QString expected = QStringLiteral("one") + QString(50, QChar(u'o')) + QStringLiteral(" two three") + QString(50, QChar(u'g'))
            + QStringLiteral("\n");
        QTRY_COMPARE_WITH_TIMEOUT(owner->shown, expected, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(guest->shown, expected, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!guest->document->hasUnacknowledged() && !owner->document->hasUnacknowledged(), kPatience);
        const auto saved = guest->document->save();
        QTRY_VERIFY_WITH_TIMEOUT(saved.isFinished(), kPatience);
        QVERIFY(saved.result());
        QCOMPARE(host->file(QStringLiteral("a.txt")), expected.toUtf8());

        // Undo at one end leaves the other's work alone.
        guest->document->undo();
        QTRY_COMPARE_WITH_TIMEOUT(owner->shown, QString(expected).remove(u'g'), kPatience);

        QElapsedTimer timer;
        timer.start();
        const auto stopped = owner->workspace->sharing().stop();
        QTRY_COMPARE_WITH_TIMEOUT(guest->raw->state(), Session::State::Ended, kPatience);
        QVERIFY(guest->raw->ending());
        QCOMPARE(guest->raw->ending()->reason, protocol::EndReason::Unshared);
        QCOMPARE(guest->raw->ending()->by, QStringLiteral("Ana"));
        QVERIFY(!guest->document->isWritable());
        QCOMPARE(guest->document->text(), QString(expected).remove(u'g'));
        QTRY_VERIFY_WITH_TIMEOUT(stopped.isFinished(), kPatience);
        QCOMPARE(stopped.result()->guests, 1u);
    }

    void oldLinkIsRefusedAndANewShareHasANewOne()
    {
        const QString old = share(protocol::JoinPolicy::Anyone);
        const auto stopped = owner->workspace->sharing().stop();
        QTRY_VERIFY_WITH_TIMEOUT(stopped.isFinished(), kPatience);
        const QString fresh = share(protocol::JoinPolicy::Anyone);
        QVERIFY(fresh != old);
        // The old secret at the port that answers now: the neutral refusal, not a dead port.
        auto link = *transport::Link::parse(old);
        link.port = transport::Link::parse(fresh)->port;
        LivePerson late;
        late.raw->openLink(link);
        QTRY_COMPARE_WITH_TIMEOUT(late.raw->state(), Session::State::Ended, kPatience);
        QCOMPARE(late.raw->endError()->code, ErrorCode::LinkRefused);
    }

    void hostWithAnotherKeyIsNotTalkedTo()
    {
        auto link = *transport::Link::parse(share(protocol::JoinPolicy::Anyone));
        link.pin[0] = char(link.pin.at(0) ^ 1);
        LivePerson misled;
        misled.raw->openLink(link);
        QTRY_COMPARE_WITH_TIMEOUT(misled.raw->state(), Session::State::Ended, kPatience);
        QCOMPARE(misled.raw->endError()->code, ErrorCode::PinMismatch);
    }

    void ownerDecidesWhoComesIn()
    {
        const QString url = share(protocol::JoinPolicy::Ask);
        QSignalSpy requests(&owner->workspace->sharing(), &client::Sharing::joinRequested);
        LivePerson unwanted;
        unwanted.knock(url, QStringLiteral("Mal"));
        QTRY_COMPARE_WITH_TIMEOUT(requests.size(), 1, kPatience);
        QCOMPARE(owner->workspace->sharing().waiting().constFirst().name, QStringLiteral("Mal"));
        (void)owner->workspace->sharing().answer(owner->workspace->sharing().waiting().constFirst().request, protocol::JoinDecision::Deny);
        QTRY_COMPARE_WITH_TIMEOUT(unwanted.raw->state(), Session::State::Ended, kPatience);
        QCOMPARE(unwanted.raw->endError()->code, ErrorCode::Denied);

        guest = std::make_unique<LivePerson>();
        guest->knock(url, QStringLiteral("Ben"));
        QTRY_COMPARE_WITH_TIMEOUT(requests.size(), 2, kPatience);
        (void)owner->workspace->sharing().answer(owner->workspace->sharing().waiting().constFirst().request,
                                                 protocol::JoinDecision::AllowReadOnly);
        QTRY_VERIFY_WITH_TIMEOUT(guest->workspace, kPatience);
        QVERIFY(guest->open("a.txt"));
        QVERIFY(!guest->document->isWritable());
        QVERIFY(!guest->type(0, 0, QStringLiteral("x")));
    }

    void readOnlyTakesEffectAtOnceAndBack()
    {
        enterGuest(protocol::JoinPolicy::Anyone);
        QVERIFY(guest->open("a.txt"));
        QVERIFY(guest->document->isWritable());
        (void)owner->workspace->sharing().change({.access = Access::View, .policy = protocol::JoinPolicy::Anyone});
        QTRY_VERIFY_WITH_TIMEOUT(!guest->document->isWritable(), kPatience);
        (void)owner->workspace->sharing().change({.access = Access::Edit, .policy = protocol::JoinPolicy::Anyone});
        QTRY_VERIFY_WITH_TIMEOUT(guest->document->isWritable(), kPatience);
        QVERIFY(guest->type(0, 0, QStringLiteral("again ")));
        QTRY_VERIFY_WITH_TIMEOUT(!guest->document->hasUnacknowledged(), kPatience);
    }

    void removedGuestIsOutForGood()
    {
        enterGuest(protocol::JoinPolicy::Anyone);
        (void)owner->workspace->sharing().remove(guest->workspace->people().you().participant.id, false);
        QTRY_COMPARE_WITH_TIMEOUT(guest->raw->state(), Session::State::Ended, kPatience);
        QCOMPARE(guest->raw->ending()->reason, protocol::EndReason::Removed);
    }

    void presenceAndCaretsAreSeen()
    {
        enterGuest(protocol::JoinPolicy::Anyone);
        QVERIFY(owner->open("a.txt"));
        QVERIFY(guest->open("a.txt"));
        guest->workspace->people().setOwnPlace("a.txt", 1);
        guest->document->setCaret(4, 7);
        QTRY_COMPARE_WITH_TIMEOUT(owner->document->remoteCarets().size(), 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(owner->document->remoteCarets().constFirst().head, 7, kPatience);
        QCOMPARE(owner->document->remoteCarets().constFirst().anchor, 4);
        QCOMPARE(owner->document->remoteCarets().constFirst().name, QStringLiteral("Ben"));
        QTRY_COMPARE_WITH_TIMEOUT(owner->workspace->people().peopleIn("a.txt").size(), 1, kPatience);
        guest->raw->leave();
        QTRY_VERIFY_WITH_TIMEOUT(owner->workspace->people().others().isEmpty(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(owner->document->remoteCarets().isEmpty(), kPatience);
    }

    void killedHostLosesNoAcknowledgedEditAndTypingGoesOn()
    {
        QVERIFY(owner->open("a.txt"));
        QVERIFY(owner->type(0, 0, QStringLiteral("acknowledged ")));
        QTRY_VERIFY_WITH_TIMEOUT(!owner->document->hasUnacknowledged(), kPatience);
        host->kill();
        QTRY_COMPARE_WITH_TIMEOUT(owner->raw->state(), Session::State::Reconnecting, kPatience);
        QVERIFY(owner->type(0, 0, QStringLiteral("offline ")));
        QVERIFY2(host->start(), host->output().constData());
        QTRY_COMPARE_WITH_TIMEOUT(owner->raw->state(), Session::State::Open, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(owner->document->state(), SharedDocument::State::Open, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!owner->document->hasUnacknowledged(), kPatience);
        const QString expected = QStringLiteral("offline acknowledged one two three\n");
        QCOMPARE(owner->shown, expected);
        QTRY_COMPARE_WITH_TIMEOUT(host->file(QStringLiteral("a.txt")), expected.toUtf8(), kPatience);
        // Somebody who opens it now sees the same.
        LivePerson other;
        QVERIFY(other.enterAsOwner(host->socketPath()));
        QVERIFY(other.open("a.txt"));
        QCOMPARE(other.shown, expected);
        QVERIFY(owner->type(0, 0, QStringLiteral("new id ")));
        QTRY_COMPARE_WITH_TIMEOUT(other.shown, QStringLiteral("new id ") + expected, kPatience);
    }

    // Whatever the host tells people before it has it on disk comes back to it after a crash, beside what it finds in the file.
    void whatPeopleSawIsNotDoubledByACrash()
    {
        QString expected = QStringLiteral("one two three\n");
        for (int round = 0; round < 6; ++round) {
            // Killed in the moment of opening or in that of another program's change: no event later.
            const auto killNow = [this] { ::kill(pid_t(host->processId()), SIGKILL); };
            owner->document = owner->workspace->open("a.txt");
            if (round % 2 == 0)
                connect(owner->document, &SharedDocument::stateChanged, this, killNow, Qt::SingleShotConnection);
            QTRY_COMPARE_WITH_TIMEOUT(owner->document->text(), expected, kPatience);
            if (round % 2 == 1) {
                connect(owner->document, &SharedDocument::changed, this, killNow, Qt::SingleShotConnection);
                expected += QStringLiteral("line %1 of another program\n").arg(round);
                host->writeFile(QStringLiteral("a.txt"), expected.toUtf8());
                QTRY_COMPARE_WITH_TIMEOUT(owner->document->text(), expected, kPatience);
            }
            host->kill();
            QTRY_COMPARE_WITH_TIMEOUT(owner->raw->state(), Session::State::Reconnecting, kPatience);
            const QString typed = QStringLiteral("%1 ").arg(round);
            QVERIFY(owner->document->edit({{0, 0, typed}}));
            expected.prepend(typed);
            QVERIFY2(host->start(), host->output().constData());
            QTRY_VERIFY_WITH_TIMEOUT(owner->document->state() == SharedDocument::State::Open && !owner->document->hasUnacknowledged(),
                                     kPatience);
            QCOMPARE(owner->document->text(), expected);
            QTRY_COMPARE_WITH_TIMEOUT(host->file(QStringLiteral("a.txt")), expected.toUtf8(), kPatience);
            // The next round begins with a log that is new, as at the first opening.
            owner->workspace->release(owner->document);
            owner = std::make_unique<LivePerson>();
            host->kill();
            QVERIFY(QDir(host->stateDirectory()).removeRecursively());
            QVERIFY2(host->start(), host->output().constData());
            QVERIFY(owner->enterAsOwner(host->socketPath()));
        }
    }

    void fileChangedByAnotherProgramIsMerged()
    {
        QVERIFY(owner->open("a.txt"));
        QVERIFY(owner->type(0, 3, QStringLiteral("1")));
        QTRY_COMPARE_WITH_TIMEOUT(host->file(QStringLiteral("a.txt")), QByteArray("1 two three\n"), kPatience);
        host->writeFile(QStringLiteral("a.txt"), "1 two three four\n");
        QTRY_COMPARE_WITH_TIMEOUT(owner->shown, QStringLiteral("1 two three four\n"), kPatience);
    }

    void treeFollowsTheDisk()
    {
        client::FileTree &files = owner->workspace->files();
        files.fetchMore({});
        QTRY_VERIFY_WITH_TIMEOUT(files.indexOf("a.txt").isValid(), kPatience);
        host->writeFile(QStringLiteral("b.txt"), "x");
        QTRY_VERIFY_WITH_TIMEOUT(files.indexOf("b.txt").isValid(), kPatience);
        const auto made = files.create("folder", protocol::EntryKind::Folder);
        QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), kPatience);
        QVERIFY(made.result());
        QTRY_VERIFY_WITH_TIMEOUT(files.indexOf("folder").isValid(), kPatience);
        const auto deleted = files.remove("b.txt");
        QTRY_VERIFY_WITH_TIMEOUT(deleted.isFinished() && !files.indexOf("b.txt").isValid(), kPatience);
        const auto restored = files.restore(deleted.result()->entry);
        QTRY_VERIFY_WITH_TIMEOUT(restored.isFinished() && files.indexOf("b.txt").isValid(), kPatience);
    }

    void largePasteAndItsUndoPassTheHost()
    {
        QVERIFY(owner->open("a.txt"));
        QString pasted;
        while (pasted.size() < 2'000'000)
            pasted += QStringLiteral("a line of a large paste, number %1\n").arg(pasted.size());
        QVERIFY(owner->type(0, 0, pasted));
        QTRY_VERIFY_WITH_TIMEOUT(!owner->document->hasUnacknowledged(), kPatience);
        QVERIFY(owner->type(0, pasted.size(), {}));
        owner->document->undo();
        QTRY_VERIFY_WITH_TIMEOUT(!owner->document->hasUnacknowledged(), kPatience);
        LivePerson other;
        QVERIFY(other.enterAsOwner(host->socketPath()));
        QVERIFY(other.open("a.txt"));
        QCOMPARE(other.shown.size(), pasted.size() + 14);
        QVERIFY(other.shown == owner->shown);
    }

private:
    QString share(protocol::JoinPolicy policy)
    {
        const auto created = owner->workspace->sharing().create({.access = Access::Edit, .policy = policy});
        if (!QTest::qWaitFor([&] { return created.isFinished() && owner->workspace->sharing().link().has_value(); }, kPatience))
            return {};
        return owner->workspace->sharing().url(*owner->workspace->sharing().preferredEndpoint());
    }
    void enterGuest(protocol::JoinPolicy policy)
    {
        const QString url = share(policy);
        QVERIFY(!url.isEmpty());
        guest = std::make_unique<LivePerson>();
        QVERIFY(guest->enterByLink(url, QStringLiteral("Ben")));
    }

    std::unique_ptr<support::TestHost> host;
    std::unique_ptr<LivePerson> owner;
    std::unique_ptr<LivePerson> guest;
};

QTEST_GUILESS_MAIN(WorkspaceAtHostTest)
#include "tst_workspace.moc"
