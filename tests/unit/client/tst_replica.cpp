// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/replica.h"
#include "app/protocol/limits.h"
#include "tests/support/seed.h"
#include "tests/unit/client/fakehost.h"

#include <QTest>

#include <random>

using client::Replica;
using client::TextEdit;
using client::TextEdits;
using namespace std::chrono_literals;

namespace {

//! A replica with what its hooks were told, and a view of the text kept by those alone, as an editor keeps one.
struct Peer
{
    SteppedClock clock;
    QList<QByteArray> sent;
    QString shown;
    QList<bool> wereUndo;
    client::TextCarets restored;
    Replica replica;

    explicit Peer(quint32 client, const client::ReplicaLimits &limits = {}) : replica(client, clock, hooks(), limits) {}

    Replica::Hooks hooks()
    {
        return {.send = [this](const QByteArray &update) { sent.append(update); },
                .changed = [this](const TextEdits &edits, bool isUndo) {
                    for (const TextEdit &edit : edits)
                        shown.replace(edit.index, edit.removed, edit.inserted);
                    wereUndo.append(isUndo);
                },
                .caretsRestored = [this](const client::TextCarets &carets) { restored = carets; },
                .undoChanged = [] {}};
    }

    base::Result<void> type(qsizetype index, qsizetype removed, const QString &inserted)
    {
        auto done = replica.edit({{index, removed, inserted}});
        if (done)
            shown.replace(index, removed, inserted);
        return done;
    }

    void take(Peer &other, qsizetype from = 0)
    {
        for (qsizetype i = from; i < other.sent.size(); ++i)
            QVERIFY(replica.applyRemote(other.sent.at(i)));
    }
};

QString longText(qsizetype units)
{
    QString text;
    text.reserve(units);
    while (text.size() < units)
        text += QStringLiteral("line %1 ä\n").arg(text.size());
    return text.left(units);
}

} // namespace

class ReplicaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsTypedBeyondWhatAFileMayBe()
    {
        using base::ErrorCode;
        constexpr qsizetype kLimit = 5000;
        Peer other(2);
        QVERIFY(other.type(0, 0, QString(kLimit - 3, QChar(u'x'))));
        Peer a(1, {.textBytes = kLimit});
        a.take(other);
        // Two characters fit, of which the first takes two bytes; a third does not, nor does one that takes two.
        QVERIFY(a.type(0, 0, QStringLiteral("é")));
        QCOMPARE(a.type(0, 0, QStringLiteral("é")).error().code, ErrorCode::TooLarge);
        QVERIFY(a.type(0, 0, QStringLiteral("y")));
        QCOMPARE(a.type(0, 0, QStringLiteral("y")).error().code, ErrorCode::TooLarge);
        QCOMPARE(a.replica.length(), kLimit - 1);
        QVERIFY(a.type(0, 1, QStringLiteral("z")));
        // What is replaced makes room.
        QVERIFY(a.type(2, 1, {}));
        QVERIFY(a.type(2, 1, QStringLiteral("xx")));
        QVERIFY(a.type(0, 1000, {}));
        QVERIFY(a.type(0, 0, QString(1000, QChar(u'x'))));
        QVERIFY(!a.type(0, 0, QStringLiteral("yy")));
        // Others may have gone beyond at the same time: the way back stays open.
        QVERIFY(other.type(0, 0, QStringLiteral("more")));
        a.take(other, 1);
        QCOMPARE(a.replica.length(), kLimit + 3);
        QVERIFY(!a.type(0, 0, QStringLiteral("y")));
        QVERIFY(a.type(0, 2, {}));
        QVERIFY(a.type(0, 100, QString(50, QChar(u'x'))));
    }

    void tooManyPlacesAtOnceAreRefusedAsAWhole()
    {
        constexpr int kPlaces = 20'000;
        const QString text = QStringLiteral("here ").repeated(kPlaces);
        TextEdits edits;
        for (int i = kPlaces; i-- > 0;)
            edits.append({qsizetype(i) * 5, 4, QStringLiteral("there")});
        Peer roomy(1);
        QVERIFY(roomy.type(0, 0, text));
        roomy.replica.allAcknowledged();
        const qsizetype sentBefore = roomy.sent.size();
        QVERIFY(roomy.replica.edit(edits));
        // All of it is known to be ours, and that it is not any more when it was undone.
        const auto redone = [&text](const TextEdits &ours) {
            QString result = text;
            for (const TextEdit &edit : ours)
                result.replace(edit.index, edit.removed, edit.inserted);
            return result;
        };
        QCOMPARE(redone(roomy.replica.rebasedOnto(text)), roomy.replica.text());
        roomy.replica.undo();
        QCOMPARE(roomy.replica.text(), text);
        QCOMPARE(redone(roomy.replica.rebasedOnto(text)), text);
        roomy.replica.redo();
        QCOMPARE(redone(roomy.replica.rebasedOnto(text)), roomy.replica.text());
        // What it really took, so that the bound is neither too small nor absurd.
        base::Bytes whole;
        {
            crdt::Document copy;
            for (const QByteArray &update : std::as_const(roomy.sent))
                QVERIFY(copy.applyUpdate({reinterpret_cast<const std::uint8_t *>(update.constData()), std::size_t(update.size())}));
            whole = copy.encodeStateAsUpdate();
        }
        QVERIFY(roomy.sent.size() > sentBefore + 1);
        const auto grown = qsizetype(whole.size()) - text.size();
        QVERIFY2(grown < kPlaces * (64 + 5) && grown > kPlaces * 20, qPrintable(QString::number(grown)));

        Peer tight(2, {.documentBytes = text.size() + grown});
        QVERIFY(tight.type(0, 0, text));
        QCOMPARE(tight.replica.edit(edits).error().code, base::ErrorCode::TooMany);
        QCOMPARE(tight.replica.text(), text);
        QVERIFY(tight.replica.edit(edits.first(5000)));
    }

    void editsArriveAtTheOther()
    {
        Peer a(1);
        Peer b(2);
        QVERIFY(a.type(0, 0, QStringLiteral("hello world")));
        QVERIFY(a.type(0, 5, QStringLiteral("goodbye")));
        b.take(a);
        QCOMPARE(b.replica.text(), QStringLiteral("goodbye world"));
        QCOMPARE(b.shown, b.replica.text());
        QCOMPARE(b.wereUndo, (QList<bool>{false, false}));
        QVERIFY(a.wereUndo.isEmpty());
        QVERIFY(b.sent.isEmpty());
    }

    void severalEditsAreOneUpdateAndOneStep()
    {
        Peer a(1);
        QVERIFY(a.replica.edit({{0, 0, QStringLiteral("one two")}}));
        a.replica.endUndoStep();
        QVERIFY(a.replica.edit({{4, 3, QStringLiteral("2")}, {0, 3, QStringLiteral("1")}}));
        QCOMPARE(a.replica.text(), QStringLiteral("1 2"));
        QCOMPARE(a.sent.size(), 2);
        a.replica.undo();
        QCOMPARE(a.replica.text(), QStringLiteral("one two"));
        a.replica.redo();
        QCOMPARE(a.replica.text(), QStringLiteral("1 2"));
    }

    void refusedEditsChangeNothing_data()
    {
        QTest::addColumn<TextEdits>("edits");
        QTest::addColumn<int>("code");
        const int range = int(base::ErrorCode::OutOfRange);
        const int argument = int(base::ErrorCode::InvalidArgument);
        QTest::newRow("beyond the end") << TextEdits{{9, 0, QStringLiteral("x")}} << range;
        QTest::newRow("negative") << TextEdits{{-1, 0, QStringLiteral("x")}} << range;
        QTest::newRow("removes too much") << TextEdits{{3, 9, {}}} << range;
        QTest::newRow("overflow") << TextEdits{{3, std::numeric_limits<qsizetype>::max(), {}}} << range;
        QTest::newRow("half a character in") << TextEdits{{0, 0, QString(QChar(0xd83d))}} << argument;
        QTest::newRow("splits a pair") << TextEdits{{2, 0, QStringLiteral("x")}} << argument;
        QTest::newRow("removes half a pair") << TextEdits{{1, 1, {}}} << argument;
        QTest::newRow("second one is wrong") << TextEdits{{0, 1, QStringLiteral("zz")}, {3, 0, QStringLiteral("x")}} << argument;
        QTest::newRow("third one is wrong") << TextEdits{{0, 1, {}}, {0, 0, QStringLiteral("q")}, {50, 0, {}}} << range;
    }
    void refusedEditsChangeNothing()
    {
        QFETCH(TextEdits, edits);
        QFETCH(int, code);
        Peer a(1);
        Peer b(2);
        QVERIFY(a.type(0, 0, QStringLiteral("a😀bc")));
        const auto done = a.replica.edit(edits);
        QVERIFY(!done);
        QCOMPARE(int(done.error().code), code);
        QCOMPARE(a.replica.text(), QStringLiteral("a😀bc"));
        b.take(a);
        QCOMPARE(b.replica.text(), QStringLiteral("a😀bc"));
    }

    void undoTakesBackOnlyOwnWork()
    {
        Peer a(1);
        Peer b(2);
        QVERIFY(a.type(0, 0, QStringLiteral("mine ")));
        b.take(a);
        QVERIFY(b.type(5, 0, QStringLiteral("theirs")));
        a.take(b);
        QCOMPARE(a.replica.text(), QStringLiteral("mine theirs"));
        a.replica.undo();
        QCOMPARE(a.replica.text(), QStringLiteral("theirs"));
        QCOMPARE(a.shown, a.replica.text());
        QVERIFY(a.wereUndo.constLast());
        QVERIFY(!a.replica.canUndo());
        a.replica.redo();
        QCOMPARE(a.replica.text(), QStringLiteral("mine theirs"));
        QCOMPARE(a.shown, a.replica.text());
    }

    void caretComesBackWithUndo()
    {
        Peer a(1);
        QVERIFY(a.type(0, 0, QStringLiteral("0123456789")));
        a.replica.endUndoStep();
        a.replica.setCarets({{2, 6}, {8, 8}});
        QVERIFY(a.type(2, 4, QStringLiteral("new")));
        a.replica.setCarets({{5, 5}, {7, 7}});
        // Somebody writes in front, and the user looks elsewhere.
        Peer b(2);
        b.take(a);
        QVERIFY(b.type(0, 0, QStringLiteral("!")));
        a.take(b);
        a.replica.setCarets({{0, 0}});
        a.replica.endUndoStep();
        a.replica.undo();
        QCOMPARE(a.replica.text(), QStringLiteral("!0123456789"));
        QCOMPARE(a.restored, (client::TextCarets{{3, 7}, {9, 9}}));
        a.replica.setCarets({{1, 1}});
        a.replica.redo();
        QCOMPARE(a.replica.text(), QStringLiteral("!01new6789"));
        QCOMPARE(a.restored, (client::TextCarets{{6, 6}, {8, 8}}));
        a.replica.setCarets({{2, 2}});
        a.replica.undo();
        QCOMPARE(a.restored, (client::TextCarets{{3, 7}, {9, 9}}));
    }

    void pausesMakeSteps()
    {
        Peer a(1);
        QVERIFY(a.type(0, 0, QStringLiteral("a")));
        QVERIFY(a.type(1, 0, QStringLiteral("b")));
        a.clock.advance(1s);
        QVERIFY(a.type(2, 0, QStringLiteral("c")));
        a.replica.undo();
        QCOMPARE(a.replica.text(), QStringLiteral("ab"));
        a.replica.undo();
        QCOMPARE(a.replica.text(), QString());
    }

    void largeEditsAreOneStepOfSmallUpdates()
    {
        Peer a(1);
        Peer b(2);
        const QString before = longText(300'000);
        const QString pasted = longText(500'001) + QStringLiteral("😀");
        QVERIFY(a.type(0, 0, before));
        a.replica.endUndoStep();
        QVERIFY(a.type(1000, 200'000, pasted));
        QString after = before;
        after.replace(1000, 200'000, pasted);
        QCOMPARE(a.replica.text(), after);
        a.replica.undo();
        QCOMPARE(a.replica.text(), before);
        QCOMPARE(a.shown, before);
        a.replica.redo();
        QCOMPARE(a.replica.text(), after);
        a.replica.undo();
        QCOMPARE(a.replica.text(), before);
        QVERIFY(a.sent.size() > 10);
        for (const QByteArray &update : std::as_const(a.sent))
            QVERIFY2(update.size() <= protocol::kMaxUpdateBytes, qPrintable(QString::number(update.size())));
        b.take(a);
        QCOMPARE(b.replica.text(), before);
    }

    void removalOfASeparatelyTypedTextIsUndoneInSmallUpdates()
    {
        Peer a(1);
        Peer b(2);
        // Typed backwards, so that no two characters can share a run.
        for (int i = 0; i < 60'000; ++i)
            QVERIFY(b.replica.edit({{0, 0, QStringLiteral("x")}}));
        a.take(b);
        QVERIFY(a.type(0, 60'000, {}));
        a.replica.undo();
        QCOMPARE(a.replica.length(), 60'000);
        for (const QByteArray &update : std::as_const(a.sent))
            QVERIFY2(update.size() <= protocol::kMaxUpdateBytes, qPrintable(QString::number(update.size())));
    }

    void largeRemovalsDoNotCutCharacters()
    {
        Peer a(1);
        QString text;
        for (int i = 0; i < 60'000; ++i)
            text += QStringLiteral("😀");
        QVERIFY(a.type(0, 0, QStringLiteral("x") + text));
        QVERIFY(a.replica.edit({{0, 0, QStringLiteral("yy")}, {3, text.size(), {}}}));
        QCOMPARE(a.replica.text(), QStringLiteral("yyx"));
    }

    void ownIdReturnsToAReopenedDocument()
    {
        Peer a(1);
        QVERIFY(a.type(0, 0, QStringLiteral("before ")));
        Peer again(1);
        again.take(a);
        QVERIFY(again.type(7, 0, QStringLiteral("after")));
        Peer b(2);
        b.take(a);
        b.take(again);
        QCOMPARE(b.replica.text(), QStringLiteral("before after"));
        const auto summary = crdt::StateVector::decode({reinterpret_cast<const std::uint8_t *>(b.replica.stateVector().constData()),
                                                        std::size_t(b.replica.stateVector().size())});
        QCOMPARE(summary->clocks().size(), 1u);
        QCOMPARE(summary->of(1), 12u);
    }

    void brokenUpdatesChangeNothing()
    {
        Peer a(1);
        QVERIFY(a.type(0, 0, QStringLiteral("text")));
        QVERIFY(!a.replica.applyRemote(QByteArray("\x01\x01\xff\xff", 4)));
        QCOMPARE(a.replica.text(), QStringLiteral("text"));
    }

    void lostHistoryKeepsWhatWasTyped()
    {
        Peer a(1);
        QVERIFY(a.type(0, 0, QStringLiteral("The text of the file.\n")));
        a.replica.allAcknowledged();
        Peer b(2);
        b.take(a);
        QVERIFY(b.type(0, 3, QStringLiteral("All")));
        a.take(b);
        QVERIFY(a.type(a.replica.length(), 0, QStringLiteral("Typed offline.\n")));
        QVERIFY(a.type(4, 5, {}));
        a.replica.undo();
        a.replica.redo();
        QCOMPARE(a.replica.text(), QStringLiteral("All of the file.\nTyped offline.\n"));
        QString host = QStringLiteral("# Title\nAll text of the file.\n");
        for (const TextEdit &edit : a.replica.rebasedOnto(host))
            host.replace(edit.index, edit.removed, edit.inserted);
        QCOMPARE(host, QStringLiteral("# Title\nAll of the file.\nTyped offline.\n"));
    }

    void randomPeersConvergeInAnyOrder()
    {
        std::mt19937_64 random(support::seed());
        for (int round = 0; round < 15; ++round) {
            std::vector<std::unique_ptr<Peer>> peers;
            std::vector<std::vector<QByteArray>> inbox(3);
            for (quint32 i = 0; i < 3; ++i)
                peers.push_back(std::make_unique<Peer>(i + 1));
            const auto deliver = [&](std::size_t to) {
                if (inbox[to].empty())
                    return;
                const std::size_t pick = random() % inbox[to].size();
                QVERIFY(peers[to]->replica.applyRemote(inbox[to][pick]));
                if (random() % 4)   // else it comes again
                    inbox[to].erase(inbox[to].begin() + std::ptrdiff_t(pick));
            };
            const auto act = [&](std::size_t who) {
                Peer &peer = *peers[who];
                const qsizetype before = peer.sent.size();
                const auto length = peer.replica.length();
                const auto at = qsizetype(random() % std::size_t(length + 1));
                switch (random() % 6) {
                case 0:
                    peer.replica.undo();
                    break;
                case 1:
                    peer.replica.redo();
                    break;
                case 2:
                    QVERIFY(peer.type(at, std::min<qsizetype>(qsizetype(random() % 5), length - at), {}));
                    break;
                default:
                    QVERIFY(peer.type(at, 0, QString(int(random() % 3) + 1, QChar(char16_t(u'a' + random() % 26)))));
                }
                if (random() % 3 == 0)
                    peer.replica.endUndoStep();
                for (qsizetype i = before; i < peer.sent.size(); ++i) {
                    for (std::size_t other = 0; other < 3; ++other) {
                        if (other != who)
                            inbox[other].push_back(peer.sent.at(i));
                    }
                }
            };
            for (int step = 0; step < 120; ++step) {
                act(random() % 3);
                deliver(random() % 3);
                deliver(random() % 3);
            }
            for (std::size_t to = 0; to < 3; ++to) {
                while (!inbox[to].empty())
                    deliver(to);
                QVERIFY(!peers[to]->replica.hasPending());
                QCOMPARE(peers[to]->shown, peers[to]->replica.text());
            }
            QCOMPARE(peers[1]->replica.text(), peers[0]->replica.text());
            QCOMPARE(peers[2]->replica.text(), peers[0]->replica.text());
            QCOMPARE(peers[2]->replica.stateVector(), peers[0]->replica.stateVector());
        }
    }
};

QTEST_GUILESS_MAIN(ReplicaTest)
#include "tst_replica.moc"
