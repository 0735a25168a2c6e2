// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/host/connection.h"
#include "app/protocol/codec.h"

#include <QPointer>

#include <memory>

namespace host {

//! The one answer to one request, given now or later; copies share it. Dropping the last copy without answering sends
//! Internal, so that no caller ever waits for nothing.
template <protocol::Message Reply>
class Answer
{
public:
    Answer(Connection &connection, quint32 call) : m_open(std::make_shared<Open>(&connection, call)) {}

    void operator()(base::Result<Reply> result) const
    {
        if (!m_open->connection)
            return;
        if (result)
            m_open->connection->send(*result, m_open->call);
        else
            m_open->connection->sendFailure(result.error(), m_open->call);
        m_open->finish();
    }

private:
    struct Open
    {
        QPointer<Connection> connection;
        quint32 call = 0;

        Open(Connection *caller, quint32 id) : connection(caller), call(id) { connection->countOpenCalls(1); }
        Open(const Open &) = delete;
        Open &operator=(const Open &) = delete;
        ~Open()
        {
            if (!connection)
                return;
            connection->sendFailure({base::ErrorCode::Internal, "a request was left unanswered"}, call);
            finish();
        }
        void finish()
        {
            connection->countOpenCalls(-1);
            connection.clear();
        }
    };

    std::shared_ptr<Open> m_open;
};

} // namespace host
