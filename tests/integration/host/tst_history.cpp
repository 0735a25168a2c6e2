// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testeditor.h"
#include "tests/support/host/testhost.h"
#include "tests/support/seed.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QtTest>

#include <algorithm>
#include <random>

using namespace protocol;
using support::TestEditor;
using support::TestPeer;

//! A document that has been edited for a long time costs what is left of it, not what its history would.
class tst_History : public QObject
{
    Q_OBJECT

    static constexpr int kTextUnits = 4000;
    static constexpr int kOpenCalls = 500;

    support::TestHost m_host;
    TestPeer m_owner;
    quint32 m_client = 0;
    qint64 m_largestLog = 0;
    QList<QByteArray> m_updates;

    bool enter()
    {
        m_owner.disconnectNow();
        m_owner.forgetAnnouncements();
        if (!m_host.isRunning() && !m_host.start())
            return false;
        const auto joined = m_owner.enterAsOwner(m_host.socketPath());
        if (joined)
            m_client = joined->you.client;
        return bool(joined);
    }

    // The logs of all documents together.
    qint64 logBytes() const
    {
        qint64 bytes = 0;
        QDirIterator files(m_host.stateDirectory() + QStringLiteral("/documents"), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            bytes += QFileInfo(files.next()).size();
        return bytes;
    }

    // One key after the other: a few words are written somewhere, as many letters are taken away somewhere else. The last
    // answer that is waited for says that all of it is on disk.
    bool edit(TestEditor &editor, int edits, std::mt19937_64 &engine)
    {
        QList<quint32> open;
        qsizetype at = 0;
        int left = 0;
        bool isRemoving = false;
        for (int i = 0; i < edits; ++i) {
            const qsizetype length = editor.document().text(kTextRoot).length();
            if (left == 0) {
                isRemoving = length > kTextUnits;
                left = 5 + int(engine() % 40);
                at = qsizetype(engine() % quint64(length + 1));
            }
            --left;
            if (isRemoving && at > 0)
                open.append(editor.type(--at, 1, {}));
            else
                open.append(editor.type(at++, 0, QString(QChar(ushort(u'a' + engine() % 26)))));
            m_updates.append(editor.lastUpdate());
            if (open.size() < kOpenCalls)
                continue;
            for (const quint32 call : std::exchange(open, {})) {
                if (!m_owner.answerTo(call))
                    return false;
            }
            m_largestLog = std::max(m_largestLog, logBytes());
        }
        for (const quint32 call : std::as_const(open)) {
            if (!m_owner.answerTo(call))
                return false;
        }
        return true;
    }

    // Each time by a host that has just started, the best of several.
    double millisecondsToOpen(const QByteArray &path, QString *text)
    {
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            m_host.kill();
            if (!enter())
                return -1;
            // So that what only the first document costs is not counted
            TestEditor other(m_owner, m_client);
            if (!other.open("other.txt"))
                return -1;
            QElapsedTimer timer;
            timer.start();
            TestEditor editor(m_owner, m_client);
            if (!editor.open(path))
                return -1;
            best = std::min(best, double(timer.nsecsElapsed()) / 1e6);
            *text = editor.text();
        }
        return best;
    }

private Q_SLOTS:
    void aLongHistoryCostsWhatIsLeftOfIt()
    {
        std::mt19937_64 engine(support::seed());
        const int wanted = qEnvironmentVariableIntValue("EDITS");
        const int edits = wanted > 0 ? wanted : 200'000;
        QVERIFY(enter());
        m_host.writeFile(QStringLiteral("long.txt"), "");
        m_host.writeFile(QStringLiteral("other.txt"), "");
        QString text;
        {
            TestEditor editor(m_owner, m_client);
            QVERIFY(editor.open("long.txt"));
            QVERIFY(edit(editor, edits, engine));
            text = editor.text();
            QVERIFY(m_owner.call(CloseDocument{.document = editor.id()}));
        }
        qint64 historyBytes = 0;
        for (const QByteArray &update : std::as_const(m_updates))
            historyBytes += update.size();
        // What is acknowledged is there, without the way that led to it. Not of the length of the text: as in Yjs, a place
        // in the text remains of what was deleted, so that edits of people who were away still find theirs.
        QTRY_VERIFY2(logBytes() < historyBytes / 10, qPrintable(QString::number(logBytes())));
        const qint64 left = logBytes();
        QString found;
        const double opening = millisecondsToOpen("long.txt", &found);
        QCOMPARE(found, text);
        QElapsedTimer timer;
        timer.start();
        crdt::Document replayed;
        for (const QByteArray &update : std::as_const(m_updates))
            QVERIFY(replayed.applyUpdate(support::viewOf(update)));
        const double replaying = double(timer.nsecsElapsed()) / 1e6;
        QCOMPARE(QString::fromStdU16String(replayed.text(kTextRoot).toString()), text);
        qInfo("%d edits of %lld KiB: log at most %lld KiB, then %lld KiB; opened in %.1f ms, all edits again in %.1f ms", edits,
              qlonglong(historyBytes / 1024), qlonglong(m_largestLog / 1024), qlonglong(left / 1024), opening, replaying);
        QVERIFY(opening > 0);
        QVERIFY2(opening < replaying / 3, "opening follows the history");
        // A quarter of a megabyte that is left alone, and what comes in while a new file is written.
        QVERIFY2(m_largestLog < 1024 * 1024, "the log grows with the history");
    }
};

QTEST_GUILESS_MAIN(tst_History)
#include "tst_history.moc"
