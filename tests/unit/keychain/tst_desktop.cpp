// SPDX-License-Identifier: GPL-3.0-or-later
// The store against a real gnome-keyring on a private session bus, in each state in which desktops have it.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

const QString kCanaryHex = QStringLiteral("0063616e6172792d30383135ff"); // NUL, "canary-0815", no UTF-8

struct Line
{
    QString word;
    QString code;
    QString detail;
    int milliseconds = 0;
};

void end(QProcess *process)
{
    if (process->state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(process->processId()), SIGCONT);
    process->kill();
    process->waitForFinished();
}

} // namespace

class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void unlockedKeyringKeepsSecretsForTheNextProcess();
    void withoutABusSecretsStayInTheSession();
    void withoutAServiceSecretsStayInTheSession();
    void withoutAKeyringSecretsStayInTheSession();
    void lockedKeyringIsNotTakenForAnEmptyOne();
    void hangingKeyringIsGivenUp();

private:
    void startBus(bool canStartServices);
    void startKeyring(const QByteArray &password);
    bool hasBus(bool canStartServices)
    {
        startBus(canStartServices);
        return !QTest::currentTestFailed();
    }
    bool hasKeyring(const QByteArray &password)
    {
        startKeyring(password);
        return !QTest::currentTestFailed();
    }
    //! Runs the helper on words separated by spaces.
    QList<Line> probe(const QString &script);
    void verifyNothingOnDisk();

    std::unique_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
    QProcess m_bus;
    QProcess m_keyring;
};

void TestDesktop::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
    m_environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "KDE_FULL_SESSION", "XDG_CURRENT_DESKTOP"})
        m_environment.remove(QString::fromLatin1(name));
    m_environment.insert(QStringLiteral("HOME"), m_home->path());
    for (const char *name : {"XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}) {
        const QString folder = m_home->filePath(QString::fromLatin1(name).toLower());
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        m_environment.insert(QString::fromLatin1(name), folder);
    }
}

void TestDesktop::cleanup()
{
    end(&m_keyring);
    end(&m_bus);
}

void TestDesktop::startBus(bool canStartServices)
{
    const QString address = QStringLiteral("unix:path=") + m_home->filePath(QStringLiteral("bus"));
    QFile configuration(m_home->filePath(QStringLiteral("bus.conf")));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                        "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type><listen>"
                        + address.toUtf8() + "</listen><auth>EXTERNAL</auth>");
    if (canStartServices)
        configuration.write("<standard_session_servicedirs/>");
    configuration.write("<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                        "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
    configuration.close();
    m_bus.setProcessEnvironment(m_environment);
    m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--nofork"), QStringLiteral("--nopidfile"), QStringLiteral("--print-address"),
                                                QStringLiteral("--config-file"), configuration.fileName()});
    QVERIFY2(m_bus.waitForStarted(), "dbus-daemon is not installed");
    QVERIFY(m_bus.waitForReadyRead());
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), address);
}

