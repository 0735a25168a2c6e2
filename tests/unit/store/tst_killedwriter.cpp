// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/logwriter.h"
#include "tests/support/files/testfolder.h"
#include "tests/support/seed.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdio>
#include <random>

#include <unistd.h>

class KilledWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingAcknowledgedIsThere();

private:
    files::SystemFileOps m_ops;
};

namespace {

constexpr char kLogNames[][4] = {"one", "two"};
constexpr int kCompactEvery = 40;     // so that a new file is being written at almost any moment

// The process that is killed. Appends numbers to two logs as fast as they are acknowledged, compacts now and then, and
// prints each number once it is said to be on disk.
class NumberWriter : public QObject
{
public:
    explicit NumberWriter(const QByteArray &folder) : m_writer(m_ops)
    {
        for (int i = 0; i < 2; ++i)
            m_writer.open(folder, kLogNames[i], QByteArray(16, 'e'), this, [this, i](const base::Result<store::OpenedLog> &opened) {
                if (!opened)
                    qFatal("%s", opened.error().detail.c_str());
                m_logs[i] = opened->id;
                for (const QByteArray &record : opened->content.records)
                    m_all[i].append(record);
                for (int k = 0; k < 20; ++k)
                    append(i);
            });
    }

private:
    void append(int i)
    {
        const QByteArray number = QByteArray::number(++m_last);
        m_all[i].append(number + ' ');
        m_writer.append(m_logs[i], number + ' ', this, [this, i, number](const base::Result<void> &done) {
            if (!done)
                qFatal("%s", done.error().detail.c_str());
            const QByteArray line = QByteArray(kLogNames[i]) + ' ' + number + '\n';
            if (::write(STDOUT_FILENO, line.constData(), static_cast<std::size_t>(line.size())) != line.size())
                qFatal("write");
            append(i);
        });
        if (m_last % kCompactEvery == 0)
            m_writer.compact(m_logs[i], m_all[i], this, [](const base::Result<void> &) {});
    }

    files::SystemFileOps m_ops;
    store::LogWriter m_writer;
    store::LogId m_logs[2] = {};
    QByteArray m_all[2];
    int m_last = 0;
};

} // namespace

void KilledWriterTest::everythingAcknowledgedIsThere()
{
    std::mt19937_64 random(support::seed());
    int total = 0;
    for (int round = 0; round < 15; ++round) {
        support::TestFolder folder;
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), QString::fromUtf8(folder.path())});
        QVERIFY(process.waitForStarted());
        // Killed after some number of acknowledgements, wherever it is by then.
        const auto wanted = 1 + random() % 1500;
        QByteArray printed;
        while (static_cast<std::size_t>(printed.count('\n')) < wanted) {
            QVERIFY(process.waitForReadyRead());
            printed += process.readAllStandardOutput();
        }
        process.kill();
        QVERIFY(process.waitForFinished());
        printed += process.readAllStandardOutput();
        printed.truncate(printed.lastIndexOf('\n'));

        QSet<QByteArray> kept[2];
        for (int i = 0; i < 2; ++i) {
            const auto log = store::UpdateLog::open(folder.path(), kLogNames[i], QByteArray(16, 'e'), m_ops);
            QVERIFY(log);
            QCOMPARE((*log)->recovered().damagedBytes, 0);
            for (const QByteArray &record : (*log)->recovered().records) {
                for (const QByteArray &number : record.split(' '))
                    kept[i].insert(number);
            }
        }
        for (const QByteArray &line : printed.split('\n')) {
            const int i = line.startsWith(kLogNames[0]) ? 0 : 1;
            QVERIFY2(kept[i].contains(line.sliced(4)), line.constData());
            ++total;
        }
    }
    qInfo("%d acknowledged, none lost", total);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--write") == 0) {
        NumberWriter writer(argv[2]);
        return QCoreApplication::exec();
    }
    KilledWriterTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killedwriter.moc"
