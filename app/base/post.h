// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QMutex>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace base {

//! Runs functions on the thread it lives on. The only way in which this program crosses threads, so that the fences
//! that ThreadSanitizer needs around Qt's uninstrumented queue stand in one place.
class Mailbox final : public QObject
{
    Q_OBJECT

public:
    explicit Mailbox(QObject *parent = nullptr);
    ~Mailbox() override;

    //! Queues \a function. Any thread, as long as the mailbox lives.
    void post(std::function<void()> function);

protected:
    bool event(QEvent *event) override;
};

//! Blocking work off the event loop. \a threads = 1 gives a queue in which jobs run in order.
//!
//! Jobs return values; the handler gets them on this object's thread, or never if its receiver died first.
//! The destructor waits for running jobs and drops the queued ones.
class BackgroundQueue final : public QObject
{
    Q_OBJECT

public:
    explicit BackgroundQueue(int threads, QObject *parent = nullptr);
    ~BackgroundQueue() override;

    template <typename Work, typename Handler>
    void run(Work work, QObject *receiver, Handler handler)
    {
        using Value = std::invoke_result_t<Work>;
        start([this, work = std::move(work), guard = QPointer<QObject>(receiver), handler = std::move(handler)]() mutable {
            if constexpr (std::is_void_v<Value>) {
                work();
                m_mailbox->post([guard = std::move(guard), handler = std::move(handler)]() mutable {
                    if (guard)
                        handler();
                });
            } else {
                auto value = std::make_shared<Value>(work());
                m_mailbox->post([value, guard = std::move(guard), handler = std::move(handler)]() mutable {
                    if (guard)
                        handler(std::move(*value));
                });
            }
        });
    }

private:
    void start(std::function<void()> job);

    QThreadPool m_pool;
    std::unique_ptr<Mailbox> m_mailbox;
};

} // namespace base
