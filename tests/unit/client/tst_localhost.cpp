// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/localhost.h"
#include "tests/support/wait.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using base::ErrorCode;
using client::LocalHost;

namespace {

base::Error errorOf(const QSignalSpy &spy)
{
    return spy.first().first().value<base::Error>();
}

} // namespace

//! Shell scripts in the host's place: what matters here is how a child is started, understood and ended.
class LocalHostTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readyHostIsFoundAndStopped()
    {
        const QString program = script("echo \"$@\" > \"$0.args\"\n"
                                       "echo '{\"ready\":true,\"socket\":\"/run/x.sock\",\"workspaces\":[]}'\n"
                                       "trap 'echo terminated > \"$0.end\"; exit 0' TERM\n"
                                       "while :; do read -r line || exit 0; done\n");
        LocalHost host(program, QStringLiteral("/state dir"));
        QSignalSpy ready(&host, &LocalHost::ready);
        QSignalSpy stopped(&host, &LocalHost::stopped);
        QSignalSpy failed(&host, &LocalHost::failed);
        host.start(QStringLiteral("/a folder"));
        WAIT_COMPARE(ready.size(), 1);
        QCOMPARE(host.socketPath(), QStringLiteral("/run/x.sock"));
        QCOMPARE(contents(program + QStringLiteral(".args")), QByteArray("serve --root /a folder --child --state /state dir\n"));
        host.stop();
        WAIT_COMPARE(stopped.size(), 1);
        QCOMPARE(failed.size(), 0);
    }

    void startFailureIsTyped()
    {
        LocalHost host(script("echo '{\"error\":\"NotFound\",\"detail\":\"no such folder\"}'\nexit 1\n"), {});
        QSignalSpy failed(&host, &LocalHost::failed);
        host.start(QStringLiteral("/nowhere"));
        WAIT_COMPARE(failed.size(), 1);
        QCOMPARE(errorOf(failed), (base::Error{ErrorCode::NotFound, "no such folder"}));
    }

    void missingProgramIsUnavailable()
    {
        LocalHost host(QStringLiteral("/nonexistent/alongside-host"), {});
        QSignalSpy failed(&host, &LocalHost::failed);
        host.start(QStringLiteral("/"));
        WAIT_COMPARE(failed.size(), 1);
        QCOMPARE(errorOf(failed).code, ErrorCode::Unavailable);
    }

    void crashTellsTheLastWords()
    {
        LocalHost host(script("echo '{\"ready\":true,\"socket\":\"/run/x.sock\"}'\nread -r line\n"
                              "echo 'out of cheese' >&2\nexit 3\n"), {});
        QSignalSpy ready(&host, &LocalHost::ready);
        QSignalSpy failed(&host, &LocalHost::failed);
        host.start(QStringLiteral("/"));
        WAIT_COMPARE(ready.size(), 1);
        QCOMPARE(failed.size(), 0);
        // The child ends when somebody else kills it; here it reads a line that never comes.
        killChild();
        WAIT_COMPARE(failed.size(), 1);
        QCOMPARE(errorOf(failed).code, ErrorCode::Unavailable);
    }

    void wordsOfADyingHostAreKept()
    {
        LocalHost host(script("echo 'out of cheese' >&2\nexit 3\n"), {});
        QSignalSpy failed(&host, &LocalHost::failed);
        host.start(QStringLiteral("/"));
        WAIT_COMPARE(failed.size(), 1);
        QCOMPARE(errorOf(failed), (base::Error{ErrorCode::Unavailable, "out of cheese"}));
    }

    void endlessFirstLineIsNotRead()
    {
        LocalHost host(script("while :; do echo -n xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done\n"), {});
        QSignalSpy failed(&host, &LocalHost::failed);
        host.start(QStringLiteral("/"));
        WAIT_COMPARE(failed.size(), 1);
        QCOMPARE(errorOf(failed).code, ErrorCode::Malformed);
    }

    void childEndsWithItsOwner()
    {
        // Deaf to the signal before it says that it is ready: what is looked for comes after the end of its input.
        const QString program = script("trap '' TERM\necho '{\"ready\":true,\"socket\":\"/run/x.sock\"}'\n"
                                       "while read -r line; do :; done\necho gone > \"$0.end\"\n");
        {
            LocalHost host(program, {});
            QSignalSpy ready(&host, &LocalHost::ready);
            host.start(QStringLiteral("/"));
            WAIT_COMPARE(ready.size(), 1);
        }
        WAIT_COMPARE(contents(program + QStringLiteral(".end")), QByteArray("gone\n"));
    }

    void startsAgainAfterACrash()
    {
        const QString program = script("if [ -e \"$0.second\" ]; then echo '{\"ready\":true,\"socket\":\"/run/y.sock\"}'; read -r line; fi\n"
                                       "touch \"$0.second\"\nexit 1\n");
        LocalHost host(program, {});
        QSignalSpy ready(&host, &LocalHost::ready);
        QSignalSpy failed(&host, &LocalHost::failed);
        host.start(QStringLiteral("/"));
        WAIT_COMPARE(failed.size(), 1);
        host.start(QStringLiteral("/"));
        WAIT_COMPARE(ready.size(), 1);
        QCOMPARE(host.socketPath(), QStringLiteral("/run/y.sock"));
    }

private:
    QString script(const char *body)
    {
        const QString path = folder.filePath(QStringLiteral("host%1").arg(++scripts));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a script");
        file.write("#!/bin/sh\necho $$ > \"$0.pid\"\n");
        file.write(body);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }
    void killChild()
    {
        const qint64 pid = contents(folder.filePath(QStringLiteral("host%1.pid").arg(scripts))).trimmed().toLongLong();
        QVERIFY(pid > 0);
        ::kill(pid_t(pid), SIGKILL);
    }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder;
    int scripts = 0;
};

QTEST_GUILESS_MAIN(LocalHostTest)
#include "tst_localhost.moc"
