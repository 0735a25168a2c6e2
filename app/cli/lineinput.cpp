// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/lineinput.h"

#include <cerrno>
#include <utility>

#include <unistd.h>

namespace cli {

namespace {

constexpr qsizetype kReadBytes = 64 * 1024;
// Between two turns of the event loop, so that answers and other people's edits come through as well.
constexpr int kLinesPerTurn = 500;

} // namespace

LineInput::LineInput(int descriptor, QObject *parent)
    : QObject(parent), m_descriptor(descriptor), m_notifier(descriptor, QSocketNotifier::Read)
{
    m_deliverTimer.setSingleShot(true);
    m_deliverTimer.setInterval(0);
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineInput::readSome);
    connect(&m_deliverTimer, &QTimer::timeout, this, &LineInput::deliver);
}

void LineInput::setPaused(bool paused)
{
    m_isPaused = paused;
    m_notifier.setEnabled(!paused && !m_hasEnded);
    if (!paused)
        m_deliverTimer.start();
}

void LineInput::readSome()
{
    char bytes[kReadBytes];
    const auto count = ::read(m_descriptor, bytes, sizeof bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0) {
        m_hasEnded = true;
        m_notifier.setEnabled(false);
        // A last line without a line break is a line.
        if (m_start < m_buffer.size())
            m_buffer += '\n';
    } else {
        m_buffer.append(bytes, count);
    }
    deliver();
}

void LineInput::deliver()
{
    for (int lines = 0; !m_isPaused && lines < kLinesPerTurn; ++lines) {
        const qsizetype end = m_buffer.indexOf('\n', m_start);
        if (end < 0)
            break;
        const QByteArray line = m_buffer.mid(m_start, end - m_start);
        m_start = end + 1;
        const bool isTooLong = std::exchange(m_isSkipping, false) || line.size() > kMaxLineBytes;
        if (isTooLong)
            Q_EMIT lineTooLong();
        else
            Q_EMIT lineRead(line.endsWith('\r') ? line.chopped(1) : line);
    }
    const bool hasLine = m_buffer.indexOf('\n', m_start) >= 0;
    if (hasLine || m_start == m_buffer.size() || m_start > kMaxLineBytes) {
        m_buffer.remove(0, m_start);
        m_start = 0;
    }
    if (!hasLine && m_buffer.size() - m_start > kMaxLineBytes) {
        m_isSkipping = true;
        m_buffer.clear();
        m_start = 0;
    }
    if (m_isPaused)
        return;
    // What has been read goes first; the pipe can wait.
    m_notifier.setEnabled(!hasLine && !m_hasEnded);
    if (hasLine)
        m_deliverTimer.start();
    else if (m_hasEnded && !std::exchange(m_hasTold, true))
        Q_EMIT ended();
}

} // namespace cli
