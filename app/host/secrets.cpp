// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/secrets.h"

#include <QCryptographicHash>

#include <sodium.h>

namespace host {

QByteArray hashOf(const QByteArray &secret)
{
    return QCryptographicHash::hash(secret, QCryptographicHash::Sha256);
}

bool sameBytes(const QByteArray &a, const QByteArray &b)
{
    return a.size() == b.size() && sodium_memcmp(a.constData(), b.constData(), std::size_t(a.size())) == 0;
}

} // namespace host
