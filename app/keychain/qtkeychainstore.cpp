// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keychain/qtkeychainstore.h"

#include "app/keychain/checks.h"

#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace keychain {

namespace {

constexpr char kService[] = "Alongside";
constexpr char kProbeKey[] = "probe";
// Only a store for binary data gives these back: a NUL and what is no UTF-8. Always the same and never removed, so that two
// programs that probe at once do not disturb each other.
constexpr char kProbeValue[] = "\0\xff alongside";

base::Error errorOf(const QKeychain::Job &job)
{
    const std::string detail = "the keychain answered: " + job.errorString().toStdString();
    switch (job.error()) {
    case QKeychain::EntryNotFound: return {base::ErrorCode::NotFound, "nothing is stored under that name"};
    case QKeychain::AccessDeniedByUser: return {base::ErrorCode::Denied, detail};
    default: return {base::ErrorCode::Unavailable, detail};
    }
}

base::Error timeoutError()
{
    return {base::ErrorCode::Timeout, "the keychain does not answer"};
}

} // namespace

class QtKeychainStore::Private
{
public:
    Private(QtKeychainStore *owner, std::chrono::milliseconds limit) : q(owner), timeout(limit) {}

    //! Runs \a job and calls \a handler once: with its error, nullopt for success, or the timeout. A job cannot be
    //! cancelled; a late one ends and deletes itself unheard.
    using Finished = std::function<void(const QKeychain::Job *, const std::optional<base::Error> &)>;
    void run(QKeychain::Job *job, QObject *receiver, Finished handler);
    void probe(QObject *receiver, DoneHandler handler);
    template <typename Job>
    static Job *make(const QString &key)
    {
        auto *job = new Job(QString::fromLatin1(kService));
        job->setKey(key);
        job->setInsecureFallback(false);
        return job;
    }

    QtKeychainStore *q;
    std::chrono::milliseconds timeout;
};

void QtKeychainStore::Private::run(QKeychain::Job *job, QObject *receiver, Finished handler)
{
    // The guard object dies with the store, the receiver or the answer; everything waiting hangs on it.
    auto *guard = new QObject(q);
    connect(receiver, &QObject::destroyed, guard, &QObject::deleteLater);
    const QPointer<QObject> alive(receiver);
    connect(job, &QKeychain::Job::finished, guard, [guard, alive, handler](QKeychain::Job *done) {
        guard->disconnect();
        guard->deleteLater();
        const std::optional<base::Error> error = done->error() == QKeychain::NoError ? std::nullopt : std::optional(errorOf(*done));
        if (alive)
            handler(done, error);
    });
    QTimer::singleShot(timeout, guard, [guard, alive, handler, job = QPointer(job)] {
        if (job)
            job->disconnect(guard);
        guard->deleteLater();
        if (alive)
            handler(nullptr, timeoutError());
    });
    job->start();
}

void QtKeychainStore::Private::probe(QObject *receiver, DoneHandler handler)
{
    const QByteArray expected(kProbeValue, sizeof kProbeValue - 1);
    auto *writing = make<QKeychain::WritePasswordJob>(QString::fromLatin1(kProbeKey));
    writing->setBinaryData(expected);
    run(writing, receiver, [this, receiver, expected, handler](const QKeychain::Job *, const std::optional<base::Error> &error) {
        if (error) {
            handler(base::Unexpected(*error));
            return;
        }
        auto *reading = make<QKeychain::ReadPasswordJob>(QString::fromLatin1(kProbeKey));
        run(reading, receiver, [expected, handler](const QKeychain::Job *job, const std::optional<base::Error> &readError) {
            if (readError)
                handler(base::Unexpected(*readError));
            else if (static_cast<const QKeychain::ReadPasswordJob *>(job)->binaryData() != expected)
                handler(base::Unexpected(base::ErrorCode::Unavailable, "the keychain does not give back what it was given"));
            else
                handler({});
        });
    });
}

QtKeychainStore::QtKeychainStore(QObject *parent, std::chrono::milliseconds timeout)
    : SecretStore(parent), d(std::make_unique<Private>(this, timeout))
{
}

QtKeychainStore::~QtKeychainStore() = default;

void QtKeychainStore::probe(QObject *receiver, DoneHandler handler)
{
    d->probe(receiver, std::move(handler));
}

void QtKeychainStore::read(const QString &key, QObject *receiver, ReadHandler handler)
{
    if (const auto checked = checkKey(key); !checked) {
        QTimer::singleShot(0, receiver, [checked, handler = std::move(handler)] { handler(checked.unexpected()); });
        return;
    }
    auto *job = Private::make<QKeychain::ReadPasswordJob>(key);
    d->run(job, receiver, [this, receiver, handler](const QKeychain::Job *done, const std::optional<base::Error> &error) {
        if (!error) {
            handler(static_cast<const QKeychain::ReadPasswordJob *>(done)->binaryData());
            return;
        }
        if (error->code != base::ErrorCode::NotFound) {
            handler(base::Unexpected(*error));
            return;
        }
        // A locked keyring says "not found" as well; taking that for the truth would make the program forget an account.
        d->probe(receiver, [handler, missing = *error](const base::Result<void> &probed) {
            handler(base::Unexpected(probed ? missing : probed.error()));
        });
    });
}

void QtKeychainStore::write(const QString &key, const QByteArray &secret, QObject *receiver, DoneHandler handler)
{
    if (const auto checked = checkSecret(key, secret); !checked) {
        QTimer::singleShot(0, receiver, [checked, handler = std::move(handler)] { handler(checked); });
        return;
    }
    auto *job = Private::make<QKeychain::WritePasswordJob>(key);
    job->setBinaryData(secret);
    d->run(job, receiver, [handler](const QKeychain::Job *, const std::optional<base::Error> &error) {
        handler(error ? base::Result<void>(base::Unexpected(*error)) : base::Result<void>());
    });
}

void QtKeychainStore::remove(const QString &key, QObject *receiver, DoneHandler handler)
{
    if (const auto checked = checkKey(key); !checked) {
        QTimer::singleShot(0, receiver, [checked, handler = std::move(handler)] { handler(checked); });
        return;
    }
    auto *job = Private::make<QKeychain::DeletePasswordJob>(key);
    d->run(job, receiver, [handler](const QKeychain::Job *, const std::optional<base::Error> &error) {
        const bool isGone = !error || error->code == base::ErrorCode::NotFound;
        handler(isGone ? base::Result<void>() : base::Result<void>(base::Unexpected(*error)));
    });
}

} // namespace keychain
