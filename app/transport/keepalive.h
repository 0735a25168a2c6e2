// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/transport/limits.h"

namespace transport {

//! When to ping and when to give up. Pure: the caller brings the time.
class Keepalive
{
public:
    explicit Keepalive(base::Instant now) : m_heard(now), m_pinged(now) {}

    void heard(base::Instant now) { m_heard = now; }
    void pinged(base::Instant now) { m_pinged = now; }
    bool isDue(base::Instant now) const { return now - m_pinged >= kPingInterval; }
    bool isDead(base::Instant now) const { return now - m_heard >= kSilenceLimit; }
    //! Our own process slept (suspend, SIGSTOP): the silence was ours, so the peer gets a fresh chance to answer.
    void woke(base::Instant now) { m_heard = now; }

private:
    base::Instant m_heard;
    base::Instant m_pinged;
};

} // namespace transport
