// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport/memorychannel.h"

namespace transport {

MemoryChannel::MemoryChannel() : Channel(nullptr) {}

MemoryChannel::Pair MemoryChannel::makePair()
{
    Pair pair{new MemoryChannel, new MemoryChannel};
    pair.first->m_other = pair.second.get();
    pair.second->m_other = pair.first.get();
    return pair;
}

MemoryChannel::~MemoryChannel()
{
    cut();
}

void MemoryChannel::setHeld(bool held)
{
    m_isHeld = held;
    schedule();
}

void MemoryChannel::write(const QByteArray &frame)
{
    m_queue.enqueue(frame);
    m_queuedBytes += frame.size();
    schedule();
}

void MemoryChannel::startClosing(const CloseReason &reason)
{
    m_isLastQueued = true;
    m_lastWords = reason;
    schedule();
}

void MemoryChannel::cut()
{
    m_queue.clear();
    m_queuedBytes = 0;
    m_isLastQueued = false;
    const QPointer<MemoryChannel> other = std::exchange(m_other, nullptr);
    if (!other)
        return;
    other->m_other = nullptr;
    other->m_queue.clear();
    other->m_queuedBytes = 0;
    other->finish({CloseCode::Lost, QStringLiteral("the connection broke"), false});
}

void MemoryChannel::schedule()
{
    if (m_isScheduled || m_isHeld || (m_queue.isEmpty() && !m_isLastQueued))
        return;
    m_isScheduled = true;
    QTimer::singleShot(0, this, &MemoryChannel::deliverNext);
}

void MemoryChannel::deliverNext()
{
    m_isScheduled = false;
    if (m_isHeld || !m_other)
        return;
    if (m_queue.isEmpty()) {
        if (!std::exchange(m_isLastQueued, false))
            return;
        const QPointer<MemoryChannel> other = std::exchange(m_other, nullptr);
        other->m_other = nullptr;
        other->m_queue.clear();
        other->m_queuedBytes = 0;
        other->finish({m_lastWords.code, m_lastWords.text, true});
        finish({});
        return;
    }
    const QByteArray frame = m_queue.dequeue();
    m_queuedBytes -= frame.size();
    schedule();
    const QPointer<MemoryChannel> self(this);
    if (frame.size() > m_other->maxFrameSize())
        m_other->close(CloseCode::TooLarge, QStringLiteral("frame above the limit"));
    else
        m_other->frameArrived(frame);
    if (self)
        queueShrank();
}

} // namespace transport
