// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keychain/secretstore.h"

namespace keychain {

//! InvalidArgument unless \a key has 1 … kMaxKeyUnits units.
inline base::Result<void> checkKey(const QString &key)
{
    if (key.isEmpty() || key.size() > kMaxKeyUnits)
        return base::Unexpected(base::ErrorCode::InvalidArgument, "impossible name for a secret");
    return {};
}

//! checkKey(), and TooLarge above kMaxSecretBytes.
inline base::Result<void> checkSecret(const QString &key, const QByteArray &secret)
{
    if (secret.size() > kMaxSecretBytes)
        return base::Unexpected(base::ErrorCode::TooLarge, "the secret is too large for a keychain");
    return checkKey(key);
}

} // namespace keychain
