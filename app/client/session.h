// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/base/result.h"
#include "app/protocol/codec.h"
#include "app/transport/link.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QPromise>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace transport {
class Channel;
}

namespace client {

//! One connection of one person to one workspace, kept up across network losses.
//!
//! A sequence: Idle → Connecting → Inspecting/Asking → Open ⇄ Reconnecting → Ended. Every change goes through one
//! function that logs it. While Reconnecting, calls answer Disconnected at once; what must not be lost (edits) is kept
//! by SharedDocument and sent again. Main thread only.
class Session : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        Connecting,     //!< first connection under way
        Inspecting,     //!< connected with a link; inspected() told what it opens; join() has not been called
        Asking,         //!< join() called; the owner is being asked or the host is answering
        Open,
        Reconnecting,   //!< was open; tries again with back-off by itself
        Ended,          //!< for good; see endError() and ending()
    };
    Q_ENUM(State)

    //! \a clock and \a random must outlive the session.
    Session(const base::Clock &clock, base::RandomSource &random, QObject *parent = nullptr);
    ~Session() override;

    //! As the owner over a host's private socket; enters \a workspace (null: the host's first one) by itself.
    void openLocal(const QString &socketPath, const QString &name, const base::WorkspaceId &workspace = {});
    //! By a link; stops in Inspecting until join() is called.
    void openLink(const transport::Link &link);
    //! Over a channel that is connected already (tests, in-process hosts). With \a link as for openLink(), else as owner.
    //! \a reconnect makes the next channel after a loss; without it a loss ends the session.
    void openChannel(transport::Channel *channel, const QString &name, std::optional<transport::Link> link,
                     std::function<transport::Channel *()> reconnect = {});
    //! Enters the workspace behind the link as \a name (1 to 64 units).
    void join(const QString &name);
    //! Leaves for good and closes. State Ended without an error.
    void leave();
    //! Tries the next reconnection now instead of after the back-off.
    void retryNow();

    State state() const;
    bool isOwner() const;
    //! Why the session ended or could not start; nullopt when it was left or ended by the host's SessionEnded.
    std::optional<base::Error> endError() const;
    //! What the host said when it ended the session.
    std::optional<protocol::SessionEnded> ending() const;
    //! When the next attempt is due while Reconnecting.
    std::optional<base::Instant> nextAttempt() const;
    const std::optional<protocol::WorkspaceJoined> &joined() const;
    const std::optional<protocol::Welcomed> &welcome() const;

    //! Sends a request. The answer is the reply, the host's error, or Disconnected; never nothing.
    template <protocol::Request T>
    QFuture<base::Result<typename T::Reply>> call(const T &request)
    {
        auto promise = std::make_shared<QPromise<base::Result<typename T::Reply>>>();
        promise->start();
        auto future = promise->future();
        sendCall([&request](quint32 id) { return protocol::encode(request, id); },
                 [promise](const base::Error *error, protocol::Tag tag, void *message) {
                     promise->addResult(takeAnswer<typename T::Reply>(error, tag, message));
                     promise->finish();
                 });
        return future;
    }

    //! As call(), but \a handler runs at once and in the order of arrival among the announcements: what is announced after
    //! the answer was sent finds the answer applied. Dropped when \a receiver has gone.
    template <protocol::Request T, typename Handler>
    void ask(const T &request, QObject *receiver, Handler handler)
    {
        sendCall([&request](quint32 id) { return protocol::encode(request, id); },
                 [guard = QPointer<QObject>(receiver), handler = std::move(handler)](const base::Error *error, protocol::Tag tag,
                                                                                    void *message) mutable {
                     if (guard)
                         handler(takeAnswer<typename T::Reply>(error, tag, message));
                 });
    }

    //! True while so much waits to be sent that more should wait for drained().
    bool isCongested() const;
    //! The host sent something that decodes but cannot be right: closes the channel, which reconnects.
    void reportBrokenPeer(const base::Error &error);
    //! How long the host may take for each answer of the handshake; not for the owner's decision. 15 s unless set.
    void setHandshakeTimeout(std::chrono::milliseconds timeout);

    //! Sends a notice; dropped when the session is not open.
    template <protocol::Notice T>
    void notify(const T &notice)
    {
        sendNotice(protocol::encode(notice));
    }

    //! Calls \a handler for every announcement of type T while \a receiver lives, in the order of arrival.
    template <protocol::Message T, typename Handler>
    void on(QObject *receiver, Handler handler)
    {
        connect(this, &Session::announced, receiver, [handler = std::move(handler)](protocol::Tag tag, const void *message) {
            if (tag == T::tag)
                handler(*static_cast<const T *>(message));
        });
    }

Q_SIGNALS:
    void stateChanged(client::Session::State state);
    //! What the link opens; the session is in Inspecting now.
    void inspected(const protocol::ShareInspected &share);
    //! The owner has been asked (and \a ownerPresent: sees it now).
    void asked(bool ownerPresent);
    //! Entered, or entered again after a loss (\a isResumed).
    void opened(const protocol::WorkspaceJoined &joined, bool isResumed);
    //! A message that answers nothing, while the session is open: use on(). Connect directly, and in the handler of opened()
    //! at the latest: the next announcement may follow at once. \a message is the struct that \a tag names.
    void announced(protocol::Tag tag, const void *message);
    //! isCongested() has become false.
    void drained();

private:
    // Messages cross this header behind a pointer with their tag: naming the variant of all of them here would cost every
    // file that includes it a second and half a gigabyte to compile.
    using AnswerHandler = std::function<void(const base::Error *error, protocol::Tag tag, void *message)>;
    void sendCall(const std::function<QByteArray(quint32)> &encoder, AnswerHandler handler);
    template <protocol::Message Reply>
    static base::Result<Reply> takeAnswer(const base::Error *error, protocol::Tag tag, void *message)
    {
        if (error)
            return base::Unexpected(*error);
        if (tag != Reply::tag)
            return base::Unexpected(base::ErrorCode::Malformed, "answer of another type");
        return std::move(*static_cast<Reply *>(message));
    }
    void sendNotice(const QByteArray &frame);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace client