void TestDesktop::startKeyring(const QByteArray &password)
{
    end(&m_keyring);
    m_keyring.setProcessEnvironment(m_environment);
    m_keyring.setStandardErrorFile(QProcess::nullDevice());
    m_keyring.start(QStringLiteral("gnome-keyring-daemon"),
                    {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    QVERIFY2(m_keyring.waitForStarted(), "gnome-keyring is not installed");
    m_keyring.write(password);
    m_keyring.closeWriteChannel();
    QTRY_VERIFY_WITH_TIMEOUT(([this] {
        QProcess ask;
        ask.setProcessEnvironment(m_environment);
        ask.start(QStringLiteral("dbus-send"), {QStringLiteral("--print-reply"), QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/"),
                                                QStringLiteral("org.freedesktop.DBus.NameHasOwner"), QStringLiteral("string:org.freedesktop.secrets")});
        ask.waitForFinished();
        return ask.readAllStandardOutput().contains("boolean true");
    }()), 10'000);
}

QList<Line> TestDesktop::probe(const QString &script)
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(QStringLiteral(KEYCHAIN_PROBE), script.split(u' '));
    process.waitForFinished(30'000);
    QList<Line> lines;
    for (const QByteArray &bytes : process.readAllStandardOutput().split('\n')) {
        const QStringList parts = QString::fromUtf8(bytes).split(u'|');
        if (parts.size() == 4)
            lines.append({parts[0], parts[1], parts[2], parts[3].toInt()});
    }
    return lines;
}

void TestDesktop::verifyNothingOnDisk()
{
    QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            QVERIFY2(!file.readAll().contains("canary-0815"), qPrintable(file.fileName()));
    }
}

void TestDesktop::unlockedKeyringKeepsSecretsForTheNextProcess()
{
    QVERIFY(hasBus(false));
    QVERIFY(hasKeyring("password"));
    auto lines = probe(QStringLiteral("open read account write account %1 read account").arg(kCanaryHex));
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[0].word, QStringLiteral("permanent"));
    QCOMPARE(lines[1].code, QStringLiteral("NotFound"));
    QCOMPARE(lines[2].code, QString());
    QCOMPARE(lines[3].word, kCanaryHex);

    lines = probe(QStringLiteral("open read account write account 00ff read account remove account remove account read account"));
    QCOMPARE(lines.size(), 7);
    QCOMPARE(lines[1].word, kCanaryHex);
    QCOMPARE(lines[3].word, QStringLiteral("00ff"));
    QCOMPARE(lines[4].code, QString());
    QCOMPARE(lines[5].code, QString());
    QCOMPARE(lines[6].code, QStringLiteral("NotFound"));
    verifyNothingOnDisk(); // not in clear
}

void TestDesktop::withoutABusSecretsStayInTheSession()
{
    for (const QString &address : {QString(), QStringLiteral("unix:path=/nonexistent/bus")}) {
        if (!address.isEmpty())
            m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), address);
        const auto lines = probe(QStringLiteral("open write account %1 read account").arg(kCanaryHex));
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0].word, QStringLiteral("session"));
        QCOMPARE(lines[0].code, QStringLiteral("Unavailable"));
        QVERIFY(!lines[0].detail.isEmpty());
        QVERIFY(lines[0].milliseconds < 5000);
        QCOMPARE(lines[2].word, kCanaryHex);
        verifyNothingOnDisk();
    }
}

void TestDesktop::withoutAServiceSecretsStayInTheSession()
{
    QVERIFY(hasBus(false));
    const auto lines = probe(QStringLiteral("open write account %1 read account").arg(kCanaryHex));
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0].word, QStringLiteral("session"));
    QCOMPARE(lines[0].code, QStringLiteral("Unavailable"));
    QVERIFY2(lines[0].detail.contains(QLatin1String("org.freedesktop.secrets")), qPrintable(lines[0].detail));
    QCOMPARE(lines[2].word, kCanaryHex);
    verifyNothingOnDisk();
}

void TestDesktop::withoutAKeyringSecretsStayInTheSession()
{
    QVERIFY(hasBus(true)); // the service starts on demand and finds no keyring and nobody to ask for a password
    const auto lines = probe(QStringLiteral("open write account %1 read account").arg(kCanaryHex));
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0].word, QStringLiteral("session"));
    QVERIFY(!lines[0].detail.isEmpty());
    QVERIFY(lines[0].milliseconds < 10'500);
    QCOMPARE(lines[2].word, kCanaryHex);
    verifyNothingOnDisk();
}

void TestDesktop::lockedKeyringIsNotTakenForAnEmptyOne()
{
    QVERIFY(hasBus(false));
    QVERIFY(hasKeyring("password"));
    QCOMPARE(probe(QStringLiteral("open write account %1").arg(kCanaryHex)).size(), 2);
    QVERIFY(hasKeyring("another password"));
    auto lines = probe(QStringLiteral("open read account"));
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].word, QStringLiteral("session"));
    QCOMPARE(lines[0].code, QStringLiteral("Unavailable"));
    QCOMPARE(lines[1].code, QStringLiteral("NotFound"));
    // Locked after the store was opened: "not found" would make the program forget the account.
    lines = probe(QStringLiteral("direct 5000 read account write account 00"));
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[1].code, QStringLiteral("Unavailable"));
    QCOMPARE(lines[2].code, QStringLiteral("Unavailable"));
    QVERIFY(hasKeyring("password"));
    lines = probe(QStringLiteral("open read account"));
    QCOMPARE(lines[1].word, kCanaryHex);
}

void TestDesktop::hangingKeyringIsGivenUp()
{
    QVERIFY(hasBus(false));
    QVERIFY(hasKeyring("password"));
    const QString pid = QString::number(m_keyring.processId());
    const auto lines = probe(QStringLiteral("direct 300 write account %1 stop %2 read account write account 00 remove account").arg(kCanaryHex, pid));
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines[1].code, QString());
    for (const int index : {3, 4, 5}) {
        QCOMPARE(lines[index].code, QStringLiteral("Timeout"));
        QVERIFY2(lines[index].milliseconds >= 250 && lines[index].milliseconds < 1500, qPrintable(QString::number(lines[index].milliseconds)));
    }
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
