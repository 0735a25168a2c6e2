// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keychain/secretstore.h"

#include <chrono>

namespace keychain {

//! The longest wait for the keychain: a locked one may ask a person, and nobody may be there.
inline constexpr std::chrono::milliseconds kTimeout{5000};

//! The desktop's keychain (Secret Service or KWallet) through QtKeychain, without its plain-text fallback.
class QtKeychainStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit QtKeychainStore(QObject *parent = nullptr, std::chrono::milliseconds timeout = kTimeout);
    ~QtKeychainStore() override;

    //! Writes a probe entry and reads it back. Only that shows that the keychain works: a locked one answers a read like one
    //! that never had the entry. Errors: Unavailable, Denied, Timeout.
    void probe(QObject *receiver, DoneHandler handler);

    void read(const QString &key, QObject *receiver, ReadHandler handler) override;
    void write(const QString &key, const QByteArray &secret, QObject *receiver, DoneHandler handler) override;
    void remove(const QString &key, QObject *receiver, DoneHandler handler) override;
    bool isPermanent() const override { return true; }

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace keychain
