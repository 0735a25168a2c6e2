// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/host/answer.h"
#include "app/host/connection.h"
#include "app/host/workspace.h"
#include "app/protocol/codec.h"

#include <functional>
#include <map>

namespace host {

//! Brings each message to its handler after the one check of rights. A guarded message without a handler is refused
//! and reported by unhandled(), which a test keeps empty.
class Router
{
public:
    //! A handler that answers at once.
    template <protocol::Request T, typename Service>
    void on(Service &service, base::Result<typename T::Reply> (Service::*handler)(Connection &, const T &))
    {
        add<T>([&service, handler](Connection &caller, const T &request, quint32 call) {
            Answer<typename T::Reply>(caller, call)((service.*handler)(caller, request));
        });
    }

    //! A handler that answers later.
    template <protocol::Request T, typename Service>
    void on(Service &service, void (Service::*handler)(Connection &, const T &, Answer<typename T::Reply>))
    {
        add<T>([&service, handler](Connection &caller, const T &request, quint32 call) {
            (service.*handler)(caller, request, Answer<typename T::Reply>(caller, call));
        });
    }

    //! The same for a part of the caller's workspace.
    template <protocol::Request T, typename Part>
    void in(Part &(Workspace::*part)(), base::Result<typename T::Reply> (Part::*handler)(Connection &, const T &))
    {
        add<T>([part, handler](Connection &caller, const T &request, quint32 call) {
            Answer<typename T::Reply>(caller, call)(((caller.workspace()->*part)().*handler)(caller, request));
        });
    }
    template <protocol::Request T, typename Part>
    void in(Part &(Workspace::*part)(), void (Part::*handler)(Connection &, const T &, Answer<typename T::Reply>))
    {
        add<T>([part, handler](Connection &caller, const T &request, quint32 call) {
            ((caller.workspace()->*part)().*handler)(caller, request, Answer<typename T::Reply>(caller, call));
        });
    }
    template <protocol::Notice T, typename Part>
    void in(Part &(Workspace::*part)(), void (Part::*handler)(Connection &, const T &))
    {
        add<T>([part, handler](Connection &caller, const T &notice, quint32) {
            ((caller.workspace()->*part)().*handler)(caller, notice);
        });
    }

    //! The only way from bytes to a handler.
    void dispatch(Connection &caller, const QByteArray &bytes);

    //! Guarded messages of the table that nobody handles.
    QList<protocol::Tag> unhandled() const;

private:
    using Handler = std::function<void(Connection &, const protocol::AnyMessage &, quint32)>;

    struct Row
    {
        protocol::Access needs;
        protocol::Scope scope;
        bool isRequest;
        Handler handler;
    };

    template <protocol::Guarded T, typename Function>
    void add(Function function)
    {
        Q_ASSERT(!m_rows.contains(T::tag));
        m_rows[T::tag] = {T::needs, protocol::scopeOf<T>(), protocol::Request<T>,
                          [function = std::move(function)](Connection &caller, const protocol::AnyMessage &message,
                                                           quint32 call) { function(caller, std::get<T>(message), call); }};
    }

    std::map<protocol::Tag, Row> m_rows;
};

//! The one decision: may \a caller send a message that needs \a needs in \a scope? Deny by default.
base::Result<void> checkRights(const Connection &caller, protocol::Tag tag, protocol::Access needs, protocol::Scope scope);

} // namespace host
