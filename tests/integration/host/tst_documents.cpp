// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/fileops.h"
#include "app/store/statedirectory.h"
#include "app/store/updatelog.h"
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"
#include "tests/support/seed.h"

#include <QDir>
#include <QFile>
#include <QtTest>

#include <random>

#include <sys/stat.h>

using namespace protocol;
using base::ErrorCode;
using support::TestEditor;
using support::TestPeer;

class tst_Documents : public QObject
{
    Q_OBJECT

    support::TestHost m_host;
    TestPeer m_owner;
    quint32 m_client = 0;
    std::optional<ShareLink> m_link;

    struct Guest
    {
        TestPeer peer;
        std::optional<TestEditor> editor;
        bool enter(const ShareLink &link, const QByteArray &path)
        {
            const auto joined = peer.enterAsGuest(link, QStringLiteral("Gus"));
            if (!joined)
                return false;
            editor.emplace(peer, joined->you.client);
            return editor->open(path);
        }
    };

    bool enterOwner()
    {
        m_owner.disconnectNow();
        m_owner.forgetAnnouncements();
        const auto joined = m_owner.enterAsOwner(m_host.socketPath());
        if (joined)
            m_client = joined->you.client;
        return bool(joined);
    }

    const ShareLink &link()
    {
        if (!m_link) {
            (void)m_owner.call(EndShare{}); // a restarted host has taken the last one up again
            const auto created = m_owner.call(CreateShare{
                .access = Access::Edit, .policy = JoinPolicy::Anyone, .lifetimeSeconds = 0, .addresses = {}, .port = 0});
            if (!created)
                qFatal("cannot share");
            m_link = created->link;
        }
        return *m_link;
    }

private Q_SLOTS:
    void init()
    {
        if (!m_host.isRunning()) {
            m_link.reset();
            QVERIFY(m_host.start());
        }
        QVERIFY(enterOwner());
    }

    void twoPeopleTypeInTheSameLine()
    {
        m_host.writeFile(QStringLiteral("same.txt"), "0123456789\n");
        TestEditor owner(m_owner, m_client);
        QVERIFY(owner.open("same.txt"));
        Guest guest;
        QVERIFY(guest.enter(link(), "same.txt"));
        // Both type before either has heard of the other
        QVERIFY(owner.type(5, 0, QStringLiteral("owner")) != 0);
        QVERIFY(guest.editor->type(5, 0, QStringLiteral("guest")) != 0);
        QTRY_VERIFY((owner.info(), guest.editor->info(), owner.text() == guest.editor->text() && owner.text().size() == 21));
        QVERIFY(owner.text().contains(QStringLiteral("owner")) && owner.text().contains(QStringLiteral("guest")));
        QTRY_COMPARE(QString::fromUtf8(m_host.file(QStringLiteral("same.txt"))), owner.text());
        QVERIFY(owner.waitForInfo([](const DocumentInfo &info) { return info.save == SaveState::Saved; }));
    }

    void oneFileIsOneDocumentHoweverItIsReached()
    {
        m_host.writeFile(QStringLiteral("real.txt"), "text");
        QFile::remove(m_host.rootPath() + QStringLiteral("/link.txt"));
        QVERIFY(QFile::link(QStringLiteral("real.txt"), m_host.rootPath() + QStringLiteral("/link.txt")));
        TestEditor one(m_owner, m_client);
        QVERIFY(one.open("real.txt"));
        Guest guest;
        QVERIFY(guest.enter(link(), "link.txt"));
        QCOMPARE(guest.editor->id(), one.id());
    }

