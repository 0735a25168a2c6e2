// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/connector.h"
#include "app/transport/locallistener.h"
#include "app/transport/localframes.h"
#include "tests/support/transport/testtools.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace transport;

class TestLocal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void framesPassBothWays();
    void peerIsWhoTheKernelSays();
    void folderAndSocketArePrivateUnderAnyUmask();
    void openFolderIsRefused();
    void strangersOfAnotherUserAreRefused();
    void staleSocketIsReplacedALiveOneIsNot();
    void longPathsFindAShortPlace();
    void closeCarriesCodeAndText();
    void lastWordsReachAPeerThatIsStillSending();
    void closeCutsAPeerThatDoesNotRead();
    void aClaimAboveTheLimitEndsTheChannel();
    void slowReaderIsBounded();
    void manyConnectionsAreRefused();
    void missingHostIsUnreachable();
    void handlersMayDeleteTheChannel();

private:
    void listen();
    void join();
    QString runFolder() const { return m_folder->filePath(QStringLiteral("run")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LocalListener> m_listener;
    std::unique_ptr<QObject> m_owner;
    QPointer<Channel> m_client;
    QPointer<Channel> m_host;
};

void TestLocal::init()
{
    m_owner = std::make_unique<QObject>();
    m_listener = std::make_unique<LocalListener>();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    connect(m_listener.get(), &LocalListener::accepted, this, [this](Channel *channel) { m_host = channel; });
}

void TestLocal::listen()
{
    const auto listening = m_listener->listen(runFolder(), QStringLiteral("host.sock"));
    QVERIFY2(listening.has_value(), listening.has_value() ? "" : listening.error().detail.c_str());
}

void TestLocal::join()
{
    if (!m_listener->isListening())
        listen();
    m_client = nullptr;
    m_host = nullptr;
    Connector *connector = connectToLocal(m_listener->path(), m_owner.get());
    connect(connector, &Connector::connected, this, [this](Channel *channel) {
        channel->setParent(m_owner.get());
        m_client = channel;
    });
    QTRY_VERIFY(m_client && m_host);
}

void TestLocal::framesPassBothWays()
{
    join();
    m_host->setMaxFrameSize(kMaxFrameToHost);
    m_client->setMaxFrameSize(kMaxFrameToClient);
    QSignalSpy atHost(m_host, &Channel::received);
    QSignalSpy atClient(m_client, &Channel::received);
    const QList<qsizetype> sizes{0, 1, 3, 4, 5, 65535, 65536, kMaxFrameToHost};
    for (const qsizetype size : sizes) {
        QVERIFY(m_client->send(QByteArray(size, 'c')));
        QVERIFY(m_host->send(QByteArray(size, 'h')));
    }
    m_host->send(QByteArray(4'000'000, 'd'));
    QTRY_COMPARE(atHost.size(), sizes.size());
    QTRY_COMPARE(atClient.size(), sizes.size() + 1);
    for (qsizetype i = 0; i < sizes.size(); ++i)
        QVERIFY(atHost[i][0].toByteArray() == QByteArray(sizes[i], 'c'));
    QTRY_COMPARE(m_host->queuedBytes(), 0);
}

void TestLocal::peerIsWhoTheKernelSays()
{
    join();
    QCOMPARE(m_host->peer(), (PeerInfo{.kind = PeerInfo::Kind::Local, .address = {}, .port = 0, .pid = ::getpid(), .uid = ::geteuid()}));
}

void TestLocal::folderAndSocketArePrivateUnderAnyUmask()
{
    for (const mode_t mask : {mode_t(0), mode_t(0077)}) {
        init();
        const mode_t before = ::umask(mask);
        listen();
        ::umask(before);
        struct stat info{};
        QCOMPARE(::stat(QFile::encodeName(runFolder()).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, mode_t(0700));
        QCOMPARE(::stat(QFile::encodeName(m_listener->path()).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0077, mode_t(0));
    }
}

void TestLocal::openFolderIsRefused()
{
    for (const mode_t mode : {mode_t(0755), mode_t(0710), mode_t(0701)}) {
        init();
        QCOMPARE(::mkdir(QFile::encodeName(runFolder()).constData(), 0700), 0);
        QCOMPARE(::chmod(QFile::encodeName(runFolder()).constData(), mode), 0);
        const auto listening = m_listener->listen(runFolder(), QStringLiteral("host.sock"));
        QVERIFY(!listening.has_value());
        QCOMPARE(listening.error().code, base::ErrorCode::PermissionDenied);
    }
    init();
    QVERIFY(QDir().mkdir(m_folder->filePath(QStringLiteral("real"))));
    QCOMPARE(::chmod(QFile::encodeName(m_folder->filePath(QStringLiteral("real"))).constData(), 0700), 0);
    QVERIFY(QFile::link(m_folder->filePath(QStringLiteral("real")), runFolder()));
    QCOMPARE(m_listener->listen(runFolder(), QStringLiteral("host.sock")).error().code, base::ErrorCode::PermissionDenied);
}

void TestLocal::strangersOfAnotherUserAreRefused()
{
    m_listener = std::make_unique<LocalListener>(nullptr, ::geteuid() + 1);
    QSignalSpy accepted(m_listener.get(), &LocalListener::accepted);
    listen();
    QLocalSocket stranger;
    QSignalSpy gone(&stranger, &QLocalSocket::disconnected);
    stranger.connectToServer(m_listener->path());
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(accepted.size(), 0);
}

void TestLocal::staleSocketIsReplacedALiveOneIsNot()
{
    listen();
    LocalListener second;
    const auto taken = second.listen(runFolder(), QStringLiteral("host.sock"));
    QVERIFY(!taken.has_value());
    QCOMPARE(taken.error().code, base::ErrorCode::AlreadyExists);
    join(); // the first one is unharmed

    const QString stale = m_folder->filePath(QStringLiteral("run/stale.sock"));
    QVERIFY(QFile::rename(m_listener->path(), stale));
    m_listener->close();
    QVERIFY(QFile::exists(stale));
    QVERIFY(second.listen(runFolder(), QStringLiteral("stale.sock")).has_value());

    QFile important(m_folder->filePath(QStringLiteral("run/file.sock")));
    QVERIFY(important.open(QIODevice::WriteOnly));
    LocalListener third;
    QVERIFY(!third.listen(runFolder(), QStringLiteral("file.sock")).has_value());
    QVERIFY(important.exists());
}

void TestLocal::longPathsFindAShortPlace()
{
    QTemporaryDir runtime;
    QCOMPARE(::chmod(QFile::encodeName(runtime.path()).constData(), 0700), 0);
    const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
    const QString deep = m_folder->filePath(QString(120, u'd'));
    QVERIFY(m_listener->listen(deep, QStringLiteral("host.sock")).has_value());
    QVERIFY2(m_listener->path().startsWith(runtime.path()), qPrintable(m_listener->path()));
    QVERIFY(m_listener->path().size() <= 107);
    join();
    LocalListener other;
    QCOMPARE(other.listen(deep, QStringLiteral("host.sock")).error().code, base::ErrorCode::AlreadyExists);
    QVERIFY(other.listen(deep + u'e', QStringLiteral("host.sock")).has_value());
    QVERIFY(other.path() != m_listener->path());

    QTemporaryDir far(QDir::tempPath() + u'/' + QString(100, u'r'));
    QCOMPARE(::chmod(QFile::encodeName(far.path()).constData(), 0700), 0);
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(far.path()));
    LocalListener nowhere;
    QCOMPARE(nowhere.listen(deep, QStringLiteral("host.sock")).error().code, base::ErrorCode::TooLarge);
    qputenv("XDG_RUNTIME_DIR", before);
}

void TestLocal::closeCarriesCodeAndText()
{
    for (const bool byHost : {true, false}) {
        join();
        Channel *closer = byHost ? m_host : m_client;
        Channel *other = byHost ? m_client : m_host;
        QSignalSpy here(closer, &Channel::closed);
        QSignalSpy there(other, &Channel::closed);
        QSignalSpy received(other, &Channel::received);
        closer->send("before");
        closer->close(CloseCode::GoingAway, QStringLiteral("restart"));
        QTRY_COMPARE(there.size(), 1);
        QTRY_COMPARE(here.size(), 1);
        QCOMPARE(received.size(), 1);
        QCOMPARE(there[0][0].value<CloseReason>(), (CloseReason{CloseCode::GoingAway, QStringLiteral("restart"), true}));
        QCOMPARE(here[0][0].value<CloseReason>(), (CloseReason{CloseCode::GoingAway, QStringLiteral("restart"), false}));
    }
}

void TestLocal::lastWordsReachAPeerThatIsStillSending()
{
    join();
    m_host->setMaxFrameSize(kMaxFrameToHost);
    QSignalSpy there(m_client, &Channel::closed);
    QTimer typing;
    connect(&typing, &QTimer::timeout, m_client, [this] { m_client->send(QByteArray(20'000, 't')); });
    typing.start(0);
    QSignalSpy typed(m_host, &Channel::received);
    QTRY_VERIFY(typed.size() > 3);
    m_host->close(CloseCode::Ended, QStringLiteral("unshared"));
    QTRY_COMPARE(there.size(), 1);
    QCOMPARE(there[0][0].value<CloseReason>(), (CloseReason{CloseCode::Ended, QStringLiteral("unshared"), true}));
}

void TestLocal::closeCutsAPeerThatDoesNotRead()
{
    listen();
    QLocalSocket deaf;
    deaf.setReadBufferSize(1);
    deaf.connectToServer(m_listener->path());
    QTRY_VERIFY(m_host);
    while (m_host->queuedBytes() < 1'000'000)
        m_host->send(QByteArray(60'000, 'x'));
    QSignalSpy closed(m_host, &Channel::closed);
    const transporttest::EndTime end(m_host);
    m_host->close(CloseCode::Ended);
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(end.elapsed() >= 200 && end.elapsed() <= 300);
}

void TestLocal::aClaimAboveTheLimitEndsTheChannel()
{
    listen();
    QLocalSocket raw;
    raw.connectToServer(m_listener->path());
    QTRY_VERIFY(m_host);
    QSignalSpy closed(m_host, &Channel::closed);
    raw.write(LocalFrames::header(0x40000000)); // 1 GiB is announced, nothing follows
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooLarge);
}

void TestLocal::slowReaderIsBounded()
{
    listen();
    QLocalSocket deaf;
    deaf.setReadBufferSize(1);
    deaf.connectToServer(m_listener->path());
    QTRY_VERIFY(m_host);
    QSignalSpy closed(m_host, &Channel::closed);
    qint64 most = 0;
    for (int i = 0; i < 10'000 && m_host->send(QByteArray(60'000, 'x')); ++i)
        most = qMax(most, m_host->queuedBytes());
    QVERIFY(!m_host->isOpen());
    QVERIFY2(most > kMaxQueuedBytes / 2 && most <= kMaxQueuedBytes + 100, qPrintable(QString::number(most)));
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<CloseReason>().code, CloseCode::TooSlow);
}

void TestLocal::manyConnectionsAreRefused()
{
    listen();
    QSignalSpy accepted(m_listener.get(), &LocalListener::accepted);
    std::vector<std::unique_ptr<QLocalSocket>> crowd;
    for (int i = 0; i < kMaxLocalConnections; ++i) {
        crowd.push_back(std::make_unique<QLocalSocket>());
        crowd.back()->connectToServer(m_listener->path());
        QTRY_COMPARE(accepted.size(), i + 1);
    }
    QLocalSocket late;
    QSignalSpy gone(&late, &QLocalSocket::disconnected);
    late.connectToServer(m_listener->path());
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(accepted.size(), kMaxLocalConnections);
    crowd.pop_back();
    QTRY_VERIFY(m_host && !m_host->isOpen());
    join();
}

void TestLocal::missingHostIsUnreachable()
{
    Connector *connector = connectToLocal(m_folder->filePath(QStringLiteral("none.sock")), m_owner.get());
    QSignalSpy failed(connector, &Connector::failed);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<base::Error>().code, base::ErrorCode::Unreachable);
}

void TestLocal::handlersMayDeleteTheChannel()
{
    join();
    connect(m_host, &Channel::received, this, [this] { delete m_host; });
    QSignalSpy there(m_client, &Channel::closed);
    for (int i = 0; i < 10; ++i)
        m_client->send("die");
    QTRY_COMPARE(there.size(), 1);
    QVERIFY(!m_host);
}

QTEST_GUILESS_MAIN(TestLocal)
#include "tst_local.moc"
