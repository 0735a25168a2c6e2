// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/client/liveperson.h"
#include "tests/support/host/testhost.h"
#include "tests/support/seed.h"
#include "tests/support/wait.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <random>
#include <set>

using client::SharedDocument;

namespace {

//! Types characters of which none is ever typed twice, so that each can be told from all others.
struct Typist
{
    LivePerson &person;
    char16_t next = 0;
    char16_t end = 0;
    std::set<char16_t> typed;
    std::set<char16_t> removed;

    bool edit(std::mt19937_64 &random)
    {
        const qsizetype length = person.document->length();
        const qsizetype at = qsizetype(random() % std::size_t(length + 1));
        const qsizetype count = random() % 4 == 0 ? std::min<qsizetype>(qsizetype(random() % 8), length - at) : 0;
        QString inserted;
        for (std::size_t left = random() % 5; left > 0 && next < end; --left) {
            typed.insert(next);
            inserted += QChar(next++);
        }
        for (const QChar unit : QStringView(person.shown).mid(at, count))
            removed.insert(unit.unicode());
        return person.type(at, count, inserted);
    }
};

QString sorted(QString text)
{
    std::ranges::sort(text);
    return text;
}

} // namespace

// Whoever was away for ten thousand edits comes back and loses none; and how long a large document takes to join. ROUNDS=n does the
// first n times, SEED=s starts at s.
class OfflineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        host = std::make_unique<support::TestHost>();
        owner = std::make_unique<LivePerson>();
        guest = std::make_unique<LivePerson>();
    }
    void cleanup()
    {
        guest.reset();
        owner.reset();
        host.reset();
    }

    void tenThousandEditsMadeAwayArrive_data()
    {
        QTest::addColumn<quint64>("seed");
        const quint64 seed = support::seed();
        const int rounds = qEnvironmentVariableIsSet("ROUNDS") ? qEnvironmentVariableIntValue("ROUNDS") : 2;
        for (int round = 0; round < rounds; ++round)
            QTest::addRow("SEED=%llu", static_cast<unsigned long long>(seed + quint64(round))) << seed + quint64(round);
    }
    void tenThousandEditsMadeAwayArrive()
    {
        QFETCH(quint64, seed);
        std::mt19937_64 random(seed);
        Typist away{*guest, 0x3400, 0xb000, {}, {}};
        Typist there{*owner, 0xb000, 0xd7a0, {}, {}};
        QString start;
        for (char16_t unit = 0x3000; unit < 0x3400; ++unit) {
            start += QChar(unit);
            away.typed.insert(unit);
        }
        enter(start.toUtf8());
        if (QTest::currentTestFailed())
            return;
        host->kill();
        WAIT_VERIFY(guest->document->state() == SharedDocument::State::Offline
                    && owner->document->state() == SharedDocument::State::Offline);
        for (int edit = 0; edit < kEditsAway; ++edit)
            QVERIFY(away.edit(random));
        for (int edit = 0; edit < kEditsThere; ++edit)
            QVERIFY(there.edit(random));

        QElapsedTimer timer;
        timer.start();
        QVERIFY2(host->start(), host->output().constData());
        const auto isBack = [](const LivePerson &person) {
            return person.document->state() == SharedDocument::State::Open && !person.document->hasUnacknowledged();
        };
        QVERIFY(support::waitFor([&] { return isBack(*guest) && isBack(*owner); }, kPatience));
        WAIT_VERIFY(guest->document->text() == owner->document->text());
        std::printf("all there %lld ms after the host's start\n", static_cast<long long>(timer.elapsed()));

        QCOMPARE(guest->shown, guest->document->text());
        QCOMPARE(owner->shown, owner->document->text());
        QCOMPARE(sorted(guest->shown), left(away, there));
        WAIT_COMPARE(host->file(QStringLiteral("away.txt")), guest->shown.toUtf8());
    }

    void aLargeDocumentIsJoined()
    {
        QByteArray large;
        while (large.size() < kLargeBytes)
            large += "line " + QByteArray::number(large.size()) + " of a file that somebody should have split\n";
        enter(large);
        if (QTest::currentTestFailed())
            return;
        const auto joined = [&](const char *what) {
            LivePerson late;
            QVERIFY(late.enterByLink(url, QStringLiteral("Cem")));
            QElapsedTimer timer;
            timer.start();
            QVERIFY(late.open("away.txt"));
            std::printf("%s: joined in %lld ms\n", what, static_cast<long long>(timer.elapsed()));
            QVERIFY(late.shown == owner->shown);
        };
        joined("10 MB as they were in the file");
        // And after people have worked on it.
        std::mt19937_64 random(support::seed());
        for (int edit = 0; edit < kEditsThere; ++edit) {
            const qsizetype at = qsizetype(random() % std::size_t(owner->document->length()));
            QVERIFY(owner->type(at, qsizetype(random() % 3), QStringLiteral("typed ")));
        }
        QVERIFY(support::waitFor([&] { return !owner->document->hasUnacknowledged(); }, kPatience));
        joined("10 MB after many edits");
    }

private:
    static constexpr int kEditsAway = 10'000;
    static constexpr int kEditsThere = 1000;
    static constexpr qsizetype kLargeBytes = 10 * 1024 * 1024;

    static QString left(const Typist &a, const Typist &b)
    {
        QString result;
        for (const Typist *typist : {&a, &b}) {
            for (const char16_t unit : typist->typed) {
                if (!a.removed.contains(unit) && !b.removed.contains(unit))
                    result += QChar(unit);
            }
        }
        return sorted(result);
    }

    //! Owner and guest, with a file of this content open.
    void enter(const QByteArray &content)
    {
        host->writeFile(QStringLiteral("away.txt"), content);
        QVERIFY2(host->start(), host->output().constData());
        QVERIFY(owner->enterAsOwner(host->socketPath()));
        const auto created = owner->workspace->sharing().create(
            {.access = protocol::Access::Edit, .policy = protocol::JoinPolicy::Anyone});
        QVERIFY(support::waitFor([&] { return created.isFinished() && owner->workspace->sharing().link().has_value(); }, kPatience));
        url = owner->workspace->sharing().url(*owner->workspace->sharing().preferredEndpoint());
        QVERIFY(guest->enterByLink(url, QStringLiteral("Ben")));
        QVERIFY(owner->open("away.txt"));
        QVERIFY(guest->open("away.txt"));
    }

    std::unique_ptr<support::TestHost> host;
    std::unique_ptr<LivePerson> owner;
    std::unique_ptr<LivePerson> guest;
    QString url;
};

QTEST_GUILESS_MAIN(OfflineTest)
#include "tst_offline.moc"
