// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/post.h"

#include <QCoreApplication>
#include <QRunnable>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace base {

namespace {

// Qt is not built with ThreadSanitizer, so it cannot see that posting happens before running. These say so.
char postingFence;

void releaseFence()
{
#ifdef __SANITIZE_THREAD__
    __tsan_release(&postingFence);
#else
    (void)postingFence;
#endif
}

void acquireFence()
{
#ifdef __SANITIZE_THREAD__
    __tsan_acquire(&postingFence);
#endif
}

class FunctionEvent final : public QEvent
{
public:
    static Type kind()
    {
        static const auto type = static_cast<Type>(registerEventType());
        return type;
    }

    explicit FunctionEvent(std::function<void()> function) : QEvent(kind()), m_function(std::move(function)) {}
    ~FunctionEvent() override { acquireFence(); }

    void run()
    {
        acquireFence();
        const auto function = std::move(m_function);
        function();
        releaseFence();
    }

private:
    std::function<void()> m_function;
};

class FunctionJob final : public QRunnable
{
public:
    explicit FunctionJob(std::function<void()> function) : m_function(std::move(function)) {}
    ~FunctionJob() override
    {
        m_function = nullptr;
        releaseFence();
    }

    void run() override
    {
        acquireFence();
        m_function();
    }

private:
    std::function<void()> m_function;
};

} // namespace

Mailbox::Mailbox(QObject *parent) : QObject(parent)
{
    FunctionEvent::kind();
}

Mailbox::~Mailbox() = default;

void Mailbox::post(std::function<void()> function)
{
    auto *event = new FunctionEvent(std::move(function));
    releaseFence();
    QCoreApplication::postEvent(this, event);
}

bool Mailbox::event(QEvent *event)
{
    if (event->type() != FunctionEvent::kind())
        return QObject::event(event);
    static_cast<FunctionEvent *>(event)->run();
    return true;
}

BackgroundQueue::BackgroundQueue(int threads, QObject *parent)
    : QObject(parent), m_mailbox(std::make_unique<Mailbox>())
{
    m_pool.setMaxThreadCount(threads);
    // Threads that come and go would look like leaks to the endurance tests and cost a start per job.
    m_pool.setExpiryTimeout(-1);
}

BackgroundQueue::~BackgroundQueue()
{
    m_pool.clear();
    m_pool.waitForDone();
    acquireFence();
}

void BackgroundQueue::start(std::function<void()> job)
{
    auto *const runnable = new FunctionJob(std::move(job));
    releaseFence();
    m_pool.start(runnable);
}

} // namespace base
