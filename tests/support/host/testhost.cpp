// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/host/testhost.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>

#include <sys/file.h>

namespace support {

namespace {

using namespace Qt::StringLiterals;

constexpr int kPatience = 20'000;

} // namespace

TestHost::TestHost(const QString &rootPath) : m_rootPath(rootPath)
{
    if (m_rootPath.isEmpty()) {
        m_rootPath = m_folder.filePath(u"workspace"_s);
        QDir().mkpath(m_rootPath);
    }
    QDir().mkpath(m_folder.filePath(u"run"_s));
    QFile::setPermissions(m_folder.filePath(u"run"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s));
    environment.insert(u"XDG_STATE_HOME"_s, m_folder.filePath(u"home"_s));
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
}

TestHost::~TestHost()
{
    m_diskLock.close();
    if (isRunning())
        terminate();
}

void TestHost::setDiskStalled(bool isStalled)
{
    if (!m_diskLock.isOpen()) {
        m_diskLock.setFileName(m_folder.filePath(u"disk.lock"_s));
        if (!m_diskLock.open(QIODevice::WriteOnly))
            qFatal("no lock for the disk");
        auto environment = m_process.processEnvironment();
        environment.insert(u"LD_PRELOAD"_s, QStringLiteral(ALONGSIDE_STALLABLE_SYNC));
        environment.insert(u"ALONGSIDE_TEST_DISK_LOCK"_s, m_diskLock.fileName());
        // Or the sanitizers refuse to be the second library loaded.
        environment.insert(u"ASAN_OPTIONS"_s, environment.value(u"ASAN_OPTIONS"_s) + u":verify_asan_link_order=0"_s);
        m_process.setProcessEnvironment(environment);
    }
    if (::flock(m_diskLock.handle(), isStalled ? LOCK_EX : LOCK_UN) != 0)
        qFatal("the disk's lock does not work");
}

bool TestHost::start()
{
    m_process.start(QStringLiteral(ALONGSIDE_BIN_DIR "/alongside-host"),
                    {u"serve"_s, u"--child"_s, u"--root"_s, m_rootPath, u"--state"_s, stateDirectory()});
    m_output.clear();
    while (!m_output.contains('\n')) {
        if (!m_process.waitForReadyRead(kPatience))
            return false;
        m_output += m_process.readAllStandardOutput();
    }
    const QJsonObject said = QJsonDocument::fromJson(m_output.left(m_output.indexOf('\n'))).object();
    m_socketPath = said.value("socket"_L1).toString();
    return said.value("ready"_L1).toBool();
}

void TestHost::kill()
{
    m_process.kill();
    m_process.waitForFinished(kPatience);
}

int TestHost::terminate()
{
    m_process.terminate();
    if (!m_process.waitForFinished(kPatience)) {
        kill();
        return -1;
    }
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QByteArray TestHost::file(const QString &path) const
{
    QFile file(QDir(m_rootPath).filePath(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestHost::writeFile(const QString &path, const QByteArray &content) const
{
    const QString full = QDir(m_rootPath).filePath(path);
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(full));
}

qint64 TestHost::residentBytes() const
{
    QFile status(u"/proc/%1/statm"_s.arg(processId()));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toLongLong() * 4096;
}

qint64 TestHost::peakResidentBytes() const
{
    QFile status(u"/proc/%1/status"_s.arg(processId()));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    const qsizetype line = all.indexOf("VmHWM:");
    return line < 0 ? 0 : all.sliced(line + 6, all.indexOf("kB", line) - line - 6).trimmed().toLongLong() * 1024;
}

} // namespace support
