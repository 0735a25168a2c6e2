// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/client/localhost.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>

#include <unistd.h>

Q_LOGGING_CATEGORY(lcLocalHost, "app.client.localhost", QtInfoMsg)

namespace client {

using base::ErrorCode;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxReadyLine = 64 * 1024;
constexpr qsizetype kMaxLastWords = 4 * 1024;
constexpr auto kStartTime = 20s;
constexpr auto kStopTime = 3s;

base::ErrorCode codeFromName(const QString &text)
{
    for (int code = 0; code <= int(base::lastValue(ErrorCode{})); ++code) {
        if (text == QLatin1String(base::name(ErrorCode(code))))
            return ErrorCode(code);
    }
    return ErrorCode::Unavailable;
}

} // namespace

class LocalHost::Private final : public QObject
{
public:
    explicit Private(LocalHost &host) : q(host)
    {
        m_stopTimer.setSingleShot(true);
        m_stopTimer.setInterval(kStopTime);
        m_startTimer.setSingleShot(true);
        m_startTimer.setInterval(kStartTime);
        connect(&m_startTimer, &QTimer::timeout, this, [this] { fail(ErrorCode::Timeout, "the host did not become ready"); });
    }

    ~Private() override { letGo(); }

    void start(const QString &folder)
    {
        letGo();
        m_isReady = m_isStopping = m_hasFailed = false;
        m_lines.clear();
        m_lastWords.clear();
        m_process = new QProcess;
        connect(m_process, &QProcess::readyReadStandardOutput, this, &Private::readLines);
        connect(m_process, &QProcess::readyReadStandardError, this, &Private::readLog);
        connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                fail(ErrorCode::Unavailable, "alongside-host could not be started: " + m_process->errorString().toStdString());
        });
        connect(m_process, &QProcess::finished, this, &Private::finished);
        QStringList arguments{u"serve"_s, u"--root"_s, folder, u"--child"_s};
        if (!stateDirectory.isEmpty())
            arguments << u"--state"_s << stateDirectory;
        m_startTimer.start();
        // Ctrl-C on our terminal is ours to handle: we end the share and then the host, in this order.
        m_process->setChildProcessModifier([] { ::setpgid(0, 0); });
        // Its standard input stays open as long as we live, by whatever death we die: that is how it knows.
        m_process->start(program, arguments, QIODevice::ReadWrite);
    }

    void stop()
    {
        m_isStopping = true;
        m_startTimer.stop();
        if (!m_process || m_process->state() == QProcess::NotRunning) {
            QMetaObject::invokeMethod(&q, &LocalHost::stopped, Qt::QueuedConnection);
            return;
        }
        m_process->terminate();
        connect(&m_stopTimer, &QTimer::timeout, m_process, &QProcess::kill);
        m_stopTimer.start();
    }

    LocalHost &q;
    QString program;
    QString stateDirectory;
    QString socketPath;

private:
    void readLines()
    {
        const QByteArray bytes = m_process->readAllStandardOutput();
        if (m_isReady || m_hasFailed)
            return;
        m_lines += bytes;
        const qsizetype end = m_lines.indexOf('\n');
        if (end < 0 && m_lines.size() <= kMaxReadyLine)
            return;
        const QJsonObject said = QJsonDocument::fromJson(m_lines.first(std::clamp<qsizetype>(end, 0, kMaxReadyLine))).object();
        m_lines.clear();
        if (said.contains("error"_L1))
            return fail(codeFromName(said.value("error"_L1).toString()), said.value("detail"_L1).toString().toStdString());
        socketPath = said.value("socket"_L1).toString();
        if (!said.value("ready"_L1).toBool() || socketPath.isEmpty())
            return fail(ErrorCode::Malformed, "alongside-host said something else than that it is ready");
        m_isReady = true;
        m_startTimer.stop();
        Q_EMIT q.ready(socketPath);
    }

    void readLog()
    {
        const QByteArray bytes = m_process->readAllStandardError();
        qCDebug(lcLocalHost).noquote() << QString::fromUtf8(bytes.trimmed());
        m_lastWords.append(bytes);
        m_lastWords = m_lastWords.right(kMaxLastWords);
    }

    void finished()
    {
        m_stopTimer.stop();
        m_startTimer.stop();
        if (m_isStopping) {
            Q_EMIT q.stopped();
            return;
        }
        readLog();
        readLines();
        fail(ErrorCode::Unavailable, m_lastWords.isEmpty() ? "alongside-host ended" : m_lastWords.trimmed().toStdString());
    }

    void fail(ErrorCode code, const std::string &detail)
    {
        if (std::exchange(m_hasFailed, true))
            return;
        m_startTimer.stop();
        letGo();
        Q_EMIT q.failed({code, detail});
    }

    //! The child ends by itself when its standard input closes; waiting for it here would block whoever quits.
    void letGo()
    {
        if (!m_process)
            return;
        QProcess *process = std::exchange(m_process, nullptr);
        process->disconnect(this);
        m_stopTimer.disconnect(process);
        if (process->state() == QProcess::NotRunning)
            return process->deleteLater();
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        process->closeWriteChannel();
        process->terminate();
        QTimer::singleShot(kStopTime, process, &QProcess::kill);
    }

    QProcess *m_process = nullptr;
    QByteArray m_lines;
    QByteArray m_lastWords;
    QTimer m_startTimer;
    QTimer m_stopTimer;
    bool m_isReady = false;
    bool m_isStopping = false;
    bool m_hasFailed = false;
};

LocalHost::LocalHost(const QString &hostProgram, const QString &stateDirectory, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this))
{
    d->program = hostProgram;
    d->stateDirectory = stateDirectory;
}

LocalHost::~LocalHost() = default;

void LocalHost::start(const QString &folder)
{
    d->start(folder);
}

void LocalHost::stop()
{
    d->stop();
}

QString LocalHost::socketPath() const
{
    return d->socketPath;
}

QString LocalHost::findProgram()
{
    const QFileInfo beside(QCoreApplication::applicationDirPath() + "/alongside-host"_L1);
    if (beside.isFile() && beside.isExecutable())
        return beside.absoluteFilePath();
    return QStandardPaths::findExecutable(u"alongside-host"_s);
}

} // namespace client
