// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace support {

//! Milliseconds of processor time that this thread has used since it was made or restart() was called. For the tests that tell
//! "some milliseconds" from "grows with the square": other programs on the machine make no difference.
class ProcessorTimer
{
public:
    ProcessorTimer() { restart(); }

    long long elapsed() const { return now() - m_begin; }
    long long restart()
    {
        const long long before = m_begin;
        m_begin = now();
        return m_begin - before;
    }

private:
    static long long now()
    {
        std::timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time.tv_sec * 1000LL + time.tv_nsec / 1'000'000;
    }

    long long m_begin = 0;
};

} // namespace support
