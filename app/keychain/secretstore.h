// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace keychain {

inline constexpr qsizetype kMaxKeyUnits = 256;
inline constexpr qsizetype kMaxSecretBytes = 64 * 1024;

//! Keeps small secrets (tokens, link secrets) by name. Never in a plain file.
//!
//! Every call is answered exactly once, from the event loop, after at most three steps of QtKeychainStore's time-out each.
//! The answer is dropped if \a receiver or the store is gone. One thread.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using ReadHandler = std::function<void(base::Result<QByteArray>)>;
    using DoneHandler = std::function<void(base::Result<void>)>;

    ~SecretStore() override;

    //! Errors: NotFound (never stored), InvalidArgument (\a key), Unavailable (locked, gone), Denied (a person said no),
    //! Timeout.
    virtual void read(const QString &key, QObject *receiver, ReadHandler handler) = 0;
    //! Replaces what was there. Errors: as read(), and TooLarge (above kMaxSecretBytes).
    virtual void write(const QString &key, const QByteArray &secret, QObject *receiver, DoneHandler handler) = 0;
    //! Removing what is not there succeeds.
    virtual void remove(const QString &key, QObject *receiver, DoneHandler handler) = 0;
    //! Secrets outlive the program.
    virtual bool isPermanent() const = 0;

protected:
    explicit SecretStore(QObject *parent);
};

//! What openSecretStore() found.
struct OpenedStore
{
    SecretStore *store = nullptr;
    //! Why the store is not permanent, to be shown once: the detail says what the keychain answered.
    std::optional<base::Error> reason;
};

//! Opens the desktop's keychain if a probe entry can be written and read back, else a store for this session only.
//!
//! \a handler gets a store in any case, owned by \a parent, from the event loop, within two time-outs of the keychain; it is
//! not called if \a parent dies first.
void openSecretStore(QObject *parent, std::function<void(OpenedStore)> handler);

} // namespace keychain
