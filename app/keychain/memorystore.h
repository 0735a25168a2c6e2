// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keychain/secretstore.h"

#include <QHash>

namespace keychain {

//! Secrets for this session only. Overwritten in memory when removed and at the end.
class MemoryStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit MemoryStore(QObject *parent = nullptr);
    ~MemoryStore() override;

    void read(const QString &key, QObject *receiver, ReadHandler handler) override;
    void write(const QString &key, const QByteArray &secret, QObject *receiver, DoneHandler handler) override;
    void remove(const QString &key, QObject *receiver, DoneHandler handler) override;
    bool isPermanent() const override { return false; }

private:
    QHash<QString, QByteArray> m_secrets;
};

//! Answers every call with the same error; for a policy that forbids keeping secrets, and for tests of that state.
class UnavailableStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit UnavailableStore(base::Error cause, QObject *parent = nullptr);

    void read(const QString &key, QObject *receiver, ReadHandler handler) override;
    void write(const QString &key, const QByteArray &secret, QObject *receiver, DoneHandler handler) override;
    void remove(const QString &key, QObject *receiver, DoneHandler handler) override;
    bool isPermanent() const override { return false; }

private:
    base::Error m_cause;
};

} // namespace keychain
