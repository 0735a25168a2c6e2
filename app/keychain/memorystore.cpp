// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keychain/memorystore.h"

#include "app/keychain/checks.h"

#include <QPointer>
#include <QTimer>

#include <cstring>

namespace keychain {

namespace {

//! Overwrites in a way that the optimiser keeps. Copies that others hold are theirs to forget.
void wipe(QByteArray &secret)
{
    if (secret.isDetached())
        explicit_bzero(secret.data(), size_t(secret.size()));
    secret.clear();
}

} // namespace

MemoryStore::MemoryStore(QObject *parent) : SecretStore(parent) {}

MemoryStore::~MemoryStore()
{
    for (QByteArray &secret : m_secrets)
        wipe(secret);
}

void MemoryStore::read(const QString &key, QObject *receiver, ReadHandler handler)
{
    base::Result<QByteArray> answer = base::Unexpected(base::ErrorCode::NotFound, "nothing is stored under that name");
    if (const auto checked = checkKey(key); !checked)
        answer = checked.unexpected();
    else if (const auto found = m_secrets.constFind(key); found != m_secrets.cend())
        answer = *found;
    QTimer::singleShot(0, receiver, [guard = QPointer(this), answer, handler = std::move(handler)] {
        if (guard)
            handler(answer);
    });
}

void MemoryStore::write(const QString &key, const QByteArray &secret, QObject *receiver, DoneHandler handler)
{
    const auto checked = checkSecret(key, secret);
    if (checked) {
        QByteArray &slot = m_secrets[key];
        wipe(slot);
        // A copy of our own, so that wiping reaches it.
        slot = QByteArray(secret.constData(), secret.size());
    }
    QTimer::singleShot(0, receiver, [guard = QPointer(this), checked, handler = std::move(handler)] {
        if (guard)
            handler(checked);
    });
}

void MemoryStore::remove(const QString &key, QObject *receiver, DoneHandler handler)
{
    const auto checked = checkKey(key);
    if (const auto found = m_secrets.find(key); checked && found != m_secrets.end()) {
        wipe(*found);
        m_secrets.erase(found);
    }
    QTimer::singleShot(0, receiver, [guard = QPointer(this), checked, handler = std::move(handler)] {
        if (guard)
            handler(checked);
    });
}

UnavailableStore::UnavailableStore(base::Error cause, QObject *parent) : SecretStore(parent), m_cause(std::move(cause)) {}

void UnavailableStore::read(const QString &, QObject *receiver, ReadHandler handler)
{
    QTimer::singleShot(0, receiver, [guard = QPointer(this), handler = std::move(handler)] {
        if (guard)
            handler(base::Unexpected(guard->m_cause));
    });
}

void UnavailableStore::write(const QString &, const QByteArray &, QObject *receiver, DoneHandler handler)
{
    QTimer::singleShot(0, receiver, [guard = QPointer(this), handler = std::move(handler)] {
        if (guard)
            handler(base::Unexpected(guard->m_cause));
    });
}

void UnavailableStore::remove(const QString &, QObject *receiver, DoneHandler handler)
{
    write({}, {}, receiver, std::move(handler));
}

} // namespace keychain
