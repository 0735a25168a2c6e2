// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace host {

//! Whether a document still fits into the one message that brings it to whoever opens it. To know how large that message
//! is means to make it, so the size is taken when somebody gets it anyway, and counted upwards from there.
class DocumentSize
{
public:
    //! \a limit: bytes of the message. \a slack: so much has to change, in bytes or units, before it is worth measuring
    //! again, or someone who goes on sending to a full document would have it made for each message.
    DocumentSize(qsizetype limit, qsizetype slack) : m_limit(limit), m_slack(slack), m_atMost(limit), m_changed(slack) {}

    //! The document as a message is \a bytes long now.
    void measured(qsizetype bytes)
    {
        m_atMost = bytes;
        m_changed = 0;
    }
    //! An update of \a bytes has been taken in, and the text is \a units longer, or shorter.
    void changed(qsizetype bytes, qsizetype units)
    {
        m_atMost += bytes;
        m_changed += bytes + std::max<qsizetype>(-units, 0);
    }
    //! Whether another \a bytes fit; may ask \a measure, which returns the size.
    template <typename Measure>
    bool hasRoomFor(qsizetype bytes, Measure measure)
    {
        if (m_atMost + bytes > m_limit && m_changed >= m_slack)
            measured(measure());
        return m_atMost + bytes <= m_limit;
    }

private:
    qsizetype m_limit;
    qsizetype m_slack;
    qsizetype m_atMost;
    qsizetype m_changed;
};

} // namespace host
