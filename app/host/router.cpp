// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/router.h"

#include "app/host/limits.h"

#include <QLoggingCategory>

namespace host {

namespace {
Q_LOGGING_CATEGORY(routerLog, "app.host.router", QtInfoMsg)
}

base::Result<void> checkRights(const Connection &caller, protocol::Tag tag, protocol::Access needs, protocol::Scope scope)
{
    using base::ErrorCode;
    if (!caller.isCurrent())
        return base::Unexpected(ErrorCode::Unauthenticated, "this connection has been ended");
    if (!caller.hasGreeted() && tag != protocol::Tag::Hello)
        return base::Unexpected(ErrorCode::Unauthenticated, "Hello comes first");
    const protocol::Access has = caller.access();
    if (needs > has) {
        return base::Unexpected(has == protocol::Access::Anyone ? ErrorCode::Unauthenticated : ErrorCode::Forbidden,
                                std::string(protocol::nameOf(tag)) + " needs more access");
    }
    if (scope == protocol::Scope::Workspace && !caller.workspace())
        return base::Unexpected(ErrorCode::InvalidArgument, "enter a workspace first");
    return {};
}

void Router::dispatch(Connection &caller, const QByteArray &bytes)
{
    if (!caller.isCurrent())
        return;
    if (caller.access() == protocol::Access::Anyone && caller.countFrame() > kMaxFramesBeforeSignIn) {
        caller.refuse({base::ErrorCode::TooMany, "too many messages before signing in"});
        return;
    }
    const base::Result<protocol::Frame> frame = protocol::decode(bytes);
    if (!frame) {
        qCInfo(routerLog) << "malformed frame of" << bytes.size() << "bytes:" << frame.error().detail.c_str();
        caller.refuse(frame.error());
        return;
    }
    const auto row = m_rows.find(frame->tag);
    if (!frame->message || row == m_rows.end()) {
        // A newer client's request, or an announcement sent the wrong way: nothing here listens to it.
        if (frame->call != 0)
            caller.sendFailure({base::ErrorCode::InvalidArgument, "this host does not know the message"}, frame->call);
        return;
    }
    if (const auto allowed = checkRights(caller, frame->tag, row->second.needs, row->second.scope); !allowed) {
        qCInfo(routerLog) << "refused" << protocol::nameOf(frame->tag) << base::name(allowed.error().code);
        if (row->second.isRequest)
            caller.sendFailure(allowed.error(), frame->call);
        // Somebody who has not signed in and tries anything but signing in is not a client of ours.
        if (allowed.error().code == base::ErrorCode::Unauthenticated)
            caller.refuse(allowed.error());
        return;
    }
    // What a client may have under way is bounded, or one of them could fill the queues that all of them share.
    if (row->second.isRequest && caller.openCalls() >= kMaxOpenCalls) {
        caller.sendFailure({base::ErrorCode::TooMany, "too many unanswered requests"}, frame->call);
        return;
    }
    row->second.handler(caller, *frame->message, frame->call);
}

QList<protocol::Tag> Router::unhandled() const
{
    QList<protocol::Tag> tags;
    protocol::Messages::forEach([&]<typename T>() {
        if constexpr (protocol::Guarded<T>) {
            if (!m_rows.contains(T::tag))
                tags.append(T::tag);
        }
    });
    return tags;
}

} // namespace host
