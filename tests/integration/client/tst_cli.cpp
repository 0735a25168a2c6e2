// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>

#include <unistd.h>

namespace {

constexpr int kPatience = 20'000;

//! alongside-cli as a process, its events as they come.
struct Cli
{
    QProcess process;
    QList<QJsonObject> events;
    QByteArray text;

    explicit Cli(const QString &home)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), home);
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home);
        environment.insert(QStringLiteral("XDG_STATE_HOME"), home + QStringLiteral("/state"));
        process.setProcessEnvironment(environment);
    }
    ~Cli()
    {
        process.kill();
        process.waitForFinished();
    }

    void start(const QStringList &arguments)
    {
        process.start(QStringLiteral(ALONGSIDE_BIN_DIR "/alongside-cli"), arguments);
        QVERIFY(process.waitForStarted());
    }
    void say(const QJsonObject &command) { sayLine(QJsonDocument(command).toJson(QJsonDocument::Compact)); }
    void sayLine(const QByteArray &line) { process.write(line + '\n'); }
    int exitCode()
    {
        process.closeWriteChannel();
        const bool isDone = process.state() == QProcess::NotRunning || process.waitForFinished(kPatience);
        return isDone && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

    void read()
    {
        text += process.readAllStandardOutput();
        for (qsizetype end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
            events.append(QJsonDocument::fromJson(text.first(end)).object());
            text.remove(0, end + 1);
        }
    }
    //! The first event of that name since the last call that found one, and drops those before it.
    QJsonObject event(const char *name, const std::function<bool(const QJsonObject &)> &isWanted = [](const QJsonObject &) { return true; })
    {
        QJsonObject found;
        const bool came = QTest::qWaitFor([&] {
            read();
            while (!events.isEmpty() && found.isEmpty()) {
                const QJsonObject next = events.takeFirst();
                if (next.value(QLatin1String("event")).toString() == QLatin1String(name) && isWanted(next))
                    found = next;
            }
            return !found.isEmpty();
        }, kPatience);
        if (!came)
            qWarning("no event %s; standard error: %s", name, process.readAllStandardError().constData());
        return found;
    }
    QString textOf(const char *path)
    {
        say({{QStringLiteral("cmd"), QStringLiteral("text")}, {QStringLiteral("path"), QLatin1String(path)}});
        return event("text").value(QLatin1String("text")).toString();
    }
};

QJsonObject command(const char *name, QJsonObject members = {})
{
    members.insert(QLatin1String("cmd"), QLatin1String(name));
    return members;
}

QJsonObject editOf(int index, int removed, const QString &inserted)
{
    return command("edit", {{QStringLiteral("path"), QStringLiteral("a.txt")},
                            {QStringLiteral("edits"), QJsonArray{QJsonArray{index, removed, inserted}}}});
}

const QJsonObject kOpen = command("open", {{QStringLiteral("path"), QStringLiteral("a.txt")}});

} // namespace

class CliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(folder->path()).mkpath(QStringLiteral("work/sub")));
        QVERIFY(QDir(folder->path()).mkpath(QStringLiteral("home")));
        QFile::setPermissions(folder->filePath(QStringLiteral("home")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        write("a.txt", "hello\n");
    }
    void cleanup()
    {
        share.reset();
        folder.reset();
    }

    void wrongCommandLinesAreRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("unknown verb") << QStringList{QStringLiteral("dance")};
        QTest::newRow("no path") << QStringList{QStringLiteral("share")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("share"), QStringLiteral("."), QStringLiteral("--fast")};
        QTest::newRow("bad access") << QStringList{QStringLiteral("share"), QStringLiteral("."), QStringLiteral("--access"), QStringLiteral("full")};
        QTest::newRow("nobody to ask") << QStringList{QStringLiteral("share"), QStringLiteral(".")};
        QTest::newRow("both") << QStringList{QStringLiteral("share"), QStringLiteral("."), QStringLiteral("--ask"), QStringLiteral("--no-ask")};
        QTest::newRow("bad address") << QStringList{QStringLiteral("share"), QStringLiteral("."), QStringLiteral("--no-ask"), QStringLiteral("--listen"), QStringLiteral("somewhere")};
        QTest::newRow("bad port") << QStringList{QStringLiteral("share"), QStringLiteral("."), QStringLiteral("--no-ask"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:99999")};
        QTest::newRow("two ports") << QStringList{QStringLiteral("share"), QStringLiteral("."), QStringLiteral("--no-ask"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:2000"), QStringLiteral("--listen"), QStringLiteral("[::1]:2001")};
        QTest::newRow("join for people") << QStringList{QStringLiteral("join"), QStringLiteral("x")};
        QTest::newRow("no link") << QStringList{QStringLiteral("ls"), QStringLiteral("https://example.org/")};
        QTest::newRow("cut link") << QStringList{QStringLiteral("join"), QStringLiteral("--json"), QStringLiteral("alongside://127.0.0.1:1/s/00112233445566778899aabbccddeeff")};
        QTest::newRow("long name") << QStringList{QStringLiteral("cat"), QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("--name"), QString(65, QChar(u'n'))};
    }
    void wrongCommandLinesAreRefused()
    {
        QFETCH(QStringList, arguments);
        Cli cli(home());
        cli.start(arguments);
        QCOMPARE(cli.exitCode(), 2);
        QVERIFY(!cli.process.readAllStandardError().isEmpty());
    }

    void helpAndVersionAreResults()
    {
        for (const QStringList &arguments : {QStringList{QStringLiteral("--help")}, {QStringLiteral("--version")},
                                             {QStringLiteral("share"), QStringLiteral("--help")}, {QStringLiteral("cat"), QStringLiteral("--help")}}) {
            Cli cli(home());
            cli.start(arguments);
            QCOMPARE(cli.exitCode(), 0);
            QVERIFY(cli.process.readAllStandardOutput().size() > 10);
        }
    }

    void folderThatIsNotThereIsAFailure()
    {
        Cli cli(home());
        cli.start({QStringLiteral("share"), QStringLiteral("/nonexistent"), QStringLiteral("--no-ask")});
        QCOMPARE(cli.exitCode(), 1);
        QVERIFY(cli.process.readAllStandardError().contains("It is not there"));
        Cli file(home());
        file.start({QStringLiteral("share"), QStringLiteral("/etc/passwd"), QStringLiteral("--no-ask")});
        QCOMPARE(file.exitCode(), 1);
        QCOMPARE(file.process.readAllStandardError(),
                 "Cannot share: It is of another kind than is needed here (a folder is shared, and PATH is none). Name another one.\n");
    }

    void lsAndCatReadTheWorkspace()
    {
        write("bytes.bin", QByteArray("\0\1\2binary", 9));
        write("tricky\nname", "x");
        const QString link = startShare({QStringLiteral("--no-ask")});
        Cli ls(home());
        ls.start({QStringLiteral("ls"), link});
        QCOMPARE(ls.exitCode(), 0);
        QCOMPARE(ls.process.readAllStandardOutput(), QByteArray("sub/\na.txt\nbytes.bin\ntricky\\u{a}name\n"));
        // The link on standard input, where nobody else sees it.
        Cli cat(home());
        cat.start({QStringLiteral("cat"), QStringLiteral("-"), QStringLiteral("a.txt")});
        cat.sayLine(link.toUtf8());
        QCOMPARE(cat.exitCode(), 0);
        QCOMPARE(cat.process.readAllStandardOutput(), QByteArray("hello\n"));
        Cli binary(home());
        binary.start({QStringLiteral("cat"), link, QStringLiteral("bytes.bin")});
        QCOMPARE(binary.exitCode(), 0);
        QCOMPARE(binary.process.readAllStandardOutput(), QByteArray("\0\1\2binary", 9));
        Cli missing(home());
        missing.start({QStringLiteral("cat"), link, QStringLiteral("../etc/passwd")});
        QCOMPARE(missing.exitCode(), 1);
        QVERIFY(missing.process.readAllStandardOutput().isEmpty());
    }

    void twoParticipantsEditOneFile()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        Cli a(home());
        Cli b(home());
        enter(a, link, QStringLiteral("Ana"));
        enter(b, link, QStringLiteral("Ben"));
        QCOMPARE(a.event("personJoined").value(QLatin1String("name")).toString(), QStringLiteral("Ben"));
        a.say(kOpen);
        b.say(kOpen);
        QCOMPARE(a.event("opened").value(QLatin1String("text")).toString(), QStringLiteral("hello\n"));
        QVERIFY(b.event("opened").value(QLatin1String("writable")).toBool());
        QJsonObject edit = editOf(5, 0, QStringLiteral(" world"));
        edit.insert(QStringLiteral("id"), QStringLiteral("e1"));
        a.say(edit);
        QCOMPARE(a.event("acknowledged").value(QLatin1String("id")).toString(), QStringLiteral("e1"));
        const QJsonObject edited = b.event("edited");
        QCOMPARE(edited.value(QLatin1String("edits")).toArray(), (QJsonArray{QJsonArray{5, 0, QStringLiteral(" world")}}));
        QCOMPARE(edited.value(QLatin1String("source")).toString(), QStringLiteral("remote"));
        b.say(command("caret", {{QStringLiteral("path"), QStringLiteral("a.txt")}, {QStringLiteral("anchor"), 2}}));
        QCOMPARE(a.event("caret").value(QLatin1String("head")).toInt(), 2);
        b.say(command("save", {{QStringLiteral("path"), QStringLiteral("a.txt")}, {QStringLiteral("id"), 7}}));
        QCOMPARE(b.event("saved").value(QLatin1String("id")).toInt(), 7);
        QCOMPARE(contents("a.txt"), QByteArray("hello world\n"));
        b.say(command("list", {{QStringLiteral("id"), 8}}));
        QCOMPARE(b.event("listed").value(QLatin1String("entries")).toArray().size(), 2);
        b.say(command("people"));
        QCOMPARE(b.event("people").value(QLatin1String("people")).toArray().size(), 3);
        b.say(command("close", {{QStringLiteral("path"), QStringLiteral("a.txt")}}));
        QVERIFY(!b.event("closed").isEmpty());
        b.say(editOf(0, 0, QStringLiteral("x")));
        QCOMPARE(b.event("error").value(QLatin1String("code")).toString(), QStringLiteral("InvalidArgument"));
        b.say(command("leave"));
        QCOMPARE(b.event("ended").value(QLatin1String("reason")).toString(), QStringLiteral("left"));
        QCOMPARE(b.exitCode(), 0);
        QVERIFY(!a.event("personLeft").isEmpty());
    }

    void scriptNeedsNotWaitForAnswers()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        Cli cli(home());
        cli.start({QStringLiteral("join"), QStringLiteral("-"), QStringLiteral("--json")});
        cli.sayLine(link.toUtf8());
        cli.say(kOpen);
        cli.say(editOf(0, 5, QStringLiteral("goodbye")));
        cli.say(command("save", {{QStringLiteral("path"), QStringLiteral("a.txt")}}));
        // The end of the input is the end of the stay, behind the last edit.
        QCOMPARE(cli.exitCode(), 0);
        QCOMPARE(contents("a.txt"), QByteArray("goodbye\n"));
    }

    void thousandsOfEditsArriveInOrder()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        Cli reader(home());
        enter(reader, link, QStringLiteral("Reader"));
        reader.say(kOpen);
        QVERIFY(!reader.event("opened").isEmpty());
        Cli writer(home());
        enter(writer, link, QStringLiteral("Writer"));
        writer.say(kOpen);
        QByteArray script;
        QString expected = QStringLiteral("hello\n");
        for (int i = 0; i < 5000; ++i) {
            const QString word = QString::number(i) + QLatin1Char(' ');
            script += QJsonDocument(editOf(int(expected.size()) - 1, 0, word)).toJson(QJsonDocument::Compact) + '\n';
            expected.insert(expected.size() - 1, word);
        }
        writer.process.write(script);
        const auto isAll = [](const QJsonObject &event) { return event.value(QLatin1String("edits")).toInt() == 5000; };
        QVERIFY(!writer.event("acknowledged", isAll).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(reader.textOf("a.txt"), expected, kPatience);
        writer.say(command("leave"));
        QCOMPARE(writer.exitCode(), 0);
    }

    void badInputIsAnsweredAndSurvived()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        Cli cli(home());
        enter(cli, link, QStringLiteral("Eve"));
        const auto code = [&] { return cli.event("error").value(QLatin1String("code")).toString(); };
        cli.sayLine("not json");
        QCOMPARE(code(), QStringLiteral("Malformed"));
        cli.sayLine("[1]");
        QCOMPARE(code(), QStringLiteral("Malformed"));
        cli.sayLine(QByteArray(2'000'000, 'x'));
        QCOMPARE(code(), QStringLiteral("TooLarge"));
        cli.say(command("dance"));
        QCOMPARE(code(), QStringLiteral("InvalidArgument"));
        cli.say(command("open"));
        QCOMPARE(code(), QStringLiteral("InvalidArgument"));
        cli.say(command("open", {{QStringLiteral("path"), QStringLiteral("nothing.txt")}, {QStringLiteral("id"), 3}}));
        QCOMPARE(cli.event("error").value(QLatin1String("id")).toInt(), 3);
        cli.say(kOpen);
        cli.say(editOf(400, 0, QStringLiteral("x")));
        QCOMPARE(code(), QStringLiteral("OutOfRange"));
        cli.say(command("edit", {{QStringLiteral("path"), QStringLiteral("a.txt")}, {QStringLiteral("edits"), QStringLiteral("x")}}));
        QCOMPARE(code(), QStringLiteral("InvalidArgument"));
        cli.say(editOf(0, 0, QStringLiteral("ok ")));
        QVERIFY(!cli.event("acknowledged").isEmpty());
        QCOMPARE(cli.textOf("a.txt"), QStringLiteral("ok hello\n"));
    }

    void ownerIsAskedThroughEvents()
    {
        const QString link = startShare({QStringLiteral("--ask")});
        const auto answerNext = [&](const char *decision) {
            const QJsonObject request = share->event("joinRequested");
            QCOMPARE(request.value(QLatin1String("name")).toString(), QStringLiteral("Guest"));
            share->say(command("answer", {{QStringLiteral("request"), request.value(QLatin1String("request"))},
                                          {QStringLiteral("decision"), QLatin1String(decision)}}));
        };
        Cli denied(home());
        denied.start({QStringLiteral("join"), link, QStringLiteral("--json"), QStringLiteral("--name"), QStringLiteral("Guest")});
        answerNext("deny");
        QCOMPARE(denied.event("ended").value(QLatin1String("code")).toString(), QStringLiteral("Denied"));
        QCOMPARE(denied.exitCode(), 3);
        Cli viewer(home());
        viewer.start({QStringLiteral("join"), link, QStringLiteral("--json"), QStringLiteral("--name"), QStringLiteral("Guest")});
        QVERIFY(viewer.event("asked").value(QLatin1String("ownerPresent")).toBool());
        answerNext("view");
        QCOMPARE(viewer.event("joined").value(QLatin1String("you")).toObject().value(QLatin1String("access")).toString(), QStringLiteral("view"));
        viewer.say(kOpen);
        QVERIFY(!viewer.event("opened").value(QLatin1String("writable")).toBool());
        viewer.say(editOf(0, 0, QStringLiteral("x")));
        QCOMPARE(viewer.event("error").value(QLatin1String("code")).toString(), QStringLiteral("Forbidden"));
    }

    void interruptEndsTheShareAndItsHost()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        Cli guest(home());
        enter(guest, link, QStringLiteral("Ben"));
        const QList<qint64> hosts = children(share->process.processId());
        QCOMPARE(hosts.size(), 1);
        ::kill(pid_t(share->process.processId()), SIGINT);
        const QJsonObject ended = guest.event("ended");
        QCOMPARE(ended.value(QLatin1String("reason")).toString(), QStringLiteral("unshared"));
        QCOMPARE(guest.exitCode(), 3);
        QCOMPARE(share->event("unshared").value(QLatin1String("guests")).toInt(), 1);
        QCOMPARE(share->exitCode(), 130);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid_t(hosts.constFirst()), 0) != 0, kPatience);
        Cli late(home());
        late.start({QStringLiteral("ls"), link});
        QCOMPARE(late.exitCode(), 4);
    }

    void killedShareTakesItsHostWithIt()
    {
        startShare({QStringLiteral("--no-ask")});
        const QList<qint64> hosts = children(share->process.processId());
        QCOMPARE(hosts.size(), 1);
        ::kill(pid_t(share->process.processId()), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid_t(hosts.constFirst()), 0) != 0, kPatience);
    }

    void interruptedParticipantSaysSo()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        Cli cli(home());
        enter(cli, link, QStringLiteral("Ben"));
        ::kill(pid_t(cli.process.processId()), SIGINT);
        QCOMPARE(cli.event("ended").value(QLatin1String("reason")).toString(), QStringLiteral("interrupted"));
        QCOMPARE(cli.exitCode(), 130);
    }

    void wrongPinAndWrongSecretHaveTheirOwnCodes()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        const auto changedAt = [&](qsizetype position) {
            QString other = link;
            other[position] = other.at(position) == u'A' ? u'B' : u'A';
            return other;
        };
        Cli pin(home());
        pin.start({QStringLiteral("ls"), changedAt(link.lastIndexOf(u'.') + 3)});
        QCOMPARE(pin.exitCode(), 4);
        Cli secret(home());
        secret.start({QStringLiteral("ls"), changedAt(link.indexOf(u'#') + 3)});
        QCOMPARE(secret.exitCode(), 3);
    }

    void secretsAreNotInArgumentsOrOutputOfTheHost()
    {
        const QString link = startShare({QStringLiteral("--no-ask")});
        const QByteArray secret = link.mid(link.indexOf(u'#') + 1).section(u'.', 0, 0).toUtf8();
        const QList<qint64> hosts = children(share->process.processId());
        QCOMPARE(hosts.size(), 1);
        for (const char *name : {"cmdline", "environ"}) {
            QFile file(QStringLiteral("/proc/%1/%2").arg(hosts.constFirst()).arg(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains(secret));
        }
        QVERIFY(!share->process.readAllStandardError().contains(secret));
    }

private:
    QString home() const { return folder->filePath(QStringLiteral("home")); }
    void write(const char *name, const QByteArray &content)
    {
        QFile file(folder->filePath(QStringLiteral("work/") + QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray contents(const char *name)
    {
        QFile file(folder->filePath(QStringLiteral("work/") + QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString startShare(const QStringList &options)
    {
        share = std::make_unique<Cli>(home());
        share->start(QStringList{QStringLiteral("share"), folder->filePath(QStringLiteral("work")), QStringLiteral("--json")} + options);
        const QJsonArray links = share->event("shared").value(QLatin1String("links")).toArray();
        return links.at(0).toObject().value(QLatin1String("app")).toString();
    }
    static void enter(Cli &cli, const QString &link, const QString &name)
    {
        cli.start({QStringLiteral("join"), link, QStringLiteral("--json"), QStringLiteral("--name"), name});
        QCOMPARE(cli.event("joined").value(QLatin1String("workspace")).toString(), QStringLiteral("work"));
    }
    static QList<qint64> children(qint64 parent)
    {
        QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(parent));
        QList<qint64> list;
        if (file.open(QIODevice::ReadOnly)) {
            for (const QByteArray &pid : file.readAll().simplified().split(' ')) {
                if (!pid.isEmpty())
                    list.append(pid.toLongLong());
            }
        }
        return list;
    }

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<Cli> share;
};

QTEST_GUILESS_MAIN(CliTest)
#include "tst_cli.moc"
