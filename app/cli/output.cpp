// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <QJsonDocument>

#include <cerrno>

#include <unistd.h>

namespace cli {

namespace {

constexpr qsizetype kMaxBuffered = 256 * 1024;

} // namespace

Output::Output(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &Output::flush);
}

Output::~Output()
{
    flush();
}

void Output::tell(const QString &name, QJsonObject members)
{
    members.insert(QLatin1String("event"), name);
    write(QJsonDocument(members).toJson(QJsonDocument::Compact) + '\n');
}

void Output::write(const QByteArray &bytes)
{
    if (m_isClosed)
        return;
    m_buffer += bytes;
    if (m_buffer.size() > kMaxBuffered)
        flush();
    else if (!m_timer.isActive())
        m_timer.start();
}

void Output::close()
{
    flush();
    m_isClosed = true;
}

void Output::flush()
{
    qsizetype at = 0;
    while (at < m_buffer.size() && !m_isBroken) {
        const auto count = ::write(STDOUT_FILENO, m_buffer.constData() + at, std::size_t(m_buffer.size() - at));
        if (count > 0)
            at += count;
        else if (errno != EINTR)
            m_isBroken = true;
    }
    m_buffer.clear();
}

} // namespace cli
