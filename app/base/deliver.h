// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <utility>

namespace base {

//! A future that has its answer already.
template <typename T>
QFuture<Result<T>> readyFuture(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

//! Calls \a handler with the answer from \a receiver's event loop; drops the answer if the receiver is gone.
//!
//! Not QFuture::then(context, …): on Qt 6.4 that aborts debug builds when the context dies before the answer.
//! A future that ends without an answer (its promise was dropped) delivers Cancelled, so nothing waits for ever.
template <typename T, typename Handler>
void deliver(const QFuture<Result<T>> &future, QObject *receiver, Handler handler)
{
    auto *watcher = new QFutureWatcher<Result<T>>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, handler = std::move(handler)]() mutable {
                         watcher->deleteLater();
                         const QFuture<Result<T>> done = watcher->future();
                         if (done.resultCount() > 0)
                             handler(done.result());
                         else
                             handler(Result<T>(Unexpected(ErrorCode::Cancelled, "the call was dropped")));
                     });
    watcher->setFuture(future);
}

} // namespace base
