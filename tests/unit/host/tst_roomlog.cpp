// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/roomlog.h"
#include "app/files/fileops.h"
#include "app/protocol/documentmessages.h"
#include "tests/support/wait.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace host;

namespace {

QByteArray bytesOf(const base::Bytes &bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
}

QString textOf(crdt::Document &document)
{
    return QString::fromStdU16String(document.text(protocol::kTextRoot).toString());
}

} // namespace

//! What a restart finds, for each moment at which the host may have been killed during a save.
class tst_RoomLog : public QObject
{
    Q_OBJECT

    files::SystemFileOps m_ops;
    QTemporaryDir m_folder;
    int m_logs = 0;

    struct Writer
    {
        Writer(files::FileOps &ops, const QByteArray &folder, const QByteArray &name) : logs(ops), log(logs)
        {
            document.onUpdate([this](const crdt::Document::UpdateEvent &event) { update = bytesOf(event.update); });
            bool isOpen = false;
            log.open(folder, name, QByteArray(16, 'e'), {}, document, &context,
                     [&](const base::Result<LogReplay> &replay) { isOpen = bool(replay); });
            if (!support::waitFor([&] { return isOpen; }))
                qFatal("log did not open");
        }

        void type(const QString &text)
        {
            crdt::Text content = document.text(protocol::kTextRoot);
            (void)content.insert(content.length(), text.toStdU16String());
            log.appendUpdate(update, &context, [](const base::Result<void> &) {});
        }
        void begin(quint32 number) { log.appendBegin(number, &context); }
        void intent(quint32 number, const QByteArray &hash)
        {
            bool written = false;
            log.appendIntent(number, hash, &context, [&](const base::Result<void> &) { written = true; });
            if (!support::waitFor([&] { return written; }))
                qFatal("intent not written");
        }
        void done(quint32 number) { log.appendDone(number, &context); }

        QObject context;
        store::LogWriter logs;
        crdt::Document document;
        QByteArray update;
        RoomLog log;
    };

    LogReplay replay(const QByteArray &name, const QByteArray &fileHash, crdt::Document &document)
    {
        const auto content = store::UpdateLog::read(m_folder.path().toUtf8(), name, m_ops);
        if (!content)
            qFatal("cannot read the log");
        return replayRecords(content->records, fileHash, document);
    }

    QByteArray newName() { return "log" + QByteArray::number(++m_logs); }

private Q_SLOTS:
    void aSaveThatFinishedIsTheBaseline()
    {
        const QByteArray name = newName();
        {
            Writer writer(m_ops, m_folder.path().toUtf8(), name);
            writer.type(QStringLiteral("saved"));
            writer.begin(1);
            writer.intent(1, "hash1");
            writer.done(1);
            writer.type(QStringLiteral(" unsaved"));
        }
        crdt::Document document;
        const LogReplay found = replay(name, "hash1", document);
        QCOMPARE(textOf(document), QStringLiteral("saved unsaved"));
        QCOMPARE(found.savedText, QStringLiteral("saved"));
        QCOMPARE(found.savedHash, QByteArray("hash1"));
    }

    void killedBetweenRenameAndDoneOurOwnSaveIsKnownByItsHash()
    {
        const QByteArray name = newName();
        {
            Writer writer(m_ops, m_folder.path().toUtf8(), name);
            writer.type(QStringLiteral("one"));
            writer.begin(1);
            writer.intent(1, "hash1");
            writer.done(1);
            writer.type(QStringLiteral(" two"));
            writer.begin(2);
            writer.type(QStringLiteral(" three"));
            writer.intent(2, "hash2");
        }
        crdt::Document document;
        const LogReplay found = replay(name, "hash2", document);
        QCOMPARE(found.savedText, QStringLiteral("one two"));
        QCOMPARE(found.savedHash, QByteArray("hash2"));
        QCOMPARE(textOf(document), QStringLiteral("one two three"));
    }

    void killedBeforeTheRenameTheOldFileIsTheBaseline()
    {
        const QByteArray name = newName();
        {
            Writer writer(m_ops, m_folder.path().toUtf8(), name);
            writer.type(QStringLiteral("one"));
            writer.begin(1);
            writer.intent(1, "hash1");
            writer.done(1);
            writer.type(QStringLiteral(" two"));
            writer.begin(2);
            writer.intent(2, "hash2");
        }
        crdt::Document document;
        QCOMPARE(replay(name, "hash1", document).savedText, QStringLiteral("one"));
        // Somebody else wrote meanwhile: compared with what we last finished, not with what we only meant to write
        crdt::Document other;
        QCOMPARE(replay(name, "theirs", other).savedText, QStringLiteral("one"));
    }

    void aSnapshotRemembersWhatIsInTheFile()
    {
        crdt::Document document;
        (void)document.text(protocol::kTextRoot).insert(0, u"all of it");
        for (const std::optional<QString> &saved : {std::optional<QString>(), std::optional(QStringLiteral("a part"))}) {
            const QList<QByteArray> records{RoomLog::makeSnapshot(document.encodeStateAsUpdate(), saved, "h")};
            crdt::Document restored;
            const LogReplay found = replayRecords(records, "h", restored);
            QCOMPARE(textOf(restored), QStringLiteral("all of it"));
            QCOMPARE(found.savedText, saved.value_or(QStringLiteral("all of it")));
            QVERIFY(!found.isDamaged);
        }
    }

    void recordsThatMakeNoSenseAreNoticedNotBelieved()
    {
        crdt::Document document;
        const LogReplay found = replayRecords({"\x04garbage", QByteArray(), "\x7f", QByteArray("\x00\xff\xff", 3)}, "h", document);
        QVERIFY(found.isDamaged);
        QCOMPARE(textOf(document), QString());
    }
};

QTEST_GUILESS_MAIN(tst_RoomLog)
#include "tst_roomlog.moc"