    void formatAndModeOfTheFileAreKept()
    {
        const QByteArray content = QByteArray::fromHex("efbbbf") + "eins\r\nzwei";
        m_host.writeFile(QStringLiteral("kept.sh"), content);
        const QByteArray path = QFile::encodeName(m_host.rootPath() + QStringLiteral("/kept.sh"));
        QCOMPARE(chmod(path.constData(), 0751), 0);
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("kept.sh"));
        QCOMPARE(editor.text(), QStringLiteral("eins\nzwei"));
        QVERIFY(editor.edit(4, 0, QStringLiteral("!\nneu")));
        QVERIFY(m_owner.call(SaveDocument{.document = editor.id()}));
        QCOMPARE(m_host.file(QStringLiteral("kept.sh")), QByteArray::fromHex("efbbbf") + "eins!\r\nneu\r\nzwei");
        struct stat status{};
        QCOMPARE(stat(path.constData(), &status), 0);
        QCOMPARE(int(status.st_mode & 07777), 0751);
    }

    void anotherProgramsChangeIsMergedWithWhatIsBeingTyped()
    {
        m_host.writeFile(QStringLiteral("merge.txt"), "one\ntwo\nthree\n");
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("merge.txt"));
        Guest guest;
        QVERIFY(guest.enter(link(), "merge.txt"));
        QVERIFY(guest.editor->edit(3, 0, QStringLiteral(" typed")));
        m_host.writeFile(QStringLiteral("merge.txt"), "one\ntwo\n3\nfour\n");
        QVERIFY2(editor.receive(QStringLiteral("one typed\ntwo\n3\nfour\n")), qPrintable(editor.text()));
        QVERIFY(guest.editor->receive(editor.text()));
        QTRY_COMPARE(m_host.file(QStringLiteral("merge.txt")), QByteArray("one typed\ntwo\n3\nfour\n"));
        // And when nobody types, so that no save of ours comes across it
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) { return info.save == SaveState::Saved; }));
        m_host.writeFile(QStringLiteral("merge.txt"), "one typed\ntwo\n3\n");
        QVERIFY2(editor.receive(QStringLiteral("one typed\ntwo\n3\n")), qPrintable(editor.text()));
    }

    void aDeletedFileLeavesTheTextAndComesBackWhenSaved()
    {
        m_host.writeFile(QStringLiteral("gone.txt"), "precious");
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("gone.txt"));
        QVERIFY(QFile::remove(m_host.rootPath() + QStringLiteral("/gone.txt")));
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) { return info.file == FileState::Deleted; }));
        QCOMPARE(editor.text(), QStringLiteral("precious"));
        QVERIFY(editor.edit(8, 0, QStringLiteral("!")));
        QVERIFY(m_owner.call(SaveDocument{.document = editor.id()}));
        QCOMPARE(m_host.file(QStringLiteral("gone.txt")), QByteArray("precious!"));
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) {
            return info.file == FileState::Present && info.save == SaveState::Saved;
        }));
    }

    void aRenameTakesTheDocumentAlong()
    {
        m_host.writeFile(QStringLiteral("old/name.txt"), "text");
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("old/name.txt"));
        QVERIFY(m_owner.call(MoveEntry{.from = "old", .to = "new"}));
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) { return info.path == "new/name.txt"; }));
        QVERIFY(editor.edit(4, 0, QStringLiteral("!")));
        QTRY_COMPARE(m_host.file(QStringLiteral("new/name.txt")), QByteArray("text!"));
        QVERIFY(!QFile::exists(m_host.rootPath() + QStringLiteral("/old")));
        // What was not yet saved under the new name survives a crash there
        QVERIFY(editor.edit(5, 0, QStringLiteral("?")));
        m_host.kill();
        QVERIFY(m_host.start());
        m_link.reset();
        QVERIFY(enterOwner());
        TestEditor again(m_owner, m_client);
        QVERIFY(again.open("new/name.txt"));
        QCOMPARE(again.text(), QStringLiteral("text!?"));
    }

    void aDeletedEntryCanBeRestored()
    {
        m_host.writeFile(QStringLiteral("bin/me.txt"), "keep me");
        const auto deleted = m_owner.call(DeleteEntry{.path = "bin"});
        QVERIFY(deleted);
        QVERIFY(m_host.file(QStringLiteral("bin/me.txt")).isNull());
        const auto bin = m_owner.call(ListBin{});
        QVERIFY(bin);
        QCOMPARE(bin->entries.first().path, QByteArray("bin"));
        QCOMPARE(bin->entries.first().by, QStringLiteral("Olga"));
        const auto restored = m_owner.call(RestoreEntry{.entry = deleted->entry});
        QVERIFY(restored);
        QCOMPARE(restored->path, QByteArray("bin"));
        QCOMPARE(m_host.file(QStringLiteral("bin/me.txt")), QByteArray("keep me"));
    }

    void whoNeverPausesIsSavedAllTheSame()
    {
        m_host.writeFile(QStringLiteral("busy.txt"), "");
        TestEditor busy(m_owner, m_client);
        QVERIFY(busy.open("busy.txt"));
        QVERIFY(busy.edit(0, 0, QStringLiteral("x")));
        QTRY_COMPARE(m_host.file(QStringLiteral("busy.txt")), QByteArray("x"));
        const QDeadlineTimer patience(20'000);
        while (m_host.file(QStringLiteral("busy.txt")) == "x" && !patience.hasExpired())
            QVERIFY(busy.edit(0, 0, QStringLiteral("x")));
        QVERIFY(!patience.hasExpired());
        // And the rest of it when the typing is over.
        QTRY_COMPARE(m_host.file(QStringLiteral("busy.txt")), busy.text().toUtf8());
    }

    void aSaveMeansTheTextOfThatMoment()
    {
        m_host.writeFile(QStringLiteral("asked.txt"), "");
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("asked.txt"));
        for (int round = 0; round < 50; ++round) {
            (void)editor.type(0, 0, QStringLiteral("a"));
            (void)m_owner.send(SaveDocument{.document = editor.id()});
            // While that one is being written, mostly.
            (void)editor.type(0, 0, QStringLiteral("b"));
            QVERIFY(m_owner.answerTo(m_owner.send(SaveDocument{.document = editor.id()})));
            QCOMPARE(m_host.file(QStringLiteral("asked.txt")), editor.text().toUtf8());
        }
    }

    void binaryAndHugeFilesAreReadInPages()
    {
        m_host.writeFile(QStringLiteral("binary.dat"), QByteArray("a\0b", 3));
        TestEditor binary(m_owner, m_client);
        QVERIFY(binary.open("binary.dat"));
        QCOMPARE(binary.opened().kind, ContentKind::Binary);

        QFile huge(m_host.rootPath() + QStringLiteral("/huge.txt"));
        QVERIFY(huge.open(QIODevice::WriteOnly));
        QVERIFY(huge.resize(qint64(1) << 30));
        huge.close();
        const qint64 before = m_host.residentBytes();
        TestEditor large(m_owner, m_client);
        QVERIFY(large.open("huge.txt"));
        QCOMPARE(large.opened().kind, ContentKind::Large);
        const auto page = m_owner.call(ReadPage{.path = "huge.txt", .offset = (qint64(1) << 30) - 10, .length = 100});
        QVERIFY(page);
        QCOMPARE(page->bytes.size(), 10);
        QCOMPARE(page->fileSize, qint64(1) << 30);
        QVERIFY2(m_host.residentBytes() - before < 20 * 1024 * 1024, "a page must not cost the whole file");
    }

    void nobodyWritesUnderAnothersName()
    {
        m_host.writeFile(QStringLiteral("forge.txt"), "text");
        TestEditor owner(m_owner, m_client);
        QVERIFY(owner.open("forge.txt"));
        Guest guest;
        QVERIFY(guest.enter(link(), "forge.txt"));
        guest.editor->document().setClient(m_client);
        QCOMPARE(guest.editor->edit(0, 0, QStringLiteral("forged")).error().code, ErrorCode::Forbidden);
        QCOMPARE(owner.text(), QStringLiteral("text"));
        QTRY_COMPARE(m_host.file(QStringLiteral("forge.txt")), QByteArray("text"));
    }

    void brokenUpdatesAreRefusedAndTheHostServesOn()
    {
        m_host.writeFile(QStringLiteral("hostile.txt"), "text");
        TestEditor owner(m_owner, m_client);
        QVERIFY(owner.open("hostile.txt"));
        Guest guest;
        QVERIFY(guest.enter(link(), "hostile.txt"));
        // Claims of counts, lengths and clocks that no bytes stand behind
        for (const char *hex : {"", "ff", "01", "ffffffffffffff7f", "0101", "01ffffff7f0100", "010101000401017480808080080061",
                                "00ffffffff0f", "000101ffffffff0f"}) {
            const QByteArray update = QByteArray::fromHex(hex);
            const auto answer = guest.peer.call(UpdateDocument{.document = guest.editor->id(), .update = update});
            QVERIFY2(!answer, hex);
        }
        // An endless deletion of what nobody has written is well formed: it waits, and costs nothing
        QVERIFY(guest.peer.call(UpdateDocument{.document = guest.editor->id(),
                                               .update = QByteArray::fromHex("0001ffffffff0f01ffffffffffff0701ffffffff0f")}));
        QVERIFY(guest.editor->edit(0, 0, QStringLiteral("fine ")));
        QVERIFY(owner.receive(QStringLiteral("fine text")));
    }

    void whatAGuestMayNotSeeDoesNotExistForIt()
    {
        m_host.writeFile(QStringLiteral(".git/config"), "[remote]\n\turl = https://user:password@example.org/\n");
        Guest guest;
        m_host.writeFile(QStringLiteral("any.txt"), "any");
        QVERIFY(guest.enter(link(), "any.txt"));
        QFile::remove(m_host.rootPath() + QStringLiteral("/innocent"));
        QVERIFY(QFile::link(QStringLiteral(".git/config"), m_host.rootPath() + QStringLiteral("/innocent")));
        for (const char *path : {".git/config", ".GIT/config", "innocent"}) {
            const auto opened = guest.peer.call(OpenDocument{.path = path, .knownState = {}, .knownEpoch = {}});
            QVERIFY2(!opened && opened.error().code == ErrorCode::NotFound, path);
            const auto page = guest.peer.call(ReadPage{.path = path, .offset = 0, .length = 100});
            QVERIFY2(!page && page.error().code == ErrorCode::NotFound, path);
        }
        const auto listed = guest.peer.call(ListFolder{.path = {}, .offset = 0});
        QVERIFY(listed);
        for (const FileEntry &entry : listed->entries)
            QVERIFY(entry.name != ".git");
        QVERIFY(!guest.peer.call(CreateEntry{.path = ".git/made", .kind = EntryKind::File}));
        QVERIFY(!guest.peer.call(MoveEntry{.from = "any.txt", .to = ".git/moved"}));
        QVERIFY(!guest.peer.call(DeleteEntry{.path = ".git/config"}));
        QCOMPARE(QDir(m_host.rootPath() + QStringLiteral("/.git")).entryList(QDir::Files), QStringList{QStringLiteral("config")});
    }

    void everyPathThatLeadsOutIsRefused()
    {
        QDir().mkpath(m_host.rootPath() + QStringLiteral("/../outside"));
        QFile secret(m_host.rootPath() + QStringLiteral("/../outside/secret"));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write("secret");
        secret.close();
        // What the shorter names of these would lead to is there
        m_host.writeFile(QStringLiteral("x"), "x");
        m_host.writeFile(QStringLiteral("a/b"), "b");
        const QString out = m_host.rootPath() + QStringLiteral("/out");
        QFile::remove(out);
        QVERIFY(QFile::link(QStringLiteral("../outside"), out));
        for (const QByteArray &path :
             {QByteArray("../outside/secret"), QByteArray("/etc/passwd"), QByteArray("a/../../outside/secret"), QByteArray("out/secret"),
              QByteArray("./x"), QByteArray("a//b"), QByteArray("a\0b", 3), QByteArray(300, 'x'), QByteArray("/proc/self/root/etc/passwd")}) {
            QVERIFY2(!m_owner.call(OpenDocument{.path = path, .knownState = {}, .knownEpoch = {}}), path.constData());
            QVERIFY2(!m_owner.call(ReadPage{.path = path, .offset = 0, .length = 10}), path.constData());
            QVERIFY2(!m_owner.call(ListFolder{.path = path, .offset = 0}), path.constData());
            QVERIFY2(!m_owner.call(CreateEntry{.path = path, .kind = EntryKind::File}), path.constData());
            QVERIFY2(!m_owner.call(MoveEntry{.from = path, .to = "moved"}), path.constData());
            QVERIFY2(!m_owner.call(MoveEntry{.from = "out", .to = path}), path.constData());
            QVERIFY2(!m_owner.call(DeleteEntry{.path = path}), path.constData());
        }
        QVERIFY(QFile::exists(m_host.rootPath() + QStringLiteral("/../outside/secret")));
    }

    void namesThatAreNoTextWork()
    {
        const QByteArray name("new\nline \xff\xfe " + QByteArray(240, 'n'));
        QVERIFY(m_owner.call(CreateEntry{.path = name, .kind = EntryKind::File}));
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open(name));
        QVERIFY(editor.edit(0, 0, QStringLiteral("x")));
        QVERIFY(m_owner.call(SaveDocument{.document = editor.id()}));
        bool found = false;
        for (quint32 offset = 0, total = 1; offset < total && !found; offset += 2000) {
            const auto listed = m_owner.call(ListFolder{.path = {}, .offset = offset});
            QVERIFY(listed);
            total = listed->total;
            for (const FileEntry &entry : listed->entries)
                found = found || (entry.name == name && entry.size == 1);
        }
        QVERIFY(found);
    }

    // The host was killed after it had made the log and before the text was in it.
    void anEmptyLogIsAnotherLifeOfTheDocument()
    {
        m_host.writeFile(QStringLiteral("first.txt"), "text");
        m_host.writeFile(QStringLiteral("second.txt"), "text");
        TestEditor first(m_owner, m_client);
        QVERIFY(first.open("first.txt"));
        const QDir logs(m_host.stateDirectory() + QStringLiteral("/documents/")
                        + QDir(m_host.stateDirectory() + QStringLiteral("/documents")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).constFirst());
        files::SystemFileOps ops;
        const auto name = store::logName(*files::RelativePath::parse("second.txt"));
        QVERIFY(store::UpdateLog::open(QFile::encodeName(logs.path()), name, QByteArray(16, 'e'), ops));
        TestEditor second(m_owner, m_client);
        QVERIFY(second.open("second.txt"));
        // Somebody who holds the text of that first try would have it twice
        QVERIFY(second.opened().epoch != QByteArray(16, 'e'));
        QCOMPARE(second.text(), QStringLiteral("text"));
    }

    // The host is killed at random moments under load. Whatever it acknowledged is there afterwards.
    void noAcknowledgedEditIsLostWhenTheHostIsKilled()
    {
        std::mt19937_64 engine(support::seed());
        constexpr int kKills = 12;
        m_host.writeFile(QStringLiteral("killed.txt"), "");
        QStringList acknowledged;
        int typed = 0;
        for (int round = 0; round < kKills; ++round) {
            TestEditor editor(m_owner, m_client);
            QVERIFY2(editor.open("killed.txt"), editor.error().detail.c_str());
            for (const QString &word : std::as_const(acknowledged))
                QVERIFY2(editor.text().count(word) == 1, qPrintable(word + u" in " + editor.text()));
            QList<std::pair<quint32, QString>> open;
            const int edits = 5 + int(engine() % 60);
            for (int i = 0; i < edits; ++i) {
                const QString word = QStringLiteral("<%1>").arg(++typed);
                const auto length = editor.text().size();
                // Never inside a word: then each word can be found again
                const qsizetype at = length == 0 ? 0 : editor.text().indexOf(u'<', qsizetype(engine() % quint64(length)));
                open.append({editor.type(at < 0 ? length : at, 0, word), word});
                if (engine() % 4 == 0)
                    (void)m_owner.answerTo(open.last().first), acknowledged.append(open.takeLast().second);
                if (engine() % 20 == 0)
                    m_owner.send(SaveDocument{.document = editor.id()});
            }
            // Some answers may still be on their way; those that arrived count
            QCoreApplication::processEvents(QEventLoop::AllEvents, int(engine() % 20));
            m_host.kill();
            (void)QTest::qWaitFor([&] { return m_owner.closed().has_value(); });
            for (const auto &[call, word] : std::as_const(open)) {
                if (m_owner.answerTo(call, 0))
                    acknowledged.append(word);
            }
            QVERIFY(m_host.start());
            m_link.reset();
            QVERIFY(enterOwner());
        }
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("killed.txt"));
        for (const QString &word : std::as_const(acknowledged))
            QVERIFY2(editor.text().count(word) == 1, qPrintable(word));
        QVERIFY(acknowledged.size() > kKills);
        // And the file ends up with the same text
        QTRY_COMPARE(QString::fromUtf8(m_host.file(QStringLiteral("killed.txt"))), editor.text());
    }

    void nobodySeesWhatIsNotOnDisk_data()
    {
        QTest::addColumn<int>("removed");
        QTest::addColumn<QString>("inserted");
        QTest::newRow("typed") << 0 << QStringLiteral("new ");
        QTest::newRow("deleted") << 4 << QString();
    }

    // Had somebody seen it, the host died, and the one who typed not come back, the two would differ for ever.
    void nobodySeesWhatIsNotOnDisk()
    {
        QFETCH(const int, removed);
        QFETCH(const QString, inserted);
        support::TestHost host;
        host.writeFile(QStringLiteral("a.txt"), "one two");
        host.setDiskStalled(false);
        QVERIFY(host.start());
        TestPeer author;
        TestPeer other;
        const auto joined = author.enterAsOwner(host.socketPath());
        const auto otherJoined = other.enterAsOwner(host.socketPath());
        QVERIFY(joined && otherJoined);
        TestEditor typing(author, joined->you.client);
        TestEditor seeing(other, otherJoined->you.client);
        QVERIFY(typing.open("a.txt"));
        QVERIFY(seeing.open("a.txt"));
        QVERIFY(typing.edit(0, 0, QStringLiteral("a ")));
        QVERIFY(seeing.receive(QStringLiteral("a one two")));

        host.setDiskStalled(true);
        const quint32 call = typing.type(2, removed, inserted);
        const quint32 opening = author.send(OpenDocument{.path = "a.txt"});
        // Answered after the edit was handled; what the edit caused to be sent would have come before.
        QVERIFY(author.call(ListFolder{.path = {}, .offset = 0}));
        QVERIFY(other.call(ListFolder{.path = {}, .offset = 0}));
        QVERIFY(seeing.receive(QStringLiteral("a one two"), 0));
        QVERIFY(!author.answerTo(call, 0));
        QVERIFY(!author.answerTo(opening, 0));

        host.setDiskStalled(false);
        QVERIFY(author.answerTo(call));
        QVERIFY(author.answerTo(opening));
        QVERIFY(seeing.receive(QStringLiteral("a one two").replace(2, removed, inserted)));
    }

    // Or its first people would hold a life of the document that a host which is killed now knows nothing of.
    void nobodySeesANewDocumentThatIsNotOnDisk()
    {
        constexpr int kLongEnough = 300;   // milliseconds; the answer took less than a tenth of that
        support::TestHost host;
        host.writeFile(QStringLiteral("a.txt"), "text");
        host.setDiskStalled(false);
        QVERIFY(host.start());
        const auto open = [&](TestPeer &peer, int patience) -> std::optional<DocumentOpened> {
            const quint32 call = peer.send(OpenDocument{.path = "a.txt"});
            if (patience > 0 && peer.answerTo(call, patience))
                return std::nullopt;
            host.setDiskStalled(false);
            const auto answer = peer.answerTo(call);
            if (!answer || !std::holds_alternative<DocumentOpened>(*answer))
                return std::nullopt;
            return std::get<DocumentOpened>(*answer);
        };
        TestPeer first;
        QVERIFY(first.enterAsOwner(host.socketPath()));
        host.setDiskStalled(true);
        const auto before = open(first, kLongEnough);
        QVERIFY(before);
        host.kill();
        QVERIFY(host.start());
        TestPeer second;
        QVERIFY(second.enterAsOwner(host.socketPath()));
        const auto after = open(second, 0);
        QVERIFY(after);
        QCOMPARE(after->epoch, before->epoch);
        QCOMPARE(after->update, before->update);
    }

    void whatWaitsForTheDiskComesInOrder()
    {
        support::TestHost host;
        host.writeFile(QStringLiteral("a.txt"), "text");
        host.setDiskStalled(false);
        QVERIFY(host.start());
        TestPeer author;
        TestPeer other;
        TestPeer later;
        const auto joined = author.enterAsOwner(host.socketPath());
        const auto otherJoined = other.enterAsOwner(host.socketPath());
        const auto laterJoined = later.enterAsOwner(host.socketPath());
        QVERIFY(joined && otherJoined && laterJoined);
        TestEditor typing(author, joined->you.client);
        TestEditor seeing(other, otherJoined->you.client);
        TestEditor opening(later, laterJoined->you.client);
        QVERIFY(typing.open("a.txt"));
        QVERIFY(seeing.open("a.txt"));

        host.setDiskStalled(true);
        const quint32 first = typing.type(0, 0, QStringLiteral("1 "));
        QVERIFY(author.call(ListFolder{.path = {}, .offset = 0}));
        const quint32 call = later.send(OpenDocument{.path = "a.txt"});
        QVERIFY(later.call(ListFolder{.path = {}, .offset = 0}));
        const quint32 second = typing.type(2, 0, QStringLiteral("2 "));
        QVERIFY(author.call(ListFolder{.path = {}, .offset = 0}));
        QVERIFY(!later.answerTo(call, 0));
        host.setDiskStalled(false);
        QVERIFY(author.answerTo(first));
        QVERIFY(author.answerTo(second));
        QVERIFY(seeing.receive(QStringLiteral("1 2 text")));
        const auto answer = later.answerTo(call);
        QVERIFY(answer && std::holds_alternative<DocumentOpened>(*answer));
        // As of its question; what came after follows as an edit.
        crdt::Document asked;
        QVERIFY(asked.applyUpdate(support::viewOf(std::get<DocumentOpened>(*answer).update)));
        QCOMPARE(QString::fromStdU16String(asked.text(kTextRoot).toString()), QStringLiteral("1 text"));
        const auto edited = later.next<DocumentEdited>();
        QVERIFY(edited);
        QVERIFY(asked.applyUpdate(support::viewOf(edited->update)));
        QCOMPARE(QString::fromStdU16String(asked.text(kTextRoot).toString()), QStringLiteral("1 2 text"));
    }

    void anAcknowledgedEditThatWaitsForAnotherSurvivesACrash()
    {
        support::TestHost host;
        host.writeFile(QStringLiteral("a.txt"), "text");
        QVERIFY(host.start());
        TestPeer owner;
        auto joined = owner.enterAsOwner(host.socketPath());
        QVERIFY(joined);
        TestEditor editor(owner, joined->you.client);
        QVERIFY(editor.open("a.txt"));
        crdt::Document &document = editor.document();
        QVERIFY(document.text(kTextRoot).insert(4, u"1"));
        const QByteArray first = editor.lastUpdate();
        // A part of it can be done at once, the rest builds on what the host does not have yet.
        document.transact({}, [&] {
            QVERIFY(document.text(kTextRoot).remove(0, 1));
            QVERIFY(document.text(kTextRoot).insert(4, u"2"));
        });
        QVERIFY(owner.call(UpdateDocument{.document = editor.id(), .update = editor.lastUpdate()}));
        host.kill();
        QVERIFY(host.start());
        TestPeer again;
        joined = again.enterAsOwner(host.socketPath());
        QVERIFY(joined);
        TestEditor reopened(again, joined->you.client);
        QVERIFY(reopened.open("a.txt"));
        QCOMPARE(reopened.text(), QStringLiteral("ext"));
        QVERIFY(again.call(UpdateDocument{.document = reopened.id(), .update = first}));
        TestEditor after(again, joined->you.client);
        QVERIFY(after.open("a.txt"));
        QCOMPARE(after.text(), QStringLiteral("ext12"));
    }

    void openersCannotFillTheMemoryWhileTheDiskIsSlow()
    {
        constexpr int kOpeners = 60;
        constexpr qint64 kMega = 1'000'000;
        support::TestHost host;
        host.writeFile(QStringLiteral("a.txt"), QByteArray("some text\n").repeated(200'000));
        host.setDiskStalled(false);
        QVERIFY(host.start());
        TestPeer author;
        TestPeer opener;
        const auto joined = author.enterAsOwner(host.socketPath());
        QVERIFY(joined && opener.enterAsOwner(host.socketPath()));
        TestEditor typing(author, joined->you.client);
        QVERIFY(typing.open("a.txt"));
        host.setDiskStalled(true);
        const quint32 call = typing.type(0, 0, QStringLiteral("x"));
        QVERIFY(author.call(ListFolder{.path = {}, .offset = 0}));
        const qint64 before = host.residentBytes();
        QList<quint32> calls;
        for (int i = 0; i < kOpeners; ++i)
            calls.append(opener.send(OpenDocument{.path = "a.txt"}));
        QVERIFY(opener.call(ListFolder{.path = {}, .offset = 0}));
        const qint64 grown = host.residentBytes() - before;
        QVERIFY2(grown < 20 * kMega, QByteArray::number(grown).constData());
        host.setDiskStalled(false);
        QVERIFY(author.answerTo(call));
        for (const quint32 one : calls)
            QVERIFY(opener.answerTo(one));
    }

    void unsavedTextAndAnotherProgramsChangeMeetAfterACrash()
    {
        m_host.writeFile(QStringLiteral("crash.txt"), "one\ntwo\n");
        {
            TestEditor editor(m_owner, m_client);
            QVERIFY(editor.open("crash.txt"));
            QVERIFY(editor.edit(3, 0, QStringLiteral(" unsaved")));
        }
        m_host.kill();
        // Either the autosave had come or not: both are right, the text is there once
        m_host.writeFile(QStringLiteral("crash.txt"), "one\ntwo\nthree\n");
        QVERIFY(m_host.start());
        m_link.reset();
        QVERIFY(enterOwner());
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("crash.txt"));
        QCOMPARE(editor.text(), QStringLiteral("one unsaved\ntwo\nthree\n"));
        QTRY_COMPARE(m_host.file(QStringLiteral("crash.txt")), QByteArray("one unsaved\ntwo\nthree\n"));
    }

    void aCleanEndSavesEverything()
    {
        m_host.writeFile(QStringLiteral("end.txt"), "");
        TestEditor editor(m_owner, m_client);
        QVERIFY(editor.open("end.txt"));
        QVERIFY(editor.edit(0, 0, QStringLiteral("written at the end")));
        QCOMPARE(m_host.terminate(), 0);
        QCOMPARE(m_host.file(QStringLiteral("end.txt")), QByteArray("written at the end"));
        m_link.reset();
    }
};

QTEST_GUILESS_MAIN(tst_Documents)
#include "tst_documents.moc"
