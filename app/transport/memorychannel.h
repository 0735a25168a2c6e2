// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transport/channel.h"

#include <QQueue>

#include <memory>
#include <utility>

namespace transport {

//! Two ends in one process. Frames arrive through the event loop, one turn each, so tests see real interleavings.
class MemoryChannel final : public Channel
{
    Q_OBJECT

public:
    using Pair = std::pair<std::unique_ptr<MemoryChannel>, std::unique_ptr<MemoryChannel>>;
    static Pair makePair();
    ~MemoryChannel() override;

    qint64 queuedBytes() const override { return m_queuedBytes; }
    PeerInfo peer() const override { return {}; }
    //! While held, frames sent by this end (and its closing) wait in its queue, as with a peer that does not read.
    void setHeld(bool held);

protected:
    void write(const QByteArray &frame) override;
    void startClosing(const CloseReason &reason) override;
    void cut() override;
    void applyMaxFrameSize(qint64) override {}

private:
    explicit MemoryChannel();
    void schedule();
    void deliverNext();

    QPointer<MemoryChannel> m_other;
    QQueue<QByteArray> m_queue;
    qint64 m_queuedBytes = 0;
    bool m_isScheduled = false;
    bool m_isHeld = false;
    bool m_isLastQueued = false;
    CloseReason m_lastWords;
};

} // namespace transport
