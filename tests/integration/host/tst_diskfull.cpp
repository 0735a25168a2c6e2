// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/mount.h>

using namespace protocol;
using support::TestEditor;
using support::TestPeer;

//! A real full disk: a small file system in memory, mounted in a mount namespace of this test's own (see CMakeLists.txt).
class tst_DiskFull : public QObject
{
    Q_OBJECT

    // A file system of 1 MiB, full but for a few pages while a filler lies in it.
    class SmallDisk
    {
    public:
        explicit SmallDisk(const QString &path) : m_path(path)
        {
            QDir().mkpath(path);
            if (mount("tmpfs", QFile::encodeName(path).constData(), "tmpfs", 0, "size=1m,mode=700") != 0)
                qFatal("cannot mount a file system; run this test as CMakeLists.txt does");
        }
        ~SmallDisk() { umount2(QFile::encodeName(m_path).constData(), MNT_DETACH); }

        void fill()
        {
            QFile filler(m_path + QStringLiteral("/filler"));
            if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
                qFatal("cannot fill the disk");
            const QByteArray page(4096, 'f');
            while (filler.write(page) == page.size())
                continue;
        }
        void free() { QFile::remove(m_path + QStringLiteral("/filler")); }

    private:
        QString m_path;
    };

private Q_SLOTS:
    void aFullWorkspaceDiskKeepsTheTextAndSavesLater()
    {
        QTemporaryDir folder;
        SmallDisk disk(folder.filePath(QStringLiteral("disk")));
        support::TestHost host(folder.filePath(QStringLiteral("disk")));
        host.writeFile(QStringLiteral("a.txt"), "old");
        QVERIFY(host.start());
        TestPeer owner;
        const auto joined = owner.enterAsOwner(host.socketPath());
        QVERIFY(joined);
        TestEditor editor(owner, joined->you.client);
        QVERIFY(editor.open("a.txt"));
        disk.fill();
        const QString text = QString(100'000, u'x');
        QVERIFY(editor.edit(0, 3, text)); // the log lies on another disk: acknowledged is stored
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) {
            return info.save == SaveState::Failed && info.saveError == base::ErrorCode::DiskFull;
        }));
        QCOMPARE(owner.call(SaveDocument{.document = editor.id()}).error().code, base::ErrorCode::DiskFull);
        QCOMPARE(host.file(QStringLiteral("a.txt")), QByteArray("old"));
        QCOMPARE(QDir(host.rootPath()).entryList(QDir::Files | QDir::Hidden), (QStringList{QStringLiteral("a.txt"), QStringLiteral("filler")}));
        QVERIFY(owner.call(ListFolder{.path = {}, .offset = 0}));
        disk.free();
        // Also while somebody goes on typing.
        const QDeadlineTimer patience(15'000);
        while (QString::fromUtf8(host.file(QStringLiteral("a.txt"))).size() < text.size() && !patience.hasExpired())
            QVERIFY(editor.edit(0, 0, QStringLiteral("y")));
        QVERIFY(!patience.hasExpired());
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) { return info.save == SaveState::Saved; }, 15'000));
        QCOMPARE(QString::fromUtf8(host.file(QStringLiteral("a.txt"))), editor.text());
    }

    void aFullStateDiskAcknowledgesNothingUntilThereIsRoom()
    {
        QTemporaryDir folder;
        support::TestHost host;
        host.writeFile(QStringLiteral("a.txt"), "old");
        SmallDisk disk(host.stateDirectory());
        QVERIFY(host.start());
        TestPeer owner;
        const auto joined = owner.enterAsOwner(host.socketPath());
        QVERIFY(joined);
        TestEditor editor(owner, joined->you.client);
        QVERIFY(editor.open("a.txt"));
        QVERIFY(editor.edit(0, 0, QStringLiteral("kept ")));
        disk.fill();
        const QString word = QString(200'000, u'y');
        const quint32 call = editor.type(0, 0, word);
        QCOMPARE(owner.answerTo(call, 1500).error().code, base::ErrorCode::Timeout);
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) { return info.save == SaveState::Failed; }));
        QVERIFY(owner.call(ListFolder{.path = {}, .offset = 0}));
        disk.free();
        QVERIFY(owner.answerTo(call, 15'000));
        QVERIFY(editor.waitForInfo([](const DocumentInfo &info) { return info.save == SaveState::Saved; }, 15'000));
        // Acknowledged means stored: also after a kill
        host.kill();
        QVERIFY(host.start());
        TestPeer again;
        const auto back = again.enterAsOwner(host.socketPath());
        QVERIFY(back);
        TestEditor reopened(again, back->you.client);
        QVERIFY(reopened.open("a.txt"));
        QCOMPARE(reopened.text(), word + QStringLiteral("kept old"));
    }
};

QTEST_GUILESS_MAIN(tst_DiskFull)
#include "tst_diskfull.moc"
